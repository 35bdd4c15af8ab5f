"""robots.txt: what a site asks of us, kept for a while. Source: RFC 9309; protego reads it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lodewire.collect.fetching import USER_AGENT_TOKEN, FetchLimits, FetchPolicy, HostAway
from lodewire.errors import BlockedAddress, CollectError, FetchFailed, RobotsDisallowed

if TYPE_CHECKING:
    from protego import Protego

# Fetches a robots.txt: its text, "" where the site has none, or a CollectError.
RobotsFetch = Callable[[str, FetchPolicy], Awaitable[str]]

_AGENT_WORDS = ("user-agent", "useragent", "user agent")


class RobotsUnreadable(RobotsDisallowed):
    """The rules could not be had this time, which forbids everything until they can."""


@dataclass(slots=True)
class _Known:
    rules: Protego | None  # None: the file could not be had
    until: float
    error: CollectError | None = None


class Robots:
    """The rules of each origin, fetched once and kept; private origins are kept apart."""

    def __init__(
        self, fetch: RobotsFetch, limits: FetchLimits, *, clock: Callable[[], float]
    ) -> None:
        self._fetch = fetch
        self._limits = limits
        self._clock = clock
        self._known: dict[tuple[str, bool], _Known] = {}
        self._locks: dict[tuple[str, bool], asyncio.Lock] = {}

    async def check(self, origin: str, url: str, policy: FetchPolicy) -> float:
        """Return the delay in seconds that the site asks for between requests (0: none).

        ``origin`` is scheme, host and port. Raises RobotsDisallowed when the rules forbid the
        page, and also while the rules cannot be had: an unreachable robots.txt forbids all
        (RFC 9309 §2.3.1.4).
        """
        key = (origin, policy.allow_private)
        async with self._locks.setdefault(key, asyncio.Lock()):
            known = self._known.get(key)
            if known is None or known.until <= self._clock():
                known = self._known[key] = await self._learn(origin, policy)
        if known.rules is None:
            raise _unreadable(origin, url, known.error)
        if not known.rules.can_fetch(url, USER_AGENT_TOKEN):
            raise RobotsDisallowed(
                f"{url}: {origin}/robots.txt forbids it to {USER_AGENT_TOKEN}",
                hint="Use another channel of the publisher; if you have its permission, "
                "set robots: false in source.yml.",
            )
        return _delay(known.rules)

    async def _learn(self, origin: str, policy: FetchPolicy) -> _Known:
        from protego import Protego

        try:
            text = await self._fetch(f"{origin}/robots.txt", policy)
        except BlockedAddress:
            raise  # the page itself is as blocked; that is the true reason
        except CollectError as error:
            until = self._clock() + self._limits.robots_retry_seconds
            return _Known(rules=None, until=until, error=error)
        until = self._clock() + self._limits.robots_fresh_seconds
        return _Known(rules=Protego.parse(only_ours(text)), until=until)


def _unreadable(origin: str, url: str, error: CollectError | None) -> CollectError:
    """Return why a page is left alone: its host is away, or only its rules cannot be had."""
    reason = (error.message if error else "").removeprefix(f"{origin}/robots.txt: ")
    if isinstance(error, HostAway):
        return FetchFailed(f"{url}: {reason}", hint=error.hint)
    return RobotsUnreadable(
        f"{url}: left alone, because {origin}/robots.txt could not be read: {reason}",
        hint="It is asked for again in the next run.",
    )


def _delay(rules: Protego) -> float:
    delay = rules.crawl_delay(USER_AGENT_TOKEN) or 0.0
    rate = rules.request_rate(USER_AGENT_TOKEN)
    return max(delay, rate.seconds / rate.requests) if rate else delay


def only_ours(text: str) -> str:
    """Blank the names of robots that are not us.

    The parser copies each rule to each agent of its group: thousands of both, in half a megabyte,
    would fill the memory.
    """
    token = USER_AGENT_TOKEN.lower()
    lines = []
    for line in text.splitlines():
        name = _agent(line)
        if name is None or name == "*" or (name and token.startswith(name)):
            lines.append(line)
        else:
            lines.append("User-agent: another-robot")
    return "\n".join(lines)


def _agent(line: str) -> str | None:
    """Return the robot that a User-agent line names, lower-cased; None for other lines."""
    words = " ".join(line[:400].partition("#")[0].split()).lower()
    for start in _AGENT_WORDS:
        if words.startswith((f"{start}:", f"{start} ")):
            name = words[len(start) :].strip(": ")
            return name if name == "*" else name.replace("*", "")
    return None
