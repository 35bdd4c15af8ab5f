"""Sheets of an XLSX workbook as rows of plain values, read through openpyxl (the extra ``xlsx``).

A workbook is a zip archive of XML: it is unfolded within bounds and looked at for declarations
before the library sees it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from decimal import Decimal

from lodewire.errors import ConfigError
from lodewire.reference.loaders.bodies import archived, broken

Cell = str | Decimal | None

_MOST_BYTES = 200_000_000
_MOST_ROWS = 100_000
_MOST_COLUMNS = 2000
_ANY = re.compile("")


def sheet_rows(body: bytes, place: str, sheet: str) -> Iterator[tuple[int, list[Cell]]]:
    """Yield the rows of a sheet with their numbers; numbers as Decimal, dates as ISO text.

    Raises ConfigError where openpyxl is not installed, BrokenFile for a damaged workbook or one
    without such a sheet.
    """
    try:
        import openpyxl
    except ImportError:
        raise ConfigError(
            "reading this workbook needs openpyxl, which is not installed.",
            hint='Install it: pip install "lodewire[xlsx]"',
        ) from None
    for name, content in archived(body, place, _ANY, most=_MOST_BYTES):
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in content:
            raise broken(place, f"{name} declares a document type, which is not read")
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(body), read_only=True, data_only=True, keep_links=False
        )
    except Exception as error:  # the library raises what it meets: KeyError, ValueError, its own
        raise broken(place, f"no workbook that can be read: {error}") from error
    try:
        yield from _rows(book, place, sheet)
    finally:
        book.close()


def _rows(book: object, place: str, sheet: str) -> Iterator[tuple[int, list[Cell]]]:
    names: list[str] = book.sheetnames  # type: ignore[attr-defined]
    if sheet not in names:
        raise broken(place, f"no sheet {sheet!r}; there are {', '.join(names[:8])}")
    rows = book[sheet].iter_rows(values_only=True, max_col=_MOST_COLUMNS)  # type: ignore[index]
    number = 0
    while True:
        try:
            cells = next(rows, None)
        except Exception as error:  # as above: a damaged sheet shows while it is read
            raise broken(place, f"sheet {sheet!r}, row {number + 1}: {error}") from error
        if cells is None:
            return
        number += 1
        if number > _MOST_ROWS:
            raise broken(place, f"sheet {sheet!r} has more than {_MOST_ROWS:,} rows")
        yield number, [_cell(value) for value in cells]


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        # The shortest text that reads back as the same number is what the sheet shows.
        number = Decimal(repr(value))
        return number if number.is_finite() else None
    return " ".join(str(value).split())
