"""``lodewire trends``: counts of the sample desk, prices with and without a desk."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest

from tests.cli.command import lodewire


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without a desk, to stand in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_events_are_counted_by_desk(built: Path):
    out = lodewire("trends", "--desk", built).fine().out
    assert "events by desk" in out
    assert "Mining & Metals" in out
    assert "█" in out


@pytest.mark.parametrize("by", ["desk", "commodity", "country"])
def test_text_csv_and_json_tell_the_same_counts(built: Path, by: str):
    arguments = ("trends", "--by", by, "--every", "month", "--since", "2025-01-01", "--desk", built)
    told = lodewire(*arguments, "--format", "json").fine().json
    rows = list(csv.DictReader(io.StringIO(lodewire(*arguments, "--format", "csv").fine().out)))
    assert told["version"] == 1
    assert told["periods"][0] == "2025-01"
    assert len(rows) == len(told["groups"]) * len(told["periods"])
    for group in told["groups"]:
        assert sum(int(r["events"]) for r in rows if r[by] == group["id"]) == group["total"]
        assert sum(group["counts"]) == group["total"]
    assert told["events"] >= max(g["total"] for g in told["groups"])


def test_the_counts_are_those_of_the_ledger(built: Path):
    told = lodewire("trends", "--desk", built, "--format", "json").fine().json
    events = lodewire("ledger", "--desk", built, "--format", "csv").fine().out
    assert told["events"] == len(list(csv.DictReader(io.StringIO(events))))


def test_a_time_without_events_and_an_empty_ledger_are_told(built: Path, new_desk: Path):
    late = lodewire("trends", "--desk", built, "--since", "2031-01-01").fine().out
    assert late == "No event lies in this time.\n"
    assert "lodewire run" in lodewire("trends", "--desk", new_desk).fine().out
    turned = lodewire(
        "trends", "--desk", built, "--since", "2025-03-01", "--until", "2025-01-01"
    ).refused()
    assert "before it begins" in turned


@pytest.mark.usefixtures("nowhere")
def test_the_series_are_listed_without_a_name():
    assert "imf-copper" in lodewire("trends", "price").fine().out
    told = lodewire("trends", "price", "--format", "json").fine().json
    assert {"id", "name", "unit", "months", "commodity"} == set(told["series"][0])


@pytest.mark.usefixtures("nowhere")
def test_a_price_is_told_with_unit_source_and_method():
    out = lodewire("trends", "price", "Copper").fine().out
    assert out.startswith("Copper, US$ a tonne\n")
    assert "a year (12 monthly log returns)" in out
    assert "Source: International Monetary Fund" in out
    assert "no ledger was asked" in out


def test_with_a_desk_the_ledger_is_asked_for_explanations(built: Path):
    out = lodewire("trends", "price", "copper", "--desk", built).fine().out
    assert "no explanation: no event of the ledger falls in this time" in out


@pytest.mark.usefixtures("nowhere")
def test_a_forecast_is_shown_beside_the_naive_one_and_not_as_better_than_it_is():
    """On copper no model beats the last price, so the naive forecast comes first."""
    told = lodewire("trends", "price", "copper", "--forecast", "6", "--format", "json").fine().json
    forecast = told["forecast"]
    scores = {s["method"]: s for s in forecast["backtest"]["scores"]}
    assert all(s["verdict"] != "better" for s in scores.values())
    assert forecast["chosen"] == "naive/1"
    assert "no model was better than the naive forecast beyond chance" in forecast["judged"]
    assert len(forecast["forecasts"]["theta/1"]) == 6
    first = forecast["forecasts"]["naive/1"][0]
    assert first["value"] == str(Decimal(list(told["prices"].values())[-1]).normalize())


@pytest.mark.usefixtures("nowhere")
def test_a_model_can_be_asked_for_and_csv_has_its_intervals():
    out = (
        lodewire(
            "trends", "price", "imf-tin", "--forecast", "3", "--model", "theta", "--format", "csv"
        )
        .fine()
        .out
    )
    rows = list(csv.DictReader(io.StringIO(out)))
    ahead = [r for r in rows if r["forecast"]]
    assert len(ahead) == 3
    for row in ahead:
        low, high = Decimal(row["low_95"]), Decimal(row["high_95"])
        assert low < Decimal(row["low_80"]) < Decimal(row["forecast"]) < high
    assert lodewire("trends", "price", "tin", "--model", "theta").code == 2


@pytest.mark.usefixtures("nowhere")
def test_a_spread_and_a_wrong_name_and_a_wrong_month():
    out = lodewire("trends", "price", "imf-gold", "--against", "wb-gold").fine().out
    assert "less wb-gold" in out
    assert "imf-gold, wb-gold" in lodewire("trends", "price", "gold").refused()
    assert "unobtainium" in lodewire("trends", "price", "unobtainium").refused()
    assert lodewire("trends", "price", "tin", "--since", "2025-13").code == 2
    assert "before 2099-01" in lodewire("trends", "price", "tin", "--since", "2099-01").refused()


def test_a_premium_in_cents_a_pound_is_held_against_the_price_a_tonne(new_desk: Path):
    """40 US cents a pound are 881.85 US$ a tonne, of 2,651.6 in March 2025."""
    (new_desk / "prices").mkdir()
    (new_desk / "prices" / "own.csv").write_text(
        "series,period,value,unit,commodity,kind,basis,source\n"
        "midwest,2025-03,40,USc/lb,aluminium,premium,delivered,me\n",
        encoding="utf-8",
    )
    out = (
        lodewire("trends", "price", "midwest", "--against", "imf-aluminium", "--desk", new_desk)
        .fine()
        .out
    )
    assert "over imf-aluminium" in out
    assert "40, 33 % of it (2025-03)" in out


def test_own_prices_of_a_desk_take_part(new_desk: Path):
    rows = [f"my-tin,2024-{m:02},{30000 + m * 10},USD/t,tin,price,own,me" for m in range(1, 13)]
    (new_desk / "prices").mkdir()
    head = "series,period,value,unit,commodity,kind,basis,source"
    (new_desk / "prices" / "own.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    out = lodewire("trends", "price", "my-tin", "--desk", new_desk).fine().out
    assert "30,120 (2024-12)" in out
    assert "Note: my-tin: a usual year needs 3 years of every month, there are 0" in out
