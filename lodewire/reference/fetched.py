"""Tables fetched from official services: one CSV file a service in the desk's own folder.

A row is one frozen dataclass of ``lodewire.model.official``; a column is a field. A file is
written whole or not at all, sorted by key, so that the same rows give the same bytes.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import os
import tempfile
import typing
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from lodewire.errors import ConfigError
from lodewire.reference.fetched_changes import Changes, compare

T = TypeVar("T")

_BROKEN = "Remove the file and fetch again: lodewire figures fetch {name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableForm(Generic[T]):
    """What a table holds: rows of ``row``, no two with the same values of the ``key`` fields."""

    row: type[T]
    key: tuple[str, ...]

    def key_of(self, row: T) -> tuple[str, ...]:
        """Return what makes a row one."""
        return tuple(_told(getattr(row, name)) for name in self.key)


def read_table(folder: Path, name: str, form: TableForm[T]) -> tuple[T, ...]:
    """Return the rows of a table; empty where it was never fetched.

    Raises ConfigError with file and line where the file is damaged.
    """
    file = folder / f"{name}.csv"
    try:
        content = file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{file}: cannot be read: {error}.", hint=_BROKEN.format(name=name)
        ) from error
    return _parse(content, file, name, form)


def _parse(content: str, file: Path, name: str, form: TableForm[T]) -> tuple[T, ...]:
    columns = tuple(f.name for f in dataclasses.fields(typing.cast(Any, form.row)))
    readers = [_readers(typing.cast(Hashable, form.row))[column] for column in columns]
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    rows: list[T] = []
    try:
        head = tuple(next(reader, ()))
        if head != columns:
            raise ValueError(f"the columns must be {','.join(columns)}")
        for cells in reader:
            if len(cells) != len(columns):
                raise ValueError(f"{len(cells)} cells, expected {len(columns)}")
            values = [read(cell) for read, cell in zip(readers, cells, strict=True)]
            rows.append(form.row(**dict(zip(columns, values, strict=True))))
    except (ValueError, csv.Error) as error:
        raise ConfigError(
            f"{file}:{max(reader.line_num, 1)}: {error}.",
            hint=_BROKEN.format(name=name),
        ) from error
    return tuple(rows)


def merge_rows(
    old: Iterable[T], new: Iterable[T], form: TableForm[T], *, covers: Callable[[T], bool]
) -> tuple[tuple[T, ...], Changes]:
    """Return the rows that hold after a fetch, sorted by key, and what changed.

    ``covers`` tells which of the old rows the fetch speaks for: those that are not among ``new``
    are gone. A row that differs in its vintage alone stays as it was: nothing changed.
    """
    before = {form.key_of(row): row for row in old}
    after = {key: row for key, row in before.items() if not covers(row)}
    for row in new:
        key = form.key_of(row)
        known = before.get(key)
        after[key] = known if known is not None and _same(known, row) else row
    changes = compare(before, after, form.row)
    return tuple(after[key] for key in sorted(after)), changes


def write_table(folder: Path, name: str, form: TableForm[T], rows: Iterable[T]) -> Path:
    """Write a table whole or not at all; return its file. Raises ConfigError."""
    columns = [f.name for f in dataclasses.fields(typing.cast(Any, form.row))]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_told(getattr(row, column)) for column in columns])
    file = folder / f"{name}.csv"
    write_whole(file, text.getvalue().encode("utf-8"))
    return file


def write_whole(file: Path, content: bytes) -> None:
    """Write a file so that a kill at any point leaves the old one or the new one."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            Path(part).replace(file)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ConfigError(
            f"{file}: cannot be written: {error.strerror or error}.",
            hint="Check the permissions of the folder and the room on the disk.",
        ) from error


def _same(known: object, row: object) -> bool:
    names = [f.name for f in dataclasses.fields(typing.cast(Any, row)) if f.name != "vintage"]
    return all(getattr(known, name) == getattr(row, name) for name in names)


def _told(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return value.isoformat() if isinstance(value, date) else str(value)


@cache
def _readers(row: Hashable) -> Mapping[str, Callable[[str], Any]]:
    hints = typing.get_type_hints(row)
    return {name: _READERS[str(hint)] for name, hint in hints.items()}


def _yes(cell: str) -> bool:
    if cell not in ("yes", "no"):
        raise ValueError(f"{cell!r} must be yes or no")
    return cell == "yes"


def _number(cell: str) -> Decimal | None:
    try:
        value = Decimal(cell) if cell else None
    except InvalidOperation:
        raise ValueError(f"{cell[:40]!r} is no number") from None
    if value is not None and not value.is_finite():
        raise ValueError(f"{cell[:40]!r} is no number")
    return value


def _words(cell: str) -> tuple[str, ...]:
    told = json.loads(cell) if cell else []
    if not isinstance(told, list) or not all(isinstance(word, str) for word in told):
        raise ValueError(f"{cell[:40]!r} is no list of words")
    return tuple(told)


_READERS: Mapping[str, Callable[[str], Any]] = {
    str(str): str,
    str(int): int,
    str(bool): _yes,
    str(Decimal | None): _number,
    str(date | None): lambda cell: date.fromisoformat(cell) if cell else None,
    str(tuple[str, ...]): _words,
}
