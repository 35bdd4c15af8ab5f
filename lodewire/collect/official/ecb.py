"""The ECB's monthly averages of exchange rates, as SDMX CSV (data.ecb.europa.eu/help/api)."""

from __future__ import annotations

from lodewire.collect.official.asking import Asker, Query
from lodewire.collect.official.services import Gained, Wish
from lodewire.errors import ConfigError
from lodewire.model.official import SeriesPoint
from lodewire.reference.loaders.ecb import read_sdmx_csv

_FIRST = "1999-01"


def queries(wish: Wish, *, with_key: bool) -> tuple[Query, ...]:
    """Return the one question; ``series`` of the wish are currencies (USD, JPY)."""
    del with_key
    for name in wish.series:
        if not (name.isascii() and name.isalpha() and len(name) == 3):
            raise ConfigError(
                f"ecb: {name!r} is no currency.", hint='Write three letters: series = ["USD"].'
            )
    currencies = "+".join(name.upper() for name in wish.series)
    first = wish.since.isoformat()[:7] if wish.since else _FIRST
    return (
        Query(
            path=f"/service/data/EXR/M.{currencies}.EUR.SP00.A",
            what="monthly exchange rates",
            parameters=(("startPeriod", first), ("format", "csvdata")),
            accept="text/csv",
        ),
    )


async def fetch(asker: Asker, wish: Wish) -> Gained[SeriesPoint]:
    """Ask once: the service answers all currencies and months in one piece."""
    (query,) = queries(wish, with_key=False)
    part = await asker.ask(query)
    points = read_sdmx_csv(part.body, part.place, vintage=wish.today.isoformat())
    first = dict(query.parameters)["startPeriod"]
    asked = {name.upper() for name in wish.series}

    def covers(point: SeriesPoint) -> bool:
        currency = point.series.split(".")[1]
        return point.period >= first and (not asked or currency in asked)

    return Gained(rows=points, covers=covers)
