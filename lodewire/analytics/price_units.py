"""Prices in other units and currencies, the change between two, and the value of a quantity.

Units go through :mod:`lodewire.ontology.units` (exact factors, rounded once); a currency changes
only by a rate that the caller gives, since a rate has a day. Method "price_units/1".
"""

from __future__ import annotations

from decimal import Decimal, localcontext

from lodewire.analytics.intervals import Number, decimal_of
from lodewire.errors import MeasureError, UnitError
from lodewire.ontology.units import comparable, convert, load_units


def convert_price(value: Number, from_: str, to: str, *, rate: Number | None = None) -> Decimal:
    """Return a price in another unit: 88.10 USc/lb is 1,942.27 USD/t.

    ``rate`` is how much of the target's currency one of the source's buys; it is asked for exactly
    when the currencies differ. Raises UnitError for unknown or incomparable units, MeasureError for
    a rate that is missing, not over zero, or given though nothing is to be exchanged.
    """
    value = decimal_of(value)
    if comparable(from_, to):
        if rate is not None:
            raise MeasureError(f"{from_} and {to} are one currency; a rate has no place here")
        return convert(value, from_, to)
    have, want = currency_of(from_), currency_of(to)
    if have == want:
        raise UnitError(
            f"{from_} cannot be turned into {to}",
            hint="They price different things: weight, volume, energy or pieces",
        )
    if rate is None:
        raise MeasureError(
            f"{from_} to {to} needs a rate of exchange",
            hint=f"Give how many {want} one {have} buys, and of which day",
        )
    rate = decimal_of(rate)
    if rate <= 0:
        raise MeasureError(f"a rate of exchange of {rate} is not over zero")
    middle = f"{have}/{to.partition('/')[2]}"
    with localcontext(prec=34):
        major = f"{want}/{to.partition('/')[2]}"
        return convert(convert(value, from_, middle) * rate, major, to)


def currency_of(unit: str) -> str:
    """Return the currency of a price unit: "USD" of "USc/lb"; raises UnitError where none is."""
    head = unit.partition("/")[0]
    atom = load_units().get(head)
    if atom is None or atom.kind.value != "money" or "/" not in unit:
        raise UnitError(f"{unit!r} is not money by something", hint="Such as USD/t or USc/lb")
    return atom.base


def relative_change(before: Number, after: Number) -> Decimal:
    """Return after / before - 1; raises MeasureError when ``before`` is not over zero."""
    before, after = decimal_of(before), decimal_of(after)
    if before <= 0:
        raise MeasureError(f"a change from {before} cannot be told as a part of it")
    with localcontext(prec=34):
        return after / before - 1


def value_of(quantity: Number, unit: str, price: Number, price_unit: str) -> Decimal:
    """Return what a quantity is worth, in the price's currency (hundredths as whole ones).

    660,000 t at 1.80 USD/lb are 2.62 billion dollars. Raises UnitError where weight and price do
    not measure the same thing.
    """
    currency = currency_of(price_unit)
    by = f"{currency}/{unit}"
    with localcontext(prec=34):
        return decimal_of(quantity) * convert(decimal_of(price), price_unit, by)
