"""Printing the outcome of a scenario: a table, text bars, JSON and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lodewire.cli.printing import console
from lodewire.model.plain import plain
from lodewire.workbench.scenario.outcome_words import (
    band_lines,
    change_words,
    chosen_effect,
    effect_cells,
    input_words,
    note_lines,
    number,
    or_bounds,
    source_lines,
)

if TYPE_CHECKING:
    from rich.console import Console

    from lodewire.analytics.scenario import Effect, Outcome, Swing
    from lodewire.workbench.scenario.scenarios import Ran

_HEADS = ("", "before", "after", "change", "bounds", "5-95 %")
_BAR = 24  # characters of a bar
_MOST_BARS = 8
_DAYS_ABREAST = 4  # dates in a table: 80 characters hold no more


def print_outcome(ran: Ran, tornado: str | None) -> None:
    """Print changes, the table before and after, the tornado, notes and sources."""
    out, outcome = console(), ran.outcome
    scenario = outcome.scenario
    out.print(plain(scenario.name), style="bold", soft_wrap=True)
    head = f"  {scenario.commodity}, {scenario.stage}, on {outcome.on.isoformat()}"
    out.print(plain(head), style="dim", soft_wrap=True)
    for change in outcome.active:
        out.print(f"  • {plain(change_words(change))}", soft_wrap=True)
    for change in outcome.waiting:
        told = f"  ◦ not in effect that day: {plain(change_words(change))}"
        out.print(told, style="dim", soft_wrap=True)
    if not outcome.active:
        out.print("  No change is in effect that day: nothing changes.", style="yellow")
    out.print()
    _print_table(out, outcome.effects)
    for line in band_lines(outcome.effects):
        out.print(f"  {plain(line)}", soft_wrap=True)
    _print_notes(out, outcome)
    _print_tornado(out, outcome, tornado)
    for line in source_lines(ran):
        out.print(f"  {plain(line)}", style="dim", soft_wrap=True)
    if ran.missing:
        out.print(f"  Not measured: {plain('; '.join(ran.missing))}.", style="dim", soft_wrap=True)


def _print_table(out: Console, effects: Sequence[Effect]) -> None:
    """Print a row a measure; a cell is never cut, a narrow screen wraps whole lines."""
    from rich.text import Text

    rows = [_HEADS, *(tuple(plain(c) for c in effect_cells(e)) for e in effects)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_HEADS))]
    for n, row in enumerate(rows):
        first, *rest = (
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        line = Text("  ".join([first, *rest]), style="" if n else "bold")
        out.print(line, soft_wrap=True)


def _print_notes(out: Console, outcome: Outcome) -> None:
    for note in note_lines(outcome):
        out.print(f"  Note: {plain(note)}", style="yellow", soft_wrap=True)
    out.print()


def _print_tornado(out: Console, outcome: Outcome, asked: str | None) -> None:
    effect = chosen_effect(outcome, asked)
    swings = [s for s in effect.swings if _shows(effect, s)] if effect else []
    if effect is None or not swings:
        return
    out.print(f"  What moves it: {plain(effect.label)}", style="bold")
    width = max(len(s.label) for s in swings[:_MOST_BARS])
    ends = [n for s in swings for n in s.reach]
    for swing in swings[:_MOST_BARS]:
        bar = tornado_bar(swing, min(ends), max(ends))
        inputs = f"{input_words(swing.low_input, swing)} … {input_words(swing.high_input, swing)}"
        moved = f"{number(effect, swing.at_low)} … {number(effect, swing.at_high)}"
        if (
            not min(swing.at_low, swing.at_high)
            <= swing.at_taken
            <= max(swing.at_low, swing.at_high)
        ):
            moved += f", {number(effect, swing.at_taken)} between"
        mark = "" if swing.stated else "  (not stated: all that can be)"
        line = f"    {plain(swing.label):<{width}}  |{bar}|  {moved}  at {plain(inputs)}{mark}"
        out.print(line, soft_wrap=True)
    out.print()


def _shows(effect: Effect, swing: Swing) -> bool:
    """Whether what an input moves can be seen in the numbers as they are printed."""
    low, high = swing.reach
    return number(effect, low) != number(effect, high)


def tornado_bar(swing: Swing, least: Decimal, most: Decimal) -> str:
    """Return a bar from the one end to the other, on the scale of all bars together."""
    width = most - least
    low, high = swing.reach
    first = int((low - least) / width * (_BAR - 1)) if width else 0
    last = int((high - least) / width * (_BAR - 1)) if width else _BAR - 1
    return " " * first + "█" * (last - first + 1) + " " * (_BAR - 1 - last)


def print_days(outcomes: Sequence[Outcome], form: str) -> None:
    """Print the measures after the scenario on each day, a row a day."""
    import json

    import click

    names = [e.name for e in outcomes[0].effects] if outcomes else []
    rows = [
        {"on": o.on.isoformat(), **{e.name: _text(e.after.value) for e in o.effects}}
        for o in outcomes
    ]
    if form == "json":
        click.echo(json.dumps({"version": 1, "days": rows}, indent=1))
    elif form == "csv":
        click.echo(_csv(["on", *names], [list(r.values()) for r in rows]), nl=False)
    else:
        _print_days_table(outcomes)


def _print_days_table(outcomes: Sequence[Outcome]) -> None:
    out = console()
    if not outcomes:
        out.print("The scenario has no change.")
    for first in range(0, len(outcomes), _DAYS_ABREAST):
        _print_some_days(out, outcomes[first : first + _DAYS_ABREAST])
        out.print()


def _print_some_days(out: Console, outcomes: Sequence[Outcome]) -> None:
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("", no_wrap=True)
    for head in ("before", *(o.on.isoformat() for o in outcomes)):
        table.add_column(head, justify="right", overflow="fold")
    for at, effect in enumerate(outcomes[0].effects):
        was = effect.before
        cells = [or_bounds(effect, was.value, was.low, was.high)]
        for outcome in outcomes:
            now = outcome.effects[at].after
            cells.append(or_bounds(outcome.effects[at], now.value, now.low, now.high))
        table.add_row(plain(effect.label), *cells)
    out.print(table)


def to_csv(ran: Ran) -> str:
    """Return a row a measure."""
    rows = ran.outcome.rows()
    head = list(rows[0]) if rows else []
    told = [[_text(c) if isinstance(c, Decimal) else c for c in row.values()] for row in rows]
    return _csv(head, told)


def _csv(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([["" if c is None else c for c in row] for row in rows])
    return out.getvalue()


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
