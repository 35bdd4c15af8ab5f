"""Importance of an event on its day, and one line that says why."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lodewire.model.event import Event
from lodewire.model.vocabulary import HOW_TOLD, PRICES, EventType, Modality, Status
from lodewire.ontology.event_types import imposed_types
from lodewire.publish.wording import parse_dates, print_dates, print_statement

# Editors' judgement of how much one event of a type moves supply or cost, 0..1.
_TYPE = {
    EventType.EXPORT_RESTRICTION: 0.95,
    EventType.TARIFF: 0.9,
    EventType.SANCTION: 0.85,
    EventType.ACQUISITION: 0.8,
    EventType.DISRUPTION: 0.8,
    EventType.POLICY_MEASURE: 0.75,
    EventType.SUPPLY_AGREEMENT: 0.75,
    EventType.EXPLORATION_AGREEMENT: 0.65,
    EventType.JOINT_VENTURE: 0.65,
    EventType.FINANCING: 0.65,
    EventType.PERMIT: 0.6,
    EventType.PROJECT_MILESTONE: 0.6,
    EventType.PRODUCTION_REPORT: 0.5,
    EventType.RESOURCE_ESTIMATE: 0.5,
    EventType.PRICE_CHANGE: 0.45,
    EventType.FORECAST: 0.4,
    EventType.PRICE_LEVEL: 0.35,
}
_STATUS = {
    Status.RUMOURED: 0.6,
    Status.PROPOSED: 0.8,
    Status.AGREED: 1.0,
    Status.IN_FORCE: 1.0,
    Status.COMPLETED: 1.0,
    Status.SUSPENDED: 0.9,
    Status.TERMINATED: 0.9,
    Status.REPORTED: 0.9,
}
_MODALITY = {
    Modality.ASSERTED: 1.0,
    Modality.FORECAST: 0.8,
    Modality.HYPOTHETICAL: 0.6,
    Modality.DENIED: 0.7,
}
TOLD_BEFORE = 0.7  # factor for what earlier days told first
PAST_DAYS = 60
NOBODY = 0.6  # factor for a rule that nobody is said to impose
BACKGROUND = 0.35  # factor for what the day's texts tell as already past
BARE, BARE_ROLES = 0.8, 2  # factor for an event of which two roles are told: who, and that
_USUAL_MOVE = 2.0  # per cent: a move of a price in a day that is worth its place
_STILL, _STORM = 0.5, 1.3  # factors for no move at all, and for the largest


@dataclass(frozen=True, slots=True)
class Importance:
    """A score in 0..1 and its reason in one line."""

    score: float
    why: str


def rate_importance(event: Event, day: date | None = None) -> Importance:
    """Return type × status × modality × news, lifted by independent origins and by money.

    An event that was first told before ``day`` is old news and weighs less.
    """
    score = _TYPE[event.type] * _STATUS[event.status] * _MODALITY[event.modality]
    reasons: list[str] = []
    origins = len(event.origins)
    if origins > 1:
        reasons.append(f"{origins} independent origins")
    score *= 1 + 0.18 * math.log2(max(1, origins))
    money = _money(event)
    if money is not None:
        amount, printed = money
        score *= 1 + min(0.3, max(0.0, (math.log10(amount) - 7) * 0.08))
        reasons.append(printed)
    if event.type in PRICES:
        score *= _by_move(event)
    elif len({s.property for s in event.statements} - HOW_TOLD) <= BARE_ROLES:
        score *= BARE
    if not event.core or (day is not None and _is_past(event, day)):
        score *= BACKGROUND
        reasons.append("background")
    if event.type in imposed_types() and not event.of("authority"):
        score *= NOBODY
        reasons.append("no authority named")
    if day is not None and event.reported is not None and event.reported < day:
        score *= TOLD_BEFORE
        reasons.append(f"first told on {print_dates(event.reported, event.reported)}")
    score *= 0.6 + 0.4 * event.confidence
    reasons.append(_status_word(event))
    return Importance(round(min(1.0, score), 4), "; ".join(reasons))


def _by_move(event: Event) -> float:
    """A price that stood still is no news, one that jumped is: 0.5 for 0 %, 1 for a usual move.

    Usual are 2 % in a day, and as prices wander 2 % · sqrt(days) in longer. A move that no
    percentage tells weighs as a usual one; none weighs more than 1.3.
    """
    told = [
        abs(float(part))
        for s in event.of("change")
        if s.unit == "%"
        for part in s.value.split("..")
        if part
    ]
    if not told:
        return 1.0
    moved = max(told) / (_USUAL_MOVE * math.sqrt(_days_of_move(event)))
    if moved < 1:
        return _STILL + (1 - _STILL) * moved
    return min(_STORM, 1 + 0.1 * math.log2(moved))


def _days_of_move(event: Event) -> int:
    """How long a price took to move, as its period tells by dates or words; a day where none is."""
    longest = 1
    for s in event.of("period"):
        span = parse_dates(s.value)
        if span is not None:
            longest = max(longest, (span[1] - span[0]).days + 1)
        told = (days for word, days in _DAYS_OF.items() if word in s.value.lower())
        longest = max(longest, next(told, 1))
    return longest


_DAYS_OF = {"year": 365, "quarter": 91, "month": 30, "fortnight": 14, "week": 7, "since": 30}


def _is_past(event: Event, day: date) -> bool:
    """Tell whether every date that is stated for the event lies well before ``day``."""
    stated = [
        span
        for role in ("date", "effective_date", "period")
        for s in event.of(role)
        if (span := parse_dates(s.value)) is not None
    ]
    return bool(stated) and all((day - last).days > PAST_DAYS for _, last in stated)


def _money(event: Event) -> tuple[float, str] | None:
    """The stated value in plain money, where there is one; currencies are not converted."""
    for statement in event.of("value"):
        if statement.unit is None or "/" in statement.unit:
            continue
        amount = Decimal(statement.value.partition("..")[0])
        if amount > 0:
            return float(amount), print_statement(statement)
    return None


def _status_word(event: Event) -> str:
    words = event.status.value.replace("_", " ")
    if event.modality in (Modality.HYPOTHETICAL, Modality.DENIED):
        return f"{words}, {event.modality.value}"
    return words


def rank_events(events: Sequence[Event], day: date | None = None) -> list[tuple[Event, Importance]]:
    """Return events with their importance on ``day``, most important first; ties by id."""
    rated = [(event, rate_importance(event, day)) for event in events]
    rated.sort(key=lambda pair: (-pair[1].score, pair[0].id))
    return rated
