"""``lodewire exposure``: for people, JSON and spreadsheets, with and without a desk."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from pathlib import Path

import pytest

from lodewire.model.measure import Figure
from lodewire.reference.sources import FigureSource
from lodewire.reference.store import keep_figures
from tests.cli.command import lodewire

ON = ("--on", "2026-03-01")


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without a desk, to stand in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_commodity_is_told_with_bounds_bands_and_method():
    out = lodewire("exposure", "nickel", "--partner", "CN", *ON).fine().out
    assert "HHI             0.405 to 0.412" in out
    assert "high (US 2023), high (US 2010)" in out
    assert "[hhi/1]" in out
    assert "without Indonesia" in out
    assert "usgs-mcs MCS2026" in out


def test_two_vintages_stand_side_by_side():
    out = lodewire("exposure", "nickel", "--country", "US", "--year", "2023", *ON).fine().out
    assert "2023: 41 %" in out
    assert "2023: 57 %" in out
    assert "MCS2024" in out


def test_inputs_are_shown_on_request_with_their_state():
    out = lodewire("exposure", "lithium", "--stage", "mining", "--inputs", *ON).fine().out
    assert "production Australia 2024: 82700 t  usgs-mcs MCS2026" in out
    assert "production United States 2024: withheld" in out
    assert "not known: US" in out


def test_what_cannot_be_told_is_listed_and_proxies_are_named_as_such():
    out = lodewire("exposure", "dysprosium", "--country", "Japan", "--partner", "China", *ON)
    assert "Cannot be told" in out.fine().out
    assert "dependence of Japan on China" in out.out


def test_json_has_every_measure_with_inputs():
    told = lodewire("exposure", "cobalt", "--partner", "CN", "--inputs", "--format", "json", *ON)
    found = told.fine().json
    assert found["version"] == 1
    assert found["commodity"] == "cobalt"
    mining = found["stages"][0]
    assert mining["stage"] == "mining"
    index = mining["measures"][0]
    assert index["name"] == "hhi"
    assert index["low"] == "0.576605"
    assert index["inputs"][0]["source"] == "usgs-mcs"
    assert mining["bands"]["us-2023"] == ["high"]
    assert isinstance(found["cannot"], list)


def test_csv_has_a_row_a_measure_or_an_input():
    out = lodewire("exposure", "cobalt", "--format", "csv", *ON).fine().out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert rows[0]["name"] == "hhi"
    assert {r["vintage"] for r in rows} >= {"MCS2026"}
    listed = lodewire("exposure", "cobalt", "--format", "csv", "--inputs", *ON).fine().out
    assert next(csv.DictReader(io.StringIO(listed)))["measure"] == "hhi"


def test_all_ranks_the_most_concentrated_first():
    out = lodewire("exposure", "--all", *ON).fine().out
    head, *lines = out.splitlines()
    assert head.split()[:2] == ["commodity", "stage"]
    gallium = next(line for line in lines if "gallium" in line)
    copper = next(line for line in lines if "copper" in line)
    assert lines.index(gallium) < lines.index(copper)
    assert "usgs-mcs MCS2026" in gallium
    told = lodewire("exposure", "--all", "--by", "n-1", "--format", "json", *ON).fine().json
    left = [float(r["measure"]["value"]) for r in told["ranked"]]
    assert left == sorted(left)
    relied = lodewire("exposure", "--all", "--by", "reliance", "--format", "json", *ON).fine().json
    assert relied["ranked"][0]["measure"]["unit"] == "%"


@pytest.mark.parametrize("by", ["hhi", "governance", "n-1", "reliance", "eu-risk"])
def test_every_ranking_names_what_it_ranks_by_and_its_source(by: str):
    out = lodewire("exposure", "--all", "--by", by, *ON).fine().out
    head, *lines = out.splitlines()
    assert by in head.split()
    assert len(lines) > 20
    told = lodewire("exposure", "--all", "--by", by, "--format", "json", *ON).fine().json
    assert told["by"] == by
    assert len(told["ranked"]) == len(lines)
    assert all(r["source"] and r["measure"]["method"] for r in told["ranked"])


def test_all_as_csv_has_the_measures_of_every_commodity():
    out = lodewire("exposure", "--all", "--format", "csv", *ON).fine().out
    subjects = {r["subject"].split()[0] for r in csv.DictReader(io.StringIO(out))}
    assert {"cobalt", "nickel", "tungsten"} <= subjects


def test_an_empty_ranking_says_what_to_do():
    out = lodewire("exposure", "--all", "--vintage", "MCS1900", *ON).fine().out
    assert "No commodity has figures" in out


def test_wrong_names_are_refused_with_a_hint():
    lodewire("exposure", "unobtainium").refused()
    lodewire("exposure", "cobalt", "--country", "Atlantis").refused()
    assert "mining" in lodewire("exposure", "cobalt", "--stage", "minning").refused()
    assert lodewire("exposure").code == 2
    assert lodewire("exposure", "cobalt", "--all").code == 2
    lodewire("exposure", "cobalt", "--desk", "no-such-desk").refused()


def test_the_guide_shows_what_the_command_prints():
    guide = Path(__file__).parents[2] / "docs" / "guides" / "exposure.md"
    (line, shown) = re.findall(
        r"```text\n\$ lodewire ([^\n]+)\n(.*?)```", guide.read_text("utf-8"), re.DOTALL
    )[0]
    assert lodewire(*line.split()).fine().out == shown


def test_a_desk_s_own_figures_take_part(nowhere: Path):
    desk = nowhere / "desk"
    lodewire("init", desk).fine()
    figures = [
        Figure(
            commodity="cobalt",
            stage="mining",
            country=country,
            year=2024,
            value=Decimal(amount),
            unit="t",
            basis="content",
            source="own",
            vintage="V1",
        )
        for country, amount in (("CD", "90"), ("ID", "10"))
    ]
    source = FigureSource(
        source="own",
        vintage="V1",
        description="A table of our own",
        url="https://example.org/own",
        licence="ours",
        notes="",
    )
    keep_figures(desk, source, figures)
    out = lodewire("exposure", "cobalt", "--stage", "mining", "--desk", desk, *ON).fine().out
    assert "own V1" in out
    assert "0.820" in out
