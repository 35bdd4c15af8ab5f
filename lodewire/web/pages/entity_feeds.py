"""Feeds of one thing's events, and of the corrections."""

from __future__ import annotations

from itertools import islice

from lodewire.ledger.selecting import EventFilters
from lodewire.publish.entity_page import name_of
from lodewire.web.material import told
from lodewire.web.pages.entity import thing_of
from lodewire.web.pages.feeds import FeedEntry, of_event, write_feed
from lodewire.web.site import Ask, Page, Site

_ENTRIES = 50


def entity_feed(site: Site, ask: Ask) -> Page:
    """The latest events that name one commodity, country, organisation or site."""
    found, kind = thing_of(ask, site)
    chosen = site.ledger.select(EventFilters(entities=(frozenset((found.id,)),)))
    entries = [of_event(e) for e in islice(told(site, chosen), _ENTRIES)]
    return write_feed(site, ask, f"{site.title}: {name_of(found)}", f"/{kind}/{found.id}", entries)


def corrections_feed(site: Site, ask: Ask) -> Page:
    """The log of corrections, the latest first."""
    entries = [
        FeedEntry(
            id=c.id,
            path=f"/corrections#{c.id}",
            title=f"{c.action.value.replace('_', ' ')}: {c.said}",
            summary=f"{'right: ' + c.right if c.right is not None else 'withdrawn'}. {c.reason}",
            at=c.since,
        )
        for c in site.joined.corrections()[:_ENTRIES]
    ]
    return write_feed(site, ask, f"{site.title}: corrections", "/corrections", entries)
