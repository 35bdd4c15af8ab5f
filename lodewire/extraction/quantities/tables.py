"""Figures in tables set with blanks, tabs or bars: the unit stands in a heading or the row's name.

    Deposit     Class        Mt     g/t Au    koz
    Anson       Measured     4.2     1.9      257

Units are taken, in this order, from the brackets of the row's name, the heading of the column, and
the line above the table ("thousand tonnes", "Production (oz)").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lodewire.extraction.quantities.drafts import Draft, plain
from lodewire.model.quantity import Quantity

_GAP = re.compile(r"[ \u00a0]{2,}|[ ]*\t[ \t]*|[ ]*\|[ ]*")
_CELL = re.compile(
    r"(?P<sign>[-−–+(])?[ ]?(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r"\)?(?P<mark>[ ]?[a-z*†‡])?"
)
_IN_BRACKETS = re.compile(r"[(\[](?P<unit>[^()\[\]]{1,48})[)\]]\W*$")
_AFTER_COMMA = re.compile(r",[ ](?P<unit>[^,]{1,16})$")
_CAPTION = re.compile(
    r"(?:^|[\s,(:])(?P<unit>(?:(?:thousand|million|billion|thousands of|millions of|['’]000|"
    r"000)s?[ ])?"
    r"(?:metric[ ]|short[ ]|wet[ ]|dry[ ]|troy[ ])?(?:tonnes|tons|ounces|pounds|barrels|carats)"
    r"|kt|Mt|koz|Moz|t|oz|lb|Mlb|%|per cent|percent|(?:US\$|A\$|C\$|\$|€|£)[ ]?(?:million|m|"
    r"bn|/\w+)"
    r"|(?:US\$|A\$|C\$|\$|€|£|yuan|dollars|USD|EUR|CNY)[ ]?(?:/|per |a )[ ]?(?:tonne|ton|t|"
    r"lb|oz|kg|mtu"
    r"|pound|ounce))(?=[\s,):.]|$)"
)
_MONEY_SIGN = re.compile(r"(?P<sign>US\$|A\$|C\$|\$|€|£)[ ]?(?P<rest>.*)$")
_LONGEST_CAPTION = 110
_LOOK_UP = 3
_LONGEST_SUBSTANCE = 6  # "g/t Au", "Mlb U3O8"
_YEARS = range(1900, 2101)
Units = tuple[Decimal, str]
Reader = Callable[[str], Sequence[Quantity]]


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    cells: tuple[tuple[int, str], ...]  # where in the text each figure stands, and the figure


def read_tables(text: str, drafts: list[Draft], read: Reader) -> list[Draft]:
    """Return the drafts with the figures of the text's tables added, in order."""
    if "  " not in text and "\t" not in text and "|" not in text:
        return drafts
    found: list[Draft] = []
    for heads, rows in _tables(text):
        found.extend(_figures(heads, rows, read))
    if not found:
        return drafts
    taken = [(d.core_start, d.core_end) for d in found]
    kept = [d for d in drafts if not any(a < d.end and d.start < b for a, b in taken)]
    return sorted([*kept, *found], key=lambda d: d.start)


def is_row(line: str) -> bool:
    """Tell whether a line is a row of a table: a name, wide gaps, and figures without units."""
    return ("  " in line or "\t" in line or "|" in line) and _row(line.strip(), 0) is not None


def _tables(text: str) -> Iterator[tuple[list[str], list[_Row]]]:
    """Yield each run of two rows or more, with the lines above it, the nearest first."""
    above: list[str] = []
    rows: list[_Row] = []
    at = 0
    for line in [*text.split("\n"), ""]:
        row = _row(line, at)
        at += len(line) + 1
        if row is not None and (not rows or len(row.cells) == len(rows[0].cells)):
            rows.append(row)
            continue
        if len(rows) > 1:
            yield above[::-1][:_LOOK_UP], rows
        if rows:
            above = []
        rows = [row] if row is not None else []
        if row is None and line.strip():
            above = [*above[1 - _LOOK_UP :], line]


def _row(line: str, at: int) -> _Row | None:
    """Return the line as a row: a name, then figures up to its end; None for any other line."""
    if len(line) > 200 or _GAP.search(line.strip()) is None:
        return None
    cells: list[tuple[int, str]] = []
    start = len(line) - len(line.lstrip())
    for gap in [*_GAP.finditer(line, start), None]:
        end = gap.start() if gap is not None else len(line.rstrip())
        if end > start:
            cells.append((at + start, line[start:end]))
        start = gap.end() if gap is not None else start
    figures: list[tuple[int, str]] = []
    while cells and _CELL.fullmatch(cells[-1][1]):
        figures.append(cells.pop())
    label = " ".join(word for _, word in cells)
    if not figures or not any(c.isalpha() for c in label):
        return None
    return _Row(label, tuple(reversed(figures)))


def _figures(heads: list[str], rows: list[_Row], read: Reader) -> Iterator[Draft]:
    count = len(rows[0].cells)
    columns = _columns(heads, count, read)
    whole = next((u for head in heads if (u := _caption(head, read)) is not None), None)
    for row in rows:
        own = _bracketed(row.label, read)
        for column, (at, words) in enumerate(row.cells):
            unit = own or columns[column] or whole
            draft = _draft(at, words, unit) if unit is not None else None
            if draft is not None:
                yield draft


def _draft(at: int, words: str, unit: Units) -> Draft | None:
    match = _CELL.fullmatch(words)
    assert match is not None
    value = Decimal(match.group("number").replace(",", ""))
    if value in _YEARS and "," not in words and "." not in words and unit[0] == 1:
        return None
    if match.group("sign") in {"-", "−", "–", "("}:
        value = -value
    end = at + match.end("number")
    start = at + (match.start("sign") if match.group("sign") else match.start("number"))
    return Draft(start, end, start, end, unit[1], value=plain(value * unit[0]), digits=1)


def _columns(heads: list[str], count: int, read: Reader) -> list[Units | None]:
    """Return the unit of each column, from the line above whose cells fit the row's figures."""
    for head in heads[:2]:
        cells = [cell for cell in _GAP.split(head.strip()) if cell]
        if len(cells) < count or len(cells) > count + 3:
            continue
        units = [_heading(cell, read) for cell in cells[-count:]]
        if any(units):
            return units
    return [None] * count


def _heading(cell: str, read: Reader) -> Units | None:
    return _bracketed(cell, read) or _unit(cell.strip(), read)


def _bracketed(words: str, read: Reader) -> Units | None:
    match = _IN_BRACKETS.search(words) or _AFTER_COMMA.search(words)
    return _unit(match.group("unit"), read) if match is not None else None


def _caption(line: str, read: Reader) -> Units | None:
    if len(line) > _LONGEST_CAPTION:
        return None
    told = _bracketed(line, read)
    if told is not None:
        return told
    found = list(_CAPTION.finditer(line))
    return _unit(found[-1].group("unit"), read) if found else None


def _unit(words: str, read: Reader) -> Units | None:
    """Return the factor and symbol of a unit as a heading writes it, read as if after a one."""
    told = re.sub(r"['’]?\b000s?\b", "thousand", words.strip())
    told = re.sub(r"^(thousand|million|billion)s? of ", r"\1 ", told)
    told = "%" if told.startswith("%") or told.lower() in {"pct", "per cent"} else told
    money = _MONEY_SIGN.match(told)
    told = f"{money['sign']}1{_spaced(money['rest'])}" if money is not None else f"1 {told}"
    found = read(told.replace("1 %", "1%"))
    if len(found) != 1 or found[0].value is None or found[0].unit is None:
        return None
    rest = told[found[0].core.end :].strip()
    if len(rest) > _LONGEST_SUBSTANCE or (found[0].unit in {"m", "l", "d", "h"} and rest):
        return None
    return found[0].value, found[0].unit


def _spaced(rest: str) -> str:
    return rest if not rest or rest.startswith("/") else f" {rest}"
