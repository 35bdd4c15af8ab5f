"""Printing a landed cost: the waterfall, the measures with their reasons, before and after."""

from __future__ import annotations

import csv
import json
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from lodewire.workbench.market.cost_values import plain_amount, story_json, to_json, turned

if TYPE_CHECKING:
    from pathlib import Path

    from lodewire.model.cost import LandedCost
    from lodewire.workbench.market.costing import Amount, CostOfDay, CostRequest, CostStory


def show_cost(
    found: CostOfDay,
    request: CostRequest,
    unit: str,
    format_: str,
    observed: Amount | None,
    *,
    why: bool = False,
    desk: Path | None = None,
) -> None:
    """Print the cost of one day; ``observed`` adds the reading of a duty-paid premium."""
    from lodewire.workbench.market.costing import premium_reading

    cost = turned(found, unit, desk)
    reading = None if observed is None else premium_reading(request, found, observed, desk)
    if format_ == "json":
        told = {"version": 1, **to_json(found, cost)}
        if reading is not None:
            told["premium"] = {key: str(value) for key, value in reading.items()}
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
    elif format_ == "csv":
        _write_rows(
            ("step", f"amount {unit}", f"total {unit}", "formula", "source"),
            (
                (s.name, plain_amount(s.amount), plain_amount(s.total), s.formula, s.source)
                for s in cost.steps
            ),
        )
    else:
        _print_cost(found, cost, reading, why=why)


def show_change(
    story: CostStory, unit: str, format_: str, *, why: bool = False, desk: Path | None = None
) -> None:
    """Print two days side by side and what moved."""
    from lodewire.analytics.landed_cost import changes

    before, after = turned(story.before, unit, desk), turned(story.after, unit, desk)
    moved = changes(before, after)
    if format_ == "json":
        told = story_json(story, unit, desk)
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
        return
    rows = [
        (c.name, plain_amount(c.before), plain_amount(c.after), plain_amount(c.difference))
        for c in moved
    ]
    if format_ == "csv":
        _write_rows(("step", str(story.before.day), str(story.after.day), "difference"), rows)
        return
    from rich.table import Table

    from lodewire.cli.printing import console

    out = console()
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column(f"{unit}")
    for head in (str(story.before.day), str(story.after.day), "difference"):
        table.add_column(head, justify="right")
    for change in moved:
        style = "bold" if change.name == "landed cost" else ""
        table.add_row(
            change.name,
            _shown(change.before),
            _shown(change.after),
            _shown(change.difference, signed=True) if change.difference else "",
            style=style,
        )
    out.print(table)
    _print_measures(story.after, why=why)
    _print_notes(story.after, after)


def _print_cost(
    found: CostOfDay, cost: LandedCost, reading: dict[str, Decimal] | None, *, why: bool
) -> None:
    from rich.table import Table

    from lodewire.cli.printing import console

    out = console()
    if found.good is not None:
        out.print(f"{found.good.name} ({found.good.code}), {found.day}", style="bold")
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column(cost.unit)
    for head in ("amount", "total"):
        table.add_column(head, justify="right")
    table.add_column("how", style="dim")
    for step in cost.steps:
        table.add_row(step.name, _shown(step.amount), _shown(step.total), step.formula)
    table.add_row("landed cost", "", _shown(cost.total), "", style="bold")
    out.print(table)
    _print_measures(found, why=why)
    if reading is not None:
        for name, value in reading.items():
            shown = f"{value * 100:.1f} %" if name.startswith("share") else _shown(value)
            out.print(f"  {name}: {shown}")
    _print_notes(found, cost)


def _print_measures(found: CostOfDay, *, why: bool) -> None:
    from lodewire.cli.printing import console

    out = console()
    for finding in found.findings:
        if finding.applies or why:
            mark = "applies" if finding.applies else "does not"
            out.print(
                f"  {mark}: {finding.duty.id}: {finding.duty.instrument}; {finding.why}",
                style="dim",
                soft_wrap=True,
            )


def _print_notes(found: CostOfDay, cost: LandedCost) -> None:
    from lodewire.cli.printing import console

    out = console()
    if found.price is not None:
        about = found.price
        out.print(
            f"  Price: {about.series}, {about.period}, {about.value} {about.unit} "
            f"({about.basis}); {about.source} {about.vintage}",
            style="dim",
            soft_wrap=True,
        )
    for note in (*found.notes, *cost.notes):
        out.print(f"  Note: {note}", style="yellow", soft_wrap=True)
    out.print(f"  Method {cost.method}", style="dim")


def _write_rows(head: tuple[str, ...], rows: Any) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([["" if cell is None else cell for cell in row] for row in rows])


def _shown(value: Decimal | None, *, signed: bool = False) -> str:
    if value is None:
        return "not given"
    digits = 2 if abs(value) >= 1 or not value else 4
    return f"{value:+,.{digits}f}" if signed else f"{value:,.{digits}f}"
