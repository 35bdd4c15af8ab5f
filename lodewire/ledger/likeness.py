"""Signatures of documents, and which of those placed share most keys with a new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from lodewire.ledger.access import Access, chunks
from lodewire.ledger.schema import (
    PERIOD,
    documents,
    signatures,
    story_members,
)
from lodewire.model.ids import DocumentId
from lodewire.model.story import StoryMember

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST_CANDIDATES = 48
_WORTH = 1_000_000  # of a key that one document holds; n documents share it
_MOST_HOLDERS = 48  # looked at of one key and period: the earliest


class Signature(Protocol):
    """What the ledger asks of a document's signature; its content is none of its business."""

    @property
    def document_id(self) -> DocumentId:
        """Whose signature it is."""

    @property
    def day(self) -> date:
        """The day that windows are counted from."""

    @property
    def keys(self) -> tuple[int, ...]:
        """Signed 64-bit numbers; documents that may belong together share at least one."""

    @property
    def window(self) -> int:
        """How many days before or after a document may still be alike."""

    def dump(self) -> bytes:
        """Return the signature as bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSignature:
    """A stored signature (as its ``dump`` gave it) and the place its document has."""

    payload: bytes
    member: StoryMember


def add_signature(
    access: Access, connection: Connection, signature: Signature, number: int
) -> None:
    """Keep the signature of the document of that number, and its keys."""
    id_, day = signature.document_id, signature.day
    kept = {"document_id": id_, "day": day.isoformat(), "payload": signature.dump()}
    access.add_new(connection, signatures, [kept])
    ordinal = day.toordinal()
    period = ordinal // PERIOD
    keys = [(period, key, ordinal, number) for key in sorted(set(signature.keys))]
    access.backend.add_keys(connection, keys)


def numbers_alike(
    access: Access, connection: Connection, signature: Signature, most: int = MOST_CANDIDATES
) -> list[int]:
    """Return the numbers of the documents that share most keys, the nearest first."""
    day = signature.day.toordinal()
    days = (day - signature.window, day + signature.window)
    keys = sorted(set(signature.keys))
    return _nearest(access.backend.holders(connection, keys, days, _MOST_HOLDERS))[:most]


def payloads_of(connection: Connection, numbers: Sequence[int]) -> dict[int, bytes]:
    """Return the signatures of documents by their numbers."""
    found: dict[int, bytes] = {}
    for some in chunks(numbers):
        for number, payload in connection.execute(_payloads(), {"some": some}):
            found[number] = payload
    return found


def rows_alike(access: Access, connection: Connection, signature: Signature) -> list[Any]:
    """Return payload and place of the documents that share most keys, by (day, id)."""
    own = connection.scalar(_number_of(), {"one": signature.document_id})
    found = numbers_alike(access, connection, signature, MOST_CANDIDATES + 1)
    nearest = [number for number in found if number != own][:MOST_CANDIDATES]
    rows: list[Any] = []
    for some in chunks(nearest):
        rows += connection.execute(_kept(), {"some": some})
    return sorted(rows, key=lambda row: (row.day, row.document_id))


def _nearest(holders: Mapping[int, Sequence[int]]) -> list[int]:
    """The documents whose shared keys are worth most; a key the less, the more hold it."""
    shared: Counter[int] = Counter()
    for found in holders.values():
        worth = _WORTH // len(found)
        for number in found:
            shared[number] += worth
    return sorted(shared, key=lambda n: (-shared[n], n))


@cache
def _number_of() -> Any:
    from sqlalchemy import bindparam, select

    return select(documents.c.number).where(documents.c.id == bindparam("one"))


@cache
def _payloads() -> Any:
    from sqlalchemy import bindparam, select

    return (
        select(documents.c.number, signatures.c.payload)
        .join(signatures, signatures.c.document_id == documents.c.id)
        .where(documents.c.number.in_(bindparam("some", expanding=True)))
    )


@cache
def _kept() -> Any:
    from sqlalchemy import bindparam, select

    return (
        select(story_members, signatures.c.payload, signatures.c.day)
        .join(signatures, signatures.c.document_id == story_members.c.document_id)
        .join(documents, documents.c.id == story_members.c.document_id)
        .where(documents.c.number.in_(bindparam("some", expanding=True)))
    )
