"""What editors did to the briefs of days, in the order in which they did it."""

from __future__ import annotations

from datetime import date

from lodewire.ledger.access import Access
from lodewire.ledger.codec import dumps, loads, time_text
from lodewire.ledger.edition_tables import brief_edits
from lodewire.model.edition import BriefEdit


class EditionStore:
    """Adds edits of briefs and returns those of a day; none is ever changed or taken away."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, edit: BriefEdit) -> None:
        """Add an edit; adding it again changes nothing."""
        row = {
            "id": edit.id,
            "day": edit.day.isoformat(),
            "kind": edit.kind.value,
            "author": edit.author,
            "at": time_text(edit.at),
            "body": dumps(edit),
        }
        with self._access.writing() as connection:
            self._access.add_new(connection, brief_edits, [row])

    def of_day(self, day: date) -> tuple[BriefEdit, ...]:
        """Return the edits of a day's brief, oldest first; of the past those made by then."""
        from sqlalchemy import select

        query = (
            select(brief_edits.c.body)
            .where(brief_edits.c.day == day.isoformat())
            .order_by(brief_edits.c.at, brief_edits.c.id)
        )
        if self._access.past is not None:
            query = query.where(brief_edits.c.at <= self._access.past)
        with self._access.reading() as connection:
            return tuple(loads(BriefEdit, body) for body in connection.scalars(query))
