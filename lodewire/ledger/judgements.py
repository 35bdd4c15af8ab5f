"""Judgements: decisions that two things are the same or not; deleted softly, never erased."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lodewire.ledger.access import Access, chunks
from lodewire.ledger.codec import time_of, time_text
from lodewire.ledger.schema import judgements
from lodewire.model.ids import JudgementId
from lodewire.model.statement import Judgement
from lodewire.model.vocabulary import Opinion

if TYPE_CHECKING:
    from sqlalchemy import Connection


def add_judgements(access: Access, connection: Connection, found: Sequence[Judgement]) -> None:
    """Add judgements; an earlier live one of the same pair and author is softly deleted.

    A judgement that is live and unchanged stays; one that was deleted and is made again at the
    same time lives again.
    """
    if not found:
        return
    for judgement in found:
        connection.execute(
            judgements.update()
            .where(
                judgements.c.id == judgement.id,
                judgements.c.deleted_at.is_(None),
                judgements.c.judged_at != time_text(judgement.judged_at),
            )
            .values(deleted_at=time_text(judgement.judged_at))
        )
    access.put(
        connection,
        judgements,
        ("opinion", "score", "reason", "deleted_at"),
        [_row_of(j) for j in found],
    )


class JudgementStore:
    """Keeps judgements and returns those that live."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def add_all(self, found: Sequence[Judgement]) -> None:
        """Add judgements in one transaction."""
        with self._access.writing() as connection:
            add_judgements(self._access, connection, found)

    def delete(self, ids: Iterable[JudgementId], *, at: datetime) -> None:
        """Mark live judgements as deleted at a time; the rows stay."""
        with self._access.writing() as connection:
            for some in chunks(ids):
                connection.execute(
                    judgements.update()
                    .where(judgements.c.id.in_(some), judgements.c.deleted_at.is_(None))
                    .values(deleted_at=time_text(at))
                )

    def about(self, ids: Iterable[str]) -> tuple[Judgement, ...]:
        """Return the live judgements that name any of ``ids``, by pair and author."""
        return self._where(judgements.c.deleted_at.is_(None), ids)

    def history(self, ids: Iterable[str]) -> tuple[Judgement, ...]:
        """Return all judgements that name any of ``ids``, deleted ones too, oldest first."""
        found = self._where(judgements.c.id.is_not(None), ids)
        return tuple(sorted(found, key=lambda j: (j.judged_at, j.id)))

    def rulings(self, ids: Iterable[str], *, machine: str = "resolve/") -> tuple[Judgement, ...]:
        """Return the live judgements by people: those whose author is not ``machine``."""
        return tuple(j for j in self.about(ids) if not j.author.startswith(machine))

    def unsure(self, limit: int = 100) -> tuple[Judgement, ...]:
        """Return live judgements that need an editor, the likeliest pairs first."""
        from sqlalchemy import select

        with self._access.reading() as connection:
            rows = connection.execute(
                select(judgements)
                .where(
                    judgements.c.opinion == Opinion.UNSURE.value, judgements.c.deleted_at.is_(None)
                )
                .order_by(judgements.c.score.desc(), judgements.c.id)
                .limit(limit)
            )
            return tuple(judgement_of(row) for row in rows)

    def _where(self, condition: Any, ids: Iterable[str]) -> tuple[Judgement, ...]:
        from sqlalchemy import or_, select

        found: dict[tuple[str, str], Judgement] = {}
        with self._access.reading() as connection:
            for some in chunks(ids):
                rows = connection.execute(
                    select(judgements).where(
                        or_(judgements.c.left_id.in_(some), judgements.c.right_id.in_(some)),
                        condition,
                    )
                )
                for row in rows:
                    found[(row.id, row.judged_at)] = judgement_of(row)
        return tuple(found[key] for key in sorted(found))


def judgement_of(row: Any) -> Judgement:
    """Return the model of a full row of ``judgements``."""
    return Judgement(
        left=row.left_id,
        right=row.right_id,
        opinion=Opinion(row.opinion),
        score=row.score,
        author=row.author,
        judged_at=time_of(row.judged_at),
        reason=row.reason,
        deleted_at=time_of(row.deleted_at) if row.deleted_at is not None else None,
    )


def _row_of(judgement: Judgement) -> dict[str, Any]:
    return {
        "id": judgement.id,
        "judged_at": time_text(judgement.judged_at),
        "left_id": judgement.left,
        "right_id": judgement.right,
        "opinion": judgement.opinion.value,
        "score": judgement.score,
        "author": judgement.author,
        "reason": judgement.reason,
        "deleted_at": time_text(judgement.deleted_at) if judgement.deleted_at else None,
    }
