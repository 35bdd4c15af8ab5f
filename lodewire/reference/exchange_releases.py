"""Reading newer releases of exchange rates, each turned to units of a currency for one dollar.

Understood: CSV of FRED (the Federal Reserve's monthly averages: EXUSEU is dollars for a euro,
EXJPUS yen for a dollar; the code says which way), and SDMX CSV of the European Central Bank
(monthly averages, units of a currency for one euro: crossed through the dollar's own rate).
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation, localcontext

from lodewire.errors import ConfigError

DOLLARS_FOR_ONE = {"EXUSAL": "AUD", "EXUSEU": "EUR", "EXUSNZ": "NZD", "EXUSUK": "GBP"}
"""Codes of FRED that give US dollars for one of the currency; they are turned over."""

FOR_ONE_DOLLAR = {
    "EXBZUS": "BRL",
    "EXCAUS": "CAD",
    "EXCHUS": "CNY",
    "EXDNUS": "DKK",
    "EXHKUS": "HKD",
    "EXINUS": "INR",
    "EXJPUS": "JPY",
    "EXKOUS": "KRW",
    "EXMAUS": "MYR",
    "EXMXUS": "MXN",
    "EXNOUS": "NOK",
    "EXSFUS": "ZAR",
    "EXSIUS": "SGD",
    "EXSLUS": "LKR",
    "EXSDUS": "SEK",
    "EXSZUS": "CHF",
    "EXTAUS": "TWD",
    "EXTHUS": "THB",
}
"""Codes of FRED that give units of the currency for one US dollar, as they stand here."""

_MONTH = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])(?:-\d\d)?")
_DIGITS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedRate:
    """Units of ``currency`` for one US dollar, on average over ``period`` ("YYYY-MM")."""

    currency: str
    period: str
    per_usd: Decimal


def read_exchange_release(name: str, content: bytes) -> tuple[ReleasedRate, ...] | None:
    """Return the monthly rates of a release by currency and month; None for another layout.

    Raises ConfigError, with the line, for a rate that is no number over zero.
    """
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), strict=True))
    except (UnicodeDecodeError, csv.Error):
        return None
    header = [cell.strip() for cell in rows[0]] if rows else []
    if header[:1] and set(header[1:]) & {*DOLLARS_FOR_ONE, *FOR_ONE_DOLLAR}:
        return _fred(name, header, rows[1:])
    if {"CURRENCY", "CURRENCY_DENOM", "TIME_PERIOD", "OBS_VALUE"} <= set(header):
        return _ecb(name, header, rows[1:])
    return None


def _fred(name: str, header: list[str], rows: list[list[str]]) -> tuple[ReleasedRate, ...]:
    found: dict[tuple[str, str], Decimal] = {}
    for number, row in enumerate(rows, start=2):
        period = _period(row[0]) if row else ""
        if not period:
            continue
        for code, text in zip(header[1:], row[1:], strict=False):
            if text.strip() in ("", ".") or code not in {**DOLLARS_FOR_ONE, **FOR_ONE_DOLLAR}:
                continue
            value = _rate(f"{name}:{number}", code, text)
            if code in DOLLARS_FOR_ONE:
                found[DOLLARS_FOR_ONE[code], period] = _turned(value)
            else:
                found[FOR_ONE_DOLLAR[code], period] = value
    return _released(found)


def _ecb(name: str, header: list[str], rows: list[list[str]]) -> tuple[ReleasedRate, ...]:
    for_one_euro: dict[tuple[str, str], Decimal] = {}
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            continue
        told = dict(zip(header, map(str.strip, row), strict=True))
        period = _period(told["TIME_PERIOD"])
        monthly = told.get("FREQ", "M") == "M" and told["CURRENCY_DENOM"] == "EUR"
        if period and monthly and told["OBS_VALUE"]:
            value = _rate(f"{name}:{number}", told["CURRENCY"], told["OBS_VALUE"])
            for_one_euro[told["CURRENCY"], period] = value
    found: dict[tuple[str, str], Decimal] = {}
    for (currency, period), value in for_one_euro.items():
        dollars = for_one_euro.get(("USD", period))
        if dollars is None:
            continue
        if currency == "USD":
            found["EUR", period] = _turned(dollars)
        else:
            with localcontext(prec=_DIGITS):
                found[currency, period] = value / dollars
    return _released(found)


def _released(found: dict[tuple[str, str], Decimal]) -> tuple[ReleasedRate, ...]:
    return tuple(
        ReleasedRate(currency=currency, period=period, per_usd=value)
        for (currency, period), value in sorted(found.items())
    )


def _period(text: str) -> str:
    match = _MONTH.fullmatch(text.strip())
    return f"{match[1]}-{match[2]}" if match else ""


def _rate(where: str, code: str, text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(0)
    if not value.is_finite() or value <= 0:
        raise ConfigError(
            f"{where}: {code} {text!r} is no rate over zero", hint="Leave out what is missing"
        )
    return value


def _turned(value: Decimal) -> Decimal:
    with localcontext(prec=_DIGITS):
        return 1 / value
