"""News sitemaps and sitemap indexes, plain or gzip. Source: sitemaps.org, Google News 0.9."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lodewire.collect.decode import Inflater
from lodewire.collect.fields import iso_instant, language_code, one_line, web_link
from lodewire.collect.xml_guard import guard_xml
from lodewire.errors import BrokenFile, EmptyPage, FetchFailed, TooLarge, UnsupportedFormat
from lodewire.model.capture import FeedEntry

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_SITEMAP_BYTES = 52_428_800  # sitemaps.org: 50 MB uncompressed
MAX_ENTRIES = 50_000  # sitemaps.org
_OTHER_MEDIA = re.compile(r"sitemap-(image|video)/")  # they have titles and places of their own


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """Either ``entries`` (pages) or ``children`` (further sitemaps; ``updated`` where told)."""

    entries: tuple[FeedEntry, ...] = ()
    children: tuple[FeedEntry, ...] = ()
    notes: tuple[str, ...] = ()


def parse_sitemap(body: bytes, *, url: str, charset: str | None = None) -> Sitemap:
    """Read a sitemap or an index; gzip is undone under the size limit.

    Raises EmptyPage, UnsupportedFormat (not a sitemap) or BrokenFile (hostile or damaged).
    """
    try:
        guarded = guard_xml(_inflated(body), charset)
    except (EmptyPage, BrokenFile) as error:
        raise type(error)(f"{url}: {error.message}", hint=error.hint) from error
    except (FetchFailed, TooLarge) as error:
        raise BrokenFile(f"{url}: {error.message}") from error
    root = _root(guarded.body)
    kind = _name(root) if root is not None else ""
    if root is None or kind not in {"urlset", "sitemapindex"}:
        raise UnsupportedFormat(
            f"{url}: this is not a sitemap",
            hint="robots.txt of the site often names its sitemaps.",
        )
    parts = list(root)
    notes = guarded.notes
    if len(parts) > MAX_ENTRIES:
        notes = (*notes, f"more than {MAX_ENTRIES:,} addresses; the rest was left out")
    found = [_entry(part, url) for part in parts[:MAX_ENTRIES]]
    first: dict[str, FeedEntry] = {}
    for entry in found:
        if entry.link:
            first.setdefault(entry.link, entry)
    kept = tuple(first.values())
    if kind == "sitemapindex":
        return Sitemap(children=kept, notes=notes)
    return Sitemap(entries=kept, notes=notes)


def _inflated(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    inflater = Inflater("gzip", max_body=MAX_SITEMAP_BYTES, max_ratio=200.0, ratio_floor=1_000_000)
    plain = b"".join(inflater.feed(body))
    inflater.finish()
    return plain


def _root(body: bytes) -> _Element | None:
    from lxml import etree

    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        return etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        return None


def _name(element: _Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""  # comments have no text tag


def _fields(part: _Element) -> dict[str, str]:
    """Return the text of every element below, by local name; the first of a name counts."""
    found: dict[str, str] = {}
    for element in part.iterdescendants():
        text = (element.text or "").strip()
        if text and not _OTHER_MEDIA.search(str(element.tag)):
            found.setdefault(_name(element), text)
    return found


def _entry(part: _Element, url: str) -> FeedEntry:
    fields = _fields(part)
    keywords = fields.get("keywords", "").split(",")
    return FeedEntry(
        title=one_line(fields.get("title")),
        link=web_link(fields.get("loc"), url),
        published=iso_instant(fields.get("publication_date")),
        updated=iso_instant(fields.get("lastmod")),
        categories=tuple(line for word in keywords[:50] if (line := one_line(word))),
        language=language_code(fields.get("language")),
    )
