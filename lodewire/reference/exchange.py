"""Monthly exchange rates, all in one direction: how much of a currency one US dollar buys.

``data/exchange_rates.csv`` holds a row a currency and year. The source quotes the Australian and
New Zealand dollar, the pound and the euro the other way round (dollars per unit); they stand here
turned over, at the four decimals the source's compilers keep. Rates that a desk loads
(``exchange/*.csv`` in its folder) stand over them.
"""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal, InvalidOperation, localcontext
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

from lodewire.errors import ConfigError, MeasureError, OntologyError
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
FOLDER = "exchange"
OWN_COLUMNS = ("currency", "period", "per_usd", "source", "vintage")

TURNED = frozenset({"AUD", "EUR", "GBP", "NZD"})
"""Currencies that the Federal Reserve quotes in US dollars for one of them."""

_CODE = re.compile(r"[A-Z]{3}")


def rate(currency: str, period: str, desk: Path | None = None) -> ExchangeRate | None:
    """Return the average rate of a month ("YYYY-MM"), or None where the table has none.

    ``currency`` is an ISO 4217 code; the dollar against itself is one. With ``desk`` the rates in
    its folder come first.
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
    own = own_rates(desk) if desk is not None else {}
    return own.get((currency, period)) or _rates().get((currency, period))


def rates_of(currency: str) -> tuple[ExchangeRate, ...]:
    """Return every monthly rate of one currency in order of period; empty when unknown."""
    return tuple(r for (code, _), r in sorted(_rates().items()) if code == currency)


def currencies() -> tuple[str, ...]:
    """Return the codes of the currencies that have rates, the dollar first."""
    return (DOLLAR, *sorted({code for code, _ in _rates()}))


def exchange(
    amount: Decimal, from_: str, to: str, period: str, desk: Path | None = None
) -> Decimal:
    """Return ``amount`` of one currency in another at the average rate of a month.

    Raises MeasureError when the month has no rate for one of them: no neighbour is taken for it.
    """
    if from_ == to:
        return amount
    with localcontext(prec=34):
        return amount / _needed(from_, period, desk).per_usd * _needed(to, period, desk).per_usd


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


def own_rates(desk: Path) -> dict[tuple[str, str], ExchangeRate]:
    """Return the rates in ``desk/exchange``: (currency, period) -> rate, later files winning.

    Columns: currency, period, per_usd (units of the currency for one dollar), source, vintage.
    Raises ConfigError with file and line.
    """
    found: dict[tuple[str, str], ExchangeRate] = {}
    folder = desk / FOLDER
    for path in sorted(folder.glob("*.csv")) if folder.is_dir() else ():
        reader = csv.reader(io.StringIO(path.read_text("utf-8-sig")))
        if tuple(next(reader, ())) != OWN_COLUMNS:
            raise ConfigError(
                f"{path.name}:1: the header is wrong",
                hint=f"The columns are {','.join(OWN_COLUMNS)}",
            )
        for cells in reader:
            own = _own_rate(f"{path.name}:{reader.line_num}", cells)
            found[own.currency, own.period] = own
    return found


def _own_rate(where: str, cells: list[str]) -> ExchangeRate:
    row = dict(zip(OWN_COLUMNS, map(str.strip, cells), strict=False))
    try:
        value = Decimal(row.get("per_usd", ""))
    except InvalidOperation:
        value = Decimal(0)
    code, period = row.get("currency", ""), row.get("period", "")
    good = _CODE.fullmatch(code) and is_period(period) and len(cells) == len(OWN_COLUMNS)
    if not good or not value.is_finite() or value <= 0:
        raise ConfigError(
            f"{where}: not a rate: {','.join(cells)[:60]!r}",
            hint="Such as EUR,2026-07,0.8712,fed-g5,2026-07: units for one dollar, over zero",
        )
    return ExchangeRate(
        currency=code,
        period=period,
        per_usd=value,
        source=row["source"],
        vintage=row["vintage"],
    )


@cache
def _rates() -> dict[tuple[str, str], ExchangeRate]:
    return read_exchange_rates(cost_sources()[SOURCE])


def _needed(currency: str, period: str, desk: Path | None) -> ExchangeRate:
    found = rate(currency, period, desk)
    if found is not None:
        return found
    known = rates_of(currency)
    raise MeasureError(
        f"no rate of exchange for {currency} in {period}",
        hint=f"Rates for {currency} run from {known[0].period} to {known[-1].period}"
        if known
        else f"Known currencies: {', '.join(currencies())}; else give the rate yourself",
    )
