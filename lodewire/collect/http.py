"""The guarded client: every request of Lodewire to the outside goes through here.

A fetch passes, for the first address and for every redirect: the scheme (http or https), the
site's robots.txt, the gates of politeness, and the judged network (see network.py). What comes
back is bounded in time, size and unfolding.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import TYPE_CHECKING

from lodewire.collect.fetching import (
    Carried,
    Dropped,
    Fetched,
    FetchLimits,
    FetchPolicy,
    NotModified,
    Validators,
)
from lodewire.collect.media import parse_content_type
from lodewire.collect.politeness import Gates
from lodewire.collect.robots import Robots
from lodewire.collect.walk import Walk, keep_at_home, origin_of, own_headers
from lodewire.errors import CollectError, FetchFailed, RateLimited, TooSlow

if TYPE_CHECKING:
    from lodewire.collect.network import Answer, Network, Resolver

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_PASSING = frozenset({429, 502, 503, 504})  # worth asking again
_ROBOTS_REDIRECTS = 5  # RFC 9309 §2.3.1.2
_BACK_OFF_SECONDS = 2.0
_TOLD = 4096  # bytes kept of what a refusal says
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_ACCEPT_FEED = (
    "application/atom+xml,application/rss+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.5"
)


class GuardedClient:
    """Fetches pages within limits. Use as ``async with GuardedClient(...) as client``.

    ``clock`` gives monotonic seconds, ``sleep`` waits, ``wall`` tells the time of day (for
    Retry-After dates), ``network`` or ``resolver`` replace the way out: all four for tests.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        limits: FetchLimits | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
        resolver: Resolver | None = None,
        network: Network | None = None,
    ) -> None:
        self.limits = limits or FetchLimits()
        self._user_agent = user_agent
        self._clock = clock
        self._sleep = sleep
        self._wall = wall
        self._resolver = resolver
        self._network = network
        self._gates = Gates(self.limits, clock=clock, sleep=sleep)
        self._robots = Robots(self._fetch_robots, self.limits, clock=clock)

    async def __aenter__(self) -> GuardedClient:
        if self._network is None:
            from lodewire.collect.network import Network, system_resolver

            self._network = Network(self.limits, resolver=self._resolver or system_resolver)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._network is not None:
            await self._network.aclose()
            self._network = None

    async def fetch(
        self,
        url: str,
        *,
        policy: FetchPolicy | None = None,
        validators: Validators | None = None,
        feed: bool = False,
        method: str = "GET",
        carried: Carried | None = None,
    ) -> Fetched | NotModified:
        """Fetch one page, following redirects; ``validators`` make it conditional.

        ``carried`` is what a service is told beside the address: headers, a key, a question.

        Raises the CollectError that fits: BlockedAddress, RobotsDisallowed, TooLarge, TooSlow,
        TooManyRedirects, RateLimited (``retry_after``), FetchFailed (``status``).
        """
        policy = policy or FetchPolicy()
        carried = carried or Carried()
        headers = [
            ("User-Agent", self._user_agent),
            ("Accept", carried.accept or (_ACCEPT_FEED if feed else _ACCEPT)),
            ("Accept-Language", "*"),
            *_conditions(validators),
        ]
        walk = Walk(url, self.limits.max_redirects)
        home, _ = origin_of(walk.url)
        spent = 0.0
        while True:
            answer, seconds = await self._request(
                walk.url,
                method,
                [*headers, *own_headers(carried, origin_of(walk.url)[0] == home)],
                policy,
                self.limits.total_seconds - spent,
                carried.content,
            )
            spent += seconds
            target = answer.header("location") if answer.status in _REDIRECTS else None
            if target is None:
                return _result(answer, walk, validators)
            walk.follow(target, permanent=answer.status in _PERMANENT)
            keep_at_home(walk, home, carried)

    async def _request(
        self,
        url: str,
        method: str,
        headers: list[tuple[str, str]],
        policy: FetchPolicy,
        seconds: float,
        content: bytes | None = None,
    ) -> tuple[Answer, float]:
        """Send one request, again where that may help; return the answer and the time it took."""
        origin, host = origin_of(url)
        delay = policy.min_delay
        if policy.robots:
            delay = max(delay, await self._robots.check(origin, url, policy))
        attempt = 0
        while True:
            async with self._gates.pass_through(host, delay):
                began = self._clock()
                error: CollectError | None = None
                try:
                    answer = await self._exchange(
                        url, method, headers, policy, seconds, content=content
                    )
                    error = self._refusal(answer, url, host)
                except FetchFailed as failed:
                    error = failed
                took = self._clock() - began
            if error is None:
                return answer, took
            attempt += 1
            pause = self._pause(error, attempt)
            if pause is None:
                raise error
            self._gates.hold(host, pause)

    async def _exchange(
        self,
        url: str,
        method: str,
        headers: list[tuple[str, str]],
        policy: FetchPolicy,
        seconds: float,
        cut_at: int | None = None,
        content: bytes | None = None,
    ) -> Answer:
        assert self._network is not None, "use `async with GuardedClient(...)`"
        if seconds <= 0:
            raise TooSlow(f"{url}: its redirects took {self.limits.total_seconds:.3g} seconds")
        return await self._network.exchange(
            method,
            url,
            headers,
            private=policy.allow_private,
            seconds=seconds,
            cut_at=cut_at,
            content=content,
        )

    def _refusal(self, answer: Answer, url: str, host: str) -> CollectError | None:
        """Return the error of a status that asks us to come back later; holds the host."""
        if answer.status not in _PASSING:
            return None
        wait = _retry_after(answer.header("retry-after"), self._wall())
        if wait is not None:
            self._gates.hold(host, wait)
        if answer.status in {429, 503}:
            return RateLimited(
                f"{url}: answered {answer.status}, come back later"
                + (f" (in {wait:.0f} seconds)" if wait is not None else ""),
                hint="The next run asks again; run less often if this repeats.",
                retry_after=wait,
            )
        return FetchFailed(
            f"{url}: answered {answer.status}", status=answer.status, body=answer.body[:_TOLD]
        )

    def _pause(self, error: CollectError, attempt: int) -> float | None:
        """Return the seconds to wait before asking again; None: give up."""
        if attempt > self.limits.retries:
            return None
        pause = _BACK_OFF_SECONDS * 2 ** (attempt - 1)
        if isinstance(error, RateLimited):
            pause = pause if error.retry_after is None else error.retry_after
        elif not isinstance(error, Dropped) and getattr(error, "status", None) not in _PASSING:
            return None
        return pause if pause <= self.limits.max_wait_seconds else None

    async def _fetch_robots(self, url: str, policy: FetchPolicy) -> str:
        """Return the text of a robots.txt, "" where there is none (RFC 9309 §2.3.1.3)."""
        from dataclasses import replace

        headers = [("User-Agent", self._user_agent), ("Accept", "text/plain,*/*;q=0.5")]
        walk = Walk(url, _ROBOTS_REDIRECTS)
        unguarded = replace(policy, robots=False)
        while True:
            answer = await self._robots_answer(walk.url, headers, unguarded)
            target = answer.header("location") if answer.status in _REDIRECTS else None
            if target is None:
                break
            walk.follow(target, permanent=False)
        if 200 <= answer.status < 300:
            return answer.body.decode("utf-8-sig", "replace")
        if 400 <= answer.status < 500 and answer.status != 429:
            return ""
        raise FetchFailed(f"{walk.url}: answered {answer.status}", status=answer.status)

    async def _robots_answer(
        self, url: str, headers: list[tuple[str, str]], policy: FetchPolicy
    ) -> Answer:
        _, host = origin_of(url)
        async with self._gates.pass_through(host, 0.0):
            return await self._exchange(
                url,
                "GET",
                headers,
                policy,
                self.limits.total_seconds,
                cut_at=self.limits.robots_body,
            )


def _conditions(validators: Validators | None) -> list[tuple[str, str]]:
    if not validators:
        return []
    headers = []
    if validators.etag:
        headers.append(("If-None-Match", validators.etag))
    if validators.last_modified:
        headers.append(("If-Modified-Since", validators.last_modified))
    return headers


def _result(answer: Answer, walk: Walk, sent: Validators | None) -> Fetched | NotModified:
    fresh = Validators(etag=answer.header("etag"), last_modified=answer.header("last-modified"))
    if answer.status == 304 and sent:
        return NotModified(
            requested_url=walk.start,
            url=walk.url,
            validators=fresh or sent,
            moved_to=walk.moved_to,
        )
    if not 200 <= answer.status < 300 or answer.status == 206:
        raise FetchFailed(
            f"{walk.url}: answered {answer.status}",
            hint=_advice(answer.status),
            status=answer.status,
            body=answer.body[:_TOLD],
        )
    media_type, charset = parse_content_type(answer.header("content-type"))
    return Fetched(
        requested_url=walk.start,
        url=walk.url,
        status=answer.status,
        media_type=media_type,
        charset=charset,
        headers=tuple(h for h in answer.headers if h[0] not in {"set-cookie", "set-cookie2"}),
        body=answer.body,
        validators=fresh,
        moved_to=walk.moved_to,
    )


def _advice(status: int) -> str:
    if status in {401, 402, 403, 451}:
        return "The publisher does not serve this page to us; use another channel of it."
    if status in {404, 410}:
        return "The page is gone; look for its new address and correct source.yml."
    return "Try again later; if it stays so, look at the page in a browser."


def _retry_after(value: str | None, now: datetime) -> float | None:
    """Read Retry-After, in seconds or as an HTTP date; None where it says nothing usable."""
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdecimal():
        return float(min(int(value[:12]), 10**9))
    try:
        stamp = parsedate_to_datetime(value)
    except ValueError:
        return None
    if stamp.tzinfo is None:
        stamp = stamp.replace(tzinfo=UTC)
    return max(0.0, (stamp - now).total_seconds())
