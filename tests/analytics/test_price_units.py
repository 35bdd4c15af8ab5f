"""Prices in other units and currencies: published cases, and round trips."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.analytics.contained import metal_content
from lodewire.analytics.price_units import convert_price, currency_of, relative_change, value_of
from lodewire.errors import MeasureError, UnitError

UNITS = ("USD/t", "USc/lb", "USD/kg", "USD/oz", "USD/mtu", "USD/dmtu", "USD/short tons", "USD/lb")


def test_c048_the_midwest_premium_in_dollars_a_tonne():
    assert round(convert_price(Decimal("88.10"), "USc/lb", "USD/t")) == 1942


def test_c048_cents_read_as_dollars_fail_the_case():
    assert round(convert_price(Decimal("88.10"), "USD/lb", "USD/t")) != 1942


def test_c043_nickel_in_dollars_a_pound():
    assert round(convert_price(Decimal(18476), "USD/t", "USD/lb"), 2) == Decimal("8.38")
    assert round(convert_price(Decimal(18476), "USD/short tons", "USD/lb"), 2) != Decimal("8.38")


def test_c049_a_tonne_unit_of_oxide_in_dollars_a_kilogram_of_metal():
    oxide = convert_price(Decimal(252), "USD/mtu", "USD/kg")
    assert abs(oxide / metal_content("WO3", "W") - Decimal("31.78")) <= Decimal("0.01")
    assert abs(oxide - Decimal("31.78")) > 1  # oxide taken for metal


def test_c051_platinum_by_the_troy_ounce():
    assert abs(convert_price(Decimal("960.70"), "USD/ozt", "USD/kg") - Decimal("30887.2")) <= 1
    assert abs(convert_price(Decimal("960.70"), "USD/ozav", "USD/kg") - Decimal("30887.2")) > 1


def test_c052_germanium_in_a_kilogram_of_dioxide():
    assert abs(metal_content("GeO2", "Ge") - Decimal("0.69")) <= Decimal("0.005")


def test_c053_change_of_price():
    change = relative_change(Decimal("129.5"), Decimal(180))
    assert abs(change - Decimal("0.39")) <= Decimal("0.005")
    with pytest.raises(MeasureError):
        relative_change(Decimal(0), Decimal(1))


def test_c054_value_of_a_year_s_output():
    value = value_of(Decimal(660_000), "t", Decimal("1.80"), "USD/lb")
    assert abs(value - Decimal("2.6e9")) <= Decimal("0.05e9")
    assert value == value_of(Decimal(660_000), "t", Decimal(180), "USc/lb")


def test_another_currency_needs_a_rate_and_says_so():
    with pytest.raises(MeasureError, match="needs a rate") as told:
        convert_price(Decimal(100), "USD/t", "EUR/kg")
    assert "how many EUR one USD buys" in (told.value.hint or "")
    euros = convert_price(Decimal(100), "USc/lb", "EUR/t", rate=Decimal("0.9"))
    assert round(euros, 2) == round(convert_price(Decimal(90), "USc/lb", "USD/t"), 2)


def test_a_rate_within_one_currency_and_a_rate_of_nothing_are_refused():
    with pytest.raises(MeasureError, match="no place"):
        convert_price(Decimal(1), "USc/lb", "USD/t", rate=Decimal("0.9"))
    with pytest.raises(MeasureError, match="not over zero"):
        convert_price(Decimal(1), "USD/t", "EUR/t", rate=Decimal(0))


@pytest.mark.parametrize(("from_", "to"), [("USD/t", "USD/bbl"), ("USD/t", "t"), ("t/yr", "USD/t")])
def test_what_measures_another_thing_is_refused(from_: str, to: str):
    with pytest.raises(UnitError):
        convert_price(Decimal(1), from_, to)


def test_the_currency_of_a_unit():
    assert currency_of("USc/lb") == "USD"
    assert currency_of("GBp/g") == "GBP"


@given(
    st.decimals("0.0001", "10000000", places=4),
    st.sampled_from(UNITS),
    st.sampled_from(UNITS),
)
def test_there_and_back_is_the_same_price(price: Decimal, one: str, other: str):
    back = convert_price(convert_price(price, one, other), other, one)
    assert abs(back - price) <= price * Decimal("1e-30")


@given(st.decimals("0.01", "100000", places=2), st.decimals("0.01", "20000", places=2))
def test_currencies_there_and_back(price: Decimal, rate: Decimal):
    there = convert_price(price, "USc/lb", "JPY/kg", rate=rate)
    back = convert_price(there, "JPY/kg", "USc/lb", rate=1 / rate)
    assert abs(back - price) <= price * Decimal("1e-24")
