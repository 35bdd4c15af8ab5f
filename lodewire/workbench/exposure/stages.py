"""Concentration of each stage of a commodity, table by table, vintages side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from lodewire.analytics.bands import Band, Guidelines, band_between
from lodewire.analytics.concentration import (
    country_share,
    country_shares,
    hhi,
    n_minus_1,
    top_shares,
)
from lodewire.analytics.governance import weighted_hhi
from lodewire.analytics.published_shares import (
    hhi_of_shares,
    n_minus_1_of_shares,
    top_of_shares,
)
from lodewire.errors import MeasureError
from lodewire.model.measure import OTHER, Figure, Measure
from lodewire.reference.store import FigureStore, vintage_order
from lodewire.workbench.exposure.types import Reading, StageExposure, SupplyTable

LARGEST = 5
PROXY = "proxy"  # how the note of a figure begins that is not the material's own

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


@dataclass(frozen=True, slots=True)
class Weights:
    """Governance risk 0..10 and trade parameter by country, and where they are from."""

    governance: Mapping[str, Decimal | None]
    trade: Mapping[str, Decimal]
    vintage: str


def trade_parameters(store: FigureStore) -> dict[str, dict[str, Decimal]]:
    """Return stage -> country -> trade parameter t, of the newest vintage of each stage."""
    found: dict[str, dict[str, Decimal]] = {}
    for f in store.newest(measured="trade_parameter"):
        if f.value is not None and not f.partner:
            found.setdefault(f.stage, {})[f.country] = f.value
    return found


def tables_of(store: FigureStore, stage: str | None = None) -> tuple[SupplyTable, ...]:
    """Return the tables of supply by country: production, and shares that a source publishes.

    ``store`` holds the figures of one commodity.
    """
    found: dict[tuple[object, ...], list[Figure]] = {}
    for kind in ("production", "share"):
        for f in store.figures(stage=stage, measured=kind):
            if f.form or f.partner:
                continue  # parts of one country's output, or of what a bloc sources
            key = (f.stage, f.year, kind, f.source, f.vintage, f.unit, f.basis)
            found.setdefault(key, []).append(f)
    tables = (_table(figures) for figures in found.values())
    # One row of amounts is a country's own statistics; one share of 100 % is the whole world.
    return tuple(t for t in tables if t.kind == "share" or len(t.figures) > 1)


def stage_exposures(
    tables: Iterable[SupplyTable],
    *,
    country: str | None,
    partner: str | None,
    year: int | None,
    vintage: str | None,
    governance: Mapping[str, Decimal | None],
    trade: Mapping[str, Mapping[str, Decimal]] | None = None,
    inputs_vintage: str = "",
) -> Iterator[StageExposure]:
    """Yield one exposure a stage: the table asked for, or the last that is not an estimate."""
    by_stage: dict[str, list[SupplyTable]] = {}
    for table in tables:
        by_stage.setdefault(table.stage, []).append(table)
    for stage in sorted(by_stage, key=_stage_rank):
        chosen = choose(by_stage[stage], year, vintage)
        if chosen is not None:
            others = [t for t in by_stage[stage] if t is not chosen]
            weights = Weights(governance, (trade or {}).get(stage, {}), inputs_vintage)
            yield _exposure(chosen, others, country, partner, weights)


def index_of(table: SupplyTable) -> Measure:
    """Return the index of a table: of amounts, or of shares as they are published."""
    return hhi(table.figures) if table.kind == "production" else hhi_of_shares(table.figures)


def share_in(table: SupplyTable, country: str) -> Measure | None:
    """Return one country's share; None where published shares do not name it."""
    if table.kind == "production":
        return country_share(table.figures, country)
    own = [f for f in table.figures if f.country == country]
    return top_of_shares(own, 1) if own else None


def shares_in(table: SupplyTable) -> tuple[tuple[str, Measure], ...]:
    """Return (country, share) of every country with a share of its own, the largest first."""
    if table.kind == "production":
        return country_shares(table.figures)
    named = [f for f in table.figures if f.country != OTHER and f.value is not None]
    found = [(f.country, top_of_shares([f], 1)) for f in named if f.state == "reported" and f.value]
    return tuple(sorted(found, key=lambda n: (-(n[1].value or Decimal(0)), n[0])))


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
        proxy=next((f.note for f in figures if f.note.startswith(PROXY)), ""),
    )


def choose(
    tables: Iterable[SupplyTable], year: int | None, vintage: str | None
) -> SupplyTable | None:
    """Return the table to show first: of the year and vintage asked for, else the last measured."""
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
    weights: Weights,
) -> StageExposure:
    measures = list(_concentration(table))
    if weights.governance:
        told = ", ".join(v for v in (table.vintage, weights.vintage) if v)
        measures.append(
            weighted_hhi(table.figures, weights.governance, weights.trade, vintage=told)
        )
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


def _bands(index: Measure) -> tuple[tuple[Guidelines, tuple[Band, ...]], ...]:
    if index.low is None or index.high is None:
        return ()
    return tuple((g, band_between(index.low, index.high, g)) for g in Guidelines)


def _largest(table: SupplyTable) -> tuple[tuple[str, Measure], ...]:
    return tuple((c, m) for c, m in shares_in(table) if m.value)[:LARGEST]


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
