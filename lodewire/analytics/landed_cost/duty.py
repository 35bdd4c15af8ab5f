"""The arithmetic of duty: stacked rates, quotas, and the value a rate is taken of.

Rates are parts of one (0.25 is 25 %). Duties of several measures on one good are each taken of the
same customs value and added; none is taken of a price that already holds another (19 U.S.C. 1401a
leaves duties out of the transaction value; Regulation (EU) 952/2013, article 72(f), too).
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, localcontext

from lodewire.analytics.intervals import Number, decimal_of
from lodewire.errors import MeasureError
from lodewire.model.cost import CustomsBasis, Incoterm

_ZERO = Decimal(0)
_MOST = Decimal(10)  # the steepest duties in force are some hundred percent

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


def ad_valorem(value: Number, rate: Number) -> Decimal:
    """Return the duty on a customs value: 50 % of 2,850 is 1,425 (method "ad_valorem/1").

    ``rate`` is a part of one, or text with its sign: 0.5 or "50 %".
    """
    part = rate_of(rate)
    with localcontext(prec=34):
        return decimal_of(value) * part


def duty_paid(value: Number, rate: Number) -> Decimal:
    """Return value and duty together: (2,450 + 160) x 1.03 = 2,688.30."""
    return decimal_of(value) + ad_valorem(value, rate)


def duty_multiplier(rate: Number) -> Decimal:
    """Return the factor from duty-unpaid to duty-paid: 1.35 at 25 % and 10 % stacked."""
    return 1 + rate_of(rate)


def stacked_rate(rates: Iterable[Number]) -> Decimal:
    """Return the sum of ad valorem rates on one base: 2.6, 50, 25 and 20 % are 97.6 %.

    Raises MeasureError for a rate below zero.
    """
    return sum((rate_of(rate) for rate in rates), _ZERO)


def quota_rate(within: Number, beyond: Number, *, quantity: Number, quota_left: Number) -> Decimal:
    """Return the average rate on a quantity of which a quota takes in a part (method "quota/1").

    ``within`` is the rate inside the quota, ``beyond`` outside it; ``quota_left`` is what the quota
    still holds, in the unit of ``quantity``. Raises MeasureError for a quantity that is not over
    zero, or a quota or rate below it.
    """
    inner, outer = rate_of(within), rate_of(beyond)
    quantity, quota_left = decimal_of(quantity), decimal_of(quota_left)
    if quantity <= 0 or quota_left < 0:
        raise MeasureError("a quota needs a quantity over zero and zero or more left of it")
    inside = min(quantity, quota_left)
    with localcontext(prec=34):
        return (inside * inner + (quantity - inside) * outer) / quantity


def customs_value(
    fob: Number,
    basis: CustomsBasis | str,
    *,
    freight: Number | None = None,
    insurance: Number | None = None,
) -> Decimal:
    """Return what a rate is taken of: the FOB value, or with freight and insurance to the border.

    Raises MeasureError where a CIF value is asked and freight or insurance is not given: missing is
    never zero.
    """
    try:
        basis = CustomsBasis(basis.casefold())
    except ValueError:
        raise MeasureError(f"no customs value is {basis!r}", hint="It is fob or cif") from None
    if basis is not CustomsBasis.CIF:
        return decimal_of(fob)
    if freight is None or insurance is None:
        raise MeasureError(
            "a customs value at the border needs freight and insurance",
            hint="Give both, zero where the price already includes them",
        )
    return decimal_of(fob) + decimal_of(freight) + decimal_of(insurance)


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


def rate_of(rate: Number) -> Decimal:
    """Return a rate as a part of one: 0.5, or "50 %"; raises MeasureError where it is none.

    A rate above ten is taken for percent that was not divided, and refused.
    """
    text = rate.strip() if isinstance(rate, str) else ""
    part = decimal_of(text[:-1]) / 100 if text.endswith("%") else decimal_of(rate)
    if part < 0:
        raise MeasureError(f"a rate of duty of {part} is below zero or no number")
    if part > _MOST:
        raise MeasureError(
            f"a rate of duty of {part} is {part * 100:f} %", hint='50 % is 0.5, or "50 %"'
        )
    return part
