"""A desk's own prices and premiums: CSV files in ``prices/`` of its folder, read and checked.

Columns, in any order: ``series`` (kebab-case id), ``period`` (2025-03, or a day 2025-03-12),
``value`` (over zero; premiums may be negative), ``unit`` (USD/t, USc/lb, EUR/kg …), ``commodity``
(an id such as aluminium), ``kind`` (price or premium), ``basis`` (what is priced), ``source``.
Optional: ``market``, ``vintage``, ``licence``, ``note``. A series has one unit, kind, commodity and
basis. These files never leave the machine.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from lodewire.errors import ConfigError
from lodewire.model.price import PricePoint, PriceSeries
from lodewire.reference.cost_tables import is_period

FOLDER = "prices"
NEEDED = ("series", "period", "value", "unit", "commodity", "kind", "basis", "source")
OPTIONAL = ("market", "vintage", "licence", "note")
MOST_PROBLEMS = 20
MOST_BYTES = 50_000_000

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_UNIT = re.compile(r"[A-Za-z]{3}[A-Za-z]*/[A-Za-z0-9 ]+")
_ALIKE = ("unit", "commodity", "kind", "basis")


@dataclass(frozen=True, slots=True)
class _Row:
    where: str
    series: PriceSeries
    point: PricePoint


def own_prices(desk: Path) -> tuple[tuple[PriceSeries, ...], tuple[PricePoint, ...]]:
    """Return the series and prices in ``desk/prices``, files in order of name, later ones winning.

    Empty without the folder. Raises ConfigError that tells every wrong line with its file.
    """
    folder = desk / FOLDER
    if not folder.is_dir():
        return (), ()
    series: dict[str, PriceSeries] = {}
    points: dict[tuple[str, str], PricePoint] = {}
    for path in sorted(folder.glob("*.csv")):
        told, found = read_own_prices(path)
        for one in told:
            known = series.setdefault(one.id, one)
            if known.unit != one.unit:
                raise ConfigError(
                    f"{path.name}: series {one.id} is in {one.unit}, elsewhere in {known.unit}",
                    hint="A series has one unit; give the other one its own id",
                )
        points.update(((p.series, p.period), p) for p in found)
    ordered = sorted(points.items(), key=lambda pair: pair[0])
    return tuple(series[k] for k in sorted(series)), tuple(p for _, p in ordered)


def read_own_prices(path: Path) -> tuple[tuple[PriceSeries, ...], tuple[PricePoint, ...]]:
    """Read and check one file of own prices.

    Raises ConfigError with one line a problem ("prices.csv:7: …"), at most twenty.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ConfigError(f"{path.name}: larger than {MOST_BYTES:,} bytes")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError:
        raise ConfigError(f"{path.name}: not UTF-8", hint="Save the table as CSV UTF-8") from None
    return parse_own_prices(path.name, text)


def parse_own_prices(
    name: str, text: str
) -> tuple[tuple[PriceSeries, ...], tuple[PricePoint, ...]]:
    """Check the text of a file of own prices; ``name`` stands in the problems told."""
    problems: list[str] = []
    rows = list(_read(name, text, problems))
    series: dict[str, PriceSeries] = {}
    points: dict[tuple[str, str], PricePoint] = {}
    for row in rows:
        known = series.setdefault(row.series.id, row.series)
        problems += _unlike(row, known)
        key = (row.point.series, row.point.period)
        if key in points:
            problems.append(f"{row.where}: {key[0]} has {key[1]} twice")
        points[key] = row.point
    if problems:
        _refuse(problems)
    return tuple(series[k] for k in sorted(series)), tuple(points[k] for k in sorted(points))


def _refuse(problems: list[str]) -> None:
    more = len(problems) - MOST_PROBLEMS
    told = "\n  ".join(problems[:MOST_PROBLEMS] + ([f"and {more} more"] if more > 0 else []))
    raise ConfigError(
        f"the prices cannot be taken in:\n  {told}",
        hint=f"The columns are {', '.join(NEEDED)}; optional {', '.join(OPTIONAL)}",
    )


def _read(name: str, text: str, problems: list[str]) -> list[_Row]:
    reader = csv.reader(io.StringIO(text), strict=True)
    found: list[_Row] = []
    try:
        header = [cell.strip() for cell in next(reader, [])]
        wrong = _wrong_header(header)
        if wrong:
            problems.append(f"{name}:1: {wrong}")
            return []
        for cells in reader:
            where = f"{name}:{reader.line_num}"
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                problems.append(f"{where}: {len(cells)} cells, the header has {len(header)}")
                continue
            row = {**dict.fromkeys(OPTIONAL, ""), **dict(zip(header, cells, strict=True))}
            parsed = _parse(where, {k: v.strip() for k, v in row.items()}, problems)
            if parsed is not None:
                found.append(parsed)
    except csv.Error as error:
        problems.append(f"{name}:{reader.line_num}: not valid CSV: {error}")
    return found


def _wrong_header(header: list[str]) -> str:
    missing = [c for c in NEEDED if c not in header]
    unknown = [c for c in header if c not in NEEDED + OPTIONAL]
    twice = sorted({c for c in header if header.count(c) > 1})
    parts = [
        f"{what} {', '.join(map(repr, cells))}"
        for what, cells in (("missing", missing), ("unknown", unknown), ("twice", twice))
        if cells
    ]
    return f"the header is wrong: {'; '.join(parts)}" if parts else ""


def _parse(where: str, row: dict[str, str], problems: list[str]) -> _Row | None:
    wrong = [f"{c} is empty" for c in NEEDED if not row[c]]
    if row["series"] and not _SLUG.fullmatch(row["series"]):
        wrong.append(f"series {row['series']!r} is not lower-case kebab-case")
    if row["period"] and not _is_time(row["period"]):
        wrong.append(f"period {row['period']!r} is neither a month (2025-03) nor a day")
    if row["unit"] and not _UNIT.fullmatch(row["unit"]):
        wrong.append(f"unit {row['unit']!r} is not money by weight or volume, such as USD/t")
    if row["kind"] and row["kind"] not in ("price", "premium"):
        wrong.append(f"kind {row['kind']!r} is not price or premium")
    value = _number(row, wrong)
    if wrong or value is None:
        problems += [f"{where}: {w}" for w in wrong]
        return None
    daily = len(row["period"]) == len("2025-03-12")
    about = PriceSeries(
        id=row["series"],
        name=row["series"],
        commodity=row["commodity"],
        kind=row["kind"],
        market=row["market"],
        benchmark=None,
        unit=row["unit"],
        basis=row["basis"],
        frequency="daily" if daily else "monthly",
        source=row["source"],
        code="",
        vintage=row["vintage"],
        licence=row["licence"] or "the desk's own; stays on this machine",
        note=row["note"],
        origin="desk",
    )
    point = PricePoint(
        series=about.id,
        period=row["period"],
        value=value,
        unit=about.unit,
        basis=about.basis,
        source=about.source,
        vintage=about.vintage,
    )
    return _Row(where, about, point)


def _is_time(text: str) -> bool:
    if is_period(text):
        return True
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _number(row: dict[str, str], wrong: list[str]) -> Decimal | None:
    if not row["value"]:
        return None
    try:
        value = Decimal(row["value"])
    except InvalidOperation:
        wrong.append(f"value {row['value']!r} is not a number (write 1234.5, no thousands mark)")
        return None
    if not value.is_finite():
        wrong.append(f"value {row['value']!r} is not finite")
    elif value <= 0 and row["kind"] != "premium":
        wrong.append(f"value {row['value']!r} must be over zero; leave out a month without a price")
    return value


def _unlike(row: _Row, known: PriceSeries) -> list[str]:
    found = [
        f"{row.where}: {column} {getattr(row.series, column)!r} of {known.id} was "
        f"{getattr(known, column)!r} before; a series has one"
        for column in _ALIKE
        if getattr(row.series, column) != getattr(known, column)
    ]
    if row.series.frequency != known.frequency:
        found.append(f"{row.where}: {known.id} mixes months and days")
    return found
