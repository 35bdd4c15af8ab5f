"""Names with the time in which they were borne: renamings, and names that passed to another.

``data/name_periods.csv`` holds one row a name and bearer. ``since`` is the first day, ``until`` the
first day it was borne no more; an empty cell is an open bound. Two companies may bear one name one
after the other ("Lithium Americas", "Alcoa", "Ivanhoe Mines"), never at once. Companies that only
the past knows, and that texts of today no longer trade under, are in
``data/former_organisations.csv``: they take part in names and ownership, not in reading.
Sources: ``data/history_sources.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from lodewire.errors import OntologyError
from lodewire.ontology.organisations import load_organisations
from lodewire.ontology.rows import read_cited, read_country
from lodewire.ontology.stated_days import StatedDay, holds_on, read_span
from lodewire.ontology.tables import TableSource, is_slug, load_sources, read_table

TABLE = "name_periods.csv"
FORMER = "former_organisations.csv"
SOURCES = "history_sources.toml"
COLUMNS = ("entity", "name", "since", "until", "source")
FORMER_COLUMNS = ("id", "name", "country", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerOrganisation:
    """A company that was taken over or merged and is known by its history alone.

    ``country`` is where it had its seat, ISO 3166-1 alpha-2.
    """

    id: str
    name: str
    country: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePeriod:
    """One name of one organisation, borne from ``since`` to the day before ``until``."""

    entity: str
    name: str
    since: StatedDay | None
    until: StatedDay | None
    sources: tuple[str, ...]

    def holds_on(self, day: date) -> bool:
        """Tell whether the organisation bore the name on ``day``."""
        return holds_on(self.since, self.until, day)


@cache
def load_former_organisations() -> Mapping[str, FormerOrganisation]:
    """Return id -> organisation of the past, in the order of the table; raises OntologyError."""
    return read_former_organisations()


def read_former_organisations(
    folder: Traversable | None = None,
) -> Mapping[str, FormerOrganisation]:
    """Read and check the table in ``folder`` (default: the package's own)."""
    sources = load_sources(SOURCES, folder)
    found: dict[str, FormerOrganisation] = {}
    for where, row in read_table(FORMER, FORMER_COLUMNS, folder):
        id_ = row["id"]
        if not is_slug(id_):
            raise OntologyError(f"{where}: {id_!r} is not a lower-case kebab-case id")
        if id_ in found or id_ in load_organisations():
            raise OntologyError(f"{where}: organisation {id_!r} has a row already")
        if not row["name"]:
            raise OntologyError(f"{where}: organisation {id_!r} has no name")
        found[id_] = FormerOrganisation(
            id=id_,
            name=row["name"],
            country=read_country(where, row["country"], hint="Use an ISO 3166-1 alpha-2 code"),
            sources=read_cited(where, row["source"], sources, SOURCES),
        )
    return MappingProxyType(found)


@cache
def load_name_periods() -> tuple[NamePeriod, ...]:
    """Return every row, by organisation and time; raises OntologyError, naming file and line."""
    return read_name_periods()


def read_name_periods(folder: Traversable | None = None) -> tuple[NamePeriod, ...]:
    """Read and check the table in ``folder`` (default: the package's own).

    Organisations are always those of the package. See load_name_periods.
    """
    sources = load_sources(SOURCES, folder)
    known = set(load_organisations()) | set(load_former_organisations())
    found: list[NamePeriod] = []
    for where, row in read_table(TABLE, COLUMNS, folder):
        period = _parse(where, row, known, sources)
        for other in found:
            if _clash(period, other):
                raise OntologyError(
                    f"{where}: {period.name!r} of {period.entity!r} runs into {other.name!r} of "
                    f"{other.entity!r}",
                    hint="End one on the day the other begins",
                )
        found.append(period)
    order = sorted(found, key=lambda p: (p.entity, p.since.first if p.since else date.min))
    return tuple(order)


def former_names(
    entity: str, day: date, periods: Iterable[NamePeriod] | None = None
) -> tuple[NamePeriod, ...]:
    """Return the names that an organisation bore before ``day`` and no more, latest first."""
    rows = load_name_periods() if periods is None else periods
    ended = [p for p in rows if p.entity == entity and p.until and p.until.first <= day]
    return tuple(reversed(ended))


def _parse(
    where: str, row: Mapping[str, str], known: set[str], sources: Mapping[str, TableSource]
) -> NamePeriod:
    if row["entity"] not in known:
        raise OntologyError(f"{where}: organisation {row['entity']!r} has no row of its own")
    if not row["name"]:
        raise OntologyError(f"{where}: {row['entity']!r} bore no name")
    since, until = read_span(where, row["since"], row["until"])
    if since is None and until is None:
        raise OntologyError(
            f"{where}: {row['name']!r} has neither begin nor end",
            hint="A name always borne belongs among the aliases of its organisation",
        )
    return NamePeriod(
        entity=row["entity"],
        name=row["name"],
        since=since,
        until=until,
        sources=read_cited(where, row["source"], sources, SOURCES),
    )


def _clash(left: NamePeriod, right: NamePeriod) -> bool:
    """Two names of one bearer at once, or one name of two bearers at once."""
    same_bearer = left.entity == right.entity
    same_name = left.name.casefold() == right.name.casefold()
    return (
        (same_bearer or same_name)
        and _starts(left) < _ends(right)
        and (_starts(right) < _ends(left))
    )


def _starts(period: NamePeriod) -> date:
    return period.since.first if period.since else date.min


def _ends(period: NamePeriod) -> date:
    return period.until.first if period.until else date.max
