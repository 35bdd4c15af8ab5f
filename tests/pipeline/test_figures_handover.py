"""What was fetched is where analytics look: figures, prices and rates of the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from lodewire.model.official import MineralStatistic, TradeFlow
from lodewire.pipeline import figures as fetching
from lodewire.pipeline.figures_minerals import mineral_figures
from lodewire.pipeline.figures_trade import trade_figures
from lodewire.reference.exchange import rate
from lodewire.reference.prices import prices_of
from lodewire.reference.store import store_of
from tests.cli.command import lodewire
from tests.collect.official import good
from tests.collect.official.desk import NOW, desk_at, failure, fetch_one, well
from tests.collect.official.local import json_answer, local_service
from tests.collect.official.test_comtrade import only_2024, row
from tests.collect.server import respond


def fetched(tmp_path, name, answer, **told):
    with local_service(answer) as service:
        desk = desk_at(tmp_path, name, service.url, **{**good.NARROW.get(name, {}), **told})
        return desk, well(fetch_one(desk, name))


def test_prices_of_the_pink_sheet_are_the_desk_s_prices(tmp_path):
    _, outcome = fetched(tmp_path, "pink-sheet", good.pink_sheet)
    (price,) = (p for p in prices_of("wb-aluminium", tmp_path) if p.period == "2025-01")
    assert (price.value, price.unit) == (Decimal("2569.26"), "USD/t")
    assert price.vintage == "2025-02-04"
    told = {p.period: p.vintage for p in prices_of("wb-gold", tmp_path)}
    assert (told["1960-01"], told["2025-01"]) == ("2025-02-04", "2025-02-04")
    assert told.get("1960-02") != "2025-02-04", "a missing price replaces nothing"
    assert outcome.handed_over == "10 prices of 4 series"


def test_a_column_in_another_unit_is_not_taken_for_a_price(tmp_path):
    book = good.workbook(units=["($/bbl)", "($/lb)", "($/troy oz)", "($/dmtu)"])

    def answer(asked):
        return respond(200, book) if asked.path == good.PINK_PATH else good.pink_sheet(asked)

    fetched(tmp_path, "pink-sheet", answer)
    assert prices_of("wb-aluminium", tmp_path) == ()
    assert prices_of("wb-gold", tmp_path)


def test_monthly_imf_prices_of_fred_stand_over_the_package_s(tmp_path, monkeypatch):
    monkeypatch.setenv("FRED_API_KEY", good.KEY)
    before = {p.period: p.value for p in prices_of("imf-aluminium")}
    fetched(tmp_path, "fred", good.fred)
    after = {p.period: p.value for p in prices_of("imf-aluminium", tmp_path)}
    assert after["2025-01"] == Decimal("2512.5")
    assert after["2025-03"] == Decimal("2601.25")
    assert after.get("2025-02") == before.get("2025-02"), "a missing value replaces nothing"
    assert after["2015-06"] == before["2015-06"]


def test_rates_of_the_ecb_are_turned_to_units_for_a_dollar(tmp_path):
    fetched(tmp_path, "ecb", good.ecb)
    euro, yen = rate("EUR", "2025-01", tmp_path), rate("JPY", "2025-01", tmp_path)
    assert euro.per_usd == Decimal("0.96581031")  # 1 / 1.0354
    assert yen.per_usd == Decimal("156.39366")  # 161.93 / 1.0354
    assert euro.source == "ecb"


def test_scores_of_the_world_bank_are_governance_figures(tmp_path):
    fetched(tmp_path, "wgi", good.wgi)
    store = store_of(tmp_path)
    newest = store.newest(measured="governance", year=2023, source="wgi", form="rule of law")
    assert {f.vintage for f in newest} == {"2025-09-30"}
    (australia,) = (f for f in newest if f.country == "AU")
    assert australia.value == Decimal("1.5012345")
    (missing,) = store.figures(country="AU", year=1997, form="rule of law", vintage="2025-09-30")
    assert (missing.value, missing.state) == (None, "not_available")


def test_trade_is_imports_by_partner_in_weight_and_in_value(tmp_path):
    fetched(tmp_path, "comtrade", only_2024(row(), row(partnerCode=0, netWgt=0)))
    found = store_of(tmp_path).figures(commodity="lithium", measured="imports", country="JP")
    by = {(f.partner, f.unit): f for f in found}
    assert by["CN", "t"].value == Decimal("1.5005")
    assert by["CN", "USD"].value == Decimal("30000.25")
    assert by["CN", "USD"].basis == "value, CIF"
    assert by["CN", "t"].form == by["CN", "USD"].form == "HS 283691"
    assert ("WORLD", "t") not in by, "a weight of 0 is a missing weight, and no total"
    assert by["WORLD", "USD"].value == Decimal("30000.25")


def test_fetched_trade_gives_the_dependence_of_one_country_on_another(tmp_path):
    rows = [
        row(),
        row(partnerCode=152, netWgt=4501.5, primaryValue=30000.25),
        row(partnerCode=0, netWgt=6002, primaryValue=60000.5),
    ]
    fetched(tmp_path, "comtrade", only_2024(*rows))
    asked = ("exposure", "lithium", "--country", "JP", "--partner", "CN", "--desk", tmp_path)
    (tmp_path / "desk.toml").write_text("")
    told = lodewire(*asked).fine()
    lines = [" ".join(line.split()) for line in told.out.splitlines()]
    assert "By quantity 25.0 % [import_share_quantity/1]" in lines
    assert "By value 50.0 % [import_share_value/1]" in lines


def test_of_each_product_the_last_year_that_is_told_is_handed_on():
    def flow(product, year, kind="import"):
        return TradeFlow(
            source="comtrade",
            reporter="JP",
            partner="CN",
            flow=kind,
            product=product,
            period=year,
            value=Decimal(1),
            currency="USD",
        )

    told = (("283691", "2023"), ("283691", "2024"), ("260500", "2023"), ("260500", "2024-05"))
    flows = [*(flow(*one) for one in told), flow("260500", "2025", "export")]
    years = {(f.commodity, f.year) for f in trade_figures(flows, "comtrade", "v")}
    assert years == {("lithium", 2024), ("cobalt", 2023)}


def test_what_the_union_imports_comes_from_outside_of_it():
    def flow(partner, weight):
        return TradeFlow(
            source="comext",
            reporter="EU",
            partner=partner,
            flow="import",
            product="283691",
            period="2024",
            value=Decimal(weight),
            currency="EUR",
            weight_kg=Decimal(weight),
        )

    flows = [flow(*told) for told in (("CL", 6), ("DE", 5), ("EXTRA-EU", 9), ("WORLD", 14))]
    figures = trade_figures(flows, "comext", "v", form=", Comext")
    weights = {f.partner: f.value * 1000 for f in figures if f.unit == "t"}
    assert weights == {"CL": 6, "WORLD": 9}


def test_trade_under_a_code_of_several_materials_says_so(tmp_path):
    fetched(tmp_path, "comtrade", only_2024(row(cmdCode="284690")), products=["284690"])
    found = store_of(tmp_path).figures(commodity="dysprosium", measured="imports")
    assert found
    assert all("neodymium" in f.note for f in found)


def test_output_of_bgs_is_production_in_our_units(tmp_path):
    _, outcome = fetched(tmp_path, "bgs", good.bgs)
    found = store_of(tmp_path).figures(commodity="lithium", source="bgs-wms", measured="production")
    by = {f.country: f for f in found}
    assert (by["AU"].value, by["AU"].unit, by["AU"].stage) == (Decimal("2730000.5"), "t", "mining")
    assert by["AU"].form == "lithium minerals, Spodumene"
    assert by["CL"].state == "not_available"
    assert "figures as bgs-wms 2026-11-23" in outcome.handed_over


@pytest.mark.parametrize(
    ("name", "unit", "expected"),
    [
        ("copper, mine", "tonnes (metal content)", ("copper", "mining", "t", "metal content", 5)),
        ("Copper, refined", "Tonnes (metric)", ("copper", "refining", "t", "metric", 5)),
        ("tin, smelter", "Tonnes (metric)", ("tin", "smelting", "t", "metric", 5)),
        ("gallium, primary", "Kilograms", ("gallium", "refining", "kg", "gross weight", 5)),
        ("iron ore", "Thousand tonnes", ("iron-ore", "mining", "t", "gross weight", 5000)),
        ("salt", "Tonnes (metric)", None),
        ("copper, mine", "carats", None),
    ],
)
def test_names_and_units_of_bgs_are_read_or_left_alone(name, unit, expected):
    statistic = MineralStatistic(
        source="bgs",
        commodity=name,
        form="",
        kind="production",
        country="CL",
        year=2022,
        value=Decimal(5),
        unit=unit,
    )
    found = [
        (f.commodity, f.stage, f.unit, f.basis, f.value) for f in mineral_figures([statistic], "v")
    ]
    assert found == ([expected] if expected else [])
    assert mineral_figures([replace(statistic, kind="imports")], "v") == []


def test_a_later_fetch_takes_the_place_of_the_one_before_and_editions_stay(tmp_path):
    with local_service(good.bgs) as service:
        desk = desk_at(tmp_path, "bgs", service.url, series=["lithium minerals"])
        well(fetch_one(desk, "bgs"))
        more = [*good.BGS_FEATURES, good.bgs_feature("CN", "China", 2023, 7)]
        service.answer = lambda asked: json_answer(good.bgs_page(more, 4, None))
        well(fetch_one(desk, "bgs", now=NOW + timedelta(days=30)))
    fetched(tmp_path, "wgi", good.wgi)
    edition = (b"2025-09-30", b"2026-09-30")
    fetched(tmp_path, "wgi", lambda a: good.wgi(a).replace(*edition).replace(b"1.5", b"1.4"))
    store = store_of(tmp_path)
    assert {f.vintage for f in store.figures(source="bgs-wms")} == {"2026-12-23"}
    assert {s.vintage for s in store.sources if s.source == "bgs-wms"} == {"2026-12-23"}
    assert {"2025-09-30", "2026-09-30"} <= {f.vintage for f in store.figures(source="wgi")}


def test_a_release_of_the_usgs_is_in_the_store(tmp_path):
    fetched(tmp_path, "usgs-mcs", good.usgs_mcs)
    found = store_of(tmp_path).figures(
        commodity="tungsten", country="CN", measured="production", year=2024, vintage="MCS2026"
    )
    assert [f.value for f in found] == [Decimal(66000)]


def test_a_fetch_whose_figures_cannot_be_kept_is_done_again(tmp_path, monkeypatch):
    def fail(desk, service, rows):
        raise fetching.ConfigError("the disk is full.", hint="Make room.")

    with local_service(good.ecb) as service:
        desk = desk_at(tmp_path, "ecb", service.url)
        with monkeypatch.context() as patched:
            patched.setattr(fetching, "hand_over", fail)
            assert "the disk is full" in failure(fetch_one(desk, "ecb"))
        outcome = well(fetch_one(desk, "ecb"))
    assert outcome.changes.added == 4
    assert rate("EUR", "2025-01", tmp_path).source == "ecb"
