"""How exactly a number is written, and whether a computed value agrees with it.

A written number stands for an interval: half a unit of its last digit to each side, wider or
one-sided where a hedge says so. Two numbers agree when their intervals meet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal

from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import Qualifier, QuantityKind, Verdict

_CONTEXT = Context(prec=40, rounding=ROUND_HALF_EVEN)
_SCALED = re.compile(
    r"(?:million|billion|trillion|thousand|mln|bn|mn|crore|lakh|[0-9][mbkMBK])\b", re.IGNORECASE
)
_WRITTEN = re.compile(r"[0-9]+(?:[,\u00a0\u202f ][0-9]{3})*")
# Round numbers are seldom rounder than this: prices least of all.
_ROUNDEST = Decimal("0.015")
_ROUNDEST_PRICE = Decimal("0.005")
_HALF = Decimal("0.5")
# How far "about" may lie from the true value, by the digits written: who writes four digits has
# computed, who writes one has rounded.
_ABOUT = {1: Decimal("0.1"), 2: Decimal("0.06"), 3: Decimal("0.03")}
_ABOUT_FULL = Decimal("0.02")
# How far a bound may lie from the true value: (down, up).
_BOUND = {
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

    At least two of the digits written before a scale word count ("200 million" to ten million,
    "2 million" to the million), and a number in full is taken as exact within 1.5 % (0.5 % for a
    price), because its trailing zeros may be measured ones.
    """
    value = quantity.value if quantity.value is not None else quantity.bounds[1]
    if not value:
        return Decimal(1)
    core, size = quantity.core.of(text), value.copy_abs()
    step = Decimal(1).scaleb(size.adjusted() - digits_of(quantity, text) + 1)
    if _SCALED.search(core) or size < 1:
        return step
    roundest = _ROUNDEST_PRICE if quantity.kind is QuantityKind.PRICE else _ROUNDEST
    return min(step, max(size * roundest * 2, Decimal(1))) if step > 1 else step


def digits_of(quantity: Quantity, text: str) -> int:
    """Return how many digits of a number count, trailing zeros of short numbers included."""
    written = _WRITTEN.search(quantity.core.of(text))
    whole = sum(c.isdigit() for c in written.group()) if written is not None else 1
    return max(quantity.digits, min(whole, 2), 1)


def interval_of(quantity: Quantity, text: str, *, converted: bool = False) -> Interval:
    """Return what a single value stands for, its precision and hedge taken together.

    ``converted`` says that the number is the same as another one in other units: then "more than"
    and "up to" no longer leave room for any other value, they tell how the digits were rounded.
    """
    value = quantity.value
    if value is None:
        low, high = quantity.bounds
        return Interval(low, (low + high) / 2, high)
    half = step_of(quantity, text) * _HALF
    down, up = _slack(quantity, text, converted)
    size = value.copy_abs()
    return Interval(value - half - size * down, value, value + half + size * up)


def _slack(quantity: Quantity, text: str, converted: bool) -> tuple[Decimal, Decimal]:
    """Return the shares of the value that a hedge leaves below and above."""
    hedge, none = quantity.qualifier, Decimal(0)
    if hedge is Qualifier.EXACT:
        return none, none
    if hedge in _BOUND and not converted:
        return _BOUND[hedge]
    room = _ABOUT.get(digits_of(quantity, text), _ABOUT_FULL)
    if hedge in {Qualifier.NEARLY, Qualifier.LESS_THAN}:
        return room, none
    return (none, room) if hedge is Qualifier.MORE_THAN else (room, room)


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
