"""A country's balance and the EU's inputs, as a user states them in words or in a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from lodewire.errors import ScenarioError, UnitError
from lodewire.model.scenario import Balance, RiskInputs
from lodewire.ontology.units import convert

_BALANCE = ("production", "imports", "exports", "stock_draw")
_NEEDED = ("production", "imports", "exports")
_RISK = {
    "reliance": "import_reliance",
    "import_reliance": "import_reliance",
    "recycling": "recycling_rate",
    "recycling_rate": "recycling_rate",
    "substitution": "substitution_index",
    "substitution_index": "substitution_index",
}
_AMOUNT = re.compile(r"(-?[\d,.]+)\s*(.*)")
BALANCE_WORDS = "production 0 t; imports 7000 t; exports 1000 t"
RISK_WORDS = "reliance 44; recycling 42; substitution 1.0"


def read_words(words: str, where: str) -> dict[str, str]:
    """Split "imports 7000 t; exports 1000 t" into names and values."""
    found: dict[str, str] = {}
    for part in filter(None, (p.strip() for p in words.split(";"))):
        match = re.fullmatch(r"([a-z][a-z _-]*?)\s*[:=]?\s*(-?\d.*)", part, re.IGNORECASE)
        if match is None:
            raise ScenarioError(f"{where}: {part!r} is no name with a number")
        found[re.sub(r"[ -]", "_", match[1].casefold())] = match[2]
    return found


def balance_from(told: Mapping[str, Any], country: str | None, where: str) -> Balance:
    """Return the balance that is stated; every amount a mass, in one unit or with its own.

    Raises ScenarioError where one is missing, no mass, or the country is not known.
    """
    if country is None:
        raise ScenarioError(f"{where}: whose balance it is is missing", hint="Name the importer")
    unknown = [k for k in told if k not in _BALANCE]
    missing = [k for k in _NEEDED if k not in told]
    if unknown or missing:
        raise ScenarioError(
            f"{where}: {unknown[0]!r} is not known" if unknown else f"{where}: no {missing[0]}",
            hint=f"Write {BALANCE_WORDS}; stock draw 0 t",
        )
    amounts = {k: _tonnes(v, f"{where}, {k}") for k, v in told.items()}
    return Balance(
        country=country,
        production=amounts["production"],
        imports=amounts["imports"],
        exports=amounts["exports"],
        stock_draw=amounts.get("stock_draw", Decimal(0)),
    )


def risk_inputs_from(told: Mapping[str, Any], where: str) -> RiskInputs:
    """Return the EU's inputs: reliance and recycling in percent, the substitution index 0..1."""
    found: dict[str, Decimal] = {}
    for key, value in told.items():
        if key not in _RISK:
            raise ScenarioError(f"{where}: {key!r} is not known", hint=f"Write {RISK_WORDS}")
        found[_RISK[key]] = _number(str(value).strip().removesuffix("%"), f"{where}, {key}")
    missing = sorted(set(_RISK.values()) - set(found))
    if missing:
        raise ScenarioError(f"{where}: no {missing[0]}", hint=f"Write {RISK_WORDS}")
    return RiskInputs(**found, vintage="stated")


def _tonnes(value: Any, where: str) -> Decimal:
    match = _AMOUNT.fullmatch(str(value).strip())
    if match is None:
        raise ScenarioError(f"{where}: {value!r} is no amount", hint="Write 7000 t")
    number = _number(match[1], where)
    try:
        return convert(number, match[2].strip() or "t", "t")
    except UnitError as error:
        raise ScenarioError(f"{where}: {error.message}", hint="Write 7000 t, or 7 kt") from error


def _number(text: str, where: str) -> Decimal:
    try:
        number = Decimal(text.strip().replace(",", ""))
    except InvalidOperation:
        raise ScenarioError(f"{where}: {text!r} is no number") from None
    if not number.is_finite():
        raise ScenarioError(f"{where}: {text!r} is no number")
    return number
