"""World production by country: figures of the USGS Mineral Commodity Summaries, as published.

The table is ``data/production.csv``, its sources with vintages are in ``data/sources.toml``.
A value that the source withholds or does not have is a state, never a zero; a zero is the source's
own. Two vintages may give one year two values: both stay, and they are not to be mixed.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from lodewire.errors import OntologyError
from lodewire.model.measure import Figure

TABLE = "production.csv"
SOURCES = "sources.toml"
COLUMNS = (
    "commodity",
    "stage",
    "country",
    "year",
    "value",
    "unit",
    "basis",
    "state",
    "estimated",
    "source",
    "vintage",
)
STATES_WITH_VALUE = frozenset({"reported", "less_than", "more_than"})
STATES_WITHOUT_VALUE = frozenset({"withheld", "not_available"})

_COUNTRY = re.compile(r"[A-Z]{2}|WORLD|OTHER")
_YEAR = re.compile(r"(19|20)\d\d")


@cache
def load_production() -> tuple[Figure, ...]:
    """Return every production figure, by commodity, stage and year.

    ``country`` is ISO 3166-1 alpha-2, or "WORLD" (the source's rounded total) or "OTHER" (countries
    it does not list). Values are in ``unit`` (t, kt, Mt, kg, million m3) of ``basis`` a year.
    Raises OntologyError, naming file and line, when the table is inconsistent.
    """
    return read_production()


@cache
def production_of(commodity: str, stage: str, year: int | None = None) -> tuple[Figure, ...]:
    """Return the figures of one commodity, stage and year, of the newest vintage that has them.

    Without ``year``: of the last year that is not an estimate as a whole, else of the last year.
    Empty when the table has none.
    """
    all_years = [f for f in load_production() if f.commodity == commodity and f.stage == stage]
    if not all_years:
        return ()
    wanted = year if year is not None else _last_year(all_years)
    found = [f for f in all_years if f.year == wanted]
    newest = max((f.vintage for f in found), default="")
    return tuple(f for f in found if f.vintage == newest)


def read_production(folder: Traversable | None = None) -> tuple[Figure, ...]:
    """Read and check the table in ``folder`` (default: the package's own)."""
    place = folder if folder is not None else resources.files("lodewire.reference") / "data"
    vintages = _read_vintages(place)
    found: list[Figure] = []
    seen: set[tuple[object, ...]] = set()
    for where, row in _rows(place):
        figure = _parse(where, row)
        if (figure.source, figure.vintage) not in vintages:
            raise OntologyError(
                f"{where}: source {figure.source!r}, vintage {figure.vintage!r} is not in {SOURCES}"
            )
        key = (figure.commodity, figure.stage, figure.country, figure.year, figure.vintage)
        if key in seen:
            raise OntologyError(f"{where}: the figure for {key} is there twice")
        seen.add(key)
        found.append(figure)
    return tuple(found)


def _last_year(figures: list[Figure]) -> int:
    years = sorted({f.year for f in figures}, reverse=True)
    for year in years:
        if not all(f.estimated for f in figures if f.year == year and f.value is not None):
            return year
    return years[0]


def _rows(place: Traversable) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        text = (place / TABLE).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"{TABLE}: the data file cannot be read: {error}") from error
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        if tuple(next(reader, ())) != COLUMNS:
            raise OntologyError(f"{TABLE}:1: the columns must be {','.join(COLUMNS)}")
        for cells in reader:
            where = f"{TABLE}:{reader.line_num}"
            if len(cells) != len(COLUMNS):
                raise OntologyError(f"{where}: {len(cells)} cells, expected {len(COLUMNS)}")
            yield where, dict(zip(COLUMNS, map(str.strip, cells), strict=True))
    except csv.Error as error:
        raise OntologyError(f"{TABLE}:{reader.line_num}: not valid CSV: {error}") from error


def _parse(where: str, row: dict[str, str]) -> Figure:
    for column in ("commodity", "stage", "unit", "basis"):
        if not row[column]:
            raise OntologyError(f"{where}: {column} is empty")
    if not _COUNTRY.fullmatch(row["country"]):
        raise OntologyError(f"{where}: country {row['country']!r} is not alpha-2, WORLD or OTHER")
    if not _YEAR.fullmatch(row["year"]):
        raise OntologyError(f"{where}: year {row['year']!r} is not a year")
    if row["estimated"] not in ("yes", "no"):
        raise OntologyError(f"{where}: estimated {row['estimated']!r} must be yes or no")
    return Figure(
        commodity=row["commodity"],
        stage=row["stage"],
        country=row["country"],
        year=int(row["year"]),
        value=_parse_value(where, row["state"], row["value"]),
        unit=row["unit"],
        basis=row["basis"],
        source=row["source"],
        vintage=row["vintage"],
        state=row["state"],
        estimated=row["estimated"] == "yes",
    )


def _parse_value(where: str, state: str, cell: str) -> Decimal | None:
    if state in STATES_WITHOUT_VALUE:
        if cell:
            raise OntologyError(f"{where}: {state}, yet the value {cell!r} stands there")
        return None
    if state not in STATES_WITH_VALUE:
        allowed = ", ".join(sorted(STATES_WITH_VALUE | STATES_WITHOUT_VALUE))
        raise OntologyError(f"{where}: state {state!r} is not one of {allowed}")
    try:
        value = Decimal(cell)
    except InvalidOperation:
        raise OntologyError(f"{where}: value {cell!r} is not a number") from None
    if not value.is_finite() or value < 0:
        raise OntologyError(f"{where}: value {cell!r} must be zero or more")
    return value


def _read_vintages(place: Traversable) -> frozenset[tuple[str, str]]:
    try:
        told = tomllib.loads((place / SOURCES).read_bytes().decode("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"{SOURCES}: the data file cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise OntologyError(f"{SOURCES}: not valid TOML: {error}") from error
    return frozenset((source, vintage) for source, tables in told.items() for vintage in tables)
