"""Exposure: every measure of every commodity, and every country's share of every stage.

The bar is two seconds for all of it, figures read from disk included (``cold``); processor time of
one core.
"""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date

from benchmarks.report import BenchRow
from lodewire.workbench.exposure import Asked, exposures
from lodewire.workbench.exposure.stages import shares_in

_BAR = 2.0
_DAY = date(2026, 1, 1)
_COLD = "from benchmarks.exposure import compute; print(*compute())"


def compute() -> tuple[int, int, float]:
    """Return how many measures and shares by country there are, and the seconds they took."""
    started = time.process_time()
    found = list(exposures(Asked(country="US", partner="CN", day=_DAY)))
    shares = 0
    for told in found:
        for stage in told.stages:
            shares += len(shares_in(stage.table))
    measures = sum(len(told.measures) for told in found)
    return measures, shares, time.process_time() - started


def run() -> list[BenchRow]:
    """Measure once cold, in a fresh process, and once warm in this one."""
    cold = subprocess.run(
        [sys.executable, "-c", _COLD], capture_output=True, text=True, check=True
    ).stdout.split()
    compute()
    measures, shares, warm = compute()
    return [
        BenchRow(name="measures of all commodities", value=float(measures), unit="measures"),
        BenchRow(name="shares of all countries", value=float(shares), unit="measures"),
        BenchRow(
            name="all of them, cold",
            value=float(cold[2]),
            unit="s",
            beside="the bar of 2 s",
            times=float(cold[2]) / _BAR,
        ),
        BenchRow(
            name="all of them, warm",
            value=warm,
            unit="s",
            beside="the bar of 2 s",
            times=warm / _BAR,
        ),
    ]
