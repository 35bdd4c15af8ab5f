"""The certificate that Amazon SNS signs with, fetched by the guarded client and kept."""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from urllib.parse import urlsplit

from lodewire import __version__
from lodewire.collect.fetching import Fetched, FetchLimits, FetchPolicy, user_agent
from lodewire.collect.http import GuardedClient
from lodewire.errors import FetchFailed

#: A certificate has two kilobytes; a call waits for it, so it must come soon.
_LIMITS = FetchLimits(total_seconds=8.0, connect_seconds=4.0, max_body=50_000, max_redirects=0)
_KEPT = 8


class CertificateShelf:
    """Fetches a certificate once; ``policy`` is another than that of the web for tests."""

    def __init__(self, contact: str, policy: FetchPolicy | None = None) -> None:
        self._agent = user_agent(__version__, contact)
        self._policy = policy or FetchPolicy(robots=False)
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, url: str) -> bytes:
        """Return what stands at an address; raises CollectError where it cannot be had."""
        with self._lock:
            if url not in self._kept:
                self._kept[url] = asyncio.run(self._fetch(url))
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            return self._kept[url]

    async def _fetch(self, url: str) -> bytes:
        async with GuardedClient(user_agent=self._agent, limits=_LIMITS) as client:
            found = await client.fetch(url, policy=self._policy)
        if not isinstance(found, Fetched) or urlsplit(found.url).netloc != urlsplit(url).netloc:
            raise FetchFailed(f"{url}: no certificate came from there")
        return found.body
