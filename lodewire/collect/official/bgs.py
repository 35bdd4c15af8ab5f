"""BGS World Mineral Statistics: production by country and year, a commodity at a time."""

from __future__ import annotations

from collections.abc import Mapping

from lodewire.collect.official.asking import Asker, Query
from lodewire.collect.official.products import known_series
from lodewire.collect.official.services import Gained, Wish
from lodewire.model.official import MineralStatistic
from lodewire.ontology.places import place_of_iso2, place_of_name
from lodewire.reference.loaders.bgs import read_page

NAMES: Mapping[str, tuple[str, ...]] = {
    "antimony": ("antimony, mine",),
    "bauxite": ("bauxite",),
    "chromium": ("chromium ores and concentrates",),
    "cobalt": ("cobalt, mine", "cobalt, refined"),
    "copper": ("copper, mine", "copper, smelter", "copper, refined"),
    "gallium": ("gallium, primary",),
    "germanium": ("germanium metal",),
    "graphite": ("graphite",),
    "iron-ore": ("iron ore",),
    "lead": ("lead, mine", "lead, refined"),
    "lithium": ("lithium minerals",),
    "manganese": ("manganese ore",),
    "molybdenum": ("molybdenum, mine",),
    "nickel": ("nickel, mine", "nickel, smelter/refinery"),
    "rare-earths": ("rare earth minerals", "rare earth oxides"),
    "tin": ("tin, mine", "tin, smelter"),
    "tungsten": ("tungsten, mine",),
    "uranium": ("uranium",),
    "vanadium": ("vanadium, mine",),
    "zinc": ("zinc, mine", "zinc, slab"),
}
"""Commodity to the names by which BGS lists it. A name that BGS does not know brings no rows."""

_PAGE = 1000
_MOST_PAGES = 60


def queries(wish: Wish, *, with_key: bool) -> tuple[Query, ...]:
    """Return the first page of each commodity; ``series`` of the wish are BGS's own names."""
    del with_key
    return tuple(_query(name) for name in _names(wish))


async def fetch(asker: Asker, wish: Wish) -> Gained[MineralStatistic]:
    """Ask page after page; the address of the next must lie on the service's own host."""
    found: list[MineralStatistic] = []
    strange: dict[str, None] = {}
    empty: list[str] = []
    for name in _names(wish):
        values, odd, count = await _one(asker, wish, name)
        found += values
        strange |= dict.fromkeys(odd)
        if not count:
            empty.append(name)
    names, first = set(_names(wish)), wish.since.year if wish.since else 0

    def covers(row: MineralStatistic) -> bool:
        return row.commodity in names and row.year >= first

    notes = []
    if empty:
        notes.append(f"BGS lists nothing as {'; '.join(empty)}")
    if strange:
        notes.append(f"no country of today, left out: {', '.join(sorted(strange))}")
    rows, twice = _once([row for row in found if row.year >= first])
    if twice:
        notes.append(f"told twice and differently, left out: {'; '.join(twice[:5])}")
    return Gained(rows=tuple(rows), covers=covers, notes=tuple(notes))


async def _one(
    asker: Asker, wish: Wish, name: str
) -> tuple[list[MineralStatistic], list[str], int]:
    query: Query | None = _query(name)
    rows: list[MineralStatistic] = []
    odd: list[str] = []
    count = pages = 0
    total: int | None = None
    while query is not None:
        if pages >= _MOST_PAGES:
            raise asker.refused(f"{name}: more than {_MOST_PAGES} pages")
        part = await asker.ask(query)
        page = read_page(part.body, part.place, country_of=_country, vintage=wish.today.isoformat())
        rows += page.statistics
        odd += page.strange
        count, pages, total = count + page.features, pages + 1, page.total
        query = _next(asker, name, page.following) if page.features else None
    if total is not None and count != total:
        raise asker.refused(f"{name}: {total:,} values are announced, {count:,} came")
    return rows, odd, count


def _next(asker: Asker, name: str, address: str | None) -> Query | None:
    if address is None:
        return None
    path = asker.next_page(address)
    return Query(path=path, what=f"more of {name}", accept="application/geo+json")


def _once(rows: list[MineralStatistic]) -> tuple[list[MineralStatistic], list[str]]:
    """Return each value once, and which are told twice with different values: those are left out.

    The yearbook parts some countries' output by words that the interface does not give.
    """
    found: dict[tuple[object, ...], MineralStatistic] = {}
    twice: dict[tuple[object, ...], str] = {}
    for row in rows:
        key = (row.commodity, row.form, row.kind, row.country, row.year, row.unit)
        known = found.setdefault(key, row)
        if known.value != row.value:
            twice[key] = f"{row.commodity} {row.form}, {row.country} {row.year}".replace(" ,", ",")
    return [row for key, row in found.items() if key not in twice], list(twice.values())


def _country(code: str, name: str) -> str | None:
    # West Germany and the Democratic Yemen stand there with codes of today's states.
    if name in ("German Federal Republic", "German Democratic Republic", "Yemen (PDR)"):
        return None
    return place_of_iso2(code.upper()) or place_of_name(name)


def _names(wish: Wish) -> tuple[str, ...]:
    found = known_series(
        wish,
        NAMES,
        "no name of {} at BGS is known.",
        'Name it in desk.toml: series = ["…"] under [official.services.bgs]',
    )
    return tuple(dict.fromkeys(name.lower() for name in found))


def _query(name: str) -> Query:
    return Query(
        path="/collections/world-mineral-statistics/items",
        what=f"production of {name}",
        parameters=(
            ("f", "json"),
            ("limit", str(_PAGE)),
            ("bgs_statistic_type_trans", "Production"),
            ("bgs_commodity_trans", name),
        ),
        accept="application/geo+json",
    )
