"""The waterfall: each step from the exchange price to the buyer's door, and two side by side.

Order of steps: exchange price; premium before duty; inland freight at origin; ocean freight;
insurance; each measure of duty on its customs value; delivery inland; finance on everything paid
so far, simple interest on 360 days; losses, which make each remaining tonne dearer. A step that the
incoterm puts into the price is not asked for; one that it leaves to the buyer and that is not given
stays open: the total is then a lower bound and says so. Method "landed_cost/1".
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, localcontext

from lodewire.analytics.landed_cost.duty import ad_valorem, leaves_to_buyer
from lodewire.analytics.price_units import convert_price
from lodewire.errors import MeasureError
from lodewire.model.cost import (
    Charge,
    CostChange,
    CostInputs,
    CostStep,
    CustomsBasis,
    LandedCost,
)

METHOD = "landed_cost/1 (2026-11-23)"
DAYS_OF_YEAR = 360  # money market convention for US dollars (act/360)

_ZERO = Decimal(0)


class _Steps:
    """The steps so far: their running total, and what is still open."""

    def __init__(self) -> None:
        self.found: list[CostStep] = []
        self.total = _ZERO
        self.open: list[str] = []

    def add(self, name: str, amount: Decimal | None, formula: str, source: str = "") -> None:
        """Add a step; an amount that is not given leaves the total as it is, and open."""
        if amount is None:
            self.open.append(name)
        else:
            self.total += amount
        self.found.append(
            CostStep(name=name, amount=amount, total=self.total, formula=formula, source=source)
        )


def landed_cost(inputs: CostInputs) -> LandedCost:
    """Return the landed cost of explicit inputs, step by step.

    Raises MeasureError for inputs that cannot be: a price not over zero, negative freight or rate,
    losses of all there is, a charge with both or neither of rate and amount.
    """
    _check(inputs)
    with localcontext(prec=34):
        return _compute(inputs)


def changes(before: LandedCost, after: LandedCost) -> tuple[CostChange, ...]:
    """Return what each step was and becomes, the total last; raises MeasureError across units.

    A step that one of them does not have, such as a new duty, counts from nothing.
    """
    if before.unit != after.unit:
        raise MeasureError(f"{before.unit} and {after.unit} cannot be set side by side")
    old = {s.name: s.amount for s in before.steps}
    new = {s.name: s.amount for s in after.steps}
    found = [
        CostChange(
            name=name,
            before=old.get(name),
            after=new.get(name),
            difference=(new.get(name) or _ZERO) - (old.get(name) or _ZERO),
        )
        for name in _merged([s.name for s in before.steps], [s.name for s in after.steps])
    ]
    total = CostChange(
        name="landed cost",
        before=before.total,
        after=after.total,
        difference=after.total - before.total,
    )
    return (*found, total)


def in_unit(cost: LandedCost, unit: str, *, rate: Decimal | None = None) -> LandedCost:
    """Return the same cost in another unit or currency.

    ``rate`` is how much of the new currency one of the old buys; see ``convert_price``.
    """

    def turned(amount: Decimal) -> Decimal:
        return convert_price(amount, cost.unit, unit, rate=rate)

    if unit == cost.unit:
        return cost
    note = (f"exchanged at {rate:.6g}",) if rate is not None else ()
    return replace(
        cost,
        unit=unit,
        steps=tuple(
            replace(
                s,
                amount=None if s.amount is None else turned(s.amount),
                total=turned(s.total),
            )
            for s in cost.steps
        ),
        total=turned(cost.total),
        duty=turned(cost.duty),
        customs_value=None if cost.customs_value is None else turned(cost.customs_value),
        notes=cost.notes + note,
    )


def _compute(inputs: CostInputs) -> LandedCost:
    steps, buyer = _Steps(), leaves_to_buyer(inputs.incoterm)
    term = inputs.incoterm.value
    steps.add("exchange price", inputs.price, "as given", inputs.price_source)
    steps.add("premium before duty", inputs.premium, f"as given, {term}", inputs.premium_source)
    inland = _asked("origin_inland", inputs.origin_inland, buyer)
    if inland is not _ZERO:
        steps.add("inland freight at origin", inland, f"left to the buyer by {term}")
    fob = None if inland is None else _goods(inputs) + inland
    freight = _asked("freight", inputs.freight, buyer)
    if freight is not _ZERO:
        steps.add("freight", freight, f"left to the buyer by {term}")
    insurance = _insurance(inputs, buyer, steps.total)
    if insurance is not _ZERO:
        steps.add("insurance", insurance, _insurance_formula(inputs, term))
    border = None if fob is None or freight is None or insurance is None else steps.total
    duty, notes = _duties(inputs, steps, border, buyer)
    delivery = _asked("delivery", inputs.delivery, buyer)
    if delivery is not _ZERO:
        steps.add("delivery inland", delivery, f"left to the buyer by {term}")
    _finance(inputs, steps)
    _losses(inputs, steps)
    if steps.open:
        notes.append(f"at least: {', '.join(steps.open)} not given")
    return LandedCost(
        unit=inputs.unit,
        steps=tuple(steps.found),
        total=steps.total,
        duty=duty,
        customs_value=_one_value(inputs, border),
        complete=not steps.open,
        method=METHOD,
        notes=tuple(notes),
    )


def _goods(inputs: CostInputs) -> Decimal:
    """Price and premium; a premium not given leaves the sum a lower bound, and the cost open."""
    return inputs.price + (inputs.premium or _ZERO)


def _asked(name: str, given: Decimal | None, buyer: frozenset[str]) -> Decimal | None:
    """What a step adds: nothing when the price includes it, else what is given, or None."""
    return given if name in buyer else _ZERO


def _insurance(inputs: CostInputs, buyer: frozenset[str], so_far: Decimal) -> Decimal | None:
    if "insurance" not in buyer:
        return _ZERO
    if inputs.insurance is not None:
        return inputs.insurance
    return None if inputs.insurance_rate is None else so_far * inputs.insurance_rate


def _insurance_formula(inputs: CostInputs, term: str) -> str:
    if inputs.insurance is None and inputs.insurance_rate is not None:
        return f"{inputs.insurance_rate * 100:f} % of cost and freight"
    return f"left to the buyer by {term}"


def _base(inputs: CostInputs, basis: CustomsBasis, border: Decimal | None) -> Decimal | None:
    if basis is CustomsBasis.EXCHANGE:
        return inputs.price
    buyer = leaves_to_buyer(inputs.incoterm)
    # Carriage after the border is in a delivered price, and in no customs value.
    beyond = _inside(inputs.delivery, "delivery", buyer)
    if basis is CustomsBasis.CIF:
        return None if border is None else border - beyond
    fob = _goods(inputs) - beyond
    if "origin_inland" in buyer:
        if inputs.origin_inland is None:
            return None
        fob += inputs.origin_inland
    fob -= _inside(inputs.freight, "freight", buyer)
    return fob - _inside(inputs.insurance, "insurance", buyer)


def _inside(given: Decimal | None, name: str, buyer: frozenset[str]) -> Decimal:
    """The part of the price that is this cost: what is given for it, where the price holds it."""
    return _ZERO if name in buyer or given is None else given


def _duties(
    inputs: CostInputs, steps: _Steps, border: Decimal | None, buyer: frozenset[str]
) -> tuple[Decimal, list[str]]:
    total, notes = _ZERO, list[str]()
    if "duty" not in buyer:
        if inputs.duties:
            notes.append("DDP: the seller bears the duties, none is added")
        return total, notes
    for charge in inputs.duties:
        amount, formula = _charge(inputs, charge, border)
        steps.add(charge.name, amount, formula, charge.source)
        total += amount or _ZERO
    fob_duties = any(c.rate and c.basis is CustomsBasis.FOB for c in inputs.duties)
    if "freight" not in buyer and fob_duties and inputs.freight is None:
        notes.append(
            f"{inputs.incoterm.value}: the freight inside the price is not known, so duty is taken "
            "of more than the customs value (an upper bound)"
        )
    return total, notes


def _charge(
    inputs: CostInputs, charge: Charge, border: Decimal | None
) -> tuple[Decimal | None, str]:
    if charge.specific is not None:
        given = charge.unit or inputs.unit
        money = convert_price(charge.specific, given, inputs.unit)
        return money, f"{charge.specific:.8g} {given}"
    assert charge.rate is not None  # _check saw to it
    base = _base(inputs, charge.basis, border)
    percent = f"{(charge.rate * 100).normalize():f} %"
    if base is None:
        return None, f"{percent} of a {charge.basis.value} value that is not known"
    return ad_valorem(
        base, charge.rate
    ), f"{percent} of {base:.2f} {inputs.unit} ({charge.basis.value})"


def _finance(inputs: CostInputs, steps: _Steps) -> None:
    if inputs.finance_rate is None or not inputs.finance_days:
        return
    amount = steps.total * inputs.finance_rate * inputs.finance_days / DAYS_OF_YEAR
    percent = f"{(inputs.finance_rate * 100).normalize():f} %"
    steps.add("finance", amount, f"{percent} a year for {inputs.finance_days} of 360 days")


def _losses(inputs: CostInputs, steps: _Steps) -> None:
    if inputs.losses:
        amount = steps.total / (1 - inputs.losses) - steps.total
        steps.add("losses", amount, f"{(inputs.losses * 100).normalize():f} % of weight is lost")


def _one_value(inputs: CostInputs, border: Decimal | None) -> Decimal | None:
    bases = {c.basis for c in inputs.duties if c.rate is not None}
    return _base(inputs, bases.pop(), border) if len(bases) == 1 else None


def _merged(first: list[str], second: list[str]) -> list[str]:
    """Names of both in the order of the steps: new ones stand where the second has them."""
    found = list(first)
    for index, name in enumerate(second):
        if name not in found:
            before = next((n for n in reversed(second[:index]) if n in found), None)
            found.insert(0 if before is None else found.index(before) + 1, name)
    return found


def _check(inputs: CostInputs) -> None:
    if not inputs.price.is_finite() or inputs.price <= 0:
        raise MeasureError(
            f"an exchange price of {inputs.price} is not over zero",
            hint="Give the price of the metal; a discount goes into the premium",
        )
    for name in ("origin_inland", "freight", "insurance", "insurance_rate", "delivery"):
        given: Decimal | None = getattr(inputs, name)
        if given is not None and (not given.is_finite() or given < 0):
            raise MeasureError(
                f"{name.replace('_', ' ')} of {given} is below zero",
                hint="Leave out what is not known; write 0 for what costs nothing",
            )
    if inputs.finance_rate is not None and not inputs.finance_rate.is_finite():
        raise MeasureError("the rate of finance is no number")
    if inputs.finance_days < 0 or not 0 <= inputs.losses < 1:
        raise MeasureError(
            f"{inputs.finance_days} days of finance or losses of {inputs.losses} cannot be",
            hint="Days are zero or more; losses are at least 0 % and less than 100 %",
        )
    names = [c.name for c in inputs.duties]
    if len(set(names)) != len(names):
        raise MeasureError("two duties have one name", hint="Name them apart, or stack their rates")
    for charge in inputs.duties:
        if (charge.rate is None) == (charge.specific is None):
            raise MeasureError(f"duty {charge.name!r} needs a rate or an amount, one of them")
        if charge.rate is not None:
            ad_valorem(_ZERO, charge.rate)
