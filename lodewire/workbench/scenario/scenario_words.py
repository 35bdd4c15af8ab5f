"""The words a scenario is written in: ranges with units, days, countries, and one-line changes.

    new supplier   JP/NA: 400..500..600 t from 2028 ramp 1..2.5..4
    ban            CN > JP, EU: leakage 0..0.1..0.3 from 2026
    redirection    JP/AU: 300 t from 2027     (output that is there already)
    outage         MM: 30% from 2026-03 until 2026-12
    quota          ID: 300 kt from 2026
    tariff         JP on CN: 25% diverted 0..0.3
    substitution   JP: 5..10%        recycling  JP: 15%        stock release  JP: 500 t

The head says whom the change concerns, the amount follows the colon, and the rest are words with a
value each. Country names and ISO 3166-1 alpha-2 codes both do.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import cache

from lodewire.errors import ScenarioError
from lodewire.model.ranges import Range, Shape
from lodewire.model.scenario import CHANGES, Change
from lodewire.model.vocabulary import QuantityKind
from lodewire.ontology.countries import load_countries
from lodewire.ontology.units import comparable, convert, kind_of

KINDS: Mapping[str, type[Change]] = {change.kind: change for change in CHANGES}

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_RANGE = re.compile(
    rf"(?:(?P<shape>uniform|triangular|pert)\s+)?(?P<low>{_NUMBER})"
    rf"(?:\s*\.\.\s*(?P<second>{_NUMBER}))?(?:\s*\.\.\s*(?P<third>{_NUMBER}))?\s*(?P<unit>[A-Za-z%$].*)?"
)
_A_YEAR = re.compile(r"\s*(?:/\s*(?:yr|year|a)|\ba year|\bper year|\bper annum|pa)$")
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_KEYWORDS = {
    "from": "from",
    "until": "until",
    "ramp": "ramp_up",
    "leakage": "leakage",
    "delivered": "delivered",
    "replaces": "replaces",
    "instead-of": "gives_way",
    "at": "unit_value",
    "diverted": "diverted",
    "exports": "exports",
    "site": "site",
    "demand": "demand",
    "evidence": "evidence",
}
_MAIN = {
    "new_supplier": "tonnes",
    "redirection": "tonnes",
    "outage": "lost",
    "ban": "leakage",
    "quota": "cap",
    "tariff": "rate",
    "substitution": "share",
    "recycling": "share",
    "stock_release": "tonnes",
}
_MASS = {"tonnes", "cap", "exports", "demand"}
_COUNTRIES = {"country", "to", "gives_way"}
_LISTS = {"targets", "partners"}
_EXAMPLES = {
    "new_supplier": "JP/NA: 500 t from 2028",
    "redirection": "JP/AU: 300 t from 2027",
    "outage": "MM: 30% from 2026-03 until 2026-12",
    "ban": "CN > JP: leakage 0..0.1..0.3",
    "quota": "ID: 300 kt from 2026",
    "tariff": "JP on CN: 25%",
    "substitution": "JP: 10%",
    "recycling": "JP: 15%",
    "stock_release": "JP: 500 t from 2027 until 2027",
}


def parse_change(kind: str, words: str) -> Change:
    """Return the change that one line tells; raises ScenarioError with an example of its kind."""
    if kind not in _EXAMPLES:
        raise ScenarioError(
            f"{kind[:40]!r} is no kind of change", hint=f"There are {', '.join(_EXAMPLES)}"
        )
    hint = f"Write it like this: {_EXAMPLES[kind]}"
    head, colon, rest = words.partition(":")
    if not colon or not head.strip() or not rest.strip():
        raise ScenarioError(f"{words!r} is no {_name(kind)}", hint=hint)
    pieces = re.split(rf"\s*(?:^|(?<=\s))({'|'.join(_KEYWORDS)})\s+", rest.strip())
    told: dict[str, object] = _head(kind, head.strip())
    if pieces[0].strip():
        told[_MAIN[kind]] = pieces[0].strip()
    for word, value in zip(pieces[1::2], pieces[2::2], strict=True):
        name = _KEYWORDS[word]
        if name in told:
            raise ScenarioError(f"{words!r} tells {word} twice", hint=hint)
        told[name] = value.strip()
    try:
        return build_change(kind, told)
    except ScenarioError as error:
        raise ScenarioError(f"{words!r}: {error.message}", hint=error.hint or hint) from error


def _head(kind: str, head: str) -> dict[str, object]:
    if kind in ("new_supplier", "redirection") and "/" in head:
        to, _, country = head.partition("/")
        return {"to": to.strip(), "country": country.strip()}
    if kind in ("ban", "quota") and ">" in head:
        country, _, targets = head.partition(">")
        return {"country": country.strip(), "targets": _listed(targets)}
    if kind == "tariff" and " on " in head:
        country, _, partners = head.partition(" on ")
        return {"country": country.strip(), "partners": _listed(partners)}
    if kind in ("substitution", "recycling") and head.casefold() == "world":
        return {}
    return {"country": head}


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def build_change(kind: str, told: Mapping[str, object]) -> Change:
    """Return a change of its fields: words for ranges with units, days, country names or codes.

    "from" and "until" are first and last day. Raises ScenarioError for a kind or field that is not
    known, one that is missing, and values that are none.
    """
    if kind not in KINDS:
        near = get_close_matches(kind.replace("-", "_"), KINDS, n=1)
        raise ScenarioError(
            f"{kind!r} is no kind of change",
            hint=f"Did you mean {near[0]}?" if near else f"One of {', '.join(KINDS)}",
        )
    known = {f.name: f for f in fields(KINDS[kind])}
    values: dict[str, object] = {}
    for name, value in told.items():
        field = {"from": "start", "until": "end"}.get(name, name)
        if field not in known:
            raise ScenarioError(
                f"a {_name(kind)} has no {name!r}",
                hint=f"It has {', '.join(_shown(kind))}",
            )
        _take(kind, field, value, values)
    _settle_money(values)
    missing = [n for n, f in known.items() if f.default is MISSING and n not in values]
    if missing:
        raise ScenarioError(f"a {_name(kind)} needs {', '.join(missing)}")
    return KINDS[kind](**values)  # type: ignore[arg-type]


def _shown(kind: str) -> list[str]:
    names = [f.name for f in fields(KINDS[kind]) if f.name not in ("start", "end")]
    return [*names, "from", "until"]


def _name(kind: str) -> str:
    return kind.replace("_", " ")


def _take(kind: str, field: str, value: object, values: dict[str, object]) -> None:
    if field in ("start", "end"):
        values[field] = parse_day(value, last=field == "end")
    elif field in _COUNTRIES:
        values[field] = country_of(str(value))
    elif field in _LISTS:
        each = value if isinstance(value, (list, tuple)) else _listed(str(value))
        values[field] = tuple(country_of(str(v)) for v in each)
    elif field in ("site", "evidence", "currency"):
        values[field] = str(value)
    elif field == "unit":
        values.setdefault("unit", _mass(str(value)))
    else:
        _take_range(kind, field, value, values)


def _take_range(kind: str, field: str, value: object, values: dict[str, object]) -> None:
    range_, unit = parse_range(value)
    if field in _MASS or (field == "lost" and unit not in (None, "%")):
        if unit is not None:
            mass = _mass(unit)
            if values.setdefault("unit", mass) != mass:
                raise ScenarioError(f"{field} is in {mass}, another amount in {values['unit']}")
    elif unit == "%":
        range_ = range_.scaled(Decimal("0.01"))
    elif field == "ramp_up":
        if unit not in (None, "years", "year"):
            raise ScenarioError(f"ramp_up is in years, not in {unit!r}")
    elif field == "unit_value":
        values["currency"] = unit or ""  # "USD/kg" until the unit of the tonnage is known
    elif unit is not None:
        raise ScenarioError(
            f"{field} is a share of a whole and not {unit!r}",
            hint="Write 0.3 or 30%, or a range such as 0.1..0.3..0.5",
        )
    values[field] = range_


def _settle_money(values: dict[str, object]) -> None:
    """Turn a unit value of "USD/kg" into money for the unit of the tonnage."""
    price, written = values.get("unit_value"), str(values.get("currency", ""))
    if not isinstance(price, Range) or "/" not in written:
        return
    currency, _, mass = (part.strip() for part in written.partition("/"))
    factor = convert(Decimal(1), _mass(mass), str(values.get("unit", "t")))
    values["unit_value"] = price.scaled(1 / factor)
    values["currency"] = currency


def parse_range(value: object) -> tuple[Range, str | None]:
    """Return a range and its unit: "500", "400..600 t", "pert 0.1..0.2..0.5", "5..10%".

    Two ends are uniform, three triangular, unless a word says otherwise. A unit of a year is the
    unit alone. Raises ScenarioError for what is none.
    """
    text = str(value).strip()
    found = _RANGE.fullmatch(text)
    if found is None:
        raise ScenarioError(
            f"{text!r} is no number and no range",
            hint="Write 500, 400..600 (every value as likely) or 400..500..600 (one likeliest)",
        )
    low, second, third = (
        None if found[g] is None else Decimal(found[g].replace(",", ""))
        for g in ("low", "second", "third")
    )
    assert low is not None
    unit = found["unit"]
    if unit is not None:
        unit = _A_YEAR.sub("", unit).strip() or None
    if second is None:
        return Range.fixed(low), unit
    if third is None:
        if found["shape"] not in (None, "uniform"):
            raise ScenarioError(
                f"{text!r}: a {found['shape']} range needs its likeliest value",
                hint="Write lowest..likeliest..highest",
            )
        return Range.uniform(low, second), unit
    shape = Shape(found["shape"] or "triangular")
    if shape is Shape.UNIFORM:
        raise ScenarioError(
            f"{text!r}: in a uniform range no value is likeliest",
            hint="Write lowest..highest",
        )
    return Range(low=low, mode=second, high=third, shape=shape), unit


def parse_day(value: object, *, last: bool = False) -> date:
    """Return a day of "2028", "2028-07" or "2028-07-01": the first of it, or the ``last``."""
    if isinstance(value, date):
        return value
    found = _DAY.fullmatch(str(value).strip())
    try:
        if found is None:
            raise ValueError(value)
        year, month = int(found[1]), int(found[2] or (12 if last else 1))
        day = int(found[3]) if found[3] else (monthrange(year, month)[1] if last else 1)
        return date(year, month, day)
    except ValueError:
        raise ScenarioError(
            f"{value!r} is no day", hint="Write 2028, 2028-07 or 2028-07-01"
        ) from None


def country_of(text: str) -> str:
    """Return the id of a country or bloc by code or name; raises ScenarioError for others."""
    known = _country_names()
    found = known.get(text.strip().casefold())
    if found is None:
        near = get_close_matches(text.strip().casefold(), known, n=1)
        raise ScenarioError(
            f"{text!r} is no country",
            hint=f"Did you mean {load_countries()[known[near[0]]].name}?"
            if near
            else "Write its name or ISO code, such as Namibia or NA",
        )
    return found


@cache
def _country_names() -> Mapping[str, str]:
    found = {c.id.casefold(): c.id for c in load_countries().values()}
    for country in load_countries().values():
        for alias in country.names:
            found.setdefault(alias.text.casefold(), country.id)
    return found


def _mass(unit: str) -> str:
    unit = _A_YEAR.sub("", unit).strip()
    if not comparable(unit, "t") or kind_of(unit) is not QuantityKind.MASS:
        raise ScenarioError(f"{unit!r} is no unit of mass", hint="Write t, kt, kg or lb")
    return unit
