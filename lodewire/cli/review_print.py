"""Printing the queue, an event to decide on, decisions and precision: for people and as JSON."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lodewire.cli.printing import VERDICT_MARKS, console
from lodewire.ledger.references import short
from lodewire.model.decision import Anchor, Decision
from lodewire.model.statement import Ruling, Statement
from lodewire.model.vocabulary import Action, Verdict
from lodewire.publish.sentences import tell_event
from lodewire.publish.wording import print_statement
from lodewire.workbench.review.precision import Precision
from lodewire.workbench.review.review_view import Piece, ReviewView, Telling
from lodewire.workbench.review.reviewing import QueueEntry


def queue_json(entry: QueueEntry) -> dict[str, Any]:
    """Return one entry of the queue for programs."""
    event = entry.event
    return {
        "ref": short(event.id),
        "event": event.id,
        "type": event.type.value,
        "status": event.status.value,
        "reported": event.reported.isoformat() if event.reported else None,
        "confidence": event.confidence,
        "importance": entry.importance,
        "sentence": entry.sentence,
        "why": [
            {"doubt": r.doubt.value, "detail": r.detail, "other": r.other} for r in entry.reasons
        ],
    }


def print_queue(entries: Sequence[QueueEntry]) -> None:
    """Print the queue, one event with its doubts after the other."""
    out = console()
    for entry in entries:
        head = Text(short(entry.event.id), style="bold cyan")
        head.append(f"  {entry.importance:.2f}", style="dim")
        head.append(f"  {_line(entry.sentence)}", style="default not bold")
        out.print(head, soft_wrap=False)
        for reason in entry.reasons:
            line = Text(f"{reason.doubt.value}: ", style="yellow")
            line.append(_line(reason.detail), style="default")
            if reason.other is not None:
                line.append(f" {short(reason.other)}", style="cyan")
            out.print(Padding(line, (0, 0, 0, 4)))


def _line(text: str) -> str:
    return " ".join(text.split())


def view_json(view: ReviewView) -> dict[str, Any]:
    """Return an event to decide on for programs."""
    event = view.event
    return {
        "ref": short(view.event_id),
        "event": view.event_id,
        "sentence": view.sentence,
        "rejected": event is None,
        "status": event.status.value if event else None,
        "confidence": event.confidence if event else None,
        "mentions": [_telling_json(t) for t in view.tellings],
        "checks": [
            {"verdict": c.verdict.value, "detail": c.detail, "document": c.document_id}
            for c in view.checks
        ],
        "nearest": [
            {
                "ref": short(n.event.id),
                "score": n.score,
                "sentence": tell_event(n.event),
                "why": list(n.reasons),
            }
            for n in view.nearest
        ],
        "decisions": [decision_json(d) for d in view.decisions],
    }


def _telling_json(telling: Telling) -> dict[str, Any]:
    mention = telling.told.mention
    return {
        "ref": short(mention.id),
        "mention": mention.id,
        "document": telling.document.id,
        "source": telling.document.source_id,
        "title": telling.document.title,
        "url": telling.document.url,
        "reported": telling.told.reported.isoformat(),
        "method": mention.method,
        "confidence": mention.confidence,
        "ruling": _ruling_json(telling.ruling),
        "passages": [[{"text": t, "role": r} for t, r in p] for p in telling.passages],
        "statements": [
            {
                "ref": short(s.id),
                "statement": s.id,
                "property": s.property,
                "value": s.value,
                "unit": s.unit,
                "printed": print_statement(s),
                "original": s.original,
                "span": list(s.evidence.span),
                "read": s.as_read[0],
                "ruling": _ruling_json(s.ruling),
            }
            for s in telling.statements
        ],
    }


def _ruling_json(ruling: Ruling | None) -> dict[str, Any] | None:
    if ruling is None:
        return None
    return {
        "decision": ruling.decision_id,
        "action": ruling.action.value,
        "author": ruling.author,
        "at": ruling.at.isoformat(),
        "reason": ruling.reason,
        "chosen": ruling.chosen,
    }


def print_view(view: ReviewView) -> None:
    """Print an event to decide on."""
    out = console()
    out.print(Text(_line(view.sentence), style="bold"))
    event = view.event
    facts = [short(view.event_id)]
    if event is None:
        facts.append("rejected")
    else:
        facts += [
            event.type.value.replace("_", " "),
            event.status.value.replace("_", " "),
            event.modality.value,
            f"confidence {event.confidence:.2f}",
        ]
    out.print(Text("  " + " · ".join(facts), style="dim"))
    for telling in view.tellings:
        _print_telling(out, telling)
    _print_checks(out, view)
    if view.nearest:
        out.print(Text("\nNearest events", style="bold"))
    for near in view.nearest:
        line = Text(f"  {short(near.event.id)}", style="cyan")
        line.append(f"  {near.score:.2f}  {_line(tell_event(near.event))}", style="default")
        out.print(line.append(f"  {'; '.join(near.reasons)}", style="dim"))
    if view.decisions:
        out.print(Text("\nDecisions", style="bold"))
        print_decisions(view.decisions[::-1], ())


def _print_telling(out: Console, telling: Telling) -> None:
    mention = telling.told.mention
    head = Text(f"\n{short(mention.id)}", style="cyan")
    named = telling.document.publisher or telling.document.source_id
    head.append(
        f"  {named}, {telling.told.reported}: {_line(telling.document.title or '(no title)')}",
        style="bold",
    )
    head.append(f"  {mention.method}, {mention.confidence:.2f}", style="dim")
    out.print(head)
    if telling.ruling is not None:
        out.print(Padding(_ruling(telling.ruling), (0, 0, 0, 4)))
    for pieces in telling.passages:
        out.print(Padding(_marked(pieces), (0, 0, 0, 4)))
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for number in range(5):
        table.add_column(no_wrap=number == 0)
    for s in telling.statements:
        gone = s.retracted_at is not None
        table.add_row(
            Text(short(s.id), style="cyan"),
            Text(s.property.replace("_", " "), style="dim"),
            Text(_line(print_statement(s)), style="strike dim" if gone else "bold"),
            Text(f"“{_line(s.evidence.quote)[:70]}”", style="italic"),
            _remark(s),
        )
    out.print(Padding(table, (0, 0, 0, 4)))


def _marked(pieces: Sequence[Piece]) -> Text:
    told = Text()
    for words, role in pieces:
        if role is None:
            told.append(" ".join(words.split("\n")))
            continue
        # Brackets and the role's name: colours do not survive a pipe.
        told.append(f"[{' '.join(words.split())}", style="bold")
        told.append("]" if role == "trigger" else f"|{role}]", style="dim")
    return told


def _remark(s: Statement) -> Text:
    if s.ruling is None:
        return Text()
    told = _ruling(s.ruling)
    if s.edited:
        value, unit = s.as_read
        told.append(f", read as {value}{' ' + unit if unit else ''}")
    return told


def _ruling(ruling: Ruling) -> Text:
    words = {
        Action.ACCEPT: "accepted",
        Action.REJECT: "rejected",
        Action.EDIT: "edited",
        Action.RETRACT: "retracted",
        Action.CHOOSE: "chosen" if ruling.chosen else "not chosen",
    }
    told = f"{words[ruling.action]} by {ruling.author}"
    return Text(f"{told}: {ruling.reason}" if ruling.reason else told, style="green")


def _print_checks(out: Console, view: ReviewView) -> None:
    told = [c for c in view.checks if c.verdict is not Verdict.UNCHECKABLE]
    if told:
        out.print(Text("\nChecks", style="bold"))
    for check in told:
        mark, style = VERDICT_MARKS[check.verdict]
        out.print(Text(f"  {mark} {check.verdict.value}: {_line(check.detail)}", style=style))


def decision_json(decision: Decision, *, orphaned: bool = False) -> dict[str, Any]:
    """Return a decision for programs."""
    new = decision.new
    return {
        "ref": short(decision.id),
        "decision": decision.id,
        "action": decision.action.value,
        "author": decision.author,
        "at": decision.at.isoformat(),
        "reason": decision.reason,
        "version": decision.version,
        "about": [_anchor_json(a) for a in decision.about],
        "others": [_anchor_json(a) for a in decision.others],
        "new": {"value": new.value, "unit": new.unit, "entity": new.entity} if new else None,
        "undone_at": decision.deleted_at.isoformat() if decision.deleted_at else None,
        "undone_by": decision.deleted_by or None,
        "orphaned": orphaned,
    }


def _anchor_json(anchor: Anchor) -> dict[str, Any]:
    value = anchor.value
    return {
        "document": anchor.document_id,
        "type": anchor.type.value,
        "quote": anchor.quote,
        "role": value.words.role if value else None,
        "words": value.words.quote if value else None,
        "value": value.value if value else None,
        "unit": value.unit if value else None,
    }


def print_decisions(found: Sequence[Decision], orphaned: Collection[str]) -> None:
    """Print decisions, each with the words it is about."""
    out = console()
    for d in found:
        head = Text(f"{short(d.id)}", style="cyan")
        head.append(f"  {d.at:%Y-%m-%d %H:%M} UTC  {d.author}  ", style="dim")
        head.append(d.action.value, style="bold")
        if d.version > 1:
            head.append(f" (version {d.version})", style="dim")
        if d.new is not None:
            head.append(f" → {d.new.value}{' ' + d.new.unit if d.new.unit else ''}")
        if d.reason:
            head.append(f"  {_line(d.reason)}", style="italic")
        if d.deleted_at is not None:
            head.append(f"  undone {d.deleted_at:%Y-%m-%d %H:%M} by {d.deleted_by}", style="yellow")
        if d.id in orphaned:
            head.append("  orphaned: nothing that is read now tells these words", style="red")
        out.print(head)
        for anchor in d.about[:3]:
            out.print(Padding(_about(anchor), (0, 0, 0, 4)))
        if len(d.about) > 3:
            out.print(Padding(Text(f"and {len(d.about) - 3} more", style="dim"), (0, 0, 0, 4)))


def _about(anchor: Anchor) -> Text:
    quote = _line(anchor.quote)
    quote = quote if len(quote) <= 90 else quote[:89] + "…"
    if anchor.value is None:
        return Text(f"{anchor.type.value.replace('_', ' ')}: “{quote}”", style="dim")
    told = anchor.value
    unit = f" {told.unit}" if told.unit else ""
    return Text(
        f"{told.words.role.replace('_', ' ')} “{_line(told.words.quote)}” "
        f"(read as {told.value}{unit}) in “{quote}”",
        style="dim",
    )


def precision_json(found: Precision) -> dict[str, Any]:
    """Return the precision of one type and method for programs."""
    return {
        "type": found.type.value,
        "method": found.method,
        "proposed": found.proposed,
        "accepted": found.accepted,
        "rejected": found.rejected,
        "precision": found.precision,
        "values": {
            "accepted": found.values_accepted,
            "edited": found.values_edited,
            "rejected": found.values_rejected,
            "precision": found.values_precision,
        },
    }


def print_precision(found: Sequence[Precision]) -> None:
    """Print a table of what editors agreed to; types that nobody judged are left out."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("type")
    table.add_column("method")
    for head in ("proposed", "accepted", "precision", "values", "precision"):
        table.add_column(head, justify="right", no_wrap=True)
    for p in found:
        if p.precision is None and p.values_precision is None:
            continue
        values = p.values_accepted + p.values_edited + p.values_rejected
        table.add_row(
            p.type.value.replace("_", " "),
            p.method,
            f"{p.proposed:,}",
            f"{p.accepted} of {p.accepted + p.rejected}",
            _share(p.precision),
            f"{p.values_accepted} of {values}",
            _share(p.values_precision),
        )
    console().print(table)


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
