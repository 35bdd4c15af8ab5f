"""Previews: insights that a tier may open whole, so many a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lodewire.ledger.store import Ledger
from lodewire.model.account import Standing
from lodewire.model.ids import EventId
from lodewire.model.tier import PREVIEWED, Part, Plan, Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a reader may still open this month, and whether this insight is open to them."""

    most: int
    used: int
    opened: bool

    @property
    def left(self) -> int:
        """How many they may still open."""
        return max(0, self.most - self.used)


def opened_parts(plan: Plan) -> frozenset[Part]:
    """Return the parts that a preview opens: those of an insight that PRO sees."""
    return frozenset(p for p in PREVIEWED if plan.sees(Tier.PRO, p))


def preview_of(
    ledger: Ledger, standing: Standing, plan: Plan, event: EventId, *, now: datetime
) -> Preview | None:
    """Return how a reader stands with an insight; None where their tier has no previews."""
    most = plan.previews_of(standing.tier)
    if not most:
        return None
    used = ledger.counted.used(standing.account.id, _month(now))
    return Preview(most=most, used=len(used), opened=event in used)


def open_preview(
    ledger: Ledger, standing: Standing, plan: Plan, event: EventId, *, now: datetime
) -> bool:
    """Open an insight to a reader for the month; False where none is left. Twice counts once."""
    most = plan.previews_of(standing.tier)
    return ledger.counted.open_once(standing.account.id, _month(now), event, most)


def _month(now: datetime) -> str:
    return f"{now:%Y-%m}"
