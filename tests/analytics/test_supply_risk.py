"""The EU's supply risk and economic importance, and the variants that are wrong."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.analytics.intervals import Interval, printed
from lodewire.analytics.supply_risk import SectorUse, Supply, economic_importance, supply_risk
from lodewire.errors import MeasureError

# European Commission, study of 2017, tables 3 and 18.
ANTIMONY = {
    "global_hhi": "7.1",
    "eu_hhi": "5.7",
    "import_reliance": "100",
    "recycling_rate": "28",
    "substitution_index": "0.9",
}
TUNGSTEN = {
    "global_hhi": "7.5",
    "eu_hhi": "1.9",
    "import_reliance": "44",
    "recycling_rate": "42",
    "substitution_index": "1.0",
}


def within(measure, published: str) -> bool:
    return printed(published).overlaps(Interval(measure.low, measure.high))


def test_published_risks_are_reproduced_within_the_rounding_of_their_inputs():
    assert within(supply_risk(**ANTIMONY), "4.3")
    assert within(supply_risk(**TUNGSTEN), "1.8")
    beryllium = supply_risk(
        global_hhi="2.4", recycling_rate="0", substitution_index="1.0", supply=Supply.GLOBAL
    )
    assert beryllium.value == Decimal("2.4")
    cork = supply_risk(eu_hhi="1.3", recycling_rate="8", substitution_index="0.9", supply=Supply.EU)
    assert within(cork, "1.1")
    assert cork.note == "EUS only"


@pytest.mark.parametrize(
    "wrong",
    [
        {"import_reliance": "88"},  # IR in the place of IR/2
        {"global_hhi": "1.9", "eu_hhi": "7.5"},  # the mixes swapped
        {"recycling_rate": "0"},  # no recycling
    ],
)
def test_wrong_variants_miss_the_published_risk_of_tungsten(wrong):
    assert not within(supply_risk(**(TUNGSTEN | wrong)), "1.8")


def test_the_value_is_the_formula_at_the_printed_inputs():
    risk = supply_risk(**ANTIMONY)
    assert risk.value == Decimal("4.1472")
    assert supply_risk(**ANTIMONY, rounded_inputs=False).low == Decimal("4.1472")


def test_an_input_that_the_variant_uses_may_not_be_missing():
    for name in ANTIMONY:
        told = supply_risk(**(ANTIMONY | {name: None}))
        assert (told.value, told.low, told.high) == (None, None, None)
        assert "not available" in told.note
    only = supply_risk(
        global_hhi="2.4", recycling_rate="0", substitution_index="1", supply=Supply.GLOBAL
    )
    assert only.value is not None


@pytest.mark.parametrize(
    "wrong",
    [{"global_hhi": "710"}, {"import_reliance": "101"}, {"substitution_index": "9"}],
)
def test_an_input_outside_its_range_is_an_error(wrong):
    with pytest.raises(MeasureError, match="outside"):
        supply_risk(**(ANTIMONY | wrong))


parts = st.integers(0, 100)


@given(parts, parts, parts, parts, parts)
def test_bounds_hold_and_recycling_lowers_the_risk(gs, eus, ir, eol, si):
    inputs = {
        "global_hhi": Decimal(gs) / 10,
        "eu_hhi": Decimal(eus) / 10,
        "import_reliance": ir,
        "substitution_index": Decimal(si) / 100,
    }
    risk = supply_risk(**inputs, recycling_rate=eol)
    assert 0 <= risk.low <= risk.value <= risk.high <= 10  # type: ignore[operator]
    more = supply_risk(**inputs, recycling_rate=min(eol + 5, 100))
    assert more.value <= risk.value  # type: ignore[operator]


def test_economic_importance_weighs_sectors_and_scales_by_the_largest():
    uses = [
        SectorUse(sector="C24", share=Decimal("0.6"), value_added=Decimal(55_000)),
        SectorUse(sector="C26", share=Decimal("0.4"), value_added=Decimal(75_000)),
    ]
    told = economic_importance(uses, largest_value_added=150_000, substitution_index="0.9")
    assert told.value == Decimal("3.78")  # 10 * (33,000 + 30,000) / 150,000 * 0.9
    assert told.coverage == 1
    part = economic_importance(uses[:1], largest_value_added=150_000, substitution_index="0.9")
    assert part.coverage == Decimal("0.6")
    assert part.low < told.value < part.high  # type: ignore[operator]
    without = economic_importance(uses, largest_value_added=150_000, substitution_index=None)
    assert without.value is None
    assert "SI_EI" in without.note
    twice = economic_importance([*uses, uses[0]], largest_value_added=150_000, substitution_index=1)
    assert "more than the whole" in twice.note
    with pytest.raises(MeasureError):
        economic_importance([], largest_value_added=1, substitution_index=1)
