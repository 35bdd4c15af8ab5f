"""``lodewire trends``: how much happens by desk, commodity or country; how prices move."""

from __future__ import annotations

import io
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lodewire.cli.options import Day, desk_option, empty_ledger_words, open_desk
from lodewire.cli.trends_price import price

if TYPE_CHECKING:
    from lodewire.analytics.trends.activity import Activity

SHOWN = 20


@click.group(
    invoke_without_command=True,
    epilog="""\b
Examples:
  lodewire trends
  lodewire trends --by commodity --since 2025-01-01
  lodewire trends --by country --every month --format csv > activity.csv
  lodewire trends price copper
  lodewire trends price copper --forecast 6
""",
)
@click.option(
    "--by",
    type=click.Choice(["desk", "commodity", "country"]),
    default="desk",
    show_default=True,
    help="What events are grouped by.",
)
@click.option("--since", type=Day(), help="First reported on this day or later.")
@click.option("--until", type=Day(), help="First reported on this day or before.")
@click.option(
    "--every",
    type=click.Choice(["day", "week", "month"]),
    help="How long a period is. Default: by the span of time.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "json"]),
    default="text",
    show_default=True,
    help="How.",
)
@desk_option
@click.pass_context
def command(
    context: click.Context,
    by: str,
    since: date | None,
    until: date | None,
    every: str | None,
    form: str,
    folder: Path,
) -> None:
    """Count events over time by desk, commodity or country; measure prices.

    An event counts once, in the period of the day it was first reported, in each group it names.
    Counts only: no tone and no score.
    """
    if context.invoked_subcommand is not None:
        return
    from lodewire.analytics.trends.activity import By, Every
    from lodewire.workbench.market.trends import activity_of

    with open_desk(folder) as (_, ledger), ledger.snapshot():
        found = activity_of(
            ledger, by=By(by), since=since, until=until, every=Every(every) if every else None
        )
        empty = not found.groups and not ledger.search("", limit=1)
    if form == "json":
        click.echo(json.dumps(to_json(found), indent=1, ensure_ascii=False))
    elif form == "csv":
        _print_csv(found)
    elif not found.groups:
        click.echo(empty_ledger_words(folder) if empty else "No event lies in this time.")
    else:
        _print_text(found)


command.add_command(price)


def to_json(found: Activity) -> dict[str, Any]:
    """Return the JSON form, version 1."""
    from lodewire.workbench.market.trends import group_name

    return {
        "version": 1,
        "by": found.by.value,
        "every": found.every.value,
        "periods": list(found.periods),
        "groups": [
            {
                "id": g.group,
                "name": group_name(found.by, g.group),
                "total": g.total,
                "counts": list(g.counts),
            }
            for g in found.groups
        ],
        "events": found.events,
        "ungrouped": found.ungrouped,
    }


def _print_csv(found: Activity) -> None:
    from lodewire.publish.table_files import write_csv
    from lodewire.publish.tables import Column, ColumnKind
    from lodewire.workbench.market.trends import group_name

    columns = (
        Column(found.by.value, ColumnKind.TEXT, "id of the group"),
        Column("name", ColumnKind.TEXT, "its name"),
        Column("period", ColumnKind.TEXT, f"the {found.every.value}"),
        Column("events", ColumnKind.WHOLE, "events first reported in it"),
    )
    rows = (
        {
            found.by.value: g.group,
            "name": group_name(found.by, g.group),
            "period": period,
            "events": count,
        }
        for g in found.groups
        for period, count in zip(found.periods, g.counts, strict=True)
    )
    out = io.BytesIO()
    write_csv(rows, columns, out)
    sys.stdout.flush()
    click.echo(out.getvalue().decode("utf-8").replace("\r\n", "\n"), nl=False)


def _print_text(found: Activity) -> None:
    from rich.table import Table
    from rich.text import Text

    from lodewire.analytics.trends.activity import sparkline
    from lodewire.cli.printing import console
    from lodewire.model.plain import plain
    from lodewire.workbench.market.trends import group_name

    out = console()
    first, last = found.periods[0], found.periods[-1]
    names = [plain(group_name(found.by, g.group)) for g in found.groups[:SHOWN]]
    room = max(12, min(48, out.width - max(map(len, names)) - 30))
    size = -(-len(found.periods) // room)
    mark = f"a mark a {found.every.value}" if size == 1 else f"a mark {size} {found.every.value}s"
    told = f"{found.events:,} events by {found.by.value}, {first} to {last}, {mark}"
    out.print(told, soft_wrap=True)
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(found.by.value)
    table.add_column("events", justify="right")
    table.add_column("over time", no_wrap=True)
    table.add_column("most", no_wrap=True)
    for group in found.groups[:SHOWN]:
        top = max(range(len(group.counts)), key=lambda at, counts=group.counts: counts[at])  # type: ignore[misc]
        table.add_row(
            Text(plain(group_name(found.by, group.group))),
            f"{group.total:,}",
            sparkline(_folded(group.counts, room), zero="·"),
            Text(f"{found.periods[top]} ({group.counts[top]})", style="dim"),
        )
    out.print(table)
    rest = len(found.groups) - SHOWN
    if rest > 0:
        out.print(f"  and {rest} with fewer: --format csv lists all", style="dim")
    if found.ungrouped:
        out.print(f"  {found.ungrouped:,} events name no {found.by.value}", style="dim")


def _folded(counts: tuple[int, ...], most: int) -> list[int]:
    """At most ``most`` marks: neighbours are added up where there are more periods."""
    size = -(-len(counts) // most)
    return [sum(counts[at : at + size]) for at in range(0, len(counts), size)]
