"""A measure: an analytic result with its inputs, method version, vintage and bounds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One reference figure as its source gives it.

    ``value`` is None when ``state`` is "withheld" or "not_available"; ``state`` "less_than" and
    "more_than" make ``value`` a bound. Missing is never zero.
    """

    commodity: str
    stage: str
    country: str  # ISO 3166-1 alpha-2, "WORLD" or "OTHER"
    year: int
    value: Decimal | None
    unit: str
    basis: str
    source: str
    vintage: str
    state: str = "reported"
    estimated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One computed number; ``low``/``high`` bound it where inputs leave it open."""

    name: str
    subject: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    method: str
    vintage: str
    inputs: tuple[Figure, ...]
    coverage: Decimal | None = None
    note: str = ""
