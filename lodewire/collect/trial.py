"""Trying a source: does each channel answer, and with what? Behind `lodewire sources test`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lodewire.collect.channels import Bounds
from lodewire.collect.collector import collect_source, policy_of
from lodewire.collect.fetching import NotModified
from lodewire.collect.http import GuardedClient
from lodewire.collect.page import find_feeds
from lodewire.collect.told import Found, Note, Polled
from lodewire.config.source import FeedChannel, SourceDefinition
from lodewire.errors import LodewireError
from lodewire.model.ids import SourceId

_SAMPLE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelTrial:
    """What one channel gave. ``newest`` is the latest date of what was fetched, if told."""

    address: str
    ok: bool
    outcome: str
    entries: int
    titles: tuple[str, ...]
    newest: datetime | None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTrial:
    """What a source gave. ``ok`` when every channel answered and at least one capture came.

    ``announced`` are feeds (type, address) that the site announces, where a channel failed.
    """

    source_id: SourceId
    at: datetime
    ok: bool
    channels: tuple[ChannelTrial, ...]
    captures: int
    notes: tuple[str, ...]
    announced: tuple[tuple[str, str], ...] = ()


async def try_source(
    source: SourceDefinition, client: GuardedClient, *, now: datetime
) -> SourceTrial:
    """Fetch each channel and a few of its entries, without any state.

    Never raises a LodewireError: what went wrong stands in the result.
    """
    bounds = Bounds(max_new_entries=_SAMPLE, max_age=timedelta(days=3650))
    channels: list[ChannelTrial] = []
    found: list[Found] = []
    notes: list[str] = []
    captures = 0
    async for told in collect_source(source, client, now=now, bounds=bounds):
        if isinstance(told, Found):
            found.append(told)
            captures += 1
        elif isinstance(told, Note):
            if told.kind != "flooded":  # a trial takes few on purpose
                notes.append(f"{told.address}: {told.message}")
        else:
            channels.append(_trial(told, found))
            found.clear()
    ok = captures > 0 and all(channel.ok for channel in channels)
    return SourceTrial(
        source_id=source.id,
        at=now,
        ok=ok,
        channels=tuple(channels),
        captures=captures,
        notes=tuple(dict.fromkeys(notes)),
        announced=() if ok else await _announced(source, client),
    )


def _trial(polled: Polled, found: Sequence[Found]) -> ChannelTrial:
    entries = [told.capture.entry for told in found if told.capture.entry]
    dates = [date for entry in entries if (date := entry.published or entry.updated)]
    return ChannelTrial(
        address=polled.address,
        ok=polled.answered,
        outcome=polled.outcome,
        entries=polled.entries,
        titles=tuple(entry.title for entry in entries if entry.title)[:_SAMPLE],
        newest=max(dates, default=None),
        detail=polled.detail,
    )


async def _announced(
    source: SourceDefinition, client: GuardedClient
) -> tuple[tuple[str, str], ...]:
    """Look for feeds on the pages that stand where feeds were expected, and on the home page."""
    pages = [channel.url for channel in source.channels if isinstance(channel, FeedChannel)]
    known = set(pages)
    found: dict[str, str] = {}
    for page in [*pages, *([source.homepage] if source.homepage else [])]:
        try:
            answer = await client.fetch(page, policy=policy_of(source))
        except LodewireError:
            continue  # the trial itself has told why
        if isinstance(answer, NotModified):
            continue
        for kind, address in find_feeds(answer.body, url=answer.url):
            if address not in known:
                found.setdefault(address, kind)
    return tuple((kind, address) for address, kind in found.items())
