"""What official services give: points of a series, trade flows, scores, sanctions, interventions.

Every value is as the service states it, in its unit. A value that is missing is None with a state
that says why, never zero. ``vintage`` is the release the service names, or the day on which the
value was first fetched where it names none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

REPORTED = "reported"
NOT_AVAILABLE = "not_available"

WORLD, OTHER = "WORLD", "OTHER"
"""All places together, as the source sums them; places that have no code of their own."""

EXTRA_EU, INTRA_EU = "EXTRA-EU", "INTRA-EU"
"""Partners of the EU's members outside and inside of it, as Eurostat sums them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesPoint:
    """One value of a series of prices, rates or indices.

    ``period`` is "YYYY", "YYYY-MM" or "YYYY-MM-DD" (for weeks and days). ``value`` is None when
    ``state`` is "not_available". ``frequency`` is year, quarter, month, week or day; a quarter
    has the period of its first month.
    """

    source: str
    series: str
    period: str
    value: Decimal | None
    unit: str
    frequency: str = ""
    title: str = ""
    state: str = REPORTED
    vintage: str = ""

    def __post_init__(self) -> None:
        if (self.value is None) != (self.state == NOT_AVAILABLE):
            raise ValueError(f"{self.series} {self.period}: value {self.value}, yet {self.state}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceQuote:
    """One price or premium of a price API: ``kind`` of ``commodity`` in ``unit`` on ``basis``.

    ``period`` is a month (2025-03) or a day. ``source`` is who the API says it comes from.
    """

    source: str
    series: str
    period: str
    value: Decimal | None
    unit: str
    commodity: str
    kind: str
    basis: str
    market: str = ""
    vintage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeFlow:
    """What ``reporter`` says it traded with ``partner`` of one product in one period.

    Places are ISO 3166-1 alpha-2, a bloc's code, "WORLD", "OTHER" (areas without a code), or
    "EXTRA-EU" and "INTRA-EU".
    ``flow`` is import, export, re-import or re-export; ``period`` "YYYY" or "YYYY-MM"; ``value``
    in ``currency``, on the basis that ``valuation`` names (CIF, FOB or ""). ``weight_kg`` is net
    weight; ``quantity`` counts ``quantity_unit``. ``weight_estimated`` is the service's own word.
    """

    source: str
    reporter: str
    partner: str
    flow: str
    product: str
    period: str
    value: Decimal | None
    currency: str
    valuation: str = ""
    weight_kg: Decimal | None = None
    weight_estimated: bool = False
    quantity: Decimal | None = None
    quantity_unit: str = ""
    vintage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryScore:
    """One score of one country in one year, on the scale of its ``indicator``."""

    source: str
    indicator: str
    country: str
    year: int
    value: Decimal | None
    state: str = REPORTED
    vintage: str = ""

    def __post_init__(self) -> None:
        if (self.value is None) != (self.state == NOT_AVAILABLE):
            raise ValueError(f"{self.indicator} {self.country} {self.year}: {self.state}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MineralStatistic:
    """One value of a yearbook of minerals, with commodity, form and unit in the source's words.

    ``kind`` is production, imports or exports; ``value`` is None when ``state`` is "not_available".
    """

    source: str
    commodity: str
    form: str
    kind: str
    country: str
    year: int
    value: Decimal | None
    unit: str
    note: str = ""
    state: str = REPORTED
    vintage: str = ""

    def __post_init__(self) -> None:
        if (self.value is None) != (self.state == NOT_AVAILABLE):
            raise ValueError(f"{self.commodity} {self.country} {self.year}: {self.state}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionedParty:
    """One party of a sanctions list.

    ``kind`` is person, organisation, vessel, aircraft or other. ``aliases`` are the list's own;
    those it calls weak stand in ``weak_names``. ``listed`` is None where the list does not say
    since when. ``programmes`` are the list's own codes.
    """

    source: str
    id: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    weak_names: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    listed: date | None = None
    remarks: str = ""
    vintage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeIntervention:
    """One trade measure of one or more governments, and the products it touches.

    ``products`` are HS codes (2012 unless the service says otherwise). ``in_force_until`` is None
    while the measure has no end.
    """

    source: str
    id: str
    title: str
    kind: str
    evaluation: str
    implementers: tuple[str, ...]
    affected: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    announced: date | None = None
    in_force_from: date | None = None
    in_force_until: date | None = None
    address: str = ""
    vintage: str = ""

    def in_force_on(self, day: date) -> bool:
        """Tell whether the measure held on ``day`` (bounds inclusive, as far as they are known)."""
        begun = self.in_force_from is not None and self.in_force_from <= day
        return begun and (self.in_force_until is None or day <= self.in_force_until)
