"""Basis, substance, kind and digits say what a quantity is of."""

from __future__ import annotations

import pytest

from lodewire.extraction.quantities import find_quantities
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import QuantityKind


def only(text: str) -> Quantity:
    (found,) = find_quantities(text)
    return found


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("$105.50/dmt CFR Qingdao", "CFR Qingdao"),
        ("$700 per tonne, cif China, on Friday", "cif China"),
        ("$961 per tonne FOB", "FOB"),
        ("$2,450 a tonne duty-paid Rotterdam", "duty-paid Rotterdam"),
        ("$2,450 a tonne in-warehouse", "in-warehouse"),
        ("$2,450 a tonne ex-works", "ex-works"),
        ("LME three-month copper stood at $8,964 a tonne", "LME three-month"),
        ("LME cash aluminium was $2,450 a tonne", "LME cash"),
        ("the spot price of $85/lb", "spot"),
        ("45,000 t REO", "REO"),
        ("300 kt LCE", "LCE"),
        ("100,000 dry metric tons", "dmt"),
        ("20,000 dmt", "dmt"),
        ("nameplate capacity of 40,000 t", "nameplate"),
        ("2.19% TREO", "TREO"),
        ("45,000 tonnes", None),
    ],
)
def test_the_basis_stands_beside_the_amount(text: str, basis: str | None) -> None:
    assert only(text).basis == basis


@pytest.mark.parametrize(
    ("text", "substance"),
    [
        ("200 tons of antimony per month", "antimony"),
        (
            "22,250 tonnes per year of battery-grade cobalt sulphate",
            "battery-grade cobalt sulphate",
        ),
        ("20 million pounds of U3O8", "U3O8"),
        ("500 tonnes of gallium produced last year", "gallium"),
        ("5,000 t of refined copper in May", "refined copper"),
        ("5,000 t Cu", "Cu"),
        ("0.5% Cu", "Cu"),
        ("2.19% TREO", "TREO"),
        ("$85/lb U3O8", "U3O8"),
        ("500 tonnes in May", None),
    ],
)
def test_the_substance_is_a_span_of_the_text(text: str, substance: str | None) -> None:
    found = only(text)
    assert (found.substance.of(text) if found.substance else None) == substance


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("$5 million", QuantityKind.MONEY),
        ("$5 a tonne", QuantityKind.PRICE),
        ("5 tonnes", QuantityKind.MASS),
        ("5 tonnes a year", QuantityKind.MASS_RATE),
        ("5 barrels", QuantityKind.VOLUME),
        ("5 barrels a day", QuantityKind.VOLUME_RATE),
        ("5 GWh", QuantityKind.ENERGY),
        ("5 GWh a year", QuantityKind.ENERGY_RATE),
        ("5 MW", QuantityKind.POWER),
        ("5%", QuantityKind.PERCENT),
        ("62% Fe", QuantityKind.GRADE),
        ("grading 1.4%", QuantityKind.GRADE),
        ("5 g/t", QuantityKind.GRADE),
        ("5 percentage points", QuantityKind.PERCENT_POINT),
        ("5 km", QuantityKind.LENGTH),
        ("5 ha", QuantityKind.AREA),
        ("5 years", QuantityKind.DURATION),
        ("5 mines", QuantityKind.COUNT),
        ("5 times more", QuantityKind.FACTOR),
        ("5 tonnes per hectare", QuantityKind.OTHER),
    ],
)
def test_the_kind_follows_from_the_unit(text: str, kind: QuantityKind) -> None:
    assert only(text).kind is kind


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("87,000 t", 2),
        ("87,500 t", 3),
        ("500,000 t", 1),
        ("5.16%", 3),
        ("5.0%", 2),
        ("0.30%", 2),
        ("$1.2 billion", 2),
        ("five years", 1),
        ("881.85 t", 5),
    ],
)
def test_digits_count_what_is_written(text: str, digits: int) -> None:
    assert only(text).digits == digits


def test_a_value_written_with_scale_has_no_needless_decimals() -> None:
    assert str(only("$562.9 million").value) == "562900000"
    assert str(only("3.0 Mt").value) == "3000000"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Gold was at $3,958 an ounce. The price could approach $5,000, it said.", "USD/oz"),
        ("Nickel fell to $15,400 a ton, up $147 from May.", "USD/t"),
        ("Cobalt rose to $19 a lb. Prices had plunged below $10 before.", "USD/lb"),
        ("Power was sold at $66 per MWh. Few can live with more than $50.", "USD/MWh"),
        ("Gold was at $3,958 an ounce. The clerk paid $5,000 in fees.", "USD"),
        ("Gold was at $3,958 an ounce. The price of the deal is $5 million.", "USD"),
        ("Gold was at $3,958 an ounce. The price of copper hit $500,000.", "USD"),
    ],
)
def test_a_later_price_of_the_same_size_is_per_the_same(text: str, unit: str) -> None:
    assert find_quantities(text)[-1].unit == unit


def test_minus_and_negative_are_signs() -> None:
    assert only("charges stood at minus $43 a ton").value == -43
    assert only("a cash cost of negative $0.02").bounds[0] < 0
