"""Briefs as they were composed, so that a past day can be shown again."""

from __future__ import annotations

from datetime import date

from lodewire.ledger.access import Access
from lodewire.ledger.codec import dumps, loads, time_text
from lodewire.ledger.schema import briefs
from lodewire.model.brief import Brief


class BriefStore:
    """Keeps every brief; the same sentences of the same day are one brief."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, brief: Brief) -> None:
        """Keep a brief; composed again with the same sentences, it is the latest of its day."""
        row = {
            "id": brief.id,
            "day": brief.day.isoformat(),
            "composed_at": time_text(brief.composed_at),
            "body": dumps(brief),
        }
        with self._access.writing() as connection:
            self._access.add_greater(connection, briefs, "composed_at", [row])

    def get(self, day: date) -> Brief | None:
        """Return the latest brief of a day; None where none was composed."""
        from sqlalchemy import select

        with self._access.reading() as connection:
            body = connection.scalar(
                select(briefs.c.body)
                .where(briefs.c.day == day.isoformat())
                .order_by(briefs.c.composed_at.desc(), briefs.c.id)
                .limit(1)
            )
        return None if body is None else loads(Brief, body)

    def days(self) -> tuple[date, ...]:
        """Return the days that have a brief, latest first."""
        from sqlalchemy import select

        with self._access.reading() as connection:
            days = connection.scalars(
                select(briefs.c.day).distinct().order_by(briefs.c.day.desc())
            ).all()
        return tuple(date.fromisoformat(day) for day in days)
