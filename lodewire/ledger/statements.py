"""Statements: one value of one property, with the words that state it. Rows are only added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lodewire.ledger.access import Access, chunks
from lodewire.ledger.amounts import keys_of
from lodewire.ledger.codec import time_text
from lodewire.ledger.effects import effects_on
from lodewire.ledger.schema import statements
from lodewire.ledger.statement_rows import statement_of, statement_query
from lodewire.model.ids import DocumentId, EntityId, StatementId
from lodewire.model.statement import Statement

if TYPE_CHECKING:
    from sqlalchemy import Connection


def add_statements(access: Access, connection: Connection, found: Sequence[Statement]) -> None:
    """Add statements; one that is there keeps its row, and the later ``last_seen``."""
    access.add_greater(connection, statements, "last_seen", [_row_of(s) for s in found])


class StatementStore:
    """Returns statements by id or entity, as they hold: with the decisions on them."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def add_all(self, found: Sequence[Statement]) -> None:
        """Add statements in one transaction."""
        with self._access.writing() as connection:
            add_statements(self._access, connection, found)

    def get(
        self, ids: Iterable[StatementId], *, at: datetime | None = None
    ) -> tuple[Statement, ...]:
        """Return the statements of ``ids`` that are there, in the order asked for.

        They stand as decisions leave them now, or left them at a moment.
        """
        wanted = list(ids)
        found = {s.id: s for s in self._where(statements.c.id, wanted, at)}
        return tuple(found[i] for i in wanted if i in found)

    def of_document(self, document_id: DocumentId) -> tuple[Statement, ...]:
        """Return what a document states, by subject and id."""
        return self._where(statements.c.document_id, [document_id])

    def of_entity(self, entity_id: EntityId) -> tuple[Statement, ...]:
        """Return the statements whose value is the entity."""
        return self._where(statements.c.entity, [entity_id])

    def of_subject(self, subject: str) -> tuple[Statement, ...]:
        """Return the statements about one subject: an event mention's id or an entity's."""
        return self._where(statements.c.subject, [subject])

    def proposed(self) -> dict[tuple[str, str], int]:
        """Return how many mentions of each (event type, method) were read."""
        from sqlalchemy import func, select

        query = (
            select(statements.c.value, statements.c.method, func.count().label("n"))
            .where(statements.c.property == "type")
            .group_by(statements.c.value, statements.c.method)
        )
        with self._access.reading() as connection:
            return {(row.value, row.method): row.n for row in connection.execute(query)}

    def retract(self, ids: Iterable[StatementId], *, at: datetime) -> None:
        """Mark statements as retracted at a time; the rows stay, the first time holds."""
        with self._access.writing() as connection:
            for some in chunks(ids):
                connection.execute(
                    statements.update()
                    .where(statements.c.id.in_(some), statements.c.retracted_at.is_(None))
                    .values(retracted_at=time_text(at))
                )

    def _where(
        self, column: Any, values: Iterable[str], at: datetime | None = None
    ) -> tuple[Statement, ...]:
        found: list[Statement] = []
        with self._access.reading() as connection:
            for some in chunks(values):
                rows = connection.execute(
                    statement_query(self._access.past)
                    .where(column.in_(some))
                    .order_by(statements.c.subject, statements.c.id)
                )
                found += [statement_of(row) for row in rows]
            ids = {s.document_id for s in found}
            effects = effects_on(connection, ids, at or self._access.moment)
        return tuple(effects.on_statement(s) for s in found)


def _row_of(statement: Statement) -> dict[str, Any]:
    evidence = statement.evidence
    return {
        "id": statement.id,
        "subject": statement.subject,
        "property": statement.property,
        "value": statement.value,
        "original": statement.original,
        "unit": statement.unit,
        "basis": statement.basis,
        "qualifier": statement.qualifier,
        "entity": statement.entity,
        "document_id": evidence.document_id,
        "span_start": evidence.span.start,
        "span_end": evidence.span.end,
        "quote": evidence.quote,
        "alignment": evidence.alignment.value,
        "source_id": statement.source_id,
        "first_seen": time_text(statement.first_seen),
        "last_seen": time_text(statement.last_seen),
        "method": statement.method,
        "retracted_at": time_text(statement.retracted_at) if statement.retracted_at else None,
        **keys_of(statement.value, statement.unit, statement.qualifier),
    }
