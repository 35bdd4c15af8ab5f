"""Documents: the clean text that every quote points into. Never changed once added."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from lodewire.errors import LedgerError
from lodewire.ledger import work
from lodewire.ledger.access import Access, chunks
from lodewire.ledger.codec import canonical, decode, encode
from lodewire.ledger.schema import captures, document_captures, documents
from lodewire.ledger.work import Stage
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

    def add_read(self, capture_id: CaptureId, found: Sequence[Document]) -> int:
        """Keep the documents read from a capture and mark it read, in one transaction.

        Returns how many were new. A capture may give none. Raises LedgerError when the capture
        is not there, or a text holds a NUL character.
        """
        with self._access.writing() as connection:
            times = self._times(connection, capture_id)
            rows = {d.id: _row_of(d, times) for d in found}
            there = self._there(connection, rows)
            fresh = [row for id_, row in rows.items() if id_ not in there]
            if fresh:
                connection.execute(documents.insert(), fresh)
            self._see_again(connection, there, times)
            links = [{"capture_id": capture_id, "document_id": i} for i in rows]
            self._access.add_new(connection, document_captures, links)
            work.enqueue(
                self._access, connection, Stage.STORY, [(r["id"], _position(r)) for r in fresh]
            )
            work.finish(connection, Stage.READ, [capture_id])
            return len(fresh)

    def add_read_all(self, batch: Iterable[tuple[CaptureId, Sequence[Document]]]) -> int:
        """As :meth:`add_read` for several captures, in one transaction."""
        with self._access.writing():
            return sum(self.add_read(capture_id, found) for capture_id, found in batch)

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
                for row in connection.execute(select(documents).where(documents.c.id.in_(some))):
                    found[row.id] = document_of(row)
        return tuple(found[i] for i in wanted if i in found)

    def of_capture(self, capture_id: CaptureId) -> tuple[Document, ...]:
        """Return what reading the capture gave: articles first, then teasers, by id."""
        from sqlalchemy import select

        with self._access.reading() as connection:
            rows = connection.execute(
                select(documents)
                .join(document_captures, document_captures.c.document_id == documents.c.id)
                .where(document_captures.c.capture_id == capture_id)
                .order_by(documents.c.role, documents.c.id)
            )
            return tuple(document_of(row) for row in rows)

    def of_day(self, day: date) -> tuple[Document, ...]:
        """Return the documents published on ``day`` (fetched, where none is declared), by id."""
        from sqlalchemy import select

        with self._access.reading() as connection:
            rows = connection.execute(
                select(documents).where(documents.c.day == day.isoformat()).order_by(documents.c.id)
            )
            return tuple(document_of(row) for row in rows)

    def _times(self, connection: Connection, capture_id: CaptureId) -> tuple[str, str]:
        from sqlalchemy import select

        row = connection.execute(
            select(captures.c.first_seen, captures.c.last_seen).where(captures.c.id == capture_id)
        ).first()
        if row is None:
            raise LedgerError(
                f"no capture {capture_id}", hint="add the capture before its documents"
            )
        return row.first_seen, row.last_seen

    def _there(self, connection: Connection, ids: Iterable[str]) -> list[str]:
        from sqlalchemy import select

        there: list[str] = []
        for some in chunks(ids):
            there += connection.scalars(select(documents.c.id).where(documents.c.id.in_(some)))
        return there

    def _see_again(
        self, connection: Connection, ids: Sequence[str], times: tuple[str, str]
    ) -> None:
        first, last = times
        for some in chunks(ids):
            ours = documents.c.id.in_(some)
            connection.execute(
                documents.update()
                .where(ours, documents.c.first_seen > first)
                .values(first_seen=first)
            )
            connection.execute(
                documents.update().where(ours, documents.c.last_seen < last).values(last_seen=last)
            )


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


def _position(row: dict[str, Any]) -> str:
    # Teasers after the articles of the day: they join what they tease.
    rank = "1" if row["role"] == DocumentRole.TEASER.value else "0"
    return f"{row['day']} {rank} {row['id']}"
