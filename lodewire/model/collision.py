"""A deal held against the restrictions that were in force on its material and countries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class CollisionKind(StrEnum):
    """How a restriction bears on a deal."""

    EXPORT = "export"  # the material may not leave, or only with leave
    DUTY = "duty"  # it is charged where it goes to
    SANCTION = "sanction"  # dealings with a party, or with a country's goods, are forbidden


class CollisionVerdict(StrEnum):
    """What is known of a deal: that something stands against it, or how far the ledger looked."""

    COLLISION = "collision"
    POSSIBLE = "possible"  # in force, and the texts leave open whether it applies
    UPCOMING = "upcoming"  # told, and not yet in force on the day of the deal
    NO_KNOWN_RESTRICTION = "no_known_restriction"
    NOT_COVERED = "not_covered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A restriction with the days it was in force; ``since`` None where no text tells it is."""

    event_id: str
    since: date | None
    until: date | None
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Collision:
    """One restriction against one deal.

    ``through`` says what ties them: the country of the "material", a "party", the "owner" of the
    site, or "your country". ``deal_words`` and ``rule_words`` are the words of both texts on the
    material (or the party). ``open_points`` are what the texts leave open; where there are any, it
    is for a person to say whether the rule applies.
    """

    rule: Measure
    kind: CollisionKind
    commodity: str | None
    country: str
    through: str
    deal_words: str
    rule_words: str
    in_force: bool
    reason: str
    open_points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DealFinding:
    """What stands against a deal; ``why`` says how far the ledger looked where nothing does."""

    deal_id: str
    day: date
    verdict: CollisionVerdict
    collisions: tuple[Collision, ...]
    why: str
    countries: tuple[str, ...]
    commodities: tuple[str, ...]
