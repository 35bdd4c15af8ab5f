"""One way to reckon for both: exact decimals for a table, arrays of draws for an interval.

The combination of changes is written once over these; a test holds that both give the same.
NumPy is imported when draws are asked for, not before.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Protocol

Number = Any
"""A Decimal, or an array of floats with a value a draw. Only + - * and an Arithmetic join them."""


class Arithmetic(Protocol):
    """What the kernel needs beside + - *."""

    def number(self, value: Decimal) -> Number:
        """Return a constant."""

    def least(self, one: Number, other: Number) -> Number:
        """Return the smaller of two, draw by draw."""

    def most(self, one: Number, other: Number) -> Number:
        """Return the larger of two, draw by draw."""

    def ratio(self, part: Number, whole: Number) -> Number:
        """Return part / whole, and one where the whole is nothing: none of nothing was lost."""


class Exact:
    """Decimals."""

    def number(self, value: Decimal) -> Decimal:
        """Return the value itself."""
        return value

    def least(self, one: Decimal, other: Decimal) -> Decimal:
        """Return the smaller."""
        return min(one, other)

    def most(self, one: Decimal, other: Decimal) -> Decimal:
        """Return the larger."""
        return max(one, other)

    def ratio(self, part: Decimal, whole: Decimal) -> Decimal:
        """Return part / whole; one of nothing."""
        return part / whole if whole else Decimal(1)


class Drawn:
    """Arrays of ``columns`` floats, a value a draw."""

    def __init__(self, columns: int) -> None:
        import numpy

        self._np = numpy
        self.columns = columns

    def number(self, value: Decimal) -> Number:
        """Return the value for every draw."""
        return self._np.full(self.columns, float(value))

    def least(self, one: Number, other: Number) -> Number:
        """Return the smaller in each draw."""
        return self._np.minimum(one, other)

    def most(self, one: Number, other: Number) -> Number:
        """Return the larger in each draw."""
        return self._np.maximum(one, other)

    def ratio(self, part: Number, whole: Number) -> Number:
        """Return part / whole; one of nothing."""
        nothing = whole == 0
        return self._np.where(nothing, 1.0, part / self._np.where(nothing, 1.0, whole))
