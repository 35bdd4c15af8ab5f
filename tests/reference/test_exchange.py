"""Exchange rates: one direction for every currency, and no neighbour for a month that lacks one."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.errors import MeasureError
from lodewire.ontology.units import load_currencies
from lodewire.reference.exchange import TURNED, currencies, exchange, rate, rates_of

MONTH = "2025-03"


def test_rates_are_units_of_the_currency_for_one_dollar():
    """A pound and a euro buy more than a dollar, so a dollar buys less than one of them."""
    for code, low, high in (
        ("GBP", "0.77", "0.78"),
        ("EUR", "0.92", "0.93"),
        ("AUD", "1.58", "1.60"),
        ("NZD", "1.74", "1.75"),
        ("CAD", "1.43", "1.44"),
        ("CNY", "7.2", "7.3"),
        ("JPY", "148", "150"),
        ("KRW", "1440", "1470"),
    ):
        found = rate(code, MONTH)
        assert found is not None
        assert Decimal(low) < found.per_usd < Decimal(high), code


def test_the_direction_never_turns_within_a_currency():
    """A rate given the other way round for a while would jump to its inverse."""
    for code in currencies()[1:]:
        values = [r.per_usd for r in rates_of(code)]
        for before, after in pairwise(values):
            assert Decimal("0.65") < after / before < Decimal("1.52"), code


def test_currencies_are_known_and_those_turned_over_are_there():
    assert set(currencies()) <= set(load_currencies())
    assert set(currencies()) >= TURNED
    assert "VES" not in currencies()


def test_a_cross_rate_goes_through_the_dollar():
    euros = exchange(Decimal(100), "GBP", "EUR", MONTH)
    assert round(euros, 2) == round(Decimal(100) / Decimal("0.7744") * Decimal("0.9248"), 2)


def test_a_month_without_a_rate_is_refused_with_what_is_known():
    with pytest.raises(MeasureError, match="no rate of exchange for EUR in 1998-12") as told:
        exchange(Decimal(1), "USD", "EUR", "1998-12")
    assert "1999-01" in (told.value.hint or "")
    with pytest.raises(MeasureError, match="no rate of exchange for XYZ"):
        exchange(Decimal(1), "XYZ", "USD", MONTH)


@given(
    st.decimals("0.01", "1000000", places=2),
    st.sampled_from(currencies()),
    st.sampled_from(currencies()),
)
def test_there_and_back_gives_the_same_amount(amount: Decimal, one: str, other: str):
    back = exchange(exchange(amount, one, other, MONTH), other, one, MONTH)
    assert abs(back - amount) <= amount * Decimal("1e-25")
