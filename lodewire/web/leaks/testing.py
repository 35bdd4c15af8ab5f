"""Asks the real application for everything, as each tier, and reports what it should not send."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

import anyio
import httpx
from selectolax.lexbor import LexborHTMLParser

from lodewire.model.account import Account, AccountId, Session, Standing
from lodewire.model.ids import EventId
from lodewire.model.tier import Part, Role, Tier
from lodewire.web.app import VIEWS, make_app
from lodewire.web.door import Doorman, now_utc
from lodewire.web.leaks.needles import Needles, Secret, json_texts, texts_of, words_of
from lodewire.web.leaks.secrets import Told, insights_of, marked_in, needles_for
from lodewire.web.site import Site
from lodewire.web.viewer import Viewer
from lodewire.workbench.accounts.people import Visit

_KEPT = 3600.0  # pages are kept all the time, so that one given to the wrong tier is seen
_SEARCHES = 60
_EVENT = re.compile(r"^/(?:[a-z]{2}/)?event/(ev_[a-z0-9]+)$")

Progress = Callable[[str, int, int | None], None]
Letters = Callable[[Tier], Iterable[tuple[str, bytes]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """Words of a part, in an answer to a tier that does not see it."""

    tier: Tier
    where: str
    part: Part | None
    words: str

    @property
    def part_name(self) -> str:
        """The part, or the archive."""
        return "archive" if self.part is None else self.part.value


@dataclass(slots=True, kw_only=True)
class LeakReport:
    """What was asked for, as whom, what was sought, and what was found."""

    pages: dict[Tier, int] = field(default_factory=dict)
    barred: dict[Tier, int] = field(default_factory=dict)
    letters: int = 0
    sought: dict[Tier, int] = field(default_factory=dict)
    leaks: list[Leak] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


class _Played(Doorman):
    """Takes everybody for a reader of one tier; no such reader is written anywhere."""

    tier = Tier.ENTERPRISE

    def viewer(self, cookies: Mapping[str, str], headers: Mapping[str, str], client: str) -> Viewer:
        """Return the reader that is played."""
        if self.tier is Tier.FREE:
            return Viewer(nonce="leak-test")
        now = now_utc()
        account = Account(
            address="leak-test@example.org",
            address_key="leak-test",
            role=Role.READER,
            created_at=now,
        )
        session = Session(
            key="leak-test",
            account_id=AccountId(account.id),
            created_at=now,
            seen_at=now,
            ends_at=now,
            means="link",
        )
        visit = Visit(standing=Standing(account=account, tier=self.tier), session=session)
        return Viewer(tier=self.tier, visit=visit, token="leak-test")  # noqa: S106 (no secret)


def run_leak_test(
    site: Site,
    *,
    letters: Letters = lambda _: (),
    most: int = 5_000,
    progress: Progress = lambda *_: None,
) -> LeakReport:
    """Ask for every page, feed and search that is found, as every tier, and look for leaks.

    The whole of it is asked for as who sees everything first, and pages are kept meanwhile: what a
    cache would hand to the wrong reader is found too. ``letters`` composes the mails of a tier as
    (name, bytes). At most ``most`` pages are asked for by each tier.
    """
    return anyio.run(_run, site, letters, most, progress)


async def _run(site: Site, letters: Letters, most: int, progress: Progress) -> LeakReport:
    report = LeakReport()
    played = _Played(site)
    app = make_app(site, keep_seconds=_KEPT, doorman=played)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://leak-test") as client:
        insights = insights_of(site)
        asked = _Asked(site, client, report, most, progress)
        starts = [*_starts(site), *(f"/event/{i.event.id}" for i in insights)]
        marked: list[tuple[Part, str]] = []
        everything: dict[str, None] = {}
        async for _, body in asked.crawl(Tier.ENTERPRISE, starts, everything):
            marked += marked_in(body) if b"data-part" in body else ()
        for tier in (Tier.FREE, Tier.REGISTERED, Tier.PRO, Tier.ENTERPRISE):
            needles = needles_for(tier, site, insights, marked)
            report.sought[tier] = len(needles)
            if not len(needles):
                continue
            played.tier = tier
            searches = dict.fromkeys(_searches(insights))
            async for path, body in asked.crawl(tier, [*searches, *everything], {}, len(searches)):
                _look(report, needles, tier, path, body)
            for name, body in letters(tier):
                report.letters += 1
                _look(report, needles, tier, name, body)
    return report


class _Asked:
    """Asks for pages, and for those they link to."""

    def __init__(
        self,
        site: Site,
        client: httpx.AsyncClient,
        report: LeakReport,
        most: int,
        progress: Progress,
    ) -> None:
        self._site = site
        self._client = client
        self._report = report
        self._most = most
        self._progress = progress

    async def crawl(
        self, tier: Tier, starts: Iterable[str], seen: dict[str, None], more: int = 0
    ) -> AsyncIterator[tuple[str, bytes]]:
        """Yield (path, body and headers) of every path, each once; ``more`` beyond the most."""
        most = self._most + more
        waiting = list(dict.fromkeys(starts))
        while waiting and len(seen) < most:
            path = waiting.pop(0)
            if path in seen:
                continue
            seen[path] = None
            answer = await self._client.get(path)
            self._progress(tier.value, len(seen), None)
            count = self._report.pages
            count[tier] = count.get(tier, 0) + 1
            if answer.status_code in (401, 403):
                self._report.barred[tier] = self._report.barred.get(tier, 0) + 1
            if answer.status_code >= 500:
                self._report.broken.append(f"{path}: {answer.status_code}")
            headers = "\n".join(f"{k}: {v}" for k, v in answer.headers.items()).encode()
            body = answer.content + b"\n" + headers
            yield path, body
            if len(seen) + len(waiting) < most:
                waiting += [p for p in self._links(answer) if p not in seen]

    def _links(self, answer: httpx.Response) -> Iterator[str]:
        media = answer.headers.get("content-type", "")
        if media.startswith("text/html"):
            for link in LexborHTMLParser(answer.content).css("a[href], link[href]"):
                yield from self._local(link.attributes.get("href") or "")
        elif "xml" in media or "json" in media:
            for found in re.findall(rb"https?://[^\s<>\"']+", answer.content):
                yield from self._local(found.decode("ascii", "replace"))

    def _local(self, address: str) -> Iterator[str]:
        address = address.removeprefix(self._site.address)
        parts = urlsplit(address)
        if address.startswith("/") and not parts.netloc and not address.startswith("//"):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def _starts(site: Site) -> list[str]:
    """Every path without parameters, and the list of those with them."""
    return ["/", "/sitemap.xml", *(p for p in VIEWS if "{" not in p), "/metrics", "/ready"]


def _searches(insights: list[Told]) -> Iterator[str]:
    """Searches for the very words that are paid for, as page and as feed."""
    wanted = [t for i in insights for texts in i.parts.values() for t in texts[:1]]
    step = max(1, len(wanted) // _SEARCHES)
    for text in wanted[::step]:
        words = quote(" ".join(words_of(text)[:4]))
        for page in ("/search", "/search/feed.rss", "/search/feed.json"):
            yield f"{page}?q={words}"


def _look(report: LeakReport, needles: Needles, tier: Tier, where: str, body: bytes) -> None:
    found: dict[Secret, str] = needles.found((*texts_of(body), *json_texts(body)), _event_of(where))
    known = {(leak.where, leak.part, leak.words) for leak in report.leaks if leak.tier is tier}
    for secret, words in found.items():
        if (where, secret.part, words) not in known:
            report.leaks.append(Leak(tier=tier, where=where, part=secret.part, words=words))


def _event_of(path: str) -> EventId | None:
    found = _EVENT.match(path)
    return EventId(found[1]) if found else None
