"""Scenario lab and landed-cost calculator on the site: the address is the whole question."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from selectolax.lexbor import LexborHTMLParser

from lodewire.analytics.scenario.proposing import propose
from lodewire.errors import ScenarioError
from lodewire.web.site import Site
from lodewire.workbench.scenario.asked_words import asked_of_fields, draft_line
from lodewire.workbench.scenario.scenario_events import required
from lodewire.workbench.scenario.scenario_words import build_change, parse_change
from tests.web.client import Client
from tests.web.members import member

BAN = {"commodity": "cobalt", "stage": "mining", "ban": "CD: leakage 0..0.1..0.3"}
STEP = {
    "commodity": "aluminium", "importer": "US", "origin": "AE", "before": "2025-03-11",
    "after": "2025-03-12", "premium": "180", "incoterm": "FOB", "freight": "60",
    "insurance": "5", "delivery": "90",
}  # fmt: skip


@pytest.fixture(scope="module")
def analyst(site: Site) -> Client:
    return member(site, "labs@example.org")


def cells(text: str, head: str) -> list[str]:
    """The cells of the first row with this heading."""
    for row in LexborHTMLParser(text).css("table tr"):
        first = row.css_first("th[scope=row]")
        if first is not None and first.text().startswith(head):
            return [c.text() for c in row.css("td")]
    raise AssertionError(f"no row {head}")


@pytest.mark.parametrize(
    "path",
    [
        f"/lab/scenario?{urlencode(BAN)}",
        f"/lab/scenario/tornado.svg?{urlencode(BAN)}",
        f"/lab/landed-cost?{urlencode(STEP)}",
        f"/lab/landed-cost/waterfall.svg?{urlencode(STEP)}",
        "/own",
        "/notes",
    ],
)
def test_who_is_no_member_learns_only_what_it_is(site: Site, path: str) -> None:
    answer = Client(site).ask(path)
    assert answer.status_code == 403
    assert "It is for PRO members." in answer.text
    assert not LexborHTMLParser(answer.text).css("main table")


def test_a_ban_is_told_before_and_after_with_bounds(analyst: Client) -> None:
    page = analyst.ask(f"/lab/scenario?{urlencode(BAN)}")
    assert page.status_code == 200
    before, after, change, bounds, interval = cells(page.text, "Supply / demand")
    assert before == "100.0 %"
    assert after != before
    assert change.startswith("−")
    assert "–" in bounds
    assert "–" in interval
    told = LexborHTMLParser(page.text)
    assert "ban CD: leakage" in told.css_first("#moves ~ div table").text()  # type: ignore[union-attr]
    image = told.css_first("figure.chart img")
    assert image is not None
    picture = analyst.ask(image.attributes["src"] or "")
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert picture.headers["cache-control"] == "private, no-store"
    shared = told.css_first(".from a[href^='/lab/scenario?']")
    assert shared is not None
    again = analyst.ask(shared.attributes["href"] or "")
    assert cells(again.text, "Supply / demand") == [before, after, change, bounds, interval]


def test_changes_combine_and_what_is_not_measured_is_said(analyst: Client) -> None:
    told = {
        **BAN, "outage": "ID: 10..30%\nAU: 5%", "country": "JP", "partner": "CD", "draws": "0",
    }  # fmt: skip
    page = analyst.ask(f"/lab/scenario?{urlencode(told)}")
    changes = LexborHTMLParser(page.text).css_first(".changes")
    assert changes is not None
    assert len(changes.css("li")) == 3
    field = LexborHTMLParser(page.text).css_first("textarea[name=outage]")
    assert field is not None
    assert field.text() == told["outage"]
    notes = LexborHTMLParser(page.text).css_first("h3 + .notes")
    assert notes is not None
    assert "JP" in notes.text()
    assert cells(page.text, "Supply / demand")[4] == "–"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"ban": "CDx"}, "Write it like this"),
        ({"stage": "polishing"}, "no figures of cobalt"),
        ({"commodity": "unobtainium"}, "no commodity"),
        ({"draws": "999999999"}, "raws and seed"),
        ({"seed": "-1"}, "raws and seed"),
        ({"on": "soon"}, "no day"),
        ({"year": "20x4"}, "no year"),
        ({"country": "Atlantis"}, "no country"),
        ({"outage": "CD: 1%\n" * 21}, "20 changes"),
        ({"ban": "x" * 1600}, "too long"),
        ({"balance": "all of it"}, "balance"),
    ],
)
def test_a_scenario_that_cannot_be_is_refused_beside_the_form(
    analyst: Client, fields: dict[str, str], told: str
) -> None:
    answer = analyst.ask(f"/lab/scenario?{urlencode({**BAN, **fields})}")
    assert answer.status_code == 400
    alert = LexborHTMLParser(answer.text).css_first("[role=alert]")
    assert alert is not None
    assert told in alert.text()
    assert "--" not in alert.text()


def test_words_of_a_reader_stay_words(analyst: Client) -> None:
    evil = "<script>alert(1)</script>"
    for path in ("/lab/scenario", "/lab/landed-cost"):
        told = {**(BAN if "scenario" in path else STEP), "stage": evil, "form": evil}
        page = analyst.ask(f"{path}?{urlencode(told)}")
        assert page.status_code == 400
        assert "<script>alert" not in page.text


def test_every_proposal_of_an_event_is_a_line_that_is_read_back(site: Site) -> None:
    seen = 0
    for event in site.ledger.select():
        for draft in propose(event).drafts:
            line = draft_line(draft)
            if "?" in line:
                with pytest.raises(ScenarioError):
                    parse_change(draft.kind, line)
                continue
            seen += 1
            widest = {q.name: q.range for q in required(draft)}
            assert parse_change(draft.kind, line) == build_change(
                draft.kind, {**widest, **draft.told}
            )
    assert seen


def test_an_event_fills_the_lab_in(site: Site, analyst: Client) -> None:
    event = next(e for e in site.ledger.select() if propose(e).drafts)
    link = f"/lab/scenario?event={event.id}"
    assert f'href="{link}"' in analyst.ask(f"/event/{event.id}").text
    assert link not in Client(site).ask(f"/event/{event.id}").text
    page = LexborHTMLParser(analyst.ask(link).text)
    draft = propose(event).drafts[0]
    field = page.css_first(f"textarea[name={draft.kind}]")
    assert field is not None
    assert field.text() == draft_line(draft)
    assert page.css_first("select[name=commodity] option[selected]") is not None
    assert analyst.ask("/lab/scenario?event=ev_nonesuch").status_code == 404


def test_two_days_of_a_duty_are_told_apart(analyst: Client) -> None:
    page = analyst.ask(f"/lab/landed-cost?{urlencode(STEP)}")
    assert page.status_code == 200
    assert cells(page.text, "landed cost")[2] == "+424.74"  # as docs/methods/landed-cost.md has it
    assert "us-232-aluminium-2025-march" in page.text
    image = LexborHTMLParser(page.text).css_first("figure.chart img")
    assert image is not None
    assert analyst.ask(image.attributes["src"] or "").content[:4] == b"<svg"
    euros = analyst.ask(f"/lab/landed-cost?{urlencode({**STEP, 'to': 'EUR/kg'})}")
    assert cells(euros.text, "landed cost")[2].startswith("+0.")


def test_a_premium_seen_is_read_both_ways(analyst: Client) -> None:
    told = {
        "price": "2600", "premium": "180", "duties": "232=25%", "delivery": "90",
        "observed": "40 USc/lb",
    }  # fmt: skip
    page = analyst.ask(f"/lab/landed-cost?{urlencode(told)}")
    assert "88.0\N{NO-BREAK SPACE}%" in page.text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"price": "12,5"}, "Price: '12,5' is no number"),
        ({"premium": "NaN"}, "is no number"),
        ({"losses": "5"}, "no per cent sign"),
        ({"duties": "25%"}, "has no name"),
        ({"duties": "x=25%@moon"}, "no basis"),
        ({"incoterm": "XXX"}, "no incoterm"),
        ({"finance_days": "9999999999"}, "no number of days"),
        ({"importer": "ZZ"}, "no country"),
        ({"after": ""}, "both before and after"),
        ({"before": "2025-13-01"}, "is no day"),
        ({"to": "bananas"}, ""),
        ({"form": "x" * 201}, "too long"),
    ],
)
def test_a_calculation_that_cannot_be_is_refused(
    analyst: Client, fields: dict[str, str], told: str
) -> None:
    asked = {k: v for k, v in {**STEP, **fields}.items() if v}
    answer = analyst.ask(f"/lab/landed-cost?{urlencode(asked)}")
    assert answer.status_code == 400
    alert = LexborHTMLParser(answer.text).css_first("[role=alert]")
    assert alert is not None
    assert told in alert.text()
    svg = analyst.ask(f"/lab/landed-cost/waterfall.svg?{urlencode(asked)}")
    assert svg.status_code == 400


def test_asked_fields_name_what_is_missing() -> None:
    with pytest.raises(ScenarioError, match="a commodity and a stage"):
        asked_of_fields({"commodity": "cobalt"})
