"""Who owns what, in which share, from when until when.

Tables: ``data/ownership_organisations.csv`` and ``data/ownership_sites.csv``, one row an owner and
time. ``owned`` is the id of an organisation or a site; ``owner`` the id of an organisation, or the
ISO code of a country for its state; ``owner_name`` stands in for an owner that has no row of its
own. ``share`` is a percentage, empty where it is not known for sure; ``controls`` is "yes" where
the owner decides, by most of the shares or otherwise. ``since`` is the first day, ``until`` the
first day no more; an empty cell is an open bound, "not known here". Sources:
``data/history_sources.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from lodewire.errors import OntologyError
from lodewire.ontology.countries import load_countries
from lodewire.ontology.name_periods import SOURCES, load_former_organisations
from lodewire.ontology.organisations import load_organisations
from lodewire.ontology.rows import read_cited
from lodewire.ontology.sites import load_sites
from lodewire.ontology.stated_days import StatedDay, holds_on, read_span
from lodewire.ontology.tables import TableSource, load_sources, read_table, table_names

TABLES = r"ownership_[a-z]+\.csv"
COLUMNS = ("owned", "owner", "owner_name", "share", "controls", "since", "until", "source")
_WHOLE = Decimal("100.1")  # shares are rounded where they are published


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One owner of one organisation or site over a time.

    ``owner`` is an organisation's id, a country's ISO code for its state, or None for an owner
    known by ``owner_name`` alone. ``share`` is in percent. ``controls``: the owner decides.
    """

    owned: str
    owner: str | None
    owner_name: str
    share: Decimal | None
    controls: bool
    since: StatedDay | None
    until: StatedDay | None
    sources: tuple[str, ...]
    table: str

    def holds_on(self, day: date) -> bool:
        """Tell whether the owner held it on ``day``."""
        return holds_on(self.since, self.until, day)


@cache
def load_holdings() -> Mapping[str, tuple[Holding, ...]]:
    """Return owned id -> its holdings, in the order of the tables; raises OntologyError."""
    return read_holdings()


def read_holdings(folder: Traversable | None = None) -> Mapping[str, tuple[Holding, ...]]:
    """Read and check the tables in ``folder`` (default: the package's own).

    Organisations, sites and countries are always those of the package. See load_holdings.
    """
    sources = load_sources(SOURCES, folder)
    found: dict[str, list[Holding]] = {}
    for name in table_names(TABLES, folder):
        for where, row in read_table(name, COLUMNS, folder):
            holding = _parse(where, name, row, sources)
            others = found.setdefault(holding.owned, [])
            _check_whole(where, holding, others)
            others.append(holding)
    return MappingProxyType({owned: tuple(rows) for owned, rows in found.items()})


def owner_name(owner: str) -> str:
    """Return the name of an owner by its id or ISO code; the id itself where nothing is known."""
    organisation = load_organisations().get(owner) or load_former_organisations().get(owner)
    if organisation is not None:
        return organisation.name
    country = load_countries().get(owner)
    return f"{country.name} (the state)" if country is not None else owner


def _parse(
    where: str, table: str, row: Mapping[str, str], sources: Mapping[str, TableSource]
) -> Holding:
    owned, owner = row["owned"], row["owner"] or None
    companies = {**load_former_organisations(), **load_organisations()}
    if owned not in companies and owned not in load_sites():
        raise OntologyError(f"{where}: {owned!r} is no organisation and no site")
    if owner is not None and owner not in companies and owner not in load_countries():
        raise OntologyError(f"{where}: owner {owner!r} is no organisation and no country")
    if (owner is None) == (not row["owner_name"]):
        raise OntologyError(
            f"{where}: an owner needs an id or a name, and not both",
            hint="owner_name stands in for an owner without a row",
        )
    if owner == owned:
        raise OntologyError(f"{where}: {owned!r} owns itself")
    if row["controls"] not in ("", "yes"):
        raise OntologyError(f"{where}: controls is {row['controls']!r}", hint='"yes" or empty')
    since, until = read_span(where, row["since"], row["until"])
    return Holding(
        owned=owned,
        owner=owner,
        owner_name=owner_name(owner) if owner is not None else row["owner_name"],
        share=_parse_share(where, row["share"]),
        controls=row["controls"] == "yes",
        since=since,
        until=until,
        sources=read_cited(where, row["source"], sources, SOURCES),
        table=table,
    )


def _parse_share(where: str, cell: str) -> Decimal | None:
    if not cell:
        return None
    try:
        share = Decimal(cell)
    except InvalidOperation:
        share = Decimal(-1)
    if not 0 < share <= 100:
        raise OntologyError(f"{where}: share {cell!r} is no percentage above 0 and up to 100")
    return share


def _check_whole(where: str, holding: Holding, others: list[Holding]) -> None:
    """Refuse shares that come to more than the whole on the day that the last of them begins."""
    day = holding.since.first if holding.since else date.min
    held = [h for h in (*others, holding) if h.holds_on(day)]
    if sum((h.share or Decimal(0) for h in held), Decimal(0)) > _WHOLE:
        raise OntologyError(f"{where}: the owners of {holding.owned!r} hold more than 100 %")
    if len({h.owner or h.owner_name for h in held}) < len(held):
        raise OntologyError(
            f"{where}: {holding.owner_name!r} holds {holding.owned!r} twice at once"
        )
