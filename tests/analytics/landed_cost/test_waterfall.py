"""The waterfall: incoterms, customs values, what is not given, and before against after."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.analytics.landed_cost import changes, customs_value, in_unit, landed_cost
from lodewire.analytics.landed_cost.duty import leaves_to_buyer
from lodewire.errors import MeasureError
from lodewire.model.cost import Charge, CostInputs, CustomsBasis, Incoterm

D = Decimal
DUTY = Charge(name="Section 232", rate=D("0.25"))
EU = Charge(name="common customs tariff", rate=D("0.03"), basis=CustomsBasis.CIF)
FULL = CostInputs(
    unit="USD/t",
    price=D(2600),
    premium=D(180),
    incoterm=Incoterm.FOB,
    freight=D(60),
    insurance=D(6),
    duties=(DUTY,),
    delivery=D(90),
)


def amounts(inputs: CostInputs) -> dict[str, Decimal | None]:
    return {s.name: s.amount for s in landed_cost(inputs).steps}


def test_each_step_and_the_total_of_a_fob_purchase():
    cost = landed_cost(FULL)
    assert amounts(FULL) == {
        "exchange price": D(2600),
        "premium before duty": D(180),
        "freight": D(60),
        "insurance": D(6),
        "Section 232": D(695),
        "delivery inland": D(90),
    }
    assert (cost.total, cost.duty, cost.customs_value) == (D(3631), D(695), D(2780))
    assert cost.complete
    assert cost.method.startswith("landed_cost/1")


def test_the_running_total_is_the_sum_of_the_steps_so_far():
    so_far = D(0)
    for step in landed_cost(replace(FULL, finance_rate=D("0.06"), finance_days=45)).steps:
        so_far += step.amount or D(0)
        assert step.total == so_far


def test_a_us_duty_is_taken_before_freight_and_a_european_one_after():
    """FOB against CIF: the same rate costs more where freight and insurance are in the value."""
    us = amounts(replace(FULL, duties=(replace(EU, basis=CustomsBasis.FOB),)))
    eu = amounts(replace(FULL, duties=(EU,)))
    assert us[EU.name] == D("83.40")
    assert eu[EU.name] == D("85.38")


def test_c058_in_the_waterfall():
    cost = landed_cost(
        CostInputs(unit="USD/t", price=D(2450), premium=D(160), incoterm=Incoterm.CIF, duties=(EU,))
    )
    paid = next(s for s in cost.steps if s.name == EU.name)
    assert paid.total == D("2688.30")


@pytest.mark.parametrize(
    ("incoterm", "left"),
    [
        (Incoterm.EXW, {"origin_inland", "freight", "insurance", "delivery", "duty"}),
        (Incoterm.FOB, {"freight", "insurance", "delivery", "duty"}),
        (Incoterm.CFR, {"insurance", "delivery", "duty"}),
        (Incoterm.CIF, {"delivery", "duty"}),
        (Incoterm.DAP, {"duty"}),
        (Incoterm.DDP, set()),
    ],
)
def test_what_an_incoterm_leaves_to_the_buyer(incoterm: Incoterm, left: set[str]):
    assert leaves_to_buyer(incoterm) == left


def test_what_is_not_given_stays_open_and_is_never_zero():
    cost = landed_cost(replace(FULL, freight=None))
    assert not cost.complete
    assert amounts(replace(FULL, freight=None))["freight"] is None
    assert cost.notes == ("at least: freight not given",)


def test_a_duty_on_a_border_value_that_is_not_known_stays_open_too():
    cost = landed_cost(replace(FULL, freight=None, duties=(EU,)))
    assert "common customs tariff" in cost.notes[0]
    assert cost.duty == 0
    assert cost.customs_value is None


def test_freight_inside_a_cif_price_leaves_the_us_customs_value_when_it_is_known():
    known = replace(FULL, incoterm=Incoterm.CIF)
    assert landed_cost(known).customs_value == D(2600) + D(180) - D(66)
    unknown = landed_cost(replace(known, freight=None, insurance=None))
    assert unknown.customs_value == D(2780)
    assert "upper bound" in unknown.notes[0]


def test_under_ddp_the_seller_bears_the_duty():
    cost = landed_cost(replace(FULL, incoterm=Incoterm.DDP))
    assert cost.total == D(2780)
    assert cost.duty == 0
    assert "DDP" in cost.notes[0]


def test_carriage_after_the_border_is_in_no_customs_value():
    cost = landed_cost(replace(FULL, incoterm=Incoterm.DAP, duties=(EU,)))
    assert cost.customs_value == D(2780) - D(90)


def test_finance_is_simple_interest_on_all_that_is_paid():
    cost = landed_cost(replace(FULL, finance_rate=D("0.06"), finance_days=30))
    assert cost.total == D(3631) + D(3631) * D("0.06") * 30 / 360


def test_losses_make_each_tonne_that_arrives_dearer():
    cost = landed_cost(replace(FULL, losses=D("0.02")))
    assert abs(cost.total - D(3631) / D("0.98")) < D("1e-20")


def test_a_specific_duty_is_money_by_weight():
    duty = Charge(name="lead ore", specific=D(11))
    assert landed_cost(replace(FULL, duties=(duty,))).duty == D(11)


def test_a_duty_on_the_exchange_price_alone_is_the_shorthand_of_traders():
    duty = replace(DUTY, basis=CustomsBasis.EXCHANGE, rate=D("0.5"))
    assert landed_cost(replace(FULL, price=D(2850), duties=(duty,))).duty == D(1425)


def test_before_and_after_a_step_of_duty():
    """10 % to 25 % in March 2025: the duty moves, and finance on it; nothing else does."""
    base = replace(FULL, finance_rate=D("0.05"), finance_days=60)
    before = landed_cost(replace(base, duties=(replace(DUTY, rate=D("0.10")),)))
    after = landed_cost(base)
    moved = {c.name: c.difference for c in changes(before, after) if c.difference}
    assert set(moved) == {"Section 232", "finance", "landed cost"}
    assert moved["Section 232"] == D(417)
    assert moved["landed cost"] == moved["Section 232"] + moved["finance"]


def test_a_new_measure_stands_where_it_comes_in():
    before = landed_cost(FULL)
    after = landed_cost(replace(FULL, duties=(DUTY, Charge(name="IEEPA", rate=D("0.1")))))
    names = [c.name for c in changes(before, after)]
    assert names.index("IEEPA") == names.index("Section 232") + 1
    assert next(c for c in changes(before, after) if c.name == "IEEPA").before is None


def test_any_unit_and_currency():
    cost = landed_cost(FULL)
    cents = in_unit(cost, "USc/lb")
    assert round(cents.total, 2) == D("164.70")
    assert [s.name for s in cents.steps] == [s.name for s in cost.steps]
    euros = in_unit(cost, "EUR/t", rate=D("0.9248"))
    assert euros.total == cost.total * D("0.9248")
    assert "0.9248" in euros.notes[-1]
    with pytest.raises(MeasureError):
        changes(cost, cents)


@pytest.mark.parametrize(
    "wrong",
    [
        {"price": D(0)},
        {"freight": D(-1)},
        {"losses": D(1)},
        {"finance_days": -1},
        {"duties": (DUTY, DUTY)},
        {"duties": (Charge(name="neither"),)},
        {"duties": (Charge(name="both", rate=D("0.1"), specific=D(1)),)},
        {"duties": (replace(DUTY, rate=D("-0.1")),)},
    ],
)
def test_inputs_that_cannot_be_are_refused(wrong: dict[str, object]):
    with pytest.raises(MeasureError):
        landed_cost(replace(FULL, **wrong))


def test_a_customs_value_at_the_border_needs_freight_and_insurance():
    assert customs_value(D(100), CustomsBasis.CIF, freight=D(5), insurance=D(1)) == D(106)
    assert customs_value(D(100), CustomsBasis.FOB) == D(100)
    with pytest.raises(MeasureError, match="freight and insurance"):
        customs_value(D(100), CustomsBasis.CIF, freight=D(5))


RATES = st.decimals("0", "2", places=3)


@given(RATES, RATES, st.sampled_from(sorted(Incoterm)), st.sampled_from(sorted(CustomsBasis)))
def test_more_duty_never_costs_less(one, other, incoterm, basis):
    low, high = sorted((one, other))
    costs = [
        landed_cost(
            replace(FULL, incoterm=incoterm, duties=(replace(DUTY, rate=rate, basis=basis),))
        ).total
        for rate in (low, high)
    ]
    assert costs[0] <= costs[1]


@given(st.decimals("0.01", "1000", places=2), RATES)
def test_ten_times_the_money_is_ten_times_the_cost(scale, rate):
    def times(factor: Decimal) -> CostInputs:
        return replace(
            FULL,
            price=FULL.price * factor,
            premium=FULL.premium * factor,
            freight=D(60) * factor,
            insurance=D(6) * factor,
            delivery=D(90) * factor,
            duties=(replace(DUTY, rate=rate),),
        )

    one, many = landed_cost(times(D(1))).total, landed_cost(times(scale)).total
    assert abs(many - one * scale) <= many * D("1e-28")


@given(st.decimals("0", "500", places=2), st.sampled_from(sorted(Incoterm)))
def test_the_steps_add_up_whatever_the_incoterm(freight, incoterm):
    cost = landed_cost(replace(FULL, freight=freight, incoterm=incoterm, origin_inland=D(20)))
    assert sum((s.amount or D(0) for s in cost.steps), D(0)) == cost.total
