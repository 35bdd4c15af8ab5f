"""What the API answers: every value with its words, and every refusal with its reason."""

from __future__ import annotations

from lodewire.web.site import Site
from tests.web.api.conftest import Told
from tests.web.conftest import Ask


def test_each_value_of_an_event_is_proved_by_its_statement(told: Told, site: Site) -> None:
    """The quote is the document's text at the span that is told."""
    found = told("/events")["events"]
    assert found
    for short in found:
        whole = told(f"/events/{short['id']}")
        by_id = {s["id"]: s for s in whole["statements"]}
        assert whole["event"]["roles"] == short["roles"]
        for role in short["roles"]:
            statement = by_id[role["statement"]]
            assert statement["quote"] == role["quote"]
            document = site.ledger.documents.get(statement["document"])
            assert document.text[statement["start"] : statement["end"]] == statement["quote"]


def test_pages_follow_each_other_without_a_gap_or_a_double(told: Told) -> None:
    """One event at a time gives what all at once give."""
    whole = [e["id"] for e in told("/events?limit=200")["events"]]
    found, cursor = [], ""
    while True:
        page = told(f"/events?limit=1&cursor={cursor}")
        found += [e["id"] for e in page["events"]]
        if page["next"] is None:
            break
        cursor = page["next"]
    assert found == whole
    assert len(set(found)) == len(found) > 1


def test_filters_narrow(told: Told) -> None:
    """By type, by entity, by day, by words."""
    everything = told("/events")["events"]
    first = everything[0]
    same = told(f"/events?type={first['type']}")["events"]
    assert [e["id"] for e in same] == [e["id"] for e in everything if e["type"] == first["type"]]
    assert told("/events?country=BW")["events"]
    assert told("/events?named=no-such-thing")["events"] == []
    assert told("/events?since=2031-01-01")["events"] == []
    assert told("/events?q=khoemacau")["events"]
    assert told("/events?q=xylophone")["events"] == []


def test_the_past_knows_less(told: Told) -> None:
    """Before anything was fetched there is nothing."""
    assert told("/events?as_of=2020-01-01T00:00:00Z")["events"] == []
    assert told("/documents?as_of=2020-01-01T00:00:00Z")["hits"] == []


def test_documents_are_found_without_their_text(told: Told) -> None:
    """The snippet marks what was searched; the document tells its events."""
    hit = told("/documents?q=khoemacau")["hits"][0]
    assert any(p["found"] for p in hit["snippet"])
    document = told(f"/documents/{hit['document']}")
    assert set(hit["events"]) == set(document["events"])
    assert "text" not in document
    stated = told(f"/documents/{hit['document']}/statements")["statements"]
    assert {s["document"] for s in stated} == {hit["document"]}
    assert told(f"/statements/{stated[0]['id']}") == stated[0]


def test_briefs_and_entities(told: Told) -> None:
    """The days, the latest, and things by name."""
    day = told("/briefs")["briefs"][0]["day"]
    assert told(f"/briefs/{day}") == told("/briefs/latest")
    assert told("/entities?name=botswana")["entities"][0]["id"] == "BW"
    assert told("/entities/BW")["kind"] == "country"
    assert told("/entities/tellurium")["documents"] == 0
    assert told("/corrections") == {"corrections": []}


def test_measures_scenarios_and_costs(told: Told) -> None:
    """The same values as on the command line."""
    measures = told("/commodities/cobalt/measures?inputs=true")
    assert measures["kind"] == "exposure"
    assert measures["result"]["stages"][0]["measures"][0]["inputs"]
    asked = {
        "commodity": "cobalt",
        "stage": "mining",
        "changes": [{"kind": "outage", "words": "CD: 30% from 2026"}],
        "on": "2026-06-01",
        "draws": 0,
    }
    scenario = told("/scenarios", "POST", json=asked)["result"]
    assert scenario["measures"][0]["before"] != scenario["measures"][0]["after"]
    cost = {
        "commodity": "aluminium",
        "importer": "US",
        "origin": "AE",
        "day": "2025-03-20",
        "premium": "180",
    }
    found = told("/landed-costs", "POST", json=cost)["result"]
    assert float(found["total"]) > float(found["customs_value"])
    assert any(m["applies"] for m in found["measures"])


def test_exports_hold_the_told_events(api: Ask, told: Told) -> None:
    """A row an event; three forms; nothing else."""
    events = told("/events?limit=200")["events"]
    answer = api("/exports/events.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert len(answer.text.strip().splitlines()) == len(events) + 1
    assert len(api("/exports/events.jsonl").text.splitlines()) == len(events)
    assert api("/exports/events.parquet").content[:4] == b"PAR1"
    assert api("/exports/events.xlsx").status_code == 404


def test_refusals_are_problems(api: Ask) -> None:
    """With a status, a title and what to do instead; never a page, never a trace."""
    cases = {
        "/events/ev_nothing": 404,
        "/statements/st_nothing": 404,
        "/documents/doc_nothing": 404,
        "/entities/nothing": 404,
        "/briefs/2001-01-01": 404,
        "/commodities/unobtainium/measures": 404,
        "/commodities/cobalt/measures?country=Atlantis": 400,
        "/events?limit=0": 400,
        "/events?limit=x": 400,
        "/events?type=wedding": 400,
        "/events?cursor=!!": 400,
        "/events?cursor=QDU": 400,
        "/events?as_of=2025-03-28T00:00:00": 400,
        "/nothing": 404,
        "/events/%00": 404,
    }
    for path, status in cases.items():
        answer = api(path)
        assert answer.status_code in (status, 400), path
        assert answer.headers["content-type"].startswith("application/problem+json"), path
        problem = answer.json()
        assert problem["status"] == answer.status_code
        assert problem["title"]
        assert "Traceback" not in answer.text


def test_what_a_scenario_cannot_be_is_told(api: Ask) -> None:
    """An unknown kind, too many draws, broken JSON."""
    whole = {"commodity": "cobalt", "stage": "mining", "changes": []}
    wrong = {"kind": "wish", "words": "CD: 1"}
    assert "wish" in api("/scenarios", "POST", json={**whole, "changes": [wrong]}).text
    assert api("/scenarios", "POST", json={**whole, "draws": 10**9}).status_code == 400
    assert api("/scenarios", "POST", content=b"{").status_code == 400
    cost = {"commodity": "aluminium", "importer": "US", "origin": "AE", "day": "2025-03-20"}
    assert "no number" in api("/landed-costs", "POST", json={**cost, "price": "NaN"}).text
    assert "incoterm" in api("/landed-costs", "POST", json={**cost, "incoterm": "FREE"}).text
