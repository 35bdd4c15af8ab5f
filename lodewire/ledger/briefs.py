"""Briefs as they were composed, so that a past day can be shown again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from lodewire.ledger.access import Access, chunks
from lodewire.ledger.codec import dumps, loads, time_text
from lodewire.ledger.schema import brief_statements, briefs
from lodewire.model.brief import Brief
from lodewire.model.ids import BriefId, StatementId


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
            cited = [{"statement_id": id_, "brief_id": brief.id} for id_ in brief.statement_ids]
            self._access.add_new(connection, brief_statements, cited)

    def get(self, day: date) -> Brief | None:
        """Return the latest brief of a day; None where none was composed."""
        from sqlalchemy import select

        past = self._access.past
        query = (
            select(briefs.c.body)
            .where(briefs.c.day == day.isoformat())
            .order_by(briefs.c.composed_at.desc(), briefs.c.id)
        )
        with self._access.reading() as connection:
            for body in connection.scalars(query):
                brief = loads(Brief, body)
                # The column tells when it was composed last, the brief itself when first.
                if past is None or time_text(brief.composed_at) <= past:
                    return brief
        return None

    def by_id(self, id_: BriefId) -> Brief | None:
        """Return a brief as it was composed; None where it is not kept."""
        from sqlalchemy import select

        with self._access.reading() as connection:
            body = connection.scalar(select(briefs.c.body).where(briefs.c.id == id_))
        return None if body is None else loads(Brief, body)

    def of_day(self, day: date) -> tuple[Brief, ...]:
        """Return all briefs composed for a day, in the order of their composition."""
        from sqlalchemy import select

        with self._access.reading() as connection:
            bodies = connection.scalars(
                select(briefs.c.body).where(briefs.c.day == day.isoformat())
            )
            found = [loads(Brief, body) for body in bodies]
        return tuple(sorted(found, key=lambda b: (b.composed_at, b.id)))

    def citing(self, ids: Iterable[StatementId]) -> tuple[Brief, ...]:
        """Return the briefs that print or quote any of the statements, by day and composition."""
        from sqlalchemy import select

        wanted: set[str] = set()
        found: list[Brief] = []
        with self._access.reading() as connection:
            for some in chunks(ids):
                wanted.update(
                    connection.scalars(
                        select(brief_statements.c.brief_id).where(
                            brief_statements.c.statement_id.in_(some)
                        )
                    )
                )
            for some in chunks(sorted(wanted)):
                bodies = connection.scalars(select(briefs.c.body).where(briefs.c.id.in_(some)))
                found += [loads(Brief, body) for body in bodies]
        return tuple(sorted(found, key=lambda b: (b.day, b.composed_at, b.id)))

    def days(self) -> tuple[date, ...]:
        """Return the days that have a brief, latest first."""
        from sqlalchemy import select

        with self._access.reading() as connection:
            days = connection.scalars(
                select(briefs.c.day).distinct().order_by(briefs.c.day.desc())
            ).all()
        found = [date.fromisoformat(day) for day in days]
        if self._access.past is None:
            return tuple(found)
        return tuple(day for day in found if self.get(day) is not None)
