"""Scenario files and tables: the example runs, and what is wrong is named with its place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from lodewire.errors import ScenarioError
from lodewire.workbench.scenario.scenario_files import (
    EXAMPLE,
    read_figures,
    read_flows,
    read_scenario,
)
from lodewire.workbench.scenario.scenarios import figures_for, run_asked, run_each_day, settled_on

TODAY = date(2026, 1, 1)


def written(tmp_path, text, name="told.toml"):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file


def test_the_example_is_read_and_run(tmp_path):
    asked = read_scenario(written(tmp_path, EXAMPLE))
    assert [c.kind for c in asked.scenario.changes] == ["new_supplier", "ban", "outage"]
    assert (asked.importer, asked.partner, asked.on) == ("JP", "CD", date(2029, 1, 1))
    ran = run_asked(asked, today=TODAY, draws=100)
    dependence = next(e for e in ran.outcome.effects if e.name == "dependence_quantity")
    assert dependence.before.value == Decimal("0.6")
    assert dependence.after.value is not None
    assert dependence.after.value < dependence.before.value
    assert dependence.interval is not None


def test_each_date_shows_what_begins_and_ends(tmp_path):
    asked = read_scenario(written(tmp_path, EXAMPLE))
    outcomes = run_each_day(asked, today=TODAY)
    assert [o.on for o in outcomes] == [
        date(2026, 3, 1),  # the ban begins
        date(2028, 1, 1),  # the new supplier begins
        date(2029, 1, 1),  # the outage begins
        date(2030, 1, 1),  # ban and outage have ended
        date(2032, 1, 1),  # the new supplier is at full output
    ]
    assert [len(o.active) for o in outcomes] == [1, 2, 3, 1, 1]


def test_the_day_is_when_all_has_begun(tmp_path):
    asked = read_scenario(written(tmp_path, EXAMPLE))
    assert settled_on(asked.scenario, TODAY) == date(2032, 1, 1)
    empty = read_scenario(written(tmp_path, 'commodity = "cobalt"\nstage = "mining"\n'))
    assert settled_on(empty.scenario, TODAY) == TODAY


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("stage = 2028-07", "no valid TOML"),
        ('stage = "mining"', "commodity is missing"),
        ('commodity = "cobalt"\nstage = "mining"\ndraws = 5', "'draws' is not known"),
        ('commodity = "cobalt"\nstage = "mining"\nchange = 5', "no table"),
        ('commodity = "cobalt"\nstage = "mining"\n[[change]]\nkind = "bann"', "change 1"),
        (
            'commodity = "cobalt"\nstage = "mining"\n[[change]]\nkind = "ban"\ncountry = "CD"\n'
            'leak = "0.1"',
            "no 'leak'",
        ),
        (
            'commodity = "cobalt"\nstage = "mining"\n[[flow]]\npartner = "CD"\nquantity = "5 t"',
            "importer is missing",
        ),
        ('commodity = "cobalt"\nstage = "mining"\nworld = "0 t"', "above zero"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(tmp_path, text, says):
    with pytest.raises(ScenarioError, match=says):
        read_scenario(written(tmp_path, text))


def test_a_file_that_is_not_there_says_how_to_write_one(tmp_path):
    with pytest.raises(ScenarioError) as caught:
        read_scenario(tmp_path / "none.toml")
    assert "example" in (caught.value.hint or "")


def test_flows_and_figures_are_read_from_tables(tmp_path):
    scenario = read_scenario(
        written(tmp_path, 'commodity = "dysprosium"\nstage = "refining"\n')
    ).scenario
    flows = read_flows(
        written(
            tmp_path,
            "partner,year,quantity,unit,value,currency\n"
            "CN,2024,60,t,,USD\nViet Nam,2024,20000,kg,9,USD\n",
            "flows.csv",
        ),
        scenario,
        "JP",
    )
    assert [(f.partner, f.quantity, f.value) for f in flows] == [
        ("CN", Decimal(60), None),
        ("VN", Decimal(20000), Decimal(9)),
    ]
    figures = read_figures(
        written(
            tmp_path, "country,value,unit,state\nCN,99,%,\nOTHER,1,%,\nUS,,%,withheld\n", "f.csv"
        ),
        scenario,
    )
    assert [(f.country, f.value, f.state) for f in figures] == [
        ("CN", Decimal(99), "reported"),
        ("OTHER", Decimal(1), "reported"),
        ("US", None, "withheld"),
    ]


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("partner,tons\nCN,5\n", "no column"),
        ("partner,quantity\nCN,lots\n", "no number"),
        ("partner,quantity\nCN,-5\n", "zero or more"),
        ("partner,quantity\nCN\n", "cells"),
        ("partner,year\nCN,MMXX\n", "no year"),
        ("", "empty"),
    ],
)
def test_what_is_wrong_in_a_table_is_named(tmp_path, table, says):
    scenario = read_scenario(written(tmp_path, EXAMPLE)).scenario
    with pytest.raises(ScenarioError, match=says):
        read_flows(written(tmp_path, table, "flows.csv"), scenario, "JP")


def test_a_stage_without_figures_names_those_that_have_some(tmp_path):
    asked = read_scenario(written(tmp_path, 'commodity = "dysprosium"\nstage = "fabrication"\n'))
    with pytest.raises(ScenarioError, match="no figures of dysprosium") as caught:
        figures_for(asked.scenario)
    assert "--figures" in (caught.value.hint or "")
    wrong = read_scenario(written(tmp_path, 'commodity = "cobolt"\nstage = "mining"\n'))
    with pytest.raises(ScenarioError) as caught:
        figures_for(wrong.scenario)
    assert "cobalt" in (caught.value.hint or "")
