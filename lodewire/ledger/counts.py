"""What was used up, how often doors were tried, what was asked, and who did what."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from lodewire.ledger.access import Access
from lodewire.ledger.account_tables import attempts, audit, challenges, meter
from lodewire.ledger.codec import time_of, time_text
from lodewire.model.account import AuditLine

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table


class CountStore:
    """Counts, challenges and the audit log. Each step is one transaction: none counts twice."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def spend(self, owner: str, period: str, subject: str, most: int) -> bool:
        """Use one of ``most`` up in a period; False, and nothing used, where none is left."""
        with self._access.writing() as connection:
            if sum(self._used(connection, owner, period).values()) >= most:
                return False
            self._count(connection, owner, period, subject)
        return True

    def open_once(self, owner: str, period: str, subject: str, most: int) -> bool:
        """As :meth:`spend`, but the same subject counts once however often it is opened."""
        with self._access.writing() as connection:
            used = self._used(connection, owner, period)
            if subject in used:
                return True
            if len(used) >= most:
                return False
            self._count(connection, owner, period, subject)
        return True

    def used(self, owner: str, period: str) -> dict[str, int]:
        """Return what was used in a period, by subject."""
        with self._access.reading() as connection:
            return self._used(connection, owner, period)

    def _used(self, connection: Connection, owner: str, period: str) -> dict[str, int]:
        from sqlalchemy import select

        query = select(meter.c.subject, meter.c.used).where(
            meter.c.owner == owner, meter.c.period == period
        )
        return {row.subject: row.used for row in connection.execute(query)}

    def _count(self, connection: Connection, owner: str, period: str, subject: str) -> None:
        here = (meter.c.owner == owner, meter.c.period == period, meter.c.subject == subject)
        done = connection.execute(meter.update().where(*here).values(used=meter.c.used + 1))
        if not done.rowcount:
            row = {"owner": owner, "period": period, "subject": subject, "used": 1}
            connection.execute(meter.insert(), [row])

    def attempt(self, door: str, key: str, since: datetime) -> int:
        """Count one more try at a door in the window that began at ``since``; returns how many."""
        from sqlalchemy import select

        told = time_text(since)
        here = (attempts.c.door == door, attempts.c.key == key, attempts.c.since == told)
        with self._access.writing() as connection:
            done = connection.execute(
                attempts.update().where(*here).values(tries=attempts.c.tries + 1)
            )
            if not done.rowcount:
                row = {"door": door, "key": key, "since": told, "tries": 1}
                connection.execute(attempts.insert(), [row])
            return connection.scalar(select(attempts.c.tries).where(*here)) or 1

    def attempts(self, door: str, key: str, since: datetime) -> int:
        """Return how often a door was tried in the window that began at ``since``."""
        from sqlalchemy import select

        query = select(attempts.c.tries).where(
            attempts.c.door == door, attempts.c.key == key, attempts.c.since == time_text(since)
        )
        with self._access.reading() as connection:
            return connection.scalar(query) or 0

    def ask(self, key: str, purpose: str, body: str, *, ends_at: datetime) -> None:
        """Keep a challenge until it is answered."""
        row = {"key": key, "purpose": purpose, "body": body, "ends_at": time_text(ends_at)}
        with self._access.writing() as connection:
            connection.execute(challenges.insert(), [row])

    def answer(self, key: str, purpose: str, *, now: datetime) -> str | None:
        """Take a challenge away and return its body; None where there is none, or it ended."""
        from sqlalchemy import select

        here = (challenges.c.key == key, challenges.c.purpose == purpose)
        with self._access.writing() as connection:
            row = connection.execute(select(challenges).where(*here)).first()
            connection.execute(challenges.delete().where(*here))
        return None if row is None or time_of(row.ends_at) <= now else str(row.body)

    def sweep(self, *, before: datetime) -> None:
        """Delete challenges and windows of tries that lie before a moment."""
        told = time_text(before)
        with self._access.writing() as connection:
            for table, column in ((challenges, "ends_at"), (attempts, "since")):
                _sweep(connection, table, column, told)

    def note(self, line: AuditLine) -> None:
        """Add a line to the audit log."""
        row = {
            "at": time_text(line.at),
            "actor": line.actor,
            "action": line.action,
            "subject": line.subject,
            "detail": line.detail,
        }
        with self._access.writing() as connection:
            connection.execute(audit.insert(), [row])

    def audit(
        self,
        subject: str = "",
        *,
        acts: str = "",
        since: datetime | None = None,
        limit: int = 100,
    ) -> tuple[AuditLine, ...]:
        """Return lines of the audit log, the latest first; of one subject or actor, or of all.

        ``acts`` keeps acts that begin with these words, ``since`` those from a moment on.
        """
        from sqlalchemy import or_, select

        query = select(audit).order_by(audit.c.number.desc()).limit(limit)
        if subject:
            query = query.where(or_(audit.c.subject == subject, audit.c.actor == subject))
        if acts:
            query = query.where(audit.c.action.startswith(acts, autoescape=True))
        if since is not None:
            query = query.where(audit.c.at >= time_text(since))
        with self._access.reading() as connection:
            return tuple(
                AuditLine(
                    at=time_of(row.at),
                    actor=row.actor,
                    action=row.action,
                    subject=row.subject,
                    detail=row.detail,
                )
                for row in connection.execute(query)
            )


def _sweep(connection: Connection, table: Table, column: str, told: str) -> None:
    connection.execute(table.delete().where(table.c[column] < told))
