"""How exactly a number is written, and whether a computed value agrees with it.

A written number stands for an interval: half a unit of its last digit to each side, wider or
one-sided where a hedge says so. Two numbers agree when their intervals meet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal

from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import Qualifier, Verdict

_CONTEXT = Context(prec=40, rounding=ROUND_HALF_EVEN)
_SCALED = re.compile(
    r"(?:million|billion|trillion|thousand|mln|bn|mn|crore|lakh|[0-9][mbkMBK])\b", re.I
)
_HALF = Decimal("0.5")
# How far a hedged number may lie from the true one; a text that goes further is wrong or unclear.
_SLACK = {
    Qualifier.EXACT: (Decimal(0), Decimal(0)),
    Qualifier.ABOUT: (Decimal("0.1"), Decimal("0.1")),
    Qualifier.NEARLY: (Decimal("0.12"), Decimal(0)),
    Qualifier.MORE_THAN: (Decimal(0), Decimal("0.25")),
    Qualifier.LESS_THAN: (Decimal("0.25"), Decimal(0)),
    Qualifier.AT_LEAST: (Decimal(0), Decimal(9)),
    Qualifier.UP_TO: (Decimal(1), Decimal(0)),
}


@dataclass(frozen=True, slots=True)
class Interval:
    """The values that a written number may stand for, and the one it writes."""

    low: Decimal
    value: Decimal
    high: Decimal

    def scaled(self, factor: Decimal) -> Interval:
        """Return the interval times a positive factor."""
        return Interval(
            _CONTEXT.multiply(self.low, factor),
            _CONTEXT.multiply(self.value, factor),
            _CONTEXT.multiply(self.high, factor),
        )


def step_of(quantity: Quantity, text: str) -> Decimal:
    """Return one unit of the last digit that counts.

    "87,000" counts two digits or more; "80,000" is read as exact to a thousand, because trailing
    zeros may be written ones; "2 million" only to the million.
    """
    value = quantity.value if quantity.value is not None else quantity.bounds[1]
    if not value:
        return Decimal(1)
    digits = max(quantity.digits, 1)
    if not _SCALED.search(quantity.core.of(text)):
        digits = max(digits, 2)
    return Decimal(1).scaleb(value.copy_abs().adjusted() - digits + 1)


def interval_of(quantity: Quantity, text: str) -> Interval:
    """Return what a single value stands for, its precision and hedge taken together."""
    value = quantity.value
    if value is None:
        low, high = quantity.bounds
        return Interval(low, (low + high) / 2, high)
    half = step_of(quantity, text) * _HALF
    down, up = _SLACK[quantity.qualifier]
    size = value.copy_abs()
    return Interval(value - half - size * down, value, value + half + size * up)


def judge(
    computed: Interval, stated: Interval, *, leeway: Decimal = Decimal("0.02")
) -> Verdict | None:
    """Compare a computed interval with a stated one.

    CONSISTENT when the computed value lies in what is stated, ROUNDING when only the intervals
    meet, MISMATCH when they lie apart by more than ``leeway`` of the stated value; None between.
    """
    if stated.low <= computed.value <= stated.high:
        return Verdict.CONSISTENT
    if computed.low <= stated.high and stated.low <= computed.high:
        return Verdict.ROUNDING
    gap = max(computed.low - stated.high, stated.low - computed.high)
    width = (stated.high - stated.low + computed.high - computed.low) / 2
    if gap > leeway * stated.value.copy_abs() and gap > width:
        return Verdict.MISMATCH
    return None


def divide(one: Decimal, other: Decimal) -> Decimal:
    """Divide at forty digits: enough that rounding never shows."""
    return _CONTEXT.divide(one, other)


def show(value: Decimal, digits: int = 0) -> str:
    """Print a number for a reader: two decimals at most, more only where it is small.

    ``digits`` asks for that many significant digits instead, as for a rate of exchange.
    """
    size = value.copy_abs()
    if digits and size:
        return f"{_CONTEXT.quantize(value, Decimal(1).scaleb(size.adjusted() - digits + 1)):f}"
    if size >= 100_000:
        places = Decimal(1)
    elif size >= 1 or not size:
        places = Decimal("0.01")
    else:
        places = Decimal(1).scaleb(size.adjusted() - 2)
    shown = f"{_CONTEXT.quantize(value, places):,f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
