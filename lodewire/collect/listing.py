"""Listings that are no feeds: sitemaps with their children, and list pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from lodewire.collect.fetching import Fetched, FetchPolicy, NotModified
from lodewire.collect.http import GuardedClient
from lodewire.collect.page import find_links
from lodewire.collect.sitemap import Sitemap, parse_sitemap
from lodewire.config.source import PageChannel, SitemapChannel
from lodewire.errors import LodewireError
from lodewire.model.capture import FeedEntry

_MAX_CHILDREN = 8  # news sites part their sitemaps by month: the newest hold the news
_MAX_LEVELS = 2
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Entries that lead to pages, and notes on what was wrong with the list.

    ``settled`` tells that the list's own validators speak for all of it.
    """

    entries: tuple[FeedEntry, ...]
    notes: tuple[str, ...] = ()
    settled: bool = True


def list_page(channel: PageChannel, answer: Fetched) -> Listing:
    """Return the links of a list page; ``channel.links`` must be set."""
    assert channel.links is not None
    found = find_links(answer.body, url=answer.url, pattern=channel.links)
    notes = () if found else (f"no link on the page matches {channel.links!r}",)
    return Listing(entries=found, notes=notes)


async def list_sitemap(
    client: GuardedClient, channel: SitemapChannel, answer: Fetched, *, policy: FetchPolicy
) -> Listing:
    """Return the pages of a sitemap, or of the newest sitemaps of an index.

    Raises ReadError when the sitemap itself is broken; a broken child is noted. Pages without a
    date are left out, unless ``channel.links`` says which ones are news.
    """
    top = parse_sitemap(answer.body, url=answer.url, charset=answer.charset)
    entries, notes = list(top.entries), list(top.notes)
    await _descend(client, top, policy, entries, notes, level=1)
    rule = re.compile(channel.links) if channel.links else None
    kept = [
        entry
        for entry in entries
        if (rule.search(entry.link or "") if rule else entry.published or entry.updated)
    ]
    if len(kept) < len(entries) and rule is None:
        notes.append(f"{len(entries) - len(kept)} pages without a date left out")
    kept.sort(key=lambda entry: entry.published or entry.updated or _LONG_AGO, reverse=True)
    # An index may stay the same while the sitemaps below it change.
    return Listing(entries=tuple(kept), notes=tuple(notes), settled=not top.children)


async def _descend(
    client: GuardedClient,
    index: Sitemap,
    policy: FetchPolicy,
    entries: list[FeedEntry],
    notes: list[str],
    *,
    level: int,
) -> None:
    children = sorted(index.children, key=lambda child: child.updated or _LONG_AGO, reverse=True)
    if len(children) > _MAX_CHILDREN:
        notes.append(f"{len(children)} sitemaps in the index; the newest {_MAX_CHILDREN} are read")
    for child in children[:_MAX_CHILDREN]:
        if child.link is None:
            continue
        try:
            answer = await client.fetch(child.link, policy=policy, feed=True)
            assert not isinstance(answer, NotModified)  # nothing was asked conditionally
            below = parse_sitemap(answer.body, url=answer.url, charset=answer.charset)
        except LodewireError as error:
            notes.append(error.message)
            continue
        entries.extend(below.entries)
        notes.extend(below.notes)
        if below.children and level < _MAX_LEVELS:
            await _descend(client, below, policy, entries, notes, level=level + 1)
