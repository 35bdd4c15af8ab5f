"""Sites of the field: mines, deposits, plants, fields, pipelines and ports that texts name.

Tables: ``data/sites_*.csv``, one for each group of commodities, read as one. The sources are in
``data/site_sources.toml``. A spelling marked ``~`` is ambiguous in ordinary text ("Sentinel",
"Eagle") and counts only beside words such as "mine" or "smelter"; two sites may share one spelling
only where both mark it. Matching is case-sensitive. A site without a country is a pipeline that
crosses borders.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from lodewire.errors import OntologyError
from lodewire.ontology.rows import read_aliases, read_cited, read_country, read_produce
from lodewire.ontology.tables import (
    Alias,
    TableSource,
    is_slug,
    load_sources,
    read_table,
    table_names,
    with_name,
)

TABLES = r"sites(_[a-z_]+)?\.csv"
SOURCES = "site_sources.toml"
COLUMNS = (
    "id",
    "name",
    "aliases",
    "kind",
    "country",
    "region",
    "commodities",
    "operator",
    "source",
)


class SiteKind(StrEnum):
    """What stands, or is planned, at a site.

    A ``refinery`` works metals and minerals (leaching plants and separation of rare earths among
    them), an ``oil_refinery`` crude oil. A ``port`` is any terminal or storage hub of trade.
    """

    MINE = "mine"
    DEPOSIT = "deposit"
    PROJECT = "project"
    SMELTER = "smelter"
    REFINERY = "refinery"
    ALUMINA_REFINERY = "alumina_refinery"
    CONCENTRATOR = "concentrator"
    CHEMICAL_PLANT = "chemical_plant"
    OIL_FIELD = "oil_field"
    GAS_FIELD = "gas_field"
    LNG_PLANT = "lng_plant"
    OIL_REFINERY = "oil_refinery"
    PIPELINE = "pipeline"
    POWER_PLANT = "power_plant"
    NUCLEAR_PLANT = "nuclear_plant"
    ENRICHMENT_PLANT = "enrichment_plant"
    BATTERY_PLANT = "battery_plant"
    VEHICLE_PLANT = "vehicle_plant"
    CHIP_FAB = "chip_fab"
    MAGNET_PLANT = "magnet_plant"
    STEEL_PLANT = "steel_plant"
    RECYCLING_PLANT = "recycling_plant"
    PORT = "port"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One site of the ontology.

    ``country`` is ISO 3166-1 alpha-2, ``region`` a state or province by its English name.
    ``commodities`` are ids of what it yields, makes or handles. ``operator`` is the id of the
    organisation that runs it; None where several do, or where it is not known for sure.
    """

    id: str
    name: str
    aliases: tuple[Alias, ...]
    kind: SiteKind
    country: str | None
    region: str | None
    commodities: tuple[str, ...]
    operator: str | None
    sources: tuple[str, ...]

    @property
    def surfaces(self) -> tuple[Alias, ...]:
        """Name and aliases as alternatives in text, each once, the name first."""
        return with_name(self.name, self.aliases)


@cache
def load_sites() -> Mapping[str, Site]:
    """Return id -> site, in the order of the tables.

    Raises OntologyError, naming file and line, when a table is inconsistent.
    """
    return read_sites()


def read_sites(folder: Traversable | None = None) -> Mapping[str, Site]:
    """Read and check the tables in ``folder`` (default: the package's own); see load_sites."""
    sources = load_sources(SOURCES, folder)
    found: dict[str, Site] = {}
    places: dict[str, str] = {}
    taken: dict[str, tuple[Alias, str]] = {}
    for name in table_names(TABLES, folder):
        for where, row in read_table(name, COLUMNS, folder):
            site = _parse_site(where, row, sources)
            if site.id in found:
                raise OntologyError(
                    f"{where}: site {site.id!r} is there twice, first at {places[site.id]}"
                )
            _claim_surfaces(where, site, taken)
            found[site.id] = site
            places[site.id] = where
    return MappingProxyType(found)


def _parse_site(where: str, row: Mapping[str, str], sources: Mapping[str, TableSource]) -> Site:
    if not is_slug(row["id"]):
        raise OntologyError(f"{where}: {row['id']!r} is not a lower-case kebab-case id")
    if not row["name"]:
        raise OntologyError(f"{where}: site {row['id']!r} has no name")
    if row["kind"] not in set(SiteKind):
        raise OntologyError(
            f"{where}: unknown kind {row['kind']!r}", hint=f"One of {', '.join(SiteKind)}"
        )
    kind = SiteKind(row["kind"])
    operator = row["operator"] or None
    if operator is not None and not is_slug(operator):
        raise OntologyError(f"{where}: operator {operator!r} is not a lower-case kebab-case id")
    return Site(
        id=row["id"],
        name=row["name"],
        aliases=read_aliases(where, row),
        kind=kind,
        country=_parse_country(where, row["country"], kind),
        region=row["region"] or None,
        commodities=read_produce(where, row["commodities"]),
        operator=operator,
        sources=read_cited(where, row["source"], sources, SOURCES),
    )


def _parse_country(where: str, code: str, kind: SiteKind) -> str | None:
    if not code:
        if kind is not SiteKind.PIPELINE:
            raise OntologyError(
                f"{where}: no country", hint="Only a pipeline across borders has none"
            )
        return None
    return read_country(where, code, hint="Use an ISO 3166-1 alpha-2 code")


def _claim_surfaces(where: str, site: Site, taken: dict[str, tuple[Alias, str]]) -> None:
    """Refuse a spelling that two sites share unless both mark it ambiguous."""
    for surface in site.surfaces:
        other, place = taken.setdefault(surface.text, (surface, where))
        if place != where and not (surface.ambiguous and other.ambiguous):
            raise OntologyError(
                f"{where}: {surface.text!r} also names the site at {place}",
                hint="Mark it with ~ at both, or give one a longer name",
            )
