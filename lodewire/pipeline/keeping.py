"""Keeping what workers made of pages: documents, places, and what was refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from lodewire.errors import LodewireError
from lodewire.ledger.store import Ledger
from lodewire.ledger.work import Stage
from lodewire.model.document import Document
from lodewire.model.ids import CaptureId, DocumentId
from lodewire.model.reading import Reading
from lodewire.stories.signature import DocumentSignature

#: How a document under the gate was read: for its relevance alone.
UNREAD = "relevance"


def keep_read(
    ledger: Ledger,
    capture_id: CaptureId,
    documents: Sequence[Document],
    relevance: Mapping[DocumentId, float],
    *,
    gate: float,
) -> int:
    """Keep the documents of a capture; those under the ``gate`` go no further.

    Returns how many are new. To be called inside a transaction.
    """
    under = {d.id: d for d in documents if relevance[d.id] < gate}
    made = ledger.documents.add_read(capture_id, documents, aside=under)
    if under:
        told = (
            Reading(document=d, relevance=relevance[d.id], method=UNREAD) for d in under.values()
        )
        ledger.readings.add_all((reading, ()) for reading in told)
    return made


def place_document(ledger: Ledger, signature: DocumentSignature, *, at: datetime) -> bool:
    """Give a document its story among those kept; tells whether it opens one.

    To be called inside a transaction that has its turn.
    """
    from lodewire.stories.cluster import place
    from lodewire.stories.signature import StoredSignature

    near = ledger.stories.candidates(signature)
    members = place(signature, [StoredSignature.load(k.payload, k.member) for k in near])
    ledger.stories.add(signature, members, at=at)
    return members[0].relation == "founder"


def set_aside(ledger: Ledger, subject: str, stage: Stage, error: Exception, now: datetime) -> None:
    """Quarantine what a stage refused; an error nobody foresaw is quarantined with its kind."""
    if not isinstance(error, LodewireError):
        kind = type(error).__name__
        error = LodewireError(
            f"unforeseen {kind}: {error}", hint="Please report it with the page's address."
        )
    ledger.quarantine.add(subject, stage, error, at=now)
