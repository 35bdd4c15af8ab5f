"""Combination: the changes in effect on a day, applied to a position one after another.

The order is that of kinds (``lodewire.model.scenario.CHANGES``), then of the list: what is lost,
what comes on top, what quotas and bans leave of both, and what demand then does. Rules
(docs/methods/scenario.md gives the formulas):

- An outage takes its share of the output, and the same share of what the country sends everyone.
- Of several bans of one country the tightest holds; bans on all take the supply from the world
  outside, bans on single targets only turn it elsewhere.
- Supply that is lost stays lost: nobody fills the gap unless a change says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from lodewire.analytics.scenario.arithmetic import Arithmetic, Number
from lodewire.analytics.scenario.demand_changes import recycling, substitution, tariff
from lodewire.analytics.scenario.inputs import Key
from lodewire.analytics.scenario.position import Position
from lodewire.analytics.scenario.step import Step
from lodewire.analytics.scenario.supply_changes import (
    ban,
    new_supplier,
    outage,
    quota,
    redirection,
    stock_release,
)
from lodewire.model.scenario import (
    Ban,
    Change,
    NewSupplier,
    Outage,
    Quota,
    Recycling,
    Redirection,
    Scenario,
    StockRelease,
    Substitution,
    Tariff,
)

_RULES: Mapping[type[Change], Callable[[Step], None]] = {
    Outage: outage,
    NewSupplier: new_supplier,
    Redirection: redirection,
    StockRelease: stock_release,
    Quota: quota,
    Ban: ban,
    Tariff: tariff,
    Substitution: substitution,
    Recycling: recycling,
}


def combine(
    position: Position,
    scenario: Scenario,
    values: Mapping[Key, Number],
    day: date,
    by: Arithmetic,
) -> None:
    """Apply what is in effect on ``day`` to ``position``, in place.

    ``values`` gives each input of ``inputs_of``. What cannot be told becomes a fault of the supply
    concerned, not an error.
    """
    listed = position.supply.total() if position.supply else by.number(Decimal(0))
    leaks: dict[str, Number] = {}
    for at, change in scenario.on(day):
        step = Step(position, scenario, change, at, values, day, by, leaks, {"listed": listed})
        _RULES[type(change)](step)
    if position.sourcing is not None:
        combine(position.sourcing, scenario, values, day, by)
