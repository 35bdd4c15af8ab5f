"""The whole record as canonical JSON lines: the same ledger gives the same bytes.

Row numbers, ended places, deleted judgements and the queue of work are left out: they tell how
the ledger came about, not what it holds. So a run that was killed and run again, or documents
that came in another order, export the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import IO, Any

from lodewire.ledger.access import Access
from lodewire.ledger.codec import Json, canonical, encode
from lodewire.ledger.documents import document_of
from lodewire.ledger.judgements import judgement_of
from lodewire.ledger.schema import (
    checks,
    decisions,
    documents,
    entities,
    entity_names,
    event_members,
    event_mentions,
    judgements,
    readings,
    statements,
    story_members,
)
from lodewire.ledger.statement_rows import statement_of, statement_query

_BATCH = 500


def write_export(access: Access, out: IO[str]) -> int:
    """Write one line for each thing in the record, kind by kind, by id; returns how many."""
    count = 0
    with access.reading() as connection:
        for kind, lines in _KINDS:
            for body in lines(connection):
                out.write(canonical({"kind": kind, **body}))
                out.write("\n")
                count += 1
    return count


def _rows(connection: Any, query: Any) -> Iterator[Any]:
    return iter(connection.execution_options(yield_per=_BATCH).execute(query))


def _documents(connection: Any) -> Iterator[dict[str, Json]]:
    from sqlalchemy import select

    for row in _rows(connection, select(documents).order_by(documents.c.id)):
        seen = {"first_seen": row.first_seen, "last_seen": row.last_seen}
        yield {"id": row.id, **encode(document_of(row)), **seen}


def _members(connection: Any) -> Iterator[dict[str, Json]]:
    from sqlalchemy import select

    query = select(story_members).order_by(story_members.c.document_id)
    for row in _rows(connection, query):
        yield dict(row._mapping)


def _readings(connection: Any) -> Iterator[dict[str, Json]]:
    from sqlalchemy import select

    query = select(readings).order_by(readings.c.document_id)
    for row in _rows(connection, query):
        yield {
            "document_id": row.document_id,
            "relevance": row.relevance,
            "method": row.method,
            **json.loads(row.body),
        }


def _bodies(table: Any) -> Callable[[Any], Iterator[dict[str, Json]]]:
    def lines(connection: Any) -> Iterator[dict[str, Json]]:
        from sqlalchemy import select

        for row in _rows(connection, select(table.c.id, table.c.body).order_by(table.c.id)):
            body = json.loads(row.body)
            # "kind" names the line; a check's own kind goes beside it.
            if "kind" in body:
                body["check"] = body.pop("kind")
            yield {"id": row.id, **body}

    return lines


def _events(connection: Any) -> Iterator[dict[str, Json]]:
    from sqlalchemy import select

    query = (
        select(event_members.c.event_id, event_members.c.mention_id)
        .where(event_members.c.until.is_(None))
        .order_by(event_members.c.event_id, event_members.c.mention_id)
    )
    event_id: str | None = None
    mentions: list[str] = []
    for row in _rows(connection, query):
        if row.event_id != event_id:
            if event_id is not None:
                yield {"id": event_id, "mentions": mentions}
            event_id, mentions = row.event_id, []
        mentions.append(row.mention_id)
    if event_id is not None:
        yield {"id": event_id, "mentions": mentions}


def _statements(connection: Any) -> Iterator[dict[str, Json]]:
    for row in _rows(connection, statement_query().order_by(statements.c.id)):
        yield {"id": row.id, **encode(statement_of(row))}


def _judgements(connection: Any) -> Iterator[dict[str, Json]]:
    from sqlalchemy import select

    query = (
        select(judgements)
        .where(judgements.c.deleted_at.is_(None))
        .order_by(judgements.c.id, judgements.c.judged_at)
    )
    for row in _rows(connection, query):
        yield {"id": row.id, **encode(judgement_of(row))}


def _decisions(connection: Any) -> Iterator[dict[str, Json]]:
    from sqlalchemy import select

    for row in _rows(connection, select(decisions.c.id, decisions.c.body).order_by(decisions.c.id)):
        yield {"id": row.id, **json.loads(row.body)}


def _entities(connection: Any) -> Iterator[dict[str, Json]]:
    from sqlalchemy import select

    query = (
        select(entities, entity_names.c.name, entity_names.c.main)
        .join(entity_names, entity_names.c.entity_id == entities.c.id)
        .order_by(entities.c.id, entity_names.c.name)
    )
    for row in _rows(connection, query):
        yield dict(row._mapping)


_KINDS: tuple[tuple[str, Callable[[Any], Iterator[dict[str, Json]]]], ...] = (
    ("document", _documents),
    ("story_member", _members),
    ("reading", _readings),
    ("event_mention", _bodies(event_mentions)),
    ("check", _bodies(checks)),
    ("event", _events),
    ("statement", _statements),
    ("judgement", _judgements),
    ("decision", _decisions),
    ("entity_name", _entities),
)
