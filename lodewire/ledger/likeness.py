"""Signatures of documents, and which of those placed share most keys with a new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

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
Days = tuple[int, int]  # first and last, as ordinals
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

    @property
    def close_keys(self) -> tuple[int, ...]:
        """Those of the keys that bring together only documents within the close window."""

    @property
    def mark_keys(self) -> tuple[int, ...]:
        """Those of the keys of which one alone says little; see :class:`Near`."""

    @property
    def close_window(self) -> int:
        """How many days before or after close keys are looked for."""

    def dump(self) -> bytes:
        """Return the signature as bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSignature:
    """A stored signature (as its ``dump`` gave it) and the place its document has."""

    payload: bytes
    member: StoryMember


class Near(NamedTuple):
    """A document that shares keys: its number, and how many mark keys if it shares no others."""

    number: int
    marks: int | None


class Unkept:
    """Signatures placed but not yet written, found by their keys as if they were.

    Each stands under a number that no document of the ledger has.
    """

    _FIRST = 1 << 62

    def __init__(self) -> None:
        self._holders: dict[int, list[tuple[int, int]]] = {}
        self._count = 0

    def add(self, signature: Signature) -> int:
        """Take a signature in; returns its number."""
        number, day = self._FIRST + self._count, signature.day.toordinal()
        self._count += 1
        for key in set(signature.keys):
            self._holders.setdefault(key, []).append((day, number))
        return number

    def join(self, found: dict[int, Sequence[int]], keys: Sequence[int], span: Days) -> None:
        """Add those that hold one of ``keys`` on the days from first to last to ``found``."""
        first, last = span
        for key in keys:
            held = self._holders.get(key)
            if held is not None and (
                late := [n for day, n in sorted(held) if first <= day <= last]
            ):
                found[key] = [*found.get(key, ()), *late[:_MOST_HOLDERS]]


def add_signatures(
    access: Access, connection: Connection, pairs: Sequence[tuple[Signature, int]]
) -> None:
    """Keep signatures with the numbers of their documents, and their keys."""
    rows = [
        {"document_id": s.document_id, "day": s.day.isoformat(), "payload": s.dump()}
        for s, _ in pairs
    ]
    access.add_new(connection, signatures, rows)
    keys: list[tuple[int, int, int, int]] = []
    for signature, number in pairs:
        day = signature.day.toordinal()
        keys += [(day // PERIOD, key, day, number) for key in set(signature.keys)]
    # In the order of the table: what is written together lies together.
    access.backend.add_keys(connection, sorted(keys))


def documents_alike(
    access: Access,
    connection: Connection,
    signature: Signature,
    most: int = MOST_CANDIDATES,
    unkept: Unkept | None = None,
) -> list[Near]:
    """Return the documents that share most keys, the nearest first."""
    close = frozenset(signature.close_keys)
    day = signature.day.toordinal()
    found: dict[int, Sequence[int]] = {}
    for keys, window in (
        (sorted(set(signature.keys) - close), signature.window),
        (sorted(close), signature.close_window),
    ):
        span = (day - window, day + window)
        found.update(access.backend.holders(connection, keys, span, _MOST_HOLDERS))
        if unkept is not None:
            unkept.join(found, keys, span)
    return _nearest(found, frozenset(signature.mark_keys))[:most]


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
    found = documents_alike(access, connection, signature, MOST_CANDIDATES + 1)
    nearest = [near.number for near in found if near.number != own][:MOST_CANDIDATES]
    rows: list[Any] = []
    for some in chunks(nearest):
        rows += connection.execute(_kept(), {"some": some})
    return sorted(rows, key=lambda row: (row.day, row.document_id))


def _nearest(holders: Mapping[int, Sequence[int]], marks: Container[int]) -> list[Near]:
    """The documents whose shared keys are worth most; a key the less, the more hold it."""
    shared: Counter[int] = Counter()
    marked: Counter[int] = Counter()
    sure: set[int] = set()
    for key, found in holders.items():
        worth = _WORTH // len(found)
        for number in found:
            shared[number] += worth
        if key in marks:
            marked.update(found)
        else:
            sure.update(found)
    ranked = sorted(shared, key=lambda n: (-shared[n], n))
    return [Near(n, None if n in sure else marked[n]) for n in ranked]


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
