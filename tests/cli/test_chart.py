"""``lodewire chart``: every kind from the ledger, the tables and other commands' output."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lodewire.cli.chart import command
from tests.cli.command import lodewire

WITHOUT_DESK = {
    "supply": ("copper",),
    "concentration": ("rare-earths",),
    "dependence": ("copper",),
    "price": ("aluminium", "--since", "2015-01"),
    "season": ("eia-henry-hub",),
    "forecast": ("copper", "--months", "3", "--model", "naive"),
}
STEPS = "step,before,after\nPrice,2850,2850\nDuty,712.5,1425\nLanded cost,3562.5,4275\n"
INPUTS = "input,low,high,low_input,high_input\nTonnage,0.31,0.55,2 kt,0\nLeakage,0.50,0.56,,\n"


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without a desk, to stand in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("kind", WITHOUT_DESK)
def test_a_chart_is_drawn_from_the_tables(kind: str, tmp_path: Path):
    out = lodewire("chart", kind, *WITHOUT_DESK[kind], "--out", "chart.svg").fine().out
    assert out.startswith("Wrote chart.svg (")
    drawn = (tmp_path / "chart.svg").read_text("utf-8")
    assert drawn.startswith("<svg ")
    assert "Source: " in drawn
    assert "Vintage: " in drawn
    assert "Method: " in drawn


def test_the_ending_chooses_the_form(tmp_path: Path):
    for ending, start in (("png", b"\x89PNG"), ("html", b"<!doctype html>"), ("json", b"{")):
        lodewire("chart", "supply", "cobalt", "--out", f"c.{ending}").fine()
        assert (tmp_path / f"c.{ending}").read_bytes().startswith(start)
    spec = json.loads((tmp_path / "c.json").read_text("utf-8"))
    assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
    wrong = lodewire("chart", "supply", "cobalt", "--out", "c.gif")
    assert wrong.code == 2
    assert ".svg, .png, .html, .json" in wrong.err
    assert not list(tmp_path.glob("*.part"))


def test_without_a_file_the_chart_is_told_in_words():
    out = lodewire("chart", "supply", "cobalt").fine().out
    assert "Democratic Republic of the Congo" in out
    assert "--out FILE.svg" in out


def test_the_ledger_is_drawn(built: Path, tmp_path: Path):
    for kind, arguments in (
        ("map", ()),
        ("activity", ("--by", "commodity", "--every", "month")),
        ("price", ("aluminium", "--since", "2020-01")),
    ):
        lodewire("chart", kind, *arguments, "--desk", built, "--out", f"{kind}.svg").fine()
    assert "Namibia" in (tmp_path / "map.svg").read_text("utf-8")
    price = (tmp_path / "price.svg").read_text("utf-8")
    assert "charges a tariff of 25 % on aluminium" in price
    assert "fell by" not in price, "news of a price explain no price"


def test_an_importer_is_drawn_and_its_options_need_it(tmp_path: Path):
    lodewire("chart", "dependence", "gallium", "--importer", "US", "--out", "g.svg").fine()
    assert "Canada 28 %" in (tmp_path / "g.svg").read_text("utf-8")
    assert lodewire("chart", "dependence", "gallium", "--by", "value").code == 2
    lodewire("chart", "dependence", "gallium", "--importer", "ZZ", "--out", "g.svg").refused()


def test_an_empty_ledger_and_unknown_names_are_refused_with_a_hint(new_desk: Path):
    for arguments in (
        ("map", "--desk", new_desk),
        ("activity", "--desk", new_desk),
        ("supply", "unobtainium"),
        ("supply", "copper", "--stage", "metal"),
        ("supply", "copper", "--year", "1950"),
        ("dependence", "lithium"),
        ("season", "gold"),
    ):
        lodewire("chart", *arguments, "--out", "x.svg").refused()


def test_a_waterfall_is_drawn_from_a_table(tmp_path: Path):
    (tmp_path / "steps.csv").write_text(STEPS, encoding="utf-8")
    lodewire("chart", "waterfall", "--from", "steps.csv", "--out", "w.svg").fine()
    drawn = (tmp_path / "w.svg").read_text("utf-8")
    assert "+1,425 (+712.5)" in drawn
    assert "4,275 (+712.5)" in drawn
    wrong = STEPS.replace("4275", "9999").encode()
    told = lodewire("chart", "waterfall", "--from", "-", "--out", "w.svg", stdin=wrong).refused()
    assert "9,999" in told


def test_a_tornado_is_drawn_from_a_table(tmp_path: Path):
    arguments = ("chart", "tornado", "--from", "-", "--out", "t.svg")
    lodewire(*arguments, "--base", "0.52", "--unit", "index", stdin=INPUTS.encode()).fine()
    assert "0.31 (2 kt)" in (tmp_path / "t.svg").read_text("utf-8")
    assert "--base" in lodewire(*arguments, stdin=INPUTS.encode()).refused()


def test_what_other_commands_print_is_drawn(tmp_path: Path):
    """The JSON of landed-cost and of a scenario, as they come."""
    cost = lodewire(
        *("landed-cost", "aluminium", "--importer", "US", "--origin", "AE", "--premium", "180"),
        *("--before", "2025-03-11", "--after", "2025-03-12", "--format", "json"),
    ).fine()
    lodewire("chart", "waterfall", "--from", "-", "--out", "w.svg", stdin=cost.out.encode()).fine()
    drawn = (tmp_path / "w.svg").read_text("utf-8")
    assert "2025-03-12" in drawn
    assert "landed_cost/1" in drawn
    assert "not given" in drawn, "delivery inland is told as missing, not as zero"
    ran = lodewire(
        *("scenario", "run", "--commodity", "cobalt", "--stage", "mining"),
        *("--ban", "CD: leakage 0..0.1..0.3", "--format", "json"),
    ).fine()
    arguments = ("chart", "tornado", "--from", "-", "--measure", "hhi", "--out", "t.svg")
    lodewire(*arguments, stdin=ran.out.encode()).fine()
    drawn = (tmp_path / "t.svg").read_text("utf-8")
    assert "Scenario for cobalt, mining" in drawn
    assert "leakage" in drawn


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"{",
        b"[1, 2]",
        b'{"changes": 7, "before": 1, "after": 2}',
        b'{"steps": [{"step": "a", "amount": "x"}], "total": "1", "day": "d"}',
        b'{"measures": [{"tornado": [{}]}]}',
        b"step,before\nprice,many\n",
        b"input,low,high\na,1,\n",
        b"\xff\xfe\x00",
        b"{" * 100_000,
        b'step,before\n"unclosed',
    ],
)
@pytest.mark.parametrize("kind", ["waterfall", "tornado"])
def test_what_cannot_be_read_is_a_clear_error(kind: str, body: bytes):
    more = ("--base", "1") if kind == "tornado" else ()
    lodewire("chart", kind, "--from", "-", *more, "--out", "x.svg", stdin=body).refused()


def test_every_kind_has_a_help_with_an_example():
    for name in command.commands:
        out = lodewire("chart", name, "--help").fine().out
        assert f"lodewire chart {name}" in out, name


OWN = """commodity,stage,country,partner,year,measured,form,value,low,high,unit,basis,state,\
estimated,note,source,vintage
cobalt,mining,CD,,2026,production,,60,,,t,cobalt content,reported,no,,our-book,2027-03
cobalt,mining,ID,,2026,production,,40,,,t,cobalt content,reported,no,,our-book,2027-03
cobalt,refining,CN,,2026,production,,90,,,t,cobalt content,reported,no,,our-book,2027-03
cobalt,refining,FI,,2026,production,,10,,,t,cobalt content,reported,no,,our-book,2027-03
"""


def test_a_desk_s_own_figures_are_drawn(nowhere: Path):
    lodewire("init", "desk").fine()
    (nowhere / "own.csv").write_text(OWN, "utf-8")
    load = ("figures", "load", "own.csv", "--source", "our-book", "--vintage", "2027-03")
    lodewire(*load, "--desk", "desk").fine()
    told = lodewire("chart", "supply", "cobalt", "--desk", "desk").fine().out
    assert "60 (60 %)" in told
    assert "our-book" in told
    told = lodewire("chart", "concentration", "cobalt", "--desk", "desk").fine().out
    assert "2026, our-book 2027-03: 0.520" in told  # 0.6² + 0.4²
    assert "usgs-mcs MCS2026" in told
    told = lodewire("chart", "dependence", "cobalt", "--desk", "desk").fine().out
    assert "Cobalt → China : 90 %" in told
    assert "our-book" not in lodewire("chart", "supply", "cobalt").fine().out
