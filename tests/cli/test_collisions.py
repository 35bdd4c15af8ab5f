"""``lodewire collisions`` on the sample newsroom, and on a ledger without deals."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from tests.cli.command import NOW, Outcome, lodewire


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
