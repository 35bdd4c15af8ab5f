"""A measure: an analytic result with its inputs, method version, vintage and bounds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

WORLD = "WORLD"
"""The source's own total over all countries."""

OTHER = "OTHER"
"""The countries that the source does not list, together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One reference figure as its source gives it.

    ``state`` says what stands there: "reported"; "less_than" and "more_than", which make ``value``
    a bound; "interval", where ``low`` and ``high`` bound it and ``value`` is None; "withheld" and
    "not_available", where all three are None. Missing is never zero.

    ``measured`` says what was counted (production, capacity, reserves, imports, exports, share,
    net_import_reliance, governance, …: the list is ``lodewire.reference.tables.MEASURED``), and
    ``form`` which part of it when the source splits it further (ore, oxide, scrap; an application).
    ``partner`` is the other side of a flow: where imports come from, where exports go.
    """

    commodity: str
    stage: str
    country: str  # ISO 3166-1 alpha-2 or a bloc, "WORLD" or "OTHER"
    year: int
    value: Decimal | None
    unit: str
    basis: str
    source: str
    vintage: str
    state: str = "reported"
    estimated: bool = False
    measured: str = "production"
    form: str = ""
    partner: str = ""  # as country; empty where the figure has one side only
    low: Decimal | None = None
    high: Decimal | None = None
    note: str = ""


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
