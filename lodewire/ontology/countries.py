"""Countries, territories and blocs, with the regions that stand for a country.

Tables: ``data/countries.csv`` (ISO 3166-1 and blocs) and ``data/regions.csv``. A surface marked
``~`` is ambiguous in ordinary text ("Jordan", "Washington"). ``government`` holds surfaces that act
for the government ("Beijing moves to…"); "the Chinese government" is a rule of the reader of texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from lodewire.errors import OntologyError
from lodewire.ontology.tables import (
    Alias,
    load_sources,
    parse_aliases,
    read_table,
    split_list,
    with_name,
)

COUNTRY_TABLE = "countries.csv"
REGION_TABLE = "regions.csv"
SOURCES = "countries_sources.toml"
COUNTRY_COLUMNS = (
    "id",
    "iso3",
    "name",
    "aliases",
    "demonyms",
    "capital",
    "government",
    "kind",
    "members",
    "source",
)
REGION_COLUMNS = ("name", "aliases", "country", "kind")

_ISO2 = re.compile(r"[A-Z]{2}")
_ISO3 = re.compile(r"[A-Z]{3}")
_BLOC = re.compile(r"[A-Z][A-Z0-9]+(-[A-Z]+)*")


class CountryKind(StrEnum):
    """A state (or what is treated as one in trade), a territory, or a bloc of states."""

    STATE = "state"
    TERRITORY = "territory"
    BLOC = "bloc"


class RegionKind(StrEnum):
    """What a region is: first-level division, or a basin, island, port or city."""

    STATE = "state"
    PROVINCE = "province"
    REGION = "region"
    CITY = "city"


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """One country or bloc. ``id`` is ISO 3166-1 alpha-2, or a bloc's code (``EU``, ``G7``).

    ``demonyms`` are the adjective forms ("Namibian"). ``members`` are ids, for blocs only.
    """

    id: str
    iso3: str | None
    name: str
    aliases: tuple[Alias, ...]
    demonyms: tuple[Alias, ...]
    capital: str | None
    government: tuple[Alias, ...]
    kind: CountryKind
    members: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def names(self) -> tuple[Alias, ...]:
        """Name and aliases, each once; a name that an alias repeats with the mark is ambiguous."""
        return with_name(self.name, self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A part of a country that texts name in its stead; ``country`` is the country's id."""

    name: str
    aliases: tuple[Alias, ...]
    country: str
    kind: RegionKind

    @property
    def names(self) -> tuple[Alias, ...]:
        """Name and aliases, each once, as for a country."""
        return with_name(self.name, self.aliases)


@cache
def load_countries() -> Mapping[str, Country]:
    """Return id -> country or bloc, in the order of the table.

    Raises OntologyError, naming file and line, when the table is inconsistent.
    """
    return read_countries()


@cache
def load_regions() -> tuple[Region, ...]:
    """Return the regions in the order of the table; raises OntologyError as load_countries."""
    return read_regions()


@cache
def country_of_iso3() -> Mapping[str, str]:
    """Return ISO 3166-1 alpha-3 -> id of the country."""
    return MappingProxyType({c.iso3: c.id for c in load_countries().values() if c.iso3 is not None})


def read_countries(folder: Traversable | None = None) -> Mapping[str, Country]:
    """Read and check the countries in ``folder`` (default: the package's own)."""
    sources = load_sources(SOURCES, folder)
    found: dict[str, Country] = {}
    places: dict[str, str] = {}
    taken: dict[str, str] = {}
    for where, row in read_table(COUNTRY_TABLE, COUNTRY_COLUMNS, folder):
        country = _parse_country(where, row)
        if country.id in found:
            raise OntologyError(f"{where}: country {country.id!r} is there twice")
        unknown = [key for key in country.sources if key not in sources]
        if unknown or not country.sources:
            raise OntologyError(f"{where}: source {unknown or '(none)'} is not in {SOURCES}")
        named = (*country.aliases, *country.demonyms, *country.government)
        _take(where, country.id, {country.name, *(a.text for a in named)}, taken)
        found[country.id] = country
        places[country.id] = where
    for country in found.values():
        for member in country.members:
            if member not in found:
                raise OntologyError(f"{places[country.id]}: member {member!r} is not in the table")
    return MappingProxyType(found)


def read_regions(folder: Traversable | None = None) -> tuple[Region, ...]:
    """Read and check the regions in ``folder``, against the countries beside them."""
    countries = read_countries(folder)
    taken: dict[str, str] = {}
    found: list[Region] = []
    for where, row in read_table(REGION_TABLE, REGION_COLUMNS, folder):
        if row["country"] not in countries:
            raise OntologyError(f"{where}: country {row['country']!r} is not in {COUNTRY_TABLE}")
        if not row["name"]:
            raise OntologyError(f"{where}: the region has no name")
        region = Region(
            name=row["name"],
            aliases=parse_aliases(row["aliases"]),
            country=row["country"],
            kind=_region_kind(where, row["kind"]),
        )
        _take(where, region.name, {region.name, *(a.text for a in region.aliases)}, taken)
        found.append(region)
    return tuple(found)


def _parse_country(where: str, row: dict[str, str]) -> Country:
    try:
        kind = CountryKind(row["kind"])
    except ValueError:
        allowed = ", ".join(CountryKind)
        raise OntologyError(f"{where}: kind {row['kind']!r} is not one of {allowed}") from None
    _check_codes(where, row, kind)
    if not row["name"]:
        raise OntologyError(f"{where}: {row['id']} has no name")
    if row["members"] and kind is not CountryKind.BLOC:
        raise OntologyError(f"{where}: only a bloc has members")
    return Country(
        id=row["id"],
        iso3=row["iso3"] or None,
        name=row["name"],
        aliases=parse_aliases(row["aliases"]),
        demonyms=parse_aliases(row["demonyms"]),
        capital=row["capital"] or None,
        government=parse_aliases(row["government"]),
        kind=kind,
        members=split_list(row["members"]),
        sources=split_list(row["source"]),
    )


def _check_codes(where: str, row: dict[str, str], kind: CountryKind) -> None:
    if kind is CountryKind.BLOC:
        if not _BLOC.fullmatch(row["id"]):
            raise OntologyError(f"{where}: id {row['id']!r} is not an upper-case code of a bloc")
        return
    if not _ISO2.fullmatch(row["id"]):
        raise OntologyError(f"{where}: id {row['id']!r} is not an ISO 3166-1 alpha-2 code")
    if not _ISO3.fullmatch(row["iso3"]):
        raise OntologyError(f"{where}: iso3 {row['iso3']!r} is not an ISO 3166-1 alpha-3 code")


def _region_kind(where: str, word: str) -> RegionKind:
    try:
        return RegionKind(word)
    except ValueError:
        allowed = ", ".join(RegionKind)
        raise OntologyError(f"{where}: kind {word!r} is not one of {allowed}") from None


def _take(where: str, owner: str, surfaces: Iterable[str], taken: dict[str, str]) -> None:
    for surface in surfaces:
        if not surface:
            raise OntologyError(f"{where}: {owner} has an empty alias")
        other = taken.setdefault(surface, owner)
        if other != owner:
            raise OntologyError(f"{where}: {surface!r} stands for {other} and {owner}; keep one")
