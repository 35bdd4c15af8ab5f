"""The ledger's forecasts against monthly prices and reported output."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from lodewire.analytics.event_terms import first_day, last_day
from lodewire.analytics.forecast_outcomes import is_guidance
from lodewire.analytics.forecast_scores import reports_of, score_forecasts
from lodewire.errors import LodewireError
from lodewire.ledger.selecting import EventFilters
from lodewire.ledger.store import Ledger
from lodewire.model.event import Event
from lodewire.model.forecast import ForecastScore, OutcomeSeries
from lodewire.model.vocabulary import EventType, QuantityKind
from lodewire.ontology.benchmarks import load_benchmarks
from lodewire.ontology.units import kind_of
from lodewire.reference.prices import price_series, prices_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecasts:
    """The scores with the events they are of."""

    scores: tuple[ForecastScore, ...]
    events: Mapping[str, Event]


def forecasts_in(ledger: Ledger, *, as_of: date, desk: Path | None = None) -> Forecasts:
    """Return every forecast of the ledger with its score by ``as_of``, or why it has none.

    Prices are those of the package and, with ``desk``, of its folder; where neither follows a
    benchmark, the levels that texts of the ledger tell of it in the month.
    """
    told = list(ledger.select(EventFilters(type=EventType.FORECAST)))
    output = list(ledger.select(EventFilters(type=EventType.PRODUCTION_REPORT)))
    told += [e for e in output if is_guidance(e)]
    levels = ledger.select(EventFilters(type=EventType.PRICE_LEVEL))
    series = monthly_series(desk)
    known = {s.commodity for s in series if s.kind == "price"}
    series += tuple(s for s in told_series(levels) if s.commodity not in known)
    scores = score_forecasts(told, series, reports_of(output), as_of=as_of)
    return Forecasts(scores=scores, events={str(e.id): e for e in told})


def monthly_series(desk: Path | None = None) -> tuple[OutcomeSeries, ...]:
    """Return the monthly prices of the reference tables as outcomes."""
    benchmarks = load_benchmarks()
    found = []
    for about in price_series(desk):
        benchmark = benchmarks.get(about.benchmark or "")
        names = (benchmark.name, *(a.text for a in benchmark.aliases)) if benchmark else ()
        found.append(
            OutcomeSeries(
                id=about.id,
                name=about.name,
                commodity=about.commodity,
                kind=about.kind,
                names=(about.market, *names),
                unit=about.unit,
                source=about.source,
                vintage=about.vintage,
                points=tuple((p.period, p.value) for p in prices_of(about.id, desk)),
                basis=about.basis,
            )
        )
    return tuple(found)


def told_series(events: Iterable[Event]) -> tuple[OutcomeSeries, ...]:
    """Return what texts tell of price levels, by benchmark and unit: the mean of each month.

    Only levels of a day or month, of one known benchmark; a text without a benchmark says of no
    price in particular.
    """
    told: dict[tuple[str, str], dict[str, list[Decimal]]] = {}
    for event in events:
        benchmark = next((s.entity for s in event.of("benchmark") if s.entity), None)
        level = next((s for s in event.of("level") if s.unit is not None), None)
        month = _month(event)
        if benchmark not in load_benchmarks() or level is None or month is None:
            continue
        low, _, high = level.value.partition("..")
        try:
            if kind_of(level.unit or "") is not QuantityKind.PRICE:
                continue
            value = (Decimal(low) + Decimal(high or low)) / 2
        except (LodewireError, ArithmeticError):
            continue
        by_month = told.setdefault((str(benchmark), level.unit or ""), {})
        by_month.setdefault(month, []).append(value)
    return tuple(_told(key, months) for key, months in sorted(told.items()))


def _told(key: tuple[str, str], months: Mapping[str, list[Decimal]]) -> OutcomeSeries:
    benchmark = load_benchmarks()[key[0]]
    return OutcomeSeries(
        id=f"told-{benchmark.id}",
        name=benchmark.name,
        commodity=benchmark.commodity,
        kind="premium" if "premium" in benchmark.id else "price",
        names=tuple(a.text for a in benchmark.aliases),
        unit=key[1],
        source="price levels in the ledger",
        basis=f"{benchmark.form or ''} {benchmark.basis or ''}".strip(),
        vintage="as told",
        points=tuple(
            (month, sum(sorted(values), Decimal()) / len(values))
            for month, values in sorted(months.items())
        ),
    )


def _month(event: Event) -> str | None:
    """The month of a level: of the day stated, else of the report."""
    stated = event.of("date")
    if not stated:
        return event.reported.strftime("%Y-%m") if event.reported is not None else None
    start, end = first_day(stated[0].value), last_day(stated[0].value)
    if start is None or end is None or (start.year, start.month) != (end.year, end.month):
        return None
    return start.strftime("%Y-%m")
