"""FRED: what each series measures, then its values, page after page.

Source: fred.stlouisfed.org/docs/api/fred. The series named here are monthly world prices of the
IMF and spot prices of the U.S. Energy Information Administration, by their FRED ids.
"""

from __future__ import annotations

from collections.abc import Mapping

from lodewire.collect.official.asking import Asker, Query
from lodewire.collect.official.products import known_series
from lodewire.collect.official.services import Gained, Wish
from lodewire.model.official import SeriesPoint
from lodewire.reference.loaders.fred import read_error, read_observations, read_series

SERIES_OF: Mapping[str, tuple[str, ...]] = {
    "aluminium": ("PALUMUSDM",),
    "copper": ("PCOPPUSDM",),
    "nickel": ("PNICKUSDM",),
    "zinc": ("PZINCUSDM",),
    "lead": ("PLEADUSDM",),
    "tin": ("PTINUSDM",),
    "iron-ore": ("PIORECRUSDM",),
    "uranium": ("PURANUSDM",),
    "coal": ("PCOALAUUSDM",),
    "crude-oil": ("DCOILBRENTEU", "DCOILWTICO"),
    "natural-gas": ("PNGASEUUSDM", "DHHNGSP"),
}
"""Commodity to the series that give its price."""

_PAGE = 100_000
_MOST_PAGES = 20


def series_of(wish: Wish) -> tuple[str, ...]:
    """Return the series of a wish; raises ConfigError for a commodity without one."""
    found = known_series(
        wish,
        SERIES_OF,
        "no FRED series is known for {}.",
        'Name one in desk.toml: series = ["…"] under [official.services.fred]',
    )
    return tuple(dict.fromkeys(name.upper() for name in found))


def queries(wish: Wish, *, with_key: bool) -> tuple[Query, ...]:
    """Return the two questions about each series."""
    del with_key
    return tuple(
        query for name in series_of(wish) for query in (_about(name), _values(name, wish, 0))
    )


async def fetch(asker: Asker, wish: Wish) -> Gained[SeriesPoint]:
    """Ask for every series in turn."""
    names = series_of(wish)
    points: list[SeriesPoint] = []
    for name in names:
        points += await _one(asker, wish, name)
    first = wish.since.isoformat() if wish.since else ""

    def covers(point: SeriesPoint) -> bool:
        return point.series in names and point.period >= first[: len(point.period)]

    return Gained(rows=tuple(points), covers=covers)


async def _one(asker: Asker, wish: Wish, name: str) -> list[SeriesPoint]:
    about = await asker.ask(_about(name))
    if told := read_error(about.body, about.place):
        raise asker.refused(told)
    series = read_series(about.body, about.place)
    points: list[SeriesPoint] = []
    for _ in range(_MOST_PAGES):
        part = await asker.ask(_values(name, wish, len(points)))
        if told := read_error(part.body, part.place):
            raise asker.refused(told)
        page = read_observations(part.body, part.place, series)
        points += page.points
        if len(points) >= page.total:
            return points
        if not page.points:
            raise asker.refused(f"{name}: {page.total} values are announced, {len(points)} came")
    raise asker.refused(f"{name}: more than {_MOST_PAGES} pages")


def _about(name: str) -> Query:
    return Query(
        path="/fred/series",
        what=f"what {name} measures",
        parameters=(("series_id", name), ("file_type", "json")),
        key_parameter="api_key",
    )


def _values(name: str, wish: Wish, offset: int) -> Query:
    since = (("observation_start", wish.since.isoformat()),) if wish.since else ()
    return Query(
        path="/fred/series/observations",
        what=f"values of {name}",
        parameters=(
            ("series_id", name),
            ("file_type", "json"),
            *since,
            ("limit", str(_PAGE)),
            ("offset", str(offset)),
        ),
        key_parameter="api_key",
    )
