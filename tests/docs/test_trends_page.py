"""The worked examples of docs/methods/trends.md come out as written."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from pathlib import Path
from statistics import stdev

import pytest

from lodewire.analytics.trends.anomalies import robust_z
from lodewire.analytics.trends.backtest import NAIVE, backtest
from lodewire.analytics.trends.forecasts import naive
from lodewire.analytics.trends.series import log_returns, volatility
from lodewire.reference.prices import prices_of
from tests.analytics.trends.made import points

PAGE = (Path(__file__).parents[2] / "docs" / "methods" / "trends.md").read_text("utf-8")


def told(pattern: str) -> list[Decimal]:
    """The numbers that a place of the page writes."""
    match = re.search(pattern, re.sub(r"\s+", " ", PAGE))
    assert match is not None, pattern
    return [Decimal(g.replace("−", "-").replace(",", "").rstrip(".")) for g in match.groups()]


def test_the_example_of_volatility():
    prices = told(r"prices ([\d.]+), ([\d.]+), ([\d.]+), ([\d.]+) have log returns")
    series = points([str(p) for p in prices])
    returns = [value for _, value in log_returns(series)]
    written = told(r"have log returns ([−\d.]+), ([−\d.]+), ([−\d.]+);")
    assert [round(Decimal(r), 5) for r in returns] == written
    deviation, whole = told(r"deviation is ([\d.]+), so .*? √12 = ([\d.]+) a year")
    assert round(Decimal(stdev(returns)), 5) == deviation
    assert round(volatility(series, window=3)[-1].value or Decimal(0), 4) == whole


def test_the_example_of_the_robust_z():
    (z,) = told(r"z = 0\.6745 × 6 / 1 = ([\d.]+),")
    assert robust_z(0.06, [-0.02, -0.01, 0, 0.01, 0.02]) == z


def test_the_example_of_the_naive_interval():
    low, high = told(r"× 0\.1 × √2\) = ([\d.]+) to ([\d.]+) times")
    logs = [0.1 * (at % 2) for at in range(41)]
    middle, ((below, above),) = naive(logs, 2, (0.8,))[1]
    assert round(Decimal(math.exp(below - middle)), 3) == low
    assert round(Decimal(math.exp(above - middle)), 3) == high


@pytest.mark.parametrize("series", ["imf-copper", "imf-aluminium", "eia-henry-hub"])
def test_the_table_of_naive_back_tests(series: str):
    """Of the quick method alone; the models' columns are told by the command."""
    (mase, inner, outer) = told(rf"\| {series} \| ([\d.]+) \|[^\n]*?\| (\d+) / (\d+) % \|")
    found = backtest(prices_of(series), 6, (NAIVE,)).of(NAIVE)
    assert round(found.mase, 2) == mase
    assert [round(part * 100) for _, part in found.covered] == [inner, outer]
