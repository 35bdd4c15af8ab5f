"""Eurostat Comext: the EU's trade by partner and product, a product at a time, as SDMX CSV.

A question that is too large is refused (413), so it is asked again a year at a time; one that
nothing fits is answered 404.
"""

from __future__ import annotations

from lodewire.collect.official.asking import Asker, Part, Query
from lodewire.collect.official.products import products_of
from lodewire.collect.official.services import Gained, Wish
from lodewire.errors import ConfigError, FetchFailed
from lodewire.model.official import TradeFlow
from lodewire.ontology.places import place_of_iso2
from lodewire.reference.loaders.comext import VALUE, WEIGHT, read_flows

_YEARS = 3
_EU = "EU27_2020"
_TOO_LARGE, _NOTHING = 413, 404


def queries(wish: Wish, *, with_key: bool) -> tuple[Query, ...]:
    """Return a question for each product, all years in one."""
    del with_key
    first, last = _years(wish)
    return tuple(_query(product, wish, first, last) for product in products_of(wish))


async def fetch(asker: Asker, wish: Wish) -> Gained[TradeFlow]:
    """Ask product by product; partners are all that there are."""
    first, last = _years(wish)
    products = products_of(wish)
    flows: list[TradeFlow] = []
    empty: list[str] = []
    for product in products:
        parts = await _parts(asker, product, wish, first, last)
        found = [
            flow
            for part in parts
            for flow in read_flows(part.body, part.place, country_of=place_of_iso2)
        ]
        flows += found
        if not found:
            empty.append(product)
    reporters = {_reporter(place)[1] for place in wish.reporters or ("EU",)}

    def covers(flow: TradeFlow) -> bool:
        asked = flow.product in products and flow.reporter in reporters
        return asked and first <= int(flow.period[:4]) <= last

    notes = (f"nothing for {', '.join(empty)}",) if empty else ()
    return Gained(rows=tuple(flows), covers=covers, notes=notes)


async def _parts(asker: Asker, product: str, wish: Wish, first: int, last: int) -> list[Part]:
    try:
        return [await asker.ask(_query(product, wish, first, last))]
    except FetchFailed as error:
        if error.status == _NOTHING and "no result" in error.message.lower():
            return []
        if error.status != _TOO_LARGE or first == last:
            raise
    parts: list[Part] = []
    for year in range(first, last + 1):
        parts += await _parts(asker, product, wish, year, year)
    return parts


def _years(wish: Wish) -> tuple[int, int]:
    last = wish.today.year - 1
    return min(wish.since.year if wish.since else wish.today.year - _YEARS, last), last


def _reporter(place: str) -> tuple[str, str]:
    """Return a reporter as Comext and as we write it; raises ConfigError."""
    known = place.upper()
    if known in ("EU", _EU):
        return _EU, "EU"
    if place_of_iso2(known) is None or len(known) != 2:
        raise ConfigError(
            f"Comext knows no reporter {place!r}.",
            hint="Write members of the EU as two letters, or EU for all together.",
        )
    return known, place_of_iso2(known) or known


def _query(product: str, wish: Wish, first: int, last: int) -> Query:
    reporters = "+".join(_reporter(place)[0] for place in wish.reporters or ("EU",))
    key = f"A.{reporters}..{product}.1+2.{VALUE}+{WEIGHT}"
    span = f"{first}" if first == last else f"{first}-{last}"
    return Query(
        path=f"/eurostat/api/comext/dissemination/sdmx/2.1/data/DS-045409/{key}",
        what=f"trade of {product} in {span}",
        parameters=(
            ("startPeriod", str(first)),
            ("endPeriod", str(last)),
            ("format", "SDMX-CSV"),
            ("compressed", "false"),
        ),
        accept="text/csv",
    )
