"""Scores of dated forecasts: error, range and direction, with the naive forecast beside them.

Error is |forecast - actual| / actual in per cent (the middle of a stated range stands for it); the
naive forecast says that nothing changes. Method
forecast-scores/1 (docs/methods/forecast-scores.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from lodewire.analytics.event_terms import first_day, last_day
from lodewire.analytics.forecast_outcomes import (
    NoOutcome,
    Outcome,
    horizon_of,
    is_guidance,
    is_price,
    output_outcome,
    price_outcome,
    role_of,
)
from lodewire.model.event import Event
from lodewire.model.forecast import (
    ForecasterScore,
    ForecastScore,
    ForecastState,
    OutcomeSeries,
    OutputReport,
)
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import EventType, Modality, Qualifier

METHOD = "forecast-scores/1"
_AT_LEAST = (Qualifier.MORE_THAN.value, Qualifier.AT_LEAST.value)
_AT_MOST = (Qualifier.LESS_THAN.value, Qualifier.UP_TO.value)
_UP = frozenset("rise increase grow climb gain add recover rally".split())
_DOWN = frozenset("fall drop decline decrease shrink cut ease slip slide".split())
_HUNDREDTH = Decimal("0.01")
_UNKNOWN = "(nobody named)"


def score_forecasts(
    forecasts: Iterable[Event],
    series: Sequence[OutcomeSeries],
    reports: Sequence[OutputReport] = (),
    *,
    as_of: date,
) -> tuple[ForecastScore, ...]:
    """Return a score, or the reason for none, of every forecast; the newest first, then by id.

    A forecast is an event of that type, or output that an operator expects of a period to come.
    ``series`` are monthly prices, ``reports`` output that operators reported. A horizon that is not
    over by ``as_of`` is open. One forecast told twice (same forecaster, figure and horizon) counts
    once, by the day it was first told.
    """
    seen: set[tuple[object, ...]] = set()
    found = []
    told = [e for e in forecasts if _is_forecast(e) and e.reported is not None]
    for event in sorted(told, key=lambda e: (e.reported or as_of, e.id)):
        score = _score(event, series, reports, as_of)
        key = (score.forecaster.casefold(), score.commodity, score.start, score.end,
               score.low, score.high, score.unit, score.bound)  # fmt: skip
        if score.state is not ForecastState.NOT_SCORED and score.forecaster != _UNKNOWN:
            if key in seen:
                score = _without(event, "told before: counted once", None)
            seen.add(key)
        found.append(score)
    return tuple(sorted(found, key=lambda s: (-s.made.toordinal(), s.event_id)))


def _is_forecast(event: Event) -> bool:
    return event.type is EventType.FORECAST or is_guidance(event)


def _score(
    event: Event, series: Sequence[OutcomeSeries], reports: Sequence[OutputReport], as_of: date
) -> ForecastScore:
    span: tuple[date, date] | None = None
    try:
        if event.modality in (Modality.HYPOTHETICAL, Modality.DENIED):
            raise NoOutcome(f"it is {event.modality.value}")
        span = horizon_of(event)
        assert event.reported is not None
        if span[1] < event.reported:
            raise NoOutcome("the horizon was over when it was told")
        return _held(event, span, as_of, series, reports)
    except NoOutcome as reason:
        return _without(event, reason.why, span, still=reason.still)


def _held(
    event: Event,
    span: tuple[date, date],
    as_of: date,
    series: Sequence[OutcomeSeries],
    reports: Sequence[OutputReport],
) -> ForecastScore:
    assert event.reported is not None
    level = next(iter(event.of(role_of(event, "level"))), None)
    if level is None:
        return _by_direction(event, span, as_of, series)
    price = is_price(level)
    assert level.unit is not None
    low, high = _bounds(level)
    unit = level.unit
    outcome: Callable[[], Outcome]
    if price:
        made = event.reported

        def outcome() -> Outcome:
            return price_outcome(event, unit, made, span, series)
    else:

        def outcome() -> Outcome:
            return output_outcome(event, unit, span, reports)

    bound = "at_least" if level.qualifier in _AT_LEAST else ""
    bound = "at_most" if level.qualifier in _AT_MOST else bound
    if span[1] > as_of:
        raise NoOutcome(f"its horizon ends on {span[1]}", still=True)
    return _told(event, span, low, high, unit, bound, outcome())


def _told(
    event: Event,
    span: tuple[date, date],
    low: Decimal,
    high: Decimal,
    unit: str,
    bound: str,
    outcome: Outcome,
) -> ForecastScore:
    assert event.reported is not None
    middle = (low + high) / 2
    actual, naive = outcome.actual, outcome.naive
    error = _error(middle, actual) if not bound else None
    return ForecastScore(
        event_id=event.id,
        forecaster=_forecaster(event),
        variable=_variable(event),
        commodity=_commodity(event),
        made=event.reported,
        start=span[0],
        end=span[1],
        state=ForecastState.SCORED,
        low=low,
        high=high,
        unit=unit,
        bound=bound,
        series=outcome.series,
        source=outcome.source,
        actual=_rounded(actual),
        naive=_rounded(naive) if naive is not None else None,
        error=error,
        naive_error=_error(naive, actual) if naive is not None and error is not None else None,
        hit=_hit(low, high, actual, bound),
        direction=_direction(middle, actual, naive) if not bound else None,
    )


def _hit(low: Decimal, high: Decimal, actual: Decimal, bound: str) -> bool | None:
    if bound == "at_least":
        return actual >= low
    if bound == "at_most":
        return actual <= high
    return low <= actual <= high if low != high else None


def _direction(forecast: Decimal, actual: Decimal, naive: Decimal | None) -> bool | None:
    """Tell whether it went the way that was forecast; None where either stood still."""
    if naive is None or forecast == naive or actual == naive:
        return None
    return (forecast > naive) == (actual > naive)


def _error(forecast: Decimal, actual: Decimal) -> Decimal | None:
    if actual <= 0:
        return None
    return (abs(forecast - actual) / actual * 100).quantize(_HUNDREDTH, ROUND_HALF_EVEN)


def _by_direction(
    event: Event, span: tuple[date, date], as_of: date, series: Sequence[OutcomeSeries]
) -> ForecastScore:
    """A forecast of a change alone: of what, it mostly leaves open; its direction can be scored."""
    change = next(iter(event.of("change")), None)
    if change is None:
        raise NoOutcome("it states no figure")
    words = f"{_words(event, 'variable')} {change.original}".casefold()
    if "price" not in words:
        raise NoOutcome("a change without a level, of something that is no price")
    up = any(w.rstrip("s").removesuffix("ing") in _UP for w in words.split())
    down = any(w.rstrip("s").removesuffix("ing") in _DOWN for w in words.split())
    if change.value.startswith("-"):
        up, down = False, True
    if up == down:
        raise NoOutcome("a change without a level, and the text does not say which way")
    if span[1] > as_of:
        raise NoOutcome(f"its horizon ends on {span[1]}", still=True)
    assert event.reported is not None
    outcome = price_outcome(event, None, event.reported, span, series)
    if outcome.naive is None:
        raise NoOutcome("the series has no value from before the forecast")
    moved = outcome.actual - outcome.naive
    return ForecastScore(
        event_id=event.id,
        forecaster=_forecaster(event),
        variable=_variable(event),
        commodity=_commodity(event),
        made=event.reported,
        start=span[0],
        end=span[1],
        state=ForecastState.SCORED,
        why="direction alone: a change has no level to be held against",
        series=outcome.series,
        source=outcome.source,
        actual=_rounded(outcome.actual),
        naive=_rounded(outcome.naive),
        direction=(moved > 0) == up if moved else None,
    )


def _without(
    event: Event, why: str, span: tuple[date, date] | None, *, still: bool = False
) -> ForecastScore:
    assert event.reported is not None
    level = next((s for s in event.of(role_of(event, "level")) if s.unit is not None), None)
    low: Decimal | None = None
    high: Decimal | None = None
    if level is not None:
        try:
            low, high = _bounds(level)
        except NoOutcome:
            level = None
    return ForecastScore(
        event_id=event.id,
        forecaster=_forecaster(event),
        variable=_variable(event),
        commodity=_commodity(event),
        made=event.reported,
        start=span[0] if span is not None else None,
        end=span[1] if span is not None else None,
        state=ForecastState.OPEN if still else ForecastState.NOT_SCORED,
        why=why,
        low=low,
        high=high,
        unit=level.unit if level is not None else None,
    )


def _bounds(level: Statement) -> tuple[Decimal, Decimal]:
    low, _, high = level.value.partition("..")
    try:
        found = Decimal(low), Decimal(high or low)
    except InvalidOperation:
        raise NoOutcome(f"{level.value[:40]!r} is no number") from None
    return min(found), max(found)


def _forecaster(event: Event) -> str:
    return next((s.value for s in event.of(role_of(event, "forecaster"))), _UNKNOWN)


def _variable(event: Event) -> str:
    if not is_guidance(event):
        return _words(event, "variable")
    site = _words(event, "site")
    return f"output at {site}" if site else "output"


def _words(event: Event, role: str) -> str:
    return " ".join(next((s.original for s in event.of(role)), "").split())


def _commodity(event: Event) -> str | None:
    return next((str(s.entity) for s in event.of("commodity") if s.entity), None)


def _rounded(value: Decimal) -> Decimal:
    return Decimal(f"{value:.6g}")


def score_forecasters(scores: Iterable[ForecastScore]) -> tuple[ForecasterScore, ...]:
    """Return the scores by forecaster, the one with most scored first, then by name."""
    groups: dict[str, list[ForecastScore]] = {}
    for score in scores:
        groups.setdefault(score.forecaster, []).append(score)
    found = [_sum_up(name, some) for name, some in groups.items()]
    return tuple(sorted(found, key=lambda f: (-f.scored, f.forecaster)))


def _sum_up(name: str, scores: Sequence[ForecastScore]) -> ForecasterScore:
    # Both errors over the same forecasts: else the naive one would be held to others.
    pairs = [
        (s.error, s.naive_error)
        for s in scores
        if s.error is not None and s.naive_error is not None
    ]
    mine = _mean([e for e, _ in pairs])
    naive = _mean([n for _, n in pairs])
    skill = 1 - mine / naive if mine is not None and naive else None
    hits = [s.hit for s in scores if s.hit is not None]
    ways = [s.direction for s in scores if s.direction is not None]
    states = [s.state for s in scores]
    return ForecasterScore(
        forecaster=name,
        told=len(scores),
        scored=states.count(ForecastState.SCORED),
        open=states.count(ForecastState.OPEN),
        not_scored=states.count(ForecastState.NOT_SCORED),
        points=len(pairs),
        mean_error=mine.quantize(_HUNDREDTH) if mine is not None else None,
        naive_error=naive.quantize(_HUNDREDTH) if naive is not None else None,
        skill=skill.quantize(_HUNDREDTH) if skill is not None else None,
        hits=sum(hits),
        ranges=len(hits),
        right_direction=sum(ways),
        directions=len(ways),
    )


def _mean(values: Sequence[Decimal]) -> Decimal | None:
    return sum(values, Decimal()) / len(values) if values else None


def reports_of(events: Iterable[Event]) -> tuple[OutputReport, ...]:
    """Return the output that operators reported of a period that was over; guidance is left out."""
    found: list[OutputReport] = []
    for event in events:
        if event.type is not EventType.PRODUCTION_REPORT or event.modality is not Modality.ASSERTED:
            continue
        volume = next((s for s in event.of("volume") if s.unit is not None), None)
        period = next(iter(event.of("period")), None)
        end = last_day(period.value) if period is not None else None
        if volume is None or period is None or end is None or event.reported is None:
            continue
        start = first_day(period.value)
        commodity = _commodity(event)
        if start is None or end > event.reported or commodity is None or event.of("site"):
            continue
        try:
            low, high = _bounds(volume)
        except NoOutcome:
            continue
        found.extend(
            OutputReport(
                operator=str(operator.entity),
                commodity=commodity,
                start=start,
                end=end,
                low=low,
                high=high,
                unit=volume.unit or "",
                event_id=event.id,
                reported=event.reported,
                site=next((str(s.entity or s.value) for s in event.of("site")), ""),
            )
            for operator in event.of("operator")[:1]
            if operator.entity
        )
    return tuple(sorted(found, key=lambda r: (r.operator, r.end, r.event_id)))
