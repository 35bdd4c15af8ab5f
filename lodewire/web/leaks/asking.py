"""Asks the application for everything that it links to, and for every operation of its API."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import httpx
from selectolax.lexbor import LexborHTMLParser

from lodewire.model.tier import Tier
from lodewire.web.leaks.answers import answer_texts
from lodewire.web.leaks.calls import Call
from lodewire.web.pages.analyst import TOOLS

Progress = Callable[[str, int, int | None], None]
_LINKS = "a[href], link[href], img[src], source[src], object[data]"
_PAGES_OF_A_LIST = 50
_AT_ONCE = 5  # paths of a kind, before the next kind has its turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What was given at a path: status, bytes, and all that can be read in it and its headers."""

    path: str
    status: int
    body: bytes
    texts: tuple[str, ...]

    @property
    def given(self) -> bool:
        """Whether it is what was asked for, not a refusal or another address."""
        return 200 <= self.status < 300


class Asked:
    """Asks as one reader after another; ``site`` is the desk's own address.

    ``count`` is told (tier, status, path) of every answer, ``cut`` how many known paths were left.
    """

    def __init__(
        self,
        address: str,
        client: httpx.AsyncClient,
        *,
        most: int,
        count: Callable[[Tier, int, str], None],
        progress: Progress,
    ) -> None:
        self._address = address
        self._client = client
        self._most = most
        self._count = count
        self._progress = progress
        self.cut: dict[Tier, int] = {}

    async def crawl(
        self, tier: Tier, starts: Iterable[str], seen: dict[str, None], more: int = 0
    ) -> AsyncIterator[Answered]:
        """Yield the answer of every path, each once; ``more`` are asked for beyond the most."""
        most = self._most + more
        waiting = _Waiting(starts, seen)
        while len(seen) < most and (path := waiting.next()) is not None:
            seen[path] = None
            answer = await self._client.get(path)
            self._progress(tier.value, len(seen), None)
            yield self._answered(tier, path, answer)
            for found in self._links(answer):
                waiting.add(found)
        self.cut[tier] = len(waiting)

    async def call(self, tier: Tier, calls: Iterable[Call]) -> AsyncIterator[Answered]:
        """Yield the answer of every call of the API; lists are followed to their end."""
        asked = 0
        for call in calls:
            path: str | None = call.path
            for _ in range(_PAGES_OF_A_LIST):
                if path is None:
                    break
                answer = await self._client.request(call.method, path, json=call.body)
                asked += 1
                self._progress(f"{tier.value}, API", asked, None)
                yield self._answered(tier, path, answer)
                path = _next(call, answer)

    def _answered(self, tier: Tier, path: str, answer: httpx.Response) -> Answered:
        self._count(tier, answer.status_code, path)
        media = answer.headers.get("content-type", "")
        headers = "\n".join(f"{k}: {v}" for k, v in answer.headers.items())
        return Answered(
            path=path,
            status=answer.status_code,
            body=answer.content,
            texts=(*answer_texts(media, answer.content), headers),
        )

    def _links(self, answer: httpx.Response) -> Iterator[str]:
        media = answer.headers.get("content-type", "")
        if media.startswith("text/html"):
            for element in LexborHTMLParser(answer.content).css(_LINKS):
                told = element.attributes
                yield from self._local(
                    told.get("href") or told.get("src") or told.get("data") or ""
                )
        elif "xml" in media or "json" in media:
            for found in re.findall(rb"https?://[^\s<>\"']+", answer.content):
                yield from self._local(found.decode("ascii", "replace"))

    def _local(self, address: str) -> Iterator[str]:
        address = address.removeprefix(self._address)
        parts = urlsplit(address)
        if parts.query and parts.path.startswith(TOOLS):
            return  # a question of theirs is a page as its examples are; there is no end of them
        if address.startswith("/") and not parts.netloc and not address.startswith("//"):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


class _Waiting:
    """Paths to ask for, each once, a few of every kind in turn.

    However few are asked for, none of the kinds is left out.
    """

    def __init__(self, starts: Iterable[str], seen: Iterable[str]) -> None:
        self._known = set(seen)
        self._kinds: dict[str, deque[str]] = {}
        self._turn: deque[str] = deque()
        self._taken = 0
        for path in starts:
            self.add(path)

    def __len__(self) -> int:
        return sum(map(len, self._kinds.values()))

    def add(self, path: str) -> None:
        if path in self._known:
            return
        self._known.add(path)
        kind = kind_of(path)
        if kind not in self._kinds:
            self._kinds[kind] = deque()
        if not self._kinds[kind]:
            self._turn.append(kind)
        self._kinds[kind].append(path)

    def next(self) -> str | None:
        if not self._turn:
            return None
        kind = self._turn[0]
        found = self._kinds[kind].popleft()
        self._taken += 1
        if self._taken == _AT_ONCE or not self._kinds[kind]:
            self._turn.popleft()
            self._taken = 0
            if self._kinds[kind]:
                self._turn.append(kind)
        return found


def kind_of(path: str) -> str:
    """Return what kind of path it is: its language and view, without the name of a thing."""
    plain, asked, _ = path.partition("?")
    parts = plain.strip("/").split("/")
    language = [parts.pop(0)] if len(parts[0]) == 2 else []
    shown = [*language, *parts[:1], *("*" for _ in parts[1:2]), *parts[2:3]]
    return "/".join(shown) + ("?" if asked else "")


def _next(call: Call, answer: httpx.Response) -> str | None:
    """The address of a list's next page."""
    media = answer.headers.get("content-type", "").partition(";")[0]
    if media != "application/json" or call.method != "GET":
        return None
    told = json.loads(answer.content)
    cursor = told.get("next") if isinstance(told, dict) else None
    if not isinstance(cursor, str) or not cursor:
        return None
    sign = "&" if "?" in call.path else "?"
    return f"{call.path}{sign}cursor={quote(cursor)}"
