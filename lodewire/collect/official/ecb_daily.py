"""The ECB's euro reference rates of the last 90 days, as XML."""

from __future__ import annotations

from lodewire.collect.official.asking import Asker, Query
from lodewire.collect.official.services import Gained, Wish
from lodewire.model.official import SeriesPoint
from lodewire.reference.loaders.ecb import read_reference_xml


def queries(wish: Wish, *, with_key: bool) -> tuple[Query, ...]:
    """Return the one question."""
    del wish, with_key
    return (
        Query(
            path="/stats/eurofxref/eurofxref-hist-90d.xml",
            what="euro reference rates",
            accept="application/xml",
        ),
    )


async def fetch(asker: Asker, wish: Wish) -> Gained[SeriesPoint]:
    """Ask once; days before the first of the answer stay as they are."""
    (query,) = queries(wish, with_key=False)
    part = await asker.ask(query)
    points = read_reference_xml(part.body, part.place)
    first = min((point.period for point in points), default="")

    def covers(point: SeriesPoint) -> bool:
        return point.period >= first

    return Gained(rows=points, covers=covers)
