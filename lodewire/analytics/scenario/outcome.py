"""The outcome of a scenario: every measure before and after, what moves it, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lodewire.analytics.bands import Band, Guidelines, band_between
from lodewire.model.measure import Measure
from lodewire.model.scenario import Change, Scenario

INDICES = ("hhi", "import_hhi")
"""Measures that the bands of merger guidelines are told for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Quantiles of a measure over ``draws`` draws with ``seed``; each rounded to six places.

    ``empty`` draws left nothing to measure and take no part.
    """

    p05: Decimal
    p50: Decimal
    p95: Decimal
    draws: int
    seed: int
    empty: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """What one input does to a measure, moved to its ends while the others stay."""

    label: str
    unit: str
    low_input: Decimal
    high_input: Decimal
    at_low: Decimal
    at_taken: Decimal
    at_high: Decimal
    stated: bool

    @property
    def reach(self) -> tuple[Decimal, Decimal]:
        """Lowest and highest value of the measure at the ends and at the taken value between."""
        found = (self.at_low, self.at_taken, self.at_high)
        return min(found), max(found)

    @property
    def size(self) -> Decimal:
        """How far the measure moves."""
        low, high = self.reach
        return high - low


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One measure before and after.

    ``after`` stands for every input at its taken value. ``low`` and ``high`` bound the measure over
    the inputs' ranges and over what the figures leave open; None where it could not be told.
    ``swings`` are sorted, the largest first. ``unchanged``: no change is in effect that day.
    """

    name: str
    label: str
    before: Measure
    after: Measure
    low: Decimal | None
    high: Decimal | None
    interval: Interval | None
    swings: tuple[Swing, ...]
    unchanged: bool = False

    @property
    def bands(self) -> tuple[tuple[Guidelines, tuple[Band, ...], tuple[Band, ...]], ...]:
        """The bands of an index before, and after over all ranges; empty for anything else."""
        least, most = (n if n is not None else m for n, m in self._ends)
        told = (self.before.low, self.before.high, least, most)
        if self.name not in INDICES or any(n is None or not 0 <= n <= 1 for n in told):
            return ()
        first, last, low, high = (n for n in told if n is not None)
        return tuple(
            (g, band_between(first, last, g), band_between(low, high, g)) for g in Guidelines
        )

    @property
    def _ends(self) -> tuple[tuple[Decimal | None, Decimal | None], ...]:
        return (self.low, self.after.low), (self.high, self.after.high)

    @property
    def change(self) -> Decimal | None:
        """After less before, where both have a value; none at all where no change is in effect."""
        if self.unchanged and self.before.low is not None:
            return Decimal(0)
        if self.before.value is None or self.after.value is None:
            return None
        return self.after.value - self.before.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A scenario on a day. ``waiting`` are the changes that are not in effect then."""

    scenario: Scenario
    on: date
    active: tuple[Change, ...]
    waiting: tuple[Change, ...]
    effects: tuple[Effect, ...]
    notes: tuple[str, ...]
    method: str

    def rows(self) -> tuple[dict[str, object], ...]:
        """Return a row a measure, as a data frame takes them: ``DataFrame(outcome.rows())``.

        Numbers are decimals, None where there is none.
        """
        return tuple(
            {
                "measure": e.name,
                "unit": e.after.unit,
                "before": e.before.value,
                "after": e.after.value,
                "change": e.change,
                "low": e.low,
                "high": e.high,
                "p05": e.interval.p05 if e.interval else None,
                "p50": e.interval.p50 if e.interval else None,
                "p95": e.interval.p95 if e.interval else None,
                "note": e.after.note,
            }
            for e in self.effects
        )
