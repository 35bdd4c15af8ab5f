"""How much of a commodity the world holds and makes: no one deposit or mine can have more.

Table: ``data/world_scale.csv``; sources in ``data/world_scale_sources.toml``. The figures are the
scale against which a slip of powers of ten shows; they are no series to compute shares from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from lodewire.errors import OntologyError
from lodewire.ontology.commodities import ancestors_of, read_commodities
from lodewire.ontology.tables import load_sources, read_table

TABLE = "world_scale.csv"
SOURCES = "world_scale_sources.toml"
COLUMNS = ("commodity", "reserves_t", "output_t", "counted_as", "note", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldScale:
    """World reserves in tonnes and world output in tonnes a year; None where none is published."""

    commodity: str
    reserves: Decimal | None
    output: Decimal | None
    counted_as: str
    source: str


@cache
def load_world_scale() -> Mapping[str, WorldScale]:
    """Return commodity -> scale, in the order of the table; raises OntologyError."""
    return read_world_scale()


@cache
def scale_of(commodity: str) -> WorldScale | None:
    """Return the scale of a commodity, else of the nearest group above it, else None.

    What the world holds of rare earths bounds what it holds of neodymium. Raises OntologyError
    when the commodity is unknown.
    """
    known = load_world_scale()
    return next((known[c] for c in (commodity, *ancestors_of(commodity)) if c in known), None)


def read_world_scale(folder: Traversable | None = None) -> Mapping[str, WorldScale]:
    """Read and check the table in ``folder`` (default: the package's own)."""
    sources, commodities = load_sources(SOURCES, folder), read_commodities(folder)
    found: dict[str, WorldScale] = {}
    for where, row in read_table(TABLE, COLUMNS, folder):
        scale = WorldScale(
            commodity=row["commodity"],
            reserves=_tonnes(where, "reserves_t", row),
            output=_tonnes(where, "output_t", row),
            counted_as=row["counted_as"],
            source=row["source"],
        )
        if scale.commodity not in commodities or scale.commodity in found:
            raise OntologyError(
                f"{where}: {scale.commodity!r} must be in commodities.csv, and here once"
            )
        if scale.source not in sources:
            raise OntologyError(f"{where}: source {scale.source!r} is not in {SOURCES}")
        if scale.reserves is None and scale.output is None:
            raise OntologyError(f"{where}: neither reserves_t nor output_t is given")
        found[scale.commodity] = scale
    return MappingProxyType(found)


def _tonnes(where: str, column: str, row: dict[str, str]) -> Decimal | None:
    if not row[column]:
        return None
    try:
        value = Decimal(row[column])
    except InvalidOperation:
        raise OntologyError(f"{where}: {column} {row[column]!r} is not a number") from None
    if not value.is_finite() or value <= 0:
        raise OntologyError(f"{where}: {column} {row[column]!r} must be above zero")
    return value
