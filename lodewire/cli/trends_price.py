"""``lodewire trends price``: a price series with its averages, season, anomalies and forecast."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lodewire.cli.options import desk_option, open_desk

if TYPE_CHECKING:
    from rich.console import Console

    from lodewire.ledger.store import Ledger
    from lodewire.model.price import PriceSeries
    from lodewire.workbench.market.trends import ForecastView, PriceView

MODELS = ("naive", "seasonal_naive", "theta", "ets")


class Month(click.ParamType[str]):
    """A month as YYYY-MM; a day counts as its month."""

    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check the month."""
        match = re.fullmatch(r"(\d{4}-(?:0[1-9]|1[0-2]))(?:-\d\d)?", str(value))
        if match is None:
            self.fail(f"{value!r} is no month; write 2025-03", param, ctx)
        return match[1]


@click.command(
    epilog="""\b
Examples:
  lodewire trends price                     which series there are
  lodewire trends price copper
  lodewire trends price imf-brent --since 2020-01
  lodewire trends price copper --forecast 6
  lodewire trends price imf-gold --against wb-gold
  lodewire trends price tin --format csv > tin.csv

The tables of the package answer without a desk; with one, its own prices take part, and the events
of its ledger stand beside anomalies. A forecast needs: pip install 'lodewire[forecast]', or --model
naive.
"""
)
@click.argument("name", metavar="[COMMODITY|SERIES]", required=False)
@click.option("--since", type=Month(), metavar="YYYY-MM", help="From this month on.")
@click.option(
    "--against",
    metavar="SERIES",
    help="Another series: the spread to it, or the price under a premium.",
)
@click.option("--forecast", type=click.IntRange(1, 24), metavar="MONTHS", help="So many ahead.")
@click.option("--model", type=click.Choice(MODELS), help="Show this forecast, whatever its test.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "json"]),
    default="text",
    show_default=True,
    help="How.",
)
@desk_option
def price(
    name: str | None,
    since: str | None,
    against: str | None,
    forecast: int | None,
    model: str | None,
    form: str,
    folder: Path,
) -> None:
    """Tell a monthly price: average, volatility, usual year, anomalies, forecast.

    Volatility is annualised from monthly log returns. Anomalies are months whose change is out of
    the series' own history, with the events of that time, or the word that there are none. A
    forecast is tested on the past beside the naive one, and shown first only where it did better.
    """
    from lodewire.workbench.market.trends import find_series, forecast_view, price_view

    if model is not None and forecast is None:
        raise click.UsageError("--model needs --forecast MONTHS")
    with desk_if_any(folder) as (ledger, place):
        if name is None:
            _print_list(place, form)
            return
        series = find_series(name, place)
        other = find_series(against, place) if against else None
        view = price_view(series, desk=place, ledger=ledger, since=since, against=other)
        told = None
        if forecast is not None:
            told = forecast_view(
                series, forecast, desk=place, model=f"{model}/1" if model else None
            )
    if form == "json":
        click.echo(json.dumps(to_json(view, told), indent=1, ensure_ascii=False))
    elif form == "csv":
        _print_csv(view, told)
    else:
        _print_text(view, told)


@contextmanager
def desk_if_any(folder: Path) -> Iterator[tuple[Ledger | None, Path | None]]:
    """The ledger and folder of a desk that was named or lies here; None where there is none."""
    from lodewire.config.desk import DESK_FILE

    if folder == Path() and not (folder / DESK_FILE).exists():
        yield None, None
        return
    with open_desk(folder) as (_, ledger), ledger.snapshot():
        yield ledger, folder if folder.is_dir() else folder.parent


def _print_list(place: Path | None, form: str) -> None:
    from lodewire.reference.prices import price_series, prices_of

    rows = []
    for series in price_series(place):
        points = prices_of(series.id, place)
        span = f"{points[0].period} to {points[-1].period}" if points else "none"
        rows.append((series, span))
    if form == "json":
        told = [
            {"id": s.id, "name": s.name, "commodity": s.commodity, "unit": s.unit, "months": span}
            for s, span in rows
        ]
        click.echo(json.dumps({"version": 1, "series": told}, indent=1, ensure_ascii=False))
        return
    for series, span in rows:
        click.echo(f"{series.id:24}{series.unit:12}{span:22}{series.name}, {series.basis}")


def to_json(view: PriceView, told: ForecastView | None) -> dict[str, Any]:
    """Return the JSON form, version 1; numbers are decimals as text."""
    seasons = view.seasons
    return {
        "version": 1,
        "series": _series_json(view.series),
        "prices": {p.period: _plain(p.value) for p in view.points},
        "moving_average_12": {r.period: _plain(r.value) for r in view.average},
        "volatility_12": {r.period: _plain(r.value) for r in view.volatility},
        "spread": {
            "against": view.against.id,
            "months": [
                {"period": s.period, "value": _plain(s.value), "part": _plain(s.part)}
                for s in view.spread
            ],
        }
        if view.against is not None
        else None,
        "season": {
            "method": seasons.method,
            "strength": _plain(seasons.strength),
            "months": [
                {
                    "month": m.month,
                    "median": _plain(m.median),
                    "low": _plain(m.low),
                    "high": _plain(m.high),
                    "years": m.years,
                }
                for m in seasons.months
            ],
        }
        if seasons is not None
        else None,
        "anomalies": {
            "judged": view.anomalies.judged,
            "note": view.anomalies.note or None,
            "months": [
                {
                    "period": a.period,
                    "change": _plain(a.change),
                    "z": _plain(a.z),
                    "usual": [_plain(v) for v in a.usual],
                    "method": a.method,
                    "explanation": a.explanation,
                    "events": [
                        {"event": e.event, "day": e.day.isoformat(), "title": e.title}
                        for e in a.events
                    ],
                }
                for a in view.anomalies.anomalies
            ],
        },
        "forecast": _forecast_json(told) if told is not None else None,
        "notes": list(view.notes),
    }


def _series_json(series: PriceSeries) -> dict[str, Any]:
    names = ("id", "name", "commodity", "unit", "basis", "source", "vintage", "licence")
    return {name: getattr(series, name) for name in names}


def _forecast_json(told: ForecastView) -> dict[str, Any]:
    return {
        "chosen": told.chosen,
        "judged": told.judged,
        "backtest": {
            "method": told.backtest.method,
            "origins": told.backtest.origins,
            "first_origin": told.backtest.first_origin,
            "last_origin": told.backtest.last_origin,
            "scores": [
                {
                    "method": s.method,
                    "mase": _plain(s.mase),
                    "mase_by_step": [_plain(v) for v in s.mase_by_step],
                    "skill": _plain(s.skill),
                    "p": _plain(s.p),
                    "verdict": s.verdict.value if s.verdict else None,
                    "covered": {_plain(level): _plain(part) for level, part in s.covered},
                }
                for s in told.backtest.scores
            ],
        },
        "forecasts": {
            method: [
                {
                    "period": step.period,
                    "value": _plain(step.value),
                    "intervals": {
                        str(i.level): [_plain(i.low), _plain(i.high)] for i in step.intervals
                    },
                }
                for step in forecast.steps
            ]
            for method, forecast in told.forecasts.items()
        },
    }


def _print_csv(view: PriceView, told: ForecastView | None) -> None:
    from lodewire.publish.table_files import write_csv
    from lodewire.publish.tables import Column, ColumnKind

    names = ["period", "value", "unit", "moving_average_12", "volatility_12", "forecast"]
    names += ["low_80", "high_80", "low_95", "high_95", "naive"]
    columns = [Column(n, ColumnKind.TEXT, n.replace("_", " ")) for n in names]
    average = {r.period: r.value for r in view.average}
    swings = {r.period: r.value for r in view.volatility}
    rows: list[dict[str, Any]] = [
        dict.fromkeys(names)
        | {"period": p.period, "value": _plain(p.value), "unit": p.unit}
        | {"moving_average_12": _plain(average.get(p.period))}
        | {"volatility_12": _plain(swings.get(p.period))}
        for p in view.points
    ]
    if told is not None:
        naive = told.forecasts["naive/1"].steps
        for step, plain in zip(told.forecasts[told.chosen].steps, naive, strict=True):
            row = dict.fromkeys(names) | {"period": step.period, "unit": view.series.unit}
            row |= {"forecast": _plain(step.value), "naive": _plain(plain.value)}
            for i in step.intervals:
                level = f"{i.level * 100:.0f}"
                row |= {f"low_{level}": _plain(i.low), f"high_{level}": _plain(i.high)}
            rows.append(row)
    out = io.BytesIO()
    write_csv(rows, columns, out)
    sys.stdout.flush()
    click.echo(out.getvalue().decode("utf-8").replace("\r\n", "\n"), nl=False)


def _print_text(view: PriceView, told: ForecastView | None) -> None:
    from lodewire.analytics.trends.activity import sparkline
    from lodewire.cli.printing import console
    from lodewire.model.plain import plain
    from lodewire.publish.charts.figures import number, percent, unit_words
    from lodewire.workbench.market.trends import source_words

    out, series, last = console(), view.series, view.points[-1]
    out.print(f"{plain(series.name)}, {unit_words(series.unit)}", style="bold", soft_wrap=True)
    out.print(f"  {plain(series.basis)} · {series.id}", style="dim", soft_wrap=True)
    recent = view.points[-48:]
    marks = sparkline([float(p.value) - float(min(q.value for q in recent)) for p in recent])
    out.print(f"  {recent[0].period} {marks} {last.period}", soft_wrap=True)
    facts = [("last", f"{number(last.value)} ({last.period})")]
    facts += _changes(view)
    average, swing = view.average[-1].value, view.volatility[-1].value
    if average is not None:
        facts.append(("12-month average", number(average)))
    if swing is not None:
        facts.append(("volatility", f"{percent(swing)} a year (12 monthly log returns)"))
    if view.spread:
        end = view.spread[-1]
        assert view.against is not None
        over = series.kind == "premium" and view.against.kind == "price"
        part = f", {percent(end.part)} of it" if end.part is not None else ""
        name = f"{'over' if over else 'less'} {view.against.id}"
        facts.append((name, f"{number(end.value)}{part} ({end.period})"))
    if view.seasons is not None:
        facts.append(("usual year", _season_words(view)))
    for name, words in facts:
        out.print(f"  {name:18} {words}", soft_wrap=True)
    _print_anomalies(out, view)
    if told is not None:
        _print_forecast(out, told)
    for note in view.notes:
        out.print(f"  Note: {plain(note)}", style="yellow", soft_wrap=True)
    out.print(
        f"  Source: {plain(source_words(series))}, {series.vintage}. Methods: moving_average/1, "
        "volatility/1, season/1, robust_z/1 (docs/methods/trends.md).",
        style="dim",
        soft_wrap=True,
    )


def _changes(view: PriceView) -> list[tuple[str, str]]:
    from lodewire.publish.charts.figures import signed

    by = {p.period: p.value for p in view.points}
    last = view.points[-1]
    found = []
    for name, back in (("on the month", 1), ("on the year", 12)):
        year, month = (int(part) for part in last.period.split("-"))
        at = year * 12 + month - 1 - back
        before = by.get(f"{at // 12:04}-{at % 12 + 1:02}")
        if before:
            found.append((name, f"{signed((last.value / before - 1) * 100, 1)} %"))
    return found


def _season_words(view: PriceView) -> str:
    from lodewire.publish.charts.figures import signed
    from lodewire.publish.charts.periods import MONTHS

    assert view.seasons is not None
    months = view.seasons.months
    top, low = max(months, key=lambda m: m.median), min(months, key=lambda m: m.median)
    strength = view.seasons.strength
    words = "strong" if strength >= Decimal("0.64") else "weak" if strength < Decimal("0.3") else ""
    told = ", ".join(
        f"{name} in {MONTHS[m.month - 1]} ({signed((m.median - 1) * 100, 1)} %)"
        for name, m in (("highest", top), ("lowest", low))
    )
    return f"{told}; strength {strength:.2f} of 1{', ' + words if words else ''}"


def _print_anomalies(out: Console, view: PriceView) -> None:
    from lodewire.model.plain import plain
    from lodewire.publish.charts.figures import signed

    found = view.anomalies
    out.print(f"  Out of its own history: {len(found.anomalies)} of {found.judged} months")
    for a in found.anomalies[-6:]:
        low, high = (signed(v * 100, 1) for v in a.usual)
        out.print(
            f"    {a.period}  {signed(a.change * 100, 1)} % (z {signed(a.z, 1)}; usual {low} to "
            f"{high} %): {a.explanation}",
            soft_wrap=True,
        )
        for event in a.events[:3]:
            out.print(f"      {event.day} {plain(event.title)}", style="dim", soft_wrap=True)
    if found.note:
        out.print(f"    {found.note}", style="dim", soft_wrap=True)


def _print_forecast(out: Console, told: ForecastView) -> None:
    from rich.table import Table

    from lodewire.publish.charts.figures import number, percent

    out.print(f"  Forecast by {told.chosen}", style="bold")
    table = Table(box=None, padding=(0, 2, 0, 2), header_style="dim")
    beside = [] if told.chosen == "naive/1" else ["naive/1"]
    for head in ("month", told.chosen, "80 % of cases", "95 % of cases", *beside):
        table.add_column(head, justify="right", no_wrap=True)
    naive = told.forecasts["naive/1"].steps
    for step, plain_step in zip(told.forecasts[told.chosen].steps, naive, strict=True):
        spans = [f"{number(i.low)} to {number(i.high)}" for i in step.intervals]
        last = [number(plain_step.value)] if beside else []
        table.add_row(step.period, number(step.value), *spans, *last)
    out.print(table)
    out.print(f"  {told.judged}", soft_wrap=True)
    scores = Table(box=None, padding=(0, 2, 0, 2), header_style="dim")
    for head in ("method", "MASE", "against naive", "in 80 %", "in 95 %"):
        scores.add_column(head, no_wrap=True)
    for s in told.backtest.scores:
        verdict = s.verdict.value if s.verdict else ""
        p = f" (p {s.p:.2f})" if s.p is not None else ""
        scores.add_row(
            s.method, f"{s.mase:.2f}", f"{verdict}{p}", *(percent(part) for _, part in s.covered)
        )
    out.print(scores)


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
