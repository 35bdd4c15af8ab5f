"""The EU's consolidated list of financial sanctions, whole, with the token of an EU Login."""

from __future__ import annotations

import asyncio

from lodewire.collect.official.asking import Asker, Query
from lodewire.collect.official.services import Gained, Wish
from lodewire.model.official import SanctionedParty
from lodewire.ontology.places import place_of_iso2
from lodewire.reference.loaders.eu_list import read_list


def queries(wish: Wish, *, with_key: bool) -> tuple[Query, ...]:
    """Return the one question."""
    del wish, with_key
    return (
        Query(
            path="/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content",
            what="the consolidated list",
            accept="application/xml",
            key_parameter="token",
        ),
    )


async def fetch(asker: Asker, wish: Wish) -> Gained[SanctionedParty]:
    """Ask once; the list replaces the one before."""
    (query,) = queries(wish, with_key=True)
    part = await asker.ask(query)
    parties = await asyncio.to_thread(read_list, part.body, part.place, country_of=place_of_iso2)
    return Gained(rows=parties, covers=lambda party: True)
