"""Who calls the API, and how often they may."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from lodewire.model.tier import Reach

ANYONE_A_MINUTE = 60
_REMEMBERED = 50_000  # callers whose use is remembered: those idle longest are forgotten first


class KeyRefused(Exception):
    """Who asks may not: 401 without a key that holds, 403 with one that is not for this."""

    def __init__(self, told: str, status: int = 401) -> None:
        super().__init__(told)
        self.status = status


class Spent(Exception):
    """The calls of a key are used up, or too many wrong ones were shown; ``wait`` in seconds."""

    def __init__(self, told: str, wait: int) -> None:
        super().__init__(told)
        self.wait = wait


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who asks: ``name`` tells callers apart, and is no secret; ``a_minute`` is what they may.

    ``reach`` is what they see; None for what the site shows to everybody.
    """

    name: str
    a_minute: int = ANYONE_A_MINUTE
    reach: Reach | None = None


class Callers(Protocol):
    """Tells who calls. Asked once a request, off the event loop."""

    def of(self, key: str | None, host: str, path: str) -> Caller:
        """Return the caller with a key, or without one from a host. Raises KeyRefused and Spent."""
        ...


class Anyone:
    """An API without keys: everybody may ask, so often from one address.

    ``reach`` is what they see, by default what the site shows to everybody.
    """

    def __init__(self, a_minute: int = ANYONE_A_MINUTE, reach: Reach | None = None) -> None:
        self._a_minute = a_minute
        self._reach = reach

    def of(self, key: str | None, host: str, path: str) -> Caller:
        """Return the caller by where the request comes from. Raises KeyRefused for any key."""
        if key is not None:
            raise KeyRefused("This desk gives out no keys; ask without one.")
        return Caller(name=f"host {host}", a_minute=self._a_minute, reach=self._reach)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What is left of a caller's minute; ``wait`` is 0 where this request may go on."""

    limit: int
    left: int
    wait: int


class Limiter:
    """A bucket a caller: it holds a minute's requests and fills evenly."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, caller: Caller) -> Allowance:
        """Take one request out of the caller's bucket, if there is one in it."""
        rate = caller.a_minute / 60
        with self._lock:
            now = self._clock()
            held, at = self._buckets.pop(caller.name, (float(caller.a_minute), now))
            held = min(float(caller.a_minute), held + (now - at) * rate)
            goes = held >= 1
            held -= 1 if goes else 0
            self._buckets[caller.name] = (held, now)
            while len(self._buckets) > _REMEMBERED:
                self._buckets.popitem(last=False)
        wait = 0 if goes else max(1, round((1 - held) / rate + 0.5))
        return Allowance(limit=caller.a_minute, left=int(held), wait=wait)
