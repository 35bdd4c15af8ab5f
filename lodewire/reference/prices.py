"""Monthly prices: which series there are, what each one measures, and its values.

``data/price_series.csv`` says what a series is, ``data/prices.csv`` holds a row a year,
``data/cost_sources.toml`` the sources with their terms. Values of the IMF are kept at six
significant digits of the mean it gives. A month that a source does not have is absent, never zero.
Series of a desk (``prices/*.csv`` in its folder, :mod:`lodewire.reference.own_prices`) stand beside
them, and replace months of the same series.
"""

from __future__ import annotations

from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

from lodewire.errors import MeasureError, OntologyError
from lodewire.model.price import PricePoint, PriceSeries
from lodewire.reference.cost_tables import (
    MONTHS,
    CostSource,
    cost_sources,
    is_period,
    read_months,
    read_rows,
)
from lodewire.reference.own_prices import own_prices

SERIES_TABLE = "price_series.csv"
PRICE_TABLE = "prices.csv"
SERIES_COLUMNS = (
    "id",
    "name",
    "commodity",
    "kind",
    "market",
    "benchmark",
    "unit",
    "basis",
    "source",
    "code",
    "note",
)
PRICE_COLUMNS = ("series", "year", *MONTHS)
KINDS = frozenset({"price", "premium"})


def price_series(desk: Path | None = None) -> tuple[PriceSeries, ...]:
    """Return what is known of each series, by id; with ``desk`` also those of its folder."""
    packaged = {s.id: s for s in _packaged_series()}
    if desk is not None:
        for series in own_prices(desk)[0]:
            packaged.setdefault(series.id, series)
    return tuple(packaged[key] for key in sorted(packaged))


def prices_of(series: str, desk: Path | None = None) -> tuple[PricePoint, ...]:
    """Return the prices of one series in order of period, months without a price left out.

    With ``desk`` the desk's own values of the same series and month take the place of the
    package's. Empty for a series that nobody knows.
    """
    found = {p.period: p for p in _packaged_points().get(series, ())}
    if desk is not None:
        _check_same_unit(series, desk)
        found.update((p.period, p) for p in own_prices(desk)[1] if p.series == series)
    return tuple(found[period] for period in sorted(found))


def price_on(series: str, period: str, desk: Path | None = None) -> PricePoint | None:
    """Return the price of one month, or None: the nearest month is never taken in its place."""
    return next((p for p in prices_of(series, desk) if p.period == period), None)


def series_of(commodity: str, desk: Path | None = None) -> tuple[PriceSeries, ...]:
    """Return the series of one commodity (ontology id), by id."""
    return tuple(s for s in price_series(desk) if s.commodity == commodity)


def read_price_series(
    sources: dict[str, CostSource], folder: Traversable | None = None
) -> tuple[PriceSeries, ...]:
    """Read and check the table of series in ``folder`` (default: the package's own)."""
    found: dict[str, PriceSeries] = {}
    for where, row in read_rows(SERIES_TABLE, SERIES_COLUMNS, folder):
        for column in ("id", "name", "commodity", "unit", "basis"):
            if not row[column]:
                raise OntologyError(f"{where}: {column} is empty")
        if row["id"] in found:
            raise OntologyError(f"{where}: series {row['id']!r} is there twice")
        if row["kind"] not in KINDS:
            raise OntologyError(f"{where}: kind {row['kind']!r} is not price or premium")
        if row["source"] not in sources:
            raise OntologyError(f"{where}: source {row['source']!r} is not in cost_sources.toml")
        source = sources[row["source"]]
        found[row["id"]] = PriceSeries(
            id=row["id"],
            name=row["name"],
            commodity=row["commodity"],
            kind=row["kind"],
            market=row["market"],
            benchmark=row["benchmark"] or None,
            unit=row["unit"],
            basis=row["basis"],
            frequency="monthly",
            source=source.key,
            code=row["code"],
            vintage=source.vintage,
            licence=source.licence,
            note=row["note"],
        )
    return tuple(found[key] for key in sorted(found))


def read_prices(
    series: tuple[PriceSeries, ...], folder: Traversable | None = None
) -> dict[str, tuple[PricePoint, ...]]:
    """Read and check the table of prices: series id -> its points in order of period."""
    known = {s.id: s for s in series}
    found: dict[str, dict[str, PricePoint]] = {}
    for where, row in read_rows(PRICE_TABLE, PRICE_COLUMNS, folder):
        if row["series"] not in known:
            raise OntologyError(f"{where}: series {row['series']!r} is not in {SERIES_TABLE}")
        if not is_period(f"{row['year']}-01"):
            raise OntologyError(f"{where}: year {row['year']!r} is not a year")
        about, points = known[row["series"]], found.setdefault(row["series"], {})
        for period, value in read_months(where, row):
            if period in points:
                raise OntologyError(f"{where}: {row['series']} has {period} twice")
            points[period] = PricePoint(
                series=about.id,
                period=period,
                value=value,
                unit=about.unit,
                basis=about.basis,
                source=about.source,
                vintage=about.vintage,
            )
    return {key: tuple(points[p] for p in sorted(points)) for key, points in found.items()}


@cache
def _packaged_series() -> tuple[PriceSeries, ...]:
    return read_price_series(cost_sources())


@cache
def _packaged_points() -> dict[str, tuple[PricePoint, ...]]:
    return read_prices(_packaged_series())


def _check_same_unit(series: str, desk: Path) -> None:
    packaged = next((s for s in _packaged_series() if s.id == series), None)
    own = next((s for s in own_prices(desk)[0] if s.id == series), None)
    if packaged is None or own is None or packaged.unit == own.unit:
        return
    raise MeasureError(
        f"series {series} is in {packaged.unit}, but the desk's prices give it in {own.unit}",
        hint="Write the desk's rows in the same unit, or give the series another id",
    )
