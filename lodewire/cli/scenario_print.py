"""Printing the outcome of a scenario: a table, text bars, JSON and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lodewire.cli.printing import console
from lodewire.errors import ScenarioError
from lodewire.model.plain import plain

if TYPE_CHECKING:
    from rich.console import Console

    from lodewire.analytics.scenario import Effect, Outcome, Swing
    from lodewire.model.scenario import Change
    from lodewire.workbench.scenario.scenarios import Ran

_INDICES = (
    "hhi",
    "import_hhi",
    "hhi_governance",
    "geopolrisk",
    "hhi_sourcing",
    "hhi_site",
    "hhi_owner",
    "eu_supply_risk",
    "disruption_potential",
)
_GUIDELINES = {"us-2023": "US 2023", "us-2010": "US 2010", "eu-2004": "EU 2004"}
_FIRST = ("dependence_quantity", "share", "hhi", "supply_left")
_HEADS = ("", "before", "after", "change", "bounds", "5-95 %")
_BAR = 24  # characters of a bar
_MOST_BARS = 8
_DAYS_ABREAST = 4  # dates in a table: 80 characters hold no more
_DASH = "–"


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
    for line in _bands(outcome.effects):
        out.print(f"  {plain(line)}", soft_wrap=True)
    _print_notes(out, outcome)
    _print_tornado(out, outcome, tornado)
    for line in _sources(ran):
        out.print(f"  {plain(line)}", style="dim", soft_wrap=True)
    if ran.missing:
        out.print(f"  Not measured: {plain('; '.join(ran.missing))}.", style="dim", soft_wrap=True)


def _print_table(out: Console, effects: Sequence[Effect]) -> None:
    """Print a row a measure; a cell is never cut, a narrow screen wraps whole lines."""
    from rich.text import Text

    rows = [_HEADS, *(tuple(plain(c) for c in _cells(e)) for e in effects)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_HEADS))]
    for n, row in enumerate(rows):
        first, *rest = (
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        line = Text("  ".join([first, *rest]), style="" if n else "bold")
        out.print(line, soft_wrap=True)


def _bands(effects: Sequence[Effect]) -> Iterator[str]:
    """Yield the bands of each index, before and after over all ranges."""
    for effect in effects:
        parts = []
        for guidelines, was, now in effect.bands:
            before, after = (" or ".join(b.value for b in bands) for bands in (was, now))
            parts.append(f"{_GUIDELINES[guidelines.value]} {before} → {after}")
        if parts:
            yield f"Bands of {effect.label}: {'; '.join(parts)}"


def _cells(effect: Effect) -> tuple[str, ...]:
    was, now = effect.before, effect.after
    interval = effect.interval
    return (
        effect.label,
        _or_bounds(effect, was.value, was.low, was.high),
        _or_bounds(effect, now.value, now.low, now.high),
        _signed(effect),
        _span(effect, effect.low, effect.high),
        _span(effect, interval.p05, interval.p95) if interval else _DASH,
    )


def _or_bounds(
    effect: Effect, value: Decimal | None, low: Decimal | None, high: Decimal | None
) -> str:
    return number(effect, value) if value is not None else _span(effect, low, high)


def _span(effect: Effect, low: Decimal | None, high: Decimal | None) -> str:
    if low is None or high is None:
        return _DASH
    one, other = number(effect, low), number(effect, high)
    if one == other:
        return one
    if effect.name in _INDICES:  # two of them in a cell: the third digit is enough for a bound
        return f"{low:.3f}–{high:.3f}"
    unit = f" {one.rpartition(' ')[2]}" if " " in one else ""
    return f"{one.removesuffix(unit)}–{other}" if unit else f"{one}–{other}"


def _signed(effect: Effect) -> str:
    if effect.change is None:
        return _DASH
    sign = "+" if effect.change > 0 else "−" if effect.change < 0 else ""
    shown = number(effect, abs(effect.change))
    return f"{sign}{shown.replace(' %', ' pt')}"


def number(effect: Effect, value: Decimal | None) -> str:
    """Return a value as people read it: an index as such, a part in percent, money with unit."""
    if value is None:
        return _DASH
    if effect.name in _INDICES:
        return f"{value:.4f}"
    if effect.after.unit == "1":
        return f"{value * 100:.1f} %"
    if effect.after.unit == "%":
        return f"{value:.1f} %"
    return f"{value:,.0f} {effect.after.unit}"


def _print_notes(out: Console, outcome: Outcome) -> None:
    refused: dict[str, list[str]] = {}
    for effect in outcome.effects:
        if effect.after.value is None and effect.after.note:
            refused.setdefault(effect.after.note, []).append(effect.label)
    notes = [*outcome.notes, *(f"{', '.join(who)}: {why}" for why, who in refused.items())]
    notes += [
        f"{e.label}: nothing is left in {e.interval.empty} of the draws"
        for e in outcome.effects
        if e.interval is not None and e.interval.empty
    ]
    for note in dict.fromkeys(notes):
        out.print(f"  Note: {plain(note)}", style="yellow", soft_wrap=True)
    out.print()


def _print_tornado(out: Console, outcome: Outcome, asked: str | None) -> None:
    effect = _chosen(outcome, asked)
    swings = [s for s in effect.swings if _shows(effect, s)] if effect else []
    if effect is None or not swings:
        return
    out.print(f"  What moves it: {plain(effect.label)}", style="bold")
    width = max(len(s.label) for s in swings[:_MOST_BARS])
    ends = [n for s in swings for n in s.reach]
    for swing in swings[:_MOST_BARS]:
        bar = tornado_bar(swing, min(ends), max(ends))
        inputs = f"{_input(swing.low_input, swing)} … {_input(swing.high_input, swing)}"
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


def _chosen(outcome: Outcome, asked: str | None) -> Effect | None:
    if asked is not None:
        for effect in outcome.effects:
            if effect.name == asked:
                return effect
        raise ScenarioError(
            f"{asked!r} is not measured here",
            hint=f"There are {', '.join(e.name for e in outcome.effects)}",
        )
    moved = [e for e in outcome.effects if e.swings and e.swings[0].size]
    ranked = [e for name in _FIRST for e in moved if e.name.startswith(name)]
    return next(iter([*ranked, *moved]), None)


def tornado_bar(swing: Swing, least: Decimal, most: Decimal) -> str:
    """Return a bar from the one end to the other, on the scale of all bars together."""
    width = most - least
    low, high = swing.reach
    first = int((low - least) / width * (_BAR - 1)) if width else 0
    last = int((high - least) / width * (_BAR - 1)) if width else _BAR - 1
    return " " * first + "█" * (last - first + 1) + " " * (_BAR - 1 - last)


def _input(value: Decimal, swing: Swing) -> str:
    first, between, last = swing.unit.partition("|")
    if between:  # not an amount: from the one alone to the other alone
        return f"{first if value < 0 else last} alone"
    if swing.unit == "1":
        return f"{value * 100:.3g} %"
    return f"{value:,.4g} {swing.unit}" if abs(value) < 1000 else f"{value:,.0f} {swing.unit}"


def change_words(change: Change) -> str:
    """Return a change in one line: kind, whom, numbers, days, evidence."""
    units = {"tonnes", "cap", "exports", "demand"}
    parts = []
    for name, range_ in change.inputs():
        if not range_.stated or (name, range_.words) in _USUAL:
            continue
        unit = getattr(change, "unit", None)
        tail = f" {unit}" if unit and (name in units or name == "lost") else ""
        parts.append(f"{name.replace('_', ' ')} {range_.words}{tail}")
    days = " ".join(
        f"{word} {day.isoformat()}"
        for word, day in (("from", change.start), ("until", change.end))
        if day is not None
    )
    to = getattr(change, "to", None)
    head = f"{change.kind.replace('_', ' ')} {change.subject}" + (f" for {to}" if to else "")
    return "; ".join(p for p in (head, ", ".join(parts), days, change.evidence) if p)


_USUAL = {("delivered", "1"), ("diverted", "0")}


def _sources(ran: Ran) -> Iterator[str]:
    outcome = ran.outcome
    if ran.figures:
        first = ran.figures[0]
        told = (first.source, first.vintage, str(first.year or ""), f"{first.unit} {first.basis}")
        yield "Supply: " + ", ".join(dict.fromkeys(t for t in told if t))
        yield from {f.note: None for f in ran.figures if f.note.startswith("proxy")}
    if ran.flows:
        flow = ran.flows[0]
        trade = (f"Imports of {flow.importer}: {flow.source}", flow.vintage, str(flow.year or ""))
        yield ", ".join(dict.fromkeys(t for t in trade if t))
    yield from ran.sources
    if outcome.scenario.world is not None:
        yield f"World supply: {outcome.scenario.world.words} {outcome.scenario.world_unit}, stated"
    interval = next((e.interval for e in outcome.effects if e.interval), None)
    drawn = f"; {interval.draws:,} draws, seed {interval.seed}" if interval else ""
    yield (
        f"Method {outcome.method}: lost supply stays lost; bounds hold for every stated range "
        f"together{drawn}."
    )


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
        cells = [_or_bounds(effect, was.value, was.low, was.high)]
        for outcome in outcomes:
            now = outcome.effects[at].after
            cells.append(_or_bounds(outcome.effects[at], now.value, now.low, now.high))
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
