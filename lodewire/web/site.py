"""What every page is made from: the ledger, the desk's words, and what was asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from urllib.parse import urlencode

from lodewire.ledger.store import Ledger
from lodewire.model.vocabulary import Desk
from lodewire.web.joined import Joined

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


class Moved(Exception):
    """The page stands at another path of this site."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A desk as its site shows it. ``address`` is where readers find it, without a slash.

    ``clock`` says what time it is for whatever is told of now: silence, owners, health.
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

    def absolute(self, path: str) -> str:
        """Return the whole address of a path; never built from what a request says of itself."""
        return self.address + path


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What a request asks for: the path, its parts, and the first value of each parameter."""

    path: str
    parts: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)

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
    """A finished answer."""

    body: bytes
    media: str = "text/html; charset=utf-8"
    status: int = 200
