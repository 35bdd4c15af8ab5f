"""Scenarios: what changes of supply, trade and demand do to every measure. See docs/methods.

``apply`` gives the figures after; ``run`` measures before and after, with bounds, swings and draws.
"""

from __future__ import annotations

from lodewire.analytics.scenario.formulas import diluted_hhi, hhi_without, supply_loss
from lodewire.analytics.scenario.outcome import Effect, Interval, Outcome, Swing
from lodewire.analytics.scenario.probes import Probe, Spread, Standing, on_figures
from lodewire.analytics.scenario.running import apply, run

__all__ = [
    "Effect",
    "Interval",
    "Outcome",
    "Probe",
    "Spread",
    "Standing",
    "Swing",
    "apply",
    "diluted_hhi",
    "hhi_without",
    "on_figures",
    "run",
    "supply_loss",
]
