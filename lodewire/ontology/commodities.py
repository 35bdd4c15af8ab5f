"""Commodities: elements, minerals, groups, compounds, fuels, alloys and products of the field.

The table is ``data/commodities.csv``. Its name, aliases and forms are surfaces that stand for the
commodity in running text; no two commodities share one. Regular forms (``<name> oxide``,
``<name> concentrate``, ``<name> prices``) are composed by the reader of texts and not listed. A
name that is ambiguous in ordinary text ("lead") is repeated among the aliases with the mark.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import TypeVar

from lodewire.errors import OntologyError
from lodewire.model.vocabulary import Desk
from lodewire.ontology.tables import (
    Alias,
    is_slug,
    load_sources,
    parse_aliases,
    read_table,
    split_list,
)

TABLE = "commodities.csv"
SOURCES = "commodities_sources.toml"
COLUMNS = (
    "id",
    "name",
    "symbol",
    "aliases",
    "forms",
    "parents",
    "kind",
    "stages",
    "hs6",
    "lists",
    "desks",
    "source",
)

_HS6 = re.compile(r"\d{6}")


class CommodityKind(StrEnum):
    """What sort of thing a commodity is."""

    ELEMENT = "element"
    GROUP = "group"
    COMPOUND = "compound"
    MINERAL = "mineral"
    ALLOY = "alloy"
    ENERGY = "energy"
    PRODUCT = "product"


class Stage(StrEnum):
    """A step of a supply chain, from the ground to the product and back."""

    MINING = "mining"
    PROCESSING = "processing"
    SMELTING = "smelting"
    REFINING = "refining"
    CONVERSION = "conversion"
    ENRICHMENT = "enrichment"
    METAL = "metal"
    ALLOY = "alloy"
    MAGNET = "magnet"
    CELL = "cell"
    WAFER = "wafer"
    FABRICATION = "fabrication"
    MANUFACTURE = "manufacture"
    LIQUEFACTION = "liquefaction"
    GENERATION = "generation"
    RECYCLING = "recycling"


class CriticalList(StrEnum):
    """A government's list of critical (or, for ``EU2023s``, strategic) raw materials."""

    US2022 = "US2022"
    US2025 = "US2025"
    EU2023_CRITICAL = "EU2023c"
    EU2023_STRATEGIC = "EU2023s"
    JAPAN = "JP"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A product form: ``text`` in a document stands for form ``id`` ("cobalt sulfate", "sulphate").

    ``ambiguous`` forms count only where the context supports them.
    """

    text: str
    id: str
    ambiguous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Commodity:
    """One commodity of the ontology.

    ``symbol`` is the chemical symbol or usual formula; it is no surface of running text by itself.
    ``parents`` are ids of what it is a member or a link of (neodymium: light-rare-earths).
    ``hs_codes`` pairs a stage with an HS 2022 six-digit code, only where known for sure.
    ``lists`` names the lists that hold it; a group carries a list that names it or its members.
    """

    id: str
    name: str
    symbol: str | None
    aliases: tuple[Alias, ...]
    forms: tuple[Form, ...]
    parents: tuple[str, ...]
    kind: CommodityKind
    stages: tuple[Stage, ...]
    hs_codes: tuple[tuple[Stage, str], ...]
    lists: tuple[CriticalList, ...]
    desks: tuple[Desk, ...]
    sources: tuple[str, ...]

    @property
    def surfaces(self) -> tuple[Alias, ...]:
        """Name, aliases and forms as alternatives in text, each once."""
        listed = {a.text: a for a in self.aliases}
        first = listed.pop(self.name, Alias(self.name))
        forms = (Alias(f.text, f.ambiguous) for f in self.forms)
        return (first, *listed.values(), *forms)


@cache
def load_commodities() -> Mapping[str, Commodity]:
    """Return id -> commodity, in the order of the table.

    Raises OntologyError, naming file and line, when the table is inconsistent.
    """
    return read_commodities()


def read_commodities(folder: Traversable | None = None) -> Mapping[str, Commodity]:
    """Read and check the table in ``folder`` (default: the package's own); see load_commodities."""
    sources = load_sources(SOURCES, folder)
    found: dict[str, Commodity] = {}
    places: dict[str, str] = {}
    surfaces: dict[str, str] = {}
    for where, row in read_table(TABLE, COLUMNS, folder):
        commodity = _parse(where, row)
        if commodity.id in found:
            raise OntologyError(f"{where}: commodity {commodity.id!r} is there twice")
        _check_cited(where, commodity.sources, sources)
        _take_surfaces(where, commodity, surfaces)
        found[commodity.id] = commodity
        places[commodity.id] = where
    for commodity in found.values():
        _check_parents(places[commodity.id], commodity, found)
    return MappingProxyType(found)


def ancestors_of(commodity_id: str) -> tuple[str, ...]:
    """Return the ids of parents, their parents and so on, nearest first, each once.

    Raises OntologyError when ``commodity_id`` is unknown.
    """
    commodities = load_commodities()
    if commodity_id not in commodities:
        raise OntologyError(f"unknown commodity {commodity_id!r}")
    found: dict[str, None] = {}
    queue = list(commodities[commodity_id].parents)
    while queue:
        parent = queue.pop(0)
        if parent not in found:
            found[parent] = None
            queue.extend(commodities[parent].parents)
    return tuple(found)


@cache
def members_of(group_id: str) -> tuple[str, ...]:
    """Return the ids of all commodities below ``group_id``, in the order of the table.

    Raises OntologyError when ``group_id`` is unknown.
    """
    commodities = load_commodities()
    if group_id not in commodities:
        raise OntologyError(f"unknown commodity {group_id!r}")
    return tuple(c for c in commodities if group_id in ancestors_of(c))


def _parse(where: str, row: dict[str, str]) -> Commodity:
    if not is_slug(row["id"]):
        raise OntologyError(f"{where}: id {row['id']!r} is not lower-case kebab-case")
    if not row["name"]:
        raise OntologyError(f"{where}: {row['id']} has no name")
    stages = _members(where, "stages", row["stages"], Stage)
    return Commodity(
        id=row["id"],
        name=row["name"],
        symbol=row["symbol"] or None,
        aliases=parse_aliases(row["aliases"]),
        forms=tuple(_parse_form(where, part) for part in split_list(row["forms"])),
        parents=split_list(row["parents"]),
        kind=_member(where, "kind", row["kind"], CommodityKind),
        stages=stages,
        hs_codes=tuple(_parse_hs(where, part) for part in split_list(row["hs6"])),
        lists=_members(where, "lists", row["lists"], CriticalList),
        desks=_members(where, "desks", row["desks"], Desk),
        sources=split_list(row["source"]),
    )


def _parse_form(where: str, part: str) -> Form:
    text, equals, form = (piece.strip() for piece in part.rpartition("="))
    if not equals or not text or not is_slug(form):
        raise OntologyError(f"{where}: form {part!r} is not 'words=form-id'")
    return Form(text=text.removesuffix("~").rstrip(), id=form, ambiguous=text.endswith("~"))


def _parse_hs(where: str, part: str) -> tuple[Stage, str]:
    stage, _, code = (piece.strip() for piece in part.partition("="))
    if not _HS6.fullmatch(code):
        raise OntologyError(f"{where}: hs6 {part!r} is not 'stage=six digits'")
    return _member(where, "hs6", stage, Stage), code


_E = TypeVar("_E", bound=StrEnum)


def _member(where: str, column: str, word: str, kind: type[_E]) -> _E:
    try:
        return kind(word)
    except ValueError:
        allowed = ", ".join(kind)
        raise OntologyError(f"{where}: {column} {word!r} is not one of {allowed}") from None


def _members(where: str, column: str, cell: str, kind: type[_E]) -> tuple[_E, ...]:
    return tuple(_member(where, column, word, kind) for word in split_list(cell))


def _check_cited(where: str, cited: tuple[str, ...], sources: Mapping[str, object]) -> None:
    if not cited:
        raise OntologyError(f"{where}: no source; cite a key of {SOURCES}")
    for key in cited:
        if key not in sources:
            raise OntologyError(f"{where}: source {key!r} is not in {SOURCES}")


def _take_surfaces(where: str, commodity: Commodity, taken: dict[str, str]) -> None:
    for surface in commodity.surfaces:
        owner = taken.setdefault(surface.text.casefold(), commodity.id)
        if owner != commodity.id:
            raise OntologyError(
                f"{where}: {surface.text!r} stands for {owner} and {commodity.id}; keep one"
            )


def _check_parents(where: str, commodity: Commodity, found: Mapping[str, Commodity]) -> None:
    seen: set[str] = set()
    queue = list(commodity.parents)
    while queue:
        parent = queue.pop()
        if parent not in found:
            raise OntologyError(f"{where}: parent {parent!r} of {commodity.id} is not in the table")
        if parent == commodity.id:
            raise OntologyError(f"{where}: {commodity.id} is its own ancestor")
        if parent not in seen:
            seen.add(parent)
            queue.extend(found[parent].parents)
