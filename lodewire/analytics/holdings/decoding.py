"""From the bytes of a table to rows of cells: charset, delimiter and header found, all bounded."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lodewire.analytics.holdings.columns import count_known
from lodewire.errors import HoldingError

MOST_BYTES = 64_000_000
MOST_ROWS = 200_000
MOST_COLUMNS = 300
MOST_CHARACTERS = 2_000  # of one cell
_MOST_HEADER = 200  # characters
_HEAD = 20  # lines among which the header is looked for
_DELIMITERS = ",;\t|"
_GUESSES = ("cp1252", "cp932", "gb18030", "cp949")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The header, and the rows after it with their line of the file."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    encoding: str
    delimiter: str


def decode_table(body: bytes) -> Decoded:
    """Return the rows of a CSV file; raises HoldingError with what to do where it is none."""
    if len(body) > MOST_BYTES:
        raise HoldingError(
            f"the table has {len(body) / 1e6:.0f} MB; at most {MOST_BYTES / 1e6:.0f} are read",
            hint="leave out columns and rows that say nothing about materials",
        )
    if body[:2] == b"PK" or body[:4] == b"\xd0\xcf\x11\xe0":
        raise HoldingError("this is a workbook, not CSV", hint="save the sheet as CSV (UTF-8)")
    text, encoding = _decode(body)
    if not text.strip():
        raise HoldingError("the file is empty", hint="write a header and a row for each material")
    if "\x00" in text:
        raise HoldingError("the file is binary, not CSV", hint="save the sheet as CSV (UTF-8)")
    delimiter, at = _shape(text)
    return _rows(text, delimiter, at, encoding)


def _decode(body: bytes) -> tuple[str, str]:
    for mark, name in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if body.startswith(mark):
            return _strictly(body, name), name
    try:
        return body.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        pass
    best: tuple[int, str, str] | None = None
    for name in _GUESSES:
        try:
            text = body.decode(name)
        except UnicodeDecodeError:
            continue
        known = max((n for _, _, n in _shapes(text)), default=0)
        if best is None or known > best[0]:
            best = (known, text, name)
    if best is None:
        raise HoldingError("the file's charset is not known", hint="save it as CSV (UTF-8)")
    return best[1], best[2]


def _strictly(body: bytes, name: str) -> str:
    try:
        return body.decode(name)
    except UnicodeDecodeError as error:
        raise HoldingError(
            f"byte {error.start} is not {name.upper()}", hint="save it as CSV (UTF-8)"
        ) from error


def _shape(text: str) -> tuple[str, int]:
    """The delimiter, and the number of the row that is the header."""
    delimiter, at, known = max(_shapes(text), key=lambda told: (told[2], -told[1]))
    return (delimiter, at) if known else (delimiter, 0)


def _shapes(text: str) -> Iterator[tuple[str, int, int]]:
    head = "".join(islice(io.StringIO(text, newline=""), 200))[:100_000]
    for delimiter in _DELIMITERS:
        try:
            for at, row in enumerate(
                islice(csv.reader(io.StringIO(head), delimiter=delimiter), _HEAD)
            ):
                yield delimiter, at, count_known([c[:_MOST_HEADER] for c in row[:MOST_COLUMNS]])
        except csv.Error:
            continue
    yield ",", 0, 0


def _rows(text: str, delimiter: str, at: int, encoding: str) -> Decoded:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found: list[tuple[int, tuple[str, ...]]] = []
    header: tuple[str, ...] | None = None
    line = 0
    try:
        for number, cells in enumerate(reader):
            line, first = reader.line_num, line + 1
            if number < at:
                continue
            if header is None:
                header = _header(cells)
                continue
            if not any(c.strip() for c in cells):
                continue
            if len(found) == MOST_ROWS:
                raise HoldingError(
                    f"the table has more than {MOST_ROWS:,} rows",
                    hint="sum it up by material, supplier and country of origin",
                )
            found.append((first, tuple(c[:MOST_CHARACTERS] for c in cells[: len(header)])))
    except csv.Error as error:
        raise HoldingError(
            f"line {reader.line_num} is not valid CSV: {error}", hint="save the sheet as CSV again"
        ) from error
    assert header is not None
    return Decoded(header, tuple(found), encoding, delimiter)


def _header(cells: Sequence[str]) -> tuple[str, ...]:
    if len(cells) > MOST_COLUMNS:
        raise HoldingError(
            f"the table has {len(cells)} columns; at most {MOST_COLUMNS} are read",
            hint="keep the columns of material, quantity, spend, supplier and origin",
        )
    return tuple(c[:_MOST_HEADER] for c in cells)
