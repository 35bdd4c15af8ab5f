"""An amount of money by weight as a trader writes it: 2850 USD/t, $2850/t, 88.10 c/lb."""

from __future__ import annotations

import re

_SAID = re.compile(
    r"(?P<sign>(?:[A-Z]{1,3})?[$€£])?\s*(?P<number>[-+−]?[\d.,\u2009]+(?:[eE][-+]?\d+)?)"
    r"\s*(?P<unit>.*)",
    re.S,
)
_PER = re.compile(r"\s*(?:/|\ba\b|\ban\b|\bper\b)\s*")
_MONEY = {
    "$": "USD",
    "US$": "USD",
    "A$": "AUD",
    "C$": "CAD",
    "€": "EUR",
    "£": "GBP",
    "c": "USc",
    "¢": "USc",
    "cent": "USc",
    "cents": "USc",
    "US cents": "USc",
}


def parts_of_amount(text: str) -> tuple[str, str] | None:
    """Return number and unit of an amount as text; None where no number stands in front.

    A bare dollar or cent is the United States', as exchanges and premiums of metals are quoted:
    "88.10 c/lb" is 88.10 US cents a pound. Other dollars are written with their country: A$2850/t.
    """
    found = _SAID.fullmatch(text.strip())
    if found is None:
        return None
    sign, unit = found["sign"] or "", found["unit"].strip()
    by = "" if not sign or not unit or _PER.match(unit) else " "
    return found["number"].replace("−", "-"), plain_unit(f"{sign}{by}{unit}")


def plain_unit(unit: str) -> str:
    """Return a unit with its money by code: "c/lb" and "cents a pound" as USc/lb, USc/pound."""
    money, *by = _PER.split(unit.strip(), maxsplit=1)
    return "/".join([_MONEY.get(money, money), *by])
