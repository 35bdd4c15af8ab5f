"""Intervals: what a printed number, a bound or a state leaves open, carried through arithmetic.

A published figure stands for every value that rounds to it. Carrying both ends through a formula
tells what the inputs as printed can bear, and whether two published numbers agree, agree only
because they were rounded, or do not. Source of the arithmetic: R. E. Moore, Interval Analysis
(1966), chapter 2. Ends may be infinite ("more than 50" has no upper end).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from lodewire.errors import MeasureError
from lodewire.model.measure import Figure

Number = Decimal | int | float | str
"""A number as a caller has it; a float counts as the digits it prints, text as it is written."""

INFINITY = Decimal("Infinity")
_ZERO = Decimal(0)
_HALF = Decimal("0.5")


class Agreement(StrEnum):
    """How a told number stands to the one recomputed from figures."""

    CONSISTENT = "consistent"
    ONLY_WITH_ROUNDING = "consistent_only_with_rounding"
    INCONSISTENT = "inconsistent"


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from ``low`` to ``high``, both ends included; an end may be infinite."""

    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if self.low.is_nan() or self.high.is_nan() or self.low > self.high:
            raise MeasureError(
                f"an interval from {self.low} to {self.high} runs backwards",
                hint="Give the lower end first",
            )

    def __contains__(self, value: Decimal) -> bool:
        return self.low <= value <= self.high

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Interval) -> Interval:
        corners = [_times(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(corners), max(corners))

    def __truediv__(self, other: Interval) -> Interval:
        if _ZERO in other:
            raise MeasureError(
                f"division by an interval that holds zero ({other.low} to {other.high})",
                hint="The figures leave the divisor open; no bound can be told",
            )
        ends = sorted((_inverse(other.low), _inverse(other.high)))
        return self * Interval(ends[0], ends[1])

    @property
    def exact(self) -> bool:
        """Tell whether it is one value."""
        return self.low == self.high

    @property
    def middle(self) -> Decimal | None:
        """Half way between the ends; None where one is infinite."""
        bounded = self.low.is_finite() and self.high.is_finite()
        return (self.low + self.high) / 2 if bounded else None

    def overlaps(self, other: Interval) -> bool:
        """Tell whether some value lies in both."""
        return self.low <= other.high and other.low <= self.high

    def clipped(self, low: Number, high: Number) -> Interval:
        """Return it cut to a range that the quantity cannot leave; both ends are moved into it."""
        least, most = decimal_of(low), decimal_of(high)
        return Interval(min(max(self.low, least), most), max(min(self.high, most), least))


def decimal_of(value: Number) -> Decimal:
    """Return the value as a decimal; raises MeasureError when it is no finite number."""
    if isinstance(value, bool):
        raise MeasureError(f"{value} is not a number", hint="Give a number")
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value).strip())
    except ArithmeticError:
        raise MeasureError(f"{value!r} is not a number", hint="Write 12.5, without unit") from None
    if not number.is_finite():
        raise MeasureError(f"{value!r} is not finite", hint="Leave out what is not known (None)")
    return number


def exactly(value: Number) -> Interval:
    """Return the interval that holds the value alone."""
    number = decimal_of(value)
    return Interval(number, number)


def printed(value: Number, *, digits: int | None = None) -> Interval:
    """Return every value that prints as ``value``: half a unit of its last digit to each side.

    ``digits``: the source rounds to so many significant digits (USGS: three), so that the zeros at
    the end of 19100 are not exact; a number with fewer digits is exact to its last one.
    """
    number = decimal_of(value)
    exponent = int(number.as_tuple().exponent)  # an int, since decimal_of gives finite numbers
    if digits is not None and number:
        if digits < 1:
            raise MeasureError(f"rounded to {digits} digits", hint="One digit or more")
        exponent = max(exponent, number.adjusted() - digits + 1)
    half = _HALF.scaleb(exponent)
    return Interval(number - half, number + half)


def around(value: Number, half_width: Number) -> Interval:
    """Return ``value`` plus and minus ``half_width``."""
    number, half = decimal_of(value), abs(decimal_of(half_width))
    return Interval(number - half, number + half)


def of_figure(figure: Figure, *, digits: int | None = None) -> Interval:
    """Return what a figure of an amount (zero or more) leaves open.

    "less_than" reaches down to zero, "more_than" up without end, and a figure that is withheld or
    not available is anything from zero up. With ``digits`` a reported value has its rounding.
    """
    if figure.state == "interval" and figure.low is not None and figure.high is not None:
        return Interval(figure.low, figure.high)
    if figure.value is None:
        return Interval(_ZERO, INFINITY)
    if figure.state == "less_than":
        return Interval(min(_ZERO, figure.value), figure.value)
    if figure.state == "more_than":
        return Interval(figure.value, INFINITY)
    if digits is None or not figure.value:
        return exactly(figure.value)  # a zero is the source's own, not a rounded amount
    return printed(figure.value, digits=digits)


def total(parts: Iterable[Interval]) -> Interval:
    """Return the sum of the parts; of none it is zero."""
    whole = Interval(_ZERO, _ZERO)
    for part in parts:
        whole = whole + part
    return whole


def compare(told: Interval, value: Decimal, bounds: Interval) -> Agreement:
    """Judge a told number against a recomputed ``value`` whose inputs leave ``bounds`` open.

    Consistent: the value rounds to what is told. Only with rounding: it does not, yet inputs that
    print as these would give it. Inconsistent: no such inputs do.
    """
    if value in told:
        return Agreement.CONSISTENT
    return Agreement.ONLY_WITH_ROUNDING if told.overlaps(bounds) else Agreement.INCONSISTENT


def change_in_percent(before: Interval, after: Interval) -> Interval:
    """Return the change from ``before`` to ``after`` in percent of ``before``, above zero."""
    if before.low <= 0:
        raise MeasureError(
            f"a change from {before.low} cannot be told in percent", hint="It must be above zero"
        )
    ratio = after / before
    return (ratio - exactly(1)) * exactly(100)


def _times(a: Decimal, b: Decimal) -> Decimal:
    # Nothing times without end is nothing here: a share of zero of an unknown amount is zero.
    return _ZERO if not a or not b else a * b


def _inverse(value: Decimal) -> Decimal:
    return _ZERO if value.is_infinite() else 1 / value
