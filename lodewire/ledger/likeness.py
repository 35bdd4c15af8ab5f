"""Signatures of documents, and which of those placed share most keys with a new one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from lodewire.ledger.access import Access, chunks
from lodewire.ledger.schema import (
    PERIOD,
    documents,
    signature_keys,
    signatures,
    story_members,
)
from lodewire.model.ids import DocumentId
from lodewire.model.story import StoryMember

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST_CANDIDATES = 48
_WORTH = 1_000_000  # of a key that one document holds; n documents share it
_TOO_COMMON = 256


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
    place = {"period": ordinal // PERIOD, "day": ordinal, "number": number}
    keys = [{"key": key, **place} for key in sorted(set(signature.keys))]
    access.add_new(connection, signature_keys, keys)


def rows_alike(connection: Connection, signature: Signature) -> list[Any]:
    """Return payload and place of the documents that share most keys, by (day, id)."""
    day = signature.day.toordinal()
    first, last = day - signature.window, day + signature.window
    within = {"first": first, "last": last, "periods": _periods(first, last)}
    shared: Counter[int] = Counter()
    rows: list[Any] = []
    for some in chunks(signature.keys):
        bound = {"some": some, "own": signature.document_id, **within}
        told = connection.execute(_sharing(), bound).all()
        for row in told or connection.execute(_sharing_common(), bound):
            shared[row.number] += row.worth
    nearest = sorted(shared, key=lambda n: (-shared[n], n))[:MOST_CANDIDATES]
    for some in chunks(nearest):
        rows += connection.execute(_kept(), {"some": some})
    return sorted(rows, key=lambda row: (row.day, row.document_id))


def _own() -> Any:
    """The number of the document asked about; 0 before it is in the ledger."""
    from sqlalchemy import bindparam, func, select

    own = select(documents.c.number).where(documents.c.id == bindparam("own"))
    return func.coalesce(own.scalar_subquery(), 0)


def _periods(first: int, last: int) -> list[int]:
    """The periods that the days from ``first`` to ``last`` lie in."""
    return list(range(first // PERIOD, last // PERIOD + 1))


def _near() -> tuple[Any, Any, Any]:
    """Conditions of the rows of keys ``some`` from day ``first`` to ``last``."""
    from sqlalchemy import bindparam

    return (
        signature_keys.c.period.in_(bindparam("periods", expanding=True)),
        signature_keys.c.key.in_(bindparam("some", expanding=True)),
        signature_keys.c.day.between(bindparam("first"), bindparam("last")),
    )


@cache
def _sharing() -> Any:
    """The documents that share most with the keys ``some``, and how much that is worth."""
    from sqlalchemy import func, literal, select

    held = func.count()
    weighed = (
        select(signature_keys.c.key, (literal(_WORTH) // held).label("worth"))
        .where(*_near())
        .group_by(signature_keys.c.key)
        .having(held <= _TOO_COMMON)
        .subquery()
    )
    worth = func.sum(weighed.c.worth)
    return (
        select(signature_keys.c.number, worth.label("worth"))
        .join(weighed, weighed.c.key == signature_keys.c.key)
        .where(_near()[0], _near()[2], signature_keys.c.number != _own())
        .group_by(signature_keys.c.number)
        .order_by(worth.desc(), signature_keys.c.number)
        .limit(MOST_CANDIDATES)
    )


@cache
def _sharing_common() -> Any:
    """The same where all its keys are common, as those of a text that hundreds have printed."""
    from sqlalchemy import func, select

    worth = func.count()
    return (
        select(signature_keys.c.number, worth.label("worth"))
        .where(*_near(), signature_keys.c.number != _own())
        .group_by(signature_keys.c.number)
        .order_by(worth.desc(), signature_keys.c.number)
        .limit(MOST_CANDIDATES)
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
