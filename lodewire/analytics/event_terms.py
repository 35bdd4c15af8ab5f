"""What an event says of materials, places and parties, as ids of the ontology.

Pure look-ups over an event's statements, shared by the analytics that hold events against a table
or against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lodewire.model.event import Event
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import EventType
from lodewire.ontology.commodities import Stage, load_commodities
from lodewire.ontology.countries import CountryKind, load_countries
from lodewire.ontology.event_types import RoleKind, load_event_types
from lodewire.ontology.organisations import load_organisations
from lodewire.ontology.sites import SiteKind, load_sites

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_THE = ("United", "Netherlands", "Philippines", "Democratic", "European", "Czech", "Dominican")
#: Of a deal or plant, the roles that say where material comes from; of a rule, whom it is laid on.
_SOURCE_ROLES = {
    EventType.EXPORT_RESTRICTION: ("authority",),
    EventType.TARIFF: ("target",),
    EventType.SANCTION: ("target",),
    EventType.POLICY_MEASURE: ("country", "authority"),
    EventType.SUPPLY_AGREEMENT: ("country", "site", "supplier"),
}
_PLACE_ROLES = ("country", "site", "asset", "operator")
_SITE_STAGES = {
    SiteKind.MINE: Stage.MINING,
    SiteKind.DEPOSIT: Stage.MINING,
    SiteKind.PROJECT: Stage.MINING,
    SiteKind.CONCENTRATOR: Stage.MINING,
    SiteKind.SMELTER: Stage.SMELTING,
    SiteKind.REFINERY: Stage.REFINING,
    SiteKind.ALUMINA_REFINERY: Stage.REFINING,
    SiteKind.MAGNET_PLANT: Stage.MAGNET,
    SiteKind.BATTERY_PLANT: Stage.CELL,
    SiteKind.RECYCLING_PLANT: Stage.RECYCLING,
}
_FORM_STAGES = {
    "ore": Stage.MINING,
    "concentrate": Stage.MINING,
    "oxide": Stage.REFINING,
    "hydroxide": Stage.REFINING,
    "carbonate": Stage.REFINING,
    "sulphate": Stage.REFINING,
    "sulfate": Stage.REFINING,
    "refined": Stage.REFINING,
    "cathode": Stage.REFINING,
    "metal": Stage.METAL,
    "alloy": Stage.ALLOY,
    "magnet": Stage.MAGNET,
}
_FORM = re.compile(rf"\b({'|'.join(_FORM_STAGES)})s?\b", re.I)


@dataclass(frozen=True, slots=True)
class Material:
    """A commodity that an event names: ``words`` of the text, the stage they tell, the statement.

    ``by_site`` tells that the text names a site and no material: it is what the site yields.
    """

    commodity: str
    words: str
    stage: str | None
    statement: Statement | None
    by_site: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A country that an event names, with the statement; a site or a seat may stand for it."""

    country: str
    statement: Statement
    by: str = "country"  # "country", "site" or "seat"


def materials_of(event: Event) -> tuple[Material, ...]:
    """Return the commodities named in the roles of commodities and products, each once.

    Where none is named, those that its sites are known to yield.
    """
    known = load_commodities()
    stage = site_stage(event)
    found: dict[str, Material] = {}
    for role in roles_of(event, RoleKind.COMMODITY, RoleKind.PRODUCT):
        for statement in event.of(role):
            if statement.entity in known:
                id_ = str(statement.entity)
                form = _FORM.search(statement.original)
                told = _FORM_STAGES[form[1].lower()].value if form else stage
                found.setdefault(id_, Material(id_, _one_line(statement), told, statement))
    if found:
        return tuple(found.values())
    for statement in _sites(event):
        for id_ in load_sites()[str(statement.entity)].commodities:
            words = known[id_].name
            found.setdefault(id_, Material(id_, words, stage, statement, by_site=True))
    return tuple(found.values())


def names_products(event: Event) -> bool:
    """Tell whether the text names any material or product, known to the ontology or not."""
    roles = roles_of(event, RoleKind.COMMODITY, RoleKind.PRODUCT)
    return any(event.of(role) for role in roles)


def site_stage(event: Event) -> str | None:
    """Return the stage of the event's first known site, None where its kind tells none."""
    for statement in _sites(event):
        stage = _SITE_STAGES.get(load_sites()[str(statement.entity)].kind)
        if stage is not None:
            return stage.value
    return None


def source_places(event: Event) -> tuple[Place, ...]:
    """Return where the supply that an event bears on comes from, each country once.

    The country that restricts its exports, whose goods a duty or sanction is laid on, or where the
    site lies. The seat of a company is not where its mines are, and does not count.
    """
    roles = _SOURCE_ROLES.get(event.type, _PLACE_ROLES)
    by_seat = event.type in (EventType.EXPORT_RESTRICTION, EventType.POLICY_MEASURE)
    found: dict[str, Place] = {}
    for role in roles:
        for place in _places(event, (role,), by_seat=by_seat):
            found.setdefault(place.country, place)
        if found and event.type in (EventType.SUPPLY_AGREEMENT, EventType.POLICY_MEASURE):
            break  # the country is told: where the supplier comes from adds nothing
    return tuple(found.values())


def target_places(event: Event) -> tuple[Place, ...]:
    """Return the countries that a measure is aimed at; empty where it names none."""
    return tuple(_places(event, ("target",), by_seat=False))


def authority_places(event: Event) -> tuple[Place, ...]:
    """Return the countries whose authorities impose a measure."""
    return tuple(_places(event, ("authority",), by_seat=True))


def _places(event: Event, roles: Iterable[str], *, by_seat: bool) -> Iterable[Place]:
    for role in roles:
        for statement in event.of(role):
            entity = statement.entity or ""
            site = load_sites().get(entity)
            seat = seat_of(entity)
            if entity in load_countries():
                yield Place(entity, statement)
            elif site is not None and site.country:
                yield Place(site.country, statement, "site")
            elif by_seat and seat is not None:
                yield Place(seat, statement, "seat")


def seat_of(entity: str) -> str | None:
    """Return the country where an organisation of the ontology has its seat; None if not known."""
    body = load_organisations().get(entity)
    return body.country if body is not None and body.country in load_countries() else None


def party_statements(event: Event) -> tuple[Statement, ...]:
    """Return the statements that name organisations, persons and countries as parties."""
    roles = roles_of(event, RoleKind.PARTY, RoleKind.ORGANISATION)
    return tuple(s for role in roles for s in event.of(role))


def site_statements(event: Event) -> tuple[Statement, ...]:
    """Return the statements that name sites, known to the ontology or not."""
    return tuple(s for role in roles_of(event, RoleKind.SITE) for s in event.of(role))


def roles_of(event: Event, *kinds: RoleKind) -> tuple[str, ...]:
    """Return the roles of the event's type that are filled by one of ``kinds``."""
    return tuple(r.name for r in load_event_types()[event.type].roles if r.kind in kinds)


def _sites(event: Event) -> Iterable[Statement]:
    return (s for s in site_statements(event) if s.entity in load_sites())


def within(country: str, place: str) -> bool:
    """Tell whether ``country`` is ``place`` or belongs to it, where that is a bloc."""
    if country == place:
        return True
    bloc = load_countries().get(place)
    return bloc is not None and bloc.kind is CountryKind.BLOC and country in bloc.members


def country_name(id_: str) -> str:
    """Return a country's name; the id where it is none."""
    found = load_countries().get(id_)
    return found.name if found is not None else id_


def the(name: str) -> str:
    """Return a country's name as it stands in a sentence."""
    return f"the {name}" if name.startswith(_THE) else name


def first_day(value: str) -> date | None:
    """Return the first day of a stated date or span of days; None for words."""
    return _day(value.partition("..")[0])


def last_day(value: str) -> date | None:
    """Return the last day of a stated date or span of days; None for words."""
    return _day(value.rpartition("..")[2])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _one_line(statement: Statement) -> str:
    return " ".join(statement.original.split()) or statement.value
