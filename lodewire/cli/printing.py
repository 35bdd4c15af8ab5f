"""Printing readings and events for people."""

from __future__ import annotations

from collections import Counter

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lodewire.model.document import Document
from lodewire.model.event import EventMention
from lodewire.model.reading import Reading
from lodewire.model.vocabulary import MentionType, Verdict
from lodewire.ontology.desks import load_desks
from lodewire.ontology.event_types import load_event_types

VERDICT_MARKS = {
    Verdict.CONSISTENT: ("✓", "green"),
    Verdict.ROUNDING: ("≈", "green"),
    Verdict.MISMATCH: ("✗", "red"),
    Verdict.QUERY: ("?", "yellow"),
    Verdict.UNCHECKABLE: ("·", "dim"),
}


def console(*, stderr: bool = False) -> Console:
    """Return the console; colours and width follow the terminal."""
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


def print_reading(reading: Reading) -> None:
    """Print a document's head, its events with quotes, numbers and checks."""
    out = console()
    _print_head(out, reading)
    if not reading.events:
        out.print("  No events of the field were found in this text.", style="dim")
    for event in reading.events:
        _print_event(out, reading.document, event)
    _print_checks(out, reading)
    out.print()


def _print_head(out: Console, reading: Reading) -> None:
    document = reading.document
    out.print(Text(document.title or "(no title)", style="bold"))
    facts = [
        document.publisher or "",
        document.published.isoformat() if document.published else "no date",
        document.language or "unknown language",
        document.role.value,
        f"{len(document.text):,} characters",
    ]
    out.print("  " + " · ".join(f for f in facts if f), style="dim")
    titles = load_desks()
    desks = ", ".join(f"{titles[d.desk].title} {d.score:.2f}" for d in reading.desks)
    out.print(f"  Desks: {desks or 'none'} · relevance {reading.relevance:.2f}", style="dim")
    for note in document.notes:
        out.print(f"  Note: {note}", style="yellow")
    names = {
        m.name: None
        for m in reading.mentions
        if m.type in (MentionType.ORGANISATION, MentionType.SITE) and not m.generic
    }
    if names:
        out.print("  Names: " + ", ".join(names), style="dim", markup=False)
    if reading.quantities:
        numbers = dict.fromkeys(" ".join(q.text.split()) for q in reading.quantities)
        out.print("  Numbers: " + "; ".join(numbers), style="dim", markup=False)


def _print_event(out: Console, document: Document, event: EventMention) -> None:
    definition = load_event_types()[event.type]
    head = Text("\n  ")
    head.append(definition.label, style="bold cyan")
    head.append(f"  {event.status.value.replace('_', ' ')}")
    if event.modality.value != "asserted":
        head.append(f", {event.modality.value}")
    head.append("" if event.core else "  (background)", style="dim")
    head.append(f"  {event.confidence:.2f}", style="dim")
    out.print(head)
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    labels = {r.name: r.label for r in definition.roles}
    for argument in event.arguments:
        words = " ".join(argument.text.split())
        value = "" if argument.value == words else argument.value
        table.add_row(
            Text(labels[argument.role], style="dim"), Text(words), Text(value, style="green")
        )
    for role in event.not_disclosed:
        table.add_row(
            Text(labels.get(role, role), style="dim"), Text("not disclosed", style="italic")
        )
    if event.attribution is not None:
        table.add_row(Text("says", style="dim"), Text(event.attribution.name))
    out.print(Padding(table, (0, 0, 0, 4)))
    quote = " ".join(event.evidence[0].quote.split())
    out.print(Padding(Text(f"“{quote}”", style="italic dim"), (0, 0, 0, 4)))


def _print_checks(out: Console, reading: Reading) -> None:
    told = [c for c in reading.checks if c.verdict is not Verdict.UNCHECKABLE]
    if not told:
        return
    out.print("\n  Checks", style="bold")
    for check in told:
        mark, style = VERDICT_MARKS[check.verdict]
        out.print(
            Text(f"    {mark} {check.kind.value.replace('_', ' ')}: {check.detail}", style=style)
        )


def print_set_aside(reasons: Counter[str], *, most: int = 5) -> None:
    """Say on standard error what was set aside and why, the commonest reasons first."""
    if not reasons:
        return
    screen = console(stderr=True)
    screen.print(f"{sum(reasons.values())} pages were set aside:", style="yellow")
    for reason, count in reasons.most_common(most):
        screen.print(f"  {count} × {reason}", markup=False)


def print_model(told: str, notes: Counter[str], *, most: int = 5) -> None:
    """Say on standard error what the model reader was asked and what it noted, if it read."""
    if not told:
        return
    screen = console(stderr=True)
    screen.print(f"Model reader: {told}.", soft_wrap=True)
    for note, count in notes.most_common(most):
        screen.print(f"  {count} × {note}", style="yellow", soft_wrap=True)
    if len(notes) > most:
        screen.print(f"  and {len(notes) - most} notes more", style="yellow")
