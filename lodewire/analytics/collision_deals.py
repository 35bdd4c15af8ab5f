"""What a deal says that restrictions are held against, and the restrictions that may meet it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lodewire.analytics.event_terms import (
    Material,
    country_name,
    first_day,
    materials_of,
    party_statements,
    seat_of,
    source_places,
    the,
)
from lodewire.analytics.rules_in_force import Rule
from lodewire.model.event import Event
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import EventType
from lodewire.ontology.countries import load_countries

_BETWEEN_STATES = (EventType.EXPLORATION_AGREEMENT, EventType.JOINT_VENTURE)


@dataclass(frozen=True, slots=True, kw_only=True)
class DealTerms:
    """What a deal says that rules are held against.

    ``sources`` are the countries that the material comes from, ``open_place`` what the text leaves
    open about that; ``buyers`` those it goes to, ``own`` the user's. ``parties`` maps ids to their
    words, ``seats`` the countries where parties and owners sit to who they are.
    """

    event: Event
    day: date
    materials: tuple[Material, ...]
    sources: tuple[str, ...]
    open_place: str  # what the text leaves open about where the material comes from
    buyers: tuple[str, ...]  # countries it goes to
    parties: Mapping[str, Statement]  # entity id -> its words
    seats: Mapping[str, str]  # country -> the party or owner that sits there
    own: str | None


def deal_terms(event: Event, owners: Mapping[str, str], own: str | None) -> DealTerms:
    """Return the terms of a deal that was reported; ``owners`` of its sites, by country."""
    stated = next((d for s in event.of("date") if (d := first_day(s.value))), None)
    assert event.reported is not None
    seats: dict[str, str] = {}
    parties: dict[str, Statement] = {}
    for statement in party_statements(event):
        entity = statement.entity or ""
        if not entity:
            continue
        parties.setdefault(entity, statement)
        seat = entity if entity in load_countries() else seat_of(entity)
        if seat is not None:
            seats.setdefault(seat, statement.value)
    for country, name in owners.items():
        seats.setdefault(country, name)
    sources = tuple(p.country for p in source_places(event))
    open_place = ""
    if not sources:
        sources, open_place = _likely_sources(event, parties)
    return DealTerms(
        event=event,
        day=stated if stated is not None and stated <= event.reported else event.reported,
        materials=materials_of(event),
        sources=sources,
        open_place=open_place,
        buyers=_buyers(event),
        parties=parties,
        seats=seats,
        own=own,
    )


def _likely_sources(event: Event, parties: Mapping[str, Statement]) -> tuple[tuple[str, ...], str]:
    """Where the material may come from where no country is told, and what that leaves open.

    Governments that agree: one of their countries. A supplier: where it has its seat.
    """
    if event.type in _BETWEEN_STATES:
        states = tuple(c for c in parties if c in load_countries())
        names = " and ".join(the(country_name(c)) for c in states)
        if len(states) > 1:
            return states, f"the text names {names} and does not say where the material comes from"
        return states, ""
    if event.type is EventType.SUPPLY_AGREEMENT:
        seats = {seat: s.value for s in event.of("supplier") if (seat := seat_of(s.entity or ""))}
        told = " and ".join(f"{n} sits in {the(country_name(c))}" for c, n in seats.items())
        return tuple(seats), f"{told}; the text does not say where the material comes from"
    return (), ""


def _buyers(event: Event) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for statement in event.of("buyer"):
        entity = statement.entity or ""
        country = entity if entity in load_countries() else seat_of(entity)
        if country is not None:
            found[country] = None
    return tuple(found)


class RuleIndex:
    """Rules by the countries and parties they name, so that not every deal meets every rule."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._by: dict[str, list[Rule]] = {}
        for rule in rules:
            named = {s.entity for s in rule.named if s.entity}
            for key in {*named, *_members(rule.authorities), *_members(rule.targets)}:
                self._by.setdefault(key, []).append(rule)

    def near(self, deal: DealTerms) -> list[Rule]:
        """Return the rules that name a country or party of the deal, by id."""
        own = (deal.own,) if deal.own is not None else ()
        keys = {*_members(deal.sources), *deal.buyers, *deal.seats, *deal.parties, *own}
        found = {r.id: r for key in keys for r in self._by.get(key, ())}
        return [found[id_] for id_ in sorted(found)]


def _members(places: Iterable[str]) -> Iterable[str]:
    """The countries themselves and those of the blocs among them."""
    for place in places:
        yield place
        known = load_countries().get(place)
        yield from known.members if known is not None else ()
