"""Connections and transactions: the one way in and out of the database."""

from __future__ import annotations

import copy
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from lodewire.errors import LedgerError, WriterConflict
from lodewire.ledger.codec import time_of, time_text
from lodewire.ledger.faults import told_plainly

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

    from lodewire.ledger.backend import Backend, Glance

#: Rows named in one IN (...): far under every engine's limit of parameters.
CHUNK = 500

#: Seconds to wait before a step that another writer undid is run again.
_PAUSES = (0.02, 0.1, 0.3, 1.0, 2.0)
T = TypeVar("T")


class Access:
    """Opens transactions; nested ones on a thread join the outer one.

    So a step that uses several stores is written whole or not at all. ``past`` is the moment
    (:func:`.codec.time_text`) whose knowledge is asked for, None for now.
    """

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.engine = backend.engine()
        self._writer = self.engine.execution_options(lodewire_writes=True)
        self._thread = threading.local()
        self._statements: dict[tuple[str, ...], Any] = {}
        self.past: str | None = None

    @property
    def moment(self) -> datetime | None:
        """The moment that is asked for as a time, None for now."""
        return None if self.past is None else time_of(self.past)

    def at(self, moment: datetime) -> Access:
        """Return the same way in, to what was known at ``moment``; nothing can be written."""
        found = copy.copy(self)
        found.past = time_text(moment)
        return found

    @contextmanager
    def writing(self, *, beside: bool = False) -> Iterator[Connection]:
        """Yield a connection inside a transaction that commits at the end, or rolls back.

        Writers take turns, so that what one reads stays true until it has written. ``beside`` is
        for steps that only add, by keys that any other writer would give too: where the engine
        can, they go on beside others, and may end in WriterConflict (see :meth:`again`).
        """
        if self.past is not None:
            raise LedgerError(
                f"the ledger as of {self.past} cannot be changed",
                hint="write to the ledger of now; the past is only read",
            )
        held: Connection | None = getattr(self._thread, "writer", None)
        if held is not None:
            self._take_turn(held, beside)
            yield held
            return
        with told_plainly(self.backend.where), self._writer.begin() as connection:
            self._thread.writer, self._thread.turn = connection, False
            try:
                self._take_turn(connection, beside)
                yield connection
            finally:
                self._thread.writer = None

    def _take_turn(self, connection: Connection, beside: bool) -> None:
        if not beside and not self._thread.turn:
            with told_plainly(self.backend.where):
                self.backend.take_turn(connection)
            self._thread.turn = True

    def again(self, step: Callable[[], T]) -> T:
        """Return what ``step``, a whole transaction, returns; run it again after a conflict.

        Inside another transaction it is run once: the outer one has to be run again.
        """
        if getattr(self._thread, "writer", None) is None:
            for pause in _PAUSES:
                try:
                    return step()
                except WriterConflict:
                    time.sleep(pause)
        return step()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the ledger (and this thread's own writes)."""
        held: Connection | None = getattr(self._thread, "writer", None)
        held = held or getattr(self._thread, "reader", None)
        if held is not None:
            yield held
            return
        with told_plainly(self.backend.where), self.engine.connect() as connection:
            self._thread.reader = connection
            try:
                yield connection
            finally:
                self._thread.reader = None

    @contextmanager
    def glancing(self, query: str) -> Iterator[Glance]:
        """Yield a query with named values, cheap to run again; each run sees the present."""
        with (
            told_plainly(self.backend.where),
            self.backend.glance(self.engine, query) as look,
        ):
            yield look

    def close(self) -> None:
        """Give the connections back; a look into the past has none of its own."""
        if self.past is None:
            self.engine.dispose()

    # Building an INSERT takes longer than running it, so each is built once.

    def add_new(
        self, connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]
    ) -> None:
        """Insert ``rows``, leaving alone those whose key is there."""
        if rows:
            connection.execute(self._new(table), list(rows))

    def add_counted(
        self, connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]
    ) -> int:
        """As :meth:`add_new`; returns how many were new."""
        if not rows:
            return 0
        key = ("counted", table.name)
        if key not in self._statements:
            # Of an INSERT the count is kept only when asked for; without, psycopg's reads -1.
            asked = self._new(table).execution_options(preserve_rowcount=True)
            self._statements[key] = asked
        added: int = connection.execute(self._statements[key], list(rows)).rowcount
        return added

    def _new(self, table: Table) -> Any:
        key = ("new", table.name)
        if key not in self._statements:
            self._statements[key] = self.backend.insert_new(table)
        return self._statements[key]

    def add_greater(
        self,
        connection: Connection,
        table: Table,
        column: str,
        rows: Sequence[Mapping[str, Any]],
    ) -> None:
        """Insert ``rows``; where the key is there, keep the greater ``column``."""
        if rows:
            key = ("greater", table.name, column)
            if key not in self._statements:
                self._statements[key] = self.backend.insert_or_raise(table, column)
            connection.execute(self._statements[key], list(rows))

    def put(
        self,
        connection: Connection,
        table: Table,
        columns: Sequence[str],
        rows: Sequence[Mapping[str, Any]],
    ) -> None:
        """Insert ``rows``; where the key is there, set ``columns`` anew."""
        if rows:
            key = ("put", table.name, *columns)
            if key not in self._statements:
                self._statements[key] = self.backend.insert_or_replace(table, columns)
            connection.execute(self._statements[key], list(rows))


def unled(column: Any) -> Any:
    """Return an expression for a text column by whose index no engine can begin.

    For questions about a few rows that are known: by the index they would begin with all rows that
    name a thing, for each of the few anew.
    """
    return column.concat("")


def chunks(ids: Iterable[Any]) -> Iterator[list[Any]]:
    """Cut ``ids`` into lists that fit one query; no duplicates, order kept."""
    whole = list(dict.fromkeys(ids))
    for at in range(0, len(whole), CHUNK):
        yield whole[at : at + CHUNK]
