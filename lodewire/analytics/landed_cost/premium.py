"""A regional premium both ways: what duty implies it ought to be, and what of duty it prices in.

The duty-paid price of metal brought in is ``(LME + p) x (1 + t) + f``: exchange price and the
premium paid before duty, with duty on both, and freight inland. What buyers quote as the regional
premium is that less the exchange price. Source of the forward form: the replacement-cost logic of
the aluminium trade, as told by G. Wittbecker, Steel Market Update, 14 March and 13 June 2025; of
the way back: S&P Global Commodity Insights, subscriber note of 6 March 2025 on the US Midwest
transaction premium. All money by weight in one unit; rates are parts of one. Method "premium/1".
"""

from __future__ import annotations

from decimal import Decimal, localcontext

from lodewire.analytics.intervals import Number, decimal_of
from lodewire.analytics.landed_cost.duty import ad_valorem, rate_of
from lodewire.errors import MeasureError
from lodewire.ontology.units import convert


def forward_premium(
    price: Number,
    unpaid: Number,
    rate: Number,
    inland: Number = 0,
    *,
    unit: str = "USD/t",
    to: str | None = None,
) -> Decimal:
    """Return the premium that duty implies: ``(price + unpaid) x (1 + rate) + inland - price``.

    ``unpaid`` is the premium before duty (Rotterdam duty-unpaid, say), ``inland`` the freight from
    port to buyer. With LME 2,600, 180 before duty, 25 % and 90 inland: 965 USD/t, 43.77 USc/lb
    (``to="USc/lb"``). The duty falls on the exchange price too, which is why it dwarfs a premium.
    """
    price, unpaid, inland = decimal_of(price), decimal_of(unpaid), decimal_of(inland)
    _over_zero(price)
    whole = price + unpaid
    found = whole + ad_valorem(whole, rate) + inland - price
    return found if to is None else convert(found, unit, to)


def implied_rate(price: Number, observed: Number, unpaid: Number, inland: Number = 0) -> Decimal:
    """Return the rate of duty at which the forward premium is the observed one.

    Below zero where the premium does not even pay for metal and freight without duty.
    """
    price, unpaid, inland = decimal_of(price), decimal_of(unpaid), decimal_of(inland)
    observed = decimal_of(observed)
    _over_zero(price + unpaid)
    with localcontext(prec=34):
        return (price + observed - inland) / (price + unpaid) - 1


def duty_share_priced(
    price: Number,
    observed: Number,
    rate: Number,
    unpaid: Number = 0,
    inland: Number = 0,
) -> Decimal:
    """Return what share of the duty an observed duty-paid premium prices in: 1 is all of it.

    ``(observed - unpaid - inland) / ((price + unpaid) x rate)``. Over 1: the premium holds more
    than duty (scarcity, or duty of the future); below 0: it does not even cover ``unpaid`` and
    ``inland``. Raises MeasureError at a rate of zero, of which nothing can be priced in.
    """
    price, unpaid, inland = decimal_of(price), decimal_of(unpaid), decimal_of(inland)
    duty = ad_valorem(price + unpaid, rate)
    if duty <= 0:
        raise MeasureError("without a duty there is no share of it to price in")
    with localcontext(prec=34):
        return (decimal_of(observed) - unpaid - inland) / duty


def duty_in_premium(all_in: Number, freight: Number, rate: Number) -> Decimal:
    """Return the duty inside an all-in premium: ``(all_in - freight) / (1 + rate) x rate``.

    With 125 USc/lb, freight 4 and 10 % it is 11.0. The premium is read as value and duty on it;
    freight inland carries no duty. Raises MeasureError for a rate below zero.
    """
    part = rate_of(rate)
    with localcontext(prec=34):
        return (decimal_of(all_in) - decimal_of(freight)) / (1 + part) * part


def unpaid_premium(all_in: Number, freight: Number, rate: Number) -> Decimal:
    """Return the premium without the duty inside it: 114.0 of 125 USc/lb at freight 4 and 10 %."""
    return decimal_of(all_in) - duty_in_premium(all_in, freight, rate)


def _over_zero(price: Decimal) -> None:
    if price <= 0:
        raise MeasureError(f"a price of {price} is not over zero")
