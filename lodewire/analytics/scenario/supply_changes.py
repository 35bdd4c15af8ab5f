"""What changes of supply do: outages, new suppliers, stocks, quotas and bans."""

from __future__ import annotations

from decimal import Decimal

from lodewire.analytics.scenario.arithmetic import Number
from lodewire.analytics.scenario.inputs import TILT
from lodewire.analytics.scenario.position import TONNES, Supply
from lodewire.analytics.scenario.step import (
    Step,
    add_own,
    between,
    in_shares,
    note,
    scale_trade,
)
from lodewire.model.scenario import (
    Ban,
    Delivery,
    NewSupplier,
    Outage,
    Quota,
    Redirection,
    StockRelease,
)

_YEAR = Decimal("365.25")
_DAY = 1 / _YEAR


def outage(step: Step) -> None:
    """Take what is lost from the country's output and from what it sends."""
    change = step.change
    assert isinstance(change, Outage)
    supply, country = step.position.supply, change.country
    ratio: Number | None = None
    if change.unit is None:
        ratio = step.by.number(Decimal(1)) - step.value("lost")
    if supply is not None:
        if not _listed(supply, country):
            ratio = ratio if change.unit is None else None
        elif change.unit is not None:
            lost = step.amount("lost", change.unit, supply)
            ratio = None if lost is None else _left(step, supply, country, lost)
        if ratio is not None:
            supply.scale(country, ratio)
    _scale_own(step, country, ratio)
    scale_trade(step, country, ratio)


def _scale_own(step: Step, country: str, ratio: Number | None) -> None:
    """Keep what is left of the importer's own output; what is not known makes it a fault."""
    position = step.position
    if country == position.importer:
        position.made = None if ratio is None or position.made is None else position.made * ratio


def _left(step: Step, supply: Supply, country: str, lost: Number) -> Number | None:
    if country not in supply.named:
        supply.faults.append(f"{country} has only a bound: tonnes cannot be taken from it")
        return None
    had, zero = supply.named[country], step.by.number(Decimal(0))
    return step.by.ratio(step.by.most(had - lost, zero), had)


def _listed(supply: Supply, country: str) -> bool:
    if supply.lists(country):
        return True
    why = "is withheld" if country in supply.unknown else "is not listed by itself"
    supply.faults.append(f"{country} {why}: what it loses cannot be told")
    return False


def new_supplier(step: Step) -> None:
    """Add output, and what of it reaches the importer."""
    change = step.change
    assert isinstance(change, NewSupplier)
    grown = _ramped(step, change)
    supply = step.position.supply
    if supply is not None:
        output = step.amount("tonnes", change.unit, supply)
        if output is not None:
            supply.add(change.country, output * grown)
    into = between(change.unit, TONNES)
    if change.country == step.position.importer and into is not None:
        tonnes = step.value("tonnes") * step.by.number(into)
        step.position.added = step.position.added + tonnes * grown
    if change.to is None:
        if step.position.importer:
            note(step, f"nobody said where the output of {change.country} goes: imports stay")
    elif step.reaches(change.to):
        _deliver(step, change, grown)


def redirection(step: Step) -> None:
    """Turn output that is there already to the importer."""
    change = step.change
    assert isinstance(change, Redirection)
    note(step, f"what {change.country} sends elsewhere is no new supply: the world's stays")
    if change.to is not None and step.reaches(change.to):
        _deliver(step, change, step.by.number(Decimal(1)))


def _ramped(step: Step, change: NewSupplier) -> Number:
    """The part of full output on the day, along a straight line; full where no ramp is told."""
    whole = step.by.number(Decimal(1))
    if change.ramp_up is None or change.start is None:
        return whole
    gone = step.by.number(((step.day - change.start).days + 1) / _YEAR)
    years = step.by.most(step.value("ramp_up"), step.by.number(_DAY))
    return step.by.least(whole, step.by.ratio(gone, years))


def _deliver(step: Step, change: Delivery, grown: Number) -> None:
    quantity, value = step.position.quantity, step.position.value
    if quantity is None or in_shares(step, quantity, change.unit) or value is None:
        return
    into = between(change.unit, TONNES)
    if into is None:
        quantity.faults.append(f"{change.unit} cannot be turned into tonnes of imports")
        return
    sent = step.value("tonnes") * step.by.number(into) * grown * step.value("delivered")
    _give_way(step, change, sent * step.value("replaces"))
    if not quantity.named:
        quantity.faults.append("the quantities of today's imports are not known")
    quantity.add(change.country, sent)
    if not value.named:
        value.faults.append("the values of today's imports are not known")
        return
    if change.currency and change.currency != value.unit:
        value.faults.append(f"a unit value in {change.currency} against imports in {value.unit}")
        return
    if (step.at, "unit_value") not in step.values:
        value.faults.append(
            f"no unit value is stated for the output of {change.country}, and the imports give none"
        )
        return
    a_tonne = step.value("unit_value") * step.by.number(1 / into)
    value.add(change.country, sent * a_tonne)


def _give_way(step: Step, change: Delivery, replaced: Number) -> None:
    """Take out of today's imports what the new supply takes the place of."""
    quantity, value = step.position.quantity, step.position.value
    assert quantity is not None
    assert value is not None
    who, importer, partner = change.gives_way, step.position.importer, step.position.partner
    one = step.by.number(Decimal(1))
    if who is None and partner is not None and (step.at, TILT) in step.values:
        _split_way(step, partner, replaced)
        return
    if who is None:
        left = one - step.by.least(one, step.by.ratio(replaced, _imported(step, quantity)))
        for trade in (quantity, value):
            trade.scale_all(left, but=(importer,))
        return
    if who not in quantity.named:
        quantity.faults.append(f"{who} is no listed partner: it cannot give way")
        value.faults.append(f"{who} is no listed partner: it cannot give way")
        return
    left = one - step.by.least(one, step.by.ratio(replaced, quantity.named[who]))
    for trade in (quantity, value):
        trade.scale(who, left)


def _imported(step: Step, quantity: Supply) -> Number:
    own = quantity.named.get(step.position.importer or "", step.by.number(Decimal(0)))
    return quantity.total() - own


def _split_way(step: Step, partner: str, replaced: Number) -> None:
    """Take what is replaced from the partner and from the others, by the tilt between them."""
    quantity, by = step.position.quantity, step.by
    assert quantity is not None
    zero, one, tilt = by.number(Decimal(0)), by.number(Decimal(1)), step.value(TILT)
    theirs, pool = quantity.named[partner], _imported(step, quantity)
    others, share = pool - theirs, by.ratio(theirs, pool)
    weight = share + by.most(tilt, zero) * (one - share) - by.most(-tilt, zero) * share
    taken = by.least(theirs, replaced * weight)
    from_others = by.least(others, replaced - taken)
    taken = taken + by.least(theirs - taken, replaced - taken - from_others)
    for trade in step.position.trades():
        trade.scale(partner, one - by.least(one, by.ratio(taken, theirs)))
        trade.scale_all(
            one - by.least(one, by.ratio(from_others, others)),
            but=(step.position.importer, partner),
        )


def stock_release(step: Step) -> None:
    """Add what is sold from stocks, at the rate of a year."""
    change = step.change
    assert isinstance(change, StockRelease)
    years = Decimal(1)
    if change.start is not None and change.end is not None:
        years = ((change.end - change.start).days + 1) / _YEAR
    a_year = step.by.number(1 / years)
    supply = step.position.supply
    if supply is not None:
        amount = step.amount("tonnes", change.unit, supply)
        if amount is not None:
            supply.add(change.country, amount * a_year)
    if step.reaches(change.country):
        add_own(step, change.country, step.value("tonnes") * a_year, change.unit)


def quota(step: Step) -> None:
    """Cap output, all exports, or what single targets get."""
    change = step.change
    assert isinstance(change, Quota)
    supply, country = step.position.supply, change.country
    if change.targets:
        if step.hits(change.targets) and country != step.position.importer:
            _cap_flow(step, change)
        return
    if change.exports is not None:
        one = step.by.number(Decimal(1))
        ratio = step.by.least(one, step.by.ratio(step.value("cap"), step.value("exports")))
        if supply is not None and _listed(supply, country):
            exports = step.amount("exports", change.unit, supply)
            if exports is not None:
                left = _left(step, supply, country, exports * (one - ratio))
                if left is not None:
                    supply.scale(country, left)
        if country != step.position.importer:
            scale_trade(step, country, ratio)
        return
    left = None
    if supply is not None and _listed(supply, country):
        cap = step.amount("cap", change.unit, supply)
        if cap is not None and country in supply.named:
            had = supply.named[country]
            left = step.by.ratio(step.by.least(had, cap), had)
            supply.scale(country, left)
        elif cap is not None:
            supply.faults.append(f"{country} has only a bound: a cap cannot be set against it")
    _scale_own(step, country, left)
    scale_trade(step, country, left)


def _cap_flow(step: Step, change: Quota) -> None:
    quantity, into = step.position.quantity, between(change.unit, TONNES)
    if quantity is None or in_shares(step, quantity, change.unit):
        return
    if into is None or change.country not in quantity.named:
        why = "has no known quantity" if into is not None else f"cannot be capped in {change.unit}"
        for trade in step.position.trades():
            trade.faults.append(f"what {change.country} sends {why}")
        return
    had = quantity.named[change.country]
    left = step.by.ratio(step.by.least(had, step.value("cap") * step.by.number(into)), had)
    scale_trade(step, change.country, left)


def ban(step: Step) -> None:
    """Leave of a country's exports what leaks."""
    change = step.change
    assert isinstance(change, Ban)
    supply, country = step.position.supply, change.country
    if not change.targets and supply is not None and _listed(supply, country):
        supply.scale(country, _tighter(step, f"world {country}"))
    if change.targets and supply is not None:
        note(step, f"{country} bans single countries: its output goes elsewhere and is not lost")
    if step.hits(change.targets) and country != step.position.importer:
        scale_trade(step, country, _tighter(step, f"trade {country}"))


def _tighter(step: Step, which: str) -> Number:
    """What this ban leaves of what the earlier ones left: together, the tightest holds."""
    before = step.leaks.get(which, step.by.number(Decimal(1)))
    now = step.by.least(before, step.value("leakage"))
    step.leaks[which] = now
    return step.by.ratio(now, before)
