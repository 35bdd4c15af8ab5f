"""Joins that cost more than a page may: kept for a minute, and made again when asked for."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")
_MOST = 600


class Memory:
    """Keeps what was made under a key for ``seconds``; two who ask at once make it once."""

    def __init__(
        self, seconds: float = 60.0, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._seconds = seconds
        self._clock = clock
        self._kept: OrderedDict[Hashable, tuple[float, Any]] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept under ``key``, else what ``make`` returns."""
        known, found = self._find(key)
        if known:
            return found  # type: ignore[no-any-return]
        with self._lock:
            turn = self._making.setdefault(key, threading.Lock())
        with turn:
            known, found = self._find(key)
            if not known:
                found = make()
                with self._lock:
                    self._kept[key] = (self._clock(), found)
                    self._kept.move_to_end(key)
                    while len(self._kept) > _MOST:
                        self._kept.popitem(last=False)
        with self._lock:
            self._making.pop(key, None)
        return found  # type: ignore[no-any-return]

    def _find(self, key: Hashable) -> tuple[bool, Any]:
        with self._lock:
            kept = self._kept.get(key)
        if kept is None or self._clock() - kept[0] >= self._seconds:
            return False, None
        return True, kept[1]
