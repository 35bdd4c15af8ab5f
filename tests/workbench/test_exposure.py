"""Exposure: every measure with its source, vintages side by side, gaps told, frames exported."""

from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal
from types import ModuleType

import pytest

from lodewire.analytics.bands import Band, Guidelines
from lodewire.errors import MeasureError
from lodewire.model.measure import Figure
from lodewire.reference.store import FigureStore
from lodewire.workbench.exposure import (
    exposure_of,
    exposures,
    measure_rows,
    to_frame,
)
from lodewire.workbench.exposure.frame import COLUMNS, input_rows
from lodewire.workbench.exposure.importing import at_home

DAY = date(2026, 3, 1)


def figure(measured: str, value: str | None, **other: object) -> Figure:
    told: dict[str, object] = {
        "commodity": "cobalt",
        "stage": "mining",
        "country": "CD",
        "year": 2024,
        "unit": "t",
        "basis": "content",
        "source": "a",
        "vintage": "A1",
        "state": "reported" if value is not None else "withheld",
    }
    return Figure(
        measured=measured,
        value=None if value is None else Decimal(value),
        **(told | other),  # type: ignore[arg-type]
    )


def made(vintage: str = "A1", source: str = "a", **amounts: str) -> list[Figure]:
    return [
        figure("production", amount, country=country, vintage=vintage, source=source)
        for country, amount in amounts.items()
    ]


def store(*figures: Figure) -> FigureStore:
    return FigureStore(all=figures, sources=())


def test_each_stage_has_its_measures_with_method_vintage_and_inputs():
    told = exposure_of("cobalt", partner="CN", day=DAY)
    mining = told.stages[0]
    assert mining.table.kind == "production"
    assert [m.name for m in mining.measures][:4] == [
        "hhi",
        "top_1_share",
        "top_3_share",
        "n_minus_1",
    ]
    for measure in told.measures:
        assert measure.method
        assert measure.vintage
        assert measure.note or measure.value is not None or measure.low is not None
    assert mining.largest[0][0] == "CD"
    assert mining.partner is not None
    assert dict(mining.bands)[Guidelines.US_2023] == (Band.HIGH,)


def test_vintages_and_sources_stand_side_by_side():
    told = exposure_of("nickel", country="US", year=2023)
    (reliance,) = told.reliance
    assert reliance.published.value == 41
    assert {(o.vintage, o.measure.value) for o in reliance.others} == {("MCS2024", 57)}


def test_a_reliance_is_recomputed_from_consumption_and_production():
    told = exposure_of("antimony", country="US", vintage="MCS2024", year=2023)
    (relied, *_) = told.reliance
    assert relied.published.value == 82
    (again, *_) = relied.recomputed
    assert again.measure.low is not None
    assert again.measure.high is not None
    assert again.measure.low <= 82 <= again.measure.high
    assert again.what == "1 - (primary + secondary) / consumption"


def test_a_second_source_is_shown_and_never_averaged():
    figures = store(
        *made(CD="60", AU="40"), *made("A0", CD="50", AU="50"), *made("B1", "b", CD="90", AU="10")
    )
    (stage,) = exposure_of("cobalt", store=figures).stages
    assert stage.measures[0].value == Decimal("0.82")
    shown = {(o.source, o.vintage): o.measure.value for o in stage.others}
    assert shown == {("a", "A1"): Decimal("0.52"), ("a", "A0"): Decimal("0.5")}


def test_a_vintage_or_year_may_be_asked_for():
    figures = store(*made(CD="60", AU="40"), *made("A0", CD="50", AU="50"))
    (stage,) = exposure_of("cobalt", vintage="A0", store=figures).stages
    assert stage.measures[0].value == Decimal("0.5")
    none = exposure_of("cobalt", year=1999, store=figures)
    assert none.stages == ()
    assert any("1999" in why for why in none.cannot)


def test_an_element_without_figures_is_not_given_those_of_its_group():
    told = exposure_of("dysprosium", country="JP", partner="CN")
    assert all(s.table.kind == "share" for s in told.stages)
    if not told.stages:
        assert "rare-earths" in told.proxies
    (dependence,) = (why for why in told.cannot if "dependence of Japan on China" in why)
    assert "rare-earths, which is not dysprosium itself" in dependence


def test_japan_s_dependence_on_china_is_told_by_quantity_and_by_value():
    """CEPII BACI, 2024: 66.1 % by quantity and 37.8 % by value."""
    (depends,) = exposure_of("rare-earths", "JP", "CN", year=2024).dependence
    by_quantity, by_value = depends.measures[:2]
    assert round(by_quantity.low, 3) == Decimal("0.661")  # type: ignore[arg-type]
    assert round(by_value.value, 3) == Decimal("0.378")  # type: ignore[arg-type]
    assert "0.31 times" in depends.why


def test_dependence_by_quantity_and_value_of_flows_and_as_a_part_of_use():
    flows = [
        figure("imports", amount, country="JP", partner=partner, unit=unit, stage="refining")
        for partner, amount, unit in (
            ("CN", "66", "t"),
            ("VN", "34", "t"),
            ("CN", "38", "USD"),
            ("VN", "62", "USD"),
        )
    ]
    relies = figure("net_import_reliance", "80", country="JP", unit="%", stage="refining")
    told = exposure_of("cobalt", "JP", "CN", store=store(*flows, relies))
    (depends,) = told.dependence
    assert [m.value for m in depends.measures] == [
        Decimal("0.66"),
        Decimal("0.38"),
        Decimal("0.528"),
    ]
    assert "share by quantity is the larger one" in depends.why


def test_a_rank_alone_is_no_share():
    ranks = [
        figure("import_rank", rank, country="US", partner=partner, unit="rank", stage="refining")
        for partner, rank in (("NO", "1"), ("CN", "2"))
    ]
    told = exposure_of("cobalt", "US", "CN", store=store(*ranks))
    assert [s.partner for s in told.sources] == ["NO", "CN"]
    (depends,) = told.dependence
    assert depends.measures == ()
    assert "ranks it 2" in depends.why
    other = exposure_of("cobalt", "US", "ZM", store=store(*ranks))
    assert any("not among the main sources" in why for why in other.cannot)


def test_published_shares_of_imports_become_dependence():
    share = figure("import_share", "70", country="US", partner="CN", unit="%", stage="refining")
    relies = figure(
        "net_import_reliance", "50", country="US", unit="%", stage="refining", state="more_than"
    )
    (depends,) = exposure_of("cobalt", "US", "CN", store=store(share, relies)).dependence
    imports, used = depends.measures
    assert imports.value == Decimal("0.7")
    assert (used.value, used.low, used.high) == (None, Decimal("0.35"), Decimal("0.7"))


def under(code: str, partner: str, amount: str | None, unit: str, source: str) -> Figure:
    return figure(
        "imports",
        amount,
        country="JP",
        partner=partner,
        unit=unit,
        stage="refining",
        form=f"HS {code}",
        source=source,
        note="the code holds scandium too",
    )


def traded(code: str, partner: str, tonnes: str | None, dollars: str) -> list[Figure]:
    """Weight and value of a flow, as a fetched statistic hands them over: two sources."""
    return [
        under(code, partner, tonnes, "t", "comtrade"),
        under(code, partner, dollars, "USD", "comtrade-value"),
    ]


def test_trade_under_several_codes_is_told_one_by_one_and_together():
    flows = [
        *traded("282520", "CN", "10", "100"),
        *traded("283691", "CN", "651", "278"),
        *traded("282520", "CL", "139", "422"),
        *traded("283691", "AR", "200", "200"),
    ]
    told = exposure_of("cobalt", "JP", "CN", store=store(*flows))
    by_form = {d.form: d for d in told.dependence}
    assert set(by_form) == {"HS 282520", "HS 283691", "HS 282520 + 283691"}
    quantity, value = by_form["HS 282520 + 283691"].measures
    assert (quantity.value, value.value) == (Decimal("0.661"), Decimal("0.378"))
    assert "share by quantity is the larger one" in by_form["HS 282520 + 283691"].why
    assert "the code holds scandium too" in by_form["HS 282520"].why


def test_a_missing_weight_is_no_zero():
    flows = [*traded("284690", "CN", None, "10"), *traded("284690", "FR", "5", "10")]
    (depends,) = exposure_of("cobalt", "JP", "CN", store=store(*flows)).dependence
    quantity, value = depends.measures
    assert quantity.value is None
    assert "not known: CN" in quantity.note
    assert value.value == Decimal("0.5")


def test_a_partner_that_published_shares_do_not_name_is_bounded_by_the_rest():
    shares = [
        figure("import_share", s, country="US", partner=p, unit="%", stage="refining")
        for p, s in (("NO", "26"), ("CA", "44"), ("OTHER", "30"))
    ]
    (depends,) = exposure_of("cobalt", "US", "CN", store=store(*shares)).dependence
    (share,) = depends.measures
    assert (share.value, share.low, share.high) == (None, 0, Decimal("0.31"))
    assert "not listed" in share.note


def test_governance_weighs_where_estimates_are_loaded():
    estimates = [
        figure(
            "governance", value, commodity="", stage="", country=country, unit="1", vintage="WGI"
        )
        for country, value in (("CD", "-1.5"), ("AU", "1.5"))
    ]
    (stage,) = exposure_of("cobalt", store=store(*made(CD="60", AU="40"), *estimates)).stages
    weighted = stage.of("hhi_governance")
    assert weighted is not None
    assert weighted.value == Decimal("0.36") * 8 + Decimal("0.16") * 2
    part = exposure_of("cobalt", store=store(*made(CD="60", AU="40"), estimates[0])).stages[0]
    missing = part.of("hhi_governance")
    assert missing is not None
    assert missing.value is None
    assert "AU" in missing.note


def test_the_eu_s_risk_is_recomputed_from_its_inputs():
    told = [
        figure(measured, value, country="EU", form=form, unit=unit, year=2017, source="ec")
        for measured, value, form, unit in (
            ("hhi_governance", "3.6", "GS", "1"),
            ("hhi_governance", "1.3", "EU", "1"),
            ("import_reliance", "32", "", "%"),
            ("recycling_input_rate", "0", "", "%"),
            ("substitution_index", "1.0", "SR", "1"),
            ("supply_risk", "1.6", "GS + EUS", "1"),
            ("economic_importance", "5.7", "", "1"),
        )
    ]
    (risk,) = exposure_of("cobalt", store=store(*told)).eu
    assert risk.published is not None
    assert risk.published.value == Decimal("1.6")
    assert risk.recomputed.value == Decimal("1.668")
    assert risk.importance is not None
    without = exposure_of("cobalt", store=store(*told[:2], told[5])).eu[0]
    assert without.recomputed.value is None
    assert without.recomputed.note


def test_a_bloc_s_sourcing_is_measured_plain_and_weighted():
    rows = [
        figure("sourcing_share", share, country="EU", partner=partner, unit="%")
        for partner, share in (("CD", "60"), ("FR", "40"))
    ]
    trade = [
        figure("trade_parameter", t, country="EU", partner=partner, unit="1")
        for partner, t in (("CD", "1.1"), ("FR", "0.8"))
    ]
    estimates = [
        figure("governance", g, commodity="", stage="", country=country, unit="1")
        for country, g in (("CD", "-1.5"), ("FR", "1.0"))
    ]
    told = exposure_of("cobalt", "EU", "CD", store=store(*rows, *trade, *estimates))
    (mix,) = told.sourcing
    plain, weighted = mix.measures
    assert plain.value == Decimal("0.52")
    wanted = Decimal("0.36") * 8 * Decimal("1.1") + Decimal("0.16") * 3 * Decimal("0.8")
    assert weighted.value == wanted
    (depends,) = told.dependence
    assert [m.name for m in depends.measures] == ["sourcing_share"]


def test_owners_are_counted_by_site_and_by_who_decides():
    told = exposure_of("cobalt", partner="CN", stage="mining", day=DAY)
    (owners,) = told.owners
    assert owners.sites > 10
    assert {m.name for m in owners.measures} >= {"hhi_site", "hhi_owner", "share_owned_by_CN"}
    assert dict(owners.by_owner)["CN"] > 3
    assert any("no day" in why for why in exposure_of("cobalt").cannot)


def test_what_cannot_be_told_is_listed_with_the_reason():
    told = exposure_of("cobalt", "JP", "CN", store=store())
    assert told.measures == ()
    words = " ".join(told.cannot)
    for what in ("concentration", "governance", "import reliance", "dependence", "EU supply risk"):
        assert what in words


def test_names_are_found_and_unknown_ones_refused_with_a_hint():
    assert exposure_of("Rare Earths", "japan", "China").commodity == "rare-earths"
    assert exposure_of("Co").commodity == "cobalt"
    for wrong in (
        lambda: exposure_of("unobtainium"),
        lambda: exposure_of("cobalt", "Atlantis"),
        lambda: exposure_of("cobalt", stage="minning"),
    ):
        with pytest.raises(MeasureError) as told:
            wrong()
        assert told.value.hint


def test_every_commodity_with_figures_is_exposed():
    found = list(exposures())
    assert len(found) >= 60
    for told in found:
        for stage in told.stages:
            assert stage.measures[0].low is not None or stage.measures[0].note


def test_rows_and_frames_hold_the_measures():
    measures = exposure_of("cobalt").measures
    rows = measure_rows(measures)
    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["value"] == "0.576605"
    assert len(input_rows(measures[:1])) == len(measures[0].inputs)
    pyarrow = pytest.importorskip("pyarrow")
    table = to_frame(measures, "pyarrow")
    assert isinstance(table, pyarrow.Table)
    assert table.column_names == list(COLUMNS)
    assert table["value"][0].as_py() == pytest.approx(0.576605)


def test_pandas_comes_first_where_it_is_installed(monkeypatch):
    fake = ModuleType("pandas")
    fake.DataFrame = dict  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pandas", fake)
    frame = to_frame(exposure_of("cobalt").measures)
    assert list(frame) == list(COLUMNS)
    assert frame["value"][0] == pytest.approx(0.576605)


def test_without_a_library_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    for library in (None, "pandas", "pyarrow"):
        with pytest.raises(MeasureError, match="installed") as told:
            to_frame((), library)
        assert "pip install" in str(told.value.hint)
    with pytest.raises(MeasureError, match="polars"):
        to_frame((), "polars")


def test_an_importer_s_geopolrisk_is_told_where_imports_and_output_are_at_hand():
    """Aluminium of the United States: the same score from the same figures, passed in."""
    told = exposure_of("aluminium", "US", stage="smelting")
    (risk,) = told.risks
    by = {m.name: m for m in risk.measures}
    assert by["geopolrisk_score"].low < by["geopolrisk_score"].high < 1
    assert "partners not listed" in by["geopolrisk_score"].note
    assert by["trade_exposure"].value == told.reliance[0].published.value / 100
    assert any("disruption potential" in why for why in told.cannot)
    assert set(by.values()) <= set(told.measures)


def test_ore_as_it_is_weighed_against_output_as_content_is_said():
    (risk,) = exposure_of("copper", "JP", stage="mining").risks
    assert "not brought to one basis" in risk.why


def test_a_country_that_is_not_listed_makes_no_more_than_is_left_unlisted():
    rows = made(CN="60", AU="30", OTHER="10")
    (stage,) = exposure_of("cobalt", store=store(*rows)).stages
    home = at_home(stage.table, "JP")
    assert (home.low, home.high) == (0, 10)
    (stage,) = exposure_of("cobalt", store=store(*made(CN="60", AU="40", WORLD="100"))).stages
    assert at_home(stage.table, "JP").value == 0
    (stage,) = exposure_of("cobalt", store=store(*made(CN="60", AU="40"))).stages
    assert at_home(stage.table, "JP") is None


def test_indices_of_suppliers_of_one_s_own_give_the_disruption_potential():
    indices = [
        figure("supplier_index", value, country=country, form=form, commodity="", stage="")
        for country in ("CN", "AU")
        for form, value in (("ability", "0.5"), ("willingness", "0.4"))
    ]
    told = exposure_of("cobalt", "US", store=store(*made(CN="60", AU="40"), *indices))
    (measure,) = [m for r in told.risks for m in r.measures]
    assert measure.name == "disruption_potential"
    assert measure.value == (Decimal("0.36") + Decimal("0.16")) * Decimal("0.2")
