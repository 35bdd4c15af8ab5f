"""``lodewire forecasts`` on the sample newsroom and the monthly prices of the package."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command import NOW, Outcome, lodewire


def told(desk: Path, *arguments: str) -> Outcome:
    return lodewire("forecasts", *arguments, "--desk", desk, env={"LODEWIRE_NOW": NOW}).fine()


def test_citis_copper_forecast_is_held_against_the_quarter(built: Path) -> None:
    """9,500 a tonne for the second quarter of 2025; the IMF's monthly averages gave 9,513."""
    rows = told(built, "--on", "2026-03-01", "--forecaster", "citi", "--format", "json").json
    (scored,) = [r for r in rows if r["state"] == "scored"]
    assert (scored["low"], scored["series"]) == ("9500", "imf-copper")
    assert scored["horizon_start"] == "2025-04-01"
    assert abs(float(scored["actual"]) - 9513) < 1
    assert float(scored["error_percent"]) < float(scored["naive_error_percent"])
    assert all(r["why"] for r in rows if r["state"] == "not_scored")


def test_on_the_day_itself_it_is_open(built: Path) -> None:
    rows = told(built, "--open", "--format", "json").json
    assert rows
    assert all(r["state"] == "open" and r["why"] for r in rows)
    assert any(r["forecaster"] == "Citi" for r in rows)


def test_the_sums_and_the_page_for_people(built: Path) -> None:
    sums = told(built, "--on", "2026-03-01", "--by-forecaster", "--format", "json").json
    citi = next(s for s in sums if s["forecaster"] == "Citi")
    assert (citi["scored"], citi["points"]) == (1, 1)
    assert citi["told"] == citi["scored"] + citi["open"] + citi["not_scored"]
    page = told(built, "--on", "2026-03-01").out
    assert "off by" in page
    assert "the text gives no horizon" in page
    assert "No forecast is like this." in told(built, "--forecaster", "nobody at all").out


def test_an_empty_ledger_says_what_to_do(new_desk: Path) -> None:
    assert "lodewire run" in told(new_desk).out
