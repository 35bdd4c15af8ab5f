"""Receipts of what the ledger holds, proved before they are handed out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lodewire.config.desk import DeskConfig
from lodewire.errors import ReceiptError
from lodewire.ledger.store import Ledger
from lodewire.model.brief import Brief
from lodewire.model.ids import EventId
from lodewire.model.statement import Statement
from lodewire.publish.receipt import (
    ReceiptMaterial,
    brief_receipt,
    event_receipt,
    statements_of_brief,
)
from lodewire.publish.receipt_check import verify_receipt
from lodewire.publish.signing import SigningKey
from lodewire.workbench.briefing.composing import publishers_of


def receipt_of_event(ledger: Ledger, desk: DeskConfig, event_id: EventId, key: SigningKey) -> str:
    """Return the receipt of an event as the ledger has it now."""
    with ledger.snapshot():
        event = ledger.events.get(event_id)
        material = _material(ledger, desk, event.statements)
    return _proved(event_receipt(event, material, desk=desk.name, key=key))


def receipt_of_brief(ledger: Ledger, desk: DeskConfig, day: date, key: SigningKey) -> str:
    """Return the receipt of the latest brief composed for ``day``, as it was composed."""
    with ledger.snapshot():
        brief = ledger.briefs.get(day)
        if brief is None:
            raise ReceiptError(
                f"no brief was composed for {day}",
                hint=f"compose it first: lodewire brief --day {day}",
            )
        material = _material(ledger, desk, _all_of(ledger, brief))
    return _proved(brief_receipt(brief, material, desk=desk.name, key=key))


def _all_of(ledger: Ledger, brief: Brief) -> tuple[Statement, ...]:
    """The statements of a brief as they stood when it was composed, whatever was decided since."""
    ids = statements_of_brief(brief)
    found = ledger.statements.get(ids, at=brief.composed_at)
    if len(found) < len(ids):
        lost = next(i for i in ids if i not in {s.id for s in found})
        raise ReceiptError(
            f"the brief cites {lost}, which the ledger does not hold", hint="run `lodewire doctor`"
        )
    return found


def _material(ledger: Ledger, desk: DeskConfig, statements: Sequence[Statement]) -> ReceiptMaterial:
    ids = sorted({s.document_id for s in statements})
    documents = {d.id: d for d in ledger.documents.get_all(ids)}
    named = publishers_of(desk)
    return ReceiptMaterial(
        statements=statements,
        documents=documents,
        captures=ledger.captures.proofs(sorted({d.capture_id for d in documents.values()})),
        publishers={
            d.id: named.get(d.source_id) or d.publisher or d.source_id for d in documents.values()
        },
    )


def _proved(receipt: str) -> str:
    """A receipt that its own reader would refuse is not handed out."""
    for finding in verify_receipt(receipt.encode("utf-8")).findings:
        if not finding.holds:
            raise ReceiptError(
                f"the receipt would not hold: {finding.why}",
                hint="compose the brief anew; if it is an event's, run `lodewire doctor`",
            )
    return receipt
