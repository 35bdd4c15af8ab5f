"""The project's own schema for reference figures: one CSV file a source and vintage, checked.

A row is one ``Figure``. ``estimated`` is yes or no; a cell that does not apply is empty. What a
cell may hold follows from ``state``, so that a missing figure can never be read as zero.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from lodewire.errors import OntologyError
from lodewire.model.measure import Figure

COLUMNS = (
    "commodity",
    "stage",
    "country",
    "partner",
    "year",
    "measured",
    "form",
    "value",
    "low",
    "high",
    "unit",
    "basis",
    "state",
    "estimated",
    "note",
    "source",
    "vintage",
)

MEASURED = frozenset(
    {
        "production",
        "capacity",
        "reserves",
        "resources",
        "imports",
        "exports",
        "import_share",  # the partner's part of the country's imports
        "import_rank",  # the partner's place among the sources of imports, the first the largest
        "apparent_consumption",
        "reported_consumption",
        "consumption",  # where the source does not say which of the two
        "shipments",
        "stocks",
        "price",
        "employment",
        "net_import_reliance",
        "share",  # the country's part of the world's supply
        "sourcing_share",  # the country's part of what a bloc (the partner) uses
        "import_reliance",
        "trade_parameter",
        "recycling_input_rate",
        "substitution_index",
        "use_share",
        "value_added",
        "governance",
        "hhi_governance",
        "supplier_index",  # 0..1, form "ability" or "willingness": more is worse
        "supply_risk",
        "economic_importance",
    }
)
"""What a figure may count; a table that says another word is refused."""

STATES_WITH_VALUE = frozenset({"reported", "less_than", "more_than"})
STATES_WITHOUT_VALUE = frozenset({"withheld", "not_available"})
STATES = STATES_WITH_VALUE | STATES_WITHOUT_VALUE | {"interval"}

SIGNED = frozenset({"governance", "net_import_reliance", "stocks"})
"""What may lie below zero: WGI runs from -2.5 to 2.5, a net exporter relies less than nothing."""

NO_COMMODITY = frozenset({"governance", "supplier_index"})
"""What belongs to a country alone: commodity and stage are empty."""

MONEY = frozenset({"USD", "EUR", "JPY", "CNY", "GBP", "million USD"})
"""Units of value, as against quantity; prices are in a unit per quantity."""

Key = tuple[str, str, str, str, int, str, str, bool, str, str]

_COUNTRY = re.compile(r"[A-Z]{2}|WORLD|OTHER")
_DIGITS = 30  # no figure of this field has more before or after the point
_YEAR = re.compile(r"(19|20)\d\d")


def key_of(figure: Figure) -> Key:
    """Return what makes a figure one: no table holds two of the same key."""
    return (
        figure.commodity,
        figure.stage,
        figure.country,
        figure.partner,
        figure.year,
        figure.measured,
        figure.form,
        figure.unit in MONEY,  # a flow is told by value and by quantity
        figure.source,
        figure.vintage,
    )


def read_figures(name: str, content: bytes) -> tuple[Figure, ...]:
    """Return the figures of a table in the project's schema; ``name`` is told in errors.

    Raises OntologyError with the line when a row is inconsistent or there twice.
    """
    found: list[Figure] = []
    seen: set[Key] = set()
    for line, cells in _rows(name, content):
        try:
            figure = _parse(cells)
        except ValueError as error:
            raise OntologyError(f"{name}:{line}: {error}") from None
        key = key_of(figure)
        if key in seen:
            raise OntologyError(f"{name}:{line}: the figure for {_told(key)} is there twice")
        seen.add(key)
        found.append(figure)
    return tuple(found)


def write_figures(figures: Iterable[Figure]) -> bytes:
    """Return the table that ``read_figures`` reads back as the same figures, sorted by key."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for f in sorted(figures, key=lambda f: (f.measured, *key_of(f))):
        cells = [getattr(f, column) for column in COLUMNS]
        writer.writerow(_cell(cell) for cell in cells)
    return text.getvalue().encode("utf-8")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _told(key: Key) -> str:
    return ", ".join(str(part) for part in key if part != "" and part is not False)


def _rows(name: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise OntologyError(f"{name}: the data file cannot be read: {error}") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, skipinitialspace=True)
    try:
        if tuple(next(reader, ())) != COLUMNS:
            raise OntologyError(f"{name}:1: the columns must be {','.join(COLUMNS)}")
        for cells in reader:
            if len(cells) != len(COLUMNS):
                raise OntologyError(
                    f"{name}:{reader.line_num}: {len(cells)} cells, expected {len(COLUMNS)}"
                )
            yield reader.line_num, cells
    except csv.Error as error:
        raise OntologyError(f"{name}:{reader.line_num}: not valid CSV: {error}") from error


def _parse(cells: list[str]) -> Figure:
    (
        commodity,
        stage,
        country,
        partner,
        year,
        measured,
        form,
        value,
        low,
        high,
        unit,
        basis,
        state,
        estimated,
        note,
        source,
        vintage,
    ) = cells
    _check_words(commodity, stage, measured, unit, basis, source, vintage)
    _check_places(country, partner, year)
    if estimated not in ("yes", "no"):
        raise ValueError(f"estimated {estimated!r} must be yes or no")
    numbers = _numbers(state, value, low, high, signed=measured in SIGNED)
    return Figure(
        commodity=commodity,
        stage=stage,
        country=country,
        partner=partner,
        year=int(year),
        measured=measured,
        form=form,
        value=numbers[0],
        low=numbers[1],
        high=numbers[2],
        unit=unit,
        basis=basis,
        state=state,
        estimated=estimated == "yes",
        note=note,
        source=source,
        vintage=vintage,
    )


@lru_cache(maxsize=4096)
def _check_words(
    commodity: str, stage: str, measured: str, unit: str, basis: str, source: str, vintage: str
) -> None:
    """Refuse empty or unknown words; cached, since a table repeats the same few."""
    if measured not in MEASURED:
        raise ValueError(f"measured {measured!r} is not one of {', '.join(sorted(MEASURED))}")
    wanted = {"unit": unit, "basis": basis, "source": source, "vintage": vintage}
    if measured not in NO_COMMODITY:
        wanted |= {"commodity": commodity, "stage": stage}
    for column, cell in wanted.items():
        if not cell:
            raise ValueError(f"{column} is empty")


@lru_cache(maxsize=4096)
def _check_places(country: str, partner: str, year: str) -> None:
    if not _COUNTRY.fullmatch(country):
        raise ValueError(f"country {country!r} is not alpha-2, WORLD or OTHER")
    if partner and not _COUNTRY.fullmatch(partner):
        raise ValueError(f"partner {partner!r} is not alpha-2, WORLD or OTHER")
    if not _YEAR.fullmatch(year):
        raise ValueError(f"year {year!r} is not a year")


def _numbers(
    state: str, value: str, low: str, high: str, *, signed: bool
) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    if state in STATES_WITH_VALUE:
        if low or high:
            raise ValueError(f"{state}, yet bounds {low!r} and {high!r} stand there")
        return _number("value", value, signed), None, None
    if state in STATES_WITHOUT_VALUE:
        if value or low or high:
            raise ValueError(f"{state}, yet the value {value or low or high!r} stands there")
        return None, None, None
    if state != "interval":
        raise ValueError(f"state {state!r} is not one of {', '.join(sorted(STATES))}")
    if value:
        raise ValueError(f"an interval, yet the value {value!r} stands there")
    least, most = _number("low", low, signed), _number("high", high, signed)
    if least > most:
        raise ValueError(f"an interval from {low} to {high} runs backwards")
    return None, least, most


@lru_cache(maxsize=8192)
def _number(column: str, cell: str, signed: bool) -> Decimal:
    try:
        value = Decimal(cell)
    except InvalidOperation:
        raise ValueError(f"{column} {cell!r} is not a number") from None
    if not value.is_finite() or abs(value.adjusted()) > _DIGITS or (value < 0 and not signed):
        raise ValueError(f"{column} {cell!r} must be {'finite' if signed else 'zero or more'}")
    return value
