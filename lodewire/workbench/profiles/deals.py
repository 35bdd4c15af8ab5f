"""Deals that name a thing: who with whom, where, for how much, how far they have come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lodewire.ledger.selecting import EventFilters
from lodewire.ledger.store import Ledger
from lodewire.model.event import Event
from lodewire.model.ids import EntityId
from lodewire.ontology.event_types import Family, types_of
from lodewire.publish.brief import is_told
from lodewire.publish.sentences import choose_values, tell_event
from lodewire.publish.wording import print_statement

MOST_DEALS = 40
_SUMS = ("value", "stake", "volume")


@dataclass(frozen=True, slots=True, kw_only=True)
class DealTold:
    """One deal: its sentence, and the sums that texts state (value, stake, volume), as printed."""

    event: Event
    sentence: str
    sums: tuple[tuple[str, str], ...]


def deals_on(
    ledger: Ledger,
    things: frozenset[EntityId] | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    most: int = MOST_DEALS,
) -> tuple[DealTold, ...]:
    """Return the deals first reported in the time (naming one of ``things``), the latest first."""
    entities = (things,) if things is not None else ()
    found: list[Event] = []
    for type_ in sorted(types_of(Family.DEALS)):
        filters = EventFilters(type=type_, entities=entities, since=since, until=until)
        kept = 0
        for event in ledger.select(filters):
            if event.core and is_told(event):
                found.append(event)
                kept += 1
            if kept == most:
                break
    found.sort(key=lambda e: (e.reported or date.min, e.id), reverse=True)
    return tuple(
        DealTold(event=event, sentence=tell_event(event), sums=_sums(event))
        for event in found[:most]
    )


def _sums(event: Event) -> tuple[tuple[str, str], ...]:
    told = ((role, choose_values(event, role)) for role in _SUMS)
    return tuple((role, print_statement(values[0])) for role, values in told if values)
