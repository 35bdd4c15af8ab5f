"""``lodewire promises`` on the sample newsroom."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command import NOW, Outcome, lodewire


def told(desk: Path, *arguments: str) -> Outcome:
    return lodewire("promises", *arguments, "--desk", desk, env={"LODEWIRE_NOW": NOW}).fine()


def test_what_japan_and_namibia_agreed_and_what_came_of_it(built: Path) -> None:
    rows = told(built, "--country", "JP", "--partner", "Namibia", "--format", "json").json
    assert rows
    financed = next(r for r in rows if r["stage"] == "financed")
    assert "value C$550,000" in financed["came"]
    assert "same " in financed["steps"]
    assert all("JP" in (r["countries"] or "") for r in rows)
    assert not any(r["stage"] == "producing" for r in rows), "exploration is not supply"


def test_silence_and_commodity_narrow_it(built: Path) -> None:
    every = told(built, "--format", "json").json
    silent = told(built, "--silent", "--format", "json").json
    assert silent
    assert all(r["silent"] and r["silent_days"] > r["usual_days"] for r in silent)
    assert len(silent) < len(every)
    copper = told(built, "--commodity", "copper", "--format", "json").json
    assert copper
    assert all("copper" in r["commodities"] for r in copper)


def test_counts_by_partner_and_the_page_for_people(built: Path) -> None:
    counts = told(built, "--country", "JP", "--counts", "--format", "json").json
    assert {"partner", "stage", "count", "silent", "median_age_days"} == set(counts[0])
    assert "Japan" not in {c["partner"] for c in counts}
    page = told(built, "--country", "JP").out
    assert "Promised in CAD" in page
    assert "“" in page
    assert "No promise is like this" in told(built, "--country", "Fiji").out


def test_a_name_that_is_none_is_wrong_usage(built: Path) -> None:
    wrong = lodewire("promises", "--country", "Japn", "--desk", built)
    assert wrong.code == 2
    assert "japan" in wrong.err
    assert lodewire("promises", "--commodity", "unobtainium", "--desk", built).code == 2


def test_an_empty_ledger_says_what_to_do(new_desk: Path) -> None:
    assert "lodewire run" in told(new_desk).out
