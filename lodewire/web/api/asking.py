"""What a request may ask with: parameters with their meaning and bounds, and the ledger to ask."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Annotated

from litestar.params import Dependency, Parameter

from lodewire.errors import QueryError
from lodewire.ledger.search import SearchFilters
from lodewire.ledger.selecting import EventFilters
from lodewire.ledger.store import Ledger
from lodewire.model.ids import EntityId
from lodewire.model.vocabulary import Desk, EventType, Status
from lodewire.web.site import LONGEST_QUERY, Site

_ID_PATTERN = "^[A-Za-z0-9_-]{1,100}$"
_ENTITY = Parameter(
    pattern=_ID_PATTERN, required=False, description="Id of an entity; see /entities."
)

Here = Annotated[Site, Dependency(skip_validation=True)]
Events = Annotated[EventFilters, Dependency(skip_validation=True)]
Documents = Annotated[SearchFilters, Dependency(skip_validation=True)]

AsOf = Annotated[
    datetime | None,
    Parameter(
        required=False,
        description="Answer with what was known at this instant, such as 2025-03-28T12:00:00Z.",
    ),
]
Id = Annotated[str, Parameter(pattern=_ID_PATTERN, description="The id.")]
Limit = Annotated[int, Parameter(ge=1, le=200, description="How many to answer with.")]
Cursor = Annotated[
    str, Parameter(max_length=200, description='"next" of the page before; empty: the first.')
]
Words = Annotated[
    str,
    Parameter(
        max_length=LONGEST_QUERY,
        description='Words; "a phrase"; -without; star* for beginnings.',
    ),
]
OneEntity = Annotated[str | None, _ENTITY]
Since = Annotated[
    date | None, Parameter(required=False, description="Reported on this day or later.")
]
Until = Annotated[
    date | None, Parameter(required=False, description="Reported on this day or before.")
]


@contextmanager
def reading(site: Site, as_of: datetime | None = None) -> Iterator[Ledger]:
    """Give the ledger in one state, now or as known at a moment.

    Raises QueryError for a moment without time zone.
    """
    if as_of is not None and as_of.tzinfo is None:
        raise QueryError(
            "as_of has no time zone", hint="Write it in UTC, such as 2025-03-28T12:00:00Z."
        )
    ledger = site.ledger if as_of is None else site.ledger.as_of(as_of)
    with ledger.snapshot():
        yield ledger


def event_filters(
    type: Annotated[EventType | None, Parameter(required=False)] = None,  # noqa: A002
    status: Annotated[Status | None, Parameter(required=False)] = None,
    desk: Annotated[Desk | None, Parameter(required=False)] = None,
    commodity: OneEntity = None,
    country: OneEntity = None,
    organisation: OneEntity = None,
    named: OneEntity = None,
    since: Since = None,
    until: Until = None,
) -> EventFilters:
    """Return what an event must be, as a request's parameters say."""
    entities = (commodity, country, organisation, named)
    return EventFilters(
        type=type,
        status=status,
        desk=desk,
        entities=tuple(frozenset((EntityId(e),)) for e in entities if e),
        since=since,
        until=until,
    )


def search_filters(
    type: Annotated[EventType | None, Parameter(required=False)] = None,  # noqa: A002
    status: Annotated[Status | None, Parameter(required=False)] = None,
    desk: Annotated[Desk | None, Parameter(required=False)] = None,
    named: OneEntity = None,
    since: Since = None,
    until: Until = None,
) -> SearchFilters:
    """Return what a document must be, as a request's parameters say."""
    return SearchFilters(
        event_type=type,
        status=status,
        desk=desk,
        entities=(EntityId(named),) if named else (),
        since=since,
        until=until,
    )
