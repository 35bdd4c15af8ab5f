"""The World Bank's Pink Sheet: monthly prices since 1960, one column a series, as XLSX.

A few lines of title, then names, units in brackets, and a row a month ("1960M01"); "…" stands for a
missing price. The place of names and units has moved between issues, so it is looked for. Source:
World Bank, Commodity Markets, "Monthly prices" workbook. Licence: CC BY 4.0.
"""

from __future__ import annotations

import re
import zlib
from datetime import datetime
from html import unescape
from urllib.parse import urljoin, urlsplit

from lodewire.errors import ConfigError
from lodewire.model.official import NOT_AVAILABLE, REPORTED, SeriesPoint
from lodewire.reference.loaders.bodies import broken, first_words, number_of, text_of
from lodewire.reference.xlsx_rows import is_xlsx, xlsx_rows

SOURCE = "pink-sheet"
SHEET = "Monthly Prices"
FILE = "CMO-Historical-Data-Monthly.xlsx"

_MONTH = re.compile(r"(\d{4})M(0[1-9]|1[0-2])")
_UNIT = re.compile(r"\(?(\$/[^)]{1,30}|[A-Za-z0-9=]{1,20}(?:/[^)]{1,20})?)\)?")
_UPDATED = re.compile(r"updated on (\w+ \d{1,2}, \d{4})", re.IGNORECASE)
_LINK = re.compile(
    rf"""href\s{{0,9}}=\s{{0,9}}["']([^"'<>]{{0,2000}}{re.escape(FILE)})""", re.IGNORECASE
)
_MISSING = ("…", "..", "...", "n.a.", "NA", "")
_MARKS = re.compile(r"\s*\*+\s*$")
_SLUG = re.compile(r"[^a-z0-9]+")
_LATEST_HEAD = 20  # rows


def find_workbook(body: bytes, address: str) -> str | None:
    """Return the address of the monthly workbook that a page links to; None where it does not.

    Only https addresses (or the page's own scheme and host) are returned: a page may link anywhere.
    """
    page = body.decode("utf-8", "replace")
    for link in _LINK.finditer(page):
        try:
            target = urljoin(address, unescape(link[1]).strip())
            parts, home = urlsplit(target), urlsplit(address)
        except ValueError:
            continue
        if parts.path.endswith(f"/{FILE}") and (
            parts.scheme == "https" or (parts.scheme, parts.netloc) == (home.scheme, home.netloc)
        ):
            return target
    return None


def read_prices(body: bytes, place: str) -> tuple[SeriesPoint, ...]:
    """Read every series of the workbook; raises BrokenFile naming row and column."""
    head: list[tuple[int, list[str]]] = []
    columns: list[tuple[int, str, str]] = []
    vintage = ""
    points: list[SeriesPoint] = []
    last = ""
    for number, cells in enumerate(_rows(body, place), 1):
        month = _MONTH.fullmatch(cells[0]) if cells else None
        if month is None:
            if columns:
                if any(cells[1:]):
                    raise broken(place, f"row {number}: {cells[0][:40]!r} is no month")
                continue
            head.append((number, cells))
            vintage = vintage or _updated(cells)
            if number > _LATEST_HEAD:
                raise broken(place, f"no month in the first {_LATEST_HEAD} rows of {SHEET!r}")
            continue
        columns = columns or _columns(head, place)
        period = f"{month[1]}-{month[2]}"
        if period <= last:
            raise broken(place, f"row {number}: {period} stands after {last}")
        last = period
        points += [_point(cells, c, period, vintage, f"{place}, row {number}") for c in columns]
    if not points:
        raise broken(place, f"the sheet {SHEET!r} holds no month")
    return tuple(points)


def _rows(body: bytes, place: str) -> list[list[str]]:
    if not is_xlsx(body):
        text_of(body, place)
        raise broken(place, f"no workbook: {first_words(body)}")
    try:
        return xlsx_rows(place, body, SHEET)
    except ConfigError as error:  # it speaks of a file that a person named
        raise broken(place, error.message.removeprefix(f"{place}: ")) from error
    except (zlib.error, EOFError, RuntimeError, StopIteration, OSError) as error:
        told = str(error) or type(error).__name__
        raise broken(place, f"the workbook cannot be unfolded: {told}") from error


def _updated(cells: list[str]) -> str:
    for cell in cells:
        if found := _UPDATED.search(cell):
            try:
                return datetime.strptime(found[1], "%B %d, %Y").date().isoformat()  # noqa: DTZ007 - a day
            except ValueError:
                return ""
    return ""


def _columns(head: list[tuple[int, list[str]]], place: str) -> list[tuple[int, str, str]]:
    """Return (column, name, unit) of each series: units are the row of brackets, names above it."""
    for at in range(len(head) - 1, 0, -1):
        units = head[at][1]
        told = [i for i, cell in enumerate(units[1:], 1) if _unit(cell)]
        if len(told) < 2 and not (told and len(units) == 2):
            continue
        names = head[at - 1][1]
        found = []
        for i in told:
            name = names[i] if i < len(names) else ""
            if not name:
                raise broken(place, f"row {head[at - 1][0]}, column {i + 1}: a unit without a name")
            found.append((i, _MARKS.sub("", name), _unit(units[i])))
        slugs = [_slug(name) for _, name, _ in found]
        if len(set(slugs)) != len(slugs):
            raise broken(place, f"row {head[at - 1][0]}: two columns have one name")
        return found
    raise broken(place, "no row of units above the first month")


def _unit(cell: str) -> str:
    """Return the unit that a cell of the row of units names; "" where it names none."""
    if not cell.startswith("("):
        return ""
    found = _UNIT.fullmatch(cell)
    return found[1].strip() if found else ""


def _slug(name: str) -> str:
    return _SLUG.sub("-", name.lower()).strip("-")


def _point(
    cells: list[str], column: tuple[int, str, str], period: str, vintage: str, where: str
) -> SeriesPoint:
    i, name, unit = column
    cell = cells[i] if i < len(cells) else ""
    value = None if cell in _MISSING else number_of(cell, f"{where}, column {i + 1} ({name})")
    return SeriesPoint(
        source=SOURCE,
        series=_slug(name),
        period=period,
        value=value,
        unit=unit,
        frequency="month",
        title=name,
        state=NOT_AVAILABLE if value is None else REPORTED,
        vintage=vintage,
    )
