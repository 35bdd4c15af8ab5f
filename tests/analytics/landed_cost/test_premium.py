"""Duty and premium: published cases, and the wrong variants that fail them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.analytics.landed_cost import (
    ad_valorem,
    duty_in_premium,
    duty_multiplier,
    duty_paid,
    duty_share_priced,
    forward_premium,
    implied_rate,
    quota_rate,
    stacked_rate,
    unpaid_premium,
)
from lodewire.analytics.price_units import convert_price
from lodewire.errors import MeasureError

D = Decimal
PRICES = st.decimals("100", "20000", places=2)
PREMIUMS = st.decimals("0", "2000", places=2)
RATES = st.decimals("0.01", "2", places=3)


def test_a_premium_of_88_10_cents_on_the_exchange_price_and_a_duty_of_half():
    premium = convert_price(D("88.10"), "USc/lb", "USD/t")
    assert round(premium) == 1942
    assert round(D(2850) + premium) == 4792
    assert ad_valorem(D(2850), D("0.50")) == D(1425)


def test_c058_european_duty_paid_aluminium():
    assert duty_paid(D(2450) + D(160), D("0.03")) == D("2688.30")
    assert ad_valorem(D(2610), D("0.03")) == D("78.30")  # what "x 3 %" would be


def test_c058_duty_on_the_exchange_price_alone_fails_the_case():
    assert D(2450) + ad_valorem(D(2450), D("0.03")) + D(160) != D("2688.30")


def test_c060_stacked_rates_on_one_base():
    stack = stacked_rate([D("0.026"), D("0.50"), D("0.25"), D("0.20")])
    assert stack * 100 == D("97.6")
    multiplied = D("1.026") * D("1.5") * D("1.25") * D("1.2") - 1
    assert abs(multiplied - stack) > D("0.3")  # duty on duty


def test_c061_multiplier_of_a_stack():
    assert duty_multiplier(stacked_rate([D("0.25"), D("0.10")])) == D("1.35")


def test_c065_duty_in_an_all_in_premium():
    assert abs(duty_in_premium(D(125), D(4), D("0.1")) - D(11)) <= D("0.001")
    assert abs(unpaid_premium(D(125), D(4), D("0.1")) - D(114)) <= D("0.001")
    assert abs(D(121) * D("0.1") - D(11)) > D("0.001")  # rate on the duty-paid value
    assert abs(D(125) / D("1.1") * D("0.1") - D(11)) > D("0.001")  # duty on freight inland


def test_c066_the_premium_that_duty_implies():
    found = forward_premium(D(2600), D(180), D("0.25"), D(90), to="USc/lb")
    assert abs(found - D("43.772")) <= D("0.01")


def test_c066_duty_on_the_premium_alone_fails_the_case():
    wrong = convert_price(D(180) * D("1.25") + D(90), "USD/t", "USc/lb")
    assert abs(wrong - D("43.772")) > 20


def test_the_share_of_duty_that_an_observed_premium_prices_in():
    full = forward_premium(D(2600), D(180), D("0.25"), D(90))
    assert duty_share_priced(D(2600), full, D("0.25"), D(180), D(90)) == 1
    assert duty_share_priced(D(2600), D(270), D("0.25"), D(180), D(90)) == 0
    half = D(270) + (full - D(270)) / 2
    assert duty_share_priced(D(2600), half, D("0.25"), D(180), D(90)) == D("0.5")


def test_the_implied_rate_is_the_way_back():
    full = forward_premium(D(2600), D(180), D("0.25"), D(90))
    assert implied_rate(D(2600), full, D(180), D(90)) == D("0.25")
    assert implied_rate(D(2600), D(100), D(180), D(90)) < 0


def test_without_duty_there_is_no_share_to_price_in():
    with pytest.raises(MeasureError, match="no share"):
        duty_share_priced(D(2600), D(300), D(0))


def test_a_quota_is_averaged_over_the_quantity():
    assert quota_rate(D(0), D("0.25"), quantity=D(100), quota_left=D(40)) == D("0.15")
    assert quota_rate(D(0), D("0.25"), quantity=D(100), quota_left=D(0)) == D("0.25")
    assert quota_rate(D(0), D("0.25"), quantity=D(100), quota_left=D(500)) == 0
    with pytest.raises(MeasureError):
        quota_rate(D(0), D("0.25"), quantity=D(0), quota_left=D(1))


@pytest.mark.parametrize("rate", [D("-0.1"), D("NaN"), D("Infinity")])
def test_a_rate_that_cannot_be_is_refused(rate: Decimal):
    with pytest.raises(MeasureError):
        ad_valorem(D(100), rate)


@given(PRICES, PREMIUMS, RATES, RATES, PREMIUMS)
def test_more_duty_never_makes_the_premium_smaller(price, unpaid, one, other, inland):
    low, high = sorted((one, other))
    assert forward_premium(price, unpaid, low, inland) <= forward_premium(
        price, unpaid, high, inland
    )


@given(PRICES, PREMIUMS, RATES, PREMIUMS)
def test_forward_and_back(price, unpaid, rate, inland):
    premium = forward_premium(price, unpaid, rate, inland)
    assert abs(implied_rate(price, premium, unpaid, inland) - rate) < D("1e-20")
    assert abs(duty_share_priced(price, premium, rate, unpaid, inland) - 1) < D("1e-20")


@given(PRICES, RATES, st.decimals("0", "50", places=2))
def test_duty_and_what_is_unpaid_are_the_whole(all_in, rate, freight):
    duty = duty_in_premium(all_in, freight, rate)
    assert duty + unpaid_premium(all_in, freight, rate) == all_in


# Together they stay under the thousand per cent from which on a rate is refused.
@given(st.lists(RATES, max_size=6).filter(lambda rates: sum(rates) <= 10), PRICES)
def test_duties_of_a_stack_are_the_duty_of_their_sum(rates, value):
    apart = sum((ad_valorem(value, r) for r in rates), D(0))
    assert apart == ad_valorem(value, stacked_rate(rates))
