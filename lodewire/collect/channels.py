"""One channel of a source: ask it, list what it gives, capture what is new."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from lodewire.collect.entries import entry_key, feed_capture, has_text, page_capture
from lodewire.collect.feeds import parse_feed
from lodewire.collect.fetching import Fetched, FetchPolicy, NotModified, Validators
from lodewire.collect.files import folder_validators, read_folder
from lodewire.collect.http import GuardedClient
from lodewire.collect.listing import Listing, list_page, list_sitemap
from lodewire.collect.official.federal_register import list_federal_register
from lodewire.collect.official.gdelt import list_gdelt
from lodewire.collect.robots import RobotsUnreadable
from lodewire.collect.told import Collected, Found, Note, NoteKind, Polled, Seen
from lodewire.collect.warc import read_warc, warc_validators
from lodewire.config.source import (
    AnyChannel,
    FederalRegisterChannel,
    FeedChannel,
    FolderChannel,
    GdeltChannel,
    PageChannel,
    SitemapChannel,
    SourceDefinition,
    WarcChannel,
)
from lodewire.errors import (
    BlockedAddress,
    CollectError,
    FetchFailed,
    RateLimited,
    RobotsDisallowed,
    TooLarge,
    TooManyRedirects,
)
from lodewire.model.capture import FeedEntry

_BATCH = 32  # files read between two looks at the network
_ApiChannel = FederalRegisterChannel | GdeltChannel
_ListChannel = FeedChannel | SitemapChannel | PageChannel | _ApiChannel
_PASSING = frozenset({408, 421, 425, 429})  # the refusals that may change by waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much one channel may give in one run; entries older than ``max_age`` are left out."""

    max_new_entries: int = 200
    max_age: timedelta = timedelta(days=30)


@dataclass(slots=True)
class Job:
    """One source in one run."""

    source: SourceDefinition
    client: GuardedClient
    now: datetime
    validators: Mapping[str, Validators]
    seen: Seen
    bounds: Bounds
    policy: FetchPolicy
    taken: set[str] = field(default_factory=set)

    def note(self, kind: NoteKind, address: str, message: str, hint: str | None = None) -> Note:
        return Note(
            source_id=self.source.id, kind=kind, address=address, message=message, hint=hint
        )

    def polled(
        self,
        address: str,
        outcome: str,
        *,
        status: int | None = None,
        entries: int = 0,
        fresh: int = 0,
        detail: str = "",
        validators: Validators | None = None,
    ) -> Polled:
        return Polled(
            source_id=self.source.id,
            address=address,
            outcome=outcome,
            status=status,
            entries=entries,
            fresh=fresh,
            detail=detail,
            validators=validators,
        )

    def is_fresh(self, key: str) -> bool:
        """Tell whether neither an earlier run nor another channel of this one gave the key."""
        if key in self.taken or self.seen(self.source.id, key):
            return False
        self.taken.add(key)
        return True


def read_channel(job: Job, channel: AnyChannel) -> AsyncGenerator[Collected, None]:
    """Yield what one channel gives, and at last its Polled; raises LodewireError."""
    if isinstance(channel, (FolderChannel, WarcChannel)):
        return _local(job, channel)
    if isinstance(channel, PageChannel) and channel.links is None:
        return _single_page(job, channel)
    if isinstance(channel, FederalRegisterChannel | GdeltChannel):
        return _asked(job, channel)
    return _remote(job, channel)


async def _asked(job: Job, channel: _ApiChannel) -> AsyncGenerator[Collected, None]:
    """Ask an interface what there is, then fetch what is new of it."""
    if isinstance(channel, GdeltChannel):
        listing = await list_gdelt(job.client, channel, now=job.now, policy=job.policy)
    else:
        oldest = job.now - job.bounds.max_age
        listing = await list_federal_register(job.client, channel, oldest, policy=job.policy)
    for line in listing.notes:
        yield job.note(NoteKind.SKIPPED, channel.address, line)
    fresh = 0
    async for told in _entries(job, channel, listing):
        if not isinstance(told, bool):
            fresh += isinstance(told, Found) and told.fresh
            yield told
    yield job.polled(channel.address, "ok", status=200, entries=len(listing.entries), fresh=fresh)


async def _remote(
    job: Job, channel: FeedChannel | SitemapChannel | PageChannel
) -> AsyncGenerator[Collected, None]:
    """Fetch a feed, sitemap or list page, then what is new in it."""
    answer = await job.client.fetch(
        channel.url,
        policy=job.policy,
        validators=job.validators.get(channel.url),
        feed=not isinstance(channel, PageChannel),
    )
    if answer.moved_to:
        yield _moved(job, channel.url, answer.moved_to)
    if isinstance(answer, NotModified):
        yield job.polled(channel.url, "unchanged", status=304, validators=answer.validators)
        return
    listing = await _listing(job, channel, answer)
    for line in listing.notes:
        yield job.note(NoteKind.BROKEN, channel.url, line)
    fresh = 0
    complete = True
    async for told in _entries(job, channel, listing):
        if isinstance(told, bool):
            complete = told
            continue
        fresh += isinstance(told, Found) and told.fresh
        yield told
    yield job.polled(
        channel.url,
        "ok",
        status=answer.status,
        entries=len(listing.entries),
        fresh=fresh,
        validators=answer.validators if complete and listing.settled else None,
    )


async def _listing(
    job: Job, channel: FeedChannel | SitemapChannel | PageChannel, answer: Fetched
) -> Listing:
    if isinstance(channel, SitemapChannel):
        return await list_sitemap(job.client, channel, answer, policy=job.policy)
    if isinstance(channel, PageChannel):
        return list_page(channel, answer)
    feed = await asyncio.to_thread(parse_feed, answer.body, url=answer.url, charset=answer.charset)
    return Listing(entries=feed.entries, notes=feed.notes)


async def _entries(
    job: Job, channel: _ListChannel, listing: Listing
) -> AsyncGenerator[Found | Note | bool, None]:
    """Yield what is new in a listing; at last whether all of it was had (False: ask again)."""
    carrying = isinstance(channel, FeedChannel | FederalRegisterChannel)  # words of their own
    from_feed = job.source.fetch == "feed" and carrying
    oldest = job.now - job.bounds.max_age
    count = 0
    complete = True
    for entry in listing.entries:
        key = entry_key(entry)
        stamp = entry.updated or entry.published
        if key is None or (stamp is not None and stamp < oldest):
            continue
        fresh = job.is_fresh(key)
        if not fresh and not from_feed:
            continue
        if fresh and count >= job.bounds.max_new_entries:
            job.taken.discard(key)
            yield job.note(
                NoteKind.FLOODED,
                channel.address,
                f"more than {job.bounds.max_new_entries} new entries; the rest comes next time",
                "If that is usual for this source, raise collect.max_new_entries in desk.toml.",
            )
            complete = False
            break
        count += fresh
        if from_feed:
            # Given again even when known: a correction in the feed gives other bytes.
            yield _from_feed(job, channel, entry, key, fresh)
            continue
        try:
            yield await _from_page(job, channel, entry, key)
        except (CollectError, _NoText) as error:
            told, again = _fall_back(job, channel, entry, key, error)
            yield told
            complete = complete and not again
            if isinstance(error, RateLimited):
                break
    yield complete


class _NoText(Exception):
    """An entry has no page to fetch."""


async def _from_page(job: Job, channel: _ListChannel, entry: FeedEntry, key: str) -> Found:
    # The Federal Register gives the text apart from the page that people cite.
    apart = entry.enclosure if isinstance(channel, FederalRegisterChannel) else None
    if entry.link is None:
        raise _NoText
    page = await job.client.fetch(apart or entry.link, policy=job.policy)
    if isinstance(page, NotModified):  # not asked for: fetch raises instead
        raise _NoText
    capture = page_capture(job.source.id, page, now=job.now, entry=entry)
    return Found(capture=capture, key=key)


def _from_feed(
    job: Job,
    channel: _ListChannel,
    entry: FeedEntry,
    key: str,
    fresh: bool,
) -> Found | Note:
    if not has_text(entry):
        return job.note(
            NoteKind.SKIPPED,
            entry.link or channel.address,
            "the feed gives no text for this entry",
            "Set fetch: page in source.yml to fetch the pages.",
        )
    capture = feed_capture(
        job.source.id, entry, now=job.now, address=channel.address, language=job.source.language
    )
    return Found(capture=capture, key=key, fresh=fresh)


def _fall_back(
    job: Job,
    channel: _ListChannel,
    entry: FeedEntry,
    key: str,
    error: Exception,
) -> tuple[Found | Note, bool]:
    """Decide what comes of an entry whose page cannot be had; True: try again next time.

    What will not change by waiting is taken from the feed's own words, where there are any.
    """
    again = isinstance(error, CollectError) and not _is_final(error)
    if not again and has_text(entry):
        return _from_feed(job, channel, entry, key, True), False
    message = error.message if isinstance(error, CollectError) else "the entry has no link"
    kind = NoteKind.FAILED if again else NoteKind.REFUSED
    hint = error.hint if isinstance(error, CollectError) else None
    return job.note(kind, entry.link or channel.address, message, hint), again


def _is_final(error: CollectError) -> bool:
    if isinstance(error, FetchFailed):
        return (
            error.status is not None and error.status // 100 == 4 and error.status not in _PASSING
        )
    if isinstance(error, RobotsUnreadable):
        return False
    return isinstance(error, (RobotsDisallowed, BlockedAddress, TooLarge, TooManyRedirects))


async def _single_page(job: Job, channel: PageChannel) -> AsyncGenerator[Collected, None]:
    answer = await job.client.fetch(
        channel.url, policy=job.policy, validators=job.validators.get(channel.url)
    )
    if answer.moved_to:
        yield _moved(job, channel.url, answer.moved_to)
    if isinstance(answer, NotModified):
        yield job.polled(channel.url, "unchanged", status=304, validators=answer.validators)
        return
    capture = page_capture(job.source.id, answer, now=job.now)
    fresh = job.is_fresh(channel.url)
    yield Found(capture=capture, key=channel.url, fresh=fresh)
    yield job.polled(
        channel.url,
        "ok",
        status=answer.status,
        entries=1,
        fresh=int(fresh),
        validators=answer.validators,
    )


async def _local(job: Job, channel: FolderChannel | WarcChannel) -> AsyncGenerator[Collected, None]:
    address = channel.address
    if isinstance(channel, FolderChannel):
        current = await asyncio.to_thread(folder_validators, channel.path)
        captures = read_folder(
            channel.path, source_id=job.source.id, now=job.now, language=job.source.language
        )
    else:
        current = warc_validators(channel.path)
        captures = read_warc(channel.path, source_id=job.source.id, now=job.now)
    if job.validators.get(address) == current:
        yield job.polled(address, "unchanged", validators=current)
        return
    entries = fresh = 0
    async for told in _in_batches(captures):
        if isinstance(told, Found):
            entries += 1
            new = job.is_fresh(told.key)
            fresh += new
            told = Found(capture=told.capture, key=told.key, fresh=new)
        yield told
    yield job.polled(address, "ok", entries=entries, fresh=fresh, validators=current)


async def _in_batches(source: Iterator[Found | Note]) -> AsyncGenerator[Found | Note, None]:
    while batch := await asyncio.to_thread(lambda: list(islice(source, _BATCH))):
        for told in batch:
            yield told


def _moved(job: Job, address: str, to: str) -> Note:
    return job.note(
        NoteKind.MOVED, address, f"answers at {to} for good", f"Write url: {to} in source.yml."
    )
