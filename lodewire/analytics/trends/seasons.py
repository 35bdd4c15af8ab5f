"""The usual year of a price: each calendar month against the twelve months around it.

Method ``season/1``: the ratio of a month to its trend, the centred average of twelve months (half a
weight on both ends, "2×12-MA"), as in classical multiplicative decomposition (R. J. Hyndman and
G. Athanasopoulos, Forecasting: Principles and Practice, 3rd edition 2021, section 3.4). Told are
median and quartiles over the years, so that one wild year does not make a season. ``strength`` is
their F_S (section 4.3, after X. Wang, K. Smith, R. Hyndman 2006): 0 no season, 1 nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median, quantiles, variance

from lodewire.analytics.trends.series import every_month, month_number
from lodewire.errors import MeasureError
from lodewire.model.price import PricePoint

LEAST_YEARS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualMonth:
    """One calendar month: median and quartiles of its ratio to the trend, 1 is as usual.

    ``latest`` is its ratio in the last twelve months that have a trend, if it is among them.
    """

    month: int
    median: Decimal
    low: Decimal
    high: Decimal
    years: int
    latest: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seasons:
    """The usual year with how strong it is (0..1), over ``first`` to ``last``."""

    months: tuple[UsualMonth, ...]
    strength: Decimal
    first: str
    last: str
    method: str = "season/1"


def usual_year(points: Sequence[PricePoint]) -> Seasons:
    """Return the seasonal view of a series of prices above zero.

    Months whose trend is not known (six at each end, and around gaps) take no part. Raises
    MeasureError where a calendar month has fewer than ``LEAST_YEARS`` ratios, or a price is not
    above zero.
    """
    months = every_month(points)
    if any(m.value is not None and m.value <= 0 for m in months):
        raise MeasureError(f"{points[0].series}: a ratio to the trend needs prices above zero")
    values = [None if m.value is None else float(m.value) for m in months]
    start = month_number(months[0].period)
    ratios: list[tuple[int, float]] = []
    for at in range(6, len(values) - 6):
        around = [v for v in values[at - 6 : at + 7] if v is not None]
        if len(around) == 13:
            trend = (sum(around) - (around[0] + around[-1]) / 2) / 12
            ratios.append((start + at, around[6] / trend))
    by_month: dict[int, list[float]] = {m: [] for m in range(1, 13)}
    for number, ratio in ratios:
        by_month[number % 12 + 1].append(ratio)
    fewest = min(len(found) for found in by_month.values())
    if fewest < LEAST_YEARS:
        raise MeasureError(
            f"{points[0].series}: a usual year needs {LEAST_YEARS} years of every month, "
            f"there are {fewest}",
            hint="Take a longer series",
        )
    latest = {n % 12 + 1: ratio for n, ratio in ratios if n > ratios[-1][0] - 12}
    return Seasons(
        months=tuple(_usual(month, found, latest) for month, found in by_month.items()),
        strength=_strength(ratios, by_month),
        first=months[0].period,
        last=months[-1].period,
    )


def _usual(month: int, found: list[float], latest: dict[int, float]) -> UsualMonth:
    low, _, high = quantiles(found, n=4, method="inclusive")
    return UsualMonth(
        month=month,
        median=_decimal(median(found)),
        low=_decimal(low),
        high=_decimal(high),
        years=len(found),
        latest=_decimal(latest[month]) if month in latest else None,
    )


def _strength(ratios: Sequence[tuple[int, float]], by_month: dict[int, list[float]]) -> Decimal:
    usual = {m: median([math.log(r) for r in found]) for m, found in by_month.items()}
    whole = [math.log(r) for _, r in ratios]
    rest = [math.log(r) - usual[n % 12 + 1] for n, r in ratios]
    spread = variance(whole)
    return _decimal(max(0.0, 1 - variance(rest) / spread)) if spread else Decimal(0)


def _decimal(value: float) -> Decimal:
    return Decimal(repr(round(value, 6)))
