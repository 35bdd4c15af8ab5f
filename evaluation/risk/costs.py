"""Cases of units, price changes and values, and landed cost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from evaluation.risk.case import Check, RiskCase, judge_value
from lodewire.analytics.contained import metal_content, price_of_metal
from lodewire.analytics.intervals import Interval, around, exactly, printed
from lodewire.analytics.landed_cost import (
    duty_in_premium,
    duty_multiplier,
    duty_paid,
    forward_premium,
    stacked_rate,
    unpaid_premium,
)
from lodewire.analytics.price_units import convert_price, relative_change, value_of

_HUNDRED = Decimal(100)


def units(case: RiskCase, twist: str = "") -> Iterator[Check]:
    """Prices in other units; twists: short ton for tonne, pound for troy ounce, oxide as metal."""
    number = _first(case.inputs)
    if "GeO2" in case.case:
        value = metal_content("GeO2", "Ge") if twist != "oxide taken as metal" else Decimal(1)
    elif "mtu" in case.case:
        content = Decimal(1) if twist == "oxide taken as metal" else Decimal("0.793")
        # A metric ton unit is 10 kg of WO3, of which the USGS counts 7.93 kg of tungsten.
        value = price_of_metal(convert_price(number, "USD/kg", "USD/kg") / 10, content)
    else:
        from_, to = _units_of(case)
        if twist == "short ton for tonne":
            to, from_ = (u.replace("USD/t", "USD/st") for u in (to, from_))
        value = _convert(number, from_, to)
    yield judge_value(case, "price", _tolerance(case), value)


def prices(case: RiskCase, twist: str = "") -> Iterator[Check]:
    """A change of prices and the value of a tonnage; the twist counts a tonne as a short ton."""
    if "-1" in case.formula:
        after, before = (Decimal(n) for n in re.findall(r"[\d.]+", case.formula)[:2])
        value = (
            relative_change(before, after) if twist != "against the later" else 1 - before / after
        )
    else:
        tonnes = Decimal(re.split(r" t\*", case.formula)[0])
        price = _first(case.formula.rpartition("*")[2])
        value = value_of(tonnes, "st" if twist == "short ton for tonne" else "t", price, "USD/lb")
    yield judge_value(case, "value", _tolerance(case), value)


def landed(case: RiskCase, twist: str = "") -> Iterator[Check]:
    """Duty arithmetic; twists: duty on the price alone, rates multiplied, inland freight taxed."""
    numbers = [Decimal(n) for n in re.findall(r"-?[\d.]*\d", case.inputs)]
    expected = Decimal(case.expected.partition(";")[0])
    if "LME+prem)*(1+t)" in case.formula:
        lme, premium, rate = numbers
        paid = duty_paid(lme + premium, rate)
        if twist == "duty on the price alone":
            paid = duty_paid(lme, rate) + premium
        yield judge_value(case, "duty paid", _tolerance(case), paid)
    elif "sum of ad valorem" in case.formula:
        rates = [n / _HUNDRED for n in numbers]
        stacked = stacked_rate(rates) * _HUNDRED
        if twist == "rates multiplied":
            stacked = Decimal(1)
            for rate in rates:
                stacked *= 1 + rate
            stacked = (stacked - 1) * _HUNDRED
        yield judge_value(case, "rate %", exactly(expected), stacked)
    elif "factor" in case.formula:
        factor = duty_multiplier(numbers[0])
        yield judge_value(case, "factor", exactly(expected), factor, expected=expected)
    elif "unpaid" in case.formula:
        all_in, freight, rate = numbers
        if twist == "inland freight taxed":
            freight = Decimal(0)
        duty = duty_in_premium(all_in, freight, rate)
        yield judge_value(case, "duty", around(expected, "0.001"), duty, expected=expected)
        unpaid = case.told("unpaid")
        yield judge_value(
            case,
            "unpaid",
            printed(unpaid),
            unpaid_premium(all_in, freight, rate),
            expected=unpaid,
            main=False,
        )
    else:
        yield _forward(case, twist)


def _forward(case: RiskCase, twist: str) -> Check:
    lme, unpaid, percent, inland = (Decimal(n) for n in re.findall(r"\d[\d.]*", case.case))
    rate = percent / _HUNDRED
    premium = forward_premium(lme, unpaid, rate, inland, to="USc/lb")
    if twist == "duty on the price alone":
        premium = _convert(lme * rate + unpaid + inland, "USD/t", "USc/lb")
    return judge_value(case, "premium", around(case.expected, "0.01"), premium)


def _units_of(case: RiskCase) -> tuple[str, str]:
    if "c/lb" in case.inputs:
        return "USc/lb", "USD/t"
    if "$/ozt" in case.case:
        return "USD/ozt", "USD/kg"
    return "USD/t", "USD/lb"


def _convert(value: Decimal, from_: str, to: str) -> Decimal:
    return convert_price(value, from_, to)


def _first(text: str) -> Decimal:
    found = re.search(r"\d[\d.]*", text)
    assert found is not None, text
    return Decimal(found[0])


def _tolerance(case: RiskCase) -> Interval:
    found = re.match(r"±([\d.]+(?:e\d+)?)", case.tolerance)
    if found is None:
        return printed(case.expected)
    return around(case.expected, found[1])
