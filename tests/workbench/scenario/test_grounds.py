"""What a scenario is measured on: balances that add up, shares of imports, and what is missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from lodewire.errors import ScenarioError
from lodewire.model.measure import Figure
from lodewire.model.ranges import Range
from lodewire.model.scenario import Outage, Scenario
from lodewire.reference.store import FigureStore, packaged
from lodewire.workbench.scenario.balances import balance_of
from lodewire.workbench.scenario.grounds import grounds_of
from lodewire.workbench.scenario.scenario_files import Asked
from lodewire.workbench.scenario.scenarios import run_asked
from lodewire.workbench.scenario.stated import balance_from, read_words, risk_inputs_from
from tests.cli.command import lodewire

TODAY = date(2026, 1, 1)


def us(measured, value, form="", state="reported", unit="t"):
    return Figure(
        commodity="cobalt",
        stage="refining",
        country="US",
        year=2024,
        value=None if value is None else Decimal(value),
        unit=unit,
        basis="content",
        source="statistics",
        vintage="1",
        state=state,
        measured=measured,
        form=form,
    )


def balance(*rows):
    return balance_of(FigureStore(all=rows, sources=()), "cobalt", "refining", "US")


def test_a_balance_that_gives_the_published_reliance_is_taken():
    rows = (us("production", 40), us("imports", 80), us("exports", 20))
    told = balance(*rows, us("net_import_reliance", 60, unit="%"))
    assert (told.production, told.imports, told.exports, told.stock_draw) == (40, 80, 20, 0)
    assert balance(*rows, us("net_import_reliance", 75, unit="%")) is None
    assert balance(*rows, us("net_import_reliance", 60, unit="%", state="more_than")) is None


def test_what_is_left_of_a_published_consumption_was_drawn_from_stocks():
    rows = (us("imports", 80), us("exports", 20), us("net_import_reliance", 62, unit="%"))
    told = balance(*rows, us("production", None, state="withheld"), us("apparent_consumption", 100))
    assert told.stock_draw == 2
    assert told.production == 38
    assert balance(*rows, us("apparent_consumption", 200)) is None  # 64 t are no stocks


def test_every_balance_of_the_package_gives_the_reliance_that_is_printed():
    store = packaged()
    told = {(f.commodity, f.stage) for f in store.figures(measured="net_import_reliance")}
    found = [b for c, s in sorted(told) if (b := balance_of(store, c, s, "US"))]
    assert len(found) >= 30
    copper = balance_of(store, "copper", "refining", "US")
    net = copper.imports - copper.exports + copper.stock_draw
    assert round(100 * net / (copper.production + net)) == 41  # MCS 2024, 2022


def test_published_shares_stand_in_for_imports_by_partner():
    loss = Outage(country="CL", lost=Range.fixed("0.2"))
    asked = Asked(
        scenario=Scenario(name="x", commodity="copper", stage="refining", changes=(loss,)),
        importer="US",
        partner="CL",
    )
    ran = run_asked(asked, today=TODAY, draws=0)
    by = {e.name: e for e in ran.outcome.effects}
    assert by["dependence_quantity"].before.value == Decimal("0.68")
    assert by["dependence_value"].after.value is None
    assert by["net_import_reliance"].after.value < by["net_import_reliance"].before.value == 41
    assert "shares in usgs-mcs-reliance" in ran.flows[0].source
    assert any(line.startswith("Balance of US") for line in ran.sources)
    assert any(line.startswith("EU supply risk") for line in ran.missing)


def test_the_eu_s_inputs_are_those_of_the_last_study_that_prints_them():
    asked = Asked(
        scenario=Scenario(name="x", commodity="copper", stage="mining", changes=()),
        figures=tuple(f for f in packaged().figures(commodity="copper", measured="share")
                      if f.stage == "mining"),
    )  # fmt: skip
    told = grounds_of(asked, packaged(), TODAY)
    assert any("eu-crm 2017" in line for line in told.sources)
    assert {p.name for p in told.probes} >= {"hhi_sourcing", "eu_supply_risk", "hhi_owner"}


def test_words_of_a_balance_and_of_the_eu_s_inputs():
    told = balance_from(
        read_words("production 0 t; imports 7 kt; exports: 1,000 t; stock draw -50 t", "x"),
        "JP",
        "x",
    )
    assert (told.imports, told.exports, told.stock_draw) == (7000, 1000, -50)
    told = risk_inputs_from(read_words("reliance 44%; recycling 42; substitution 1.0", "x"), "x")
    assert (told.import_reliance, told.recycling_rate, told.substitution_index) == (44, 42, 1)


@pytest.mark.parametrize(
    "words",
    [
        "imports 7000 t",
        "production many; imports 1 t; exports 1 t",
        "production 1 USD; imports 1 t; exports 1 t",
        "production 0 t; imports 1 t; exports 1 t; elsewhere 1 t",
        "production -1 t; imports 1 t; exports 1 t",
        "nonsense",
    ],
)
def test_a_balance_that_is_wrong_is_refused(words):
    with pytest.raises(ScenarioError):
        balance_from(read_words(words, "x"), "JP", "x")


def test_the_command_takes_both_and_names_what_is_missing():
    run = (
        "scenario",
        "run",
        "--commodity",
        "rare-earths",
        "--stage",
        "refining",
        "--country",
        "JP",
    )
    new = ("--new-supplier", "JP/NA: 500 t", "--draws", "0")
    out = lodewire(*run, *new).fine().out
    assert "Not measured:" in out
    assert "--balance" in out
    stated = ("--balance", "production 0 t; imports 20000 t; exports 3000 t")
    told = lodewire(*run, *new, *stated, "--format", "json").fine().json
    by = {m["name"]: m for m in told["measures"]}
    assert by["net_import_reliance"]["after"]["value"] == "100.000000"
    assert float(by["apparent_consumption"]["after"]["value"]) > 17000
    assert not any("reliance of JP" in why for why in told["not_measured"])
    lodewire(*run, *new, "--balance", "imports 1 t").refused()
    lodewire(*run, *new, "--eu", "reliance 144; recycling 1; substitution 1").refused()
