"""What changes of trade and demand do: tariffs, substitution and recycling."""

from __future__ import annotations

from decimal import Decimal

from lodewire.analytics.scenario.arithmetic import Number
from lodewire.analytics.scenario.position import SHARE_UNITS, TONNES
from lodewire.analytics.scenario.step import Step, add_own, members, note
from lodewire.model.scenario import Recycling, Substitution, Tariff


def tariff(step: Step) -> None:
    """Turn what is diverted to the spared partners, and reckon the duty on the rest."""
    change = step.change
    assert isinstance(change, Tariff)
    value, importer = step.position.value, step.position.importer
    if value is None or importer is None or importer not in members((change.country,)):
        note(step, f"a tariff of {change.country} shows in its own imports: pass them in")
        return
    struck = {p for p in value.named if p != importer}
    if change.partners:
        struck &= members(change.partners)
    spared = [p for p in value.named if p not in struck and p != importer]
    _divert(step, change, struck, spared)
    for partner in struck:
        step.position.duty = step.position.duty + value.named[partner] * step.value("rate")


def _divert(step: Step, change: Tariff, struck: set[str], spared: list[str]) -> None:
    if not spared:
        if change.diverted.high:
            note(step, "the tariff spares no partner: nothing can be diverted")
        return
    one = step.by.number(Decimal(1))
    for trade in step.position.trades():
        moved = sum((trade.named[p] for p in struck if p in trade.named), one * 0)
        moved = moved * step.value("diverted")
        takers = [p for p in spared if p in trade.named]
        into = sum((trade.named[p] for p in takers), one * 0)
        grows = one + step.by.ratio(moved, into)
        for partner in struck:
            trade.scale(partner, one - step.value("diverted"))
        for partner in takers:
            trade.scale(partner, grows)


def substitution(step: Step) -> None:
    """Take what does without the material from demand, and from imports."""
    change = step.change
    assert isinstance(change, Substitution)
    one = step.by.number(Decimal(1))
    if change.country is None:
        step.position.demand = step.position.demand * (one - step.value("share"))
    elif step.position.supply is not None:
        note(step, f"demand of {change.country} is no known part of the world's: that one stays")
    if _concerns_importer(step, change.country):
        saved = step.position.needed * step.value("share")
        _cut_imports(step, saved)
        step.position.needed = step.position.needed - saved


def recycling(step: Step) -> None:
    """Meet a part of demand from secondary material."""
    change = step.change
    assert isinstance(change, Recycling)
    supply, one = step.position.supply, step.by.number(Decimal(1))
    if change.country is None:
        step.position.demand = step.position.demand * (one - step.value("share"))
    elif supply is not None and change.demand is not None:
        demand = step.amount("demand", change.unit, supply)
        if demand is not None:
            supply.add(change.country, demand * step.value("share"))
    elif supply is not None:
        note(step, f"demand of {change.country} is not stated: the world's supply stays")
    if _concerns_importer(step, change.country):
        importer = step.position.importer
        assert importer is not None
        quantity = step.position.quantity
        if quantity is not None and quantity.unit in SHARE_UNITS:
            # A bloc's mix is that of primary supply: what is recycled takes from the need for it.
            step.position.added = step.position.added + step.value("share")
            return
        made = step.position.needed * step.value("share")
        _cut_imports(step, made)
        add_own(step, importer, made, TONNES)


def _concerns_importer(step: Step, country: str | None) -> bool:
    if step.position.quantity is None:
        return False
    return country is None or step.hits((country,))


def _cut_imports(step: Step, saved: Number) -> None:
    """Take what is saved from the imports, in proportion, once it has filled what is missing."""
    quantity, importer = step.position.quantity, step.position.importer
    assert quantity is not None
    zero, one = step.by.number(Decimal(0)), step.by.number(Decimal(1))
    missing = step.by.most(zero, step.position.needed - quantity.total())
    imported = quantity.total() - quantity.named.get(importer or "", zero)
    cut = step.by.least(step.by.most(zero, saved - missing), imported)
    left = one - step.by.ratio(cut, imported)
    for trade in step.position.trades():
        trade.scale_all(left, but=(importer,))
