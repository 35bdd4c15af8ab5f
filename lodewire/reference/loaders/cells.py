"""A cell of a published table, as a number with its state; and the tables' bytes as rows of cells.

Publishers write in one cell a number, a bound, a mark for a missing value, a footnote or a remark.
Each becomes a state; nothing missing becomes zero. Marks follow USGS, "Mineral Commodity Summaries
2024", p. 5: "W" withheld, "NA" not available, "XX" not applicable, "E" net exporter, "—" zero.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from lodewire.errors import ReadError

_NUMBER = r"\d{1,3}(?:[,\u202f\u00a0 ]\d{3})+(?:\.\d+)?|\d*\.?\d+(?:[eE][+-]?\d{1,2})?"
_PLAIN = re.compile(rf"({_NUMBER})\s*(%?)")
_BOUND = re.compile(rf"([<>≤≥])\s*({_NUMBER})\s*%?\.?")
_RANGE = re.compile(rf"({_NUMBER})\s*(?:[–—-]|to)\s*({_NUMBER})")
_LESS_WORDS = re.compile(r"less than (?:a |one[- ])?(?:½|1/2|half)[ -]?unit\.?")
_LESS_CARATS = re.compile(r"less than (\d+) carats\.?")
_ESTIMATED = re.compile(rf"e\s*({_NUMBER})|({_NUMBER})\s*e")
_NEGATIVE = re.compile(rf"[-−]\s*({_NUMBER})")
_ZERO_MARKS = frozenset("— – -- ‒".split())

HALF_A_UNIT = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says: see ``Figure.state``. ``empty`` cells say nothing at all."""

    state: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    estimated: bool = False
    note: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing stands in the cell, not even a mark."""
        return self.state == "empty"

    def times(self, factor: Decimal) -> Cell:
        """Return the cell in another unit."""
        numbers = (None if n is None else n * factor for n in (self.value, self.low, self.high))
        value, low, high = numbers
        return replace(self, value=value, low=low, high=high)


EMPTY = Cell("empty")


def read_cell(text: str) -> Cell:
    """Return what ``text`` says. Words that are no number or mark are a note: not available.

    A negative number is not available: USGS marks zero by a dash and footnotes by brackets, which
    spreadsheets turn into minus signs ("(4)" into -4). ``read_signed`` takes signed series.
    """
    told = " ".join(text.replace("\u00a0", " ").split())
    if not told:
        return EMPTY
    return _mark(told) or _amount(told) or _words(told)


def read_signed(text: str) -> Cell:
    """Return what ``text`` says in a series that may be negative."""
    negative = _NEGATIVE.fullmatch(text.strip())
    if negative is not None:
        return Cell("reported", -_decimal(negative.group(1)))
    return read_cell(text)


def _mark(told: str) -> Cell | None:
    if told in _ZERO_MARKS:
        return Cell("reported", Decimal(0))
    match told.upper().rstrip("."):
        case "W":
            return Cell("withheld")
        case "NA" | "N/A" | "N.A" | "NOT AVAILABLE" | "..":
            return Cell("not_available")
        case "XX" | "NOT APPLICABLE":
            return Cell("not_available", note="not applicable")
        case "E":
            return Cell("less_than", Decimal(0), note="net exporter")
    return None


def _amount(told: str) -> Cell | None:
    if plain := _PLAIN.fullmatch(told):
        return Cell("reported", _decimal(plain.group(1)))
    if estimate := _ESTIMATED.fullmatch(told):
        number = estimate.group(1) or estimate.group(2)
        return Cell("reported", _decimal(number), estimated=True)
    if bound := _BOUND.fullmatch(told):
        state = "less_than" if bound.group(1) in "<≤" else "more_than"
        return Cell(state, _decimal(bound.group(2)))
    if several := _RANGE.fullmatch(told):
        low, high = sorted(_decimal(n) for n in several.groups())
        return Cell("interval", low=low, high=high)
    if _LESS_WORDS.fullmatch(told.casefold()):
        return Cell("less_than", HALF_A_UNIT)
    return None


def _words(told: str) -> Cell:
    if negative := _NEGATIVE.fullmatch(told):
        return Cell(
            "not_available",
            note=f"shown as {told}: a footnote mark ({negative.group(1)}) read as a number",
        )
    return Cell("not_available", note=told)


def carats_in(text: str) -> Decimal | None:
    """Return the carats of "Less than 500 carats.", a bound in another unit than its column's."""
    found = _LESS_CARATS.fullmatch(text.strip().casefold())
    return Decimal(found.group(1)) if found else None


def _decimal(number: str) -> Decimal:
    return Decimal(re.sub(r"[,\u202f\u00a0 ]", "", number))


def read_rows(name: str, content: bytes) -> list[list[str]]:
    """Return the rows of a CSV file that hold anything, cells stripped; the first is the header.

    A row that is shorter than the header is filled up with empty cells.

    UTF-8 with or without a byte-order mark, or Windows-1252 (of which Latin-1 is a part). Raises
    ReadError when it is neither, or not CSV.
    """
    try:
        rows = list(csv.reader(io.StringIO(_text(content), newline=""), strict=True))
    except (csv.Error, UnicodeDecodeError) as error:
        raise ReadError(f"{name}: not a CSV table: {error}") from error
    kept = [[cell.strip() for cell in row] for row in rows if _holds_anything(row)]
    width = len(kept[0]) if kept else 0
    return [row + [""] * (width - len(row)) for row in kept]


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _holds_anything(row: Iterable[str]) -> bool:
    return any(cell.strip() for cell in row)
