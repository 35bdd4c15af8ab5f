"""Searches kept by name, and how far each was looked at. Rows are added; one is forgotten once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lodewire.errors import LedgerError
from lodewire.ledger.access import Access
from lodewire.ledger.codec import dumps, loads, time_of, time_text
from lodewire.ledger.schema import saved_searches, search_looks
from lodewire.ledger.search import SearchFilters

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """A search by its name. ``mark`` is the number of the last document that was looked at."""

    name: str
    query: str
    filters: SearchFilters
    saved_at: datetime
    looked_at: datetime
    mark: int


class SavedSearchStore:
    """Keeps searches and the looks at them."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def save(
        self, name: str, query: str, filters: SearchFilters, *, at: datetime, mark: int
    ) -> None:
        """Keep a search; what is there up to ``mark`` counts as looked at.

        Saving the same again changes nothing. Raises LedgerError where the name means another.
        """
        told = dumps(filters)
        with self._access.writing() as connection:
            there = self._row(connection, name)
            if there is not None and (there.query, there.filters) == (query, told):
                return
            if there is not None:
                raise LedgerError(
                    f"there is another saved search of the name {name!r}",
                    hint="forget it first (--forget), or choose another name",
                )
            row = {
                "name": name,
                "query": query,
                "filters": told,
                "saved_at": time_text(at),
                "forgotten_at": None,
            }
            connection.execute(saved_searches.insert(), [row])
            self._look(connection, self._row(connection, name).number, at, mark)

    def get(self, name: str) -> SavedSearch:
        """Return a saved search; raises LedgerError, naming those there are."""
        for found in self.all():
            if found.name == name:
                return found
        raise self._unknown(name)

    def all(self) -> tuple[SavedSearch, ...]:
        """Return the saved searches that are not forgotten, by name."""
        from sqlalchemy import func, select

        query = (
            select(
                saved_searches,
                func.max(search_looks.c.mark).label("mark"),
                func.max(search_looks.c.at).label("at"),
            )
            .join(search_looks, search_looks.c.search == saved_searches.c.number)
            .where(saved_searches.c.forgotten_at.is_(None))
            .group_by(*saved_searches.c)
            .order_by(saved_searches.c.name)
        )
        with self._access.reading() as connection:
            rows = connection.execute(query).all()
        return tuple(
            SavedSearch(
                name=row.name,
                query=row.query,
                filters=loads(SearchFilters, row.filters),
                saved_at=time_of(row.saved_at),
                looked_at=time_of(row.at),
                mark=row.mark,
            )
            for row in rows
        )

    def look(self, name: str, *, at: datetime, mark: int) -> None:
        """Note that everything up to document ``mark`` was looked at; never goes back."""
        with self._access.writing() as connection:
            row = self._row(connection, name)
            if row is None:
                raise self._unknown(name)
            self._look(connection, row.number, at, mark)

    def forget(self, name: str, *, at: datetime) -> None:
        """Forget a search; raises LedgerError when there is none."""
        with self._access.writing() as connection:
            row = self._row(connection, name)
            if row is None:
                raise self._unknown(name)
            connection.execute(
                saved_searches.update()
                .where(saved_searches.c.number == row.number)
                .values(forgotten_at=time_text(at))
            )

    def _look(self, connection: Connection, search: int, at: datetime, mark: int) -> None:
        row = {"search": search, "mark": mark, "at": time_text(at)}
        self._access.add_greater(connection, search_looks, "at", [row])

    def _row(self, connection: Connection, name: str) -> Any:
        from sqlalchemy import select

        return connection.execute(
            select(saved_searches).where(
                saved_searches.c.name == name, saved_searches.c.forgotten_at.is_(None)
            )
        ).first()

    def _unknown(self, name: str) -> LedgerError:
        names = ", ".join(repr(s.name) for s in self.all()[:10])
        return LedgerError(
            f"no search is saved as {name!r}",
            hint=f"there are {names}" if names else "lodewire search WORDS --save NAME keeps one",
        )
