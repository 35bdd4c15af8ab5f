"""Captures made of feed entries: from the page behind an entry, or from the feed's own words."""

from __future__ import annotations

import html
from datetime import datetime

from lodewire.collect.fetching import Fetched
from lodewire.collect.media import HTML, media_type_of
from lodewire.model.capture import Capture, FeedEntry
from lodewire.model.ids import SourceId


def entry_key(entry: FeedEntry) -> str | None:
    """Return what an entry is known by: its guid, else its link, else its title."""
    return entry.guid or entry.link or entry.title


def has_text(entry: FeedEntry) -> bool:
    """Tell whether the feed itself gives words beyond the title."""
    return bool(entry.content_html or entry.summary_html)


def page_capture(
    source_id: SourceId, fetched: Fetched, *, now: datetime, entry: FeedEntry | None = None
) -> Capture:
    """Make a capture of a fetched page, with the entry that led to it."""
    return Capture(
        source_id=source_id,
        requested_url=fetched.requested_url,
        url=fetched.url,
        fetched_at=now,
        body=fetched.body,
        status=fetched.status,
        media_type=media_type_of(fetched.media_type, fetched.url, fetched.body),
        charset=fetched.charset,
        headers=fetched.headers,
        entry=entry,
    )


def feed_capture(
    source_id: SourceId, entry: FeedEntry, *, now: datetime, address: str, language: str | None
) -> Capture:
    """Make a capture of what the feed itself says of an entry, as a small page of HTML.

    ``address`` is the feed's, for entries without a link of their own; ``language`` serves where
    the entry declares none.
    """
    link = entry.link or f"{address}#{entry_key(entry)}"
    return Capture(
        source_id=source_id,
        requested_url=link,
        url=link,
        fetched_at=now,
        body=_page(entry, entry.language or language).encode("utf-8"),
        media_type=HTML,
        charset="utf-8",
        entry=entry,
    )


def _page(entry: FeedEntry, language: str | None) -> str:
    title = html.escape(entry.title or "", quote=False)
    lang = f' lang="{html.escape(language)}"' if language else ""
    headline = f"<h1>{title}</h1>" if title else ""
    return (
        f'<!DOCTYPE html>\n<html{lang}><head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body><article>{headline}\n{entry.content_html or entry.summary_html or ''}\n"
        "</article></body></html>\n"
    )
