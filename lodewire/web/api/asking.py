"""What a request may ask with: parameters with their meaning and bounds, and the ledger to ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, TypeVar

from litestar.di import NamedDependency
from litestar.params import PathParameter, QueryParameter, SkipValidation

from lodewire.ledger.search import SearchFilters
from lodewire.ledger.selecting import EventFilters
from lodewire.model.ids import EntityId
from lodewire.model.vocabulary import Desk, EventType, Status
from lodewire.web.site import LONGEST_QUERY, Site

_ID_PATTERN = "^[A-Za-z0-9_-]{1,100}$"
_ENTITY = QueryParameter(
    pattern=_ID_PATTERN, required=False, description="Id of an entity; see /entities."
)

Here = NamedDependency[SkipValidation[Site]]
Events = NamedDependency[SkipValidation[EventFilters]]
Documents = NamedDependency[SkipValidation[SearchFilters]]

AsOf = Annotated[
    datetime | None,
    QueryParameter(
        required=False,
        description="Answer with what was known at this instant, such as 2025-03-28T12:00:00Z.",
    ),
]
Id = Annotated[str, PathParameter(pattern=_ID_PATTERN, description="The id.")]
Limit = Annotated[int, QueryParameter(ge=1, le=200, description="How many to answer with.")]
Cursor = Annotated[
    str, QueryParameter(max_length=200, description='"next" of the page before; empty: the first.')
]
Words = Annotated[
    str,
    QueryParameter(
        max_length=LONGEST_QUERY,
        description='Words; "a phrase"; -without; star* for beginnings.',
    ),
]
OneEntity = Annotated[str | None, _ENTITY]
Since = Annotated[
    date | None, QueryParameter(required=False, description="Reported on this day or later.")
]
Until = Annotated[
    date | None, QueryParameter(required=False, description="Reported on this day or before.")
]


def event_filters(
    type: Annotated[EventType | None, QueryParameter(required=False)] = None,  # noqa: A002
    status: Annotated[Status | None, QueryParameter(required=False)] = None,
    desk: Annotated[Desk | None, QueryParameter(required=False)] = None,
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
    type: Annotated[EventType | None, QueryParameter(required=False)] = None,  # noqa: A002
    status: Annotated[Status | None, QueryParameter(required=False)] = None,
    desk: Annotated[Desk | None, QueryParameter(required=False)] = None,
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


F = TypeVar("F", EventFilters, SearchFilters)


def here_on(filters: F, here: Site) -> F:
    """Return filters that keep to the caller's part of the archive."""
    days = [day for day in (filters.since, here.since()) if day is not None]
    return replace(filters, since=max(days, default=None))
