"""Monthly exchange rates, all in one direction: how much of a currency one US dollar buys.

``data/exchange_rates.csv`` holds a row a currency and year. The source quotes the Australian and
New Zealand dollar, the pound and the euro the other way round (dollars per unit); they stand here
turned over, at the four decimals the source's compilers keep.
"""

from __future__ import annotations

import re
from decimal import Decimal, localcontext
from functools import cache
from importlib.resources.abc import Traversable

from lodewire.errors import MeasureError, OntologyError
from lodewire.model.price import ExchangeRate
from lodewire.reference.cost_tables import (
    MONTHS,
    CostSource,
    cost_sources,
    is_period,
    read_months,
    read_rows,
)

TABLE = "exchange_rates.csv"
COLUMNS = ("currency", "year", *MONTHS)
SOURCE = "fed-g5"
DOLLAR = "USD"

TURNED = frozenset({"AUD", "EUR", "GBP", "NZD"})
"""Currencies that the Federal Reserve quotes in US dollars for one of them."""

_CODE = re.compile(r"[A-Z]{3}")


def rate(currency: str, period: str) -> ExchangeRate | None:
    """Return the average rate of a month ("YYYY-MM"), or None where the table has none.

    ``currency`` is an ISO 4217 code; the dollar against itself is one.
    """
    if currency == DOLLAR:
        source = cost_sources()[SOURCE]
        return ExchangeRate(
            currency=DOLLAR,
            period=period,
            per_usd=Decimal(1),
            source=source.key,
            vintage=source.vintage,
        )
    return _rates().get((currency, period))


def rates_of(currency: str) -> tuple[ExchangeRate, ...]:
    """Return every monthly rate of one currency in order of period; empty when unknown."""
    return tuple(r for (code, _), r in sorted(_rates().items()) if code == currency)


def currencies() -> tuple[str, ...]:
    """Return the codes of the currencies that have rates, the dollar first."""
    return (DOLLAR, *sorted({code for code, _ in _rates()}))


def exchange(amount: Decimal, from_: str, to: str, period: str) -> Decimal:
    """Return ``amount`` of one currency in another at the average rate of a month.

    Raises MeasureError when the month has no rate for one of them: no neighbour is taken for it.
    """
    if from_ == to:
        return amount
    with localcontext(prec=34):
        return amount / _needed(from_, period).per_usd * _needed(to, period).per_usd


def read_exchange_rates(
    source: CostSource, folder: Traversable | None = None
) -> dict[tuple[str, str], ExchangeRate]:
    """Read and check the table: (currency, period) -> rate; raises OntologyError."""
    found: dict[tuple[str, str], ExchangeRate] = {}
    for where, row in read_rows(TABLE, COLUMNS, folder):
        code = row["currency"]
        if not _CODE.fullmatch(code) or code == DOLLAR:
            raise OntologyError(f"{where}: currency {code!r} is not a code other than USD")
        if not is_period(f"{row['year']}-01"):
            raise OntologyError(f"{where}: year {row['year']!r} is not a year")
        for period, value in read_months(where, row):
            if (code, period) in found:
                raise OntologyError(f"{where}: {code} has {period} twice")
            found[code, period] = ExchangeRate(
                currency=code,
                period=period,
                per_usd=value,
                source=source.key,
                vintage=source.vintage,
            )
    return found


@cache
def _rates() -> dict[tuple[str, str], ExchangeRate]:
    return read_exchange_rates(cost_sources()[SOURCE])


def _needed(currency: str, period: str) -> ExchangeRate:
    found = rate(currency, period)
    if found is not None:
        return found
    known = rates_of(currency)
    raise MeasureError(
        f"no rate of exchange for {currency} in {period}",
        hint=f"Rates for {currency} run from {known[0].period} to {known[-1].period}"
        if known
        else f"Known currencies: {', '.join(currencies())}; else give the rate yourself",
    )
