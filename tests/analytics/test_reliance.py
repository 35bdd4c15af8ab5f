"""Reliance: forms of the USGS, sentinels kept as states, refusals instead of zeros."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.analytics.reliance import (
    NET_EXPORTER,
    apparent_consumption,
    net_import_reliance,
    published_reliance,
    reliance_from_consumption,
    reliance_variants,
    with_secondary,
)
from lodewire.errors import MeasureError

# Antimony 2022, USGS Mineral Commodity Summaries 2026: 81 %.
ANTIMONY = {"production": [586, 4100], "imports": [17000, 6510], "exports": [2430, 1230]}
amounts = st.integers(0, 10**6)


def test_antimony_of_2022_as_published():
    used = apparent_consumption(**ANTIMONY)
    relies = net_import_reliance(**ANTIMONY)
    assert used.value == 24536
    assert round(relies.value) == 81  # type: ignore[arg-type]
    assert relies.unit == "%"
    assert len(relies.inputs) == 7


def test_a_stock_draw_is_supply_and_a_build_is_not():
    """Copper 2023 (MCS 2026): 1,680 kt with stocks 44 up; taken the wrong way round 1,766."""
    flows = {"production": [843, 137], "imports": 771, "exports": 29}
    assert apparent_consumption(**flows, stock_draw=-44).value == 1678
    assert apparent_consumption(**flows, stock_draw=44).value == 1766


def test_secondary_production_lowers_reliance():
    primary = net_import_reliance(586, 23510, 3660)
    both = net_import_reliance([586, 4100], 23510, 3660)
    assert primary.value > both.value  # type: ignore[operator]
    assert with_secondary(97500, 156000).value == 253500


def test_the_two_forms_are_one_quantity():
    used = apparent_consumption(**ANTIMONY)
    again = reliance_from_consumption(used.value, ANTIMONY["production"])
    assert again.value == net_import_reliance(**ANTIMONY).value


def test_what_counts_as_made_at_home_gives_variants_side_by_side():
    """Cobalt 2023 (MCS 2024), published 67: mine output leaves as concentrate, uncounted."""
    total, secondary, primary = reliance_variants(6400, primary=500, secondary=2100)
    assert round(total.value) == 59  # type: ignore[arg-type]
    assert round(secondary.value) == 67  # type: ignore[arg-type]
    assert round(primary.value) == 92  # type: ignore[arg-type]
    assert total.name == "net_import_reliance_total"
    unknown, known, refused = reliance_variants(6400, primary="W", secondary=2100)
    assert (unknown.value, refused.value) == (None, None)
    assert known.value == secondary.value


def test_rounding_of_inputs_is_carried_in_both_directions():
    relies = net_import_reliance(**ANTIMONY, digits=3)
    assert relies.low < relies.value < relies.high  # type: ignore[operator]
    assert relies.high - relies.low < 1  # type: ignore[operator]
    used = apparent_consumption(**ANTIMONY, digits=3)
    assert used.high - used.value == 50 + 5 + 5 + 5 + 5 + Decimal("0.5")  # type: ignore[operator]


@pytest.mark.parametrize(
    ("cell", "value", "low", "high"),
    [
        ("84", 84, 84, 84),
        (">50", None, 50, 100),
        (">95", None, 95, 100),
        ("<25", None, 0, 25),
        ("E", None, None, 0),
        ("-12", -12, -12, -12),
    ],
)
def test_sentinels_stay_states(cell, value, low, high):
    told = published_reliance(cell)
    assert (told.value, told.low, told.high) == (value, low, high)
    assert told.note == (NET_EXPORTER if cell in ("E", "-12") else "")


@pytest.mark.parametrize(("cell", "says"), [("W", "withheld"), ("NA", "not available")])
def test_a_withheld_reliance_is_refused(cell, says):
    told = published_reliance(cell)
    assert (told.value, told.low, told.high) == (None, None, None)
    assert says in told.note


def test_withheld_is_not_zero():
    for told in (
        apparent_consumption("W", 100, 10),
        net_import_reliance(["W", 5], 100, 10),
        reliance_from_consumption("NA", 5),
        reliance_from_consumption(100, [5, None]),
        with_secondary(None, 5),
    ):
        assert (told.value, told.low, told.high) == (None, None, None)
        assert told.note
    assert net_import_reliance([0, 5], 100, 10).value is not None


def test_an_amount_known_within_bounds_bounds_the_reliance():
    """Production below 20: between 90/110 and all of it."""
    told = net_import_reliance("<20", 100, 10)
    assert told.value is None
    assert (round(told.low, 3), told.high) == (Decimal("81.818"), 100)  # type: ignore[arg-type]
    more = net_import_reliance(">20", 100, 10)
    assert (more.low, round(more.high, 3)) == (0, Decimal("81.818"))  # type: ignore[arg-type]


def test_a_net_exporter_is_told_as_one():
    told = net_import_reliance(100, 5, 40)
    assert told.value == Decimal("-53.846154")
    assert told.note == NET_EXPORTER


def test_consumption_of_nothing_has_no_reliance():
    assert "not above zero" in net_import_reliance(0, 5, 5).note
    assert "not above zero" in reliance_from_consumption(0, 5).note


def test_mixed_units_and_negative_amounts_are_errors():
    from lodewire.analytics.given import given as amount

    with pytest.raises(MeasureError, match="cannot be added"):
        apparent_consumption(amount("production", 5, unit="kt"), 5, 5)
    with pytest.raises(MeasureError, match="below zero"):
        apparent_consumption(5, -5, 5)


def test_flows_of_two_years_make_no_balance():
    from lodewire.reference.store import figures

    told = figures(commodity="antimony", country="US", measured="imports", vintage="MCS2024")
    years = {f.year for f in told}
    assert len(years) > 1
    with pytest.raises(MeasureError, match="different year"):
        apparent_consumption(5, told, 5)
    one = [f for f in told if f.year == 2022 and f.stage == "refining"]
    assert apparent_consumption(4100, one, 4240).value is not None
    with pytest.raises(MeasureError, match="reliance in"):
        published_reliance(one[0])


@given(amounts, amounts, amounts, st.integers(-1000, 1000))
def test_reliance_falls_with_production_and_does_not_mind_the_unit(made, came, left, stock):
    told = net_import_reliance(made, came, left, stock)
    if told.value is None:
        return
    scaled = net_import_reliance(made * 1000, came * 1000, left * 1000, stock * 1000)
    assert scaled.value == told.value
    more = net_import_reliance(made + 10, came, left, stock)
    if came - left + stock >= 0:
        assert more.value <= told.value  # type: ignore[operator]


@given(amounts, amounts, amounts)
def test_bounds_of_rounding_hold_the_value(made, came, left):
    told = net_import_reliance(made, came, left, digits=3)
    if told.value is not None:
        assert told.low <= told.value <= told.high  # type: ignore[operator]
