"""Quarantine: what a stage could not take, set aside with the reason, so that the run goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lodewire.errors import LodewireError
from lodewire.ledger import work
from lodewire.ledger.access import Access
from lodewire.ledger.codec import time_of, time_text
from lodewire.ledger.schema import quarantine
from lodewire.ledger.work import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantineNote:
    """Why a capture (stage read) or a document (later stages) was set aside."""

    stage: Stage
    subject: str
    kind: str
    message: str
    hint: str | None
    at: datetime


class QuarantineStore:
    """Sets subjects aside and takes them back in."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, subject: str, stage: Stage | str, error: Exception, *, at: datetime) -> None:
        """Set ``subject`` aside at ``stage``: its work is taken away, the reason kept."""
        stage = Stage(stage)
        row = {
            "stage": stage.value,
            "subject": subject,
            "kind": type(error).__name__,
            "message": storable(str(error)),
            "hint": error.hint if isinstance(error, LodewireError) else None,
            "at": time_text(at),
        }
        with self._access.writing(beside=True) as connection:
            row["position"] = work.position_of(connection, stage, subject) or subject
            self._access.put(connection, quarantine, ("kind", "message", "hint", "at"), [row])
            work.finish(connection, stage, [subject])

    def notes(self, stage: Stage | str | None = None) -> tuple[QuarantineNote, ...]:
        """Return what is set aside, by stage and subject."""
        from sqlalchemy import select

        query = select(quarantine).order_by(quarantine.c.stage, quarantine.c.subject)
        if stage is not None:
            query = query.where(quarantine.c.stage == Stage(stage).value)
        with self._access.reading() as connection:
            return tuple(
                QuarantineNote(
                    stage=Stage(row.stage),
                    subject=row.subject,
                    kind=row.kind,
                    message=row.message,
                    hint=row.hint,
                    at=time_of(row.at),
                )
                for row in connection.execute(query)
            )

    def retry(self, stage: Stage | str | None = None) -> int:
        """Queue again what is set aside (of one stage, or all); returns how many."""
        from sqlalchemy import select

        query = select(quarantine.c.stage, quarantine.c.subject, quarantine.c.position)
        gone = quarantine.delete()
        if stage is not None:
            ours = quarantine.c.stage == Stage(stage).value
            query, gone = query.where(ours), gone.where(ours)
        with self._access.writing() as connection:
            rows = connection.execute(query).all()
            for row in rows:
                work.enqueue(
                    self._access, connection, Stage(row.stage), [(row.subject, row.position)]
                )
            connection.execute(gone)
            return len(rows)


def storable(message: str) -> str:
    """Return a message that any engine keeps: it may quote the bytes that caused it."""
    return message.encode("utf-8", "backslashreplace").decode("utf-8").replace("\x00", "\\x00")
