"""Duties, export restrictions and sanctions that name a thing, with the days they held."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice

from lodewire.analytics.event_terms import country_name
from lodewire.analytics.rules_in_force import RULE_TYPES, Rule, rules_of
from lodewire.config.desk import LifeChoice
from lodewire.ledger.selecting import EventFilters
from lodewire.ledger.store import Ledger
from lodewire.model.event import Event
from lodewire.model.ids import EntityId, EventId
from lodewire.model.vocabulary import EventType
from lodewire.ontology.commodities import ancestors_of, load_commodities
from lodewire.publish.brief import is_told
from lodewire.publish.sentences import tell_event
from lodewire.workbench.lives import life_in

MOST_OF_A_TYPE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTold:
    """One restriction as a reader sees it; ``since`` is None where no text tells it is in force.

    ``standing`` is "in_force", "upcoming", "ended" or "not_in_force" (proposed, rumoured, or the
    texts do not say).
    """

    event: Event
    sentence: str
    authorities: tuple[str, ...]
    targets: tuple[str, ...]
    materials: tuple[str, ...]
    since: date | None
    until: date | None
    standing: str

    @property
    def event_id(self) -> EventId:
        """The event that tells it."""
        return self.event.id

    @property
    def type(self) -> EventType:
        """Tariff, export restriction or sanction."""
        return self.event.type


def kin_of(commodity: str) -> frozenset[EntityId]:
    """Return a commodity with the groups it belongs to: what bears on a group bears on it."""
    return frozenset(EntityId(c) for c in (commodity, *ancestors_of(commodity)))


def rules_on(
    ledger: Ledger, things: frozenset[EntityId], life: LifeChoice, today: date
) -> tuple[RuleTold, ...]:
    """Return the restrictions that name one of ``things``, those in force first, then the latest.

    A restriction that names no product is not among a material's: no text says it is meant.
    """
    told = [
        event
        for type_ in RULE_TYPES
        for event in islice(
            ledger.select(EventFilters(type=type_, entities=(things,))), MOST_OF_A_TYPE
        )
        if is_told(event)
    ]
    lives = {event.id: life_in(ledger, event, life, today=today) for event in told}
    events = {str(event.id): event for event in told}
    found = [_told(events[rule.id], rule, today) for rule in rules_of(told, lives)]
    found.sort(key=lambda r: (r.event.reported or date.min, r.event.id), reverse=True)
    found.sort(key=lambda r: _STANDINGS.index(r.standing))
    return tuple(found)


_STANDINGS = ("in_force", "upcoming", "not_in_force", "ended")


def _told(event: Event, rule: Rule, today: date) -> RuleTold:
    measure = rule.measure
    if measure.until is not None and measure.until <= today:
        standing = "ended"
    elif measure.since is None:
        standing = "not_in_force"
    else:
        standing = "in_force" if measure.since <= today else "upcoming"
    return RuleTold(
        event=event,
        sentence=tell_event(event),
        authorities=_names(rule.authorities),
        targets=_names(rule.targets),
        materials=tuple(
            dict.fromkeys(
                load_commodities()[m.commodity].name
                for m in rule.materials
                if m.commodity in load_commodities()
            )
        ),
        since=measure.since,
        until=measure.until,
        standing=standing,
    )


def _names(countries: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(country_name(c) for c in countries))
