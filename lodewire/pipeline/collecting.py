"""Sources to captures in the ledger, and what went wrong on the way."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from lodewire import __version__
from lodewire.collect.channels import Bounds
from lodewire.collect.collector import collect_sources
from lodewire.collect.fetching import FetchLimits, Validators, user_agent
from lodewire.collect.http import GuardedClient
from lodewire.collect.told import Found, Note, Polled
from lodewire.config.desk import CollectLimits, DeskConfig
from lodewire.config.source import SourceDefinition
from lodewire.ledger.sources import Fetch, SourceState
from lodewire.ledger.store import Ledger
from lodewire.model.capture import Capture, FeedEntry
from lodewire.model.ids import SourceId
from lodewire.workbench.progress import Progress, silent


class Relabel(Protocol):
    """Turns what was fetched from one place into what another place published."""

    def address(self, address: str) -> str:
        """Return the publisher's address of a fetched one."""

    def body(self, body: bytes) -> bytes:
        """Return the bytes as the publisher gives them."""


@dataclass(slots=True)
class CollectReport:
    """What one collecting run brought."""

    sources: int = 0
    captures: int = 0
    unchanged: int = 0
    channels: int = 0
    answered: int = 0
    notes: list[Note] = field(default_factory=list)

    @property
    def nothing_answered(self) -> bool:
        """Tell whether channels were asked and not one could be read."""
        return self.channels > 0 and self.answered == 0


def collect_step(
    ledger: Ledger,
    sources: Sequence[SourceDefinition],
    desk: DeskConfig,
    *,
    now: datetime,
    relabel: Relabel | None = None,
    progress: Progress = silent,
) -> CollectReport:
    """Read all sources and keep each capture as it comes; a killed run goes on where it was.

    ``relabel`` turns addresses and bodies into those to be kept (the sample newsroom is served
    from this machine, but its pages belong to their publishers' addresses).
    """
    return asyncio.run(_collect(ledger, sources, desk, now, relabel, progress))


async def _collect(
    ledger: Ledger,
    sources: Sequence[SourceDefinition],
    desk: DeskConfig,
    now: datetime,
    relabel: Relabel | None,
    progress: Progress,
) -> CollectReport:
    report = CollectReport(sources=len(sources))
    validators = {
        s.url: Validators(etag=s.etag, last_modified=s.last_modified)
        for s in ledger.sources.states()
    }

    def seen(source_id: SourceId, key: str) -> bool:
        return ledger.captures.seen(source_id, relabel.address(key) if relabel else key)

    limits = desk.collect
    expected = sum(len(s.channels) for s in sources)
    agent = user_agent(__version__, desk.contact)
    async with GuardedClient(user_agent=agent, limits=fetch_limits(limits)) as client:
        async for told in collect_sources(
            sources,
            client,
            now=now,
            validators=validators,
            seen=seen,
            bounds=Bounds(
                max_new_entries=limits.max_new_entries,
                max_age=timedelta(days=limits.max_age_days),
            ),
            concurrency=limits.concurrency,
        ):
            if isinstance(told, Found):
                report.captures += ledger.captures.add(_named(told.capture, relabel))
                progress("pages", report.captures)
            elif isinstance(told, Note):
                report.notes.append(told)
            else:
                report.unchanged += told.outcome == "unchanged"
                report.channels += 1
                report.answered += told.answered
                progress("channels", report.channels, expected)
                _remember(ledger, told, now)
    return report


def fetch_limits(limits: CollectLimits) -> FetchLimits:
    """Return the client's limits for those of desk.toml."""
    return FetchLimits(
        total_seconds=limits.timeout_seconds,
        max_body=int(limits.max_body_mb * 1_000_000),
        max_redirects=limits.max_redirects,
        retries=limits.retries,
        max_wait_seconds=limits.max_wait_seconds,
        per_host=limits.per_host,
        concurrency=limits.concurrency,
        min_delay=limits.min_delay_seconds,
    )


def _named(capture: Capture, relabel: Relabel | None) -> Capture:
    if relabel is None:
        return capture
    return replace(
        capture,
        requested_url=relabel.address(capture.requested_url),
        url=relabel.address(capture.url),
        body=relabel.body(capture.body),
        entry=_entry_named(capture.entry, relabel),
    )


def _entry_named(entry: FeedEntry | None, relabel: Relabel) -> FeedEntry | None:
    if entry is None:
        return None

    def text(words: str | None) -> str | None:
        return relabel.body(words.encode()).decode() if words is not None else None

    return replace(
        entry,
        guid=text(entry.guid),
        link=relabel.address(entry.link) if entry.link is not None else None,
        summary_html=text(entry.summary_html),
        content_html=text(entry.content_html),
    )


def _remember(ledger: Ledger, told: Polled, now: datetime) -> None:
    if told.validators is not None:
        ledger.sources.put(
            SourceState(
                source_id=told.source_id,
                url=told.address,
                checked_at=now,
                etag=told.validators.etag,
                last_modified=told.validators.last_modified,
            )
        )
    ledger.sources.log(
        [
            Fetch(
                source_id=told.source_id,
                url=told.address,
                at=now,
                outcome=told.outcome,
                status=told.status,
                entries=told.entries,
                fresh=told.fresh,
                detail=told.detail,
            )
        ]
    )
