"""Scenarios joined: the reference figures they stand on, the day they are looked at, the run."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import get_close_matches

from lodewire.analytics.scenario import Outcome, run
from lodewire.analytics.scenario.running import DRAWS
from lodewire.errors import ScenarioError
from lodewire.model.measure import Figure
from lodewire.model.scenario import NewSupplier, Scenario, TradeFlow
from lodewire.ontology.commodities import ancestors_of, load_commodities
from lodewire.ontology.units import comparable
from lodewire.reference.store import FigureStore, packaged, vintage_order
from lodewire.workbench.exposure.stages import tables_of
from lodewire.workbench.scenario.grounds import balance_for, flows_from_shares, grounds_of
from lodewire.workbench.scenario.scenario_files import Asked

_DAYS_A_YEAR = 365.25
_CODES = re.compile(r"\d{4,}")  # trade codes in a form such as "HS 280530 and 2846"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """An outcome with the figures and flows that it stands on.

    ``sources`` say where the further inputs are from, ``missing`` what was not measured, and why.
    """

    outcome: Outcome
    figures: tuple[Figure, ...]
    flows: tuple[TradeFlow, ...]
    importer: str | None
    partner: str | None
    sources: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


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


def run_asked(
    asked: Asked,
    *,
    today: date,
    draws: int = DRAWS,
    seed: int = 1,
    store: FigureStore | None = None,
) -> Ran:
    """Run what was asked for: own figures and flows where they are given, else those at hand.

    ``store``: the figures at hand, by default the package's. Without a day, the one is taken when
    every change has begun and every ramp-up has ended; where none has a date, ``today``. Raises
    ScenarioError where there is nothing to stand on.
    """
    known = store or packaged()
    asked = _completed(asked, known)
    grounds = grounds_of(asked, known, today)
    outcome = run(
        asked.scenario,
        asked.figures,
        asked.flows,
        on=asked.on or settled_on(asked.scenario, today),
        importer=asked.importer,
        partner=asked.partner,
        draws=draws,
        seed=seed,
        probes=grounds.probes,
        sourcing=grounds.sourcing,
    )
    note = missing_flows(asked, known)
    if note is not None:
        outcome = replace(outcome, notes=(*outcome.notes, note))
    return Ran(
        outcome=outcome,
        figures=asked.figures,
        flows=asked.flows,
        importer=asked.importer,
        partner=asked.partner,
        sources=grounds.sources,
        missing=grounds.missing,
    )


def has_something(asked: Asked, store: FigureStore | None = None) -> bool:
    """Tell whether there are figures or flows that a request can be measured on."""
    known = store or packaged()
    if asked.figures or asked.flows or figures_for(asked.scenario, needed=False, store=known):
        return True
    return asked.importer is not None and bool(flows_for(asked.scenario, asked.importer, known))


def run_each_day(
    asked: Asked, *, today: date, store: FigureStore | None = None
) -> tuple[Outcome, ...]:
    """Return the outcome on every day on which a change begins or has ended, without draws."""
    days: set[date] = set()
    for change in asked.scenario.changes:
        days.add(change.start or today)
        if change.end is not None:
            days.add(change.end + timedelta(days=1))
        if isinstance(change, NewSupplier):
            days.add(_grown(change, today))
    return tuple(
        run_asked(replace(asked, on=day), today=today, draws=0, store=store).outcome
        for day in sorted(days)
    )


def _completed(asked: Asked, store: FigureStore) -> Asked:
    """Return the request with the figures and flows at hand where it brings none."""
    asked = with_importer(asked)
    if asked.importer is not None and not asked.flows:
        asked = replace(asked, flows=flows_for(asked.scenario, asked.importer, store))
        balance = None if asked.flows else balance_for(asked, store)
        if balance is not None:
            scenario = asked.scenario
            shares = flows_from_shares(store, balance, scenario.commodity, scenario.stage)
            asked = replace(asked, flows=shares)
    if not asked.figures:
        found = figures_for(asked.scenario, asked.year, needed=not asked.flows, store=store)
        asked = replace(asked, figures=found)
    return asked


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
    scenario: Scenario,
    year: int | None = None,
    *,
    needed: bool = True,
    store: FigureStore | None = None,
) -> tuple[Figure, ...]:
    """Return the figures of the scenario's commodity and stage: amounts, else published shares.

    Of the last year that is no estimate and its newest vintage. ``store``: the figures at hand, by
    default the package's. Raises ScenarioError for an unknown commodity, and where ``needed``
    figures are not there; the hint names the stages and the wider material that have some.
    """
    commodity = scenario.commodity
    known = load_commodities()
    if commodity not in known:
        near = get_close_matches(commodity, known, n=3)
        raise ScenarioError(
            f"{commodity!r} is no commodity of the ontology",
            hint=f"Did you mean {', '.join(near)}?" if near else "`lodewire show NAME` finds ids",
        )
    own = FigureStore(all=(store or packaged()).figures(commodity=commodity), sources=())
    tables = [t for t in tables_of(own, scenario.stage) if year is None or t.year == year]
    if tables:
        return max(
            tables,
            key=lambda t: (
                t.kind == "production",
                not t.estimated,
                t.year,
                vintage_order(t.vintage),
            ),
        ).figures
    if not needed:
        return ()
    when = f" in {year}" if year is not None else ""
    raise ScenarioError(
        f"there are no figures of {commodity} at the stage {scenario.stage!r}{when}",
        hint=_other_stages(commodity, store or packaged()),
    )


def stages_of(commodity: str, store: FigureStore | None = None) -> tuple[str, ...]:
    """Return the stages of a commodity that have supply by country, in the order of the tables."""
    own = FigureStore(all=(store or packaged()).figures(commodity=commodity), sources=())
    return tuple(dict.fromkeys(t.stage for t in tables_of(own)))


def _other_stages(commodity: str, store: FigureStore) -> str:
    for name in (commodity, *ancestors_of(commodity)):
        stages = stages_of(name, store)
        if stages:
            told = f"There are some of {name} at {', '.join(stages)}"
            return f"{told}; or give your own with --figures FILE.csv"
    return "Give your own with --figures FILE.csv: country, value, unit"


def flows_for(scenario: Scenario, importer: str, store: FigureStore) -> tuple[TradeFlow, ...]:
    """Return an importer's flows by partner that are at hand: the last year, newest vintage.

    Tonnes and money of one partner are joined. Of several groups of trade codes the one that holds
    most codes is taken, so that a part is not taken for the whole. Empty where there are none.
    """
    tables: dict[tuple[object, ...], list[Figure]] = {}
    for f in store.figures(
        commodity=scenario.commodity, stage=scenario.stage, country=importer, measured="imports"
    ):
        if f.partner:
            key = (f.year, len(_CODES.findall(f.form)), vintage_order(f.vintage), f.source, f.form)
            tables.setdefault(key, []).append(f)
    if not tables:
        return ()
    flows: dict[str, TradeFlow] = {}
    for f in tables[max(tables)]:
        known = flows.get(f.partner) or TradeFlow(
            importer=importer,
            partner=f.partner,
            commodity=f.commodity,
            year=f.year,
            quantity=None,
            unit="t",
            value=None,
            currency="USD",
            source=f"{f.source}, {f.form}" if f.form else f.source,
            vintage=f.vintage,
        )
        if comparable(f.unit, "t"):
            flows[f.partner] = replace(
                known, quantity=f.value, unit=f.unit, quantity_low=f.low, quantity_high=f.high
            )
        else:
            flows[f.partner] = replace(known, value=f.value, currency=f.unit)
    return tuple(flows.values())


def missing_flows(asked: Asked, store: FigureStore) -> str | None:
    """Return what to say where an importer is asked about and no flows are at hand."""
    if asked.importer is None or asked.flows:
        return None
    scenario = asked.scenario
    told = f"no imports of {asked.importer} of {scenario.commodity} at {scenario.stage}"
    wider = [
        f"{name} at {f.stage}"
        for name in (scenario.commodity, *ancestors_of(scenario.commodity))
        for f in store.figures(commodity=name, country=asked.importer, measured="imports")
        if f.partner
    ]
    if wider:
        return f"{told} are at hand; there are some of {wider[0]}, or give your own with --flows"
    return f"{told} are at hand: give them with --flows FILE.csv"
