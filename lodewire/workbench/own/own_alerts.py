"""Which events were alerted: each once for every status it comes to, whoever asks and how often.

The claim on an alert is one row of a small database beside the tables, taken in one transaction
before anything is printed: two runs at once share the alerts out, and a run that is killed leaves
them in the log (`lodewire own alerts --told`).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from lodewire.errors import HoldingError
from lodewire.model.event import Event
from lodewire.model.holding import OwnScore
from lodewire.model.ids import EventId
from lodewire.model.vocabulary import Status
from lodewire.workbench.own.own_store import make_folder

_FILE = "alerts.db"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS told (
    event TEXT NOT NULL, status TEXT NOT NULL, at TEXT NOT NULL, score TEXT NOT NULL,
    reason TEXT NOT NULL, PRIMARY KEY (event, status)
);
CREATE TABLE IF NOT EXISTS runs (day TEXT NOT NULL);
"""
_STEPS = (
    Status.REPORTED,
    Status.RUMOURED,
    Status.PROPOSED,
    Status.AGREED,
    Status.IN_FORCE,
    Status.COMPLETED,
)
_WAIT_SECONDS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """An alert as it was told; ``was`` is the status at which the event was alerted before."""

    event_id: str
    status: str
    at: datetime
    score: Decimal
    reason: str
    was: str = ""


class AlertLog:
    """The alerts of one desk; ``current`` follows an event that was merged into another."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def last_run(self) -> date | None:
        """Return the day of the latest run, None before the first."""
        if not (self._folder / _FILE).exists():
            return None
        with self._open() as db:
            row = db.execute("SELECT max(day) FROM runs").fetchone()
        return date.fromisoformat(row[0]) if row and row[0] else None

    def told(self) -> tuple[Alert, ...]:
        """Return every alert that was claimed, the oldest first."""
        if not (self._folder / _FILE).exists():
            return ()
        with self._open() as db:
            rows = db.execute(
                "SELECT event, status, at, score, reason FROM told ORDER BY at, event"
            )
            return tuple(
                Alert(
                    event_id=event,
                    status=status,
                    at=datetime.fromisoformat(at),
                    score=Decimal(score),
                    reason=reason,
                )
                for event, status, at, score, reason in rows
            )

    def new_of(
        self, found: Iterable[tuple[Event, OwnScore]], before: dict[EventId, set[str]]
    ) -> list[tuple[Event, OwnScore, str]]:
        """Return the alerts that are due, with the status told before; ``before`` by event."""
        due = []
        for event, score in found:
            statuses = before.get(event.id, set())
            if not statuses or _went_on(event.status, statuses):
                due.append((event, score, _latest(statuses)))
        return due

    def claim(
        self, due: Sequence[tuple[Event, OwnScore, str]], *, now: datetime, day: date
    ) -> tuple[Alert, ...]:
        """Write the alerts down and return those that no other run had claimed."""
        make_folder(self._folder)
        claimed: list[Alert] = []
        with self._open(create=True) as db:
            db.execute("BEGIN IMMEDIATE")
            for event, score, was in due:
                row = (
                    event.id,
                    event.status.value,
                    now.isoformat(),
                    str(score.score),
                    score.reason,
                )
                taken = db.execute("INSERT OR IGNORE INTO told VALUES (?, ?, ?, ?, ?)", row)
                if taken.rowcount == 1:
                    claimed.append(
                        Alert(
                            event_id=event.id,
                            status=event.status.value,
                            at=now,
                            score=score.score,
                            reason=score.reason,
                            was=was,
                        )
                    )
            db.execute("INSERT INTO runs VALUES (?)", (day.isoformat(),))
            db.execute("COMMIT")
        return tuple(claimed)

    @contextmanager
    def _open(self, *, create: bool = False) -> Iterator[sqlite3.Connection]:
        file = self._folder / _FILE
        try:
            if create:
                os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))  # private from the start
            with closing(sqlite3.connect(file, timeout=_WAIT_SECONDS, isolation_level=None)) as db:
                db.executescript(_SCHEMA)
                yield db
        except (sqlite3.Error, OSError) as error:
            raise HoldingError(
                f"{file}: the log of alerts cannot be used: {error}",
                hint="check its permissions; a damaged log can be moved away",
            ) from error


def _went_on(status: Status, told: set[str]) -> bool:
    if status.value in told:
        return False
    if status not in _STEPS:
        return True  # suspended or ended
    return all(
        Status(t) not in _STEPS or _STEPS.index(Status(t)) < _STEPS.index(status) for t in told
    )


def _latest(told: set[str]) -> str:
    known = [s.value for s in _STEPS if s.value in told]
    return known[-1] if known else next(iter(sorted(told)), "")
