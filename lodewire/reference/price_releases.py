"""Reading newer releases of prices, in the layouts their publishers use, and what changed.

Understood: the IMF's table with its codes as header (PALUM, PCOPP …; months as 2025M3), its SDMX
CSV (INDICATOR, TIME_PERIOD, OBS_VALUE), CSV of FRED (observation_date and codes ending in USDM),
and the World Bank's Pink Sheet as CSV or XLSX (sheet "Monthly Prices"). A table whose header has
fewer names than its rows have cells is refused: its names cannot be trusted.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from lodewire.errors import ConfigError
from lodewire.model.price import PricePoint, PriceSeries
from lodewire.reference.pink_sheet import EXPECTED, IDS, written_unit
from lodewire.reference.xlsx_rows import is_xlsx, xlsx_rows

PINK_SHEET = "Monthly Prices"

_MONTH = re.compile(r"(?P<year>(?:1[89]|20)\d\d)(?:-?M|-)(?P<month>\d{1,2})(?:-\d{1,2})?")
_FRED = re.compile(r"(?P<code>P[A-Z]+?)USDM")
_MISSING = frozenset({"", ".", "..", "…", "NA", "N/A", "n.a.", "nan", "NaN"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedPrice:
    """One value of a release, before it is set against what is known."""

    series: str
    period: str
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceChange:
    """What a release does to one month: ``old`` None is new, ``new`` None is not in it any more."""

    series: str
    period: str
    old: Decimal | None
    new: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceRelease:
    """A release as read: its prices, codes that no series stands for, and cells set aside."""

    layout: str
    prices: tuple[ReleasedPrice, ...]
    unknown: tuple[str, ...]
    set_aside: tuple[str, ...]


def read_release(name: str, content: bytes, series: Sequence[PriceSeries]) -> PriceRelease:
    """Read a release by its layout; ``name`` stands in what is told.

    Zeros and negative values are set aside, with place and column: sources write them where they
    have no price. Raises ConfigError for a layout that is none of these, or a header that does not
    fit its rows.
    """
    rows = _rows(name, content)
    found = _sdmx(rows)
    if found is not None:
        return _released("IMF SDMX CSV", found, series)
    found = _pink(rows)
    if found is not None:
        return _released("World Bank Pink Sheet", found, series)
    found = _coded(name, rows)
    if found is not None:
        return _released("columns by code", found, series)
    raise ConfigError(
        f"{name}: no layout of prices that is known",
        hint="IMF or FRED tables with codes, the World Bank's Pink Sheet, or your own columns: "
        "series, period, value, unit, commodity, kind, basis, source",
    )


def what_changed(
    release: PriceRelease, known: Iterable[PricePoint], *, within: Decimal = Decimal("0.000005")
) -> tuple[PriceChange, ...]:
    """Return new months, revised values and months the release no longer has, by series and month.

    ``within``: a difference of that part of the value is no revision (the package keeps six
    significant digits). Months before the release's first one are not missed.
    """
    old = {(p.series, p.period): p.value for p in known}
    new = {(p.series, p.period): p.value for p in release.prices}
    first: dict[str, str] = {}
    for series, period in new:
        first[series] = min(period, first.get(series, period))
    found = []
    for key in sorted({*old, *new}):
        before, after = old.get(key), new.get(key)
        if after is None and (key[0] not in first or key[1] < first[key[0]]):
            continue
        if before is not None and after is not None and abs(after - before) <= before * within:
            continue
        found.append(PriceChange(series=key[0], period=key[1], old=before, new=after))
    return tuple(found)


def own_table(series: Sequence[PriceSeries], vintage: str, changed: Sequence[PriceChange]) -> str:
    """Return the new and revised months as a file of own prices, to lie in the desk."""
    about = {s.id: s for s in series}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ("series", "period", "value", "unit", "commodity", "kind", "basis", "source", "vintage")
    )
    for change in changed:
        if change.new is None:
            continue
        one = about[change.series]
        writer.writerow(
            (
                one.id,
                change.period,
                f"{change.new:f}",
                one.unit,
                one.commodity,
                one.kind,
                one.basis,
                one.source,
                vintage,
            )
        )
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _Cell:
    where: str
    code: str
    period: str
    text: str


def _rows(name: str, content: bytes) -> list[list[str]]:
    if is_xlsx(content):
        return xlsx_rows(name, content, PINK_SHEET)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError(
            f"{name}: neither UTF-8 text nor XLSX", hint="Save the table as CSV UTF-8"
        ) from None
    try:
        return [[c.strip() for c in row] for row in csv.reader(io.StringIO(text), strict=True)]
    except csv.Error as error:
        raise ConfigError(f"{name}: not valid CSV: {error}", hint="Save it as CSV UTF-8") from error


def _sdmx(rows: list[list[str]]) -> list[_Cell] | None:
    header = rows[0] if rows else []
    if not {"INDICATOR", "TIME_PERIOD", "OBS_VALUE"} <= set(header):
        return None
    place = {column: header.index(column) for column in header}
    found = []
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(header):
            continue
        told = {column: row[index] for column, index in place.items()}
        money = told.get("DATA_TRANSFORMATION", told.get("UNIT_MEASURE", "USD"))
        if money == "USD" and told.get("FREQUENCY", told.get("FREQ", "M")) == "M":
            period = _period(told["TIME_PERIOD"])
            if period is not None:
                found.append(_Cell(f"line {number}", told["INDICATOR"], period, told["OBS_VALUE"]))
    return found


def _pink(rows: list[list[str]]) -> list[_Cell] | None:
    """Names a row above the units, months as 2026M09 in the first column."""
    for index, row in enumerate(rows[:12]):
        names = [cell.rstrip("* ").lower() for cell in row]
        if "gold" in names and "aluminum" in names and not row[0]:
            units = [*(rows[index + 1] if index + 1 < len(rows) else []), *[""] * len(names)]
            columns = [_expected(n, u) for n, u in zip(names, units, strict=False)]
            return list(_columns(columns, rows[index + 1 :], index + 2))
    return None


def _expected(name: str, unit: str) -> str:
    """The name, or name and unit where the unit is not the one this series has."""
    if name not in EXPECTED or written_unit(unit) == EXPECTED[name]:
        return name
    return f"{name} in {unit or 'no unit'}"


def _coded(name: str, rows: list[list[str]]) -> list[_Cell] | None:
    if not rows:
        return None
    header = [_FRED.sub(lambda m: m["code"], cell) for cell in rows[0]]
    widest = max(len(row) for row in rows)
    if widest > len(header) and _looks_monthly(rows):
        raise ConfigError(
            f"{name}:1: {len(header)} names over rows of {widest} cells; columns cannot be told",
            hint="Take the publisher's own file, whose header has the codes (PALUM, PCOPP …)",
        )
    if not any(re.fullmatch(r"P[A-Z]{3,8}", cell) for cell in header):
        return None
    return list(_columns(header, rows[1:], 2))


def _columns(header: list[str], rows: list[list[str]], first: int) -> Iterator[_Cell]:
    for number, row in enumerate(rows, start=first):
        period = _period(row[0]) if row else None
        if period is None:
            continue
        for code, text in zip(header[1:], row[1:], strict=False):
            if code:
                yield _Cell(f"line {number}", code, period, text)


def _looks_monthly(rows: list[list[str]]) -> bool:
    return any(row and _period(row[0]) is not None for row in rows[1:20])


def _period(text: str) -> str | None:
    match = _MONTH.fullmatch(text.strip())
    if match is None or not 1 <= int(match["month"]) <= 12:
        return None
    return f"{match['year']}-{int(match['month']):02d}"


def _released(layout: str, cells: list[_Cell], series: Sequence[PriceSeries]) -> PriceRelease:
    ids = {s.code: s.id for s in series if s.source == "imf-pcps"}
    if layout == "World Bank Pink Sheet":
        ids = IDS
    found: dict[tuple[str, str], ReleasedPrice] = {}
    unknown: set[str] = set()
    aside: list[str] = []
    for cell in cells:
        if cell.code not in ids:
            unknown.add(cell.code)
            continue
        if cell.text in _MISSING:
            continue
        value = _value(cell.text)
        if value is None or value <= 0:
            aside.append(f"{cell.where}, {cell.code} {cell.period}: {cell.text!r}")
            continue
        key = (ids[cell.code], cell.period)
        found[key] = ReleasedPrice(series=key[0], period=key[1], value=value)
    return PriceRelease(
        layout=layout,
        prices=tuple(found[key] for key in sorted(found)),
        unknown=tuple(sorted(unknown)),
        set_aside=tuple(aside),
    )


def _value(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
