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
from lodewire.ledger.entities import name_rows
from lodewire.ledger.judgements import judgement_of
from lodewire.ledger.past import (
    known,
    known_ids,
    last_seen,
    member_holds,
    places,
    standing_judgements,
)
from lodewire.ledger.schema import (
    checks,
    decisions,
    documents,
    event_members,
    event_mentions,
    readings,
    showings,
    statements,
)
from lodewire.ledger.statement_rows import statement_of, statement_query
from lodewire.ledger.versions import ended

_BATCH = 500
# Gives the lines of one kind; the time asks for what was known then, None for what is now.
Lines = Callable[[Any, str | None], Iterator[dict[str, Json]]]


def write_export(access: Access, out: IO[str]) -> int:
    """Write one line for each thing in the record, kind by kind, by id; returns how many.

    Of a past moment it writes what an export would have written then.
    """
    count = 0
    with access.reading() as connection:
        for kind, lines in _KINDS:
            for body in lines(connection, access.past):
                out.write(canonical({"kind": kind, **body}))
                out.write("\n")
                count += 1
    return count


def _rows(connection: Any, query: Any) -> Iterator[Any]:
    return iter(connection.execution_options(yield_per=_BATCH).execute(query))


def _documents(connection: Any, at: str | None) -> Iterator[dict[str, Json]]:
    from sqlalchemy import select

    query = select(documents, last_seen(at).label("seen_last")).where(known(at))
    for row in _rows(connection, query.order_by(documents.c.id)):
        seen = {"first_seen": row.first_seen, "last_seen": row.seen_last}
        yield {"id": row.id, **encode(document_of(row)), **seen}


def _superseded(connection: Any, at: str | None) -> Iterator[dict[str, Json]]:
    """The times that ended; what stands follows from them."""
    from sqlalchemy import select

    over = showings.c.until.is_not(None) if at is None else ended(at)
    query = select(showings).where(over).order_by(showings.c.document_id, showings.c.since)
    for row in _rows(connection, query):
        yield dict(row._mapping)


def _members(connection: Any, at: str | None) -> Iterator[dict[str, Json]]:
    from sqlalchemy import select

    place = places(at)
    query = select(place).order_by(place.c.document_id)
    for row in _rows(connection, query):
        yield dict(row._mapping)


def _readings(connection: Any, at: str | None) -> Iterator[dict[str, Json]]:
    from sqlalchemy import select

    query = _of_known(select(readings), readings, at).order_by(readings.c.document_id)
    for row in _rows(connection, query):
        yield {
            "document_id": row.document_id,
            "relevance": row.relevance,
            "method": row.method,
            **json.loads(row.body),
        }


def _of_known(query: Any, table: Any, at: str | None) -> Any:
    return query if at is None else query.where(table.c.document_id.in_(known_ids(at)))


def _bodies(table: Any) -> Lines:
    def lines(connection: Any, at: str | None) -> Iterator[dict[str, Json]]:
        from sqlalchemy import select

        query = _of_known(select(table.c.id, table.c.body), table, at).order_by(table.c.id)
        for row in _rows(connection, query):
            body = json.loads(row.body)
            # "kind" names the line; a check's own kind goes beside it.
            if "kind" in body:
                body["check"] = body.pop("kind")
            yield {"id": row.id, **body}

    return lines


def _events(connection: Any, at: str | None) -> Iterator[dict[str, Json]]:
    from sqlalchemy import select

    query = (
        select(event_members.c.event_id, event_members.c.mention_id)
        .where(member_holds(at))
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


def _statements(connection: Any, at: str | None) -> Iterator[dict[str, Json]]:
    for row in _rows(connection, statement_query(at).order_by(statements.c.id)):
        yield {"id": row.id, **encode(statement_of(row))}


def _judgements(connection: Any, at: str | None) -> Iterator[dict[str, Json]]:
    from sqlalchemy import select

    stood = standing_judgements(at).subquery("stood")
    for row in _rows(connection, select(stood).order_by(stood.c.id, stood.c.judged_at)):
        yield {"id": row.id, **encode(judgement_of(row))}


def _decisions(connection: Any, at: str | None) -> Iterator[dict[str, Json]]:
    from sqlalchemy import select

    query = select(decisions.c.id, decisions.c.body).order_by(decisions.c.id)
    for row in _rows(connection, query if at is None else query.where(decisions.c.at <= at)):
        yield {"id": row.id, **json.loads(row.body)}


def _entities(connection: Any, at: str | None) -> Iterator[dict[str, Json]]:
    from sqlalchemy import select

    named = name_rows(at).subquery("named")
    for row in _rows(connection, select(named).order_by(named.c.id, named.c.name)):
        yield dict(row._mapping)


_KINDS: tuple[tuple[str, Lines], ...] = (
    ("document", _documents),
    ("superseded", _superseded),
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
