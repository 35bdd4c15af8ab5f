"""Web pages as sources: links of a list page, and feeds that a page announces."""

from __future__ import annotations

import re

from lodewire.collect.fields import one_line, web_link
from lodewire.model.capture import FeedEntry

MAX_LINKS = 500
_MAX_HTML = 5_000_000
_FEED_TYPES = {
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "json_feed",
    "application/rdf+xml": "rss",
}


def find_links(body: bytes, *, url: str, pattern: str) -> tuple[FeedEntry, ...]:
    """Return the links of a list page whose address matches ``pattern``, in page order.

    ``pattern`` is searched in the absolute address. The title is the longest text that links to
    the address; links to the page itself are left out.
    """
    from selectolax.lexbor import LexborHTMLParser

    rule = re.compile(pattern)
    tree = LexborHTMLParser(body[:_MAX_HTML])
    base = _base(tree.css_first("base[href]"), url)
    titles: dict[str, str] = {}
    for anchor in tree.css("a[href]"):
        link = web_link(anchor.attributes.get("href"), base)
        if link is None or link == url or not rule.search(link):
            continue
        text = one_line(anchor.text(deep=True, separator=" "), 500) or ""
        if link in titles or len(titles) < MAX_LINKS:
            titles[link] = max(titles.get(link, ""), text, key=len)
    return tuple(FeedEntry(title=title or None, link=link) for link, title in titles.items())


def find_feeds(body: bytes, *, url: str) -> tuple[tuple[str, str], ...]:
    """Return (channel type, address) of the feeds that a page announces in its head."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(body[:_MAX_HTML])
    base = _base(tree.css_first("base[href]"), url)
    found: dict[str, str] = {}
    for link in tree.css("link[rel][href][type]"):
        rel = (link.attributes.get("rel") or "").lower().split()
        kind = _FEED_TYPES.get((link.attributes.get("type") or "").strip().lower())
        address = web_link(link.attributes.get("href"), base)
        if kind and address and "alternate" in rel:
            found.setdefault(address, kind)
    return tuple((kind, address) for address, kind in found.items())


def _base(node: object, url: str) -> str:
    attributes = getattr(node, "attributes", {})
    return web_link(attributes.get("href"), url) or url
