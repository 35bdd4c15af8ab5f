"""The rows of a ledger as tables of an earlier schema held them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, select

from lodewire.ledger.schema import documents, showings, signature_keys, tables


def rows_before(connection: Connection, table: Table) -> list[tuple[Any, ...]]:
    """The rows of ``table`` (reflected from an earlier schema), in the order of its columns."""
    if table.name == "signature_keys" and "document_id" in table.c:
        return _keys_before(connection, table)
    if table.name == "superseded":
        return _superseded_before(connection, table)
    now = tables.tables[table.name]
    kept = [now.c[column.name] for column in table.columns]
    return [tuple(row) for row in connection.execute(select(*kept))]


def _keys_before(connection: Connection, table: Table) -> list[tuple[Any, ...]]:
    """Up to 0004 keys of signatures named a document by id, and a day by its text."""
    found = connection.execute(
        select(signature_keys.c.key, signature_keys.c.day, documents.c.id).join(
            documents, documents.c.number == signature_keys.c.number
        )
    )
    rows = [
        {"key": row.key, "day": date.fromordinal(row.day).isoformat(), "document_id": row.id}
        for row in found
    ]
    return [tuple(row[column.name] for column in table.columns) for row in rows]


def _superseded_before(connection: Connection, table: Table) -> list[tuple[Any, ...]]:
    """Up to 0018 a document was marked once, by the first that took its place."""
    query = select(showings).where(showings.c.until.is_not(None))
    found: dict[str, dict[str, Any]] = {}
    for row in connection.execute(query.order_by(showings.c.since)):
        told = {"document_id": row.document_id, "by_id": row.by_id, "at": row.until}
        found.setdefault(row.document_id, told)
    return [tuple(row[column.name] for column in table.columns) for row in found.values()]
