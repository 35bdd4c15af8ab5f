"""Asks the real application for everything, as each tier, and reports what it should not send."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

import anyio
import httpx

from lodewire.model.ids import EventId
from lodewire.model.tier import Part, Reach, Tier
from lodewire.web.app import VIEWS, make_app
from lodewire.web.leaks.answers import answer_texts
from lodewire.web.leaks.asking import Answered, Asked, Progress
from lodewire.web.leaks.calls import calls_of
from lodewire.web.leaks.needles import Needles, words_of
from lodewire.web.leaks.played import Played, PlayedDoorman, played_callers
from lodewire.web.leaks.secrets import Told, insights_of, marked_in, needles_for
from lodewire.web.leaks.wholes import whole_part
from lodewire.web.pages.analyst import EXAMPLES
from lodewire.web.shell import App
from lodewire.web.site import Site

_KEPT = 3600.0  # pages are kept all the time, so that one given to the wrong tier is seen
_SEARCHES = 60
_EVENT = re.compile(r"^(?:/[a-z]{2})?(?:/api/v1/events|/event)/(ev_[a-z0-9]+)(?:/|$)")
_TIERS = (Tier.FREE, Tier.REGISTERED, Tier.PRO, Tier.ENTERPRISE)
_LETTER_PAGES = ("/subscribe", "/confirm/none", "/unsubscribe/none", "/preferences/none")

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
    """What was asked for, as whom, what was sought, and what was found.

    ``cut`` is how many known pages a tier was not asked for, because of the most; ``calls`` counts
    those of the API, ``barred`` pages and calls that were refused, which ``refused`` names.
    """

    pages: dict[Tier, int] = field(default_factory=dict)
    calls: dict[Tier, int] = field(default_factory=dict)
    barred: dict[Tier, int] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    cut: dict[Tier, int] = field(default_factory=dict)
    letters: int = 0
    sought: dict[Tier, int] = field(default_factory=dict)
    leaks: list[Leak] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def count(self, tier: Tier, status: int, path: str) -> None:
        """Count one answer."""
        counts = self.calls if path.startswith("/api/") else self.pages
        counts[tier] = counts.get(tier, 0) + 1
        if status in (401, 403):
            self.barred[tier] = self.barred.get(tier, 0) + 1
            self.refused.add(path)
        if status >= 500:
            self.broken.append(f"{path}: {status}")


def run_leak_test(
    site: Site,
    *,
    letters: Letters = lambda _: (),
    around: Callable[[App], App] = lambda app: app,
    first: Iterable[str] = (),
    most: int = 5_000,
    progress: Progress = lambda *_: None,
) -> LeakReport:
    """Ask for every page, feed, picture, file, search and call of the API, as every tier.

    The whole of it is asked for as who sees everything first, and pages are kept meanwhile: what a
    cache would hand to the wrong reader is found too. ``letters`` composes the mails of a tier as
    (name, bytes); ``around`` is what stands before the application (the newsletter's pages). At
    most ``most`` pages are asked for by each tier, those of ``first`` before all others.
    """
    return anyio.run(_run, site, letters, around, tuple(first), most, progress)


async def _run(
    site: Site,
    letters: Letters,
    around: Callable[[App], App],
    first: tuple[str, ...],
    most: int,
    progress: Progress,
) -> LeakReport:
    report, played = LeakReport(), Played()
    app = make_app(
        site,
        keep_seconds=_KEPT,
        doorman=PlayedDoorman(site, played),
        callers=played_callers(site, played),
    )
    transport = httpx.ASGITransport(app=around(app), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://leak-test") as client:
        insights = insights_of(site)
        asked = Asked(site.address, client, most=most, count=report.count, progress=progress)
        starts = [*first, *(f"/event/{i.event.id}" for i in insights), *_starts(site)]
        marked: list[tuple[Part, str]] = []
        everything: dict[str, None] = {}
        async for answer in asked.crawl(Tier.ENTERPRISE, starts, everything):
            marked += marked_in(answer.body) if b"data-part" in answer.body else ()
        report.cut[Tier.ENTERPRISE] = asked.cut[Tier.ENTERPRISE]
        calls = list(calls_of(site, insights))
        for tier in _TIERS:
            needles = needles_for(tier, site, insights, marked)
            report.sought[tier] = len(needles)
            if not len(needles) and _sees_all(site, tier):
                continue
            played.tier = tier
            look = _Look(report, needles, Reach(tier=tier, plan=site.reach.plan))
            searches = dict.fromkeys(_searches(insights))
            async for answer in asked.crawl(tier, [*searches, *everything], {}, len(searches)):
                look.at(answer)
            report.cut[tier] = asked.cut[tier]
            async for answer in asked.call(tier, [*calls]):
                look.at(answer)
            for name, body in letters(tier):
                report.letters += 1
                look.words(name, answer_texts("", body))
    return report


def _sees_all(site: Site, tier: Tier) -> bool:
    return all(site.reach.plan.sees(tier, part) for part in Part)


class _Look:
    """Looks through what one tier is given."""

    def __init__(self, report: LeakReport, needles: Needles, reach: Reach) -> None:
        self._report = report
        self._needles = needles
        self._reach = reach
        self._known: set[tuple[str, Part | None, str]] = set()

    def at(self, answer: Answered) -> None:
        """Look for words, and whether a path that is one part whole was given at all."""
        part = whole_part(answer.path)
        if part is not None and answer.given and not self._reach.sees(part):
            self._note(answer.path, part, "the whole of it")
        self.words(answer.path, answer.texts)

    def words(self, where: str, texts: Iterable[str]) -> None:
        """Look for the words of what the tier does not see."""
        for secret, words in self._needles.found(texts, _event_of(where)).items():
            self._note(where, secret.part, words)

    def _note(self, where: str, part: Part | None, words: str) -> None:
        if (where, part, words) not in self._known:
            self._known.add((where, part, words))
            leak = Leak(tier=self._reach.tier, where=where, part=part, words=words)
            self._report.leaks.append(leak)


def _starts(site: Site) -> list[str]:
    """Every path without parameters, what watches the site, and the newsletter's pages."""
    plain = [p for p in VIEWS if "{" not in p]
    return ["/", "/sitemap.xml", *plain, *EXAMPLES, "/metrics", "/ready", *_LETTER_PAGES]


def _searches(insights: list[Told]) -> Iterator[str]:
    """Searches for the very words that are paid for, as page, as feed and of the API."""
    wanted = [t for i in insights for texts in i.parts.values() for t in texts[:1]]
    step = max(1, len(wanted) // _SEARCHES)
    for text in wanted[::step]:
        words = quote(" ".join(words_of(text)[:4]))
        for page in ("/search", "/search/feed.rss", "/search/feed.json"):
            yield f"{page}?q={words}"
        for name in ("events", "documents"):
            yield f"/api/v1/{name}?q={words}"


def _event_of(path: str) -> EventId | None:
    found = _EVENT.match(path)
    return EventId(found[1]) if found else None
