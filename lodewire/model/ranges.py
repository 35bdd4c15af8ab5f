"""Ranges: uncertain numbers with their ends and how the values lie between them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from lodewire.errors import ScenarioError

_ZERO, _ONE = Decimal(0), Decimal(1)


class Shape(StrEnum):
    """How the values of a range are distributed between its ends."""

    FIXED = "fixed"
    UNIFORM = "uniform"
    TRIANGULAR = "triangular"
    PERT = "pert"


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """An uncertain number: its ends, what is taken for it, and how it lies between them.

    ``mode`` is the likeliest value, and the one that a table shows; None for a uniform range, whose
    middle is shown. ``stated`` is False where nobody gave the range and it is what logic allows.
    """

    low: Decimal
    mode: Decimal | None
    high: Decimal
    shape: Shape = Shape.TRIANGULAR
    stated: bool = True

    def __post_init__(self) -> None:
        ends = [n for n in (self.low, self.mode, self.high) if n is not None]
        if not all(n.is_finite() for n in ends):
            raise ScenarioError("a range needs finite numbers", hint="Write 0.05..0.1..0.3")
        if ends != sorted(ends):
            raise ScenarioError(
                f"the range {self.words} does not rise",
                hint="Write lowest..likeliest..highest, or lowest..highest",
            )
        if self.shape is Shape.FIXED and self.low != self.high:
            raise ScenarioError(f"the range {self.words} is no fixed number")
        if self.shape in (Shape.TRIANGULAR, Shape.PERT) and self.mode is None:
            raise ScenarioError(
                f"a {self.shape.value} range needs its likeliest value",
                hint="Write lowest..likeliest..highest, or choose uniform",
            )

    @classmethod
    def fixed(cls, value: Decimal | int | str) -> Range:
        """Return a number that is not uncertain."""
        number = Decimal(value)
        return cls(low=number, mode=number, high=number, shape=Shape.FIXED)

    @classmethod
    def uniform(cls, low: Decimal | str, high: Decimal | str) -> Range:
        """Return a range in which every value is as likely as another."""
        return cls(low=Decimal(low), mode=None, high=Decimal(high), shape=Shape.UNIFORM)

    @classmethod
    def triangular(cls, low: Decimal | str, mode: Decimal | str, high: Decimal | str) -> Range:
        """Return a range with a likeliest value and straight sides."""
        return cls(low=Decimal(low), mode=Decimal(mode), high=Decimal(high))

    @classmethod
    def pert(cls, low: Decimal | str, mode: Decimal | str, high: Decimal | str) -> Range:
        """Return a range whose mean is (low + 4 mode + high) / 6."""
        return cls(low=Decimal(low), mode=Decimal(mode), high=Decimal(high), shape=Shape.PERT)

    @property
    def value(self) -> Decimal:
        """The value that stands for the range where one is shown."""
        return (self.low + self.high) / 2 if self.mode is None else self.mode

    @property
    def uncertain(self) -> bool:
        """Whether its ends differ."""
        return self.low != self.high

    @property
    def words(self) -> str:
        """The range as it is written: 500, 400..600 or 400..500..600."""
        told = [self.low] if not self.uncertain else [self.low, self.mode, self.high]
        return "..".join(f"{n.normalize():f}" for n in told if n is not None)

    def scaled(self, factor: Decimal) -> Range:
        """Return the range in another unit, ``factor`` of which make one of this."""
        return Range(
            low=self.low * factor,
            mode=None if self.mode is None else self.mode * factor,
            high=self.high * factor,
            shape=self.shape,
            stated=self.stated,
        )


NONE = Range.fixed(0)
"""No part at all, for certain."""

ALL = Range.fixed(1)
"""The whole, for certain."""

UNSTATED_SHARE = Range(low=_ZERO, mode=_ZERO, high=_ONE, stated=False)
"""A share that nobody stated: taken as none, while everything up to all is allowed for."""
