"""Tiers of readers, the parts of a page, and the one answer to who sees what.

Pages, feeds, mails, snippets, metadata and the cache all ask :meth:`Plan.sees`, so that a part
that is not a tier's own is nowhere in what that tier is sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from types import MappingProxyType


class Tier(Enum):
    """What a reader's membership gives; each sees all that the ones before it see."""

    FREE = "free"
    REGISTERED = "registered"
    PRO = "pro"
    ENTERPRISE = "enterprise"

    @property
    def rank(self) -> int:
        """The place in the order, from 0."""
        return _ORDER[self]

    def covers(self, other: Tier) -> bool:
        """Tell whether this tier is the other or above it."""
        return self.rank >= other.rank


_ORDER = {tier: at for at, tier in enumerate(Tier)}


class Role(Enum):
    """What a person may do. PRO is a reader with a membership; it is never granted by itself."""

    READER = "reader"
    PRO = "pro"
    EDITOR = "editor"
    ADMIN = "admin"


class Part(Enum):
    """A part of a page, or a kind of page, that a tier sees or does not.

    ``FULL_TEXT``: the words of an insight's sources, its values, checks, conflicts and life.
    ``ANALYSIS``: lines computed from reference figures. ``SUPPLY``: who supplies a commodity.
    ``EXPOSURE``: what an event or scenario does to dependence and costs. ``TOOLS``: the analyst's
    table, scenarios, watch lists and notes.
    """

    FULL_TEXT = "full_text"
    ANALYSIS = "analysis"
    SUPPLY = "supply"
    PRICES = "prices"
    TRENDS = "trends"
    EXPOSURE = "exposure"
    REPORTS = "reports"
    TOOLS = "tools"
    ALERTS = "alerts"
    EXPORTS = "exports"
    API = "api"


#: Parts that a metered preview opens on the page of one insight.
PREVIEWED = frozenset((Part.FULL_TEXT, Part.ANALYSIS, Part.EXPOSURE))

_LEAST: dict[Part, Tier] = {
    Part.FULL_TEXT: Tier.FREE,
    Part.SUPPLY: Tier.FREE,
    Part.PRICES: Tier.FREE,
    Part.TRENDS: Tier.FREE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What each tier sees.

    ``least`` is the least tier that sees a part; a part that is not named is PRO's. ``archive``
    is how many days back a tier reads, ``previews`` how many insights a month it may open whole,
    ``calls`` how many calls a day its API keys have; a tier not named has that of the tier below
    it, and the lowest has no limit, no previews and no calls.
    """

    least: Mapping[Part, Tier] = field(default_factory=lambda: MappingProxyType(_LEAST))
    archive: Mapping[Tier, int] = field(default_factory=lambda: MappingProxyType({}))
    previews: Mapping[Tier, int] = field(
        default_factory=lambda: MappingProxyType({Tier.REGISTERED: 3})
    )
    calls: Mapping[Tier, int] = field(
        default_factory=lambda: MappingProxyType({Tier.PRO: 5_000, Tier.ENTERPRISE: 100_000})
    )

    def sees(self, tier: Tier, part: Part) -> bool:
        """Tell whether a tier sees a part."""
        return tier.covers(self.needed(part))

    def needed(self, part: Part) -> Tier:
        """Return the least tier that sees a part."""
        return self.least.get(part, Tier.PRO)

    def since(self, tier: Tier, today: date) -> date | None:
        """Return the first day of the archive that a tier reads; None where it reads all."""
        days = _below(self.archive, tier)
        return None if not days else today - timedelta(days=days)

    def previews_of(self, tier: Tier) -> int:
        """Return how many insights a month a tier may open whole."""
        return _below(self.previews, tier) or 0

    def calls_of(self, tier: Tier) -> int:
        """Return how many calls a day an API key of a tier has."""
        return _below(self.calls, tier) or 0


def _below(told: Mapping[Tier, int], tier: Tier) -> int | None:
    """What is told for the tier, else for the nearest one below it."""
    for other in reversed(Tier):
        if tier.covers(other) and other in told:
            return told[other]
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What one reader sees: their tier under a plan, and what was opened for them beyond it."""

    tier: Tier = Tier.ENTERPRISE
    plan: Plan = field(default_factory=Plan)
    opened: frozenset[Part] = frozenset()

    def sees(self, part: Part) -> bool:
        """Tell whether the reader sees a part."""
        return part in self.opened or self.plan.sees(self.tier, part)

    def since(self, today: date) -> date | None:
        """Return the first day that the reader reads of the archive; None for all."""
        return self.plan.since(self.tier, today)

    def reads(self, day: date | None, today: date) -> bool:
        """Tell whether a day lies in the reader's part of the archive; None is never barred."""
        since = self.since(today)
        return since is None or day is None or day >= since

    def opening(self, parts: frozenset[Part]) -> Reach:
        """Return a reach to which more parts are open."""
        return Reach(tier=self.tier, plan=self.plan, opened=self.opened | parts)
