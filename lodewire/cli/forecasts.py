"""``lodewire forecasts``: dated forecasts against what happened, by forecaster."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lodewire.cli.options import (
    Day,
    desk_option,
    empty_ledger_words,
    instant,
    now_option,
    open_desk,
)
from lodewire.cli.rows import print_rows, rows_option
from lodewire.model.plain import plain

if TYPE_CHECKING:
    from lodewire.model.forecast import ForecastScore

_COLUMNS = ("state", "made", "forecaster", "variable", "commodity", "low", "high", "unit", "bound",
            "horizon_start", "horizon_end", "actual", "error_percent", "naive",
            "naive_error_percent", "hit", "direction", "series", "source", "why",
            "event")  # fmt: skip
_SUMS = ("forecaster", "told", "scored", "open", "not_scored", "points", "mean_error_percent",
         "naive_error_percent", "skill", "range_hits", "ranges", "right_direction",
         "directions")  # fmt: skip


@click.command(
    epilog="""\b
Examples:
  lodewire forecasts
  lodewire forecasts --forecaster Citi
  lodewire forecasts --open
  lodewire forecasts --format csv > forecasts.csv
  lodewire forecasts --by-forecaster --format json

Only what can be held against a monthly price or a report of output is scored; the others are
listed with why not. Skill is over 0 where the forecasts beat the naive one: that nothing changes.
"""
)
@desk_option
@click.option("--forecaster", metavar="NAME", help="Only forecasts by this one.")
@click.option("--open", "still", is_flag=True, help="Only those whose outcome lies ahead.")
@click.option("--by-forecaster", "sums", is_flag=True, help="Scores of each forecaster alone.")
@click.option("--on", type=Day(), help="Score by what was over on this day. Default: today.")
@rows_option
@now_option
def command(
    folder: Path,
    forecaster: str | None,
    still: bool,
    sums: bool,
    on: date | None,
    form: str,
    now: datetime | None,
) -> None:
    """Score dated forecasts by what happened: error, range and direction, beside the naive one."""
    from lodewire.model.forecast import ForecastState
    from lodewire.pipeline.run import today
    from lodewire.workbench.market.forecasting import forecasts_in

    with open_desk(folder) as (desk, ledger), ledger.snapshot():
        day = on or today(desk, instant(now))
        found = forecasts_in(ledger, as_of=day, desk=desk.root)
        empty = empty_ledger_words(folder) if not ledger.search("", limit=1) else ""
    kept = [
        s
        for s in found.scores
        if (forecaster is None or forecaster.casefold() in s.forecaster.casefold())
        and (not still or s.state is ForecastState.OPEN)
    ]
    nothing = empty or "No forecast is like this."
    if sums:
        print_rows(_sum_rows(kept), _SUMS, form, empty=nothing)
    elif form != "table":
        print_rows([_row(s) for s in kept], _COLUMNS, form, empty=nothing)
    elif not kept:
        click.echo(nothing)
    else:
        _print(kept)


def _sum_rows(scores: Sequence[ForecastScore]) -> list[dict[str, Any]]:
    from lodewire.analytics.forecast_scores import score_forecasters

    return [
        {
            "forecaster": f.forecaster,
            "told": f.told,
            "scored": f.scored,
            "open": f.open,
            "not_scored": f.not_scored,
            "points": f.points,
            "mean_error_percent": _plain(f.mean_error),
            "naive_error_percent": _plain(f.naive_error),
            "skill": _plain(f.skill),
            "range_hits": f.hits,
            "ranges": f.ranges,
            "right_direction": f.right_direction,
            "directions": f.directions,
        }
        for f in score_forecasters(scores)
    ]


def _row(score: ForecastScore) -> dict[str, Any]:
    return {
        "state": score.state.value,
        "made": score.made.isoformat(),
        "forecaster": score.forecaster,
        "variable": score.variable or None,
        "commodity": score.commodity,
        "low": _plain(score.low),
        "high": _plain(score.high),
        "unit": score.unit,
        "bound": score.bound or None,
        "horizon_start": score.start.isoformat() if score.start else None,
        "horizon_end": score.end.isoformat() if score.end else None,
        "actual": _plain(score.actual),
        "error_percent": _plain(score.error),
        "naive": _plain(score.naive),
        "naive_error_percent": _plain(score.naive_error),
        "hit": score.hit,
        "direction": score.direction,
        "series": score.series or None,
        "source": score.source or None,
        "why": score.why or None,
        "event": score.event_id,
    }


def _plain(value: Decimal | None) -> str | None:
    return f"{value:f}" if value is not None else None


def _print(scores: Sequence[ForecastScore]) -> None:
    from rich.text import Text

    from lodewire.cli.printing import console

    out = console()
    rows = [_short(r) for r in _sum_rows(scores) if r["scored"]]
    if rows:
        print_rows(rows, tuple(rows[0]), "table", empty="")
    for score in scores:
        head = Text(f"{score.state.value.replace('_', ' '):<10} ", style="bold cyan")
        head.append(f"{score.made}  ", style="dim")
        head.append(plain(_said(score)))
        out.print(head, soft_wrap=True)
        if score.actual is not None:
            out.print(Text("    " + plain(_came(score)), style="green"), soft_wrap=True)
        if score.why:
            out.print(Text(f"    {plain(score.why)}", style="dim"), soft_wrap=True)


def _short(row: dict[str, Any]) -> dict[str, Any]:
    """The scores of a forecaster as a narrow terminal shows them; errors in per cent."""
    return {
        "forecaster": row["forecaster"],
        "scored": row["scored"],
        "error": row["mean_error_percent"],
        "naive": row["naive_error_percent"],
        "skill": row["skill"],
        "in range": f"{row['range_hits']}/{row['ranges']}",
        "direction": f"{row['right_direction']}/{row['directions']}",
    }


def _said(score: ForecastScore) -> str:
    from lodewire.publish.wording import print_amount, print_dates

    figure = ""
    if score.low is not None and score.high is not None:
        figure = f" {print_amount(score.low, score.unit)}"
        if score.high != score.low:
            figure += f" to {print_amount(score.high, score.unit)}"
    when = f" for {print_dates(score.start, score.end)}" if score.start and score.end else ""
    bound = {"at_least": " at least", "at_most": " at most"}.get(score.bound, "")
    what = score.variable or score.commodity or "something"
    return f"{score.forecaster}: {what}{bound}{figure}{when}"


def _came(score: ForecastScore) -> str:
    from lodewire.publish.wording import print_amount

    assert score.actual is not None
    told = f"came: {print_amount(score.actual, score.unit)} ({score.series})"
    if score.error is not None:
        told += f"; off by {score.error} %"
    if score.naive_error is not None:
        told += f", the naive forecast by {score.naive_error} %"
    if score.hit is not None:
        told += "; inside what was said" if score.hit else "; outside what was said"
    if score.direction is not None:
        told += "; right direction" if score.direction else "; wrong direction"
    return told
