"""How values are printed: numbers with unit and hedge, dates, names, lists."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from lodewire.model.statement import Statement
from lodewire.model.vocabulary import Qualifier
from lodewire.ontology.commodities import load_commodities

_CURRENCIES = {
    "USD": "US$",
    "$": "$",
    "EUR": "€",
    "GBP": "£",
    "AUD": "A$",
    "CAD": "C$",
    "NZD": "NZ$",
    "HKD": "HK$",
    "SGD": "S$",
    "ZAR": "R",
    "INR": "Rs ",
    "JPY": "¥",
    "CNY": "CNY ",
}
_MINOR = {"USc": "US cents", "c": "cents", "GBp": "pence", "AUc": "Australian cents"}
_HEDGES = {
    Qualifier.ABOUT: "about ",
    Qualifier.NEARLY: "nearly ",
    Qualifier.MORE_THAN: "more than ",
    Qualifier.LESS_THAN: "less than ",
    Qualifier.AT_LEAST: "at least ",
    Qualifier.UP_TO: "up to ",
}
_SCALES = (
    (Decimal(10) ** 12, "trillion"),
    (Decimal(10) ** 9, "billion"),
    (Decimal(10) ** 6, "million"),
)
_MOST_DIGITS = 5
_MATERIALS = ("commodity", "product")
# Words that open a sentence with a capital and are no names: "Output will rise" forecasts output.
_OPENERS = frozenset(
    "Annual Average Capacity Capital Consumption Demand Domestic Earnings Exports Global Growth "
    "Imports Investment Nameplate Output Overall Premium Premiums Price Prices Production Revenue "
    "Sales Spending Supply Surplus Total World".split()
)
_SHOUTED = 5  # letters from which capitals are a headline's
_PROPER = frozenset(("Brent", "Dubai", "Urals", "Murban", "West", "Henry"))
FACTORS = ("1", "x")
# Countries and blocs that English names with an article.
_WITH_ARTICLE = frozenset("US GB AE NL PH CD CG CF DO EU GM BS MV SB KM".split())
_PER = {
    "t": "tonne",
    "lb": "pound",
    "kg": "kilogram",
    "ozt": "troy ounce",
    "oz": "ounce",
    "bbl": "barrel",
    "MMBtu": "MMBtu",
    "MWh": "MWh",
    "kWh": "kWh",
    "yr": "year",
    "month": "month",
    "d": "day",
    "dmtu": "dmtu",
    "mtu": "mtu",
}


def print_statement(statement: Statement) -> str:
    """Return a statement's value as it stands in a brief; the same statement, the same words."""
    if statement.unit in FACTORS and not statement.edited:
        return " ".join(statement.original.split())  # "halved", "a third": best as written
    if statement.unit is not None or _is_number(statement.value):
        return _print_quantity(statement)
    if statement.property in _MATERIALS and statement.entity in load_commodities():
        return _as_inside(statement.value)
    if statement.property == "variable" and statement.value.partition(" ")[0] in _OPENERS:
        return statement.value[0].lower() + statement.value[1:]
    if statement.entity in _WITH_ARTICLE:
        return f"the {statement.value.removeprefix('the ')}"
    span = parse_dates(statement.value)
    if span is None:
        return statement.value
    if statement.property == "effective_date" and not is_whole_months(*span):
        return print_dates(span[0], span[0])  # "since 12 March": from when, not until when
    return print_dates(*span)


def _as_inside(material: str) -> str:
    """A material as it stands inside a sentence: "COBALT" and "Tin" of a headline in small letters.

    What holds a digit, or letters of both sizes beyond the first, is a formula or a proper name:
    U3O8, NdFeB, Brent crude. Short capitals are abbreviations: LNG, APT.
    """
    words = material.split()
    if any(re.search(r"\d|[a-z][A-Z]", word) for word in words) or words[0] in _PROPER:
        return material
    return " ".join(w if w.isupper() and len(w) < _SHOUTED else w.lower() for w in words)


def _is_number(value: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(?:\.\d+)?(?:\.\.-?\d+(?:\.\d+)?)?", value))


def _print_quantity(statement: Statement) -> str:
    return print_bounds(statement.value, statement.unit, statement.qualifier)


def print_bounds(value: str, unit: str | None, qualifier: str | None) -> str:
    """Return a stated value or range in words; the value itself where it is open to a side."""
    bounds = _bounds(value)
    if bounds is None:
        return value
    hedge = _hedge(qualifier)
    low, high = bounds
    if low == high:
        return hedge + print_amount(low, unit)
    return f"{hedge}{print_amount(low, unit)} to {print_amount(high, unit)}"


def _hedge(qualifier: str | None) -> str:
    if not qualifier:
        return ""
    try:
        return _HEDGES.get(Qualifier(qualifier), "")
    except ValueError:
        return ""


def _bounds(value: str) -> tuple[Decimal, Decimal] | None:
    low, _, high = value.partition("..")
    try:
        return Decimal(low), Decimal(high or low)
    except InvalidOperation:
        return None


def print_number(value: Decimal) -> str:
    """Return the number with thousands separators and no digit lost: "1,875", "0.411"."""
    exact = f"{value:f}"
    if "." in exact:
        exact = exact.rstrip("0").rstrip(".")
    whole, point, decimals = exact.partition(".")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{int(whole.lstrip('-') or '0'):,}{point}{decimals}"


def _scaled(value: Decimal) -> str:
    """ "1.875 billion"; a figure with many digits of its own stays "1,328,425"."""
    for scale, word in _SCALES:
        if abs(value) >= scale:
            scaled = (value / scale).normalize()
            if len(scaled.as_tuple().digits) > _MOST_DIGITS:
                break
            return f"{print_number(scaled)} {word}"
    return print_number(value)


def print_amount(value: Decimal, unit: str | None) -> str:
    """Return value and unit in words: "US$1.875 billion", "88.1 US cents a pound", "25 %"."""
    if unit is None or unit in ("1", "count"):
        return _scaled(value)
    if unit == "%":
        return f"{print_number(value)} %"
    if unit == "%pt":
        return f"{print_number(value)} percentage points"
    if unit == "bp":
        return f"{print_number(value)} basis points"
    head, slash, per = unit.partition("/")
    if head in _MINOR:
        return f"{print_number(value)} {_MINOR[head]}" + (_per(per) if slash else "")
    if head in _CURRENCIES or (len(head) == 3 and head.isupper()):
        money = _CURRENCIES.get(head, head + " ") + _scaled(value)
        return money + (_per(per) if slash else "")
    if slash and per in ("yr", "month", "d"):
        return f"{_scaled(value)} {head} a {_PER[per]}"
    return f"{_scaled(value)} {unit}"


def _per(unit: str) -> str:
    word = _PER.get(unit, unit)
    return f" an {word}" if word[0] in "aeio" else f" a {word}"


def parse_dates(value: str) -> tuple[date, date] | None:
    """Return first and last day of "2025-03-12" or "2025-01-01..2027-12-31", or None."""
    match = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:\.\.(\d{4}-\d\d-\d\d))?", value)
    if match is None:
        return None
    try:
        first = date.fromisoformat(match[1])
        last = date.fromisoformat(match[2] or match[1])
    except ValueError:
        return None
    return first, last


def is_whole_months(first: date, last: date) -> bool:
    """Tell whether two days are the first of a month and the last of one."""
    return first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]


def print_dates(first: date, last: date) -> str:
    """Return "12 March 2025", "March 2025", "the first quarter of 2025", "2025 to 2027"."""
    if first == last:
        return f"{first.day} {calendar.month_name[first.month]} {first.year}"
    if not is_whole_months(first, last):
        return f"{print_dates(first, first)} to {print_dates(last, last)}"
    if first.month == 1 and last.month == 12:
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    if first.year == last.year:
        name = _PART_OF_YEAR.get((first.month, last.month))
        if name:
            return f"{name} of {first.year}"
        if first.month == last.month:
            return f"{calendar.month_name[first.month]} {first.year}"
    return (
        f"{calendar.month_name[first.month]} {first.year} to "
        f"{calendar.month_name[last.month]} {last.year}"
    )


_PART_OF_YEAR = {
    (1, 3): "the first quarter",
    (4, 6): "the second quarter",
    (7, 9): "the third quarter",
    (10, 12): "the fourth quarter",
    (1, 6): "the first half",
    (7, 12): "the second half",
}


def join_words(words: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]
