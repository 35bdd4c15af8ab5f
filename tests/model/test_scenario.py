"""Changes and ranges refuse what cannot be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from lodewire.errors import ScenarioError
from lodewire.model.ranges import Range, Shape
from lodewire.model.scenario import Ban, NewSupplier, Outage, Quota, Scenario, Substitution


def test_a_range_shows_its_mode_or_its_middle():
    assert Range.triangular("1", "2", "9").value == 2
    assert Range.uniform("1", "2").value == Decimal("1.5")
    assert Range.fixed("7").words == "7"
    assert Range.pert("100", "200", "1000").words == "100..200..1000"


@pytest.mark.parametrize(
    ("low", "mode", "high", "shape", "says"),
    [
        ("3", "2", "4", Shape.TRIANGULAR, "does not rise"),
        ("5", None, "4", Shape.UNIFORM, "does not rise"),
        ("1", None, "4", Shape.PERT, "likeliest"),
        ("1", "2", "4", Shape.FIXED, "no fixed"),
        ("NaN", "2", "4", Shape.PERT, "finite"),
        ("1", "2", "Infinity", Shape.PERT, "finite"),
    ],
)
def test_a_range_that_is_none_is_refused(low, mode, high, shape, says):
    with pytest.raises(ScenarioError, match=says):
        Range(
            low=Decimal(low),
            mode=None if mode is None else Decimal(mode),
            high=Decimal(high),
            shape=shape,
        )


def test_shares_lie_between_none_and_all_and_nothing_is_below_zero():
    with pytest.raises(ScenarioError, match="more than all"):
        Ban(country="CN", leakage=Range.uniform("0", "1.1"))
    with pytest.raises(ScenarioError, match="more than all"):
        Outage(country="CN", lost=Range.fixed(30))
    with pytest.raises(ScenarioError, match="below zero"):
        NewSupplier(country="NA", tonnes=Range.uniform("-1", "5"))
    assert Outage(country="CN", lost=Range.fixed(30), unit="t").lost.value == 30


def test_a_change_holds_from_its_first_to_its_last_day():
    share = Substitution(share=Range.fixed("0.1"), start=date(2028, 1, 1), end=date(2028, 12, 31))
    days = [date(2027, 12, 31), date(2028, 1, 1), date(2028, 12, 31), date(2029, 1, 1)]
    assert [share.holds_on(d) for d in days] == [False, True, True, False]
    with pytest.raises(ScenarioError, match="cannot end"):
        Substitution(share=Range.fixed("0.1"), start=date(2028, 1, 2), end=date(2028, 1, 1))


def test_changes_are_combined_in_the_order_of_kinds_then_of_the_list():
    ban = Ban(country="CN", leakage=Range.fixed(0))
    quota = Quota(country="CN", cap=Range.fixed(5))
    first = Outage(country="CN", lost=Range.fixed("0.1"))
    second = Outage(country="MM", lost=Range.fixed("0.1"))
    told = Scenario(
        name="all", commodity="tin", stage="mining", changes=(ban, second, quota, first)
    )
    assert [c for _, c in told.on(date(2030, 1, 1))] == [second, first, quota, ban]
