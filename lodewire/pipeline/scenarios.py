"""Scenarios joined: the reference figures they stand on, the day they are looked at, the run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import get_close_matches

from lodewire.analytics.scenario import Outcome, run
from lodewire.analytics.scenario.running import DRAWS
from lodewire.errors import ScenarioError
from lodewire.model.measure import Figure
from lodewire.model.scenario import NewSupplier, Scenario
from lodewire.ontology.commodities import ancestors_of, load_commodities
from lodewire.pipeline.scenario_files import Asked
from lodewire.reference.production import load_production, production_of

_DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """An outcome with the figures it stands on."""

    outcome: Outcome
    figures: tuple[Figure, ...]
    importer: str | None
    partner: str | None


def with_importer(asked: Asked) -> Asked:
    """Return the request with its importer, where the flows are those of one alone.

    Raises ScenarioError where they are of several and none is named.
    """
    importers = sorted({f.importer for f in asked.flows})
    if asked.importer is not None or not importers:
        return asked
    if len(importers) > 1:
        raise ScenarioError(
            f"the flows are those of {', '.join(importers)}",
            hint=f"Say whose imports are looked at: --country {importers[0]}",
        )
    return replace(asked, importer=importers[0])


def run_asked(asked: Asked, *, today: date, draws: int = DRAWS, seed: int = 1) -> Ran:
    """Run what was asked for: own figures where they are given, else those of the package.

    Without a day, the one is taken when every change has begun and every ramp-up has ended; where
    none has a date, ``today``. Raises ScenarioError where there is nothing to stand on.
    """
    asked = with_importer(asked)
    figures = asked.figures or figures_for(asked.scenario, asked.year, needed=not asked.flows)
    outcome = run(
        asked.scenario,
        figures,
        asked.flows,
        on=asked.on or settled_on(asked.scenario, today),
        importer=asked.importer,
        partner=asked.partner,
        draws=draws,
        seed=seed,
    )
    return Ran(outcome=outcome, figures=figures, importer=asked.importer, partner=asked.partner)


def run_each_day(asked: Asked, *, today: date) -> tuple[Outcome, ...]:
    """Return the outcome on every day on which a change begins or has ended, without draws."""
    days: set[date] = set()
    for change in asked.scenario.changes:
        days.add(change.start or today)
        if change.end is not None:
            days.add(change.end + timedelta(days=1))
        if isinstance(change, NewSupplier):
            days.add(_grown(change, today))
    asked = with_importer(asked)
    figures = asked.figures or figures_for(asked.scenario, asked.year, needed=not asked.flows)
    return tuple(
        run(
            asked.scenario,
            figures,
            asked.flows,
            on=day,
            importer=asked.importer,
            partner=asked.partner,
            draws=0,
        )
        for day in sorted(days)
    )


def settled_on(scenario: Scenario, today: date) -> date:
    """Return the day when every change has begun and every ramp-up has ended."""
    days = [c.start for c in scenario.changes if c.start is not None]
    days += [_grown(c, today) for c in scenario.changes if isinstance(c, NewSupplier) and c.start]
    return max(days, default=today)


def _grown(change: NewSupplier, today: date) -> date:
    start = change.start or today
    years = 0 if change.ramp_up is None else float(change.ramp_up.high)
    return start + timedelta(days=round(years * _DAYS_A_YEAR))


def figures_for(
    scenario: Scenario, year: int | None = None, *, needed: bool = True
) -> tuple[Figure, ...]:
    """Return the newest figures of the scenario's commodity and stage.

    Raises ScenarioError for an unknown commodity, and where ``needed`` figures are not there; the
    hint names the stages and the wider material that have some.
    """
    commodity = scenario.commodity
    known = load_commodities()
    if commodity not in known:
        near = get_close_matches(commodity, known, n=3)
        raise ScenarioError(
            f"{commodity!r} is no commodity of the ontology",
            hint=f"Did you mean {', '.join(near)}?" if near else "`lodewire show NAME` finds ids",
        )
    found = production_of(commodity, scenario.stage, year)
    if found or not needed:
        return found
    when = f" in {year}" if year is not None else ""
    raise ScenarioError(
        f"there are no figures of {commodity} at the stage {scenario.stage!r}{when}",
        hint=_other_stages(commodity),
    )


def _other_stages(commodity: str) -> str:
    for name in (commodity, *ancestors_of(commodity)):
        stages = dict.fromkeys(f.stage for f in load_production() if f.commodity == name)
        if stages:
            told = f"There are some of {name} at {', '.join(stages)}"
            return f"{told}; or give your own with --figures FILE.csv"
    return "Give your own with --figures FILE.csv: country, value, unit"
