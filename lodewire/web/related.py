"""Events nearest to one: what they share is what is told of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from lodewire.model.entity import Entity
from lodewire.model.event import Event
from lodewire.model.ids import EntityId, EventId
from lodewire.model.vocabulary import MentionType
from lodewire.publish.entity_page import name_of
from lodewire.publish.sentences import tell_event
from lodewire.publish.wording import join_words
from lodewire.web.languages import _
from lodewire.web.material import told
from lodewire.web.site import Site

# A site in common says more than a company, a company more than a material; a country alone says
# nothing, since most of the news of a week shares one.
_WEIGHT = {
    MentionType.SITE: 4,
    MentionType.ORGANISATION: 3,
    MentionType.PRODUCT: 2,
    MentionType.BENCHMARK: 2,
    MentionType.COMMODITY: 2,
    MentionType.COUNTRY: 1,
}
_TELLING = 2
_LEAST = 3  # one material alone is not enough: with its country, or another material, it is
_SHOWN = 5
_WEIGHED = 150  # the latest events that share something
_READ = 4 * _SHOWN  # of them: some may not be told to the reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another event, and what it shares."""

    event_id: EventId
    sentence: str
    reported: date | None
    why: str


def related_to(site: Site, event: Event) -> tuple[Related, ...]:
    """Return the events that share most with ``event``; of equals the nearest in time."""
    ours = {e.id: e for e in site.ledger.entities.get_all(_named(event))}
    telling = frozenset(i for i, e in ours.items() if _WEIGHT.get(e.type, 0) >= _TELLING)
    if not telling:
        return ()
    found = [
        (_score(shared, ours), other, shared)
        for other in told(site, _nearest(site, event, ours, telling))
        if (shared := [i for i in _named(other) if i in ours])
    ]
    found.sort(key=lambda f: (-f[0], _apart(event, f[1].reported), f[1].id))
    return tuple(
        Related(
            event_id=other.id,
            sentence=tell_event(other),
            reported=other.reported,
            why=_("also names %(names)s")
            % {"names": join_words([name_of(ours[i]) for i in shared])},
        )
        for score, other, shared in found[:_SHOWN]
        if score >= _LEAST
    )


def _nearest(
    site: Site, event: Event, ours: Mapping[EntityId, Entity], telling: frozenset[EntityId]
) -> tuple[Event, ...]:
    """The few that seem to share most: whole events are read of them alone."""
    near = site.ledger.select.sharing(telling, ours.keys(), most=_WEIGHED)
    scored = [(_score(s.names, ours), s) for s in near if s.id != event.id]
    fit = [(score, s) for score, s in scored if score >= _LEAST]
    fit.sort(key=lambda f: (-f[0], _apart(event, f[1].day), f[1].id))
    return site.ledger.events.get_all([s.id for _, s in fit[:_READ]])


def _named(event: Event) -> list[EntityId]:
    live = (s.entity for s in event.statements if s.retracted_at is None)
    return list(dict.fromkeys(e for e in live if e is not None))


def _score(shared: Iterable[EntityId], ours: Mapping[EntityId, Entity]) -> int:
    return sum(_WEIGHT.get(ours[i].type, 0) for i in shared)


def _apart(event: Event, day: date | None) -> int:
    if event.reported is None or day is None:
        return 10_000
    return abs((event.reported - day).days)
