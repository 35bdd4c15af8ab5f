"""SQLite: the default engine. All SQL that only SQLite knows stands here.

WAL lets readers go on while one process writes. ``synchronous=NORMAL`` syncs at checkpoints, not
at each commit: a killed process (SIGKILL) loses nothing that was committed, since the pages are
already with the operating system; a power cut may lose the last commits but never corrupts, and
every step can be run again (docs/decisions/0004).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lodewire.errors import LedgerError
from lodewire.ledger.backend import MARK_END, MARK_START, Glance, SearchTerms, or_replace
from lodewire.ledger.faults import ledger_error, told_plainly
from lodewire.ledger.schema import PERIOD

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Engine, Select, Table

_BUSY_MS = 10_000
_SNIPPET_WORDS = 24
_PAGES = 4_096  # copied between two tellings of progress
_PRAGMAS = (
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={_BUSY_MS}",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-131072",
    # A page that many transactions touch goes from the log into the file once, not each time.
    "PRAGMA wal_autocheckpoint=16384",
    "PRAGMA journal_size_limit=67108864",
)

# Triggers keep the index in step with the table, whoever writes it.
_FULL_TEXT = (
    """CREATE VIRTUAL TABLE documents_text USING fts5(
         title, text, content='documents', content_rowid='number',
         tokenize="unicode61 remove_diacritics 2")""",
    """CREATE TRIGGER documents_text_added AFTER INSERT ON documents BEGIN
         INSERT INTO documents_text(rowid, title, text)
         VALUES (new.number, new.title, new.text);
       END""",
    """CREATE TRIGGER documents_text_gone AFTER DELETE ON documents BEGIN
         INSERT INTO documents_text(documents_text, rowid, title, text)
         VALUES ('delete', old.number, old.title, old.text);
       END""",
)


_HOLDERS = """SELECT number FROM signature_keys
    WHERE period = ? AND key = ? AND day BETWEEN ? AND ? ORDER BY day, number LIMIT ?"""

_ADD_KEYS = """INSERT INTO signature_keys (period, key, day, number) VALUES (?, ?, ?, ?)
    ON CONFLICT DO NOTHING"""


class SqliteBackend:
    """One file, or ``:memory:`` for a ledger that ends with the process."""

    check_writes = True  # FTS5 checks itself by an INSERT

    def __init__(self, place: str, *, busy_ms: int = _BUSY_MS) -> None:
        from sqlalchemy.engine import make_url

        self._url = make_url(place if "://" in place else f"sqlite:///{place}")
        if self._url.get_backend_name() != "sqlite":
            raise LedgerError(
                f"{self._url.get_backend_name()} is no engine that Lodewire knows",
                hint="give the path of a file, for example desk/ledger.db",
            )
        self._file = self._url.database or ":memory:"
        self._busy_ms = busy_ms
        self.where = self._file

    @property
    def _in_memory(self) -> bool:
        return self._file == ":memory:"

    def exists(self) -> bool:
        """Tell whether the file is there."""
        if self._in_memory:
            return True
        name = self._file.removeprefix("file:").split("?")[0]
        return Path(name).exists()

    @contextmanager
    def glance(self, engine: Engine, query: str) -> Iterator[Glance]:
        """Ask the driver itself: outside a transaction each query sees the present."""
        held = engine.raw_connection()
        driver: Any = held.driver_connection

        def look(values: Mapping[str, Any]) -> Sequence[Any] | None:
            # All rows are fetched, or the statement would go on holding its view of the file.
            rows = driver.execute(query, values).fetchall()
            return rows[0] if rows else None

        try:
            yield look
        finally:
            held.close()

    def prepare_new(self) -> None:
        """Make the folder and switch the file to WAL, which stays with the file."""
        if self._in_memory or self._file.startswith("file:"):
            return
        try:
            Path(self._file).parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self._file, timeout=self._busy_ms / 1000)
            try:
                connection.execute("PRAGMA journal_mode=WAL")
            finally:
                connection.close()
        except sqlite3.DatabaseError as error:
            raise ledger_error(self.where, str(error)) from error
        except OSError as error:
            raise LedgerError(
                f"{self.where}: the ledger file cannot be created ({error})",
                hint="check that the folder may be written and is on a local disk",
            ) from error

    def engine(self) -> Engine:
        """Return an engine whose transactions begin as told: IMMEDIATE to write."""
        from sqlalchemy import create_engine, event
        from sqlalchemy.pool import StaticPool

        extra: dict[str, Any] = {"poolclass": StaticPool} if self._in_memory else {}
        engine = create_engine(
            self._url,
            connect_args={"check_same_thread": False, "timeout": self._busy_ms / 1000},
            **extra,
        )
        event.listen(engine, "connect", self._on_connect)
        event.listen(engine, "begin", _on_begin)
        return engine

    def _on_connect(self, connection: Any, _: object) -> None:
        # The driver must not open or close transactions on its own: DDL would slip out of them.
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        connection.execute(f"PRAGMA busy_timeout={self._busy_ms}")

    def insert_new(self, table: Table) -> Any:
        """INSERT ... ON CONFLICT DO NOTHING."""
        from sqlalchemy.dialects.sqlite import insert

        return insert(table).on_conflict_do_nothing()

    def insert_or_raise(self, table: Table, column: str) -> Any:
        """INSERT ... ON CONFLICT DO UPDATE SET column = the greater of both; any beats none."""
        from sqlalchemy import case, or_
        from sqlalchemy.dialects.sqlite import insert

        new = insert(table)
        offered, kept = new.excluded[column], table.c[column]
        return new.on_conflict_do_update(
            index_elements=list(table.primary_key.columns),
            set_={column: case((or_(kept.is_(None), offered > kept), offered), else_=kept)},
        )

    def insert_or_replace(self, table: Table, columns: Sequence[str]) -> Any:
        """INSERT ... ON CONFLICT DO UPDATE SET columns = those offered."""
        from sqlalchemy.dialects.sqlite import insert

        return or_replace(insert(table), table, columns)

    def full_text_ddl(self) -> tuple[str, ...]:
        """FTS5 over title and text, with the documents table as its content."""
        return _FULL_TEXT

    def full_text(
        self, terms: SearchTerms
    ) -> tuple[ColumnElement[bool], ColumnElement[Any], ColumnElement[str], Any]:
        """Match wanted terms; bm25 weighs a hit in the title five times."""
        from sqlalchemy import column, func, literal, literal_column, table

        index = table("documents_text", column("rowid"))
        name: ColumnElement[Any] = literal_column("documents_text")
        condition = name.op("MATCH")(literal(_fts5(terms.wanted, " AND ")))
        rank = func.bm25(name, 5.0, 1.0)
        snippet = func.snippet(name, -1, MARK_START, MARK_END, "…", _SNIPPET_WORDS)
        return condition, rank, snippet, index

    def without(self, terms: SearchTerms) -> Select[Any]:
        """Rows that hold an unwanted term."""
        from sqlalchemy import column, literal, literal_column, select, table

        index = table("documents_text", column("rowid"))
        name: ColumnElement[Any] = literal_column("documents_text")
        return select(index.c.rowid).where(name.op("MATCH")(literal(_fts5(terms.unwanted, " OR "))))

    def snippet(self, title: str | None, snippet: str, terms: SearchTerms) -> str:
        """FTS5 has made it."""
        return snippet

    def index(self, connection: Connection, told: Sequence[Mapping[str, Any]]) -> None:
        """The triggers do."""

    def holders(
        self, connection: Connection, keys: Sequence[int], days: tuple[int, int], most: int
    ) -> Mapping[int, Sequence[int]]:
        """One look-up a key and period, by the driver itself: 5 microseconds each."""
        first, last = days
        driver: Any = connection.connection.driver_connection
        cursor = driver.cursor()
        cursor.row_factory = _first
        found: dict[int, list[int]] = {}
        for period in range(first // PERIOD, last // PERIOD + 1):
            for key in keys:
                if holders := cursor.execute(_HOLDERS, (period, key, first, last, most)).fetchall():
                    found[key] = found[key] + holders if key in found else holders
        return found

    def add_keys(self, connection: Connection, rows: Sequence[tuple[int, int, int, int]]) -> None:
        """One prepared statement for all, by the driver itself: 3 microseconds each."""
        driver: Any = connection.connection.driver_connection
        driver.executemany(_ADD_KEYS, rows)

    def take_turn(self, connection: Connection) -> None:
        """Whoever began IMMEDIATE has it."""

    def hold_still(self, connection: Connection) -> None:
        """Whoever began IMMEDIATE does."""

    def settle(self, connection: Connection) -> None:
        """Nothing: text compares by bytes."""

    def load(self, connection: Connection, table: Table, rows: Sequence[Sequence[Any]]) -> None:
        """INSERT, row by row in one call."""
        names = list(table.c.keys())
        connection.execute(table.insert(), [dict(zip(names, row, strict=True)) for row in rows])

    def loaded(self, connection: Connection) -> None:
        """The planner learns how much there is; numbers go on by themselves."""
        connection.exec_driver_sql("ANALYZE")

    def snapshot(self, file: Path, told: Callable[[int, int], None]) -> bool:
        """SQLite's online backup, inside a read transaction: writers go on, and change nothing."""
        if self._in_memory:
            return False
        engine = self.engine()
        try:
            with told_plainly(self.where), engine.connect() as connection:
                connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").all()
                source: Any = connection.connection.driver_connection
                copy = sqlite3.connect(file)
                try:
                    source.backup(
                        copy, pages=_PAGES, progress=lambda _, left, of: told(of - left, of)
                    )
                finally:
                    copy.close()
        except sqlite3.Error as error:
            raise ledger_error(str(file), str(error)) from error
        finally:
            engine.dispose()
        return True

    def problems(self, connection: Connection) -> tuple[str, ...]:
        """PRAGMA integrity_check, foreign_key_check, and FTS5's check against its content."""
        from sqlalchemy import text
        from sqlalchemy.exc import DBAPIError

        found = [
            str(row[0])
            for row in connection.execute(text("PRAGMA integrity_check"))
            if row[0] != "ok"
        ]
        found += [
            f"row {row[1]} of {row[0]} points to a missing row of {row[2]}"
            for row in connection.execute(text("PRAGMA foreign_key_check"))
        ]
        try:
            connection.execute(
                text(
                    "INSERT INTO documents_text(documents_text, rank) VALUES('integrity-check', 1)"
                )
            )
        except DBAPIError as error:
            found.append(f"the full-text index does not fit the documents: {error.orig}")
        return tuple(found)


def _first(_: object, row: tuple[Any, ...]) -> Any:
    return row[0]


def _on_begin(connection: Connection) -> None:
    # A deferred transaction that turns into a writer fails at once when another one wrote in
    # between, whatever the busy timeout; IMMEDIATE waits its turn.
    writes = connection.get_execution_options().get("lodewire_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _fts5(terms: Sequence[tuple[tuple[str, ...], bool]], joint: str) -> str:
    """Every word inside double quotes: no character of a query can become syntax."""
    told = []
    for words, prefix in terms:
        phrase = " ".join(words).replace('"', '""')
        told.append(f'"{phrase}"*' if prefix else f'"{phrase}"')
    return joint.join(told)
