"""Dated forecasts and what happened: outcomes as monthly series or reports, and scores."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class ForecastState(StrEnum):
    """Whether a forecast was scored; the reason stands beside it where it was not."""

    SCORED = "scored"
    OPEN = "open"  # what it is about lies ahead, or no figure of it is there yet
    NOT_SCORED = "not_scored"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeSeries:
    """Monthly averages of one price: ``points`` pairs "YYYY-MM" with the value, in order.

    ``kind`` is "price" or "premium"; ``names`` are the words by which a text may mean it
    (benchmark, market, exchange), ``basis`` what is priced (grade, form). ``source`` and
    ``vintage`` say whose figures they are.
    """

    id: str
    name: str
    commodity: str
    kind: str
    names: tuple[str, ...]
    unit: str
    source: str
    vintage: str
    points: tuple[tuple[str, Decimal], ...]
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputReport:
    """What an operator reported to have made in a period, all days inclusive.

    ``site`` is the id of the site that it is of, empty for all of the operator's.
    """

    operator: str
    commodity: str
    start: date
    end: date
    low: Decimal
    high: Decimal
    unit: str
    event_id: str
    reported: date
    site: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastScore:
    """One forecast against what happened.

    ``low``/``high`` are what was forecast in ``unit``; ``bound`` is "at_least" or "at_most" where
    one end is open. ``actual`` is the average over the horizon, in ``unit``, ``naive`` what stood
    when the forecast was made (the month before; for output the period before), ``error`` and
    ``naive_error`` are absolute errors in per cent of ``actual``. ``hit`` tells whether the actual
    value lies in the stated range or beyond the stated bound, ``direction`` whether it moved from
    ``naive`` the way that was forecast. None where a score has no meaning.
    """

    event_id: str
    forecaster: str
    variable: str
    commodity: str | None
    made: date
    start: date | None
    end: date | None
    state: ForecastState
    why: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    bound: str = ""
    series: str = ""
    source: str = ""
    actual: Decimal | None = None
    naive: Decimal | None = None
    error: Decimal | None = None
    naive_error: Decimal | None = None
    hit: bool | None = None
    direction: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecasterScore:
    """The scores of one forecaster: counts first, since few forecasts say little.

    ``mean_error`` and ``naive_error`` are means in per cent over the ``points`` forecasts that
    have both; ``skill`` is 1 − mean_error / naive_error: over 0 beats the naive forecast.
    """

    forecaster: str
    told: int
    scored: int
    open: int
    not_scored: int
    points: int
    mean_error: Decimal | None
    naive_error: Decimal | None
    skill: Decimal | None
    hits: int
    ranges: int
    right_direction: int
    directions: int
