"""What could be wrong with a ledger, found by looking at all of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lodewire.errors import LedgerError
from lodewire.ledger.access import Access
from lodewire.ledger.packing import DROPPED, unpack
from lodewire.ledger.schema import (
    bodies,
    brief_statements,
    documents,
    event_members,
    event_mentions,
    quarantine,
    readings,
    showings,
    statements,
    story_members,
    work,
)
from lodewire.ledger.work import Stage
from lodewire.model.ids import sha256_hex

if TYPE_CHECKING:
    from sqlalchemy import Connection

_SHOWN = 20


def find_problems(access: Access) -> tuple[str, ...]:
    """Return what is wrong, one plain line each; empty when the ledger is sound.

    The engine's own check, every reference, every statement's quote against the text it points
    into, every body against its digest, and every document against the queue of work.
    """
    opened = access.writing if access.backend.check_writes else access.reading
    with opened() as connection:
        found = list(access.backend.problems(connection))
        for problems in (_quotes, _bodies, _lost, _places, _cited):
            found += problems(connection)
    return tuple(found)


def _limited(lines: Iterator[str], what: str) -> list[str]:
    found: list[str] = []
    more = 0
    for line in lines:
        if len(found) < _SHOWN:
            found.append(line)
        else:
            more += 1
    return [*found, f"... and {more} more {what}"] if more else found


def _quotes(connection: Connection) -> list[str]:
    from sqlalchemy import func, select

    length = statements.c.span_end - statements.c.span_start
    there = func.substr(documents.c.text, statements.c.span_start + 1, length)
    rows = connection.execute(
        select(statements.c.id, statements.c.document_id, statements.c.quote)
        .join(documents, documents.c.id == statements.c.document_id)
        .where(there != statements.c.quote)
        .order_by(statements.c.id)
    )
    return _limited(
        (f"statement {r.id}: {r.quote!r} is not at its span of {r.document_id}" for r in rows),
        "quotes that do not align",
    )


def _bodies(connection: Connection) -> list[str]:
    from sqlalchemy import select

    def lines() -> Iterator[str]:
        rows = connection.execution_options(yield_per=50).execute(
            select(bodies).where(bodies.c.coding != DROPPED).order_by(bodies.c.digest)
        )
        for row in rows:
            try:
                body = unpack(row.body, row.coding)
            except LedgerError as error:
                yield f"body {row.digest}: {error.message}"
                continue
            if sha256_hex(body) != row.digest:
                yield f"body {row.digest} does not have its digest"

    return _limited(lines(), "damaged bodies")


def _lost(connection: Connection) -> list[str]:
    """Subjects that no stage has done, none will do, and none set aside."""
    from sqlalchemy import exists, select

    def unowned(table: Any, done: Any, stage: Stage) -> Any:
        waiting = exists().where(work.c.stage == stage.value, work.c.subject == table.c.id)
        aside = exists().where(
            quarantine.c.stage == stage.value, quarantine.c.subject == table.c.id
        )
        return select(table.c.id).where(~done, ~waiting, ~aside).order_by(table.c.id)

    placed = exists().where(story_members.c.document_id == documents.c.id)
    understood = exists().where(readings.c.document_id == documents.c.id)
    telling = exists().where(event_mentions.c.document_id == documents.c.id)
    # What is of another field has a reading that says so, and needs no story.
    settled = placed | (understood & ~telling)
    checks = (
        (unowned(documents, settled, Stage.STORY), "has no story and none is due"),
        (
            unowned(documents, understood, Stage.EXTRACT).where(placed),
            "has no reading and none is due",
        ),
    )
    found: list[str] = []
    for query, said in checks:
        rows = connection.execute(query)
        found += _limited((f"document {row.id} {said}" for row in rows), f"of which each {said}")
    return found


def _places(connection: Connection) -> list[str]:
    """Event mentions of resolved documents without an event."""
    from sqlalchemy import exists, select

    member = exists().where(
        event_members.c.mention_id == event_mentions.c.id, event_members.c.until.is_(None)
    )
    waiting = exists().where(
        work.c.stage == Stage.RESOLVE.value, work.c.subject == event_mentions.c.document_id
    )
    aside = exists().where(
        quarantine.c.stage == Stage.RESOLVE.value,
        quarantine.c.subject == event_mentions.c.document_id,
    )
    replaced = exists().where(
        showings.c.document_id == event_mentions.c.document_id, showings.c.until.is_not(None)
    )
    rows = connection.execute(
        select(event_mentions.c.id)
        .where(~member, ~waiting, ~aside, ~replaced)
        .order_by(event_mentions.c.id)
    )
    return _limited(
        (f"event mention {row.id} belongs to no event and none is due" for row in rows),
        "event mentions without an event",
    )


def _cited(connection: Connection) -> list[str]:
    """Briefs that print statements which are not in the ledger: nothing would prove them."""
    from sqlalchemy import exists, select

    there = exists().where(statements.c.id == brief_statements.c.statement_id)
    rows = connection.execute(
        select(brief_statements.c.brief_id, brief_statements.c.statement_id)
        .where(~there)
        .order_by(brief_statements.c.brief_id, brief_statements.c.statement_id)
    )
    return _limited(
        (f"brief {row.brief_id} cites {row.statement_id}, which is not there" for row in rows),
        "statements cited that are not there",
    )
