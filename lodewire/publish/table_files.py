"""Rows as CSV, JSON lines, Parquet and XLSX, written as they come."""

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
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
_MOST_XLSX = 1_048_576  # rows of a sheet, with its header
_LONGEST_CELL = 32_767  # characters that a cell holds
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


def write_xlsx(rows: Iterable[Row], columns: Sequence[Column], out: IO[bytes]) -> int:
    """Write one sheet with typed cells and a header that stays in view; returns how many rows.

    Text is written as text whatever it begins with: no cell is a formula or a link. Decimals are
    64-bit floats. Raises PublishError where xlsxwriter is not installed, or for too many rows.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        raise PublishError(
            "XLSX needs xlsxwriter, which is not installed",
            hint="pip install 'lodewire[xlsx]', or take csv or jsonl",
        ) from error
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, {"constant_memory": True, **safe})
    book.set_properties({"created": _CREATED})  # the same rows give the same bytes
    sheet = book.add_worksheet("events")
    forms = {
        ColumnKind.DAY: book.add_format({"num_format": "yyyy-mm-dd"}),
        ColumnKind.TIME: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
    }
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column.name)
    sheet.freeze_panes(1, 0)
    count = 0
    for row in rows:
        count += 1
        if count >= _MOST_XLSX:
            raise PublishError(
                f"a sheet holds {_MOST_XLSX - 1:,} rows", hint="take csv or parquet for more"
            )
        for at, column in enumerate(columns):
            _write_cell(sheet, (count, at), row[column.name], column.kind, forms)
    book.close()
    return count


def _write_cell(
    sheet: Any, at: tuple[int, int], value: Any, kind: ColumnKind, forms: Mapping[ColumnKind, Any]
) -> None:
    if value is None or value == "":
        return
    if kind is ColumnKind.TRUTH:
        sheet.write_boolean(*at, value)
    elif kind in (ColumnKind.DECIMAL, ColumnKind.WHOLE):
        sheet.write_number(*at, float(value))
    elif kind is ColumnKind.TIME:
        sheet.write_datetime(*at, value.astimezone(UTC).replace(tzinfo=None), forms[kind])
    elif kind is ColumnKind.DAY:
        sheet.write_datetime(*at, datetime(value.year, value.month, value.day), forms[kind])  # noqa: DTZ001 - a day of a sheet has no zone
    else:
        sheet.write_string(*at, plain(str(value))[:_LONGEST_CELL])


_Writer = Callable[[Iterable[Row], Sequence[Column], IO[bytes]], int]
#: format -> what writes it
WRITERS: Mapping[str, _Writer] = {
    "csv": write_csv,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
    "xlsx": write_xlsx,
}
MEDIA: Mapping[str, str] = {
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""format -> media type"""


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
