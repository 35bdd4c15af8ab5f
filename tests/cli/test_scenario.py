"""``lodewire scenario``: events propose, files and options run, errors say what to do."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from lodewire.cli.scenario_print import tornado_bar
from tests.cli.command import lodewire

NOW = "2026-01-01T00:00:00+00:00"
COBALT = ("--commodity", "cobalt", "--stage", "mining")


@pytest.fixture
def example(tmp_path: Path) -> Path:
    file = tmp_path / "example.toml"
    file.write_text(lodewire("scenario", "example").fine().out, encoding="utf-8")
    return file


@pytest.fixture
def flows(tmp_path: Path) -> Path:
    """Trade made up for the test: no figure of ours."""
    file = tmp_path / "flows.csv"
    file.write_text(
        "partner,quantity,unit,value,currency\nCN,60,t,18,USD\nVN,20,t,9,USD\n", encoding="utf-8"
    )
    return file


@pytest.fixture
def shares(tmp_path: Path) -> Path:
    file = tmp_path / "shares.csv"
    file.write_text("country,value,unit\nCN,99,%\nOTHER,1,%\n", encoding="utf-8")
    return file


def event_of(desk: Path, *arguments: str) -> str:
    rows = lodewire("ledger", "--desk", desk, "--format", "jsonl", *arguments).fine().out
    ids = [json.loads(line)["event"] for line in rows.splitlines()]
    assert ids, arguments
    return ids[0]


def test_the_example_runs_and_shows_before_after_bounds_and_interval(example):
    out = lodewire("scenario", "run", example, "--draws", "500", "--now", NOW).fine().out
    lines = out.splitlines()
    head = next(line for line in lines if "before" in line)
    assert head.split() == ["before", "after", "change", "bounds", "5-95", "%"]
    assert any(line.startswith("JP from CD, tonnes") and "60.0 %" in line for line in lines)
    assert "500 draws, seed 1" in out
    assert "█" in out
    assert "usgs-mcs" in out


def test_the_table_fits_a_narrow_terminal(example):
    out = lodewire("scenario", "run", example, "--now", NOW, env={"COLUMNS": "80"}).fine().out
    table = out.split("before", 1)[1].split("What moves it", 1)[0]
    assert "…" not in table


def test_draws_are_the_same_again_and_others_with_another_seed(example):
    def drawn(seed):
        out = lodewire(
            "scenario", "run", example, "--draws", "200", "--seed", seed, "--format", "json"
        )
        return out.fine().json["measures"]

    assert drawn("3") == drawn("3")
    assert drawn("3") != drawn("4")


def test_japan_dysprosium_and_a_new_supplier_of_a_stated_tonnage(flows, shares):
    """The line of the brief, with the user's own figures; all tonnes here are made up."""
    told = (
        lodewire(
            *("scenario", "run", "--commodity", "dysprosium", "--stage", "refining"),
            *("--new-supplier", "JP/NA:20 t from 2028", "--ban", "CN > JP: leakage 0.5..0.7..0.9"),
            *("--country", "JP", "--partner", "CN", "--flows", flows, "--figures", shares),
            *("--world", "1000..2000 t", "--draws", "10000", "--seed", "1", "--format", "json"),
        )
        .fine()
        .json
    )
    measures = {m["name"]: m for m in told["measures"]}
    quantity, value = measures["dependence_quantity"], measures["dependence_value"]
    assert quantity["before"]["value"] == "0.750000"
    # 60 × 0.7 of 42 + 20 + 20
    assert quantity["after"]["value"] == "0.512195"
    assert float(quantity["low"]) < 0.512195 < float(quantity["high"])
    assert value["after"]["value"] is not None
    assert measures["hhi"]["after"]["value"] < measures["hhi"]["before"]["value"]
    assert quantity["interval"]["draws"] == 10000
    labels = [s["input"] for s in quantity["tornado"]]
    assert labels[0] == "ban CN to JP: leakage"
    assert told["active"][0]["evidence"] == "assumed by the user"


def test_csv_has_a_row_a_measure(example):
    out = lodewire("scenario", "run", example, "--draws", "50", "--format", "csv").fine().out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [r["measure"] for r in rows][:2] == ["supply_left", "hhi"]
    assert all(r["low"] <= r["high"] for r in rows if r["unit"] == "1" and float(r["high"]) < 1)


def test_a_row_a_day(example):
    out = lodewire("scenario", "run", example, "--each-date", "--format", "csv", "--now", NOW)
    days = [r["on"] for r in csv.DictReader(io.StringIO(out.fine().out))]
    assert days == ["2026-03-01", "2028-01-01", "2029-01-01", "2030-01-01", "2032-01-01"]
    assert "2030-01-01" in lodewire("scenario", "run", example, "--each-date").fine().out


def test_the_day_chooses_what_is_in_effect(example):
    out = lodewire("scenario", "run", example, "--on", "2027-01-01", "--draws", "0").fine().out
    assert "not in effect that day: new supplier AU" in out
    early = lodewire("scenario", "run", example, "--on", "2025-01-01", "--draws", "0").fine().out
    assert "nothing changes" in early


@pytest.mark.parametrize(
    ("arguments", "says", "hint"),
    [
        ((), "needs a file", "scenario example"),
        (("nowhere.toml",), "cannot be read", "scenario example"),
        ((*COBALT, "--ban", "CD"), "no ban", "leakage"),
        ((*COBALT, "--ban", "Cong: 0.1"), "no country", "Congo"),
        ((*COBALT, "--new-supplier", "JP/NA: 500 MWh"), "no unit of mass", "t, kt"),
        (("--commodity", "cobalt", "--stage", "baking"), "no figures of cobalt", "mining"),
        (("--commodity", "unobtainium", "--stage", "mining"), "no commodity", ""),
        ((*COBALT, "--ban", "CD: 0.1..0.3", "--tornado", "hhy"), "not measured", "hhi"),
    ],
)
def test_errors_say_what_to_do(arguments, says, hint):
    told = lodewire("scenario", "run", *arguments).refused()
    assert says in told
    assert hint in told


def test_a_measure_that_turns_between_the_ends_says_so():
    """A ban on the largest first spreads supply, then makes the second the largest."""
    run = ("scenario", "run", *COBALT, "--ban", "CD: 0..0.1..0.3", "--tornado", "hhi")
    assert "0.2398 … 0.2902, 0.1951 between" in lodewire(*run, "--draws", "0").fine().out


def test_flows_of_one_importer_name_it_and_of_several_do_not(tmp_path):
    file = tmp_path / "flows.csv"
    file.write_text("importer,partner,quantity,value\nJP,CD,6,5\nJP,AU,4,5\n", encoding="utf-8")
    run = ("scenario", "run", *COBALT, "--ban", "CD: 0", "--partner", "CD", "--draws", "0")
    assert "JP from CD" in lodewire(*run, "--flows", file).fine().out
    file.write_text("importer,partner,quantity,value\nJP,CD,6,5\nKR,CD,4,5\n", encoding="utf-8")
    assert "--country" in lodewire(*run, "--flows", file).refused()
    file.write_text("partner,value,currency\nCD,6,USD\nAU,4,EUR\n", encoding="utf-8")
    told = lodewire(*run, "--country", "JP", "--flows", file).refused()
    assert "more than one currency" in told


def test_what_cannot_be_told_is_a_note_and_no_number():
    out = lodewire("scenario", "run", *COBALT, "--outage", "FJ: 50%", "--draws", "0").fine().out
    assert "FJ is not listed by itself" in out


def test_an_exploration_agreement_changes_nothing_yet(desk):
    event = event_of(desk, "--type", "exploration_agreement", "--commodity", "rare-earths")
    out = lodewire("scenario", event, "--desk", desk).fine().out
    assert "No change yet" in out
    assert "first production" in out
    assert "0.0 pt" in out
    assert '--new-supplier "COUNTRY: TONNES t from YEAR"' in out
    told = lodewire("scenario", event, "--desk", desk, "--format", "json").fine().json
    assert all(float(m["change"]) == 0 for m in told["measures"])


def test_no_change_yet_is_shown_by_quantity_and_by_value(desk):
    """Japan's imports of rare earths, which the package holds, before and after: the same."""
    event = event_of(desk, "--type", "exploration_agreement", "--commodity", "rare-earths")
    out = (
        lodewire(
            *("scenario", event, "--desk", desk, "--stage", "refining"),
            *("--country", "JP", "--partner", "CN"),
        )
        .fine()
        .out
    )
    assert "No change yet" in out
    rows = [line.split() for line in out.splitlines() if line.startswith("JP from CN")]
    assert [row[3] for row in rows] == ["tonnes", "value"]
    assert all(row[4] == row[6] for row in rows)


def test_tonnes_against_shares_say_once_what_is_missing():
    out = (
        lodewire(
            *("scenario", "run", "--commodity", "dysprosium", "--stage", "refining"),
            *("--new-supplier", "JP/NA: 500 t from 2028", "--draws", "0"),
        )
        .fine()
        .out
    )
    assert out.count("--world") == 1


def test_a_ban_asks_and_runs_once_it_is_answered(desk):
    event = event_of(
        desk, "--type", "export_restriction", "--commodity", "cobalt", "--country", "Namibia"
    )
    out = lodewire("scenario", event, "--desk", desk, "--commodity", "manganese").fine().out
    assert "? leakage (needed)" in out
    assert "--set leakage=0..1" in out
    told = lodewire("scenario", event, "--desk", desk, "--format", "json").fine().json
    assert told["changes"][0]["questions"][0]["name"] == "leakage"
    wrong = lodewire("scenario", event, "--desk", desk, "--set", "leak=0").refused()
    assert "leakage" in wrong
    toml = lodewire("scenario", event, "--desk", desk, "--toml").fine().out
    assert '# leakage = "0..1"   (needed)' in toml


def test_an_answered_restriction_on_a_listed_country_is_run(desk, tmp_path):
    event = event_of(
        desk, "--type", "export_restriction", "--commodity", "cobalt", "--country", "Namibia"
    )
    figures = tmp_path / "figures.csv"
    figures.write_text("country,value,unit\nNA,30,t\nCD,70,t\n", encoding="utf-8")
    told = (
        lodewire(
            *("scenario", event, "--desk", desk, "--set", "leakage=0..0.5..1"),
            *("--figures", figures, "--commodity", "cobalt", "--stage", "mining"),
            *("--format", "json", "--draws", "100"),
        )
        .fine()
        .json
    )
    left = next(m for m in told["measures"] if m["name"] == "supply_left")
    assert (left["before"]["value"], left["after"]["value"]) == ("1.000000", "0.850000")
    assert told["active"][0]["evidence"] == event


def test_an_unknown_event_is_refused(desk):
    assert "ev_zzzz" in lodewire("scenario", "ev_zzzz", "--desk", desk).refused()


def test_help_shows_examples():
    for arguments in (("scenario",), ("scenario", "run"), ("scenario", "event")):
        out = lodewire(*arguments, "--help").fine().out
        assert "Examples:" in out


def test_a_bar_lies_between_the_ends_of_all():
    from decimal import Decimal

    from lodewire.analytics.scenario import Swing

    def swing(low, high):
        return Swing(
            label="x",
            unit="1",
            low_input=Decimal(0),
            high_input=Decimal(1),
            at_low=Decimal(low),
            at_taken=Decimal(low),
            at_high=Decimal(high),
            stated=True,
        )

    whole = tornado_bar(swing("0", "1"), Decimal(0), Decimal(1))
    half = tornado_bar(swing("1", "0.5"), Decimal(0), Decimal(1))
    assert len(whole) == len(half) == 24
    assert whole == "█" * 24
    assert half.strip() == half.lstrip()
    assert half.count("█") == 13
