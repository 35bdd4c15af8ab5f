"""Which later event belongs to a promise, and why: by site, by parties and material, by countries.

A link is a reading, not a fact: it is told with its reason. Where both texts name sites, only the
same site links, and output counts by its site alone. A ministry, bank or agency alone ties nothing
together, since it is party to many.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lodewire.analytics.event_terms import (
    country_name,
    first_day,
    materials_of,
    party_statements,
    seat_of,
    site_statements,
    source_places,
)
from lodewire.model.event import Event
from lodewire.model.vocabulary import EventType
from lodewire.ontology.commodities import ancestors_of, load_commodities
from lodewire.ontology.countries import load_countries
from lodewire.ontology.organisations import OrganisationKind, load_organisations
from lodewire.ontology.sites import load_sites

#: What may come of a promise of a type. A mine that is bought has produced before.
FOLLOWS = {
    EventType.EXPLORATION_AGREEMENT: frozenset(
        (
            EventType.FINANCING,
            EventType.PERMIT,
            EventType.PROJECT_MILESTONE,
            EventType.PRODUCTION_REPORT,
            EventType.SUPPLY_AGREEMENT,
            EventType.JOINT_VENTURE,
        )
    ),
    EventType.SUPPLY_AGREEMENT: frozenset(
        (
            EventType.FINANCING,
            EventType.PERMIT,
            EventType.PROJECT_MILESTONE,
            EventType.PRODUCTION_REPORT,
        )
    ),
    EventType.JOINT_VENTURE: frozenset(
        (
            EventType.FINANCING,
            EventType.PERMIT,
            EventType.PROJECT_MILESTONE,
            EventType.PRODUCTION_REPORT,
            EventType.SUPPLY_AGREEMENT,
        )
    ),
    EventType.FINANCING: frozenset(
        (EventType.PERMIT, EventType.PROJECT_MILESTONE, EventType.PRODUCTION_REPORT)
    ),
    EventType.ACQUISITION: frozenset((EventType.FINANCING, EventType.PERMIT)),
    EventType.PROJECT_MILESTONE: frozenset(
        (
            EventType.FINANCING,
            EventType.PERMIT,
            EventType.PROJECT_MILESTONE,
            EventType.PRODUCTION_REPORT,
            EventType.SUPPLY_AGREEMENT,
        )
    ),
}
_MANY_DEALS = frozenset(
    (
        OrganisationKind.MINISTRY,
        OrganisationKind.AGENCY,
        OrganisationKind.GOVERNMENT,
        OrganisationKind.INTERNATIONAL,
        OrganisationKind.BANK,
        OrganisationKind.INVESTOR,
        OrganisationKind.ANALYST,
        OrganisationKind.ASSOCIATION,
        OrganisationKind.EXCHANGE,
        OrganisationKind.MEDIA,
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an event names, ready to be compared; names are kept for the reason."""

    event: Event
    day: date
    sites: dict[str, str]
    firms: dict[str, str]  # companies: those that are party to few things
    bodies: dict[str, str]  # ministries, banks, agencies
    states: tuple[str, ...]  # states that are parties, and seats of parties
    hosts: tuple[str, ...]
    materials: tuple[str, ...]


def terms_of(event: Event) -> Terms | None:
    """Return what an event names; None for one without any day."""
    if event.reported is None:
        return None
    stated = next((d for s in event.of("date") if (d := first_day(s.value))), None)
    firms: dict[str, str] = {}
    bodies: dict[str, str] = {}
    states: dict[str, None] = {}
    for statement in party_statements(event):
        id_ = statement.entity or statement.value.casefold()
        if id_ in load_countries():
            states[id_] = None
            continue
        known = load_organisations().get(id_)
        kept = bodies if known is not None and known.kind in _MANY_DEALS else firms
        kept.setdefault(id_, statement.value)
        seat = seat_of(id_)
        if seat is not None:
            states[seat] = None
    sites = {s.entity or s.value.casefold(): s.value for s in site_statements(event)}
    hosts = dict.fromkeys(p.country for p in source_places(event))
    for id_ in sites:
        site = load_sites().get(id_)
        if site is not None and site.country:
            hosts.setdefault(site.country)
    return Terms(
        event=event,
        day=stated if stated is not None and stated <= event.reported else event.reported,
        sites=sites,
        firms=firms,
        bodies=bodies,
        states=tuple(states),
        hosts=tuple(hosts),
        materials=tuple(m.commodity for m in materials_of(event)),
    )


def why_linked(promise: Terms, later: Terms) -> str:
    """Return why ``later`` is taken to be of ``promise``; empty where it is not."""
    if later.event.type not in FOLLOWS.get(promise.event.type, frozenset()):
        return ""
    if later.event.id == promise.event.id or later.day < promise.day:
        return ""
    if promise.sites and later.sites:
        same = [name for id_, name in later.sites.items() if id_ in promise.sites]
        return f"same site: {same[0]}" if same else ""
    if later.event.type is EventType.PRODUCTION_REPORT:
        return ""  # what a company made elsewhere did not come of this promise
    if promise.hosts and later.hosts and not set(promise.hosts) & set(later.hosts):
        return ""
    material = _common_material(promise.materials, later.materials)
    if material is None and promise.materials and later.materials:
        return ""
    return _by_parties(promise, later, material)


def _by_parties(promise: Terms, later: Terms, material: str | None) -> str:
    firms = [name for id_, name in later.firms.items() if id_ in promise.firms]
    bodies = [name for id_, name in later.bodies.items() if id_ in promise.bodies]
    on = f" and same material: {load_commodities()[material].name}" if material else ""
    if len(firms) + len(bodies) > 1:
        return f"same parties: {' and '.join([*firms, *bodies][:2])}{on}"
    if firms and material:
        return f"same party: {firms[0]}{on}"
    states = set(promise.states) | set(promise.hosts)
    shared = sorted(states & (set(later.states) | set(later.hosts)))
    if len(shared) > 1 and material:
        names = " and ".join(country_name(c) for c in shared[:2])
        return f"same countries: {names}{on}"
    return ""


def _common_material(one: Iterable[str], other: Iterable[str]) -> str | None:
    """The more particular of two materials that are one, or of which one holds the other."""
    told = tuple(other)
    for mine in one:
        for its in told:
            if its == mine or mine in ancestors_of(its):
                return its
            if its in ancestors_of(mine):
                return mine
    return None
