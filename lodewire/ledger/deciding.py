"""Reading decisions: with what was undone, how many there were on the same words, what they bind.

Functions of a connection, so that events and statements can be read with the decisions on them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lodewire.ledger.access import chunks
from lodewire.ledger.binding import Told
from lodewire.ledger.codec import loads
from lodewire.ledger.schema import decision_documents, decisions, event_mentions, statements
from lodewire.ledger.statement_rows import statement_of, statement_query
from lodewire.model.decision import Decision
from lodewire.model.event import EventMention
from lodewire.model.ids import DecisionId, DocumentId
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import Action

if TYPE_CHECKING:
    from sqlalchemy import Connection


def decisions_about(
    connection: Connection, document_ids: Iterable[DocumentId]
) -> tuple[Decision, ...]:
    """Return the decisions on words of documents, undone ones too, oldest first.

    Undone ones have a ``deleted_at``. What undoes is not among them.
    """
    from sqlalchemy import select

    ids: set[str] = set()
    for some in chunks(document_ids):
        ids.update(
            connection.scalars(
                select(decision_documents.c.decision_id).where(
                    decision_documents.c.document_id.in_(some)
                )
            )
        )
    if not ids:
        return ()
    rows: list[Any] = []
    for some in chunks(sorted(ids)):
        rows += connection.execute(select(decisions).where(decisions.c.id.in_(some)))
    return _numbered(rows, _undone(connection, ids))


def every_decision(connection: Connection) -> tuple[Decision, ...]:
    """Return all decisions as :func:`decisions_about` does."""
    from sqlalchemy import select

    rows = connection.execute(
        select(decisions).where(decisions.c.action != Action.UNDO.value)
    ).all()
    return _numbered(rows, _undone(connection, (row.id for row in rows)))


def _undone(connection: Connection, ids: Iterable[str]) -> dict[DecisionId, Decision]:
    """The first undo of each decision that has one."""
    from sqlalchemy import select

    found: dict[DecisionId, Decision] = {}
    for some in chunks(sorted(ids)):
        rows = connection.scalars(
            select(decisions.c.body)
            .where(decisions.c.undoes.in_(some))
            .order_by(decisions.c.at, decisions.c.id)
        )
        for body in rows:
            undo = loads(Decision, body)
            assert undo.undoes is not None
            found.setdefault(undo.undoes, undo)
    return found


def _numbered(rows: Iterable[Any], undone: Mapping[DecisionId, Decision]) -> tuple[Decision, ...]:
    counted: Counter[str] = Counter()
    told: list[Decision] = []
    for row in sorted(rows, key=lambda row: (row.at, row.id)):
        decision = loads(Decision, row.body)
        key = min(a.key for a in decision.about)
        counted[key] += 1
        undo = undone.get(row.id)
        told.append(
            replace(
                decision,
                version=counted[key],
                deleted_at=undo.at if undo is not None else None,
                deleted_by=undo.author if undo is not None else "",
            )
        )
    return tuple(told)


def living(found: Iterable[Decision], at: datetime | None = None) -> Iterator[Decision]:
    """Return the decisions that hold (at a moment: those made by then and not yet undone)."""
    for decision in found:
        if at is None:
            if decision.deleted_at is None:
                yield decision
        elif decision.at <= at and (decision.deleted_at is None or decision.deleted_at > at):
            yield decision


def told_in(connection: Connection, document_ids: Iterable[DocumentId]) -> dict[DocumentId, Told]:
    """Return all mentions and statements of documents, as read: what decisions bind to."""
    from sqlalchemy import select

    wanted = list(dict.fromkeys(document_ids))
    mentions: dict[str, list[EventMention]] = {}
    stated: dict[str, list[Statement]] = {}
    for some in chunks(wanted):
        for row in connection.execute(
            select(event_mentions.c.document_id, event_mentions.c.body)
            .where(event_mentions.c.document_id.in_(some))
            .order_by(event_mentions.c.id)
        ):
            mentions.setdefault(row.document_id, []).append(loads(EventMention, row.body))
        for row in _statement_rows(connection, some):
            stated.setdefault(row.document_id, []).append(statement_of(row))
    return {
        id_: Told(mentions=mentions.get(id_, []), statements=stated.get(id_, [])) for id_ in wanted
    }


def _statement_rows(connection: Connection, some: Sequence[str]) -> Any:
    return connection.execute(
        statement_query().where(statements.c.document_id.in_(some)).order_by(statements.c.id)
    )
