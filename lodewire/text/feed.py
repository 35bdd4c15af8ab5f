"""Feeds read as a file, and entries whose text the feed itself carries."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lodewire.errors import BrokenFile, EmptyPage
from lodewire.model.document import Document
from lodewire.model.vocabulary import DocumentRole
from lodewire.text.assembly import Facts, Origin, make_document
from lodewire.text.bylines import find_agency
from lodewire.text.dates import parse_moment
from lodewire.text.decode import clean_line
from lodewire.text.html_page import fragment_text

_LEAST_WORDS = 8
_ARTICLE_WORDS = 90  # a shorter text of a feed is the teaser of the page it links to
_MOST_ENTRIES = 500


def read_entry(origin: Origin, notes: tuple[str, ...] = ()) -> tuple[Document, ...]:
    """Return the document of a feed entry from the text that the feed carries.

    Raises EmptyPage when the entry has no text of its own.
    """
    entry = origin.entry
    fragment = (entry.content_html or entry.summary_html or "") if entry else ""
    text = fragment_text(fragment, (entry.title,) if entry and entry.title else ())
    if entry is None or len(text.split()) < _LEAST_WORDS:
        raise EmptyPage("the feed entry has no text", hint="Fetch the page that it links to.")
    moment = origin.feed_moment()
    facts = Facts(
        title=clean_line(entry.title) if entry.title else None,
        url=entry.link,
        published=moment,
        date_source="feed" if moment else None,
        language=entry.language,
        authors=entry.authors,
        agency=find_agency(text, entry.authors),
    )
    return (make_document(origin, text, facts, method="feed", role=_role(text), notes=notes),)


def _role(text: str) -> DocumentRole:
    long = len(text.split()) > _ARTICLE_WORDS
    return DocumentRole.ARTICLE if long else DocumentRole.TEASER


def read_feed(body: bytes, origin: Origin) -> tuple[Document, ...]:
    """Return a document for each entry with text of a feed file (RSS, Atom or JSON Feed).

    Raises BrokenFile for a damaged feed and EmptyPage for one without text.
    """
    entries, site, language = (
        _json_entries(body) if body.lstrip()[:1] == b"{" else _xml_entries(body)
    )
    documents: dict[str, Document] = {}
    for title, link, stamp, fragment in entries[:_MOST_ENTRIES]:
        text = fragment_text(fragment, (title,))
        if len(text.split()) < _LEAST_WORDS:
            continue
        moment = parse_moment(stamp)
        facts = Facts(
            title=clean_line(title) or None,
            url=link or None,
            published=moment,
            date_source="feed" if moment else None,
            language=language,
            publisher=site,
            agency=find_agency(text),
        )
        document = make_document(replace(origin), text, facts, method="feed", role=_role(text))
        documents[document.id] = document
    if not documents:
        raise EmptyPage("the feed holds no entry with text", hint="Fetch the pages it links to.")
    return tuple(documents.values())


_JSON_TEXTS = ("content_html", "content_text", "summary")
_Entry = tuple[str, str, str, str]  # title, link, stamp, HTML


def _xml_entries(body: bytes) -> tuple[list[_Entry], str | None, str | None]:
    import feedparser

    parsed: Any = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    if not parsed.entries and parsed.get("bozo"):
        reason = clean_line(str(parsed.get("bozo_exception", "")))[:120]
        raise BrokenFile(f"the feed is damaged: {reason}", hint="Fetch the feed again.")
    entries = []
    for entry in parsed.entries:
        contents = entry.get("content") or [{}]
        fragment = contents[0].get("value") or entry.get("summary") or ""
        stamp = entry.get("published") or entry.get("updated") or ""
        entries.append(
            (str(entry.get("title", "")), str(entry.get("link", "")), str(stamp), fragment)
        )
    language = str(parsed.feed.get("language") or "")[:2].lower() or None
    return entries, clean_line(str(parsed.feed.get("title") or "")) or None, language


def _json_entries(body: bytes) -> tuple[list[_Entry], str | None, str | None]:
    import json

    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BrokenFile(f"the JSON feed is damaged: {error}", hint="Fetch it again.") from error
    members = feed.get("items") if isinstance(feed, dict) else None
    entries = [
        (
            str(member.get("title") or ""),
            str(member.get("url") or ""),
            str(member.get("date_published") or ""),
            str(
                member.get("content_html")
                or member.get("content_text")
                or member.get("summary")
                or ""
            ),
        )
        for member in (members if isinstance(members, list) else [])
        if isinstance(member, dict)
    ]
    return entries, clean_line(str(feed.get("title") or "")) or None, None
