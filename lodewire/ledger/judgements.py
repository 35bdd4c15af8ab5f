"""Judgements: decisions that two things are the same or not; deleted softly, never erased."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lodewire.ledger.access import Access, chunks
from lodewire.ledger.codec import time_of, time_text
from lodewire.ledger.past import keep_moves, standing_judgements
from lodewire.ledger.schema import judgement_moves, judgements
from lodewire.model.ids import JudgementId
from lodewire.model.statement import Judgement
from lodewire.model.vocabulary import Opinion

if TYPE_CHECKING:
    from sqlalchemy import Connection


def add_judgements(
    access: Access,
    connection: Connection,
    found: Sequence[Judgement],
    *,
    at: datetime | None = None,
) -> None:
    """Add judgements; an earlier live one of the same pair and author is softly deleted.

    A judgement that is live and unchanged stays; one that was deleted and is made again at the
    same time lives again. ``at`` is the moment of the change, the judgement's own by default.
    """
    if not found:
        return
    there = _rows_there(connection, [j.id for j in found])
    for judgement in found:
        own = time_text(judgement.judged_at)
        moment = max(own, time_text(at)) if at is not None else own
        rows = there.get(judgement.id, [])
        others = [r for r in rows if r.deleted_at is None and r.judged_at != own]
        end_judgements(access, connection, others, at=own, moved=moment)
        _keep_before(access, connection, judgement, rows, moment)
    access.put(
        connection,
        judgements,
        ("opinion", "score", "reason", "deleted_at"),
        [_row_of(j) for j in found],
    )


def end_judgements(
    access: Access, connection: Connection, rows: Sequence[Any], *, at: str, moved: str = ""
) -> None:
    """Softly delete live rows at a time; ``moved`` is when that was known, ``at`` by default."""
    for row in rows:
        keep_moves(access, connection, judgement_moves, [_stood(row)], at=max(at, moved))
        connection.execute(
            judgements.update()
            .where(judgements.c.id == row.id, judgements.c.judged_at == row.judged_at)
            .values(deleted_at=at)
        )


def _rows_there(connection: Connection, ids: Iterable[str]) -> dict[str, list[Any]]:
    from sqlalchemy import select

    found: dict[str, list[Any]] = {}
    for some in chunks(ids):
        for row in connection.execute(select(judgements).where(judgements.c.id.in_(some))):
            found.setdefault(row.id, []).append(row)
    return found


def _keep_before(
    access: Access, connection: Connection, new: Judgement, rows: Sequence[Any], moment: str
) -> None:
    """Keep how the judgement stood before it is written anew; nothing where it stays the same."""
    own = time_text(new.judged_at)
    kept = next((r for r in rows if r.judged_at == own), None)
    before = {"id": new.id, "judged_at": own, "opinion": None, "score": None, "reason": None}
    if kept is None:
        if moment == own:
            return
    elif kept.deleted_at is None:
        if (kept.opinion, kept.score, kept.reason) == (new.opinion.value, new.score, new.reason):
            return
        before = _stood(kept)
    keep_moves(access, connection, judgement_moves, [before], at=moment)


def _stood(row: Any) -> dict[str, Any]:
    names = ("id", "judged_at", "opinion", "score", "reason")
    return {name: getattr(row, name) for name in names}


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
            there = _rows_there(connection, ids)
            live = [row for rows in there.values() for row in rows if row.deleted_at is None]
            end_judgements(self._access, connection, live, at=time_text(at))

    def about(self, ids: Iterable[str]) -> tuple[Judgement, ...]:
        """Return the live judgements that name any of ``ids``, by pair and author."""
        return self._where(standing_judgements(self._access.past), ids)

    def history(self, ids: Iterable[str]) -> tuple[Judgement, ...]:
        """Return all judgements that name any of ``ids``, deleted ones too, oldest first."""
        from sqlalchemy import select

        query = select(judgements)
        if self._access.past is not None:
            query = query.where(judgements.c.judged_at <= self._access.past)
        found = self._where(query, ids)
        return tuple(sorted(found, key=lambda j: (j.judged_at, j.id)))

    def rulings(self, ids: Iterable[str], *, machine: str = "resolve/") -> tuple[Judgement, ...]:
        """Return the live judgements by people: those whose author is not ``machine``."""
        return tuple(j for j in self.about(ids) if not j.author.startswith(machine))

    def unsure(self, limit: int = 100) -> tuple[Judgement, ...]:
        """Return live judgements that need an editor, the likeliest pairs first."""
        from sqlalchemy import select

        stood = standing_judgements(self._access.past).subquery("stood")
        with self._access.reading() as connection:
            rows = connection.execute(
                select(stood)
                .where(stood.c.opinion == Opinion.UNSURE.value)
                .order_by(stood.c.score.desc(), stood.c.id)
                .limit(limit)
            )
            return tuple(judgement_of(row) for row in rows)

    def _where(self, query: Any, ids: Iterable[str]) -> tuple[Judgement, ...]:
        from sqlalchemy import or_

        found: dict[tuple[str, str], Judgement] = {}
        with self._access.reading() as connection:
            for some in chunks(ids):
                rows = connection.execute(
                    query.where(
                        or_(judgements.c.left_id.in_(some), judgements.c.right_id.in_(some))
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
