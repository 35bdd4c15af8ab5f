"""A price API of the user's own: JSON or CSV, page after page, checked as files are."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.pipeline.figures import all_services
from lodewire.reference.loaders.price_api import read_page
from lodewire.reference.prices import price_series, prices_of
from tests.collect.official import good
from tests.collect.official.desk import desk_at, failure, fetch_one, well
from tests.collect.official.local import json_answer, local_service
from tests.collect.server import respond
from tests.reference.loaders.hostile import JSON, PLACE, refused_cleanly


def fetched(tmp_path, answer=good.own_prices, **asked):
    with local_service(answer) as service:
        desk = desk_at(tmp_path, "own-prices", f"{service.url}/metals")
        outcome = well(fetch_one(desk, "own-prices", **asked))
    return outcome, service


def refusal(tmp_path, answer):
    with local_service(answer) as service:
        return failure(fetch_one(desk_at(tmp_path, "own-prices", service.url), "own-prices"))


def test_every_page_is_read_and_the_prices_are_the_desk_s(tmp_path, monkeypatch):
    monkeypatch.setenv("OWN_PRICES_KEY", "k")
    outcome, service = fetched(tmp_path)
    told = {p.period: p.value for p in prices_of("midwest-premium", tmp_path)}
    assert told == {"2025-02": Decimal("71.5"), "2025-03": Decimal("88.10")}
    (series,) = (s for s in price_series(tmp_path) if s.id == "midwest-premium")
    assert (series.kind, series.unit, series.commodity) == ("premium", "USc/lb", "aluminium")
    assert [a.headers["authorization"] for a in service.asked] == ["Bearer k", "Bearer k"]
    assert outcome.handed_over == "2 prices of 1 series"


def test_csv_is_read_too(tmp_path):
    body = (
        "series,period,value,unit,commodity,kind,basis,source\n"
        "own-cobalt,2025-03-12,15.5,USD/lb,cobalt,price,standard grade,own\n"
    )
    fetched(tmp_path, lambda asked: respond(200, body.encode(), "Content-Type: text/csv"))
    assert [p.value for p in prices_of("own-cobalt", tmp_path)] == [Decimal("15.5")]


def test_since_goes_along(tmp_path):
    _, service = fetched(tmp_path, since=date(2025, 3, 1))
    assert service.asked[0].query == {"since": "2025-03-01"}


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"prices": [good.quote("2025-03", "high")]}, "value 'high'"),
        ({"prices": [good.quote("March", 1)]}, "period 'March'"),
        ({"prices": [good.quote("2025-03", 1, unit="dollars")]}, "unit 'dollars'"),
        ({"prices": [good.quote("2025-03", 1, colour="red")]}, "prices[0]: unknown colour"),
        ({"prices": [7]}, "prices[0] is no object"),
        ({"prices": None}, "no list of prices"),
        ({"prices": [], "next": 5}, "next is no address"),
        ({"prices": [good.quote("2025-03", 1)], "next": "http://x.example/"}, "x.example"),
        ({"prices": [good.quote("2025-03", 1)] * 2}, "2025-03 twice"),
    ],
)
def test_what_is_no_price_is_refused(tmp_path, answer, told):
    assert told in refusal(tmp_path, lambda asked: json_answer(answer))


def test_a_month_on_two_pages_is_refused(tmp_path):
    def answer(asked):
        following = f"http://{asked.headers['host']}/?page=2"
        return json_answer({"prices": [good.quote("2025-03", 1)], "next": following})

    assert "2025-03 on two pages" in refusal(tmp_path, answer)


def test_without_an_endpoint_it_says_what_to_write_and_all_leaves_it_out(tmp_path):
    desk = desk_at(tmp_path, "ecb", "http://127.0.0.1:1")
    assert "[official.services.own-prices]" in failure(fetch_one(desk, "own-prices"))
    assert "own-prices" not in {service.name for service in all_services(desk)}


@settings(deadline=None)  # a busy machine is no fault
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(body):
    refused_cleanly(lambda: read_page(body, PLACE))


@settings(deadline=None)  # a busy machine is no fault
@given(JSON)
def test_any_json_is_read_or_refused(told):
    refused_cleanly(lambda: read_page(json.dumps(told).encode(), PLACE))
    refused_cleanly(lambda: read_page(json.dumps({"prices": [told]}).encode(), PLACE))


@settings(deadline=None)  # a busy machine is no fault
@given(st.sampled_from(sorted(good.quote("2025-03", 1))), JSON)
def test_any_cell_is_read_or_refused(name, told):
    row = good.quote("2025-03", 1) | {name: told}
    refused_cleanly(lambda: read_page(json.dumps([row]).encode(), PLACE))
