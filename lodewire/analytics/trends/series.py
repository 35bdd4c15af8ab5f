"""Monthly price series: averages, returns, volatility, spreads. A missing month is never bridged.

Methods: ``moving_average/1`` is the mean of the last n months, given only where all n are known.
``volatility/1`` is the sample standard deviation of the last n monthly log returns times the square
root of 12, so a part of one a year; returns exist only between neighbouring months (J. C. Hull,
Options, Futures, and Other Derivatives, chapter "The Black-Scholes-Merton Model", estimating
volatility from historical data). ``spread/1`` is one series minus another of the same unit;
``premium_part/1`` a premium as a part of the price it stands on.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from itertools import pairwise
from statistics import stdev

from lodewire.errors import MeasureError
from lodewire.model.price import PricePoint

MONTHS_A_YEAR = 12
_PLACES = Decimal("0.000001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A value computed for one month ("YYYY-MM"); None where a month behind it is not known."""

    period: str
    value: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """One month of two series: the difference (or the premium), and it as a part of the base."""

    period: str
    value: Decimal
    part: Decimal | None  # None where the base is zero


@lru_cache(maxsize=4_000)  # a window of months is counted for each month of a series
def month_number(period: str) -> int:
    """Return the number of a month "YYYY-MM" counted from year 0."""
    year, month = period.split("-")
    return int(year) * MONTHS_A_YEAR + int(month) - 1


def month_name(number: int) -> str:
    """Return "YYYY-MM" of a month's number."""
    return f"{number // MONTHS_A_YEAR:04}-{number % MONTHS_A_YEAR + 1:02}"


def every_month(points: Sequence[PricePoint]) -> tuple[Reading, ...]:
    """Return each month from the first to the last, None where there is no price.

    Raises MeasureError for no points, two of one month, or points of different series or unit.
    """
    check_alike(points)
    known = {p.period: p.value for p in points}
    if len(known) != len(points):
        raise MeasureError(f"{points[0].series}: a month is there twice")
    numbers = [month_number(p) for p in known]
    return tuple(
        Reading(period=month_name(n), value=known.get(month_name(n)))
        for n in range(min(numbers), max(numbers) + 1)
    )


def check_alike(points: Sequence[PricePoint]) -> None:
    """Raise MeasureError unless the points are of one series and unit, and there is one."""
    if not points:
        raise MeasureError("no prices to measure", hint="`lodewire trends price` lists the series")
    for name in ("series", "unit"):
        values = sorted({str(getattr(p, name)) for p in points})
        if len(values) > 1:
            raise MeasureError(f"prices of different {name} cannot be joined: {', '.join(values)}")


def moving_average(points: Sequence[PricePoint], window: int) -> tuple[Reading, ...]:
    """Return the mean of the last ``window`` months, for each month (method "moving_average/1").

    In the unit of the prices. Raises MeasureError when ``window`` is below one.
    """
    if window < 1:
        raise MeasureError(f"an average of {window} months: it must be one or more")
    months = every_month(points)
    found = []
    for at, month in enumerate(months):
        values = [m.value for m in months[max(0, at - window + 1) : at + 1] if m.value is not None]
        mean = sum(values, Decimal(0)) / window if len(values) == window else None
        found.append(Reading(period=month.period, value=None if mean is None else _round(mean)))
    return tuple(found)


def log_returns(points: Sequence[PricePoint]) -> tuple[tuple[str, float], ...]:
    """Return (month, natural log of it over the month before), for neighbours above zero only."""
    months = every_month(points)
    found = []
    for before, month in pairwise(months):
        if before.value is None or month.value is None or before.value <= 0 or month.value <= 0:
            continue
        found.append((month.period, math.log(month.value / before.value)))
    return tuple(found)


def volatility(points: Sequence[PricePoint], window: int = 12) -> tuple[Reading, ...]:
    """Return the annualised volatility of each month over ``window`` returns ("volatility/1").

    As a part of one a year (0.25 is 25 %). None where fewer returns than ``window`` are known.
    Raises MeasureError when ``window`` is below two.
    """
    if window < 2:
        raise MeasureError(f"a volatility of {window} returns: it takes two or more")
    returns = {month_number(period): value for period, value in log_returns(points)}
    found = []
    for month in every_month(points):
        at = month_number(month.period)
        values = [returns[n] for n in range(at - window + 1, at + 1) if n in returns]
        told = None
        if len(values) == window:
            told = _round(Decimal(repr(stdev(values) * math.sqrt(MONTHS_A_YEAR))))
        found.append(Reading(period=month.period, value=told))
    return tuple(found)


def spread(points: Sequence[PricePoint], base: Sequence[PricePoint]) -> tuple[Spread, ...]:
    """Return ``points`` minus ``base`` for the months both have (method "spread/1").

    Raises MeasureError when their units differ: convert first.
    """
    under = _under(points, base)
    return tuple(
        Spread(
            period=p.period,
            value=p.value - under[p.period],
            part=_round((p.value - under[p.period]) / under[p.period]) if under[p.period] else None,
        )
        for p in sorted(points, key=lambda p: p.period)
        if p.period in under
    )


def premium_part(premium: Sequence[PricePoint], base: Sequence[PricePoint]) -> tuple[Spread, ...]:
    """Return a premium and its part of the price under it, month by month ("premium_part/1").

    Raises MeasureError as ``spread`` does.
    """
    under = _under(premium, base)
    return tuple(
        Spread(
            period=p.period,
            value=p.value,
            part=_round(p.value / under[p.period]) if under[p.period] else None,
        )
        for p in sorted(premium, key=lambda p: p.period)
        if p.period in under
    )


def _under(points: Sequence[PricePoint], base: Sequence[PricePoint]) -> dict[str, Decimal]:
    """The values of ``base`` by month, of the same unit as ``points``."""
    check_alike(points)
    check_alike(base)
    if points[0].unit != base[0].unit:
        raise MeasureError(
            f"{points[0].series} is in {points[0].unit}, {base[0].series} in {base[0].unit}",
            hint="A spread needs one unit",
        )
    return {p.period: p.value for p in base}


def _round(value: Decimal) -> Decimal:
    return value.quantize(_PLACES, rounding=ROUND_HALF_EVEN)
