"""``lodewire own``: what a user buys, and the events that touch it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
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
    from lodewire.model.event import Event
    from lodewire.model.holding import LeftOut, OwnScore
    from lodewire.workbench.own.own_store import OwnLoad

SHOWN = 20
_LEFT = 15  # rows left out that are listed on a terminal
_POSITION_COLUMNS = ("commodity", "material", "form", "stage", "product", "certain", "quantity",
                     "unit", "spend", "currency", "origins", "unknown_origin", "share_basis",
                     "suppliers", "lines")  # fmt: skip
_SHOWN_COLUMNS = ("material", "commodity", "product", "stage", "quantity", "unit", "spend",
                  "currency", "origins")  # fmt: skip
_LOAD_COLUMNS = ("load", "version", "loaded_at", "file", "rows", "mapped")
_LEFT_COLUMNS = ("line", "words", "whole_row", "reason", "suggestion")
_TOLD_COLUMNS = ("at", "score", "status", "reason", "event")
_EVENT_COLUMNS = ("score", "exposure", "reported", "type", "status", "sentence", "reason", "event")
_ALERT_COLUMNS = ("score", "reported", "type", "status", "was", "sentence", "reason", "event")


@click.group(
    epilog="""\b
Examples:
  lodewire own load bom.csv
  lodewire own events --since 2025-03-01
  lodewire own brief 2025-03-28
  lodewire own alerts

The table stays in the desk's own folder: nothing of it is fetched, logged, exported or published.
"""
)
def command() -> None:
    """Hold events against a bill of materials or spend table of your own (a CSV file)."""


@command.command(
    epilog="""\b
Examples:
  lodewire own load bom.csv
  lodewire own load spend.csv --decimal ,      numbers are written 1.234,5
  lodewire own load bom.csv --check            show what would be mapped; keep nothing

Columns are found by their names in several languages: Material (or Part), Quantity, Unit, Spend,
Currency, Supplier, Country of origin, Share, Form, Stage.
"""
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@desk_option
@click.option("--decimal", type=click.Choice([",", "."]), help="What parts decimals in this file.")
@click.option("--check", is_flag=True, help="Only show what would be mapped.")
@now_option
def load(file: Path, folder: Path, decimal: str | None, check: bool, now: datetime | None) -> None:
    """Read a table and keep it as the desk's own, with a version for each load."""
    from lodewire.analytics.holdings import positions_of, read_own_table
    from lodewire.config.desk import load_desk
    from lodewire.errors import HoldingError
    from lodewire.workbench.own.own_store import load_own, open_to_others

    desk = load_desk(folder)
    try:
        body = file.read_bytes()
    except OSError as error:
        raise HoldingError(
            f"{file}: cannot be read: {error.strerror or error}", hint="check its permissions"
        ) from error
    if check:
        table = read_own_table(body, decimal=decimal)
        told = "Not kept (--check)"
    else:
        kept, table, new = load_own(desk, body, file=file.name, now=instant(now), decimal=decimal)
        told = f"Load {kept.number}, version {kept.version}"
        told += "" if new else ": the same table as before, nothing changed"
    mapped = len({h.row for h in table.holdings})
    count = len(positions_of(table.holdings))
    rows = f"{mapped} of {table.rows} {'row' if table.rows == 1 else 'rows'}"
    what = "1 material" if count == 1 else f"{count} materials and contents of products"
    click.echo(f"{told}. {rows} mapped, to {what}.")
    click.echo("Columns: " + ", ".join(f"{n} = {plain(h)[:40]!r}" for n, h in table.columns))
    for note in table.notes:
        click.echo(f"Note: {plain(note)}")
    _print_left_out(table.left_out)
    if open_to_others(file):
        click.echo(f"Note: other accounts of this machine can read {file}: chmod 600 {file}")


def _print_left_out(left_out: Iterable[LeftOut]) -> None:
    told = list(left_out)
    whole = [one for one in told if one.whole]
    parts = [one for one in told if not one.whole]
    for head, some in (("Rows left out", whole), ("Cells left out", parts)):
        if not some:
            continue
        click.echo(f"{head} ({len(some)}):")
        for one in some[:_LEFT]:
            advice = f"; {plain(one.suggestion)}" if one.suggestion else ""
            words = plain(one.words) or "(empty)"
            click.echo(f"  line {one.row}, {words}: {plain(one.reason)}{advice}")
        if len(some) > _LEFT:
            click.echo(f"  … and {len(some) - _LEFT} more: lodewire own show --left-out")


@command.command(
    epilog="""\b
Examples:
  lodewire own show
  lodewire own show --left-out
  lodewire own show --loads
  lodewire own show --load 1 --format csv
"""
)
@desk_option
@click.option("--load", "number", type=click.IntRange(1), help="An earlier load, by its number.")
@click.option("--left-out", is_flag=True, help="The rows and cells that were not used, and why.")
@click.option("--loads", is_flag=True, help="Every load with its day and version.")
@rows_option
def show(folder: Path, number: int | None, left_out: bool, loads: bool, form: str) -> None:
    """Show what you buy as it was mapped: materials, contents of products, origins."""
    from lodewire.analytics.holdings import positions_of
    from lodewire.config.desk import load_desk
    from lodewire.workbench.own.own_rows import position_row
    from lodewire.workbench.own.own_store import own_loads, own_table

    desk = load_desk(folder)
    if loads:
        rows = [_load_row(one) for one in own_loads(desk)]
        empty = "Nothing was loaded. lodewire own load FILE.csv reads a table."
        print_rows(rows, _LOAD_COLUMNS, form, empty=empty)
        return
    _, table = own_table(desk, number)
    if left_out:
        left = [_left_row(one) for one in table.left_out]
        print_rows(left, _LEFT_COLUMNS, form, empty="Every row was used.")
        return
    shown = _POSITION_COLUMNS if form != "table" else _SHOWN_COLUMNS
    print_rows([position_row(p) for p in positions_of(table.holdings)], shown, form, empty="")


def _load_row(load: OwnLoad) -> dict[str, Any]:
    return {
        "load": load.number,
        "version": load.version,
        "loaded_at": load.loaded_at.isoformat(),
        "file": load.file,
        "rows": load.rows,
        "mapped": load.mapped,
    }


def _left_row(left: LeftOut) -> dict[str, Any]:
    return {
        "line": left.row,
        "words": left.words,
        "whole_row": left.whole,
        "reason": left.reason,
        "suggestion": left.suggestion or None,
    }


@command.command(
    epilog="""\b
Examples:
  lodewire own events
  lodewire own events --since 2025-03-01 --least 0.3
  lodewire own events --format csv > mine.csv
"""
)
@desk_option
@click.option("--since", type=Day(), help="First reported on this day or later.")
@click.option("--until", type=Day(), help="First reported on this day or before.")
@click.option("--least", type=click.FloatRange(0, 1), default=0.0, help="Only from this score on.")
@click.option("--limit", type=click.IntRange(1), help=f"At most so many. Table: {SHOWN}.")
@rows_option
@now_option
def events(
    folder: Path,
    since: date | None,
    until: date | None,
    least: float,
    limit: int | None,
    form: str,
    now: datetime | None,
) -> None:
    """List events by how far they touch what you buy, each with the reason."""
    from lodewire.workbench.own.own_exposure import own_events, view_on
    from lodewire.workbench.own.own_store import own_table

    with open_desk(folder) as (desk, ledger), ledger.snapshot():
        _, table = own_table(desk)
        own = view_on(desk, ledger, table, instant(now).date())
        found = own_events(ledger, own, since=since, until=until)
        empty = empty_ledger_words(folder) if not ledger.search("", limit=1) else ""
    kept = [pair for pair in found if pair[1].score >= _decimal(least)]
    most = limit or (SHOWN if form == "table" else len(kept))
    rows = [_event_row(event, score) for event, score in kept[:most]]
    if form == "table" and rows:
        _print_scored(rows)
        if len(kept) > most:
            click.echo(f"… and {len(kept) - most} more: --limit {len(kept)}")
        return
    print_rows(rows, _EVENT_COLUMNS, form, empty=empty or "No event touches what you buy.")


def _decimal(value: float) -> Any:
    from decimal import Decimal

    return Decimal(str(value))


def _event_row(event: Event, score: OwnScore) -> dict[str, Any]:
    from lodewire.publish.sentences import tell_event

    return {
        "score": f"{score.score:f}",
        "exposure": f"{score.exposure:f}",
        "reported": event.reported.isoformat() if event.reported else None,
        "type": event.type.value,
        "status": event.status.value,
        "sentence": tell_event(event),
        "reason": score.reason,
        "event": event.id,
    }


def _print_scored(rows: Iterable[dict[str, Any]]) -> None:
    from rich.text import Text

    from lodewire.cli.printing import console

    out = console()
    for row in rows:
        head = Text(f"{float(row['score']):.2f}  ", style="bold cyan")
        head.append(f"{row['reported'] or ''}  ", style="dim")
        head.append(plain(row["sentence"]))
        if row.get("was"):
            head.append(f"  (was {row['was'].replace('_', ' ')})", style="yellow")
        out.print(head, soft_wrap=True)
        out.print(Text("      " + plain(row["reason"]), style="green"), soft_wrap=True)


@command.command(
    epilog="""\b
Examples:
  lodewire own brief
  lodewire own brief 2025-03-28
"""
)
@click.argument("day", type=Day(), required=False)
@desk_option
@rows_option
@now_option
def brief(day: date | None, folder: Path, form: str, now: datetime | None) -> None:
    """Print the brief of a day by how far it touches what you buy. It is not kept or published."""
    from lodewire.pipeline.run import today
    from lodewire.workbench.own.own_exposure import own_brief, view_on
    from lodewire.workbench.own.own_store import own_table

    moment = instant(now)
    with open_desk(folder) as (desk, ledger):
        wanted = day or today(desk, moment)
        _, table = own_table(desk)
        told = own_brief(ledger, desk, view_on(desk, ledger, table, wanted), wanted, moment)
    rows = [
        {
            "score": f"{score.score:f}",
            "exposure": f"{score.exposure:f}",
            "reported": wanted.isoformat(),
            "type": entry.type.value,
            "status": entry.status.value,
            "sentence": " ".join(s.text for s in entry.sentences),
            "reason": score.reason,
            "event": entry.event_id,
        }
        for entry, score in told.entries
    ]
    if form != "table":
        print_rows(rows, _EVENT_COLUMNS, form, empty="")
        return
    click.echo(f"What touches you in the brief of {wanted}: {len(rows)}; others: {told.others}")
    _print_scored(rows)


@command.command(
    epilog="""\b
Examples:
  lodewire own alerts
  lodewire own alerts --since 2025-01-01
  lodewire own alerts --look            show them without counting them as told
  lodewire own alerts --told --format json

The threshold is set in desk.toml: [own] threshold, and thresholds for single materials.
"""
)
@desk_option
@click.option("--since", type=Day(), help="First reported from this day on. Default: 30 days.")
@click.option("--look", is_flag=True, help="Show what is due; it stays due.")
@click.option("--told", is_flag=True, help="List the alerts that were told, with their time.")
@rows_option
@now_option
def alerts(
    folder: Path, since: date | None, look: bool, told: bool, form: str, now: datetime | None
) -> None:
    """Tell new events over the threshold: each exactly once, and again at a further status."""
    from lodewire.pipeline.run import today
    from lodewire.publish.sentences import tell_event
    from lodewire.workbench.own.own_alerts import AlertLog
    from lodewire.workbench.own.own_exposure import own_alerts, view_on
    from lodewire.workbench.own.own_store import own_table

    moment = instant(now)
    with open_desk(folder) as (desk, ledger):
        if told:
            rows: list[dict[str, Any]] = [
                {"at": a.at.isoformat(), "score": f"{a.score:f}", "status": a.status,
                 "reason": a.reason, "event": a.event_id}
                for a in AlertLog(desk.own_path).told()
            ]  # fmt: skip
            print_rows(rows, _TOLD_COLUMNS, form, empty="No alert was told yet.")
            return
        _, table = own_table(desk)
        day = today(desk, moment)
        own = view_on(desk, ledger, table, day)
        found = own_alerts(ledger, desk, own, now=moment, day=day, since=since, claim=not look)
    rows = [
        {
            "score": f"{alert.score:f}",
            "reported": event.reported.isoformat() if event.reported else None,
            "type": event.type.value,
            "status": alert.status,
            "was": alert.was or None,
            "sentence": tell_event(event),
            "reason": alert.reason,
            "event": event.id,
        }
        for event, alert in found
    ]
    if form == "table" and rows:
        _print_scored(rows)
        return
    print_rows(rows, _ALERT_COLUMNS, form, empty="Nothing new over the threshold.")
