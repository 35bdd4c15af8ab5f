"""Months in which a price moved as it never does, and what the ledger knows of that time.

Method ``robust_z/1``: 0.6745 (r - median) / MAD of a month's log return r against the ``history``
returns before it, never against itself or the future; an anomaly lies beyond 3.5 (B. Iglewicz and
D. C. Hoaglin, How to Detect and Handle Outliers, 1993). Where half of the past did not move at all
(MAD zero, as in contract prices) no z can be told, and none is.

Events that fall in the window are what happened then, not proof of why; where there are none, that
is said.
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from lodewire.analytics.trends.series import log_returns, month_number
from lodewire.errors import MeasureError
from lodewire.model.price import PricePoint

THRESHOLD = Decimal("3.5")
_SCALE = 0.6745  # the third quartile of the standard normal distribution


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedEvent:
    """An event as far as it may explain a price: its id, day, one line."""

    event: str
    day: date
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Anomaly:
    """One month out of its own history: the change (a part of one), z, and what happened then.

    ``usual`` is the middle half of the changes before. ``events`` lie within ``since``..``until``.
    """

    period: str
    change: Decimal
    z: Decimal
    usual: tuple[Decimal, Decimal]
    since: date
    until: date
    events: tuple[DatedEvent, ...]
    explanation: str
    method: str = "robust_z/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnomalySearch:
    """What was found, and how much could be looked at: ``judged`` months, ``blind`` ones."""

    anomalies: tuple[Anomaly, ...]
    judged: int
    blind: int
    note: str


def find_anomalies(
    points: Sequence[PricePoint],
    events: Sequence[DatedEvent] | None = None,
    *,
    history: int = 60,
    least: int = 24,
    threshold: Decimal = THRESHOLD,
    days_before: int = 14,
) -> AnomalySearch:
    """Return the months whose change is beyond ``threshold``, oldest first, with their events.

    Each is measured against up to ``history`` changes before it, ``least`` at least. The window of
    an anomaly is its month and ``days_before`` days before; without ``events`` nobody was asked
    what happened, and that is said. Raises MeasureError when ``least`` is below eight or above
    ``history``.
    """
    if not 8 <= least <= history:
        raise MeasureError(f"a history of {least} to {history} changes tells no usual change")
    returns = log_returns(points)
    found: list[Anomaly] = []
    judged = blind = 0
    for at, (period, value) in enumerate(returns):
        number = month_number(period)
        past = [r for p, r in returns[:at] if month_number(p) >= number - history]
        if len(past) < least:
            continue
        z = robust_z(value, past)
        if z is None:
            blind += 1
            continue
        judged += 1
        if abs(z) >= threshold:
            found.append(_anomaly(period, value, z, past, events, days_before))
    note = ""
    if blind:
        note = (
            f"{blind} months could not be judged: half or more of the changes before were the same"
        )
    elif not judged:
        note = f"fewer than {least} changes come before any month, so none was judged"
    return AnomalySearch(anomalies=tuple(found), judged=judged, blind=blind, note=note)


def robust_z(value: float, past: Sequence[float]) -> Decimal | None:
    """Return the modified z-score of ``value`` against ``past``; None where MAD is zero."""
    middle = median(past)
    spread = median([abs(v - middle) for v in past])
    if spread < 1e-12:
        return None
    return Decimal(repr(round(_SCALE * (value - middle) / spread, 4)))


def _anomaly(
    period: str,
    value: float,
    z: Decimal,
    past: Sequence[float],
    events: Sequence[DatedEvent] | None,
    days_before: int,
) -> Anomaly:
    year, month = (int(part) for part in period.split("-"))
    since = date(year, month, 1) - timedelta(days=days_before)
    until = date(year, month, calendar.monthrange(year, month)[1])
    within = tuple(
        sorted((e for e in events or () if since <= e.day <= until), key=lambda e: (e.day, e.event))
    )
    return Anomaly(
        period=period,
        change=_change(value),
        z=z,
        usual=_middle_half(past),
        since=since,
        until=until,
        events=within,
        explanation=explain_events(None if events is None else within),
    )


def explain_events(events: Sequence[DatedEvent] | None) -> str:
    """Return in words what is known of an anomaly's time; None where nobody was asked."""
    if events is None:
        return "no ledger was asked for the events of this time"
    if not events:
        return "no explanation: no event of the ledger falls in this time"
    count = "1 event falls" if len(events) == 1 else f"{len(events)} events fall"
    return f"{count} in this time; that they are the cause is not shown"


def _middle_half(past: Sequence[float]) -> tuple[Decimal, Decimal]:
    ordered = sorted(past)
    quarter = len(ordered) // 4
    return _change(ordered[quarter]), _change(ordered[-1 - quarter])


def _change(log_return: float) -> Decimal:
    return Decimal(repr(round(math.expm1(log_return), 6)))
