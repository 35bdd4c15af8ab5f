"""Months out of their own history, with the events of the time, or the word that there are none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.analytics.trends.anomalies import DatedEvent, find_anomalies, robust_z
from lodewire.errors import MeasureError
from tests.analytics.trends.made import points, walk

JUMP = 50  # the month that jumps: March 2004


def jumped() -> list[float]:
    values = walk(80, sigma=0.03)
    return [v * (1.6 if at >= JUMP else 1) for at, v in enumerate(values)]


def event(day: date, title: str = "A mine stops") -> DatedEvent:
    return DatedEvent(event=f"evt_{day}", day=day, title=title)


def test_the_worked_example_of_the_robust_z():
    """0.6745 × 6 / 1; with the mean and standard deviation it would be 3.79."""
    assert robust_z(0.06, [-0.02, -0.01, 0, 0.01, 0.02]) == Decimal("4.047")
    assert robust_z(0.06, [0.01, 0.01, 0.01, 0.05]) is None


def test_a_jump_is_found_with_the_events_of_its_window():
    told = [event(date(2004, 2, 20)), event(date(2004, 3, 31)), event(date(2004, 4, 1))]
    found = find_anomalies(points(jumped()), told)
    (jump,) = [a for a in found.anomalies if a.period == "2004-03"]
    assert jump.z > Decimal("3.5")
    assert jump.change > Decimal("0.4")
    assert [e.day for e in jump.events] == [date(2004, 2, 20), date(2004, 3, 31)]
    assert jump.explanation == "2 events fall in this time; that they are the cause is not shown"
    assert jump.usual[0] < 0 < jump.usual[1]


def test_without_an_event_there_is_no_explanation_and_it_says_so():
    (jump,) = [a for a in find_anomalies(points(jumped()), []).anomalies if a.period == "2004-03"]
    assert jump.explanation == "no explanation: no event of the ledger falls in this time"
    (jump,) = [a for a in find_anomalies(points(jumped())).anomalies if a.period == "2004-03"]
    assert jump.explanation == "no ledger was asked for the events of this time"


def test_the_future_takes_no_part():
    """What comes after a month changes nothing about it."""
    short = find_anomalies(points(jumped()[: JUMP + 1]))
    whole = find_anomalies(points(jumped()))
    assert [a for a in whole.anomalies if a.period <= "2004-03"] == list(short.anomalies)


def test_contract_prices_that_never_move_have_no_z():
    found = find_anomalies(points([100] * 60 + [150]))
    assert found.anomalies == ()
    assert found.blind > 0
    assert "could not be judged" in found.note


def test_a_short_series_says_that_nothing_was_judged():
    found = find_anomalies(points(walk(20)))
    assert (found.anomalies, found.judged) == ((), 0)
    assert "fewer than 24 changes" in found.note
    with pytest.raises(MeasureError):
        find_anomalies(points(walk(20)), least=3)


@settings(deadline=None)  # a loaded machine is no fault of the method
@given(st.integers(0, 50))
def test_ordinary_months_are_seldom_anomalies(seed: int):
    """Of months of a random walk fewer than one in twenty-five lies beyond 3.5."""
    found = find_anomalies(points(walk(120, seed=seed)))
    assert len(found.anomalies) <= found.judged / 25 + 1


@given(st.lists(st.floats(-0.5, 0.5), min_size=8, max_size=40), st.floats(-0.5, 0.5))
def test_z_follows_the_value(past: list[float], value: float):
    low, high = robust_z(value, past), robust_z(value + 0.1, past)
    assert (low is None) == (high is None)
    if low is not None and high is not None:
        assert high >= low
