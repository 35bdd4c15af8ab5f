"""FRED, the ECB and the World Bank over HTTP: paging, windows, what a missing value becomes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from lodewire.errors import ConfigError
from lodewire.pipeline.figures import table_of
from tests.collect.official import good
from tests.collect.official.desk import desk_at, failure, fetch_one, well
from tests.collect.official.local import json_answer, local_service
from tests.collect.server import respond


def table(tmp_path, name, answer, monkeypatch=None, since=None, **told):
    with local_service(answer) as service:
        desk = desk_at(tmp_path, name, service.url, **told)
        outcome = well(fetch_one(desk, name, since=since))
    return outcome, table_of(desk, name), service


@pytest.fixture
def key(monkeypatch):
    monkeypatch.setenv("FRED_API_KEY", good.KEY)


def test_fred_pages_are_read_to_the_end_and_a_point_is_a_missing_value(tmp_path, key):
    outcome, points, service = table(tmp_path, "fred", good.fred, series=["palumusdm"])
    assert [(p.period, p.value) for p in points] == [
        ("2025-01", Decimal("2512.5")),
        ("2025-02", None),
        ("2025-03", Decimal("2601.25")),
    ]
    assert points[1].state == "not_available"
    assert {p.unit for p in points} == {"U.S. Dollars per Metric Ton"}
    assert {p.vintage for p in points} == {"2025-04-11"}
    assert [a.query.get("offset") for a in service.asked] == [None, "0", "2"]
    assert outcome.asked == 3


def test_fred_asks_from_a_day_on_and_what_lies_before_stays(tmp_path, key):
    with local_service(good.fred) as service:
        desk = desk_at(tmp_path, "fred", service.url, series=["PALUMUSDM"])
        well(fetch_one(desk, "fred"))
        outcome = well(fetch_one(desk, "fred", since=date(2025, 2, 1)))
    assert service.asked[-1].query["observation_start"] == "2025-02-01"
    assert not outcome.changes
    assert len(table_of(desk, "fred")) == 3


def test_fred_values_that_were_announced_and_do_not_come_are_an_error(tmp_path, key):
    def answer(asked):
        if asked.query.get("offset", "0") == "0":
            return good.fred(asked)
        return json_answer({"units": "lin", "count": 3, "observations": []})

    with local_service(answer) as service:
        desk = desk_at(tmp_path, "fred", service.url, series=["PALUMUSDM"])
        assert "3 values are announced, 2 came" in failure(fetch_one(desk, "fred"))


def test_fred_without_a_key_says_where_to_get_one(tmp_path, monkeypatch):
    monkeypatch.delenv("FRED_API_KEY", raising=False)
    with local_service(good.fred) as service:
        told = failure(fetch_one(desk_at(tmp_path, "fred", service.url), "fred"))
    assert "FRED_API_KEY holds no key" in told
    assert "fredaccount.stlouisfed.org" in told
    assert service.asked == []


def test_fred_with_a_key_of_another_variable(tmp_path, monkeypatch):
    monkeypatch.delenv("FRED_API_KEY", raising=False)
    monkeypatch.setenv("MY_KEY", good.KEY)
    _, points, _ = table(tmp_path, "fred", good.fred, series=["X"], key_env="MY_KEY")
    assert len(points) == 3


def test_fred_tells_a_commodity_without_a_series(tmp_path, key):
    with local_service(good.fred) as service:
        desk = desk_at(tmp_path, "fred", service.url)
        well(fetch_one(desk, "fred", commodities=["aluminium"]))
        assert {a.query["series_id"] for a in service.asked} == {"PALUMUSDM"}
        assert "no FRED series is known for lithium" in failure(
            fetch_one(desk, "fred", commodities=["lithium"])
        )
        assert "Did you mean" in failure(fetch_one(desk, "fred", commodities=["lithum"]))


def test_every_commodity_with_a_fred_series_is_one_of_the_ontology():
    from lodewire.collect.official.fred import SERIES_OF
    from lodewire.ontology.commodities import load_commodities

    assert set(SERIES_OF) <= set(load_commodities())


def test_ecb_rates_are_kept_and_nan_is_a_missing_value(tmp_path):
    _, points, service = table(tmp_path, "ecb", good.ecb)
    assert {p.series: p.value for p in points if p.period == "2025-02"} == {
        "M.USD.EUR.SP00": Decimal("1.0413"),
        "M.RUB.EUR.SP00": None,
    }
    assert service.asked[0].path == "/service/data/EXR/M..EUR.SP00.A"
    assert service.asked[0].query == {"startPeriod": "1999-01", "format": "csvdata"}


def test_ecb_asks_for_the_currencies_and_months_wished(tmp_path):
    _, _, service = table(tmp_path, "ecb", good.ecb, series=["usd", "JPY"], since=date(2024, 5, 31))
    assert service.asked[0].path == "/service/data/EXR/M.USD+JPY.EUR.SP00.A"
    assert service.asked[0].query["startPeriod"] == "2024-05"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (good.ecb_row("USD", "2025-13", "1"), ":2: TIME_PERIOD '2025-13'"),
        (good.ecb_row("USD", "2025-01", "-1"), ":2: a rate of -1"),
        (good.ecb_row("USD", "2025-01", '"1,0"'), "'1,0' is no number"),
        (good.ecb_row("USD", "2025-01", "1").replace(",EUR,", ",USD,"), "not for EUR"),
        (good.ecb_row("USD", "2025-01", "1").replace(",A,0,", ",A,3,"), "another magnitude"),
        ("\n".join([good.ecb_row("USD", "2025-01", "1")] * 2), ":3: two values for"),
        (good.ecb_row("USD", "2025-01", "1")[:-30], "cells, expected 11"),
    ],
)
def test_an_ecb_line_that_cannot_be_right_is_named(tmp_path, line, told):
    body = f"{good.ECB_HEAD}\n{line}\n".encode()
    with local_service(lambda asked: respond(200, body)) as service:
        said = failure(fetch_one(desk_at(tmp_path, "ecb", service.url), "ecb"))
    assert told in said


def test_a_column_that_is_not_there_is_named(tmp_path):
    body = good.ECB_HEAD.replace("OBS_VALUE", "VALUE").encode() + b"\n"
    with local_service(lambda asked: respond(200, body)) as service:
        assert "no column OBS_VALUE" in failure(
            fetch_one(desk_at(tmp_path, "ecb", service.url), "ecb")
        )


def test_the_reference_rates_of_each_day_belong_to_it(tmp_path):
    _, points, _ = table(tmp_path, "ecb-daily", good.ecb_daily)
    assert {(p.series, p.period): p.value for p in points} == {
        ("D.JPY.EUR.SP00", "2026-11-20"): Decimal("162.4"),
        ("D.USD.EUR.SP00", "2026-11-20"): Decimal("1.0881"),
        ("D.USD.EUR.SP00", "2026-11-19"): Decimal("1.0874"),
    }


def test_days_before_the_last_ninety_are_kept(tmp_path):
    with local_service(good.ecb_daily) as service:
        desk = desk_at(tmp_path, "ecb-daily", service.url)
        well(fetch_one(desk, "ecb-daily"))
        later = good.ECB_XML.replace("2026-11-20", "2027-03-01").replace("2026-11-19", "2027-02-26")
        service.answer = lambda asked: respond(200, later.encode())
        outcome = well(fetch_one(desk, "ecb-daily"))
    assert (outcome.changes.added, outcome.changes.gone) == (3, 0)
    assert len(table_of(desk, "ecb-daily")) == 6


def test_entities_of_their_own_are_not_unfolded(tmp_path):
    bomb = b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]>" + good.ECB_XML.partition("?>")[2].encode()
    with local_service(lambda asked: respond(200, bomb)) as service:
        assert "declares a document type" in failure(
            fetch_one(desk_at(tmp_path, "ecb-daily", service.url), "ecb-daily")
        )


def test_governance_scores_come_from_every_page(tmp_path):
    outcome, scores, service = table(tmp_path, "wgi", good.wgi)
    assert len(service.asked) == 12
    assert service.asked[0].path == "/v2/country/all/indicator/GOV_WGI_CC.EST"
    found = {(s.indicator, s.country, s.year): s.value for s in scores}
    assert found["RL", "AU", 2023] == Decimal("1.5012345")
    assert found["RL", "CD", 2023] == Decimal("-1.71")
    assert {s.vintage for s in scores} == {"2025-09-30"}
    assert outcome.notes == ("areas that are no country left out: ZH",)


def test_a_missing_governance_score_is_not_zero(tmp_path):
    _, scores, _ = table(tmp_path, "wgi", good.wgi, series=["RL"])
    (missing,) = (s for s in scores if s.year == 1997)
    assert missing.value is None
    assert missing.state == "not_available"


def test_an_error_of_the_world_bank_comes_with_status_200(tmp_path):
    told = [{"message": [{"id": "120", "key": "Invalid value", "value": "Not valid."}]}]
    with local_service(lambda asked: json_answer(told)) as service:
        said = failure(fetch_one(desk_at(tmp_path, "wgi", service.url), "wgi"))
    assert "CC: Invalid value: Not valid." in said


def test_rows_that_were_announced_and_do_not_come_are_an_error(tmp_path):
    def answer(asked):
        page = int(asked.query["page"])
        head = {"page": page, "pages": 2, "per_page": 3, "total": 9, "lastupdated": "x"}
        return json_answer([head, [good.wgi_row("CC", "AU", 2020 + page, 1.0)]])

    with local_service(answer) as service:
        assert "9 rows are announced, 2 came" in failure(
            fetch_one(desk_at(tmp_path, "wgi", service.url), "wgi")
        )


def test_a_score_beyond_its_scale_is_refused(tmp_path):
    head = {"page": 1, "pages": 1, "per_page": 3, "total": 1, "lastupdated": "x"}
    told = [head, [good.wgi_row("CC", "AU", 2020, 87.3)]]
    with local_service(lambda asked: json_answer(told)) as service:
        assert "a score of 87.3" in failure(fetch_one(desk_at(tmp_path, "wgi", service.url), "wgi"))


def test_a_commodity_means_nothing_to_exchange_rates(tmp_path):
    with pytest.raises(ConfigError, match="cannot be asked by commodity"):
        fetch_one(desk_at(tmp_path, "ecb", "http://127.0.0.1:1"), "ecb", commodities=["tin"])


@pytest.mark.parametrize(
    ("name", "told", "said"),
    [
        ("ecb", {"series": ["dollar"]}, "'dollar' is no currency"),
        ("wgi", {"series": ["corruption"]}, "There are CC, GE, PV, RL, RQ, VA."),
        ("comtrade", {"products": ["lithium"]}, "'lithium' is no HS code"),
        ("comtrade", {"products": ["283691"], "reporters": ["Japan"]}, "knows no reporter 'Japan'"),
        ("comext", {"products": ["283691"], "reporters": ["Mars"]}, "knows no reporter 'Mars'"),
        ("comext", {"products": ["28369100x"]}, "is no HS code"),
        ("gta", {"products": ["ore"]}, "'ore' is no HS code"),
        ("gta", {"products": ["283691"], "reporters": ["XX"]}, "knows no implementer 'XX'"),
        ("bgs", {"commodities": ["spodumene"]}, "no name of spodumene at BGS is known"),
    ],
)
def test_what_the_desk_names_wrongly_is_told_and_nothing_is_asked(
    tmp_path, monkeypatch, name, told, said
):
    monkeypatch.setenv("GTA_API_KEY", good.KEY)
    with local_service(good.ecb) as service:
        assert said in failure(fetch_one(desk_at(tmp_path, name, service.url, **told), name))
    assert service.asked == []
