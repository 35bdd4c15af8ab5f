"""A price: what a commodity costs in a month, in which unit, on which basis, by whose account."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceSeries:
    """What a run of prices measures: never mix two series because their commodity is one.

    ``unit`` is the unit of every value ("USD/t", "USD/lb"); ``basis`` says what is priced (grade,
    place, settlement). ``kind`` is "price" or "premium" (a premium stands on top of a price).
    ``benchmark`` is the id of the ontology's benchmark it follows, or None. ``code`` is the
    source's own name for it. ``origin`` is "package" or "desk".
    """

    id: str
    name: str
    commodity: str
    kind: str
    market: str
    benchmark: str | None
    unit: str
    basis: str
    frequency: str
    source: str
    code: str
    vintage: str
    licence: str
    note: str = ""
    origin: str = "package"


@dataclass(frozen=True, slots=True, kw_only=True)
class PricePoint:
    """One price: the average of ``period`` ("YYYY-MM"), in ``unit``. A month without is absent."""

    series: str
    period: str
    value: Decimal
    unit: str
    basis: str
    source: str
    vintage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeRate:
    """How much of ``currency`` one US dollar buys, on average over ``period`` ("YYYY-MM")."""

    currency: str
    period: str
    per_usd: Decimal
    source: str
    vintage: str
