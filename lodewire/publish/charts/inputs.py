"""What charts are drawn from: small frozen values, named as they shall be read.

Everything is explicit: names instead of codes, shares already computed with their method, units as
the tables write them. A missing value is None and is told as missing, never drawn as zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyBar:
    """One country's output. ``state`` as of a Figure: "less_than" and "more_than" make a bound."""

    country: str
    value: Decimal | None
    share: Decimal | None = None  # of the world, 0..1
    state: str = "reported"
    estimated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyStage:
    """World supply at one stage in one year; ``rest`` is what the source lists as other."""

    stage: str
    year: int
    unit: str
    basis: str
    bars: tuple[SupplyBar, ...]
    rest: SupplyBar | None = None
    remark: str = ""  # for example the HHI of the stage


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPoint:
    """The index of one year by one vintage, with its bounds; None where it was refused."""

    year: int
    vintage: str
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """So much goes from one to the next; ``note`` stands in the tooltip.

    ``rest`` marks what is left over: it stands below the others, whatever its size.
    """

    origin: str
    target: str
    value: Decimal
    note: str = ""
    rest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CostStep:
    """One step of a landed cost; None where it does not apply. ``total`` marks a sum so far."""

    label: str
    before: Decimal | None
    after: Decimal | None = None
    total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """What a result becomes when one input moves from ``low_input`` to ``high_input``."""

    label: str
    low: Decimal
    high: Decimal
    low_input: str = ""
    high_input: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesPoint:
    """A value of a month; ``value`` None where the source has none."""

    period: str  # YYYY-MM
    value: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedEvent:
    """An event to be marked on a series at its day, with the words that tell it."""

    day: date
    title: str
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonMonth:
    """How one calendar month usually stands to its year: ratios to the trend, 1 is as usual."""

    month: int  # 1..12
    median: Decimal
    low: Decimal  # first quartile
    high: Decimal  # third quartile
    years: int
    latest: Decimal | None = None  # the same ratio in the last twelve months


@dataclass(frozen=True, slots=True, kw_only=True)
class FanStep:
    """A forecast of one month: its middle and intervals (level 0..1, low, high)."""

    period: str
    value: Decimal
    intervals: tuple[tuple[Decimal, Decimal, Decimal], ...]
    naive: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DealPlace:
    """Where deals lie: a country (ISO 3166-1 alpha-2 and name) and how many."""

    country: str
    name: str
    count: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DealLink:
    """Deals that tie a party's country to the place where the asset lies."""

    origin: str
    target: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityGroup:
    """Events of one desk, commodity or country, counted by period in the order of periods."""

    name: str
    counts: tuple[int, ...]
