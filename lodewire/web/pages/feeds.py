"""RSS, Atom and JSON Feed of the brief, of each desk, and of a search.

Readers take the texts of RSS for HTML, so what could be a tag there is written as no tag at all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from email.utils import format_datetime
from itertools import islice
from xml.etree import ElementTree

from lodewire.ledger.search import SearchHit
from lodewire.model.event import Event
from lodewire.model.ids import EventId
from lodewire.model.plain import plain
from lodewire.model.vocabulary import Desk
from lodewire.ontology.desks import load_desks
from lodewire.publish.sentences import tell_event
from lodewire.publish.words import origin_words
from lodewire.web.pages.brief import brief_of, desk_of
from lodewire.web.pages.search import events_of, filters_of, within_reach
from lodewire.web.site import Ask, Missing, Page, Refused, Site

FORMS = ("rss", "atom", "json")
_DAYS = 14
_ENTRIES = 100
_MEDIA = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}
_ENTITY = re.compile(r"&(?=#|\w+;)")
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One event, or what else a page lists, as a feed tells it; ``path`` is where it stands."""

    id: str
    path: str
    title: str
    summary: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed, before its form. ``page`` and ``own`` are paths."""

    title: str
    page: str
    own: str
    entries: tuple[FeedEntry, ...]


def brief_feed(site: Site, ask: Ask) -> Page:
    """The entries of the latest briefs."""
    return write_feed(site, ask, site.title, "/", _of_briefs(site, None))


def desk_feed(site: Site, ask: Ask) -> Page:
    """Those of one desk."""
    desk = desk_of(site, ask.parts["desk"])
    title = f"{site.title}: {load_desks()[desk].title}"
    return write_feed(site, ask, title, f"/desk/{desk.value}", _of_briefs(site, desk))


def search_feed(site: Site, ask: Ask) -> Page:
    """The events that the documents found by a search tell, the latest documents first."""
    query, filters = ask.words(), filters_of(ask)
    if not query and not any(ask.query.values()):
        raise Refused("A feed of a search needs words or filters: ?q=lithium")
    hits = sorted(
        site.ledger.search(query, within_reach(site, filters), limit=_ENTRIES),
        key=lambda h: h.day,
        reverse=True,
    )
    page = "/search" + ask.beside().removeprefix(ask.path)
    return write_feed(site, ask, f"{site.title}: {query or 'search'}", page, _of_hits(site, hits))


def _of_briefs(site: Site, desk: Desk | None) -> list[FeedEntry]:
    found: dict[EventId, FeedEntry] = {}
    for day in islice(filter(site.reads, site.ledger.briefs.days()), _DAYS):
        brief = brief_of(site, day)
        for section in brief.sections if brief is not None else ():
            if desk is not None and section.desk is not desk:
                continue
            for entry in section.entries:
                assert brief is not None
                told = FeedEntry(
                    id=entry.event_id,
                    path=f"/event/{entry.event_id}",
                    title=" ".join(s.text for s in entry.sentences),
                    summary=f"{load_desks()[entry.desk].title}. {origin_words(entry)}: "
                    + ", ".join(dict.fromkeys(s.publisher for s in entry.sources))
                    + ".",
                    at=brief.composed_at,
                )
                found.setdefault(entry.event_id, told)
    return list(found.values())[:_ENTRIES]


def _of_hits(site: Site, hits: Sequence[SearchHit]) -> list[FeedEntry]:
    events = events_of(site, hits)
    told = dict.fromkeys(e for hit in hits for e in hit.events if e in events)
    return [of_event(events[id_]) for id_ in told]


def of_event(event: Event) -> FeedEntry:
    day = event.reported or event.first_seen.date()
    return FeedEntry(
        id=event.id,
        path=f"/event/{event.id}",
        title=tell_event(event),
        summary=f"{event.status.value.replace('_', ' ')}, {len(event.origins)} origins.",
        at=datetime.combine(day, time(), UTC),
    )


def write_feed(site: Site, ask: Ask, title: str, page: str, entries: Iterable[FeedEntry]) -> Page:
    """Return a feed in the form that the path ends in; ``page`` is the page it follows."""
    form = ask.path.rpartition(".")[2]
    if form not in FORMS:
        raise Missing("There is no such feed.", "Feeds end in .rss, .atom or .json.")
    feed = Feed(title=title, page=page, own=ask.beside(), entries=tuple(entries))
    body = {"rss": _rss, "atom": _atom, "json": _json}[form](site, feed)
    return Page(body=body, media=_MEDIA[form])


def _updated(feed: Feed) -> datetime:
    return max((e.at for e in feed.entries), default=datetime(2000, 1, 1, tzinfo=UTC))


def clean(text: str) -> str:
    """Return text that XML can hold, without what steers a screen."""
    return "".join(
        c for c in plain(text) if not 0xD800 <= ord(c) <= 0xDFFF and ord(c) & 0xFFFE != 0xFFFE
    )


def untagged(text: str) -> str:
    """Return text in which a reader that takes it for HTML finds no tag and no entity."""
    return _ENTITY.sub("＆", clean(text).replace("<", "‹").replace(">", "›"))


def _rss(site: Site, feed: Feed) -> bytes:
    root = ElementTree.Element("rss", {"version": "2.0", "xmlns:atom": _ATOM})
    channel = ElementTree.SubElement(root, "channel")
    _add(channel, "title", untagged(feed.title))
    _add(channel, "link", site.absolute(feed.page))
    _add(channel, "description", untagged(f"{site.name}: {feed.title}"))
    own = {"rel": "self", "type": "application/rss+xml", "href": site.absolute(feed.own)}
    ElementTree.SubElement(channel, "atom:link", own)
    _add(channel, "lastBuildDate", format_datetime(_updated(feed)))
    for entry in feed.entries:
        element = ElementTree.SubElement(channel, "item")
        _add(element, "title", untagged(entry.title))
        _add(element, "link", site.absolute(entry.path))
        _add(element, "guid", f"urn:lodewire:{entry.id}", isPermaLink="false")
        _add(element, "pubDate", format_datetime(entry.at))
        _add(element, "description", untagged(entry.summary))
    return _xml(root)


def _atom(site: Site, feed: Feed) -> bytes:
    root = ElementTree.Element("feed", {"xmlns": _ATOM})
    _add(root, "title", clean(feed.title), type="text")
    _add(root, "id", site.absolute(feed.own))
    _add(root, "updated", _updated(feed).isoformat())
    ElementTree.SubElement(root, "link", {"rel": "self", "href": site.absolute(feed.own)})
    ElementTree.SubElement(root, "link", {"rel": "alternate", "href": site.absolute(feed.page)})
    _add(ElementTree.SubElement(root, "author"), "name", clean(site.name))
    for entry in feed.entries:
        element = ElementTree.SubElement(root, "entry")
        _add(element, "title", clean(entry.title), type="text")
        _add(element, "id", f"urn:lodewire:{entry.id}")
        _add(element, "updated", entry.at.isoformat())
        where = site.absolute(entry.path)
        ElementTree.SubElement(element, "link", {"rel": "alternate", "href": where})
        _add(element, "summary", clean(entry.summary), type="text")
    return _xml(root)


def _json(site: Site, feed: Feed) -> bytes:
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": clean(feed.title),
        "home_page_url": site.absolute(feed.page),
        "feed_url": site.absolute(feed.own),
        "language": "en",
        "items": [
            {
                "id": f"urn:lodewire:{entry.id}",
                "url": site.absolute(entry.path),
                "title": clean(entry.title),
                "content_text": clean(entry.summary),
                "date_published": entry.at.isoformat(),
            }
            for entry in feed.entries
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _add(parent: ElementTree.Element, name: str, text: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, name, attributes).text = text


def _xml(root: ElementTree.Element) -> bytes:
    made: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made
