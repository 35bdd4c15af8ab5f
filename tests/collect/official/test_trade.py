"""Comext, BGS and Global Trade Alert over HTTP."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.ontology.places import place_of_iso2, place_of_iso3
from lodewire.pipeline.figures import table_of
from lodewire.reference.loaders import bgs, comext, gta
from tests.collect.official import good
from tests.collect.official.desk import desk_at, failure, fetch_one, well
from tests.collect.official.local import json_answer, local_service
from tests.collect.server import respond
from tests.reference.loaders.hostile import JSON, PLACE, refused_cleanly


@pytest.fixture(autouse=True)
def key(monkeypatch):
    monkeypatch.setenv("GTA_API_KEY", good.KEY)


def table(tmp_path, name, answer, *, asked=None, **told):
    with local_service(answer) as service:
        desk = desk_at(tmp_path, name, service.url, **{**good.NARROW[name], **told})
        outcome = well(fetch_one(desk, name, **(asked or {})))
    return outcome, table_of(desk, name), service


def refusal(tmp_path, name, answer, **told):
    with local_service(answer) as service:
        desk = desk_at(tmp_path, name, service.url, **{**good.NARROW[name], **told})
        return failure(fetch_one(desk, name))


# --- Comext -----------------------------------------------------------------------------------


def test_value_and_weight_of_a_flow_become_one_row_in_kilograms(tmp_path):
    _, flows, service = table(tmp_path, "comext", good.comext)
    by_partner = {f.partner: f for f in flows}
    chile = by_partner["CL"]
    assert (chile.reporter, chile.flow, chile.period) == ("EU", "import", "2024")
    assert (chile.value, chile.currency) == (Decimal("119500"), "EUR")
    assert chile.weight_kg == Decimal("12345.00")
    assert chile.vintage == "2026-09-15"
    assert service.asked[0].path.endswith(
        "/data/DS-045409/A.EU27_2020..283691.1+2.VALUE_IN_EUROS+QUANTITY_IN_100KG"
    )
    assert service.asked[0].query["startPeriod"] == "2023"
    assert service.asked[0].query["endPeriod"] == "2025"


def test_confidential_values_are_missing_and_areas_without_a_code_are_summed(tmp_path):
    _, flows, _ = table(tmp_path, "comext", good.comext)
    by_partner = {f.partner: f.value for f in flows}
    assert by_partner["CN"] is None
    assert by_partner["OTHER"] == 15
    assert by_partner["EXTRA-EU"] == 200000
    assert set(by_partner) == {"CL", "CN", "OTHER", "EXTRA-EU"}, "older unions are left out"


def test_members_report_apart(tmp_path):
    _, _, service = table(
        tmp_path, "comext", lambda a: good.comext(a), reporters=["de", "EU"], products=["260500"]
    )
    assert "/A.DE+EU27_2020..260500." in service.asked[0].path


def test_a_question_too_large_is_asked_a_year_at_a_time(tmp_path):
    def answer(asked):
        if asked.query["startPeriod"] != asked.query["endPeriod"]:
            told = {"error": [{"status": 413, "label": "EXTRACTION_TOO_BIG"}]}
            return json_answer(told, status=413)
        body = good.comext(asked).partition(b"\r\n\r\n")[2]
        return respond(200, body.replace(b",2024,", f",{asked.query['startPeriod']},".encode()))

    _, flows, service = table(tmp_path, "comext", answer)
    assert [a.query["startPeriod"] for a in service.asked] == ["2023", "2023", "2024", "2025"]
    assert {f.period for f in flows} == {"2023", "2024", "2025"}


def test_a_year_too_large_is_told(tmp_path):
    told = {"error": [{"status": 413, "label": "EXTRACTION_TOO_BIG"}]}
    assert "EXTRACTION_TOO_BIG" in refusal(
        tmp_path, "comext", lambda asked: json_answer(told, status=413)
    )


def test_a_product_that_nobody_traded_is_noted(tmp_path):
    nothing = b"<m:Error><m:ErrorMessage code='100'><c:Text>No Results found</c:Text>"

    def answer(asked):
        return respond(404, nothing) if "260500" in asked.path else good.comext(asked)

    outcome, flows, _ = table(tmp_path, "comext", answer, products=["283691", "260500"])
    assert outcome.notes == ("nothing for 260500",)
    assert {f.product for f in flows} == {"283691"}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (good.comext_row("CL", "VALUE_IN_EUROS", "ten"), ":2: 'ten' is no number"),
        (good.comext_row("CL", "VALUE_IN_EUROS", "1", year="24"), "TIME_PERIOD '24'"),
        (good.comext_row("CL", "VALUE_IN_EUROS", "1", product="lithium"), "product 'lithium'"),
        (good.comext_row("CL", "VALUE_IN_EUROS", "1").replace(",1,", ",9,", 1), "flow '9'"),
        ("\n".join([good.comext_row("CL", "VALUE_IN_EUROS", "1")] * 2), ":3: two values of"),
        (good.comext_row("CL", "VALUE_IN_EUROS", "1")[:-10], "cells, expected 10"),
    ],
)
def test_a_line_that_cannot_be_right_is_named(tmp_path, line, told):
    body = f"{good.COMEXT_HEAD}\n{line}\n".encode()
    assert told in refusal(tmp_path, "comext", lambda asked: respond(200, body))


# --- BGS --------------------------------------------------------------------------------------


def test_every_page_of_bgs_is_read_and_null_is_a_missing_value(tmp_path):
    outcome, rows, service = table(tmp_path, "bgs", good.bgs)
    assert service.asked[0].query["bgs_commodity_trans"] == "lithium minerals"
    assert len(service.asked) == 2
    by_country = {r.country: r for r in rows}
    australia = by_country["AU"]
    assert (australia.value, australia.unit) == (Decimal("2730000.5"), "Tonnes (metric)")
    assert (australia.year, australia.form) == (2022, "Spodumene")
    assert by_country["CL"].value is None
    assert by_country["CL"].state == "not_available"
    assert outcome.notes == ("no country of today, left out: German Federal Republic",)


def test_values_told_twice_and_differently_are_left_out_and_noted(tmp_path):
    features = [good.bgs_feature("AU", "Australia", 2022, n) for n in (1, 2)]
    features.append(good.bgs_feature("CL", "Chile", 2022, 5))
    outcome, rows, _ = table(
        tmp_path, "bgs", lambda asked: json_answer(good.bgs_page(features, 3, None))
    )
    assert [r.country for r in rows] == ["CL"]
    assert "lithium minerals Spodumene, AU 2022" in outcome.notes[0]


def test_years_before_since_are_neither_kept_nor_lost(tmp_path):
    features = [good.bgs_feature("AU", "Australia", year, year) for year in (2010, 2020)]

    def answer(asked):
        return json_answer(good.bgs_page(features, 2, None))

    with local_service(answer) as service:
        desk = desk_at(tmp_path, "bgs", service.url, series=["lithium minerals"])
        well(fetch_one(desk, "bgs", since=date(2015, 1, 1)))
        assert [r.year for r in table_of(desk, "bgs")] == [2020]
        well(fetch_one(desk, "bgs"))
        well(fetch_one(desk, "bgs", since=date(2015, 1, 1)))
    assert [r.year for r in table_of(desk, "bgs")] == [2010, 2020]


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (good.bgs_page(good.BGS_FEATURES[:1], 7, None), "7 values are announced, 1 came"),
        (good.bgs_page(good.BGS_FEATURES[:1], 2, "http://x.example/2"), "said to be http://x.ex"),
        ({"code": "NoApplicableCode", "description": "query error"}, "no features: 'query error'"),
        (good.bgs_page([{"type": "Feature"}], 1, None), "features[0]: no properties"),
        (
            good.bgs_page([good.bgs_feature("AU", "Australia", 2022, -1)], 1, None),
            "features[0]: quantity -1",
        ),
        (
            good.bgs_page([good.bgs_feature("AU", "A", 2022, 1, year="lately")], 1, None),
            "year 'lately' is no year",
        ),
        (
            good.bgs_page(
                [good.bgs_feature("AU", "A", 2022, 1, bgs_statistic_type_trans="Prices")], 1, None
            ),
            "statistic 'Prices'",
        ),
    ],
)
def test_a_page_of_bgs_that_cannot_be_right_is_refused(tmp_path, page, told):
    assert told in refusal(tmp_path, "bgs", lambda asked: json_answer(page))


def test_pages_without_end_are_refused(tmp_path):
    def answer(asked):
        following = f"http://{asked.headers['host']}{asked.path}?offset=1"
        return json_answer(good.bgs_page(good.BGS_FEATURES[:1], 10**6, following))

    assert "more than 60 pages" in refusal(tmp_path, "bgs", answer)


# --- Global Trade Alert -----------------------------------------------------------------------


def test_interventions_give_who_whom_what_and_how_long(tmp_path):
    outcome, rows, service = table(
        tmp_path, "gta", good.gta, asked={"since": date(2023, 1, 1)}, reporters=["CN"]
    )
    asked = service.asked[0]
    assert (asked.method, asked.path) == ("POST", "/api/v1/data/")
    assert asked.headers["content-type"] == "application/json"
    assert json.loads(asked.body)["request_data"] == {
        "affected_products": [283691],
        "implementer": [156],
        "announcement_period": ["2023-01-01", None],
    }
    held, ended = rows
    assert held.implementers == ("CN",)
    assert held.affected == ("JP", "Farland")
    assert held.products == ("283691", "010121")
    assert held.evaluation == "red"
    assert held.in_force_on(date(2023, 8, 1))
    assert held.in_force_on(date(2026, 1, 1))
    assert not held.in_force_on(date(2023, 7, 31))
    assert not ended.in_force_on(date(2024, 2, 1))
    assert outcome.notes == ("jurisdictions kept by name: Farland",)


def test_full_pages_are_followed_by_the_next(tmp_path):
    def answer(asked):
        offset = json.loads(asked.body)["offset"]
        count = {0: 1000, 1000: 3}[offset]
        return json_answer([good.gta_row(offset + n + 1) for n in range(count)])

    _, rows, service = table(tmp_path, "gta", answer)
    assert len(rows) == 1003
    assert len(service.asked) == 2


def test_pages_that_shift_while_they_are_read_are_refused(tmp_path):
    page = [good.gta_row(n + 1) for n in range(1000)]
    assert "came twice" in refusal(tmp_path, "gta", lambda asked: json_answer(page))


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"detail": "Invalid API key."}, "Invalid API key."),
        ([good.gta_row("x")], "[0]: intervention_id 'x'"),
        ([good.gta_row(implementing_jurisdictions=[])], "implementing_jurisdictions is empty"),
        ([good.gta_row(affected_products=["ore"])], "'ore' is no HS code"),
        ([good.gta_row(date_implemented="soon")], "date_implemented 'soon' is no day"),
        ([good.gta_row(affected_jurisdictions="all")], "is no list of jurisdictions"),
        ("words", "not JSON"),
        (7, "not JSON"),
    ],
)
def test_what_is_no_list_of_interventions_is_refused(tmp_path, told, said):
    assert said in refusal(tmp_path, "gta", lambda asked: json_answer(told))


# --- any bytes --------------------------------------------------------------------------------


def read_all(body):
    refused_cleanly(lambda: comext.read_flows(body, PLACE, country_of=place_of_iso2))
    refused_cleanly(
        lambda: bgs.read_page(body, PLACE, country_of=lambda c, n: place_of_iso2(c), vintage="v")
    )
    refused_cleanly(lambda: gta.read_page(body, PLACE, place_of=lambda c, n: place_of_iso3(c)))


@settings(deadline=None)  # a busy machine is no fault
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(body):
    read_all(body)


@settings(deadline=None)  # a busy machine is no fault
@given(JSON)
def test_any_json_is_read_or_refused(told):
    read_all(json.dumps(told).encode())


@settings(deadline=None)  # a busy machine is no fault
@given(st.sampled_from(sorted(good.gta_row())), JSON)
def test_any_cell_of_an_intervention_is_read_or_refused(name, told):
    read_all(json.dumps([good.gta_row(**{name: told})]).encode())


@settings(deadline=None)  # a busy machine is no fault
@given(st.sampled_from(sorted(good.BGS_FEATURES[0]["properties"])), JSON)
def test_any_cell_of_a_feature_is_read_or_refused(name, told):
    feature = good.bgs_feature("AU", "Australia", 2022, 1, **{name: told})
    read_all(json.dumps(good.bgs_page([feature], 1, None)).encode())


@settings(deadline=None)  # a busy machine is no fault
@given(st.lists(st.text(max_size=8), min_size=10, max_size=10))
def test_any_row_of_comext_is_read_or_refused(cells):
    line = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    read_all(f"{good.COMEXT_HEAD}\r\n{line}\r\n".encode("utf-8", "surrogatepass"))


def test_every_commodity_that_bgs_is_asked_for_is_one_of_the_ontology():
    from lodewire.collect.official.bgs import NAMES
    from lodewire.ontology.commodities import load_commodities

    assert set(NAMES) <= set(load_commodities())
