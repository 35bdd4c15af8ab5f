"""Scenarios over the figures at hand: shares where there are no amounts, loaded flows, weights."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from lodewire.analytics.scenario import run
from lodewire.errors import ScenarioError
from lodewire.model.measure import Figure
from lodewire.model.ranges import Range
from lodewire.model.scenario import NewSupplier, Scenario
from lodewire.reference.store import FigureStore, packaged
from lodewire.workbench.scenario.scenario_files import Asked
from lodewire.workbench.scenario.scenarios import (
    figures_for,
    flows_for,
    missing_flows,
    run_asked,
    stages_of,
)

TODAY = date(2026, 1, 1)


def told(commodity="dysprosium", stage="mining", *changes, **other):
    return Scenario(name="tried", commodity=commodity, stage=stage, changes=changes, **other)


def imports(partner, value, unit, year=2024, vintage="1"):
    return Figure(
        commodity="dysprosium",
        stage="mining",
        country="JP",
        partner=partner,
        year=year,
        value=Decimal(value),
        unit=unit,
        basis="made up",
        source="customs",
        vintage=vintage,
        measured="imports",
    )


@pytest.fixture
def store():
    """The package's figures, with imports of Japan that are made up."""
    own = (
        imports("CN", 60, "t"),
        imports("CN", 18_000, "USD"),
        imports("VN", 20, "t"),
        imports("VN", 9_000, "USD"),
        imports("CN", 99, "t", year=2023),
        imports("VN", 99, "t", vintage="0"),
    )
    return FigureStore(all=(*packaged().all, *own), sources=packaged().sources)


def test_amounts_come_before_shares_and_shares_before_nothing():
    cobalt = figures_for(told("cobalt", "mining"))
    assert {f.measured for f in cobalt} == {"production"}
    dysprosium = figures_for(told())
    assert {f.measured for f in dysprosium} == {"share"}
    assert {f.unit for f in dysprosium} == {"%"}
    assert "refining" in stages_of("dysprosium")
    with pytest.raises(ScenarioError, match="no figures") as caught:
        figures_for(told("dysprosium", "magnet"))
    assert "mining" in (caught.value.hint or "")


def test_loaded_imports_are_taken_of_the_last_year_and_newest_vintage(store):
    flows = flows_for(told(), "JP", store)
    assert [(f.partner, f.quantity, f.value, f.currency) for f in flows] == [
        ("CN", Decimal(60), Decimal(18_000), "USD"),
        ("VN", Decimal(20), Decimal(9_000), "USD"),
    ]
    assert flows_for(told(), "KR", store) == ()


def test_japan_dysprosium_from_figures_at_hand(store):
    """Dependence before and after, by quantity and by value, with bounds; HHI from EU shares."""
    new = NewSupplier(
        country="NA", to="JP", tonnes=Range.fixed(20), start=date(2028, 1, 1), evidence="ev_1"
    )
    scenario = told("dysprosium", "mining", new, world=Range.uniform("1500", "3000"))
    asked = Asked(scenario=scenario, importer="JP", partner="CN")
    ran = run_asked(asked, today=TODAY, draws=200, store=store)
    effects = {e.name: e for e in ran.outcome.effects}
    assert ran.outcome.on == date(2028, 1, 1)
    quantity, value = effects["dependence_quantity"], effects["dependence_value"]
    assert (quantity.before.value, quantity.after.value) == (Decimal("0.75"), Decimal("0.6"))
    assert (quantity.low, quantity.high) == (Decimal("0.5"), Decimal("0.75"))
    assert quantity.before.method == "import_share_quantity/1"
    assert value.after.value < value.before.value
    assert effects["hhi"].after.value < effects["hhi"].before.value
    assert effects["hhi_governance"].after.value < effects["hhi_governance"].before.value
    assert effects["hhi_governance"].before.inputs


def test_without_a_change_in_effect_every_measure_stays(store):
    new = NewSupplier(country="NA", to="JP", tonnes=Range.fixed(20), start=date(2028, 1, 1))
    scenario = told("dysprosium", "mining", new, world=Range.fixed(2000))
    asked = Asked(scenario=scenario, importer="JP", partner="CN", on=TODAY)
    ran = run_asked(asked, today=TODAY, draws=0, store=store)
    assert {e.name for e in ran.outcome.effects} >= {"hhi", "hhi_governance", "dependence_value"}
    assert all(e.change == 0 for e in ran.outcome.effects)


def test_geopolrisk_is_scored_where_the_importer_is_listed(store):
    made = replace(
        imports("", 10, "t"), country="JP", partner="", measured="production", basis="content"
    )
    china = replace(made, country="CN", value=Decimal(90))
    both = FigureStore(all=(*store.all, made, china), sources=store.sources)
    asked = Asked(scenario=told(), importer="JP", partner="CN")
    ran = run_asked(asked, today=TODAY, draws=0, store=both)
    (score,) = (e for e in ran.outcome.effects if e.name == "geopolrisk")
    assert score.before.value is not None
    assert 0 < score.before.value < 1


def test_a_sum_over_trade_codes_is_taken_before_a_part_of_them(store):
    part = replace(imports("CN", 7, "t"), form="HS 280530")
    whole = [
        replace(imports("CN", 60, "t"), form="HS 280530 and 2846"),
        replace(imports("VN", 20, "t"), form="HS 280530 and 2846"),
    ]
    both = FigureStore(all=(part, *whole), sources=())
    assert [f.quantity for f in flows_for(told(), "JP", both)] == [Decimal(60), Decimal(20)]


def test_imports_known_within_bounds_widen_what_is_told_of_them():
    """What is not listed holds 10 to 30 t: China's 60 are 60 of 90 to 60 of 110."""
    other = replace(
        imports("OTHER", 0, "t"), value=None, state="interval", low=Decimal(10), high=Decimal(30)
    )
    store = FigureStore(all=(imports("CN", 60, "t"), imports("VN", 20, "t"), other), sources=())
    new = NewSupplier(country="NA", to="JP", tonnes=Range.fixed(30), replaces=Range.fixed(0))
    scenario = told("dysprosium", "mining", new)
    flows = flows_for(scenario, "JP", store)
    outcome = run(scenario, (), flows, on=TODAY, importer="JP", partner="CN", draws=0)
    quantity = next(e for e in outcome.effects if e.name == "dependence_quantity")
    assert quantity.before.value is None
    assert (quantity.before.low, quantity.before.high) == (
        round(Decimal(60) / 110, 6),
        round(Decimal(60) / 90, 6),
    )
    assert (quantity.low, quantity.high) == (
        round(Decimal(60) / 140, 6),
        round(Decimal(60) / 120, 6),
    )


def test_bounds_that_hardly_differ_are_told_as_their_middle():
    other = replace(
        imports("OTHER", 0, "t"),
        value=None,
        state="interval",
        low=Decimal(10),
        high=Decimal("10.01"),
    )
    store = FigureStore(all=(imports("CN", 60, "t"), other), sources=())
    flows = flows_for(told(), "JP", store)
    outcome = run(told(), (), flows, on=TODAY, importer="JP", partner="CN", draws=0)
    quantity = next(e for e in outcome.effects if e.name == "dependence_quantity")
    assert quantity.before.value is not None
    assert abs(quantity.before.value - Decimal(60) / 70) < Decimal("0.0002")
    assert quantity.change == 0


def test_an_importer_without_flows_is_told_where_there_are_some():
    asked = Asked(scenario=told("dysprosium", "mining"), importer="JP", partner="CN")
    wide = FigureStore(all=(replace(imports("CN", 60, "t"), commodity="rare-earths"),), sources=())
    note = missing_flows(asked, wide)
    assert note is not None
    assert "rare-earths at mining" in note
    nothing = missing_flows(asked, FigureStore(all=(), sources=()))
    assert nothing is not None
    assert "--flows" in nothing
    assert missing_flows(replace(asked, importer=None), wide) is None
