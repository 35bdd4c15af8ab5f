"""Averages, volatility, spreads, the usual year: published formulas, gaps kept as gaps."""

from __future__ import annotations

import math
from decimal import Decimal
from statistics import pstdev, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.analytics.trends.seasons import usual_year
from lodewire.analytics.trends.series import (
    every_month,
    log_returns,
    moving_average,
    premium_part,
    spread,
    volatility,
)
from lodewire.errors import MeasureError
from tests.analytics.trends.made import points, walk

D = Decimal
PRICES = st.floats(1, 1e5, allow_nan=False)


def test_volatility_is_the_sample_deviation_of_log_returns_times_the_root_of_twelve():
    """The worked example; without the root, or with n in place of n - 1, it is another number."""
    told = volatility(points([100, 110, 99, 108.9]), window=3)[-1].value
    returns = [math.log(1.1), math.log(0.9), math.log(1.1)]
    assert told == pytest.approx(D("0.401341"), abs=D("0.00001"))
    assert float(told) == pytest.approx(stdev(returns) * math.sqrt(12), abs=1e-6)
    assert float(told) != pytest.approx(stdev(returns), abs=1e-3)
    assert float(told) != pytest.approx(pstdev(returns) * math.sqrt(12), abs=1e-3)


def test_a_missing_month_is_never_bridged():
    series = points([100, 110, None, 120, 130])
    assert [p for p, _ in log_returns(series)] == ["2000-02", "2000-05"]
    assert [r.value for r in moving_average(series, 2)] == [None, D("105"), None, None, D("125")]
    assert every_month(series)[2].value is None
    assert all(r.value is None for r in volatility(series, window=3))


@given(st.lists(PRICES, min_size=14, max_size=40), st.floats(0.01, 1000))
def test_volatility_does_not_depend_on_the_unit(values: list[float], scale: float):
    first = volatility(points(values))[-1].value
    other = volatility(points([v * scale for v in values]))[-1].value
    assert first is not None
    assert other is not None
    assert float(first) == pytest.approx(float(other), rel=1e-4, abs=1e-5)


@given(st.lists(PRICES, min_size=3, max_size=30))
def test_an_average_lies_between_the_lowest_and_the_highest(values: list[float]):
    for at, month in enumerate(moving_average(points(values), 3)):
        if at >= 2:
            window = [D(str(v)) for v in values[at - 2 : at + 1]]
            assert month.value is not None
            assert min(window) - D("0.00001") <= month.value <= max(window) + D("0.00001")


def test_a_spread_needs_one_unit_and_tells_its_part():
    found = spread(points([110, 121]), points([100, 110]))
    assert [(s.value, s.part) for s in found] == [(D(10), D("0.1")), (D(11), D("0.1"))]
    with pytest.raises(MeasureError, match="USD/lb"):
        spread(points([1], unit="USD/lb"), points([1]))
    with pytest.raises(MeasureError, match="no prices"):
        spread((), points([1]))


def test_a_premium_is_told_as_a_part_of_its_price():
    found = premium_part(points([180, 200]), points([2400, None, 2500]))
    assert [(s.period, s.value, s.part) for s in found] == [("2000-01", D(180), D("0.075"))]


def test_series_that_do_not_belong_together_are_refused():
    with pytest.raises(MeasureError, match="twice"):
        every_month((*points([1]), *points([2])))
    with pytest.raises(MeasureError, match="different unit"):
        every_month((*points([1]), *points([2], start=2001 * 12, unit="EUR/t")))
    for call in (lambda: moving_average(points([1]), 0), lambda: volatility(points([1]), 1)):
        with pytest.raises(MeasureError):
            call()


def seasonal(years: int, swing: float, noise: float) -> list[float]:
    base = walk(years * 12, sigma=noise)
    return [v * (1 + swing * math.sin(2 * math.pi * at / 12)) for at, v in enumerate(base)]


def test_a_season_that_is_there_is_found_with_its_size():
    found = usual_year(points(seasonal(20, 0.2, 0.005)))
    top = max(found.months, key=lambda m: m.median)
    assert top.month == 4  # the sine of month 3 counted from zero
    assert float(top.median) == pytest.approx(1.2, abs=0.02)
    assert found.strength > D("0.9")
    assert all(m.low <= m.median <= m.high for m in found.months)
    assert sum(1 for m in found.months if m.latest is not None) == 12


def test_a_random_walk_has_no_season():
    assert usual_year(points(walk(240))).strength < D("0.15")


def test_the_usual_year_needs_three_years_and_prices_above_zero():
    with pytest.raises(MeasureError, match="3 years"):
        usual_year(points(walk(40)))
    with pytest.raises(MeasureError, match="above zero"):
        usual_year(points([*walk(59), -1]))
