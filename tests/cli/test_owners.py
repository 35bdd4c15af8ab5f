"""``lodewire owners``: names of a day, chains with evidence, with and without a desk."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.command import lodewire


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without a desk, to stand in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("nowhere")
def test_the_chain_of_a_mine_is_told_without_a_desk():
    out = lodewire("owners", "Las Bambas", "--on", "2024-06-01").fine().out
    assert "62.5 % MMG Limited › China Minmetals Corporation › 100 % China (the state)" in out
    assert "Lies in Peru; its ultimate owner sits in China." in out
    assert "[hkex]" in out


@pytest.mark.usefixtures("nowhere")
def test_the_guide_shows_what_the_command_prints():
    guide = Path(__file__).parents[2] / "docs" / "guides" / "owners.md"
    (shown,) = re.findall(r"```text\n\$ [^\n]+\n(.*?)```", guide.read_text("utf-8"), re.DOTALL)
    assert lodewire("owners", "Las Bambas", "--on", "2024-06-01").fine().out == shown


@pytest.mark.usefixtures("nowhere")
def test_a_name_counts_for_its_bearer_of_that_day():
    then = lodewire("owners", "Lithium Americas", "--on", "2022-06-01").fine().out
    now = lodewire("owners", "Lithium Americas", "--on", "2024-06-01").fine().out
    assert "lithium-argentina" in then
    assert "formerly Western Lithium USA (until 2016-03)" in then
    assert "lithium-argentina" not in now
    late = lodewire("owners", "Orocobre", "--on", "2024-06-01").fine().out
    assert "Orocobre: a former name of Allkem, until 2021-11" in late


@pytest.mark.usefixtures("nowhere")
def test_json_holds_every_link_with_its_evidence():
    told = lodewire("owners", "husab", "--on", "2024-06-01", "--format", "json").fine().json
    assert told["version"] == 1
    (husab,) = told["found"]
    assert husab["countries"] == {
        "site": "NA",
        "controlling": "CN",
        "foreign": True,
        "shares": [
            {"country": "NA", "share": "10"},
            {"country": "CN", "share": None},
        ],
    }
    links = [k for u in husab["ultimate"] for c in u["chains"] for k in c["links"]]
    assert {k["owner"] for k in links} >= {"swakop-uranium", "cgn", "CN", "epangelo", "NA"}
    assert all(k["evidence"]["sources"] for k in links)


@pytest.mark.usefixtures("nowhere")
def test_a_name_that_nothing_goes_by_is_refused_and_a_wrong_day_too():
    assert "goes by 'Nobody'" in lodewire("owners", "Nobody").refused()
    assert lodewire("owners", "husab", "--on", "someday").code == 2


@pytest.mark.usefixtures("nowhere")
def test_a_site_without_owners_says_so():
    out = lodewire("owners", "akouta", "--on", "2024-06-01").fine().out
    assert "No row, text or deal names its owner on that day." in out


def test_a_desk_adds_what_its_texts_state(built: Path):
    """The sample newsroom's own words stand beside the tables, quoted."""
    out = lodewire("owners", "mmg", "--on", "2025-03-28", "--desk", built).fine().out
    assert "China Minmetals, which owns 67.55% of MMG" in out
    told = lodewire(
        "owners", "mmg", "--on", "2025-03-28", "--desk", built, "--format", "json"
    ).fine()
    (mmg,) = told.json["found"]
    stated = [k for k in mmg["further"] if k["evidence"]["kind"] == "stated"]
    assert {(k["owner"], k["share"]) for k in stated} == {("china-minmetals", "67.55")}
    assert all(k["evidence"]["document"] for k in stated)
    before = lodewire("owners", "mmg", "--on", "2020-01-01", "--desk", built).fine().out
    assert "67.55" not in before


def test_the_page_of_a_site_and_of_a_company_tells_owners_and_former_names(built: Path):
    page = lodewire("show", "khoemacau-mine", "--desk", built).fine().out
    assert "Owners on " in page
    assert "its ultimate owner sits in China" in page
    assert "formerly Minmetals Resources" in lodewire("show", "mmg", "--desk", built).fine().out
    (told,) = lodewire("show", "khoemacau-mine", "--json", "--desk", built).fine().json
    assert told["owners"]["countries"]["controlling"] == "CN"
