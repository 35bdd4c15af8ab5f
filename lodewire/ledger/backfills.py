"""Backfills: how far each archive is read.

The mark moves in the transaction that keeps the pages.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lodewire.ledger.access import Access
from lodewire.ledger.backfill_tables import backfill_notes, backfills
from lodewire.ledger.codec import canonical, time_of, time_text
from lodewire.ledger.quarantine import storable


@dataclass(frozen=True, slots=True, kw_only=True)
class BackfillNote:
    """Why something in an archive was not read: ``mark`` tells where it lies."""

    mark: str
    kind: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BackfillState:
    """How far a place is read; ``counts`` of pages by what became of them, over all runs."""

    place: str
    fingerprint: str
    total: int
    started_at: datetime
    mark: str = ""
    done: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    ended_at: datetime | None = None


class BackfillStore:
    """Keeps how far places are read."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def state(self, place: str) -> BackfillState | None:
        """Return how far ``place`` is read; None before its first run."""
        return next((s for s in self.states() if s.place == place), None)

    def states(self) -> tuple[BackfillState, ...]:
        """Return all places, the latest begun last."""
        from sqlalchemy import select

        query = select(backfills).order_by(backfills.c.started_at, backfills.c.place)
        with self._access.reading() as connection:
            return tuple(_state_of(row) for row in connection.execute(query))

    def put(
        self, state: BackfillState, notes: Iterable[BackfillNote] = (), *, at: datetime
    ) -> None:
        """Keep how far a place is read, and what could not be."""
        row = {
            "place": state.place,
            "fingerprint": state.fingerprint,
            "mark": state.mark,
            "done": state.done,
            "total": state.total,
            "counts": canonical(dict(state.counts)),
            "started_at": time_text(state.started_at),
            "ended_at": time_text(state.ended_at) if state.ended_at else None,
        }
        rows = [
            {
                "place": state.place,
                "mark": storable(note.mark),
                "kind": note.kind,
                "message": storable(note.message),
                "at": time_text(at),
            }
            for note in notes
        ]
        columns = [name for name in row if name != "place"]
        with self._access.writing(beside=True) as connection:
            self._access.put(connection, backfills, columns, [row])
            self._access.put(connection, backfill_notes, ("kind", "message", "at"), rows)

    def notes(self, place: str | None = None, *, limit: int = 1_000) -> tuple[BackfillNote, ...]:
        """Return what could not be read, of one place or all, in order of place and mark."""
        from sqlalchemy import select

        query = select(backfill_notes).order_by(backfill_notes.c.place, backfill_notes.c.mark)
        if place is not None:
            query = query.where(backfill_notes.c.place == place)
        with self._access.reading() as connection:
            return tuple(
                BackfillNote(mark=row.mark, kind=row.kind, message=row.message)
                for row in connection.execute(query.limit(limit))
            )

    def counted(self) -> Counter[str]:
        """Return pages by what became of them, over all places."""
        counts: Counter[str] = Counter()
        for state in self.states():
            counts.update(state.counts)
        return counts


def _state_of(row: Any) -> BackfillState:
    return BackfillState(
        place=row.place,
        fingerprint=row.fingerprint,
        mark=row.mark,
        done=row.done,
        total=row.total,
        counts=json.loads(row.counts),
        started_at=time_of(row.started_at),
        ended_at=time_of(row.ended_at) if row.ended_at else None,
    )
