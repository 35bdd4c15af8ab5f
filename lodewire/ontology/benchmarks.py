"""Price benchmarks by name, and the plausible range of prices, premiums and ore grades.

Tables: ``data/price_benchmarks.csv`` and ``data/price_bounds.csv``; sources in
``data/price_sources.toml``. No assessed price of an agency is reproduced: benchmarks are names with
their commodity, unit and basis, bounds are ranges over years around public figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from lodewire.errors import LodewireError, OntologyError
from lodewire.ontology.commodities import read_commodities
from lodewire.ontology.tables import (
    Alias,
    is_slug,
    load_sources,
    parse_aliases,
    read_table,
    split_list,
)
from lodewire.ontology.units import kind_of

BENCHMARK_TABLE = "price_benchmarks.csv"
BOUND_TABLE = "price_bounds.csv"
SOURCES = "price_sources.toml"
BENCHMARK_COLUMNS = (
    "id",
    "name",
    "commodity",
    "form",
    "unit",
    "basis",
    "publisher",
    "aliases",
    "source",
)
BOUND_COLUMNS = (
    "commodity",
    "form",
    "kind",
    "unit",
    "low",
    "high",
    "observed_low",
    "observed_high",
    "window",
    "judgement",
    "note",
    "source",
)


class BoundKind(StrEnum):
    """What a range bounds: a price, a premium over one, a treatment charge, or an ore grade."""

    PRICE = "price"
    PREMIUM = "premium"
    CHARGE = "charge"
    GRADE = "grade"


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """A price that people quote by name.

    ``unit`` is the unit in which it is usually quoted ("USD/t", "USc/lb"); a text may quote
    another. ``form`` is a form id of the commodity, or None for its usual one.
    """

    id: str
    name: str
    commodity: str
    form: str | None
    unit: str
    basis: str | None
    publisher: str
    aliases: tuple[Alias, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A plausible range, both ends included, in ``unit``; outside it a value is queried.

    ``observed_low`` and ``observed_high`` are what ``window`` of the source shows, where it does;
    ``judgement`` tells that the range itself is the editors' own, set around the observations.
    """

    commodity: str
    form: str | None
    kind: BoundKind
    unit: str
    low: Decimal
    high: Decimal
    observed_low: Decimal | None
    observed_high: Decimal | None
    window: str
    judgement: bool
    note: str
    sources: tuple[str, ...]


@cache
def load_benchmarks() -> Mapping[str, Benchmark]:
    """Return id -> benchmark, in the order of the table.

    Raises OntologyError, naming file and line, when the table is inconsistent.
    """
    return read_benchmarks()


@cache
def load_bounds() -> tuple[Bound, ...]:
    """Return the plausible ranges in the order of the table; raises OntologyError."""
    return read_bounds()


@cache
def bounds_for(
    commodity: str, kind: BoundKind = BoundKind.PRICE, form: str | None = None
) -> tuple[Bound, ...]:
    """Return the ranges of one commodity and kind, in the order of the table.

    With ``form`` those of that form where the table has any, else those without a form; without
    ``form`` all. Empty when nothing is known: then nothing can be called implausible.
    """
    found = tuple(b for b in load_bounds() if b.commodity == commodity and b.kind is kind)
    if form is None:
        return found
    return tuple(b for b in found if b.form == form) or tuple(b for b in found if b.form is None)


def read_benchmarks(folder: Traversable | None = None) -> Mapping[str, Benchmark]:
    """Read and check the benchmarks in ``folder`` (default: the package's own)."""
    commodities = read_commodities(folder)
    sources = load_sources(SOURCES, folder)
    found: dict[str, Benchmark] = {}
    taken: dict[str, str] = {}
    for where, row in read_table(BENCHMARK_TABLE, BENCHMARK_COLUMNS, folder):
        if not is_slug(row["id"]):
            raise OntologyError(f"{where}: id {row['id']!r} is not lower-case kebab-case")
        if row["id"] in found:
            raise OntologyError(f"{where}: benchmark {row['id']!r} is there twice")
        if not row["name"] or not row["publisher"]:
            raise OntologyError(f"{where}: {row['id']} needs a name and a publisher")
        _check_common(where, row, commodities, sources)
        benchmark = Benchmark(
            id=row["id"],
            name=row["name"],
            commodity=row["commodity"],
            form=row["form"] or None,
            unit=row["unit"],
            basis=row["basis"] or None,
            publisher=row["publisher"],
            aliases=parse_aliases(row["aliases"]),
            sources=split_list(row["source"]),
        )
        for surface in (benchmark.name, *(a.text for a in benchmark.aliases)):
            owner = taken.setdefault(surface.casefold(), benchmark.id)
            if owner != benchmark.id:
                raise OntologyError(
                    f"{where}: {surface!r} stands for {owner} and {benchmark.id}; keep one"
                )
        found[benchmark.id] = benchmark
    return MappingProxyType(found)


def read_bounds(folder: Traversable | None = None) -> tuple[Bound, ...]:
    """Read and check the ranges in ``folder`` (default: the package's own)."""
    commodities = read_commodities(folder)
    sources = load_sources(SOURCES, folder)
    found: list[Bound] = []
    seen: set[tuple[str, str | None, BoundKind, str]] = set()
    for where, row in read_table(BOUND_TABLE, BOUND_COLUMNS, folder):
        _check_common(where, row, commodities, sources)
        bound = _parse_bound(where, row)
        key = (bound.commodity, bound.form, bound.kind, bound.unit)
        if key in seen:
            raise OntologyError(f"{where}: a range for {key} is there twice")
        seen.add(key)
        found.append(bound)
    return tuple(found)


def _parse_bound(where: str, row: dict[str, str]) -> Bound:
    try:
        kind = BoundKind(row["kind"])
    except ValueError:
        allowed = ", ".join(BoundKind)
        raise OntologyError(f"{where}: kind {row['kind']!r} is not one of {allowed}") from None
    if row["judgement"] not in ("yes", "no"):
        raise OntologyError(f"{where}: judgement {row['judgement']!r} must be yes or no")
    low, high = _number(where, "low", row), _number(where, "high", row)
    if low is None or high is None or low >= high:
        raise OntologyError(f"{where}: low and high must be two numbers, low below high")
    seen_low, seen_high = _number(where, "observed_low", row), _number(where, "observed_high", row)
    for seen in (seen_low, seen_high):
        if seen is not None and not low <= seen <= high:
            raise OntologyError(f"{where}: observed {seen} lies outside {low} to {high}")
    return Bound(
        commodity=row["commodity"],
        form=row["form"] or None,
        kind=kind,
        unit=row["unit"],
        low=low,
        high=high,
        observed_low=seen_low,
        observed_high=seen_high,
        window=row["window"],
        judgement=row["judgement"] == "yes",
        note=row["note"],
        sources=split_list(row["source"]),
    )


def _number(where: str, column: str, row: dict[str, str]) -> Decimal | None:
    if not row[column]:
        return None
    try:
        value = Decimal(row[column])
    except InvalidOperation:
        raise OntologyError(f"{where}: {column} {row[column]!r} is not a number") from None
    if not value.is_finite():
        raise OntologyError(f"{where}: {column} {row[column]!r} is not finite")
    return value


def _check_common(
    where: str,
    row: dict[str, str],
    commodities: Mapping[str, object],
    sources: Mapping[str, object],
) -> None:
    if row["commodity"] not in commodities:
        raise OntologyError(f"{where}: commodity {row['commodity']!r} is not in commodities.csv")
    if row["form"] and not is_slug(row["form"]):
        raise OntologyError(f"{where}: form {row['form']!r} is not a form id")
    cited = split_list(row["source"])
    if not cited or any(key not in sources for key in cited):
        raise OntologyError(f"{where}: source {row['source']!r} is not in {SOURCES}")
    try:
        kind_of(row["unit"])
    except LodewireError as error:
        raise OntologyError(f"{where}: unit {row['unit']!r}: {error.message}") from error
