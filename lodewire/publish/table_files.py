"""Rows as CSV, JSON lines and Parquet, written as they come."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import IO, Any

from lodewire.errors import PublishError
from lodewire.model.plain import plain, plain_json
from lodewire.publish.tables import Column, ColumnKind, Row

_ROW_GROUP = 5_000
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
# What a spreadsheet takes for a formula, also in full width or after blanks.
_FORMULA = re.compile(r"[\s\x00]*[=+\-@\uff1d\uff0b\uff0d\uff20]")


def write_csv(rows: Iterable[Row], columns: Sequence[Column], out: IO[bytes]) -> int:
    """Write a header and the rows (RFC 4180, UTF-8); returns how many rows.

    A cell that a spreadsheet would run as a formula is led by an apostrophe; control characters,
    line ends and direction marks become blanks or go. Numbers stay as they are.
    """
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    try:
        writer = csv.writer(text)
        writer.writerow([c.name for c in columns])
        count = 0
        for row in rows:
            writer.writerow([csv_cell(row[c.name]) for c in columns])
            count += 1
    finally:
        text.detach()  # or it would close what it was lent
    return count


def csv_cell(value: Any) -> str:
    """Return a cell's text, safe to open in a spreadsheet and to show on a terminal."""
    text = plain(_text(value))
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


def write_jsonl(rows: Iterable[Row], columns: Sequence[Column], out: IO[bytes]) -> int:
    """Write one JSON object a line, keys in the order of the columns; returns how many."""
    count = 0
    for row in rows:
        told = {c.name: _plain(row[c.name]) for c in columns}
        line = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        out.write(plain_json(line).encode("utf-8") + b"\n")
        count += 1
    return count


def write_parquet(rows: Iterable[Row], columns: Sequence[Column], out: IO[bytes]) -> int:
    """Write typed columns in row groups of 5,000; returns how many rows.

    Raises PublishError where pyarrow is not installed.
    """
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError as error:
        raise PublishError(
            "Parquet needs pyarrow, which is not installed",
            hint="pip install 'lodewire[parquet]', or take --format csv or jsonl",
        ) from error
    types = {
        ColumnKind.TEXT: arrow.string(),
        ColumnKind.DECIMAL: arrow.float64(),
        ColumnKind.WHOLE: arrow.int64(),
        ColumnKind.DAY: arrow.date32(),
        ColumnKind.TIME: arrow.timestamp("us", tz="UTC"),
        ColumnKind.TRUTH: arrow.bool_(),
    }
    schema = arrow.schema(
        [arrow.field(c.name, types[c.kind], metadata={"meaning": c.meaning}) for c in columns]
    )
    count = 0
    source = iter(rows)
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        while some := list(itertools.islice(source, _ROW_GROUP)):
            told = {c.name: [_typed(row[c.name], c.kind) for row in some] for c in columns}
            writer.write_table(arrow.table(told, schema=schema))
            count += len(some)
    return count


_Writer = Callable[[Iterable[Row], Sequence[Column], IO[bytes]], int]
#: format -> what writes it
WRITERS: Mapping[str, _Writer] = {"csv": write_csv, "jsonl": write_jsonl, "parquet": write_parquet}


def _text(value: Any) -> str:
    told = _plain(value)
    if isinstance(told, bool):
        return "true" if told else "false"
    return "" if told is None else str(told)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def _typed(value: Any, kind: ColumnKind) -> Any:
    if value is None:
        return None
    return float(value) if kind is ColumnKind.DECIMAL else value
