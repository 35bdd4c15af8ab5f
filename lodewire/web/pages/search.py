"""Search: documents by words and filters, with the events they tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from lodewire.ledger.search import SearchFilters, SearchHit
from lodewire.model.event import Event
from lodewire.model.ids import EntityId, EventId
from lodewire.model.tier import Part
from lodewire.model.vocabulary import Desk, EventType, Status
from lodewire.publish.entity_page import name_of
from lodewire.publish.sentences import tell_event
from lodewire.web.languages import _
from lodewire.web.material import told
from lodewire.web.rendering import render
from lodewire.web.site import Ask, Page, Refused, Site

PER_PAGE = 20
E = TypeVar("E", bound=StrEnum)


def search(site: Site, ask: Ask) -> Page:
    """What is found, best match first; without words the latest first."""
    query, page = ask.words(), ask.page()
    filters = filters_of(ask)
    asked = bool(query) or filters != SearchFilters()
    within = within_reach(site, filters)
    hits: Sequence[SearchHit] = ()
    if asked:
        hits = site.ledger.search(query, within, limit=PER_PAGE + 1, offset=(page - 1) * PER_PAGE)
    more, hits = len(hits) > PER_PAGE, hits[:PER_PAGE]
    sentences = {e.id: tell_event(e) for e in events_of(site, hits).values()}
    narrowed = site.ledger.entities.get_all(filters.entities)
    feed = ask.beside(page=None).partition("?")[2]
    return render(
        site,
        ask,
        "search.html.j2",
        heading=f"{_('Search')}: {query}" if query else _("Search"),
        summary=_("Search the documents of %(desk)s and the events they tell.")
        % {"desk": site.name},
        index=False,
        query=query,
        filters=filters,
        narrowed=[(e.id, name_of(e)) for e in narrowed],
        asked=asked,
        hits=hits,
        sentences=sentences,
        feed=feed if asked else "",
        types=list(EventType),
        statuses=list(Status),
        page=page,
        more=more,
        publisher=lambda hit: hit.publisher or "",
        quoted=site.sees(Part.FULL_TEXT),
    )


def events_of(site: Site, hits: Sequence[SearchHit]) -> dict[EventId, Event]:
    """Return the events of ``hits`` that are sure enough to be told."""
    ids = dict.fromkeys(e for hit in hits for e in hit.events)
    return {e.id: e for e in told(site, site.ledger.events.get_all(ids))}


def within_reach(site: Site, filters: SearchFilters) -> SearchFilters:
    """Return filters that find nothing beyond the reader's part of the archive."""
    first = site.since()
    if first is None or (filters.since is not None and filters.since >= first):
        return filters
    return replace(filters, since=first)


def filters_of(ask: Ask) -> SearchFilters:
    """Return the filters of the query. Raises Refused for a value that none is."""
    entity = ask.query.get("entity", "").strip()
    if len(entity) > 100:
        raise Refused(_("There is no such name to narrow the search to."))
    return SearchFilters(
        since=ask.day("since"),
        until=ask.day("until"),
        desk=_one(Desk, ask, "desk"),
        event_type=_one(EventType, ask, "type"),
        status=_one(Status, ask, "status"),
        entities=(EntityId(entity),) if entity else (),
    )


def _one(kind: type[E], ask: Ask, name: str) -> E | None:
    value = ask.query.get(name, "")
    if not value:
        return None
    try:
        return kind(value)
    except ValueError as error:
        told = _("There is no such %(name)s; choose one of the list.") % {"name": name}
        raise Refused(told) from error
