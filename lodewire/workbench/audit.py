"""The log of who did what on a desk: a line is written with the act itself, or not at all."""

from __future__ import annotations

from lodewire.ledger.store import Ledger
from lodewire.model.account import AuditLine
from lodewire.model.plain import plain
from lodewire.workbench.review.editing import Editor

_LONGEST = 300


def note_act(ledger: Ledger, editor: Editor, action: str, subject: str, detail: str = "") -> None:
    """Add a line for an editor's act; call it inside the transaction that keeps the act.

    ``subject`` is the id of what was acted on, ``detail`` words and ids, never an address.
    """
    told = plain("; ".join(t for t in (detail, editor.reason.strip()) if t))
    if len(told) > _LONGEST:
        told = told[: _LONGEST - 1] + "…"
    line = AuditLine(at=editor.at, actor=editor.actor, action=action, subject=subject, detail=told)
    ledger.counted.note(line)
