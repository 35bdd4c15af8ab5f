"""What was announced, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class PromiseStage(StrEnum):
    """How far a promise has come. Whether it went silent there is told apart."""

    ANNOUNCED = "announced"
    AGREED = "agreed"
    FINANCED = "financed"
    PERMITTED = "permitted"
    BUILDING = "building"
    PRODUCING = "producing"
    CLOSED = "closed"
    SUSPENDED = "suspended"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseStep:
    """One move: the event that shows it, and why that event is taken to be of this promise.

    ``link`` is empty for what the promise's own texts tell. ``quote`` are the words.
    """

    stage: PromiseStage
    day: date
    event_id: str
    link: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisedAmount:
    """A sum, a tonnage or a capacity, as stated: ``low`` to ``high`` in ``unit``.

    ``role`` is the event's role ("volume", "capacity", "value"), ``period`` what it is of, if told.
    """

    role: str
    low: Decimal
    high: Decimal
    unit: str
    event_id: str
    period: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One promise with what came of it.

    ``countries`` are those of its parties (seats, or states that are parties), ``hosts`` where its
    sites lie. ``promised`` are amounts of its own texts, ``came`` of the events linked to it: sums
    that were financed, the capacity that was reached, the latest output reported. ``silent``
    tells that nothing was heard for longer than ``usual_days``.
    """

    event_id: str
    type: str
    day: date
    stage: PromiseStage
    steps: tuple[PromiseStep, ...]
    parties: tuple[str, ...]
    countries: tuple[str, ...]
    hosts: tuple[str, ...]
    commodities: tuple[str, ...]
    sites: tuple[str, ...]
    promised: tuple[PromisedAmount, ...]
    came: tuple[PromisedAmount, ...]
    last_heard: date
    silent_days: int
    usual_days: int | None
    age_days: int

    @property
    def silent(self) -> bool:
        """Tell whether nothing was heard for longer than is usual."""
        return self.usual_days is not None and self.silent_days > self.usual_days

    @property
    def open(self) -> bool:
        """Tell whether something is still to come."""
        return self.stage not in (PromiseStage.PRODUCING, PromiseStage.CLOSED, PromiseStage.ENDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseCount:
    """Promises of one partner country at one stage. ``median_age`` is in days, of the open ones."""

    partner: str
    stage: PromiseStage
    count: int
    silent: int
    median_age: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseTotal:
    """What was promised and what came in one unit: sums of lower and upper bounds.

    ``promises`` is how many state an amount in the unit, ``delivered`` how many of them something
    came of in it. Output and money of several promises are added as stated; nothing is converted
    between currencies or between tonnes and tonnes a year.
    """

    unit: str
    promises: int
    low: Decimal
    high: Decimal
    delivered: int
    came_low: Decimal
    came_high: Decimal
