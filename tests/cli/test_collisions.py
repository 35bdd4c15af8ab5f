"""``lodewire collisions`` on the sample newsroom, and on a ledger without deals."""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

from lodewire.collect.official.services import SERVICES
from lodewire.config.desk import load_desk
from lodewire.model.official import TradeIntervention
from lodewire.reference.fetched import write_table
from tests.cli.command import NOW, Outcome, lodewire

RULE = TradeIntervention(
    source="gta",
    id="1",
    title="A land: Ban on exports",
    kind="Export ban",
    evaluation="red",
    implementers=("NA",),
    affected=("CN",),
    products=("284690",),
    announced=date(2023, 5, 1),
    in_force_from=date(2023, 6, 1),
    address="https://gta.example/1",
    vintage="2023-06-02",
)
EASED = replace(RULE, id="2", evaluation="green", in_force_until=date(2024, 1, 1))


def told(desk: Path, *arguments: str) -> Outcome:
    return lodewire("collisions", *arguments, "--desk", desk, env={"LODEWIRE_NOW": NOW}).fine()


def test_the_namibian_export_ban_stands_against_lofdal(built: Path) -> None:
    """Japan's exploration at Lofdal, agreed while Namibia's ban on rare earths is in force."""
    rows = told(built, "--format", "json").json
    lofdal = [
        r for r in rows if r["rule_text"].startswith("Namibia banned the export of unprocessed")
    ]
    hit = next(r for r in lofdal if r["verdict"] == "collision")
    assert hit["since"] == "2023-06-01"
    assert hit["country"] == "NA"
    assert "Lofdal" in hit["deal_text"] or "Namibia" in hit["deal_text"]
    older = next(r for r in lofdal if r["verdict"] == "upcoming")
    assert "after the deal of 2020" in older["reason"]


def test_what_was_not_found_says_why(built: Path) -> None:
    rows = told(built, "--all", "--format", "json").json
    blind = [r for r in rows if r["verdict"] == "not_covered"]
    assert blind
    assert all(r["why"] for r in blind)
    assert len({r["deal"] for r in rows}) > len(
        {r["deal"] for r in told(built, "--format", "json").json}
    )


def test_days_narrow_the_deals_and_csv_holds_the_same(built: Path) -> None:
    rows = told(built, "--since", "2025-03-01", "--format", "json").json
    assert {r["deal"] for r in rows} <= {r["deal"] for r in told(built, "--format", "json").json}
    parsed = list(
        csv.DictReader(io.StringIO(told(built, "--since", "2025-03-01", "--format", "csv").out))
    )
    assert [r["deal"] for r in parsed] == [r["deal"] for r in rows]
    assert "deals:" in told(built, "--since", "2025-03-01").out
    assert "No deal was reported" in told(built, "--since", "2030-01-01").out


def test_an_empty_ledger_says_what_to_do(new_desk: Path) -> None:
    assert "lodewire run" in told(new_desk).out
    assert told(new_desk, "--format", "json").json == []


def test_listed_measures_are_shown_and_held_against_the_deals(built: Path, tmp_path: Path) -> None:
    """What was fetched of Global Trade Alert: by its HS codes, with its days and its address."""
    desk = Path(shutil.copytree(built, tmp_path / "desk"))
    write_table(load_desk(desk).official_path, "gta", SERVICES["gta"].form, [RULE, EASED])
    shown = lodewire("figures", "interventions", "--desk", desk).fine().out
    assert "gta:1  NA: Export ban, in force since 2023-06-01" in shown
    assert "on rare-earths" in shown
    assert "2 of 2 measures fetched" in shown
    only = ("figures", "interventions", "--commodity", "rare earths", "--country", "NA")
    rows = lodewire(*only, "--on", "2025-03-28", "--format", "json", "--desk", desk).fine().json
    assert [r["id"] for r in rows] == ["gta:1"]
    rows = told(desk, "--since", "2025-03-28", "--format", "json").json
    (hit,) = [r for r in rows if r["rule"] == "gta:1" and "Lofdal" in r["deal_text"]]
    assert hit["verdict"] == "collision"
    assert "Export ban, gta 1" in hit["reason"]
    assert "https://gta.example/1" in hit["rule_text"]
    assert not any(r["rule"] == "gta:2" for r in rows)  # it eases trade
    assert "A land: Ban on exports" in told(desk, "--since", "2025-03-28").out


def test_without_listed_measures_the_command_says_how_to_get_them(new_desk: Path) -> None:
    out = lodewire("figures", "interventions", "--desk", new_desk).fine().out
    assert "lodewire figures fetch gta" in out
