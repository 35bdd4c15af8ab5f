"""``lodewire landed-cost`` and ``lodewire prices``: what a person types and sees."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from lodewire.cli.landed_cost import INCOTERMS
from lodewire.model.cost import Incoterm
from tests.cli.command import lodewire

CHANGE = (
    "landed-cost aluminium --importer US --origin AE --before 2025-03-11 --after 2025-03-12 "
    "--premium 180 --incoterm FOB --freight 60 --insurance-rate 0.2% --delivery 90"
).split()


@pytest.fixture(autouse=True)
def _nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_change_of_duty_is_the_change_of_cost():
    out = lodewire(*CHANGE).fine().out
    assert "+424.74" in out
    assert "2025-03-11" in out
    assert "imf-aluminium, 2025-03, 2651.6 USD/t" in out


def test_the_change_as_csv_and_json():
    rows = list(csv.DictReader(io.StringIO(lodewire(*CHANGE, "--format", "csv").fine().out)))
    assert rows[-1]["step"] == "landed cost"
    assert rows[-1]["difference"] == "424.7400"
    told = lodewire(*CHANGE, "--format", "json").fine().json
    assert told["version"] == 1
    assert told["changes"][-1]["difference"] == "424.7400"
    applying = [m for m in told["after"]["measures"] if m["applies"]]
    assert {m["id"] for m in applying} == {"us-mfn-76011060", "us-232-aluminium-2025-march"}
    assert all(m["url"].startswith("https://") for m in applying)


def test_explicit_inputs_need_no_tables():
    out = lodewire(
        "landed-cost",
        "--price",
        "2450",
        "--premium",
        "160",
        "--duty",
        "EU=3%@cif",
        "--incoterm",
        "DAP",
    ).fine()
    assert "2,688.30" in out.out


def test_an_all_in_premium_on_the_exchange_price():
    out = lodewire(
        "landed-cost", "--price", "2850", "--premium", "88.10 USc/lb", "--incoterm", "DDP"
    ).fine()
    assert "4,792.27" in out.out


def test_a_duty_on_the_exchange_price():
    told = lodewire(
        *"landed-cost --price 2850 --duty 232=50%@exchange --format json".split()
    ).fine()
    assert told.json["duty"] == "1425.0000"


def test_a_duty_without_a_per_cent_sign_is_money_by_weight():
    told = lodewire(*"landed-cost --price 100 --duty a=0.25 --format json".split()).fine()
    assert told.json["duty"] == "0.2500"


def test_a_premium_read_both_ways():
    out = lodewire(
        *"landed-cost --price 2600 --premium 180 --duty 232=25% --delivery 90".split(),
        "--observed",
        "40 USc/lb",
    ).fine()
    assert "premium that duty implies: 965.00" in out.out
    assert "share of the duty priced in: 88.0 %" in out.out


def test_another_unit_and_currency():
    told = lodewire(
        *"landed-cost aluminium --importer US --origin CN --day 2025-07-01 --premium 0".split(),
        *"--to EUR/kg --format json".split(),
    ).fine()
    assert told.json["unit"] == "EUR/kg"
    assert any("exchanged at 0.8568" in note for note in told.json["notes"])


def test_what_is_not_given_is_said_and_marks_a_lower_bound():
    told = lodewire(
        *"landed-cost --price 2600 --incoterm FOB --duty a=10%@cif --format json".split()
    ).fine()
    assert told.json["complete"] is False
    (least,) = [note for note in told.json["notes"] if note.startswith("at least: ")]
    assert "premium before duty" in least
    assert "freight" in least


@pytest.mark.parametrize(
    "arguments",
    [
        "landed-cost unobtainium --importer US --origin CN",
        "landed-cost aluminium --importer US --origin AE --day 2030-01-01",
        "landed-cost",
        "landed-cost --price 0 --duty a=1%",
        "prices show no-such-series",
        "prices convert 1 USD/t EUR/t",
        "prices convert 1 USD/t USD/bbl",
        "prices convert 1 USD/t EUR/t --month 2099-01",
    ],
)
def test_a_refusal_is_one_line_with_a_hint(arguments: str):
    lodewire(*arguments.split()).refused()


@pytest.mark.parametrize(
    "arguments",
    [
        "landed-cost --price ten",
        "landed-cost --price 1e400",
        "landed-cost --price 1 --duty 25%",
        "landed-cost --price 1 --duty a=25%@ddp",
        "landed-cost --price 1 --losses 0.5",
        "landed-cost aluminium --before 2025-01-01",
        "prices convert 1 USD/t USD/kg --of GeO2",
        "prices convert many USD/t USD/kg",
    ],
)
def test_wrong_usage_is_told_as_such(arguments: str):
    found = lodewire(*arguments.split())
    assert found.code == 2, found.err
    assert "Traceback" not in found.err


def test_a_specific_duty_keeps_its_unit():
    found = lodewire(
        "landed-cost", "--price", "2000", "--duty", "X=10 USc/lb", "--format", "json"
    ).fine()
    duty = next(s for s in found.json["steps"] if s["step"] == "X")
    assert duty["amount"].startswith("220.46")


def test_a_preference_is_read_in_any_case_and_refused_when_unknown():
    asked = "landed-cost aluminium --importer US --origin CA --day 2025-03-10 --premium 1 --claim"
    plain = lodewire(*asked.split(), "USMCA", "--format", "json").fine()
    assert lodewire(*asked.split(), "usmca", "--format", "json").fine().json == plain.json
    assert "Known: FTA, USMCA" in lodewire(*asked.split(), "nafta").err


def test_an_unknown_importer_is_told_before_its_codes():
    assert "'XX' is no country" in lodewire("landed-cost", "tin", "--importer", "XX").err


def test_conversions():
    for said in (("88.10", "USc/lb"), ("88.10", "c/lb"), ("88.10 cents a pound",), ("88.10¢/lb",)):
        assert "= 1,942.27 USD/t" in lodewire("prices", "convert", *said, "USD/t").out
    assert "its unit and another" in lodewire("prices", "convert", "88.10", "USD/t").err
    tungsten = lodewire(
        *"prices convert 252 USD/mtu USD/kg --of WO3 --metal W --json".split()
    ).fine()
    assert tungsten.json["result"].startswith("31.7")
    assert "at 0.9248" in lodewire(*"prices convert 100 USD/t EUR/t --month 2025-03".split()).out


def test_prices_are_listed_and_shown_with_source_and_terms():
    told = lodewire(*"prices list --format json".split()).fine().json
    assert {s["id"] for s in told["series"]} >= {"imf-aluminium", "eia-brent", "wb-gold"}
    assert all(s["licence"] and s["unit"] for s in told["series"])
    shown = lodewire(*"prices show wb-gold --from 2026-05".split()).fine().out
    assert "4,587.00" in shown
    assert "CC BY 4.0" in shown
    rows = lodewire(*"prices show imf-copper --from 2025-08 --unit USc/lb --format csv".split())
    assert rows.fine().out.splitlines()[0] == "period,value USc/lb"


def test_empty_answers_say_what_to_do():
    assert "No prices of dysprosium" in lodewire(*"prices list --commodity dysprosium".split()).out
    assert "no price in that time" in lodewire(*"prices show wb-gold --from 2099-01".split()).out


def test_own_prices_of_the_desk_are_listed(tmp_path: Path):
    (tmp_path / "prices").mkdir()
    (tmp_path / "prices" / "mine.csv").write_text(
        "series,period,value,unit,commodity,kind,basis,source\n"
        "my-premium,2025-03,40,USc/lb,aluminium,premium,US Midwest,own broker\n"
    )
    told = lodewire(*"prices list --commodity aluminium --format json".split()).fine().json
    assert [s["origin"] for s in told["series"]] == ["package", "desk"]


def test_the_command_knows_every_incoterm():
    assert set(INCOTERMS) == {i.value for i in Incoterm}


def test_a_release_is_loaded_and_what_changed_is_told(tmp_path: Path):
    (tmp_path / "r.csv").write_text("Commodity,PALUM,PCOPP\n2025M9,2660,0\n2025M10,2790.5,10500\n")
    out = lodewire("prices", "load", "r.csv").fine().out
    assert "2 new, 1 revised, 0 no longer there" in out
    assert "revised  imf-aluminium 2025-09: 2654.48 -> 2660" in out
    assert "set aside: line 2, PCOPP 2025-09: '0'" in out
    assert "2,790.50" in lodewire(*"prices show imf-aluminium --from 2025-10".split()).fine().out
    told = lodewire(*"prices load r.csv --json".split()).fine().json
    assert told["changes"] == []
    lodewire("prices", "load", "nothing.csv").refused()


def test_a_zero_in_a_release_does_not_take_a_month_away(tmp_path: Path):
    (tmp_path / "r.csv").write_text("Commodity,PCOPP\n2025M8,9671.88\n2025M9,0\n2025M10,1\n")
    told = lodewire(*"prices load r.csv --dry-run --json".split()).fine().json
    gone = [c for c in told["changes"] if c["new"] is None]
    assert [(c["period"], c["old"]) for c in gone] == [("2025-09", "9994.77")]
    assert "9,994.77" in lodewire(*"prices show imf-copper --from 2025-09".split()).out


def test_why_names_the_measures_that_do_not_apply():
    asked = "landed-cost aluminium --importer US --origin CA --day 2025-04-01".split()
    plain, full = lodewire(*asked).fine().out, lodewire(*asked, "--why").fine().out
    assert "does not apply on top of us-ieepa-canada" not in plain
    assert "does not apply on top of us-ieepa-canada" in full
    claimed = lodewire(*asked, "--claim", "USMCA", "--why").fine().out
    assert "waived for goods that qualify for USMCA" in claimed
