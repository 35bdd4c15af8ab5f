"""UN Comtrade over HTTP: key, preview, caps, quota, errors with status 200."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from lodewire.pipeline.figures import table_of
from tests.collect.official.desk import desk_at, failure, fetch_one, files_of, well
from tests.collect.official.local import html_answer, json_answer, local_service
from tests.collect.server import respond

KEY = "s3cr3t-key/of+mine"


def row(**told):
    return {
        "typeCode": "C",
        "freqCode": "A",
        "period": "2024",
        "reporterCode": 392,
        "reporterISO": None,
        "flowCode": "M",
        "partnerCode": 156,
        "partner2Code": 0,
        "cmdCode": "283691",
        "customsCode": "C00",
        "motCode": 0,
        "qtyUnitCode": 8,
        "qtyUnitAbbr": "kg",
        "qty": 1500.5,
        "netWgt": 1500.5,
        "isNetWgtEstimated": False,
        "cifvalue": 30000.25,
        "fobvalue": None,
        "primaryValue": 30000.25,
        **told,
    }


def envelope(*rows, **told):
    return {"elapsedTime": "0.1 secs", "count": len(rows), "data": list(rows), "error": "", **told}


def only_2024(*rows):
    def answer(asked):
        return json_answer(envelope(*(rows if asked.query["period"] == "2024" else ())))

    return answer


def asking(tmp_path, service, **told):
    return desk_at(tmp_path, "comtrade", service.url, **told)


def test_the_key_goes_into_its_header_and_nowhere_else(tmp_path, monkeypatch):
    monkeypatch.setenv("COMTRADE_API_KEY", KEY)
    with local_service(only_2024(row())) as service:
        desk = asking(tmp_path, service)
        outcome = well(fetch_one(desk, "comtrade", commodities=["lithium"], since=date(2024, 1, 1)))
    assert outcome.changes.added == 1
    assert {a.path for a in service.asked} == {"/data/v1/get/C/A/HS"}
    assert all(a.headers["ocp-apim-subscription-key"] == KEY for a in service.asked)
    assert all(KEY not in a.target and "s3cr3t" not in a.target for a in service.asked)
    assert service.asked[0].query["cmdCode"] == "282520,283691"
    (flow,) = table_of(desk, "comtrade")
    assert (flow.reporter, flow.partner, flow.flow) == ("JP", "CN", "import")
    assert (flow.value, flow.valuation) == (Decimal("30000.25"), "CIF")
    assert flow.weight_kg == Decimal("1500.5")


def test_without_a_key_the_public_preview_is_asked(tmp_path, monkeypatch):
    monkeypatch.delenv("COMTRADE_API_KEY", raising=False)
    with local_service(only_2024(row())) as service:
        well(fetch_one(asking(tmp_path, service), "comtrade", commodities=["lithium"]))
    assert {a.path for a in service.asked} == {"/public/v1/preview/C/A/HS"}
    assert [a.query["period"] for a in service.asked] == ["2023", "2024", "2025"]


def test_an_answer_at_the_cap_is_asked_again_in_halves(tmp_path, monkeypatch):
    monkeypatch.delenv("COMTRADE_API_KEY", raising=False)

    def answer(asked):
        codes = asked.query["cmdCode"].split(",")
        if asked.query["period"] != "2025":
            return json_answer(envelope())
        rows = [row(period="2025", cmdCode=code) for code in codes]
        filler = [row(period="2025", partnerCode=n, motCode=1000) for n in range(500)]
        return json_answer(envelope(*rows, *(filler if len(codes) > 1 else [])))

    with local_service(answer) as service:
        desk = asking(tmp_path, service)
        well(fetch_one(desk, "comtrade", commodities=["lithium"]))
    asked = [a.query["cmdCode"] for a in service.asked if a.query["period"] == "2025"]
    assert asked == ["282520,283691", "282520", "283691"]
    assert {flow.product for flow in table_of(desk, "comtrade")} == {"282520", "283691"}


def test_an_answer_cut_at_the_cap_that_cannot_be_split_is_refused(tmp_path, monkeypatch):
    monkeypatch.delenv("COMTRADE_API_KEY", raising=False)
    rows = [row(partnerCode=n, motCode=1000) for n in range(500)]
    with local_service(lambda asked: json_answer(envelope(*rows))) as service:
        desk = asking(tmp_path, service, products=["283691"], reporters=["JP"])
        told = failure(fetch_one(desk, "comtrade"))
    assert "cut off" in told
    assert "COMTRADE_API_KEY" in told
    assert files_of(tmp_path) == {}


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (json_answer(envelope(error="Invalid cmdCode")), "Invalid cmdCode"),
        (json_answer(envelope(row(), count=7)), "7 rows are announced, 1 came"),
        (json_answer({"count": 0, "data": None}), "'data' is no list"),
        (respond(200, b'{"count": 1, "data": [{"per', "Content-Type: application/json"), "cut off"),
        (respond(200, b"", "Content-Type: application/json"), "the answer is empty"),
        (html_answer("Service Unavailable"), "'Service Unavailable'"),
        (
            json_answer({"statusCode": 401, "message": "Access denied: no key."}, status=401),
            "answered 401: Access denied: no key.",
        ),
        (
            json_answer({"statusCode": 403, "message": "Out of call volume quota."}, status=403),
            "quota is used up",
        ),
        (json_answer(envelope()), "holds no rows"),
        (json_answer(envelope(row(flowCode="Q"))), "data[0]: flowCode 'Q' is not known"),
        (json_answer(envelope(row(primaryValue="n/a"))), "data[0].primaryValue: 'n/a'"),
    ],
)
def test_what_is_no_good_answer_changes_nothing(tmp_path, monkeypatch, answer, told):
    monkeypatch.setenv("COMTRADE_API_KEY", KEY)
    with local_service(only_2024(row())) as service:
        desk = asking(tmp_path, service)
        well(fetch_one(desk, "comtrade", commodities=["lithium"]))
        before = files_of(tmp_path)
        service.answer = lambda asked: answer
        said = failure(fetch_one(desk, "comtrade", commodities=["lithium"]))
    assert told in said
    assert KEY not in said
    assert files_of(tmp_path) == before


def test_a_wait_that_is_short_is_waited_for(tmp_path, monkeypatch):
    monkeypatch.setenv("COMTRADE_API_KEY", KEY)
    replies = [respond(429, b'{"message": "Rate limit is exceeded."}', "Retry-After: 0")]

    def answer(asked):
        return replies.pop() if replies else only_2024(row())(asked)

    with local_service(answer) as service:
        well(fetch_one(asking(tmp_path, service), "comtrade", commodities=["lithium"]))


def test_a_wait_that_is_long_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("COMTRADE_API_KEY", KEY)
    busy = respond(429, b'{"message": "Rate limit is exceeded."}', "Retry-After: 36000")
    with local_service(lambda asked: busy) as service:
        told = failure(fetch_one(asking(tmp_path, service), "comtrade", commodities=["lithium"]))
    assert "come back later (in 36000 seconds)" in told
    assert "ask for less" in told
    assert len(service.asked) == 1


def test_the_same_answer_twice_changes_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("COMTRADE_API_KEY", KEY)
    with local_service(only_2024(row(), row(partnerCode=842))) as service:
        desk = asking(tmp_path, service)
        well(fetch_one(desk, "comtrade", commodities=["lithium"]))
        before = files_of(tmp_path)
        later = well(fetch_one(desk, "comtrade", commodities=["lithium"], now=_later()))
    assert not later.changes
    assert files_of(tmp_path) == before


def test_a_revision_is_told_and_another_commodity_stays(tmp_path, monkeypatch):
    monkeypatch.setenv("COMTRADE_API_KEY", KEY)
    with local_service(only_2024(row())) as service:
        desk = asking(tmp_path, service)
        well(fetch_one(desk, "comtrade", commodities=["lithium"]))
        service.answer = only_2024(row(cmdCode="260500"))
        well(fetch_one(desk, "comtrade", commodities=["cobalt"]))
        service.answer = only_2024(row(primaryValue=31000))
        outcome = well(fetch_one(desk, "comtrade", commodities=["lithium"]))
    assert (outcome.changes.changed, outcome.changes.gone) == (1, 0)
    assert "value 30000.25 → 31000" in outcome.changes.examples[0]
    assert {f.product for f in table_of(desk, "comtrade")} == {"283691", "260500"}


def _later():
    from tests.collect.official.desk import NOW

    return NOW.replace(day=30)
