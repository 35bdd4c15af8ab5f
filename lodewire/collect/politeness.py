"""Gates: how many requests run at once, and how long a host is left in peace between two."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from lodewire.collect.fetching import FetchLimits
from lodewire.errors import RateLimited


@dataclass(slots=True)
class _Host:
    gate: asyncio.Semaphore
    next_start: float = 0.0
    held_until: float = 0.0


class Gates:
    """One gate for all requests, and one for each host."""

    def __init__(
        self,
        limits: FetchLimits,
        *,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._limits = limits
        self._clock = clock
        self._sleep = sleep
        self._all = asyncio.Semaphore(limits.concurrency)
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def pass_through(self, host: str, delay: float) -> AsyncIterator[None]:
        """Hold a place for one request to ``host``, ``delay`` seconds after the last one began.

        Raises RateLimited when the host would have to be left alone for longer than a run waits.
        """
        known = self._known(host)
        async with known.gate:
            wait = self._reserve(host, known, delay)
            if wait > 0:
                await self._sleep(wait)
            async with self._all:
                yield

    def hold(self, host: str, seconds: float) -> None:
        """Leave ``host`` alone for ``seconds``: it said so."""
        known = self._known(host)
        known.held_until = max(known.held_until, self._clock() + seconds)

    def _reserve(self, host: str, known: _Host, delay: float) -> float:
        # The start is taken before waiting, so that two waiting requests never start together.
        now = self._clock()
        start = max(now, known.next_start, known.held_until)
        if start - now > self._limits.max_wait_seconds:
            raise RateLimited(
                f"{host} asks to be left alone for another {start - now:.0f} seconds",
                hint="The next run asks again; run less often if this repeats.",
                retry_after=start - now,
            )
        known.next_start = start + max(delay, self._limits.min_delay)
        return start - now

    def _known(self, host: str) -> _Host:
        if host not in self._hosts:
            self._hosts[host] = _Host(gate=asyncio.Semaphore(self._limits.per_host))
        return self._hosts[host]
