"""``lodewire show DOCUMENT``: what was shown when, what each edit changed, and its events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lodewire.ledger.store import Ledger
    from lodewire.model.ids import DocumentId
    from lodewire.model.statement import Statement
    from lodewire.model.version import StatementChange


def document_json(ledger: Ledger, document_id: DocumentId) -> dict[str, Any]:
    """Return a document with its versions and events as an object for ``json.dumps``."""
    from lodewire.model.version import Shown
    from lodewire.publish.sentences import tell_event
    from lodewire.workbench.review.versions import version_changes

    document = ledger.documents.get(document_id)
    seen = ledger.documents.seen([document_id])
    first, last = seen[document_id]
    shown = ledger.versions.shown(document_id) or (Shown(document_id=document_id, since=first),)
    changes = version_changes(ledger, [s.document_id for s in shown])
    return {
        "id": document.id,
        "title": document.title,
        "publisher": document.publisher,
        "url": document.url,
        "published": document.published.isoformat() if document.published else None,
        "first_seen": first.isoformat(),
        "last_seen": last.isoformat(),
        "versions": [
            {
                "id": s.document_id,
                "since": s.since.isoformat(),
                "until": s.until.isoformat() if s.until else None,
                "newest": s.until is None,
                "changes": [_change_json(c) for c in changed],
            }
            for s, changed in zip(shown, changes, strict=True)
        ],
        "events": [
            {"id": e.id, "sentence": tell_event(e)} for e in ledger.events.for_document(document_id)
        ],
    }


def _change_json(change: StatementChange) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "property": change.property,
        "silent": change.silent,
        "old": _side_json(change.old),
        "new": _side_json(change.new),
    }


def _side_json(statement: Statement | None) -> dict[str, Any] | None:
    from lodewire.publish.wording import print_statement

    if statement is None:
        return None
    return {
        "statement": statement.id,
        "value": print_statement(statement),
        "quote": statement.evidence.quote,
        "span": list(statement.evidence.span),
    }


def print_document(told: dict[str, Any]) -> None:
    """Print a document's head, its versions with what each changed, and its events."""
    from rich.text import Text

    from lodewire.cli.printing import console

    out = console()
    out.print(Text(told["title"] or "(no title)", style="bold"))
    facts = [told["publisher"], told["published"], told["url"], told["id"]]
    out.print(Text("  " + " · ".join(f for f in facts if f), style="dim"), soft_wrap=True)
    edited = told["versions"] if len(told["versions"]) > 1 else []
    if edited:
        out.print("  Shown", style="bold")
    met: set[str] = set()
    for version in edited:
        until = version["until"][:16] if version["until"] else "now".ljust(16)
        again = "  again" if version["id"] in met else ""
        met.add(version["id"])
        out.print(Text(f"    {version['since'][:16]} – {until}  {version['id']}{again}"))
        for change in version["changes"]:
            _print_change(change, out)
    if not told["events"]:
        out.print("  It tells no event (any more).", style="dim")
    for event in told["events"]:
        out.print(Text(f"  → {event['sentence']}  ", style="cyan").append(event["id"], style="dim"))


def _print_change(change: dict[str, Any], out: Any) -> None:
    from rich.text import Text

    sides = [
        f"{side['value']} “{' '.join(side['quote'].split())}”"
        for side in (change["old"], change["new"])
        if side is not None
    ]
    line = Text(f"      {change['kind']:<8} {change['property'].replace('_', ' ')}: ")
    line.append(" → ".join(sides), style="italic")
    if change["silent"]:
        line.append("  a figure changed without a word: to be reviewed", style="bold yellow")
    out.print(line, soft_wrap=True)
