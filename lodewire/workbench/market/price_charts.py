"""Charts of prices: the series with its events, its usual year, its forecast."""

from __future__ import annotations

from pathlib import Path

from lodewire.analytics.trends.seasons import usual_year
from lodewire.ledger.store import Ledger
from lodewire.model.price import PriceSeries
from lodewire.publish.charts.chart import Caption, Chart
from lodewire.publish.charts.fan import fan_chart
from lodewire.publish.charts.inputs import FanStep, MarkedEvent, SeasonMonth, SeriesPoint
from lodewire.publish.charts.price import price_chart
from lodewire.publish.charts.season import season_chart
from lodewire.reference.prices import prices_of
from lodewire.workbench.market.trends import find_series, forecast_view, price_view, source_words


def price_picture(
    name: str,
    *,
    desk: Path | None = None,
    ledger: Ledger | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Chart:
    """Return a series from a month on ("YYYY-MM") with its average, and the events that name it."""
    series = find_series(name, desk)
    view = price_view(series, desk=desk, ledger=ledger, since=since, until=until)
    events = [MarkedEvent(day=e.day, title=e.title) for e in view.events]
    return price_chart(
        series.name,
        [SeriesPoint(period=p.period, value=p.value) for p in view.points],
        series.unit,
        _caption(series, "moving_average/1", _about(series)),
        events=events,
        average=[SeriesPoint(period=r.period, value=r.value) for r in view.average],
        average_name="average of twelve months",
    )


def season_picture(name: str, *, desk: Path | None = None) -> Chart:
    """Return the usual year of a series; raises MeasureError for too short a one."""
    series = find_series(name, desk)
    found = usual_year(prices_of(series.id, desk))
    months = [
        SeasonMonth(
            month=m.month, median=m.median, low=m.low, high=m.high, years=m.years, latest=m.latest
        )
        for m in found.months
    ]
    note = (
        f"strength of the season {found.strength:.2f} of 1"
        f"{', so weak that no month is told by it' if found.strength < 0.3 else ''}; "
        f"{found.first} to {found.last}"
    )
    return season_chart(series.name, months, _caption(series, found.method, note))


def forecast_picture(
    name: str, horizon: int, *, desk: Path | None = None, model: str | None = None
) -> Chart:
    """Return the fan of a forecast with the naive one beside and how it did on the past."""
    series = find_series(name, desk)
    view = forecast_view(series, horizon, desk=desk, model=model)
    chosen = view.forecasts[view.chosen]
    naive = view.forecasts["naive/1"]
    steps = [
        FanStep(
            period=step.period,
            value=step.value,
            intervals=tuple((i.level, i.low, i.high) for i in step.intervals),
            naive=plain.value if view.chosen != naive.method else None,
        )
        for step, plain in zip(chosen.steps, naive.steps, strict=True)
    ]
    return fan_chart(
        series.name,
        [SeriesPoint(period=p.period, value=p.value) for p in prices_of(series.id, desk)],
        steps,
        series.unit,
        _caption(series, f"{view.chosen}, {view.backtest.method}", _about(series)),
        model=view.chosen,
        judged=view.judged,
    )


def _about(series: PriceSeries) -> str:
    return series.basis


def _caption(series: PriceSeries, method: str, note: str) -> Caption:
    return Caption(
        source=f"{source_words(series)}, {series.code or series.id}",
        vintage=series.vintage,
        method=method,
        note=note,
    )
