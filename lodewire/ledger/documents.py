"""Documents: the clean text that every quote points into. Never changed once added."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from lodewire.errors import LedgerError
from lodewire.ledger import work
from lodewire.ledger.access import Access, chunks
from lodewire.ledger.codec import canonical, decode, encode, time_of
from lodewire.ledger.past import known, last_seen
from lodewire.ledger.schema import captures, document_captures, documents
from lodewire.ledger.versions import link_versions, show_again
from lodewire.ledger.work import Stage
from lodewire.model.brief import SourceLink
from lodewire.model.document import Document
from lodewire.model.ids import CaptureId, DocumentId
from lodewire.model.vocabulary import DocumentRole

if TYPE_CHECKING:
    from sqlalchemy import Connection

# Fields of the model that have a column of their own; the rest stays in ``body``.
_COLUMNS = (
    "capture_id",
    "source_id",
    "role",
    "title",
    "text",
    "url",
    "publisher",
    "language",
    "published",
    "parent_id",
)


class DocumentStore:
    """Adds what reading a capture gave, and returns documents by id, day or capture."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def add_read(
        self,
        capture_id: CaptureId,
        found: Sequence[Document],
        *,
        aside: Container[DocumentId] = frozenset(),
    ) -> int:
        """Keep the documents read from a capture and mark it read, in one transaction.

        Those named ``aside`` wait for no story: their readings are added with them. Returns how
        many were new. A capture may give none. Raises LedgerError when the capture is not there,
        or a text holds a NUL character.
        """
        return self.add_read_all([(capture_id, found)], aside=aside)

    def add_read_all(
        self,
        batch: Iterable[tuple[CaptureId, Sequence[Document]]],
        *,
        aside: Container[DocumentId] = frozenset(),
    ) -> int:
        """As :meth:`add_read` for several captures, in one transaction."""
        read = [(capture_id, tuple(found)) for capture_id, found in batch]
        with self._access.writing(beside=True) as connection:
            times = self._times(connection, [capture_id for capture_id, _ in read])
            rows: dict[str, dict[str, Any]] = {}
            links = []
            for capture_id, found in read:
                for document in found:
                    row = rows.setdefault(document.id, _row_of(document, times[capture_id]))
                    _widen(row, capture_id, times[capture_id])
                    links.append({"capture_id": capture_id, "document_id": document.id})
            there = self._there(connection, rows)
            fresh = [row for id_, row in rows.items() if id_ not in there]
            self._add(connection, fresh)
            moved = self._see_again(connection, [rows[id_] for id_ in there])
            self._access.add_new(connection, document_captures, links)
            link_versions(self._access, connection, [row["id"] for row in fresh])
            show_again(self._access, connection, sorted(there), moved=moved)
            due = [(r["id"], _position(r)) for r in fresh if r["id"] not in aside]
            work.enqueue(self._access, connection, Stage.STORY, due)
            work.finish(connection, Stage.READ, [capture_id for capture_id, _ in read])
            return len(fresh)

    def get(self, document_id: DocumentId) -> Document:
        """Return one document; raises LedgerError when it is not there."""
        found = self.get_all([document_id])
        if not found:
            raise LedgerError(f"no document {document_id}", hint="`lodewire search` finds them")
        return found[0]

    def get_all(self, ids: Iterable[DocumentId]) -> tuple[Document, ...]:
        """Return the documents of ``ids`` that are there, in the order asked for."""
        from sqlalchemy import select

        wanted = list(ids)
        found: dict[str, Document] = {}
        with self._access.reading() as connection:
            for some in chunks(wanted):
                query = select(documents).where(documents.c.id.in_(some), known(self._access.past))
                for row in connection.execute(query):
                    found[row.id] = document_of(row)
        return tuple(found[i] for i in wanted if i in found)

    def seen(self, ids: Iterable[DocumentId]) -> dict[DocumentId, tuple[datetime, datetime]]:
        """Return when each of ``ids`` was first and last seen."""
        from sqlalchemy import select

        past = self._access.past
        query = select(documents.c.id, documents.c.first_seen, last_seen(past).label("last"))
        found: dict[DocumentId, tuple[datetime, datetime]] = {}
        with self._access.reading() as connection:
            for some in chunks(ids):
                for row in connection.execute(query.where(documents.c.id.in_(some), known(past))):
                    times = (time_of(row.first_seen), time_of(row.last))
                    found[DocumentId(row.id)] = times
        return found

    def links(
        self, ids: Iterable[DocumentId], publishers: Mapping[str, str] | None = None
    ) -> dict[DocumentId, SourceLink]:
        """Return what a reader needs to find each document, without its text.

        ``publishers`` names the publisher of a source; else what the document declares is shown.
        """
        named = publishers or {}
        from sqlalchemy import select

        shown = [
            documents.c[n] for n in ("id", "source_id", "publisher", "title", "url", "published")
        ]
        found: dict[DocumentId, SourceLink] = {}
        with self._access.reading() as connection:
            for some in chunks(ids):
                for row in connection.execute(select(*shown).where(documents.c.id.in_(some))):
                    found[DocumentId(row.id)] = SourceLink(
                        document_id=DocumentId(row.id),
                        publisher=named.get(row.source_id) or row.publisher or row.source_id,
                        title=row.title or "(no title)",
                        url=row.url,
                        published=date.fromisoformat(row.published) if row.published else None,
                    )
        return found

    def of_capture(self, capture_id: CaptureId) -> tuple[Document, ...]:
        """Return what reading the capture gave: articles first, then teasers, by id."""
        from sqlalchemy import select

        with self._access.reading() as connection:
            rows = connection.execute(
                select(documents)
                .join(document_captures, document_captures.c.document_id == documents.c.id)
                .where(document_captures.c.capture_id == capture_id, known(self._access.past))
                .order_by(documents.c.role, documents.c.id)
            )
            return tuple(document_of(row) for row in rows)

    def of_day(self, day: date) -> tuple[Document, ...]:
        """Return the documents published on ``day`` (fetched, where none is declared), by id."""
        from sqlalchemy import select

        with self._access.reading() as connection:
            rows = connection.execute(
                select(documents)
                .where(documents.c.day == day.isoformat(), known(self._access.past))
                .order_by(documents.c.id)
            )
            return tuple(document_of(row) for row in rows)

    def _add(self, connection: Connection, fresh: Sequence[dict[str, Any]]) -> None:
        if self._access.add_counted(connection, documents, fresh) < len(fresh):
            self._see_again(connection, fresh)  # another writer read one of them just now
        self._access.backend.index(connection, fresh)

    def _times(
        self, connection: Connection, ids: Sequence[CaptureId]
    ) -> dict[CaptureId, tuple[str, str]]:
        found: dict[CaptureId, tuple[str, str]] = {}
        for some in chunks(ids):
            for row in connection.execute(_seen(), {"some": some}):
                found[CaptureId(row.id)] = (row.first_seen, row.last_seen)
        for id_ in ids:
            if id_ not in found:
                raise LedgerError(f"no capture {id_}", hint="add it before its documents")
        return found

    def _there(self, connection: Connection, ids: Iterable[str]) -> frozenset[str]:
        there: set[str] = set()
        for some in chunks(ids):
            there.update(connection.scalars(_held(), {"some": some}))
        return frozenset(there)

    def _see_again(self, connection: Connection, rows: Sequence[dict[str, Any]]) -> list[str]:
        """Widen when documents were seen; returns those that were seen earlier than was known."""
        moved: list[str] = []
        for row in rows:
            ours = documents.c.id == row["id"]
            first, last = row["first_seen"], row["last_seen"]
            earlier = (
                documents.update()
                .where(ours, first_before(first, row["capture_id"]))
                .values(first_seen=first, capture_id=row["capture_id"])
            )
            if connection.execute(earlier).rowcount:
                moved.append(row["id"])
            connection.execute(
                documents.update().where(ours, documents.c.last_seen < last).values(last_seen=last)
            )
        return moved


# Building a statement takes longer than running it: those of every document are built once.


@cache
def _seen() -> Any:
    from sqlalchemy import bindparam, select

    return select(captures.c.id, captures.c.first_seen, captures.c.last_seen).where(
        captures.c.id.in_(bindparam("some", expanding=True))
    )


@cache
def _held() -> Any:
    from sqlalchemy import bindparam, select

    return select(documents.c.id).where(documents.c.id.in_(bindparam("some", expanding=True)))


def document_of(row: Any) -> Document:
    """Return the model of a full row of ``documents``."""
    body = json.loads(row.body)
    for name in _COLUMNS:
        value = getattr(row, name)
        if value is not None:
            body[name] = value
    return decode(Document, body)


def _row_of(document: Document, times: tuple[str, str]) -> dict[str, Any]:
    # SQLite's own functions stop at a NUL and PostgreSQL refuses it: spans would not hold.
    if "\x00" in document.text or "\x00" in (document.title or ""):
        raise LedgerError(
            f"the text of {document.id} holds a NUL character",
            hint="reading must drop control characters",
        )
    body = encode(document)
    row: dict[str, Any] = {name: body.pop(name, None) for name in _COLUMNS}
    row["role"] = document.role.value
    first, last = times
    return {
        **row,
        "id": document.id,
        "day": row["published"] or first[:10],
        "first_seen": first,
        "last_seen": last,
        "body": canonical(body),
    }


def _widen(row: dict[str, Any], capture_id: CaptureId, times: tuple[str, str]) -> None:
    """One document read from two captures was seen from the first to the last of both."""
    earliest = min((row["first_seen"], row["capture_id"]), (times[0], str(capture_id)))
    row["first_seen"], row["capture_id"] = earliest
    row["last_seen"] = max(row["last_seen"], times[1])


def first_before(first: str, capture_id: str) -> Any:
    """Return the condition that a row of ``documents`` names a later capture as its first."""
    from sqlalchemy import and_, or_

    same = and_(documents.c.first_seen == first, documents.c.capture_id > capture_id)
    return or_(documents.c.first_seen > first, same)


def _position(row: dict[str, Any]) -> str:
    # Teasers after the articles of the day: they join what they tease.
    rank = "1" if row["role"] == DocumentRole.TEASER.value else "0"
    return f"{row['day']} {rank} {row['id']}"
