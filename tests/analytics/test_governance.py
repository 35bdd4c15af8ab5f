"""Governance: normalising, weighing, and never taking the missing for the best."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.analytics.given import given_figures
from lodewire.analytics.governance import TradeTerms, normalise_wgi, weighted_hhi
from lodewire.errors import MeasureError


def shares(values, unit="1"):
    return given_figures(values, measured="share", unit=unit)


@pytest.mark.parametrize(
    ("estimate", "risk"),
    [("-2.7505641", "1"), ("2.6", "0"), ("0", "0.5"), ("-2.5", "1"), ("1", "0.3")],
)
def test_estimates_become_risks_and_are_cut(estimate, risk):
    assert normalise_wgi(estimate) == Decimal(risk)


def test_what_is_missing_stays_missing():
    assert normalise_wgi(None) is None


@given(st.decimals(-4, 4, places=3), st.decimals(-4, 4, places=3))
def test_better_governance_is_never_more_risk(a, b):
    low, high = sorted((a, b))
    assert 0 <= normalise_wgi(high) <= normalise_wgi(low) <= 1  # type: ignore[operator]


def test_tantalum_of_the_eu_is_bounded_by_its_largest_source():
    """EC 2017, page 42: Nigeria .81 at W 6.92 gives 4.540 of 4.6; the others are not stated."""
    told = weighted_hhi(shares({"NG": ".81", "RW": ".14", "CN": ".05"}), {"NG": "6.92"})
    assert told.value is None
    assert told.low == round(Decimal("0.81") ** 2 * Decimal("6.92"), 6)
    assert told.low < Decimal("4.6") < told.high  # type: ignore[operator]
    assert told.coverage == Decimal("0.81")
    assert told.note == "no governance estimate: CN, RW"


def test_trade_raises_and_membership_lowers_the_weight():
    listed, weights = shares({"CN": ".6", "FR": ".4"}), {"CN": 5, "FR": 3}
    plain = weighted_hhi(listed, weights).value
    taxed = weighted_hhi(
        listed,
        weights,
        {
            "CN": TradeTerms(tax=Decimal("1.1"), quota=Decimal("1.3")),
            "FR": TradeTerms(eu_member=True),
        },
    )
    assert plain == Decimal("2.28")
    assert taxed.value == Decimal("0.36") * 5 * Decimal("1.3") + Decimal("0.16") * 3 * Decimal(
        "0.8"
    )
    assert weighted_hhi(listed, weights, {"CN": "1.3", "FR": "0.8"}).value == taxed.value
    assert TradeTerms().parameter == 1


def test_amounts_are_divided_by_their_sum_and_published_shares_are_not():
    made = given_figures({"CN": 60, "FR": 20, "OTHER": 20, "WORLD": 100})
    told = weighted_hhi(made, {"CN": 5, "FR": 3})
    assert told.value == Decimal("0.36") * 5 + Decimal("0.04") * 3
    assert told.high == told.value + Decimal("0.04") * 10  # type: ignore[operator]
    assert told.coverage == Decimal("0.8")
    odd = weighted_hhi(shares({"CN": "60", "FR": "20"}, "%"), {"CN": 5, "FR": 3})
    assert odd.value == told.value


def test_cells_that_are_bounds_or_missing():
    told = weighted_hhi(shares({"CN": "90", "RU": "<1"}, "%"), {"CN": 5, "RU": 7})
    assert told.value is None
    assert told.low == Decimal("4.05")
    for values in ({"CN": "90", "RU": "W"}, {"CN": "90", "RU": "30"}, {"CN": "0"}):
        refused = weighted_hhi(shares(values, "%"), {"CN": 5, "RU": 7})
        assert (refused.value, refused.low, refused.high) == (None, None, None)
        assert refused.note
    assert "not known: RU" in weighted_hhi(given_figures({"CN": 5, "RU": "W"}), {"CN": 5}).note


def test_wrong_scales_are_errors():
    with pytest.raises(MeasureError, match="outside"):
        weighted_hhi(shares({"CN": 1}), {"CN": 5}, scale=1)
    with pytest.raises(MeasureError, match="trade parameter"):
        weighted_hhi(shares({"CN": 1}), {"CN": 5}, {"CN": "0.5"})
    with pytest.raises(MeasureError, match="two figures"):
        weighted_hhi([*shares({"CN": ".5"}), *shares({"CN": ".5"})], {"CN": 5})
    with pytest.raises(MeasureError, match="no shares"):
        weighted_hhi([], {})


@given(st.lists(st.tuples(st.integers(1, 100), st.integers(0, 10)), min_size=1, max_size=6))
def test_the_missing_lie_between_best_and_worst(told):
    made = given_figures({f"{chr(65 + n)}A": a for n, (a, _) in enumerate(told)})
    weights = {f"{chr(65 + n)}A": w for n, (_, w) in enumerate(told)}
    whole = weighted_hhi(made, weights)
    part = weighted_hhi(made, {c: w for c, w in weights.items() if c != "AA"})
    assert part.value is None
    assert part.low <= whole.value <= part.high  # type: ignore[operator]
    assert 0 <= whole.value <= 10  # type: ignore[operator]
