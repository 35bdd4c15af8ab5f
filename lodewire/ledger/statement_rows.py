"""Statements as they lie in the ledger: the query and the model of a row."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from lodewire.ledger.codec import time_of
from lodewire.ledger.past import last_seen, places, retracted
from lodewire.ledger.schema import documents, statements
from lodewire.model.evidence import Evidence, Span
from lodewire.model.ids import DocumentId, EntityId, OriginId, SourceId
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import Alignment

# Worked out anew, or there for look-up alone.
_NOT_TOLD = ("retracted_at", "low_key", "high_key", "word_key")


@lru_cache(maxsize=64)
def statement_query(at: str | None = None) -> Any:
    """Return the SELECT behind :func:`statement_of`, as known ``at``.

    The origin is that of the document's place in its story; the words were first and last seen
    when the document was.
    """
    from sqlalchemy import case, select

    earlier = documents.c.first_seen < statements.c.first_seen
    seen = last_seen(at)
    place = places(at)
    return (
        select(
            *(c for c in statements.c if c.name not in _NOT_TOLD),
            retracted(at).label("retracted_at"),
            place.c.origin_id,
            case((earlier, documents.c.first_seen), else_=statements.c.first_seen).label("since"),
            case((seen > statements.c.last_seen, seen), else_=statements.c.last_seen).label(
                "until"
            ),
        )
        .select_from(statements)
        .join(documents, documents.c.id == statements.c.document_id)
        .join(place, place.c.document_id == statements.c.document_id)
    )


# A statement does not change but by another row: pages read the same ones over and over, and
# building one takes thirty times as long as knowing its row again.
@lru_cache(maxsize=10_000)
def statement_of(row: Any) -> Statement:
    """Return the model of one row of :func:`statement_query`; the same row gives the same one."""
    return Statement(
        subject=row.subject,
        property=row.property,
        value=row.value,
        original=row.original,
        evidence=Evidence(
            document_id=DocumentId(row.document_id),
            span=Span(row.span_start, row.span_end),
            quote=row.quote,
            alignment=Alignment(row.alignment),
        ),
        source_id=SourceId(row.source_id),
        origin_id=OriginId(row.origin_id),
        first_seen=time_of(row.since),
        last_seen=time_of(row.until),
        unit=row.unit,
        basis=row.basis,
        qualifier=row.qualifier,
        entity=EntityId(row.entity) if row.entity is not None else None,
        method=row.method,
        retracted_at=time_of(row.retracted_at) if row.retracted_at is not None else None,
    )
