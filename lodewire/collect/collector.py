"""Sources to captures: each channel is asked, each new entry becomes a capture.

State comes in as arguments and goes out as values (see told.py): nothing here stores anything.
One source is read in order, one request after the other; many sources are read at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime

from lodewire.collect.channels import Bounds, Job, read_channel
from lodewire.collect.fetching import FetchPolicy, Validators
from lodewire.collect.http import GuardedClient
from lodewire.collect.told import Collected, NoteKind, Seen
from lodewire.config.source import SourceDefinition
from lodewire.errors import LodewireError
from lodewire.model.ids import SourceId


def unseen(source_id: SourceId, key: str) -> bool:
    """Say that nothing was seen before: for first runs and trials."""
    return False


def policy_of(source: SourceDefinition) -> FetchPolicy:
    """Return what the client is to keep to for a source."""
    return FetchPolicy(
        robots=source.robots,
        allow_private=source.allow_private_addresses,
        min_delay=60.0 / source.rate,
    )


async def collect_source(
    source: SourceDefinition,
    client: GuardedClient,
    *,
    now: datetime,
    validators: Mapping[str, Validators] | None = None,
    seen: Seen = unseen,
    bounds: Bounds | None = None,
) -> AsyncGenerator[Collected, None]:
    """Read every channel of a source, in order.

    ``validators`` are those kept for the addresses of channels; ``seen`` tells what was captured
    before. Yields Found for each capture, Note for what a person should know, and Polled at the
    end of each channel, whatever happened to it: errors of a source never end the run.
    """
    job = Job(
        source=source,
        client=client,
        now=now,
        validators=validators or {},
        seen=seen,
        bounds=bounds or Bounds(),
        policy=policy_of(source),
    )
    for channel in source.channels:
        try:
            async for told in read_channel(job, channel):
                yield told
        except LodewireError as error:
            yield job.note(NoteKind.FAILED, channel.address, error.message, error.hint)
            yield job.polled(
                channel.address,
                type(error).__name__,
                status=getattr(error, "status", None),
                detail=error.message,
            )


async def collect_sources(
    sources: Sequence[SourceDefinition],
    client: GuardedClient,
    *,
    now: datetime,
    validators: Mapping[str, Validators] | None = None,
    seen: Seen = unseen,
    bounds: Bounds | None = None,
    concurrency: int = 8,
) -> AsyncGenerator[Collected, None]:
    """Read many sources at once and yield what they tell, as it comes.

    Within a source the order is that of collect_source; between sources it is by arrival, and no
    id depends on it. At most ``concurrency`` sources are read at a time, and none runs ahead of
    the caller by more than a few captures, so that memory stays small.
    """
    queue: asyncio.Queue[Collected | _Ended] = asyncio.Queue(maxsize=concurrency)
    waiting = iter(sources)

    async def work() -> None:
        failure: Exception | None = None
        try:
            for source in waiting:
                told_by = collect_source(
                    source, client, now=now, validators=validators, seen=seen, bounds=bounds
                )
                async with aclosing(told_by):
                    async for told in told_by:
                        await queue.put(told)
        except Exception as error:
            failure = error
        await queue.put(_Ended(failure))

    workers = [asyncio.create_task(work()) for _ in range(min(concurrency, len(sources)))]
    running = len(workers)
    try:
        while running:
            told = await queue.get()
            if not isinstance(told, _Ended):
                yield told
                continue
            running -= 1
            if told.failure is not None:
                raise told.failure
    finally:
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)


@dataclass(frozen=True, slots=True)
class _Ended:
    """A worker has no more sources, or met an error that is a fault of ours."""

    failure: Exception | None
