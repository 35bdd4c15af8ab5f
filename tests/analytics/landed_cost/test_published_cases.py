"""Every published case on units, values and landed cost is reproduced within its rounding."""

from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from lodewire.analytics.contained import metal_content, price_of_metal
from lodewire.analytics.landed_cost import (
    duty_in_premium,
    duty_multiplier,
    duty_paid,
    forward_premium,
    stacked_rate,
    unpaid_premium,
)
from lodewire.analytics.price_units import convert_price, relative_change, value_of

D = Decimal
KINDS = {"units", "price_value", "landed_cost"}


def numbers(cell: str) -> list[Decimal]:
    """The numbers of a cell such as "LME=2450;160;0.03"."""
    return [D(part.rpartition("=")[2].split()[0]) for part in cell.split(";") if part]


def tungsten(inputs: str) -> Decimal:
    oxide = convert_price(numbers(inputs)[0], "USD/mtu", "USD/kg")
    return price_of_metal(oxide, metal_content("WO3", "W"))


def forward(_: str) -> Decimal:
    return forward_premium(D(2600), D(180), D("0.25"), D(90), to="USc/lb")


# id -> what is computed from the inputs of the case, and how far it may lie from the expected.
CASES: dict[str, tuple[Callable[[str], Decimal], str]] = {
    "C043": (lambda i: convert_price(numbers(i)[0], "USD/t", "USD/lb"), "0.005"),
    "C048": (lambda i: convert_price(numbers(i)[0], "USc/lb", "USD/t"), "0.5"),
    "C049": (tungsten, "0.01"),
    "C051": (lambda i: convert_price(numbers(i)[0], "USD/ozt", "USD/kg"), "1"),
    "C052": (lambda i: numbers(i)[0] * metal_content("GeO2", "Ge"), "0.005"),
    "C053": (lambda _: relative_change(D("129.5"), D(180)), "0.005"),
    "C054": (lambda _: value_of(D(660_000), "t", D("1.80"), "USD/lb"), "50000000"),
    "C058": (lambda i: duty_paid(sum(numbers(i)[:2], D(0)), numbers(i)[2]), "0.01"),
    "C060": (lambda i: stacked_rate(n / 100 for n in numbers(i)) * 100, "0"),
    "C061": (lambda i: duty_multiplier(numbers(i)[0]), "0"),
    "C065": (lambda i: duty_in_premium(*numbers(i)), "0.001"),
    "C066": (forward, "0.01"),
}


def test_every_case_of_the_file_is_computed_and_right(shared: Path):
    with (shared / "data" / "risk_cases.csv").open(encoding="utf-8") as file:
        ours = {row["id"]: row for row in csv.DictReader(file) if row["category"] in KINDS}
    assert set(ours) == set(CASES), "a case of the file is not computed here"
    for key, (compute, within) in CASES.items():
        expected = numbers(ours[key]["expected"])[0]
        computed = compute(ours[key]["inputs"])
        assert abs(computed - expected) <= D(within), (key, computed, expected)


def test_the_second_answers_of_two_cases():
    assert stacked_rate([D("0.25"), D("0.10")]) == D("0.35")  # C061: the multiplier's rate
    assert unpaid_premium(D(125), D(4), D("0.1")) == D(114)  # C065: unpaid
