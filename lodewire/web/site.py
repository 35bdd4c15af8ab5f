"""What every page is made from: the ledger, the desk's words, and what was asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlencode

from lodewire.config.desk import LifeChoice
from lodewire.ledger.store import Ledger
from lodewire.model.event import Event
from lodewire.model.tier import Part, Reach, Tier
from lodewire.model.vocabulary import Desk
from lodewire.reference.store import FigureStore, store_of
from lodewire.web.joined import Joined
from lodewire.web.memory import Memory
from lodewire.web.outbox import Outbox
from lodewire.web.viewer import NOBODY, Viewer
from lodewire.workbench.accounts.people import Accounts

LONGEST_QUERY = 200
"""Characters of a search; more is refused, not cut."""

LAST_PAGE = 50
"""Pages of a listing that can be asked for: deeper ones cost the most and are read the least."""


class Missing(Exception):
    """There is no such page; ``hint`` says where to look instead."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Refused(Exception):
    """What was asked cannot be answered; the message says what would be."""


class Barred(Exception):
    """The page is there, and not for this reader; ``part`` is None for a day too far back."""

    def __init__(self, part: Part | None, tier: Tier) -> None:
        super().__init__(part)
        self.part = part
        self.tier = tier


class Moved(Exception):
    """The page stands at another path of this site."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


_TOP = list(Tier)[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A desk as its site shows it. ``address`` is where readers find it, without a slash.

    ``clock`` says what time it is for whatever is told of now: silence, owners, health. ``root`` is
    the desk's folder, for its own texts, prices and figures; ``reports`` where its reports are
    kept; ``language`` that of its pages.
    ``reach`` is what the reader of this page sees: views ask it, and never a tier. ``accounts``
    is None where nobody can sign in, ``outbox`` sends what they are written.
    """

    ledger: Ledger
    joined: Joined
    name: str
    title: str
    address: str
    contact: str = ""
    sample: bool = False
    desks: tuple[Desk, ...] = tuple(Desk)
    publishers: Mapping[str, str] = field(default_factory=dict)
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    root: Path | None = None
    reach: Reach = field(default_factory=lambda: Reach(tier=Tier.FREE))
    accounts: Accounts | None = None
    outbox: Outbox | None = None
    reports: Path | None = None
    language: str = "en"
    life: LifeChoice = field(default_factory=LifeChoice)
    memory: Memory = field(default_factory=Memory)

    @property
    def figures(self) -> FigureStore:
        """The reference figures at hand, with the desk's own."""
        return store_of(self.root)

    def public(self) -> Reach:
        """Return what everybody sees."""
        return Reach(tier=Tier.FREE, plan=self.reach.plan)

    def seen_by(self, viewer: Viewer) -> Site:
        """Return the site as one reader sees it."""
        return replace(self, reach=Reach(tier=viewer.tier, plan=self.reach.plan))

    def sees(self, part: Part) -> bool:
        """Tell whether the reader sees a part."""
        return self.reach.sees(part)

    def demand(self, part: Part) -> None:
        """Raise Barred unless the reader sees a part: for pages that are one part whole."""
        if not self.reach.sees(part):
            raise Barred(part, self.reach.plan.needed(part))

    def since(self) -> date | None:
        """Return the first day that the reader reads; None for all."""
        return self.reach.since(self.clock().date())

    def reads(self, told: Event | date) -> bool:
        """Tell whether an event, or a day, lies in the reader's part of the archive."""
        day = told if isinstance(told, date) else told.reported or told.first_seen.date()
        return self.reach.reads(day, self.clock().date())

    def demand_day(self, told: Event | date) -> None:
        """Raise Barred for an event or a day that lies too far back for the reader."""
        if not self.reads(told):
            day = told if isinstance(told, date) else told.reported or told.first_seen.date()
            today = self.clock().date()
            plan = self.reach.plan
            least = next(t for t in Tier if Reach(tier=t, plan=plan).reads(day, today) or t is _TOP)
            raise Barred(None, least)

    def absolute(self, path: str) -> str:
        """Return the whole address of a path; never built from what a request says of itself."""
        return self.address + path


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A file that came with a form: the name that its sender gives it, and its bytes."""

    name: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What a request asks for: the path, its parts, and the first value of each parameter.

    ``form`` holds the fields of a form that was sent, ``file`` what came with it, ``viewer`` who
    asks.
    """

    path: str
    parts: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    file: Sent | None = None
    viewer: Viewer = NOBODY

    def words(self) -> str:
        """Return the words searched for. Raises Refused when they are too long."""
        told = self.query.get("q", "").strip()
        if len(told) > LONGEST_QUERY:
            raise Refused(f"A search may have {LONGEST_QUERY} characters; this one has more.")
        return told

    def day(self, name: str) -> date | None:
        """Return a day of the query, None where it is left out. Raises Refused otherwise."""
        told = self.query.get(name, "").strip()
        return parse_day(told) if told else None

    def page(self) -> int:
        """Return the page asked for, from 1. Raises Refused beyond LAST_PAGE."""
        told = self.query.get("page", "1")
        if not re.fullmatch(r"[0-9]{1,3}", told) or not 1 <= int(told) <= LAST_PAGE:
            raise Refused(f"Pages run from 1 to {LAST_PAGE}. Narrow the search instead.")
        return int(told)

    def beside(self, **changed: object) -> str:
        """Return this address with other parameters; None takes one away."""
        told = {**self.query, **changed}
        kept = {k: str(v) for k, v in told.items() if v not in (None, "")}
        return self.path + (f"?{urlencode(sorted(kept.items()))}" if kept else "")


def parse_day(told: str) -> date:
    """Return an ISO day of this century or the last. Raises Refused for anything else."""
    if re.fullmatch(r"(?:19|20)\d{2}-\d{2}-\d{2}", told, re.ASCII):
        try:
            return date.fromisoformat(told)
        except ValueError:
            pass
    raise Refused("A day is written as 2025-03-28.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A finished answer.

    ``private``: one person's, so that nobody keeps it. ``headers`` go with it; ``scripts`` are the
    site's own modules that it loads, which its policy then allows.
    """

    body: bytes
    media: str = "text/html; charset=utf-8"
    status: int = 200
    private: bool = False
    headers: tuple[tuple[str, str], ...] = ()
    scripts: tuple[str, ...] = ()


def led_to(path: str, *headers: tuple[str, str]) -> Page:
    """Return the answer that leads a browser to another page of this site after a form."""
    assert path.startswith("/"), "a path of this site"
    return Page(body=b"", status=303, private=True, headers=(("location", path), *headers))
