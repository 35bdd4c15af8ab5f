"""Intervals: what printed numbers leave open, and claims that hold only through rounding."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.analytics.given import given as given_figure
from lodewire.analytics.given import rounded
from lodewire.analytics.intervals import (
    Agreement,
    Interval,
    around,
    change_in_percent,
    compare,
    decimal_of,
    exactly,
    of_figure,
    printed,
    total,
)
from lodewire.errors import MeasureError

ends = st.decimals(-1000, 1000, places=3)
intervals = st.tuples(ends, ends).map(lambda e: Interval(min(e), max(e)))


@pytest.mark.parametrize(
    ("text", "digits", "low", "high"),
    [
        ("0.9", None, "0.85", "0.95"),
        ("19100", 3, "19050", "19150"),
        ("824", 3, "823.5", "824.5"),
        ("45", 3, "44.5", "45.5"),
        ("4050", None, "4049.5", "4050.5"),
    ],
)
def test_a_printed_number_stands_for_all_that_round_to_it(text, digits, low, high):
    assert printed(text, digits=digits) == Interval(Decimal(low), Decimal(high))


def test_a_claim_that_holds_only_through_rounding_is_told_apart():
    """The USGS (MCS 2025, rare earths) says 11 % less: $170 million against $186 million."""
    change = change_in_percent(around(186, "0.5"), around(170, 5))
    value = change_in_percent(exactly(186), exactly(170)).low
    assert [round(e, 1) for e in (change.low, change.high)] == [Decimal("-11.5"), Decimal("-5.7")]
    assert compare(printed("-11"), value, change) is Agreement.ONLY_WITH_ROUNDING
    assert compare(printed("-9"), value, change) is Agreement.CONSISTENT
    assert compare(printed("-15"), value, change) is Agreement.INCONSISTENT


@given(intervals, intervals, st.sampled_from([0, Decimal("0.3"), 1]), st.sampled_from([0, 1]))
def test_arithmetic_holds_every_pair_of_values(a, b, part, end):
    x = a.low + (a.high - a.low) * part
    y = b.high if end else b.low
    assert x + y in a + b
    assert x - y in a - b
    assert x * y in a * b
    if Decimal(0) not in b:
        slack = Decimal("1e-18")
        ratio = a / b
        assert ratio.low - slack <= x / y <= ratio.high + slack


def test_states_leave_open_what_they_say():
    assert of_figure(given_figure("imports", ">50")) == Interval(Decimal(50), Decimal("Infinity"))
    assert of_figure(given_figure("imports", "<25")) == Interval(Decimal(0), Decimal(25))
    withheld = given_figure("imports", "W")
    assert withheld.state == "withheld"
    assert of_figure(withheld).high.is_infinite()
    assert of_figure(given_figure("stock_draw", 0), digits=3).exact


def test_a_share_of_nothing_of_an_open_amount_is_nothing():
    assert Interval(Decimal(0), Decimal(0)) * Interval(Decimal(0), Decimal("Infinity")) == exactly(
        0
    )
    assert exactly(1) / Interval(Decimal(2), Decimal("Infinity")) == Interval(
        Decimal(0), Decimal("0.5")
    )


def test_the_sum_of_nothing_is_zero_and_clipping_moves_both_ends():
    assert total([]) == exactly(0)
    assert Interval(Decimal(-1), Decimal(2)).clipped(0, 1) == Interval(Decimal(0), Decimal(1))
    assert Interval(Decimal(1), Decimal(3)).middle == 2
    assert Interval(Decimal(1), Decimal("Infinity")).middle is None


@pytest.mark.parametrize("bad", ["", "12 t", "nan", "inf", True, "1,5"])
def test_what_is_no_number_is_refused_with_a_hint(bad):
    with pytest.raises(MeasureError) as told:
        decimal_of(bad)
    assert told.value.hint


def test_division_by_what_may_be_zero_is_refused():
    with pytest.raises(MeasureError, match="holds zero"):
        exactly(1) / Interval(Decimal(-1), Decimal(1))
    with pytest.raises(MeasureError, match="backwards"):
        Interval(Decimal(2), Decimal(1))
    with pytest.raises(MeasureError, match="percent"):
        change_in_percent(exactly(0), exactly(1))
    with pytest.raises(MeasureError, match="digits"):
        printed(5, digits=0)


def test_small_numbers_keep_their_digits():
    assert rounded(Decimal("0.00032304567")) == Decimal("0.000323046")
    assert rounded(Decimal(0)) == 0
    assert rounded(Decimal("1234.56789012")) == Decimal("1234.567890")
