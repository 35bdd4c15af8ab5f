"""A scenario as options or a form's fields tell it, and a proposal as such fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from lodewire.analytics.scenario.proposal import Draft
from lodewire.errors import ScenarioError
from lodewire.model.scenario import Change
from lodewire.workbench.scenario.kinds import KINDS
from lodewire.workbench.scenario.scenario_events import required
from lodewire.workbench.scenario.scenario_files import Asked, parse_scenario
from lodewire.workbench.scenario.scenario_words import country_of, parse_change, parse_day
from lodewire.workbench.scenario.stated import balance_from, read_words, risk_inputs_from

MOST_CHANGES = 20
OPEN = "?"
"""Stands in a proposed change where only a person can say what belongs there."""


def changes_of(told: Mapping[str, Sequence[str]]) -> tuple[Change, ...]:
    """Return the changes that lines tell, by kind. Raises ScenarioError with an example."""
    return tuple(parse_change(kind, words) for kind in KINDS for words in told.get(kind, ()))


def stated_of(balance: str | None, eu: str | None, country: str | None) -> dict[str, Any]:
    """Return what was stated in words, by the name of its field; nothing where nothing was."""
    found: dict[str, Any] = {}
    if balance is not None:
        words = read_words(balance, "--balance")
        found["balance"] = balance_from(words, country, "--balance")
    if eu is not None:
        found["risk"] = risk_inputs_from(read_words(eu, "--eu"), "--eu")
    return found


def asked_of_fields(told: Mapping[str, str]) -> Asked:
    """Return the scenario of a form's fields: each kind of change has a field, a line a change.

    Raises ScenarioError for what is missing or cannot be read.
    """
    commodity, stage = told.get("commodity", "").strip(), told.get("stage", "").strip()
    if not commodity or not stage:
        raise ScenarioError(
            "a scenario needs a commodity and a stage", hint="Such as cobalt and mining"
        )
    world = {"world": told["world"]} if told.get("world", "").strip() else {}
    asked = parse_scenario(
        {"name": "scenario", "commodity": commodity, "stage": stage, **world}, "the form"
    )
    lines = {kind: _lines(told.get(kind, "")) for kind in KINDS}
    if sum(map(len, lines.values())) > MOST_CHANGES:
        raise ScenarioError(
            f"a scenario of a page has {MOST_CHANGES} changes at most",
            hint="Leave some out, or run a file on the command line",
        )
    country = told.get("country", "").strip()
    importer = country_of(country) if country else None
    partner = told.get("partner", "").strip()
    day = told.get("on", "").strip()
    stated = stated_of(told.get("balance") or None, told.get("eu") or None, importer)
    return replace(
        asked,
        scenario=replace(asked.scenario, changes=changes_of(lines)),
        importer=importer,
        partner=country_of(partner) if partner else None,
        on=parse_day(day) if day else None,
        year=_year(told.get("year", "").strip()),
        **stated,
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _year(told: str) -> int | None:
    if not told:
        return None
    if not (told.isascii() and told.isdigit() and 1900 <= int(told[:5]) <= 2100):
        raise ScenarioError(f"{told[:20]!r} is no year", hint="Write 2024")
    return int(told)


def draft_line(draft: Draft) -> str:
    """Return a proposed change as a line of its kind, with what is open at its widest.

    Where nothing general can be said of a needed value, :data:`OPEN` stands in its place.
    """
    told: dict[str, Any] = dict(draft.told)
    for question in required(draft):
        told.setdefault(question.name, question.range or OPEN)
    return change_line(draft.kind, told)


def change_line(kind: str, told: Mapping[str, Any]) -> str:
    """Return the line that :func:`parse_change` reads as a change with these fields."""
    rest = dict(told)
    head = _head(kind, rest)
    main = _MAIN.get(kind)
    first = str(rest.pop(main)) if main in rest else ""
    unit = rest.pop("unit", "")
    if unit and main in _MASSES and unit not in first:
        first = f"{first} {unit}"
    words = [f"{_WORDS.get(name, name)} {value}" for name, value in rest.items()]
    return f"{head}: {' '.join([first, *words]).strip()}"


def _head(kind: str, rest: dict[str, Any]) -> str:
    country = str(rest.pop("country", "world"))
    if kind in ("new_supplier", "redirection") and "to" in rest:
        return f"{rest.pop('to')}/{country}"
    if kind in ("ban", "quota") and rest.get("targets"):
        return f"{country} > {_joined(rest.pop('targets'))}"
    if kind == "tariff" and rest.get("partners"):
        return f"{country} on {_joined(rest.pop('partners'))}"
    return country


def _joined(told: Any) -> str:
    return ", ".join(map(str, told)) if isinstance(told, (list, tuple)) else str(told)


_MAIN = {
    "new_supplier": "tonnes", "redirection": "tonnes", "outage": "lost", "quota": "cap",
    "tariff": "rate", "substitution": "share", "recycling": "share", "stock_release": "tonnes",
}  # fmt: skip
_MASSES = ("tonnes", "lost", "cap")
_WORDS = {
    "ramp_up": "ramp", "gives_way": "instead-of", "unit_value": "at", "start": "from",
    "end": "until",
}  # fmt: skip
