"""Reading the tables of prices, exchange rates and duties: CSV with a fixed header, and sources.

Every problem names file and line. A table of the package that is wrong is an OntologyError; a file
of the user's is a ConfigError that tells every wrong line at once, and what to write instead.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from lodewire.errors import OntologyError

SOURCES = "cost_sources.toml"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_SOURCE_FIELDS = frozenset({"description", "url", "licence", "vintage", "notes"})
_PERIOD = re.compile(r"(1[89]|20)\d\d-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, kw_only=True)
class CostSource:
    """A public source of prices, rates or duties, with its terms and the release in the tables."""

    key: str
    description: str
    url: str
    licence: str
    vintage: str
    notes: str


def data_folder() -> Traversable:
    """Return the folder of the package's own tables."""
    return resources.files("lodewire.reference") / "data"


def read_rows(
    name: str, columns: Sequence[str], folder: Traversable | None = None
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield ``("file.csv:line", row)`` of a table, cells stripped; raises OntologyError."""
    place = folder if folder is not None else data_folder()
    try:
        text = (place / name).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"{name}: the data file cannot be read: {error}") from error
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        if tuple(next(reader, ())) != tuple(columns):
            raise OntologyError(f"{name}:1: the columns must be {','.join(columns)}")
        for cells in reader:
            where = f"{name}:{reader.line_num}"
            if len(cells) != len(columns):
                raise OntologyError(f"{where}: {len(cells)} cells, expected {len(columns)}")
            yield where, dict(zip(columns, map(str.strip, cells), strict=True))
    except csv.Error as error:
        raise OntologyError(f"{name}:{reader.line_num}: not valid CSV: {error}") from error


@cache
def cost_sources() -> dict[str, CostSource]:
    """Return key -> source of every price, rate and duty of the package; raises OntologyError."""
    return read_sources()


def read_sources(folder: Traversable | None = None) -> dict[str, CostSource]:
    """Read and check the sources in ``folder`` (default: the package's own)."""
    place = folder if folder is not None else data_folder()
    try:
        told = tomllib.loads((place / SOURCES).read_bytes().decode("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"{SOURCES}: the data file cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise OntologyError(f"{SOURCES}: not valid TOML: {error}") from error
    found: dict[str, CostSource] = {}
    for key, fields in told.items():
        if not isinstance(fields, dict) or set(fields) != _SOURCE_FIELDS:
            raise OntologyError(
                f"{SOURCES}: [{key}] needs exactly {', '.join(sorted(_SOURCE_FIELDS))}"
            )
        if not all(isinstance(value, str) for value in fields.values()):
            raise OntologyError(f"{SOURCES}: [{key}] holds something that is not a text")
        found[key] = CostSource(key=key, **fields)
    return found


def read_months(where: str, row: dict[str, str]) -> Iterator[tuple[str, Decimal]]:
    """Yield ``("YYYY-MM", value)`` of a row with a year and twelve months; an empty one is absent.

    A zero is refused: the sources write it where they have no price, and no price here was zero.
    """
    for number, month in enumerate(MONTHS, start=1):
        if row[month]:
            yield f"{row['year']}-{number:02d}", read_positive(where, month, row[month])


def read_positive(where: str, what: str, cell: str) -> Decimal:
    """Return a number over zero; raises OntologyError."""
    try:
        value = Decimal(cell)
    except InvalidOperation:
        raise OntologyError(f"{where}: {what} {cell!r} is not a number") from None
    if not value.is_finite() or value <= 0:
        raise OntologyError(f"{where}: {what} {cell!r} must be over zero; leave a gap empty")
    return value


def is_period(text: str) -> bool:
    """Tell whether ``text`` is a month such as 2025-03."""
    return _PERIOD.fullmatch(text) is not None
