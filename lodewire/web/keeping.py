"""Finished pages, kept for some seconds, with what tells a browser that it has them already."""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from lodewire.web.site import Page

_PAGES = 2_000
_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A page with its tag. ``since``: when these bytes were first given at this address."""

    page: Page
    etag: str
    since: datetime
    made: float

    def has(self, if_none_match: str, if_modified_since: str) -> bool:
        """Tell whether the asker has these bytes; the tag decides where it sends one (RFC 9110)."""
        if if_none_match:
            tags = {t.strip().removeprefix("W/") for t in if_none_match.split(",")}
            return self.etag in tags or "*" in tags
        try:
            return (
                bool(if_modified_since) and parsedate_to_datetime(if_modified_since) >= self.since
            )
        except (ValueError, TypeError):
            return False

    @property
    def modified(self) -> str:
        """The header Last-Modified."""
        return format_datetime(self.since, usegmt=True)


class Shelf:
    """Keeps pages for ``seconds`` and remembers since when each has its bytes.

    The ledger may change meanwhile: a page is then as old as ``seconds`` at most. Pages beyond a
    number or a weight go, those not asked for longest first.
    """

    def __init__(self, seconds: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._weight = 0
        self._lock = threading.Lock()

    def get(self, address: str) -> Kept | None:
        """Return the page kept for an address, if it is young enough."""
        with self._lock:
            kept = self._kept.get(address)
            if kept is None or self._clock() - kept.made >= self._seconds:
                return None
            self._kept.move_to_end(address)
            return kept

    def put(self, address: str, page: Page, now: datetime) -> Kept:
        """Keep a page; where its bytes are those of before, since when they are stays."""
        etag = f'"{hashlib.sha256(page.body).hexdigest()[:32]}"'
        since = now.astimezone(UTC).replace(microsecond=0)
        with self._lock:
            before = self._kept.pop(address, None)
            if before is not None:
                self._weight -= len(before.page.body)
                since = before.since if before.etag == etag else since
            kept = Kept(page=page, etag=etag, since=since, made=self._clock())
            self._kept[address] = kept
            self._weight += len(page.body)
            while len(self._kept) > _PAGES or (self._weight > _BYTES and len(self._kept) > 1):
                _, gone = self._kept.popitem(last=False)
                self._weight -= len(gone.page.body)
        return kept
