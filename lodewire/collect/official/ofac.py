"""OFAC's list of specially designated nationals, whole, from the Sanctions List Service."""

from __future__ import annotations

import asyncio

from lodewire.collect.official.asking import Asker, Query
from lodewire.collect.official.services import Gained, Wish
from lodewire.model.official import SanctionedParty
from lodewire.ontology.places import place_of_name
from lodewire.reference.loaders.ofac import read_list


def queries(wish: Wish, *, with_key: bool) -> tuple[Query, ...]:
    """Return the one question; the service leads on to where the file lies."""
    del wish, with_key
    return (
        Query(
            path="/api/PublicationPreview/exports/SDN.XML",
            what="the SDN list",
            accept="application/xml",
        ),
    )


async def fetch(asker: Asker, wish: Wish) -> Gained[SanctionedParty]:
    """Ask once; the list replaces the one before."""
    (query,) = queries(wish, with_key=False)
    part = await asker.ask(query)
    parties = await asyncio.to_thread(read_list, part.body, part.place, country_of=place_of_name)
    return Gained(rows=parties, covers=lambda party: True)
