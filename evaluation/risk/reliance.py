"""Cases of apparent consumption, net import reliance and the EU's supply risk."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal

from evaluation.risk.case import Check, RiskCase, judge, judge_value
from lodewire.analytics.intervals import Interval, around, exactly, printed
from lodewire.analytics.reliance import (
    apparent_consumption,
    net_import_reliance,
    reliance_from_consumption,
    with_secondary,
)
from lodewire.analytics.supply_risk import Supply, supply_risk


def consumption(case: RiskCase, twist: str = "") -> Iterator[Check]:
    """Apparent consumption; twists: stock draw reversed, exports left out, recycling left out."""
    told = printed(case.expected, digits=_digits(case))
    if "secondary" in case.formula:
        primary, secondary = case.inputs.split("+")
        used = with_secondary(
            primary, 0 if twist == "no secondary" else secondary, digits=_digits(case)
        )
    else:
        flows = _flows(case, twist)
        used = apparent_consumption(*flows, digits=_digits(case))
    yield judge(case, "AC", told, used)


def reliance(case: RiskCase, twist: str = "") -> Iterator[Check]:
    """Net import reliance in both published forms; twists as for consumption."""
    given = case.given()
    told = around(case.expected, _points(case))
    if "AC" in given:
        made = 0 if twist == "no secondary" else given["prod"]
        relies = reliance_from_consumption(given["AC"], made, digits=_digits(case))
    else:
        relies = net_import_reliance(*_flows(case, twist), digits=_digits(case))
    yield judge(case, "NIR %", told, relies)


def eu_risk(case: RiskCase, twist: str = "") -> Iterator[Check]:
    """Supply risk of 2017; twists: IR for IR/2, mixes swapped, no recycling, no substitution."""
    given = {k: None if v == "N/A" else v for k, v in case.given().items()}
    variant = re.search(r"\((GS \+ EUS|GS only|EUS only)\)", case.case)
    assert variant is not None, case
    gs, eus, ir = given["GS"], given["EU"], given["IR"]
    supply = Supply(variant[1])
    if twist == "IR for IR/2" and supply is Supply.BOTH:
        value, bounds = _with_whole_reliance(case.given())
        yield judge_value(case, "SR", printed(case.expected), value, bounds=bounds)
        return
    if twist == "mixes swapped":
        gs, eus = eus, gs
        swapped = {Supply.GLOBAL: Supply.EU, Supply.EU: Supply.GLOBAL}
        if gs is None or eus is None:
            supply = swapped.get(supply, supply)
    risk = supply_risk(
        global_hhi=gs,
        eu_hhi=eus,
        import_reliance=ir,
        recycling_rate="0" if twist == "no recycling" else given["EoL"],
        substitution_index="1.0" if twist == "no substitution" else given["SI"],
        supply=supply,
    )
    yield judge(case, "SR", printed(case.expected), risk)


def _with_whole_reliance(given: dict[str, str]) -> tuple[Decimal, Interval]:
    """Return the wrong variant that weighs with IR where the method takes half of it."""
    world, own, share = (printed(given[n]) for n in ("GS", "EU", "IR"))
    parts = [p / 100 for p in (share.clipped(0, 100).low, share.clipped(0, 100).high)]
    mixes = [
        Interval(world.low * p + own.low * (1 - p), world.high * p + own.high * (1 - p))
        for p in parts
    ]
    mix = Interval(min(m.low for m in mixes), max(m.high for m in mixes))
    left = exactly(1) - printed(given["EoL"]).clipped(0, 100) / exactly(100)
    bounds = mix * left * printed(given["SI"]).clipped(0, 1)
    gs, eus, ir, eol, si = (Decimal(given[n]) for n in ("GS", "EU", "IR", "EoL", "SI"))
    value = (gs * ir / 100 + eus * (1 - ir / 100)) * (1 - eol / 100) * si
    return value, bounds


def _flows(case: RiskCase, twist: str) -> tuple[list[str], list[str], list[str], str]:
    given = case.given()
    made, came, left = (
        [str(n) for n in json.loads(given[name])] for name in ("prod", "imp", "exp")
    )
    stock = given["stock_draw"]
    if twist == "stock draw reversed":
        stock = str(-Decimal(stock))
    if twist == "no exports":
        left = ["0"]
    if twist == "no secondary":
        made = made[:1]
    return made, came, left, stock


def _digits(case: RiskCase) -> int:
    """The Mineral Commodity Summaries round to three significant digits, their estimates to two."""
    return 2 if re.search(r"\b\d{4}e\b", case.case) else 3


def _points(case: RiskCase) -> Decimal:
    found = re.match(r"±(\d+)pt", case.tolerance)
    return Decimal(found[1]) if found is not None else Decimal(1) / 2
