"""Trends joined: the ledger's events as rows to count, price tables as series to measure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from lodewire.analytics.trends.activity import (
    Activity,
    ActivityRow,
    By,
    Every,
    choose_period,
    count_activity,
)
from lodewire.analytics.trends.anomalies import AnomalySearch, DatedEvent, find_anomalies
from lodewire.analytics.trends.backtest import NAIVE, Backtest, Verdict, backtest
from lodewire.analytics.trends.forecasts import METHODS, Forecast, forecast_price
from lodewire.analytics.trends.seasons import Seasons, usual_year
from lodewire.analytics.trends.series import (
    Reading,
    Spread,
    moving_average,
    premium_part,
    spread,
    volatility,
)
from lodewire.errors import LodewireError, MeasureError
from lodewire.ledger.selecting import EventFilters, EventOrder
from lodewire.ledger.store import Ledger
from lodewire.model.event import Event
from lodewire.model.ids import EntityId
from lodewire.model.price import PricePoint, PriceSeries
from lodewire.ontology.commodities import ancestors_of, load_commodities
from lodewire.ontology.countries import load_countries
from lodewire.ontology.desks import load_desks
from lodewire.ontology.event_types import Family, load_event_types
from lodewire.ontology.units import convert
from lodewire.publish.sentences import tell_event
from lodewire.reference.cost_tables import cost_sources
from lodewire.reference.prices import price_series, prices_of
from lodewire.workbench.commodity_names import commodities_called

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceView:
    """What is known of one price series; ``notes`` say what could not be told and why."""

    series: PriceSeries
    points: tuple[PricePoint, ...]
    average: tuple[Reading, ...]
    volatility: tuple[Reading, ...]
    seasons: Seasons | None
    anomalies: AnomalySearch
    events: tuple[DatedEvent, ...]
    spread: tuple[Spread, ...]
    against: PriceSeries | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastView:
    """Forecasts of one series with their back-test; ``chosen`` is the one to show first.

    The naive forecast is chosen unless a model did better on the past beyond chance.
    """

    series: PriceSeries
    forecasts: Mapping[str, Forecast]
    backtest: Backtest
    chosen: str
    judged: str


def activity_rows(
    ledger: Ledger, since: date | None = None, until: date | None = None
) -> tuple[ActivityRow, ...]:
    """Return a row for each event first reported in the time, oldest first."""
    found = ledger.select(EventFilters(since=since, until=until), order=EventOrder.OLDEST)
    return tuple(_row(event) for event in found if event.reported is not None)


def activity_of(
    ledger: Ledger,
    *,
    by: By,
    since: date | None = None,
    until: date | None = None,
    every: Every | None = None,
) -> Activity:
    """Return the counts of events of the ledger; ``every`` is chosen by the span where None."""
    if since is not None and until is not None:
        choose_period(since, until)
    rows = activity_rows(ledger, since, until)
    if not rows:
        return count_activity((), by=by, every=every or Every.MONTH)
    first, last = since or rows[0].day, until or max(r.day for r in rows)
    chosen = every or choose_period(first, last)
    return count_activity(rows, by=by, every=chosen, since=first, until=last)


def group_name(by: By, group: str) -> str:
    """Return what people call a group."""
    if by is By.DESK:
        titles = {desk.value: told.title for desk, told in load_desks().items()}
        return titles.get(group, group)
    known: Mapping[str, object] = load_commodities() if by is By.COMMODITY else load_countries()
    found = known.get(group)
    return str(getattr(found, "name", group))


def _row(event: Event) -> ActivityRow:
    entities = [s.entity for s in event.statements if s.entity and s.retracted_at is None]
    commodities, countries = load_commodities(), load_countries()
    assert event.reported is not None
    return ActivityRow(
        event=event.id,
        day=event.reported,
        desks=tuple(d.value for d in event.desks[:1]),
        commodities=tuple(dict.fromkeys(e for e in entities if e in commodities)),
        countries=tuple(dict.fromkeys(e for e in entities if e in countries)),
    )


def find_series(name: str, desk: Path | None = None) -> PriceSeries:
    """Return the price series that ``name`` means: its id, or a commodity with one series.

    Raises MeasureError for a name that means none, or a commodity with several, listing them.
    """
    known = price_series(desk)
    wanted = " ".join(name.split()).casefold()
    for series in known:
        if wanted == series.id:
            return series
    ids = {s.commodity for s in known}
    meant = {c for c in commodities_called(name) if c in ids} or ({wanted} & ids)
    found = [s for s in known if s.commodity in meant]
    prices = [s for s in found if s.kind == "price"]
    if len(prices) == 1:
        return prices[0]
    if found:
        listed = ", ".join(s.id for s in found)
        raise MeasureError(f"{name!r} has several series: {listed}", hint="Name one of them")
    raise MeasureError(
        f"no price series is called {name!r}",
        hint=f"There are {', '.join(sorted(ids))}; own ones go into prices/ of the desk",
    )


def price_view(
    series: PriceSeries,
    *,
    desk: Path | None = None,
    ledger: Ledger | None = None,
    since: str | None = None,
    until: str | None = None,
    against: PriceSeries | None = None,
    window: int = 12,
) -> PriceView:
    """Return a series with averages, volatility, seasons and anomalies; ``since`` is YYYY-MM.

    With ``until``, it is told as if no later month were known.

    Anomalies are judged on the whole history and told from ``since`` on; with ``ledger``, events
    that name the commodity stand beside them.
    """
    points = prices_of(series.id, desk)
    points = tuple(p for p in points if until is None or p.period <= until)
    if not points:
        raise MeasureError(f"{series.id} has no prices yet")
    notes: list[str] = []
    events = dated_events(ledger, series.commodity, points) if ledger is not None else None
    search = find_anomalies(points, events)
    first = since or points[0].period
    shown = tuple(p for p in points if p.period >= first)
    if not shown:
        raise MeasureError(
            f"{series.id} ends in {points[-1].period}, before {first}", hint="Take an earlier month"
        )
    seasons = _attempt(lambda: usual_year(points), notes)
    gap = _attempt(lambda: _gap(series, points, against, desk), notes) if against else None
    return PriceView(
        series=series,
        points=shown,
        average=tuple(r for r in moving_average(points, window) if r.period >= first),
        volatility=tuple(r for r in volatility(points) if r.period >= first),
        seasons=seasons,
        anomalies=AnomalySearch(
            anomalies=tuple(a for a in search.anomalies if a.period >= first),
            judged=search.judged,
            blind=search.blind,
            note=search.note,
        ),
        events=tuple(events or ()),
        spread=tuple(s for s in gap or () if s.period >= first),
        against=against,
        notes=tuple(notes),
    )


def _gap(
    series: PriceSeries, points: Sequence[PricePoint], against: PriceSeries, desk: Path | None
) -> tuple[Spread, ...]:
    """A premium over its price, or a price less another, in the unit of ``series``."""
    base = prices_of(against.id, desk)
    if against.unit != series.unit:
        base = tuple(
            replace(p, value=convert(p.value, p.unit, series.unit), unit=series.unit) for p in base
        )
    over = series.kind == "premium" and against.kind == "price"
    return premium_part(points, base) if over else spread(points, base)


def _attempt(compute: Callable[[], _T], notes: list[str]) -> _T | None:
    try:
        return compute()
    except LodewireError as refused:
        notes.append(refused.message)
        return None


def dated_events(
    ledger: Ledger, commodity: str, points: Sequence[PricePoint]
) -> tuple[DatedEvent, ...]:
    """Return the ledger's events of the time of ``points`` that name the commodity or its kin.

    News of prices are left out: that a price rose does not explain that it did.
    """
    first = date.fromisoformat(f"{points[0].period}-01") - timedelta(days=31)
    kin = frozenset(EntityId(c) for c in (commodity, *ancestors_of(commodity)))
    # The ledger looks the names up: reading every event of ten years for one metal costs seconds.
    filters = EventFilters(since=first, entities=(kin,))
    found: Iterable[Event] = ledger.select(filters, order=EventOrder.OLDEST)
    return tuple(
        DatedEvent(event=e.id, day=e.reported, title=tell_event(e))
        for e in found
        if e.reported is not None
        and e.core
        and load_event_types()[e.type].family is not Family.MARKET
        and any(s.entity in kin for s in e.statements if s.retracted_at is None)
    )


def forecast_view(
    series: PriceSeries, horizon: int, *, desk: Path | None = None, model: str | None = None
) -> ForecastView:
    """Return forecasts by all methods (or the naive one and ``model``) with their back-test.

    Raises MeasureError where the series cannot bear one.
    """
    points = prices_of(series.id, desk)
    methods = tuple(METHODS) if model is None else tuple(dict.fromkeys((NAIVE, model)))
    tested = backtest(points, horizon, methods)
    forecasts = {m: forecast_price(points, horizon, m) for m in methods}
    better = [s for s in tested.scores if s.verdict is Verdict.BETTER]
    best = min(better, key=lambda s: s.mase, default=None)
    chosen = model or (best.method if best is not None else NAIVE)
    return ForecastView(
        series=series,
        forecasts=forecasts,
        backtest=tested,
        chosen=chosen,
        judged=judgement(tested, chosen),
    )


def judgement(tested: Backtest, chosen: str) -> str:
    """Return in one or two sentences how the chosen forecast did on the past."""
    score, base = tested.of(chosen), tested.of(NAIVE)
    span = f"{tested.origins} back-tests ({tested.first_origin} to {tested.last_origin})"
    held = ", ".join(
        f"{_percent(part)} of values lay in the {_percent(level)} interval"
        for level, part in score.covered
    )
    if chosen == NAIVE:
        if len(tested.scores) == 1:
            return f"In {span} its MASE was {base.mase:.2f}; {held}."
        others = [s for s in tested.scores if s.method != NAIVE]
        best = min(others, key=lambda s: s.mase)
        return (
            f"In {span} no model was better than the naive forecast beyond chance (MASE "
            f"{base.mase:.2f}; best model {best.method} {best.mase:.2f}); {held}."
        )
    verdict = {
        Verdict.BETTER: "was better than",
        Verdict.WORSE: "was worse than",
        Verdict.NO_DIFFERENCE: "was not different beyond chance from",
        None: "was",
    }[score.verdict]
    return (
        f"In {span} {chosen} {verdict} the naive forecast (MASE {score.mase:.2f} against "
        f"{base.mase:.2f}); {held}."
    )


def source_words(series: PriceSeries) -> str:
    """Return who publishes a series, with its terms in short."""
    known = cost_sources().get(series.source)
    if known is None:
        return series.source
    return known.description.split(",")[0].split(":")[0]


def _percent(part: Decimal) -> str:
    return f"{(part * 100).quantize(Decimal(1))} %"
