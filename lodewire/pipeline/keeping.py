"""Keeping what workers made of pages: documents, places, and what was refused."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from lodewire.errors import LodewireError
from lodewire.ledger.likeness import MOST_CANDIDATES, Near, Unkept
from lodewire.ledger.store import Ledger
from lodewire.ledger.work import Stage
from lodewire.model.document import Document
from lodewire.model.ids import CaptureId, DocumentId
from lodewire.model.reading import Reading
from lodewire.model.story import StoryMember
from lodewire.stories.signature import DocumentSignature, Sketch

#: How a document under the gate was read: for its relevance alone.
UNREAD = "relevance"

_SKETCHES_A_SIGNATURE = 16  # kept at hand for each whole one


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

    Places are written some hundred at a time: at :meth:`settle`, and at the end of the
    :meth:`transaction` at the latest. A signature never changes, but the number of a document may
    go to another one when a transaction is undone: place documents inside :meth:`transaction`.
    """

    def __init__(self, ledger: Ledger, most: int = 8_192) -> None:
        self._ledger = ledger
        self._most = most
        self._kept: OrderedDict[int, DocumentSignature] = OrderedDict()
        self._sketches: dict[int, Sketch] = {}
        self._begin()

    def _begin(self) -> None:
        self._unkept = Unkept()
        self._due: dict[int, tuple[DocumentSignature, StoryMember]] = {}
        self._due_at: datetime | None = None
        self._members: dict[DocumentId, StoryMember] = {}

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One run at a time: a place depends on those before it. All of it is kept, or none."""
        try:
            with self._ledger.transaction():
                yield
                self.settle()
        except BaseException:
            self._kept.clear()
            self._sketches.clear()
            self._begin()
            raise

    def place(self, signature: DocumentSignature, *, at: datetime) -> bool:
        """Give a document its story among those kept; tells whether it opens one.

        To be called inside a :meth:`transaction`.
        """
        from lodewire.stories.cluster import place, relate
        from lodewire.stories.signature import StoredSignature

        if at != self._due_at or signature.document_id in self._members:
            self.settle()
        near = self._near(signature)
        # Nearly all that share a key turn out to be strangers: only of the others the place counts.
        akin = {other.document_id: other for other in near if relate(signature, other) is not None}
        members = self._members_of(akin)
        stored = [
            StoredSignature(signature=other, member=members[id_])
            for id_, other in akin.items()
            if id_ in members
        ]
        stored.sort(key=lambda s: (s.signature.day, s.signature.document_id))
        placed = place(signature, stored)
        if len(placed) == 1:
            self._due[self._unkept.add(signature)] = (signature, placed[0])
            self._due_at = at
            self._members[signature.document_id] = placed[0]
        else:
            self.settle()
            self._ledger.stories.add(signature, placed, at=at)
        return placed[0].relation == "founder"

    def settle(self) -> None:
        """Write the places given since the last time."""
        if self._due:
            due = list(self._due.values())
            numbers = self._ledger.stories.add_all(due, at=self._due_at)
            for number, (signature, _) in zip(numbers, due, strict=True):
                self._keep(number, signature)
        self._begin()

    def _keep(self, number: int, signature: DocumentSignature) -> None:
        self._kept[number] = signature
        self._sketches[number] = signature.sketch
        if len(self._sketches) > self._most * _SKETCHES_A_SIGNATURE:
            self._sketches.pop(next(iter(self._sketches)))

    def _members_of(self, akin: Mapping[DocumentId, object]) -> dict[DocumentId, StoryMember]:
        found = {id_: self._members[id_] for id_ in akin if id_ in self._members}
        written = [id_ for id_ in akin if id_ not in found]
        return found | (self._ledger.stories.members_of(written) if written else {})

    def _near(self, signature: DocumentSignature) -> list[DocumentSignature]:
        own = signature.document_id
        found = [other for other in self._alike(signature) if other.document_id != own]
        return found[:MOST_CANDIDATES]

    def _alike(self, signature: DocumentSignature) -> Iterator[DocumentSignature]:
        from lodewire.stories.cluster import may_relate

        own = signature.sketch

        def promises(near: Near, other: Sketch | None) -> bool:
            # Most are strangers that share a phrase: of those not even the signature is read.
            return near.marks is None or other is None or may_relate(own, other, near.marks)

        alike = self._ledger.stories.near(signature, self._unkept)
        alike = [near for near in alike if promises(near, self._sketches.get(near.number))]
        self._read([n.number for n in alike if n.number not in self._due])
        for near in alike:
            due = self._due.get(near.number)
            other = due[0] if due is not None else self._kept[near.number]
            # Asked again: what is at hand must make no difference.
            if promises(near, other.sketch):
                yield other
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def _read(self, numbers: Sequence[int]) -> None:
        missing = [n for n in numbers if n not in self._kept]
        if missing:
            for number, payload in self._ledger.stories.signatures(missing).items():
                self._keep(number, DocumentSignature.load(payload))
        for number in numbers:
            self._kept.move_to_end(number)


def set_aside(ledger: Ledger, subject: str, stage: Stage, error: Exception, now: datetime) -> None:
    """Quarantine what a stage refused; an error nobody foresaw is quarantined with its kind."""
    if not isinstance(error, LodewireError):
        kind = type(error).__name__
        error = LodewireError(
            f"unforeseen {kind}: {error}", hint="Please report it with the page's address."
        )
    ledger.quarantine.add(subject, stage, error, at=now)
