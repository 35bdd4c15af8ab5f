"""What it costs to bring a tonne in: duties as stacked measures, cost steps, a landed cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Incoterm(StrEnum):
    """Incoterms 2020 of the International Chamber of Commerce: what the seller's price includes."""

    EXW = "EXW"
    FCA = "FCA"
    FAS = "FAS"
    FOB = "FOB"
    CFR = "CFR"
    CPT = "CPT"
    CIF = "CIF"
    CIP = "CIP"
    DAP = "DAP"
    DPU = "DPU"
    DDP = "DDP"


class CustomsBasis(StrEnum):
    """What an ad valorem duty is taken of.

    ``fob``: the price without international freight and insurance, as in the United States
    (19 U.S.C. 1401a(b)(4)(A)). ``cif``: with both up to the border, as in the European Union
    (Regulation (EU) 952/2013, article 71(1)(e)) and China. ``exchange``: the exchange price alone,
    the shorthand of traders for a duty "on the LME".
    """

    FOB = "fob"
    CIF = "cif"
    EXCHANGE = "exchange"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One step of a measure at the border, valid from a day until (and not on) another.

    ``rate`` is ad valorem as a part of one (0.25); ``specific`` is an amount and its unit
    ("0.375", "USD/kg"); a step has one of them. With ``tops_up`` the rate is what this duty and the
    ordinary one make together. ``importer`` is ISO alpha-2 or "EU"; ``partners`` are the origins it
    hits (empty: all), ``spared`` those it does not. With ``on_content`` a specific duty is by
    weight of the metal inside. ``goods`` and ``spared_goods`` are prefixes of
    HS or national tariff codes, digits only (no goods: all).

    ``family`` groups the steps of one measure; of a family the step that is most particular to
    origin and good applies. ``yields_to`` are families that switch this step off where they apply.
    ``waived_by`` are claims ("USMCA") that do. ``quota`` is "within" or "beyond" for the two rates
    of a tariff quota; ``exporter`` names the producer of a company rate. ``end`` None: no end is
    known; ``checked`` is the last day for which the sources show the step in force.
    """

    id: str
    family: str
    kind: str
    authority: str
    importer: str
    partners: frozenset[str]
    spared: frozenset[str]
    goods: tuple[str, ...]
    spared_goods: tuple[str, ...]
    rate: Decimal | None
    specific: tuple[Decimal, str] | None
    basis: CustomsBasis
    start: date
    end: date | None
    checked: date
    instrument: str
    url: str
    heading: str = ""
    yields_to: tuple[str, ...] = ()
    waived_by: frozenset[str] = frozenset()
    quota: str = ""
    exporter: str = ""
    tops_up: bool = False
    on_content: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyFinding:
    """A measure looked at for a good, an origin and a day: whether it applies, and why or not."""

    duty: Duty
    applies: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """An ad valorem or specific charge to compute, wherever it comes from.

    ``rate`` is a part of one; ``specific`` is money by weight in ``unit`` (empty: that of the
    calculation).
    """

    name: str
    rate: Decimal | None = None
    specific: Decimal | None = None
    unit: str = ""
    basis: CustomsBasis = CustomsBasis.FOB
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostInputs:
    """Everything a landed cost is computed from, money by weight in one ``unit``.

    ``price`` is the exchange price, ``premium`` the regional premium on top of it *before* duty.
    ``origin_inland``, ``freight``, ``insurance`` and ``delivery`` are asked for only where the
    incoterm leaves them to the buyer; None, for them and the premium, means not given, never
    zero. ``insurance_rate`` is a part of the cost and freight. ``finance_rate`` is a year's, on
    ``finance_days`` of 360. ``losses`` is the part of the weight that is lost on the way.
    """

    unit: str
    price: Decimal
    premium: Decimal | None = None
    incoterm: Incoterm = Incoterm.CIF
    origin_inland: Decimal | None = None
    freight: Decimal | None = None
    insurance: Decimal | None = None
    insurance_rate: Decimal | None = None
    duties: tuple[Charge, ...] = ()
    delivery: Decimal | None = None
    finance_rate: Decimal | None = None
    finance_days: int = 0
    losses: Decimal = Decimal(0)
    price_source: str = ""
    premium_source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostStep:
    """A step of the waterfall: what it adds, and the total after it. None: not given, not zero."""

    name: str
    amount: Decimal | None
    total: Decimal
    formula: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LandedCost:
    """Steps from the exchange price to the buyer's door, in ``unit``.

    ``complete`` is False when a step that the incoterm leaves to the buyer was not given; the
    total is then a lower bound and ``notes`` say what is missing.
    """

    unit: str
    steps: tuple[CostStep, ...]
    total: Decimal
    duty: Decimal
    customs_value: Decimal | None
    complete: bool
    method: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CostChange:
    """A step before and after an event; None where the step is not given or not there."""

    name: str
    before: Decimal | None
    after: Decimal | None
    difference: Decimal
