"""Connections and transactions: the one way in and out of the database."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from lodewire.ledger.faults import told_plainly

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

    from lodewire.ledger.backend import Backend

#: Rows named in one IN (...): far under every engine's limit of parameters.
CHUNK = 500


class Access:
    """Opens transactions; nested ones on a thread join the outer one.

    So a step that uses several stores is written whole or not at all.
    """

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.engine = backend.engine()
        self._writer = self.engine.execution_options(lodewire_writes=True)
        self._thread = threading.local()
        self._statements: dict[tuple[str, ...], Any] = {}

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection inside a transaction that commits at the end, or rolls back."""
        held: Connection | None = getattr(self._thread, "writer", None)
        if held is not None:
            yield held
            return
        with told_plainly(self.backend.where), self._writer.begin() as connection:
            self._thread.writer = connection
            try:
                yield connection
            finally:
                self._thread.writer = None

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

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    # Building an INSERT takes longer than running it, so each is built once.

    def add_new(
        self, connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]
    ) -> None:
        """Insert ``rows``, leaving alone those whose key is there."""
        if rows:
            key = ("new", table.name)
            if key not in self._statements:
                self._statements[key] = self.backend.insert_new(table)
            connection.execute(self._statements[key], list(rows))

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


def chunks(ids: Iterable[Any]) -> Iterator[list[Any]]:
    """Cut ``ids`` into lists that fit one query; no duplicates, order kept."""
    whole = list(dict.fromkeys(ids))
    for at in range(0, len(whole), CHUNK):
        yield whole[at : at + CHUNK]
