"""Forecasts with intervals, and how they are held against the naive one."""

from __future__ import annotations

import math
import subprocess
import sys
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.analytics.trends.backtest import NAIVE, Verdict, backtest, equal_accuracy
from lodewire.analytics.trends.forecasts import METHODS, forecast_price, naive, usable_logs
from lodewire.errors import MeasureError
from tests.analytics.trends.made import points, walk

D = Decimal
SERIES = points(walk(120))


@pytest.mark.parametrize("method", METHODS)
def test_every_method_gives_nested_intervals_around_its_middle(method: str):
    told = forecast_price(SERIES, 6, method)
    assert [s.period for s in told.steps] == [f"2010-{m:02}" for m in range(1, 7)]
    assert (told.made_after, told.months) == ("2009-12", 120)
    for step in told.steps:
        inner, outer = step.intervals
        assert outer.low < inner.low < step.value < inner.high < outer.high
        assert (inner.level, outer.level) == (D("0.8"), D("0.95"))
    widths = [s.intervals[0].high / s.intervals[0].low for s in told.steps]
    assert all(b >= a * D("0.9999") for a, b in pairwise(widths))


@pytest.mark.parametrize("method", METHODS)
def test_a_forecast_does_not_depend_on_the_unit(method: str):
    first = forecast_price(SERIES, 3, method)
    other = forecast_price(points([v * 1000 for v in walk(120)]), 3, method)
    for a, b in zip(first.steps, other.steps, strict=True):
        assert float(b.value) == pytest.approx(float(a.value) * 1000, rel=2e-3)


@pytest.mark.parametrize("method", METHODS)
def test_a_forecast_is_the_same_each_time(method: str):
    assert forecast_price(SERIES, 6, method) == forecast_price(SERIES, 6, method)


def test_the_worked_example_of_the_naive_interval():
    """The interval widens with the root of the step, not with the step."""
    logs = [0.1 * (at % 2) for at in range(41)]
    ((_, _), (middle, ends)) = naive(logs, 2, (0.8,))
    assert middle == logs[-1]
    low, high = (math.exp(end - middle) for end in ends[0])
    assert (low, high) == (pytest.approx(0.834, abs=5e-4), pytest.approx(1.199, abs=5e-4))


def test_the_seasonal_naive_forecast_repeats_the_last_year():
    values = [100 + at % 12 for at in range(60)]
    told = forecast_price(points(values), 14, "seasonal_naive/1")
    assert [s.value for s in told.steps] == [D(100 + at % 12) for at in range(14)]


def test_theta_sees_a_season_that_is_strong():
    values = [1000 * (1 + 0.3 * math.sin(at * math.pi / 6)) for at in range(120)]
    told = forecast_price(points(values), 12, "theta/1")
    for at, step in enumerate(told.steps):
        assert float(step.value) == pytest.approx(values[at], rel=0.05)


def test_only_the_months_after_the_last_gap_are_used():
    values: list[float | None] = [*walk(60), None, *walk(40, seed=3)]
    logs, last = usable_logs(points(values))
    assert len(logs) == 40
    assert forecast_price(points(values), 1, NAIVE).made_after == last


def test_what_cannot_be_forecast_is_refused():
    for call, told in (
        (lambda: forecast_price(points(walk(30)), 6), "36 months"),
        (lambda: forecast_price(SERIES, 0), "0 months"),
        (lambda: forecast_price(SERIES, 25), "25 months"),
        (lambda: forecast_price(SERIES, 6, "oracle/1"), "oracle"),
        (lambda: forecast_price(points([*walk(60), -3]), 6), "no logarithm"),
        (lambda: backtest(points(walk(48)), 6), "back-test"),
    ):
        with pytest.raises(MeasureError, match=told):
            call()


def test_on_a_random_walk_no_model_is_called_better():
    """Nothing beats the last value of a random walk; the intervals hold what they promise."""
    told = backtest(points(walk(240, seed=11)), 3)
    assert told.origins == 48
    assert all(s.verdict is not Verdict.BETTER for s in told.scores)
    covered = dict(told.of(NAIVE).covered)
    assert covered[D("0.8")] >= D("0.65")
    assert covered[D("0.95")] >= D("0.85")
    assert told.of(NAIVE).skill == 0


def test_on_a_clear_season_the_seasonal_methods_are_called_better():
    values = [
        v * (1 + 0.3 * math.sin(at * math.pi / 6)) for at, v in enumerate(walk(240, sigma=0.01))
    ]
    told = backtest(points(values), 3)
    assert told.of("theta/1").verdict is Verdict.BETTER
    assert told.of("theta/1").mase < told.of(NAIVE).mase
    assert told.of("seasonal_naive/1").verdict is Verdict.BETTER


def test_a_back_test_never_sees_what_it_is_held_against():
    """A change of the last months alters no forecast made before them: the first steps stay."""
    values = walk(120)
    changed = [*values[:-1], values[-1] * 3]
    first = backtest(points(values), 1, (NAIVE,), origins=24).of(NAIVE)
    other = backtest(points(changed), 1, (NAIVE,), origins=24).of(NAIVE)
    assert other.mase > first.mase
    known = usable_logs(points(values))[0][:-1]
    assert naive(known, 1, (0.8,)) == naive(usable_logs(points(changed))[0][:-1], 1, (0.8,))


def test_mase_is_scaled_by_the_one_month_change_of_the_months_before():
    """Prices that move by one each month: one step ahead the naive error is the scale itself."""
    values = [100 + at % 2 for at in range(100)]
    assert backtest(points(values), 1, (NAIVE,)).of(NAIVE).mase == 1
    rising = [100 + at for at in range(100)]
    assert backtest(points(rising), 3, (NAIVE,)).of(NAIVE).mase_by_step == (1, 2, 3)


@given(st.lists(st.floats(-1, 1), min_size=12, max_size=60), st.integers(1, 6))
@settings(max_examples=60)
def test_the_p_value_is_a_probability_and_has_two_sides(losses: list[float], horizon: int):
    p = equal_accuracy(losses, horizon)
    if p is not None:
        assert 0 <= p <= 1
        assert p == pytest.approx(equal_accuracy([-v for v in losses], horizon))


def test_equal_losses_have_no_p_and_unlike_ones_a_small_one():
    assert equal_accuracy([0.3] * 48, 1) is None
    steady = [1 + 0.1 * math.sin(at) for at in range(48)]
    assert (equal_accuracy(steady, 1) or 0) < 0.001


def test_without_the_library_the_naive_forecasts_work(monkeypatch: pytest.MonkeyPatch):
    for name in ("statsmodels.tsa.forecasting.theta", "statsmodels.tsa.exponential_smoothing.ets"):
        monkeypatch.setitem(sys.modules, name, None)
    assert forecast_price(SERIES, 3, NAIVE).steps
    for method in ("theta/1", "ets/1"):
        with pytest.raises(MeasureError, match="statsmodels") as refused:
            forecast_price(SERIES, 3, method)
        assert "lodewire[forecast]" in (refused.value.hint or "")


def test_the_library_is_loaded_late():
    code = "import sys, lodewire.workbench.market.trends; sys.exit('statsmodels' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
