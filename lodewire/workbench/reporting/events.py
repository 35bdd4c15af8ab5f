"""The events a report tells: sure enough, told as news, in the time asked for."""

from __future__ import annotations

from datetime import date
from itertools import islice

from lodewire.ledger.selecting import EventFilters
from lodewire.model.event import Event
from lodewire.model.ids import EntityId
from lodewire.publish.brief import is_told
from lodewire.workbench.reporting.frame import Making

MOST_EVENTS = 40


def events_on(
    making: Making,
    things: frozenset[EntityId] | None = None,
    *,
    since: date | None = None,
    most: int = MOST_EVENTS,
) -> list[Event]:
    """Return the latest events (that name one of ``things``) up to the report's day."""
    named = (things,) if things is not None else ()
    found = making.ledger.select(EventFilters(since=since, until=making.day, entities=named))
    sure = (e for e in found if e.core and is_told(e))
    return list(islice(sure, most))
