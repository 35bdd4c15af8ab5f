"""RSS 0.9 to 2.0, Atom and JSON Feed: whatever the format, FeedEntry comes out."""

from __future__ import annotations

import calendar
import html
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from lodewire.collect.fields import language_code, markup, one_line, web_link
from lodewire.collect.json_feed import looks_like_json, parse_json_feed
from lodewire.collect.xml_guard import guard_xml
from lodewire.errors import BrokenFile, EmptyPage, UnsupportedFormat
from lodewire.model.capture import FeedEntry

MAX_FEED_BYTES = 5_000_000
MAX_ENTRIES = 5_000
_REFUSED_ENTRIES = 10_000  # a quarter of a millisecond each
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_FORMATS = {
    "rss090": "RSS 0.90",
    "rss091n": "RSS 0.91",
    "rss091u": "RSS 0.91",
    "rss092": "RSS 0.92",
    "rss093": "RSS 0.93",
    "rss094": "RSS 0.94",
    "rss10": "RSS 1.0",
    "rss20": "RSS 2.0",
    "atom03": "Atom 0.3",
    "atom10": "Atom 1.0",
    "atom": "Atom",
}
_MAX_FIELD = 500
_MAX_MARKUP = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as read. ``format`` is e.g. "RSS 2.0"; ``notes`` tell what was wrong with it."""

    format: str
    entries: tuple[FeedEntry, ...]
    title: str | None = None
    link: str | None = None
    language: str | None = None
    notes: tuple[str, ...] = ()


def parse_feed(body: bytes, *, url: str, charset: str | None = None) -> Feed:
    """Read a feed; relative links are resolved against ``url``; times come out aware, in UTC.

    Raises EmptyPage, UnsupportedFormat (not a feed) or BrokenFile (hostile, or beyond mending).
    A feed that is merely broken gives what can be read, and a note.
    """
    if not body.strip():
        raise EmptyPage(f"{url}: the feed is empty")
    if len(body) > MAX_FEED_BYTES:
        raise BrokenFile(f"{url}: a feed of {len(body):,} bytes; at most {MAX_FEED_BYTES:,}")
    if looks_like_json(body):
        title, link, language, entries, notes = parse_json_feed(body, url=url)
        return _bounded("JSON Feed", title, link, language, entries, notes)
    try:
        guarded = guard_xml(body, charset)
    except (EmptyPage, BrokenFile) as error:
        raise type(error)(f"{url}: {error.message}", hint=error.hint) from error
    if guarded.body.count(b"<item") + guarded.body.count(b"<entry") > _REFUSED_ENTRIES:
        raise BrokenFile(f"{url}: a feed of more than {_REFUSED_ENTRIES:,} entries")
    return _parse_xml(guarded.body, guarded.notes, url)


def _parse_xml(body: bytes, notes: tuple[str, ...], url: str) -> Feed:
    parsed = _feedparser().parse(
        io.BytesIO(body),
        response_headers={
            "content-location": url,
            "content-type": "application/xml; charset=utf-8",
        },
        sanitize_html=True,
        resolve_relative_uris=True,
    )
    version = str(parsed.get("version") or "")
    if not version and not parsed.entries:
        head = body[:2000].lower()
        what = "a web page" if b"<html" in head or b"<!doctype html" in head else "XML"
        raise UnsupportedFormat(
            f"{url}: this is {what}, not a feed",
            hint="Look on the publisher's site for an RSS or Atom address.",
        )
    feed = parsed.feed
    language = language_code(feed.get("language"))
    entries = [_entry(entry, url, language) for entry in parsed.entries[: MAX_ENTRIES + 1]]
    link = web_link(feed.get("link"), url)
    name = _FORMATS.get(version) or ("RSS" if "rss" in version else version or "unknown")
    return _bounded(name, _text(feed.get("title")), link, language, entries, notes)


@cache
def _feedparser() -> Any:
    """Return feedparser, told that a guid is a name: it would resolve "g1" like a link."""
    import feedparser
    from feedparser import api

    for parser in (api.StrictFeedParser, api.LooseFeedParser):
        parser.can_be_relative_uri = frozenset(parser.can_be_relative_uri) - {"id"}
    return feedparser


def _bounded(
    format_: str,
    title: str | None,
    link: str | None,
    language: str | None,
    entries: list[FeedEntry],
    notes: tuple[str, ...],
) -> Feed:
    if len(entries) > MAX_ENTRIES:
        notes = (*notes, f"more than {MAX_ENTRIES:,} entries; the rest was left out")
        entries = entries[:MAX_ENTRIES]
    kept = [e for e in entries if e.title or e.link or e.content_html or e.summary_html]
    if len(kept) < len(entries):
        notes = (*notes, f"{len(entries) - len(kept)} empty entries left out")
    return Feed(
        format=format_,
        title=title,
        link=link,
        language=language,
        entries=tuple(kept),
        notes=notes,
    )


def _entry(entry: Mapping[str, Any], url: str, language: str | None) -> FeedEntry:
    get = dict(entry).get  # the mapping itself answers for absent keys with guesses
    content = next((c for c in get("content") or () if c.get("value")), None)
    own_language = language_code((content or {}).get("language")) or language_code(
        (get("title_detail") or {}).get("language")
    )
    enclosures = [e for e in get("links") or () if e.get("rel") == "enclosure"]
    return FeedEntry(
        title=_text(get("title")),
        link=web_link(get("link"), url),
        guid=one_line(get("id"), _MAX_FIELD),
        published=_when(get("published_parsed")),
        updated=_when(get("updated_parsed")),
        summary_html=_markup(get("summary"), get("summary_detail")),
        content_html=_markup(content["value"], content) if content else None,
        authors=_authors(get("authors"), get("author")),
        categories=_categories(get("tags")),
        language=own_language or language,
        enclosure=web_link(enclosures[0].get("href"), url) if enclosures else None,
    )


def _text(value: object) -> str | None:
    """Return a title as plain text: no tags, no entities, one line."""
    if not isinstance(value, str):
        return None
    return one_line(html.unescape(_TAG.sub(" ", value[:_MAX_MARKUP])))


def _markup(value: object, detail: Mapping[str, Any] | None) -> str | None:
    """Return HTML, also where the feed says that it gives plain text."""
    text = markup(value)
    plain = detail is not None and detail.get("type") == "text/plain"
    return html.escape(text, quote=False) if text and plain else text


def _when(value: object) -> datetime | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(value), UTC)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _authors(people: object, author: object) -> tuple[str, ...]:
    named = [p.get("name") for p in people if p] if isinstance(people, list) else []
    names = [one_line(name, _MAX_FIELD) for name in (named if any(named) else [author])]
    return tuple(dict.fromkeys(name for name in names if name))


def _categories(tags: object) -> tuple[str, ...]:
    if not isinstance(tags, list):
        return ()
    terms = [one_line(tag.get("label") or tag.get("term"), _MAX_FIELD) for tag in tags[:50]]
    return tuple(dict.fromkeys(term for term in terms if term))
