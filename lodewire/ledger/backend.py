"""What the ledger asks of a database engine beyond plain SQL; one module per engine.

Everything else in this package is SQLAlchemy Core that every engine understands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Engine, Select, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchTerms:
    """A query taken apart: what must and what must not occur.

    A term is a tuple of words in a row (one word, or a phrase); ``prefix`` terms end in a word
    that may go on ("alumin*").
    """

    wanted: tuple[tuple[tuple[str, ...], bool], ...] = ()
    unwanted: tuple[tuple[tuple[str, ...], bool], ...] = ()


#: Marks around the words found, in snippets; they never occur in clean text.
MARK_START, MARK_END = "\x02", "\x03"


#: Returns the first row of a query for named values, None where there is none.
Glance = Callable[[Mapping[str, Any]], Sequence[Any] | None]


class Backend(Protocol):
    """One engine: how to connect, insert without doubling, search and check it."""

    where: str
    #: Whether :meth:`problems` needs a transaction that may write.
    check_writes: bool

    def engine(self) -> Engine:
        """Return a new engine, ready to use."""

    def glance(self, engine: Engine, query: str) -> AbstractContextManager[Glance]:
        """Yield a query that is run again and again, each time on what is committed by then."""

    def prepare_new(self) -> None:
        """Do what a new store needs before its first table; harmless when repeated."""

    def exists(self) -> bool:
        """Tell whether the store is there at all."""

    def insert_new(self, table: Table) -> Any:
        """Return an INSERT that leaves rows alone whose key is there already."""

    def insert_or_raise(self, table: Table, column: str) -> Any:
        """Return an INSERT that, where the key is there, keeps the greater ``column``."""

    def insert_or_replace(self, table: Table, columns: Sequence[str]) -> Any:
        """Return an INSERT that, where the key is there, sets ``columns`` anew."""

    def full_text_ddl(self) -> tuple[str, ...]:
        """Return the statements that create the full-text index over documents."""

    def full_text(
        self, terms: SearchTerms
    ) -> tuple[ColumnElement[bool], ColumnElement[Any], ColumnElement[str], Any]:
        """Return (condition, rank: lower is better, snippet, from-clause) for ``terms``."""

    def without(self, terms: SearchTerms) -> Select[Any]:
        """Return the numbers of documents that hold any unwanted term."""

    def snippet(self, title: str | None, snippet: str, terms: SearchTerms) -> str:
        """Return the snippet with its marks, from what :meth:`full_text` gave for it."""

    def index(self, connection: Connection, told: Sequence[Mapping[str, Any]]) -> None:
        """Put documents just added (id, title, text) into the full-text index."""

    def holders(
        self, connection: Connection, keys: Sequence[int], days: tuple[int, int], most: int
    ) -> Mapping[int, Sequence[int]]:
        """Return by key the numbers of documents that hold it in their signatures on these days.

        ``days`` are the first and the last, as ordinals. Of each key at most ``most`` documents a
        period, the earliest: what costs nothing where a key is rare must not cost much where a
        thousand hold it.
        """

    def add_keys(self, connection: Connection, rows: Sequence[tuple[int, int, int, int]]) -> None:
        """Add (period, key, day, number) to the keys of signatures; those that are there stay."""

    def take_turn(self, connection: Connection) -> None:
        """Wait until no other transaction has its turn; it lasts until this one ends."""

    def hold_still(self, connection: Connection) -> None:
        """Keep every other writer out until this transaction ends."""

    def settle(self, connection: Connection) -> None:
        """Do what the engine's tables need after a migration; harmless when repeated."""

    def load(self, connection: Connection, table: Table, rows: Sequence[Sequence[Any]]) -> None:
        """Add whole rows, values in the order of the table's columns, as fast as may be."""

    def loaded(self, connection: Connection) -> None:
        """Do what is due after all rows of all tables were loaded."""

    def snapshot(self, file: Path, told: Callable[[int, int], None]) -> bool:
        """Copy the store, as it is at one moment, into a new SQLite file beside writers at work.

        Tells (pages done, pages in all). False where the engine has no such means.
        """

    def problems(self, connection: Connection) -> tuple[str, ...]:
        """Return what the engine's own check finds wrong; empty when sound."""


def is_postgres(place: str) -> bool:
    """Tell whether a place is the address of a PostgreSQL database."""
    return place.startswith(("postgresql:", "postgresql+", "postgres:"))


def or_replace(new: Any, table: Table, columns: Sequence[str]) -> Any:
    """Return an engine's INSERT that, where the key is there, sets ``columns`` as offered."""
    return new.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={name: new.excluded[name] for name in columns},
    )


def backend_of(place: str) -> Backend:
    """Return the backend of a path or URL; raises LedgerError for an engine not supported."""
    if is_postgres(place):
        from lodewire.ledger.postgres import PostgresBackend

        return PostgresBackend(place)
    from lodewire.ledger.sqlite import SqliteBackend

    return SqliteBackend(place)
