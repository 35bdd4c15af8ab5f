"""The arithmetic of duty: stacked rates, quotas, and the value a rate is taken of.

Rates are parts of one (0.25 is 25 %). Duties of several measures on one good are each taken of the
same customs value and added; none is taken of a price that already holds another (19 U.S.C. 1401a
leaves duties out of the transaction value; Regulation (EU) 952/2013, article 72(f), too).
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, localcontext

from lodewire.errors import MeasureError
from lodewire.model.cost import CustomsBasis, Incoterm

_ZERO = Decimal(0)

_TO_PORT = frozenset({Incoterm.EXW, Incoterm.FCA})
_WITH_FREIGHT = frozenset(
    {
        Incoterm.CFR,
        Incoterm.CPT,
        Incoterm.CIF,
        Incoterm.CIP,
        Incoterm.DAP,
        Incoterm.DPU,
        Incoterm.DDP,
    }
)
_WITH_INSURANCE = frozenset({Incoterm.CIF, Incoterm.CIP, Incoterm.DAP, Incoterm.DPU, Incoterm.DDP})
_DELIVERED = frozenset({Incoterm.DAP, Incoterm.DPU, Incoterm.DDP})


def ad_valorem(value: Decimal, rate: Decimal) -> Decimal:
    """Return the duty on a customs value: 50 % of 2,850 is 1,425 (method "ad_valorem/1")."""
    _check_rate(rate)
    with localcontext(prec=34):
        return value * rate


def duty_paid(value: Decimal, rate: Decimal) -> Decimal:
    """Return value and duty together: (2,450 + 160) x 1.03 = 2,688.30."""
    return value + ad_valorem(value, rate)


def duty_multiplier(rate: Decimal) -> Decimal:
    """Return the factor from duty-unpaid to duty-paid: 1.35 at 25 % and 10 % stacked."""
    _check_rate(rate)
    return 1 + rate


def stacked_rate(rates: Iterable[Decimal]) -> Decimal:
    """Return the sum of ad valorem rates on one base: 2.6, 50, 25 and 20 % are 97.6 %.

    Raises MeasureError for a rate below zero.
    """
    total = _ZERO
    for rate in rates:
        _check_rate(rate)
        total += rate
    return total


def quota_rate(
    within: Decimal, beyond: Decimal, *, quantity: Decimal, quota_left: Decimal
) -> Decimal:
    """Return the average rate on a quantity of which a quota takes in a part (method "quota/1").

    ``within`` is the rate inside the quota, ``beyond`` outside it; ``quota_left`` is what the quota
    still holds, in the unit of ``quantity``. Raises MeasureError for a quantity that is not over
    zero, or a quota or rate below it.
    """
    _check_rate(within)
    _check_rate(beyond)
    if quantity <= 0 or quota_left < 0:
        raise MeasureError("a quota needs a quantity over zero and zero or more left of it")
    inside = min(quantity, quota_left)
    with localcontext(prec=34):
        return (inside * within + (quantity - inside) * beyond) / quantity


def customs_value(
    fob: Decimal,
    basis: CustomsBasis,
    *,
    freight: Decimal | None = None,
    insurance: Decimal | None = None,
) -> Decimal:
    """Return what a rate is taken of: the FOB value, or with freight and insurance to the border.

    Raises MeasureError where a CIF value is asked and freight or insurance is not given: missing is
    never zero.
    """
    if basis is not CustomsBasis.CIF:
        return fob
    if freight is None or insurance is None:
        raise MeasureError(
            "a customs value at the border needs freight and insurance",
            hint="Give both, zero where the price already includes them",
        )
    return fob + freight + insurance


def leaves_to_buyer(incoterm: Incoterm) -> frozenset[str]:
    """Return which costs the buyer bears beside the price: origin_inland, freight, insurance,
    duty, delivery (Incoterms 2020, ICC publication 723).
    """
    steps = set()
    if incoterm in _TO_PORT:
        steps.add("origin_inland")
    if incoterm not in _WITH_FREIGHT:
        steps.add("freight")
    if incoterm not in _WITH_INSURANCE:
        steps.add("insurance")
    if incoterm not in _DELIVERED:
        steps.add("delivery")
    if incoterm is not Incoterm.DDP:
        steps.add("duty")
    return frozenset(steps)


def _check_rate(rate: Decimal) -> None:
    if not rate.is_finite() or rate < 0:
        raise MeasureError(f"a rate of duty of {rate} is below zero or no number")
