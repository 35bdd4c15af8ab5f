"""What the ledger asks of a database engine beyond plain SQL; one module per engine.

Everything else in this package is SQLAlchemy Core that every engine understands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from lodewire.errors import LedgerError

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


class Backend(Protocol):
    """One engine: how to connect, insert without doubling, search and check it."""

    where: str

    def engine(self) -> Engine:
        """Return a new engine, ready to use."""

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

    def problems(self, connection: Connection) -> tuple[str, ...]:
        """Return what the engine's own check finds wrong; empty when sound."""


def backend_of(place: str) -> Backend:
    """Return the backend of a path or URL; raises LedgerError for an engine not supported."""
    if place.startswith(("postgresql:", "postgresql+", "postgres:")):
        raise LedgerError(
            "this version of Lodewire keeps its ledger in SQLite only",
            hint="give the path of a file, for example desk/ledger.db",
        )
    from lodewire.ledger.sqlite import SqliteBackend

    return SqliteBackend(place)
