"""Readings: what extraction understood of each document."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from lodewire.ledger import work
from lodewire.ledger.access import Access, chunks
from lodewire.ledger.codec import canonical, decode, dumps, encode, loads
from lodewire.ledger.documents import document_of
from lodewire.ledger.entities import add_entities, tell_entities
from lodewire.ledger.past import ids_known, known
from lodewire.ledger.schema import (
    checks,
    document_desks,
    document_entities,
    documents,
    event_mentions,
    readings,
)
from lodewire.ledger.versions import recall
from lodewire.ledger.work import Stage
from lodewire.model.check import Check
from lodewire.model.document import Document
from lodewire.model.entity import Entity, Mention
from lodewire.model.event import EventMention
from lodewire.model.ids import DocumentId
from lodewire.model.reading import Reading

if TYPE_CHECKING:
    from sqlalchemy import Connection

# Kept in tables of their own; the rest of a reading stays in ``body``.
_APART = ("document", "relevance", "events", "checks", "method")


class NamedIn(NamedTuple):
    """Who and what a document names, and the day it was published, where it declares one."""

    document_id: DocumentId
    published: date | None
    mentions: tuple[Mention, ...]


class ReadingStore:
    """Hands out documents still to be understood and keeps what was understood."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def pending(self, limit: int = 100) -> tuple[Document, ...]:
        """Return up to ``limit`` placed documents without a reading, by (day, role, id)."""
        from sqlalchemy import select

        with self._access.reading() as connection:
            ids = work.next_subjects(connection, Stage.EXTRACT, limit)
            found: dict[str, Document] = {}
            for some in chunks(ids):
                for row in connection.execute(select(documents).where(documents.c.id.in_(some))):
                    found[row.id] = document_of(row)
        return tuple(found[i] for i in ids if i in found)

    def add(self, reading: Reading, *, entities: Sequence[Entity] = ()) -> None:
        """Keep a reading, its events and checks, and mark the document, in one transaction.

        ``entities`` are those the document names, unified over spellings. A document with events
        enters the queue of resolution. Doing it twice changes nothing.
        """
        self.add_all([(reading, entities)])

    def add_all(self, batch: Iterable[tuple[Reading, Sequence[Entity]]]) -> None:
        """As :meth:`add` for several readings, in one transaction."""
        pairs = list(batch)
        with self._access.writing(beside=True) as connection:
            self._access.add_new(connection, readings, [_row_of(r) for r, _ in pairs])
            self._access.add_new(
                connection,
                document_desks,
                [
                    {"document_id": r.document.id, "desk": d.desk.value, "score": d.score}
                    for r, _ in pairs
                    for d in r.desks
                ],
            )
            add_entities(self._access, connection, [e for _, named in pairs for e in named])
            tell_entities(self._access, connection, [(r.document.id, e) for r, e in pairs])
            self._access.add_new(
                connection,
                document_entities,
                [
                    {"document_id": r.document.id, "entity_id": e.id}
                    for r, named in pairs
                    for e in named
                ],
            )
            told = [row for r, _ in pairs for row in _event_rows(r.events)]
            self._access.add_new(connection, event_mentions, told)
            checked = [row for r, _ in pairs for row in _check_rows(r.checks)]
            self._access.add_new(connection, checks, checked)
            eventful = [r.document.id for r, _ in pairs if r.events]
            work.advance(connection, Stage.EXTRACT, Stage.RESOLVE, eventful)
            work.finish(connection, Stage.EXTRACT, [r.document.id for r, _ in pairs])
            recall(self._access, connection, [r.document.id for r, _ in pairs])

    def get(self, document_id: DocumentId) -> Reading | None:
        """Return the reading of a document; None before it is read."""
        found = self.get_all([document_id])
        return found[0] if found else None

    def get_all(self, ids: Iterable[DocumentId]) -> tuple[Reading, ...]:
        """Return the readings of ``ids`` that are there, in the order asked for."""
        from sqlalchemy import select

        wanted = list(ids)
        found: dict[str, Reading] = {}
        with self._access.reading() as connection:
            for some in chunks(wanted):
                events = self._parts(connection, event_mentions, some, EventMention)
                told = self._parts(connection, checks, some, Check)
                for row in connection.execute(
                    select(
                        readings.c.relevance,
                        readings.c.method,
                        readings.c.body.label("understood"),
                        documents,
                    )
                    .join(documents, documents.c.id == readings.c.document_id)
                    .where(readings.c.document_id.in_(some), known(self._access.past))
                ):
                    found[row.id] = _reading_of(row, events.get(row.id), told.get(row.id))
        return tuple(found[i] for i in wanted if i in found)

    def named_in(self, ids: Iterable[DocumentId]) -> tuple[NamedIn, ...]:
        """Return who and what the documents of ``ids`` name, without the rest of their readings."""
        from sqlalchemy import select

        found: list[NamedIn] = []
        query = select(readings.c.document_id, readings.c.body, documents.c.published).join(
            documents, documents.c.id == readings.c.document_id
        )
        with self._access.reading() as connection:
            for some in chunks(ids):
                asked = readings.c.document_id.in_(some)
                for row in connection.execute(query.where(asked, known(self._access.past))):
                    told = json.loads(row.body).get("mentions", ())
                    mentions = tuple(decode(Mention, m) for m in told)
                    published = date.fromisoformat(row.published) if row.published else None
                    found.append(NamedIn(DocumentId(row.document_id), published, mentions))
        return tuple(found)

    def checks_of(self, ids: Iterable[DocumentId]) -> tuple[Check, ...]:
        """Return the checks on several documents, by document and id."""
        found: list[Check] = []
        with self._access.reading() as connection:
            wanted = list(ids)
            if self._access.past is not None:
                there = ids_known(connection, wanted, self._access.past)
                wanted = [i for i in wanted if i in there]
            for some in chunks(wanted):
                parts = self._parts(connection, checks, some, Check)
                found += [check for id_ in some for check in parts.get(id_, ())]
        return tuple(found)

    def _parts(
        self, connection: Connection, table: Any, ids: Sequence[str], kind: type[Any]
    ) -> dict[str, list[Any]]:
        from sqlalchemy import select

        found: dict[str, list[Any]] = {}
        for row in connection.execute(
            select(table.c.document_id, table.c.body)
            .where(table.c.document_id.in_(ids))
            .order_by(table.c.document_id, table.c.ordinal)
        ):
            found.setdefault(row.document_id, []).append(loads(kind, row.body))
        return found


def _event_rows(events: Sequence[EventMention]) -> list[dict[str, Any]]:
    return [
        {
            "id": e.id,
            "document_id": e.document_id,
            "type": e.type.value,
            "status": e.status.value,
            "core": e.core,
            "ordinal": at,
            "body": dumps(e),
        }
        for at, e in enumerate(events)
    ]


def _check_rows(found: Sequence[Check]) -> list[dict[str, Any]]:
    return [
        {
            "id": c.id,
            "document_id": c.document_id,
            "kind": c.kind.value,
            "verdict": c.verdict.value,
            "ordinal": at,
            "body": dumps(c),
        }
        for at, c in enumerate(found)
    ]


def _row_of(reading: Reading) -> dict[str, Any]:
    body = encode(reading)
    for name in _APART:
        body.pop(name, None)
    return {
        "document_id": reading.document.id,
        "relevance": reading.relevance,
        "method": reading.method,
        "body": canonical(body),
    }


def _reading_of(row: Any, events: list[EventMention] | None, found: list[Check] | None) -> Reading:
    body = json.loads(row.understood)
    body["relevance"] = row.relevance
    body["method"] = row.method
    body["document"] = {"capture_id": "", "source_id": "", "text": ""}
    bare: Reading = decode(Reading, body)
    return Reading(
        document=document_of(row),
        relevance=bare.relevance,
        desks=bare.desks,
        mentions=bare.mentions,
        quantities=bare.quantities,
        dates=bare.dates,
        events=tuple(events or ()),
        checks=tuple(found or ()),
        method=bare.method,
    )
