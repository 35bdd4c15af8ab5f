"""What lies behind events, read from the ledger for a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from lodewire.ledger.selecting import EventFilters
from lodewire.model.check import Check
from lodewire.model.event import Event
from lodewire.model.ids import DocumentId
from lodewire.publish.brief import Material, is_told
from lodewire.web.site import Site

PER_PAGE = 30
_SPARE = 6  # read beyond a page: some are not told, and one says that there are more


def told(site: Site, events: Iterable[Event]) -> Iterator[Event]:
    """Yield the events that the reader may be told.

    They are sure enough (what a brief holds back waits for an editor) and lie in the reader's part
    of the archive.
    """
    return (e for e in events if is_told(e) and site.reads(e))


def listed(site: Site, filters: EventFilters, page: int) -> tuple[list[Event], bool]:
    """Return the events of one page of a listing, newest first, and whether there are more."""
    start = (page - 1) * PER_PAGE
    chosen = site.ledger.select(filters, first=start + PER_PAGE + _SPARE)
    found = list(islice(told(site, chosen), start, start + PER_PAGE + 1))
    return found[:PER_PAGE], len(found) > PER_PAGE


def material_of(site: Site, event: Event) -> Material:
    """Return the documents, links, origins and checks behind one event."""
    from dataclasses import replace

    ids = event.document_ids
    members = site.ledger.stories.members_of(ids)
    copies = site.ledger.stories.copies({m.origin_id for m in members.values()})
    links = site.ledger.documents.links(ids, site.publishers)
    checks: dict[DocumentId, list[Check]] = {}
    for check in site.ledger.readings.checks_of(ids):
        checks.setdefault(check.document_id, []).append(check)
    return Material(
        events=(event,),
        sources={
            id_: replace(link, copies=copies.get(members[id_].origin_id, 0))
            if id_ in members
            else link
            for id_, link in links.items()
        },
        origins={id_: member.origin_id for id_, member in members.items()},
        checks=checks,
        documents={d.id: d for d in site.ledger.documents.get_all(ids)},
        context={event.id: site.joined.context(event)},
    )
