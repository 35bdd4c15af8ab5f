"""Global Trade Alert: interventions that touch the products wished, page after page."""

from __future__ import annotations

import json

from lodewire.collect.official.asking import Asker, Query
from lodewire.collect.official.products import products_of
from lodewire.collect.official.services import Gained, Wish
from lodewire.errors import ConfigError
from lodewire.model.official import TradeIntervention
from lodewire.ontology.places import m49_number, place_of_iso3, place_of_m49
from lodewire.reference.loaders.gta import read_page

_PAGE = 1000
_MOST_PAGES = 100


def queries(wish: Wish, *, with_key: bool) -> tuple[Query, ...]:
    """Return the first page; ``reporters`` of the wish are those who implement."""
    del with_key
    return (_query(wish, 0),)


async def fetch(asker: Asker, wish: Wish) -> Gained[TradeIntervention]:
    """Ask until a page is not full; a page that repeats what came is an error."""
    found: dict[str, TradeIntervention] = {}
    strange: dict[str, None] = {}
    for page in range(_MOST_PAGES):
        part = await asker.ask(_query(wish, page * _PAGE))
        read = read_page(part.body, part.place, place_of=_place)
        if read.error:
            raise asker.refused(read.error)
        before = len(found)
        found |= {one.id: one for one in read.interventions}
        strange |= dict.fromkeys(read.strange)
        if len(found) - before != len(read.interventions):
            raise asker.refused("interventions came twice: the pages shifted while they were read")
        if len(read.interventions) < _PAGE:
            break
    else:
        raise asker.refused(f"more than {_MOST_PAGES} pages; ask for less")
    products = set(products_of(wish))
    places = {place.upper() for place in wish.reporters}

    def covers(one: TradeIntervention) -> bool:
        touched = not one.products or not products.isdisjoint(one.products)
        by_whom = not places or not places.isdisjoint(one.implementers)
        since = wish.since is None or (one.announced is not None and one.announced >= wish.since)
        return touched and by_whom and since

    notes = (f"jurisdictions kept by name: {', '.join(strange)}",) if strange else ()
    return Gained(rows=tuple(found.values()), covers=covers, notes=notes)


def _place(iso3: str, number: int) -> str | None:
    return place_of_iso3(iso3) or place_of_m49(number)


def _query(wish: Wish, offset: int) -> Query:
    told: dict[str, object] = {"affected_products": [int(code) for code in products_of(wish)]}
    if wish.reporters:
        told["implementer"] = [_number(place) for place in wish.reporters]
    if wish.since is not None:
        told["announcement_period"] = [wish.since.isoformat(), None]
    question = {
        "limit": _PAGE,
        "offset": offset,
        "sorting": "date_announced",
        "request_data": told,
    }
    return Query(
        path="/api/v1/data/",
        what=f"interventions from {offset + 1} on",
        content=json.dumps(question, separators=(",", ":")).encode("ascii"),
        key_header=("Authorization", "APIKey "),
    )


def _number(place: str) -> int:
    number = m49_number(place.upper())
    if number is None:
        raise ConfigError(
            f"Global Trade Alert knows no implementer {place!r}.",
            hint="Write implementers as two letters: CN, US.",
        )
    return number
