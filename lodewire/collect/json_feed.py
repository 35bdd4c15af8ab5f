"""JSON Feed 1.0 and 1.1. Source: jsonfeed.org/version/1.1."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from lodewire.collect.fields import iso_instant, language_code, markup, one_line, web_link
from lodewire.errors import BrokenFile, UnsupportedFormat
from lodewire.model.capture import FeedEntry

# Title, home page, language, entries and notes of a feed.
JsonFeedParts = tuple[str | None, str | None, str | None, list[FeedEntry], tuple[str, ...]]


def looks_like_json(body: bytes) -> bool:
    """Tell whether the first character that counts opens a JSON object."""
    return body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def parse_json_feed(body: bytes, *, url: str) -> JsonFeedParts:
    """Read a JSON Feed into its parts.

    Raises BrokenFile for what is not JSON, UnsupportedFormat for JSON that is no feed. Entries
    that are no objects are left out, with a note; fields of a wrong kind count as missing.
    """
    table = _load(body, url)
    version = table.get("version")
    entries = table.get("items")
    if not (isinstance(version, str) and "jsonfeed.org/version/" in version):
        raise UnsupportedFormat(
            f"{url}: this is JSON, not a JSON Feed",
            hint="Look on the publisher's site for an RSS or Atom address.",
        )
    if not isinstance(entries, list):
        raise BrokenFile(f"{url}: the JSON Feed has no list of entries")
    language = language_code(table.get("language"))
    good = [entry for entry in entries if isinstance(entry, dict)]
    notes = (f"{len(entries) - len(good)} broken entries left out",) if good != entries else ()
    read = [_entry(entry, url, language) for entry in good]
    return (
        one_line(table.get("title")),
        web_link(table.get("home_page_url"), url),
        language,
        read,
        notes,
    )


def _load(body: bytes, url: str) -> dict[str, Any]:
    try:
        table = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise BrokenFile(f"{url}: not valid JSON: {reason}") from error
    if not isinstance(table, dict):
        raise UnsupportedFormat(f"{url}: this is JSON, not a JSON Feed")
    return table


def _entry(entry: dict[str, Any], url: str, language: str | None) -> FeedEntry:
    content = markup(entry.get("content_html"))
    if content is None and (text := markup(entry.get("content_text"))):
        content = _as_html(text)
    summary = markup(entry.get("summary"))
    attachments = entry.get("attachments")
    first = attachments[0] if isinstance(attachments, list) and attachments else None
    guid = entry.get("id")
    return FeedEntry(
        title=one_line(entry.get("title")),
        link=web_link(entry.get("url"), url) or web_link(entry.get("external_url"), url),
        # 1.0 asks readers to take numbers as ids, too
        guid=one_line(str(guid)) if isinstance(guid, (str, int, float)) else None,
        published=iso_instant(entry.get("date_published")),
        updated=iso_instant(entry.get("date_modified")),
        summary_html=_as_html(summary) if summary else None,
        content_html=content,
        authors=_authors(entry),
        categories=_strings(entry.get("tags")),
        language=language_code(entry.get("language")) or language,
        enclosure=web_link(first.get("url"), url) if isinstance(first, dict) else None,
    )


def _as_html(text: str) -> str:
    parts = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    return "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in parts)


def _authors(entry: dict[str, Any]) -> tuple[str, ...]:
    people = entry.get("authors")
    people = people if isinstance(people, list) else [entry.get("author")]  # 1.0 has one
    names = [one_line(p.get("name")) for p in people if isinstance(p, dict)]
    return tuple(dict.fromkeys(name for name in names if name))


def _strings(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        return ()
    return tuple(dict.fromkeys(line for v in value[:50] if (line := one_line(v))))
