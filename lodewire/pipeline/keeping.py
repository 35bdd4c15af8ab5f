"""Keeping what workers made of pages: documents, places, and what was refused."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from lodewire.errors import LodewireError
from lodewire.ledger.likeness import MOST_CANDIDATES
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


class Neighbours:
    """Gives documents their stories; signatures met again and again are kept at hand.

    A signature never changes, but the number of a document may go to another one when a
    transaction is undone: place documents inside :meth:`transaction`.
    """

    def __init__(self, ledger: Ledger, most: int = 8_192) -> None:
        self._ledger = ledger
        self._most = most
        self._kept: OrderedDict[int, DocumentSignature] = OrderedDict()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One run at a time: a place depends on those before it. All of it is kept, or none."""
        try:
            with self._ledger.transaction():
                yield
        except BaseException:
            self._kept.clear()
            raise

    def place(self, signature: DocumentSignature, *, at: datetime) -> bool:
        """Give a document its story among those kept; tells whether it opens one.

        To be called inside a :meth:`transaction`.
        """
        from lodewire.stories.cluster import place, relate
        from lodewire.stories.signature import StoredSignature

        near = self._near(signature)
        # Nearly all that share a key turn out to be strangers: only of the others the place counts.
        akin = {other.document_id: other for other in near if relate(signature, other) is not None}
        members = self._ledger.stories.members_of(akin)
        stored = [
            StoredSignature(signature=other, member=members[id_])
            for id_, other in akin.items()
            if id_ in members
        ]
        stored.sort(key=lambda s: (s.signature.day, s.signature.document_id))
        placed = place(signature, stored)
        self._ledger.stories.add(signature, placed, at=at)
        return placed[0].relation == "founder"

    def _near(self, signature: DocumentSignature) -> list[DocumentSignature]:
        numbers = self._ledger.stories.near(signature)
        missing = [n for n in numbers if n not in self._kept]
        for number, payload in self._ledger.stories.signatures(missing).items():
            self._kept[number] = DocumentSignature.load(payload)
        found = []
        for number in numbers:
            self._kept.move_to_end(number)
            found.append(self._kept[number])
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        own = signature.document_id
        return [other for other in found if other.document_id != own][:MOST_CANDIDATES]


def set_aside(ledger: Ledger, subject: str, stage: Stage, error: Exception, now: datetime) -> None:
    """Quarantine what a stage refused; an error nobody foresaw is quarantined with its kind."""
    if not isinstance(error, LodewireError):
        kind = type(error).__name__
        error = LodewireError(
            f"unforeseen {kind}: {error}", hint="Please report it with the page's address."
        )
    ledger.quarantine.add(subject, stage, error, at=now)
