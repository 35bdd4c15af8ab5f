"""Organisations of the field: companies, ministries, agencies, exchanges, banks, associations.

Tables: ``data/organisations_*.csv``, one for each family, read as one. The sources are in
``data/organisation_sources.toml``. Matching is case-sensitive, acronyms as written. A spelling
marked ``~`` is ambiguous in ordinary text ("Vale", "Ministry of Mines") and counts only with
supporting context; two organisations share a spelling only where at most one leaves it unmarked.
A company that was taken over keeps its own row, with its owner as ``parent``, so that "A buys B"
never reads as "A buys A".
"""

from __future__ import annotations

import re
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
    split_list,
    table_names,
    with_name,
)

TABLES = r"organisations(_[a-z_]+)?\.csv"
SOURCES = "organisation_sources.toml"
COLUMNS = (
    "id",
    "name",
    "aliases",
    "kind",
    "country",
    "state_owned",
    "parent",
    "tickers",
    "commodities",
    "source",
)
INTERNATIONAL = "XX"  # country of bodies that belong to no state
EUROPEAN_UNION = "EU"  # country of the Union's own bodies

_TICKER = re.compile(r"[A-Z][A-Z0-9]*:[A-Z0-9]+([.-][A-Z0-9]+)?")


class OrganisationKind(StrEnum):
    """What an organisation mainly does, or is."""

    MINER = "miner"
    SMELTER = "smelter"
    TRADER = "trader"
    OIL_GAS = "oil_gas"
    UTILITY = "utility"
    RENEWABLES = "renewables"
    BATTERY = "battery"
    AUTOMAKER = "automaker"
    CHIP = "chip"
    MAGNET = "magnet"
    DEFENCE = "defence"
    AEROSPACE = "aerospace"
    STEEL = "steel"
    CHEMICALS = "chemicals"
    RECYCLER = "recycler"
    TECHNOLOGY = "technology"
    SHIPPING = "shipping"
    ENGINEERING = "engineering"
    BANK = "bank"
    INVESTOR = "investor"
    ANALYST = "analyst"
    EXCHANGE = "exchange"
    PRICE_AGENCY = "price_agency"
    MINISTRY = "ministry"
    AGENCY = "agency"
    GOVERNMENT = "government"
    INTERNATIONAL = "international"
    ASSOCIATION = "association"
    STATE_COMPANY = "state_company"
    MEDIA = "media"


class StateOwned(StrEnum):
    """Whether states, or what they own, hold the organisation: most of it, or a known part."""

    YES = "yes"
    PART = "part"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """One organisation of the ontology.

    ``name`` is the fullest usual English name. ``country`` is where it has its seat, ISO 3166-1
    alpha-2, "EU" for bodies of the Union, "XX" for international ones. ``parent`` is the id of the
    organisation that controls it or holds the largest part. ``tickers`` are "EXCHANGE:CODE".
    ``commodities`` are ids of what it mainly makes, trades or watches.
    """

    id: str
    name: str
    aliases: tuple[Alias, ...]
    kind: OrganisationKind
    country: str
    state_owned: StateOwned
    parent: str | None
    tickers: tuple[str, ...]
    commodities: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def surfaces(self) -> tuple[Alias, ...]:
        """Name and aliases as alternatives in text, each once, the name first."""
        return with_name(self.name, self.aliases)


@cache
def load_organisations() -> Mapping[str, Organisation]:
    """Return id -> organisation, in the order of the tables.

    Raises OntologyError, naming file and line, when a table is inconsistent.
    """
    return read_organisations()


def read_organisations(folder: Traversable | None = None) -> Mapping[str, Organisation]:
    """Read and check the tables in ``folder`` (default: the package's own).

    Countries and commodities are always those of the package. See load_organisations.
    """
    sources = load_sources(SOURCES, folder)
    found: dict[str, Organisation] = {}
    places: dict[str, str] = {}
    spelled: dict[str, str] = {}
    listed: dict[str, str] = {}
    for name in table_names(TABLES, folder):
        for where, row in read_table(name, COLUMNS, folder):
            organisation = _parse(where, row, sources)
            if organisation.id in found:
                raise OntologyError(
                    f"{where}: organisation {organisation.id!r} is there twice, "
                    f"first at {places[organisation.id]}"
                )
            _take_surfaces(where, organisation, spelled)
            _take_tickers(where, organisation, listed)
            found[organisation.id] = organisation
            places[organisation.id] = where
    for organisation in found.values():
        _check_parents(places[organisation.id], organisation, found)
    return MappingProxyType(found)


def owners_of(organisation_id: str) -> tuple[str, ...]:
    """Return the ids of the parent, its parent and so on; empty for an unknown id."""
    known = load_organisations()
    chain: list[str] = []
    organisation = known.get(organisation_id)
    while organisation is not None and organisation.parent is not None:
        chain.append(organisation.parent)
        organisation = known[organisation.parent]
    return tuple(chain)


def _parse(where: str, row: Mapping[str, str], sources: Mapping[str, TableSource]) -> Organisation:
    if not is_slug(row["id"]):
        raise OntologyError(f"{where}: {row['id']!r} is not a lower-case kebab-case id")
    if not row["name"]:
        raise OntologyError(f"{where}: organisation {row['id']!r} has no name")
    if row["name"].endswith("~"):
        raise OntologyError(
            f"{where}: the name of {row['id']!r} ends with ~",
            hint="Repeat the name among the aliases, with ~, to mark it ambiguous",
        )
    return Organisation(
        id=row["id"],
        name=row["name"],
        aliases=_with_curly(row["name"], read_aliases(where, row)),
        kind=OrganisationKind(_word(where, "kind", row["kind"], OrganisationKind)),
        country=_parse_country(where, row["country"]),
        state_owned=StateOwned(_word(where, "state_owned", row["state_owned"], StateOwned)),
        parent=row["parent"] or None,
        tickers=_parse_tickers(where, row["tickers"]),
        commodities=read_produce(where, row["commodities"]),
        sources=read_cited(where, row["source"], sources, SOURCES),
    )


def _word(where: str, column: str, word: str, kind: type[StrEnum]) -> str:
    if word not in {member.value for member in kind}:
        raise OntologyError(f"{where}: unknown {column} {word!r}", hint=f"One of {', '.join(kind)}")
    return word


def _with_curly(name: str, aliases: tuple[Alias, ...]) -> tuple[Alias, ...]:
    """Add to spellings with a straight apostrophe the curly one that most publishers print."""
    told = {alias.text: alias for alias in (Alias(name), *aliases)}
    return aliases + tuple(
        Alias(curly, alias.ambiguous)
        for text, alias in told.items()
        if "'" in text
        and (curly := text.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")) not in told
    )


def _parse_country(where: str, code: str) -> str:
    if code in {INTERNATIONAL, EUROPEAN_UNION}:
        return code
    return read_country(
        where,
        code,
        hint="Use an ISO 3166-1 alpha-2 code, EU, or XX for an international body",
    )


def _parse_tickers(where: str, cell: str) -> tuple[str, ...]:
    tickers = split_list(cell)
    for ticker in tickers:
        if not _TICKER.fullmatch(ticker):
            raise OntologyError(f"{where}: ticker {ticker!r} is not EXCHANGE:CODE")
    return tickers


def _take_surfaces(where: str, organisation: Organisation, spelled: dict[str, str]) -> None:
    """Refuse a spelling that two organisations both hold without marking it ambiguous."""
    for surface in organisation.surfaces:
        if surface.ambiguous:
            continue
        place = spelled.setdefault(surface.text, where)
        if place != where:
            raise OntologyError(
                f"{where}: {surface.text!r} also names the organisation at {place}",
                hint="Mark it with ~ at one of them, or give one a longer name",
            )


def _take_tickers(where: str, organisation: Organisation, listed: dict[str, str]) -> None:
    for ticker in organisation.tickers:
        place = listed.setdefault(ticker, where)
        if place != where or organisation.tickers.count(ticker) > 1:
            raise OntologyError(f"{where}: ticker {ticker!r} is there twice, first at {place}")


def _check_parents(
    where: str, organisation: Organisation, found: Mapping[str, Organisation]
) -> None:
    """Refuse a parent that has no row, and an organisation that owns itself in the end."""
    seen = {organisation.id}
    parent = organisation.parent
    while parent is not None:
        if parent not in found:
            raise OntologyError(f"{where}: parent {parent!r} has no row of its own")
        if parent in seen:
            raise OntologyError(f"{where}: {organisation.id!r} comes to own itself")
        seen.add(parent)
        parent = found[parent].parent
