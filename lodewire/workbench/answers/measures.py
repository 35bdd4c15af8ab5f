"""Measures, scenarios and landed costs as the API answers them: computed anew when asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from lodewire.errors import MeasureError, NotThere, QueryError, ScenarioError
from lodewire.model.answers import Values
from lodewire.model.cost import Incoterm
from lodewire.reference.store import store_of
from lodewire.workbench.exposure import exposure_of
from lodewire.workbench.exposure.compute import find_commodity
from lodewire.workbench.exposure.plain_values import to_json as exposure_values
from lodewire.workbench.market.cost_values import to_json as cost_values
from lodewire.workbench.market.costing import Amount, CostRequest, cost_of_day
from lodewire.workbench.scenario.plain_values import to_json as scenario_values
from lodewire.workbench.scenario.scenario_files import parse_scenario
from lodewire.workbench.scenario.scenario_words import parse_change
from lodewire.workbench.scenario.scenarios import run_asked

MOST_DRAWS = 20_000
MOST_CHANGES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAsked:
    """One change in the words of ``lodewire scenario run``: kind "ban", words "CN > JP"."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioAsked:
    """A scenario to run: which material and stage, what changes, and for whom it is measured.

    ``world`` is the world's supply ("1500 t") where figures are shares alone.
    """

    commodity: str
    stage: str
    changes: tuple[ChangeAsked, ...]
    importer: str | None = None
    partner: str | None = None
    world: str | None = None
    on: date | None = None
    year: int | None = None
    draws: int = 10_000
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CostAsked:
    """A landed cost to work out; amounts are numbers as text, in ``unit`` unless given another.

    With ``price`` left out, the table's price of the month is taken; duties are those of the day.
    """

    commodity: str
    importer: str
    origin: str
    day: date
    form: str = ""
    code: str = ""
    unit: str = "USD/t"
    incoterm: str = "CIF"
    price: str | None = None
    premium: str | None = None
    freight: str | None = None
    insurance: str | None = None
    delivery: str | None = None
    finance_rate: str | None = None
    finance_days: int = 0
    claims: tuple[str, ...] = ()


def measures_of(
    commodity: str,
    *,
    country: str | None = None,
    partner: str | None = None,
    stage: str | None = None,
    year: int | None = None,
    vintage: str | None = None,
    inputs: bool = False,
    desk: Path | None = None,
) -> Values:
    """Return every measure of a commodity, by id, name or alias.

    Raises NotThere where none goes by it, MeasureError for an unknown country or stage.
    """
    try:
        commodity = find_commodity(commodity)
    except MeasureError as unknown:
        raise NotThere(unknown.message, hint=unknown.hint) from unknown
    found = exposure_of(
        commodity,
        country,
        partner,
        stage=stage,
        year=year,
        vintage=vintage,
        store=store_of(desk),
    )
    return Values(kind="exposure", result=exposure_values(found, inputs=inputs))


def run_scenario(asked: ScenarioAsked, *, today: date, desk: Path | None = None) -> Values:
    """Return every measure before and after. Raises ScenarioError for what cannot be run."""
    if len(asked.changes) > MOST_CHANGES:
        raise ScenarioError(f"a scenario may have {MOST_CHANGES} changes")
    if not 0 <= asked.draws <= MOST_DRAWS or not 0 <= asked.seed < 2**32:
        raise ScenarioError(f"draws run from 0 to {MOST_DRAWS:,}, seeds from 0 to 4,294,967,295")
    head = {
        "name": "scenario",
        "commodity": asked.commodity,
        "stage": asked.stage,
        "world": asked.world,
        "importer": asked.importer,
        "partner": asked.partner,
    }
    told = parse_scenario({k: v for k, v in head.items() if v is not None}, "the request")
    changes = tuple(parse_change(c.kind, c.words) for c in asked.changes)
    ran = run_asked(
        replace(
            told, scenario=replace(told.scenario, changes=changes), on=asked.on, year=asked.year
        ),
        today=today,
        draws=asked.draws,
        seed=asked.seed,
        store=store_of(desk),
    )
    return Values(kind="scenario", result=scenario_values(ran))


def landed_cost_of(asked: CostAsked, *, desk: Path | None = None) -> Values:
    """Return a landed cost step by step. Raises MeasureError, and QueryError for no number."""
    if asked.incoterm.upper() not in Incoterm.__members__:
        raise QueryError(
            f"{asked.incoterm[:20]!r} is no incoterm", hint=", ".join(Incoterm.__members__)
        )
    request = CostRequest(
        commodity=asked.commodity,
        importer=asked.importer.upper(),
        origin=asked.origin.upper(),
        form=asked.form,
        code=asked.code,
        unit=asked.unit,
        incoterm=Incoterm(asked.incoterm.upper()),
        price=_amount(asked.price),
        premium=_amount(asked.premium),
        freight=_amount(asked.freight),
        insurance=_amount(asked.insurance),
        delivery=_amount(asked.delivery),
        finance_rate=None if asked.finance_rate is None else _number(asked.finance_rate),
        finance_days=asked.finance_days,
        claims=tuple(c.upper() for c in asked.claims),
    )
    found = cost_of_day(request, asked.day, desk=desk)
    return Values(kind="landed_cost", result={"version": 1, **cost_values(found, found.cost)})


def _amount(told: str | None) -> Amount | None:
    if told is None:
        return None
    number, _, unit = told.strip().partition(" ")
    return Amount(value=_number(number), unit=unit.strip())


def _number(told: str) -> Decimal:
    try:
        value = Decimal(told)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) > 10**12:
        raise QueryError(f"{told[:40]!r} is no number", hint='Write "2650", or "40 USc/lb".')
    return value
