"""The prices of a commodity: each series with its last months, change, and unusual months."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from lodewire.analytics.trends.anomalies import Anomaly
from lodewire.errors import LodewireError
from lodewire.ledger.store import Ledger
from lodewire.model.price import PricePoint, PriceSeries
from lodewire.reference.prices import prices_of, series_of
from lodewire.workbench.market.trends import price_view, source_words

MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """One series: its last ``MONTHS`` prices, oldest first, and its change over the last twelve.

    ``year_change`` is a part (0.1 is ten per cent more than in the same month of the year before),
    None where that month has no price.
    """

    series: PriceSeries
    points: tuple[PricePoint, ...]
    year_change: Decimal | None
    first_period: str
    source: str

    @property
    def last(self) -> PricePoint:
        """The latest price."""
        return self.points[-1]


def prices_told(
    commodity: str, desk: Path | None = None, *, until: str | None = None
) -> tuple[Priced, ...]:
    """Return the series of a commodity, prices before premiums; series without a price left out.

    With ``until`` ("YYYY-MM"), later months are taken for not yet known.
    """
    found = []
    for series in series_of(commodity, desk):
        points = prices_of(series.id, desk)
        points = tuple(p for p in points if until is None or p.period <= until)
        if points:
            found.append(
                Priced(
                    series=series,
                    points=points[-MONTHS:],
                    year_change=_year_change(points),
                    first_period=points[0].period,
                    source=source_words(series),
                )
            )
    return tuple(sorted(found, key=lambda p: (p.series.kind != "price", p.series.id)))


def _year_change(points: tuple[PricePoint, ...]) -> Decimal | None:
    last = points[-1]
    year, month = last.period.split("-")
    wanted = f"{int(year) - 1:04}-{month}"
    before = next((p.value for p in points if p.period == wanted), None)
    return (last.value / before - 1).quantize(Decimal("0.0001")) if before else None


def unusual_months(
    series: PriceSeries,
    ledger: Ledger,
    *,
    desk: Path | None = None,
    until: str | None = None,
    years: int = 5,
) -> tuple[Anomaly, ...]:
    """Return the months of the last years whose price moved as it rarely does, the latest first."""
    points = [p for p in prices_of(series.id, desk) if until is None or p.period <= until]
    if not points:
        return ()
    since = f"{int(points[-1].period[:4]) - years:04}-{points[-1].period[5:]}"
    try:
        view = price_view(series, desk=desk, ledger=ledger, since=since, until=until)
    except LodewireError:
        return ()
    return tuple(reversed(view.anomalies.anomalies))
