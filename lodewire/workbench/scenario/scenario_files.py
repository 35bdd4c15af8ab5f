"""Scenario files (TOML) and tables of one's own figures and trade flows (CSV)."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

from lodewire.errors import ScenarioError
from lodewire.model.measure import Figure
from lodewire.model.ranges import Range
from lodewire.model.scenario import Balance, Change, RiskInputs, Scenario, TradeFlow
from lodewire.workbench.scenario.scenario_words import (
    build_change,
    country_of,
    parse_day,
    parse_range,
)
from lodewire.workbench.scenario.stated import balance_from, risk_inputs_from

EXAMPLE = """\
# A scenario: what would change, from when, and how sure that is. Run it with
#   lodewire scenario run FILE.toml
# A number is 500, a range 400..600 (every value as likely) or 400..500..600 (one likeliest; "pert
# 400..500..600" for a smoother one). Shares are 0.3 or "30%". Days are 2028, 2028-07 or 2028-07-01.

name = "Cobalt: a new supplier for Japan, a ban and an outage"
commodity = "cobalt"
stage = "mining"          # of the figures: ore is no metal, and a mine's output no refinery's
# year = 2024             # of the figures; without it, the last one that is no estimate
on = 2029                 # the day that is looked at; without it, the day when all has begun
importer = "JP"
partner = "CD"            # whom dependence is measured on
# world = "250..300 kt"   # the world's supply, needed where the figures are shares

[[change]]
kind = "new_supplier"     # output that was not there before
country = "AU"
to = "JP"                 # who gets it; without it, imports stay as they are
tonnes = "2000..3000..4000 t"
from = 2028
ramp_up = "1..2.5..4"     # years to full output
replaces = "0..0.5..1"    # what part takes the place of today's imports; the rest comes on top
evidence = "assumed by the user"   # or the id of an event: ev_…

[[change]]
kind = "ban"
country = "CD"
# targets = ["US", "EU"]  # without it, everyone
leakage = "0..0.1..0.3"   # what part still gets out
from = "2026-03"
until = 2029

[[change]]
kind = "outage"
country = "ID"
lost = "10..30%"          # a share of its output, or tonnes: "5 kt"
from = 2029
until = 2029

# Further kinds: redirection (country, to, tonnes), quota (country, targets, cap, exports), tariff
# (country, partners, rate, diverted), substitution (country, share), recycling (country, share,
# demand), stock_release (country, tonnes).

# Imports, one row a partner; "lodewire scenario run … --flows FILE.csv" reads them from a table.
# These three are made up, to show the form.
[[flow]]
partner = "CD"
quantity = "6000 t"
value = "90000000 USD"

[[flow]]
partner = "AU"
quantity = "3000 t"
value = "60000000 USD"

[[flow]]
partner = "CA"
quantity = "1000 t"
value = "25000000 USD"

# What the importer makes, imports and exports, for its net import reliance; without it, that of its
# statistics where they add up. These are made up as well.
[balance]
production = "0 t"
imports = "10000 t"
exports = "1000 t"        # stock_draw = "0 t": what was drawn from stocks

# The EU's import reliance and recycling input rate in percent and its substitution index, for its
# supply risk; without it, those of its last study that prints them.
# [eu]
# reliance = 44
# recycling = 42
# substitution = 1.0

# Your own figures instead of those of the package: [[figure]] with country, value and unit.
"""
"""What ``lodewire scenario example`` prints; a test runs it."""

_HEAD = {
    "name",
    "commodity",
    "stage",
    "year",
    "on",
    "importer",
    "partner",
    "world",
    "balance",
    "eu",
    "change",
    "figure",
    "flow",
}
_FLOW_COLUMNS = ("importer", "partner", "year", "quantity", "unit", "value", "currency", "source")
_FIGURE_COLUMNS = ("country", "year", "value", "unit", "basis", "state", "source", "vintage")
MAX_BYTES = 2_000_000

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a file asks for: the scenario, and what it is to be measured on."""

    scenario: Scenario
    year: int | None = None
    on: date | None = None
    importer: str | None = None
    partner: str | None = None
    figures: tuple[Figure, ...] = ()
    flows: tuple[TradeFlow, ...] = ()
    balance: Balance | None = None
    risk: RiskInputs | None = None


def read_scenario(file: Path) -> Asked:
    """Read a scenario file; raises ScenarioError, naming the place, when it is wrong."""
    try:
        told = tomllib.loads(_text(file))
    except tomllib.TOMLDecodeError as error:
        # A bare 2028-07 is no TOML: the commonest slip deserves its own hint.
        raise ScenarioError(
            f"{file.name}: no valid TOML: {error}",
            hint='Put months and ranges in quotes: "2028-07"; see `lodewire scenario example`',
        ) from error
    return parse_scenario(told, file.name)


def parse_scenario(told: Mapping[str, Any], where: str) -> Asked:
    """Return what the parsed TOML of a scenario asks for; ``where`` names it in errors."""
    for key in told:
        if key not in _HEAD:
            raise ScenarioError(
                f"{where}: {key!r} is not known", hint=f"There are {', '.join(sorted(_HEAD))}"
            )
    for key in ("commodity", "stage"):
        if not isinstance(told.get(key), str):
            raise ScenarioError(
                f"{where}: {key} is missing", hint=f'Write {key} = "…" at the top of the file'
            )
    world, unit = _world(told, where)
    scenario = Scenario(
        name=str(told.get("name", where)),
        commodity=told["commodity"],
        stage=told["stage"],
        changes=tuple(_changes(told, where)),
        world=world,
        world_unit=unit,
    )
    importer = country_of(str(told["importer"])) if "importer" in told else None
    return Asked(
        scenario=scenario,
        year=int(told["year"]) if "year" in told else None,
        on=parse_day(told["on"]) if "on" in told else None,
        importer=importer,
        partner=country_of(str(told["partner"])) if "partner" in told else None,
        balance=_stated(told, "balance", where, lambda t, w: balance_from(t, importer, w)),
        risk=_stated(told, "eu", where, risk_inputs_from),
        figures=tuple(
            _figure(scenario, row, f"{where}, figure {n}")
            for n, row in enumerate(_tables(told, "figure", where), 1)
        ),
        flows=tuple(
            _flow(scenario, importer, row, f"{where}, flow {n}")
            for n, row in enumerate(_tables(told, "flow", where), 1)
        ),
    )


def _stated(
    told: Mapping[str, Any], key: str, where: str, read: Callable[[Mapping[str, Any], str], _T]
) -> _T | None:
    if key not in told:
        return None
    if not isinstance(told[key], dict):
        raise ScenarioError(f"{where}: {key} is no table", hint=f"Begin it with [{key}]")
    return read(told[key], f"{where}, {key}")


def read_flows(file: Path, scenario: Scenario, importer: str | None) -> tuple[TradeFlow, ...]:
    """Read trade flows from CSV: partner, quantity, unit, value, currency; importer, year, source.

    An empty cell is not known. Rows of other importers are read too. Raises ScenarioError, naming
    the line, for a row that is wrong.
    """
    return tuple(_flow(scenario, importer, row, where) for where, row in _rows(file, _FLOW_COLUMNS))


def read_figures(file: Path, scenario: Scenario) -> tuple[Figure, ...]:
    """Read figures from CSV: country, value, unit; year, basis, state, source, vintage."""
    return tuple(_figure(scenario, row, where) for where, row in _rows(file, _FIGURE_COLUMNS))


def _text(file: Path) -> str:
    try:
        body = file.read_bytes()
    except OSError as error:
        raise ScenarioError(
            f"{file}: cannot be read: {error.strerror or error}",
            hint="`lodewire scenario example > FILE.toml` writes one to start from",
        ) from error
    if len(body) > MAX_BYTES:
        raise ScenarioError(f"{file}: larger than {MAX_BYTES:,} bytes")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ScenarioError(f"{file}: not UTF-8 text", hint="Save it as UTF-8") from error


def _world(told: Mapping[str, Any], where: str) -> tuple[Range | None, str]:
    if "world" not in told:
        return None, "t"
    range_, unit = parse_range(told["world"])
    if range_.low <= 0:
        raise ScenarioError(f"{where}: the world's supply must be above zero")
    return range_, unit or "t"


def _tables(told: Mapping[str, Any], key: str, where: str) -> Sequence[Mapping[str, Any]]:
    rows = told.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows):
        raise ScenarioError(f"{where}: {key} is no table", hint=f"Begin each with [[{key}]]")
    return rows


def _changes(told: Mapping[str, Any], where: str) -> Iterator[Change]:
    for n, row in enumerate(_tables(told, "change", where), 1):
        try:
            rest = {k: v for k, v in row.items() if k != "kind"}
            yield build_change(str(row.get("kind", "")), rest)
        except ScenarioError as error:
            raise ScenarioError(f"{where}, change {n}: {error.message}", hint=error.hint) from error


def _rows(file: Path, columns: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(_text(file)), strict=True)
    try:
        unknown = [c for c in reader.fieldnames or () if c not in columns]
        if unknown or not reader.fieldnames:
            raise ScenarioError(
                f"{file.name}: {unknown[0]!r} is no column" if unknown else f"{file.name}: empty",
                hint=f"The columns are {', '.join(columns)}",
            )
        for row in reader:
            where = f"{file.name}:{reader.line_num}"
            if None in row or None in row.values():
                raise ScenarioError(f"{where}: not as many cells as the first line has")
            yield where, {k: v.strip() for k, v in row.items() if v.strip()}
    except csv.Error as error:
        raise ScenarioError(f"{file.name}:{reader.line_num}: no valid CSV: {error}") from error


def _figure(scenario: Scenario, row: Mapping[str, Any], where: str) -> Figure:
    _known(row, _FIGURE_COLUMNS, where)
    if "country" not in row or "unit" not in row:
        raise ScenarioError(f"{where}: country and unit must be there")
    value = _decimal(row.get("value"), where)
    country = str(row["country"])
    return Figure(
        commodity=scenario.commodity,
        stage=scenario.stage,
        country=country if country in ("WORLD", "OTHER") else country_of(country),
        year=_year(row, where),
        value=value,
        unit=str(row["unit"]),
        basis=str(row.get("basis", "as given")),
        source=str(row.get("source", "given by the user")),
        vintage=str(row.get("vintage", "as given")),
        state=str(row.get("state", "not_available" if value is None else "reported")),
    )


def _flow(
    scenario: Scenario, importer: str | None, row: Mapping[str, Any], where: str
) -> TradeFlow:
    _known(row, _FLOW_COLUMNS, where)
    to = country_of(str(row["importer"])) if "importer" in row else importer
    if to is None or "partner" not in row:
        missing = "partner" if to is not None else "importer"
        raise ScenarioError(f"{where}: {missing} is missing", hint="Name it, or use --country")
    partner = str(row["partner"])
    quantity, unit = _with_unit(row.get("quantity"), row.get("unit"), where)
    value, currency = _with_unit(row.get("value"), row.get("currency"), where)
    return TradeFlow(
        importer=to,
        partner=partner if partner in ("WORLD", "OTHER") else country_of(partner),
        commodity=scenario.commodity,
        year=_year(row, where),
        quantity=quantity,
        unit=unit or "t",
        value=value,
        currency=currency or "USD",
        source=str(row.get("source", "given by the user")),
        vintage="as given",
    )


def _known(row: Mapping[str, Any], columns: Sequence[str], where: str) -> None:
    for key in row:
        if key not in columns:
            raise ScenarioError(
                f"{where}: {key!r} is not known", hint=f"There are {', '.join(columns)}"
            )


def _year(row: Mapping[str, Any], where: str) -> int:
    try:
        return int(row.get("year", 0))
    except (TypeError, ValueError):
        raise ScenarioError(f"{where}: year {row['year']!r} is no year") from None


def _with_unit(cell: Any, unit: Any, where: str) -> tuple[Decimal | None, str | None]:
    """Read "600 t" or 600, with the unit beside it or apart."""
    if cell is None or cell == "":
        return None, None if unit is None else str(unit)
    number, _, beside = str(cell).strip().partition(" ")
    return _decimal(number, where), beside.strip() or (None if unit is None else str(unit))


def _decimal(cell: Any, where: str) -> Decimal | None:
    if cell is None or cell == "":
        return None
    try:
        value = Decimal(str(cell).replace(",", ""))
    except InvalidOperation:
        raise ScenarioError(f"{where}: {cell!r} is no number") from None
    if not value.is_finite() or value < 0:
        raise ScenarioError(f"{where}: {cell!r} must be zero or more")
    return value
