"""Every row of a ledger into another, whatever engine either is: all of it, proved, or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol

from lodewire.errors import LedgerError
from lodewire.ledger.access import Access
from lodewire.ledger.integrity import find_problems
from lodewire.ledger.schema import tables

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

_BATCH = 1_000


class Told(Protocol):
    """Told how far it is: what is done, how much of it, and of how much."""

    def __call__(self, step: str, done: int, total: int | None = None) -> None:
        """Show that ``done`` of ``total`` of ``step`` are done."""


def copy_rows(
    source: Access, target: Access, told: Told, *, still: bool, replace: bool = False
) -> dict[str, int]:
    """Copy all tables in one transaction of the target; return how many rows each holds.

    The source is read as it is at one moment; ``still`` keeps its writers out meanwhile, so that
    none writes what is left behind. Afterwards every row is read back and compared, and the target
    checked; killed or refused anywhere, the target is as it was. Raises LedgerError when the
    target holds rows already (unless ``replace``), or what it holds is not what was given.
    """
    reading = source.writing() if still else source.reading()
    with reading as there, target.writing() as here:
        if still:
            source.backend.hold_still(there)
        target.backend.hold_still(here)
        _make_room(here, target.backend.where, replace)
        given = {t.name: _copy(there, here, target, t, told) for t in tables.sorted_tables}
        target.backend.loaded(here)
        read, total = 0, sum(digest.rows for digest in given.values())
        for table in tables.sorted_tables:
            kept = _Digest()
            for rows in _rows(here, table):
                kept.add(rows)
                read += len(rows)
                told("verify", read, total)
            if kept != given[table.name]:
                raise LedgerError(
                    f"{target.backend.where}: {table.name} did not arrive as it was given; "
                    "nothing was kept",
                    hint="run it again; if it happens twice, check disk and memory",
                )
        refuse_problems(target, find_problems(target))
    return {name: digest.rows for name, digest in given.items()}


def refuse_problems(access: Access, problems: tuple[str, ...]) -> None:
    """Raise LedgerError when the check of a ledger found something."""
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise LedgerError(
            f"{access.backend.where}: not sound: {problems[0]}{more}",
            hint="run `lodewire doctor`; the ledger before is as it was",
        )


def is_empty(connection: Connection) -> bool:
    """Tell whether no table holds a row."""
    from sqlalchemy import literal, select

    return not any(
        connection.scalar(select(literal(1)).select_from(table).limit(1))
        for table in tables.sorted_tables
    )


class _Digest:
    """The rows of a table, in order, as one number; the same on every engine."""

    def __init__(self) -> None:
        self.rows = 0
        self._sum = hashlib.sha256()

    def add(self, rows: list[Any]) -> None:
        self.rows += len(rows)
        for row in rows:
            told = [hashlib.sha256(v).hexdigest() if isinstance(v, bytes) else v for v in row]
            self._sum.update(repr(told).encode("utf-8", "surrogatepass"))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Digest) and (self.rows, self._sum.digest()) == (
            other.rows,
            other._sum.digest(),
        )

    __hash__ = None  # type: ignore[assignment]  # it grows


def _make_room(connection: Connection, where: str, replace: bool) -> None:
    if is_empty(connection):
        return
    if not replace:
        raise LedgerError(
            f"{where}: holds a ledger with something in it already",
            hint="name an empty database, or a file that is not there",
        )
    for table in reversed(tables.sorted_tables):
        connection.execute(table.delete())


def _copy(there: Connection, here: Connection, target: Access, table: Table, told: Told) -> _Digest:
    from sqlalchemy import func, select

    total = there.scalar(select(func.count()).select_from(table)) or 0
    digest = _Digest()
    for rows in _rows(there, table):
        target.backend.load(here, table, rows)
        digest.add(rows)
        told(table.name, digest.rows, total)
    return digest


def _rows(connection: Connection, table: Table) -> Iterator[list[Any]]:
    """Batches of rows in the order of their key, which is the same on every engine."""
    from sqlalchemy import select

    query = select(table).order_by(*table.primary_key.columns)
    found = connection.execute(query, execution_options={"yield_per": _BATCH})
    for part in found.partitions():
        yield [tuple(row) for row in part]
