"""Concentration of each stage of a commodity, table by table, vintages side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from lodewire.analytics.bands import Band, Guidelines, band_between
from lodewire.analytics.concentration import country_share, hhi, n_minus_1, top_shares
from lodewire.analytics.governance import weighted_hhi
from lodewire.analytics.published_shares import (
    hhi_of_shares,
    n_minus_1_of_shares,
    top_of_shares,
)
from lodewire.errors import MeasureError
from lodewire.model.measure import OTHER, WORLD, Figure, Measure
from lodewire.pipeline.exposure.types import Reading, StageExposure, SupplyTable
from lodewire.reference.store import FigureStore, vintage_order

LARGEST = 5

STAGE_ORDER = (
    "mining",
    "processing",
    "smelting",
    "refining",
    "conversion",
    "enrichment",
    "metal",
    "alloy",
    "magnet",
    "cell",
    "wafer",
    "fabrication",
    "manufacture",
    "liquefaction",
    "generation",
    "recycling",
)


def tables_of(
    store: FigureStore, commodity: str, stage: str | None = None
) -> tuple[SupplyTable, ...]:
    """Return the tables of supply by country: production, and shares that a source publishes."""
    found: dict[tuple[object, ...], list[Figure]] = {}
    for kind in ("production", "share"):
        for f in store.figures(commodity=commodity, stage=stage, measured=kind):
            if f.form or f.partner:
                continue  # parts of one country's output, or of what a bloc sources
            key = (f.stage, f.year, kind, f.source, f.vintage, f.unit, f.basis)
            found.setdefault(key, []).append(f)
    tables = (_table(figures) for figures in found.values())
    return tuple(t for t in tables if len({f.country for f in t.figures} - {WORLD}) > 1)


def stage_exposures(
    tables: Iterable[SupplyTable],
    *,
    country: str | None,
    partner: str | None,
    year: int | None,
    vintage: str | None,
    governance: Mapping[str, Decimal | None],
    inputs_vintage: str = "",
) -> Iterator[StageExposure]:
    """Yield one exposure a stage: the table asked for, or the last that is not an estimate."""
    by_stage: dict[str, list[SupplyTable]] = {}
    for table in tables:
        by_stage.setdefault(table.stage, []).append(table)
    for stage in sorted(by_stage, key=_stage_rank):
        chosen = _choose(by_stage[stage], year, vintage)
        if chosen is not None:
            others = [t for t in by_stage[stage] if t is not chosen]
            yield _exposure(chosen, others, country, partner, governance, inputs_vintage)


def index_of(table: SupplyTable) -> Measure:
    """Return the index of a table: of amounts, or of shares as they are published."""
    return hhi(table.figures) if table.kind == "production" else hhi_of_shares(table.figures)


def share_in(table: SupplyTable, country: str) -> Measure | None:
    """Return one country's share; None where published shares do not name it."""
    if table.kind == "production":
        return country_share(table.figures, country)
    own = [f for f in table.figures if f.country == country]
    return top_of_shares(own, 1) if own else None


def _table(figures: list[Figure]) -> SupplyTable:
    first = figures[0]
    valued = [f for f in figures if f.value is not None]
    return SupplyTable(
        stage=first.stage,
        year=first.year,
        kind=first.measured,
        source=first.source,
        vintage=first.vintage,
        unit=first.unit,
        basis=first.basis,
        estimated=bool(valued) and all(f.estimated for f in valued),
        figures=tuple(figures),
    )


def _choose(tables: list[SupplyTable], year: int | None, vintage: str | None) -> SupplyTable | None:
    fit = [
        t
        for t in tables
        if (year is None or t.year == year) and (vintage is None or t.vintage == vintage)
    ]
    # Amounts before shares, measured before estimated, then the last year and newest vintage.
    return max(
        fit,
        key=lambda t: (t.kind == "production", not t.estimated, t.year, vintage_order(t.vintage)),
        default=None,
    )


def _exposure(
    table: SupplyTable,
    others: list[SupplyTable],
    country: str | None,
    partner: str | None,
    governance: Mapping[str, Decimal | None],
    inputs_vintage: str,
) -> StageExposure:
    measures = list(_concentration(table))
    if governance:
        measures.append(_weighted(table, governance, inputs_vintage))
    return StageExposure(
        table=table,
        measures=tuple(measures),
        largest=_largest(table),
        bands=_bands(measures[0]),
        country=share_in(table, country) if country else None,
        partner=share_in(table, partner) if partner else None,
        others=tuple(_others(table, others)),
    )


def _concentration(table: SupplyTable) -> Iterator[Measure]:
    figures = table.figures
    if table.kind == "production":
        yield hhi(figures)
        yield top_shares(figures, 1)
        yield top_shares(figures, 3)
        yield n_minus_1(figures)
        return
    yield hhi_of_shares(figures)
    yield top_of_shares(figures, 1)
    yield top_of_shares(figures, 3)
    yield n_minus_1_of_shares(figures)


def _weighted(
    table: SupplyTable, governance: Mapping[str, Decimal | None], vintage: str
) -> Measure:
    told = ", ".join(v for v in (table.vintage, vintage) if v)
    return weighted_hhi(table.figures, governance, vintage=told)


def _bands(index: Measure) -> tuple[tuple[Guidelines, tuple[Band, ...]], ...]:
    if index.low is None or index.high is None:
        return ()
    return tuple((g, band_between(index.low, index.high, g)) for g in Guidelines)


def _largest(table: SupplyTable) -> tuple[tuple[str, Measure], ...]:
    named = [
        f
        for f in table.figures
        if f.country not in (WORLD, OTHER) and f.state == "reported" and f.value
    ]
    named.sort(key=lambda f: (-(f.value or Decimal(0)), f.country))
    found = ((f.country, share_in(table, f.country)) for f in named[:LARGEST])
    return tuple((c, m) for c, m in found if m is not None and m.value is not None)


def _others(table: SupplyTable, others: list[SupplyTable]) -> Iterator[Reading]:
    """Yield the index of every other table of that year, and of the last year of other sources."""
    latest: dict[str, int] = {}
    for other in others:
        latest[other.source] = max(latest.get(other.source, 0), other.year)
    for other in sorted(others, key=lambda t: (-t.year, t.source, t.vintage)):
        elsewhere = other.source != table.source and other.year == latest[other.source]
        if other.year != table.year and not elsewhere:
            continue
        try:
            measure = index_of(other)
        except MeasureError:
            continue  # a table of its source that does not hold together is told by its loader
        yield Reading(
            what="hhi",
            year=other.year,
            source=other.source,
            vintage=other.vintage,
            measure=measure,
        )


def _stage_rank(stage: str) -> tuple[int, str]:
    known = STAGE_ORDER.index(stage) if stage in STAGE_ORDER else len(STAGE_ORDER)
    return known, stage
