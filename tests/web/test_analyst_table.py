"""The analyst's table on the site: who sees it, what it shows, views that stay one's own, files."""

from __future__ import annotations

import csv
import io
import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from lodewire.publish.brief import is_told
from lodewire.web.app import make_app
from lodewire.web.site import Site
from tests.web.client import Client
from tests.web.members import id_of, member


@pytest.fixture(scope="module")
def analyst(site: Site) -> Client:
    return member(site, "analyst@example.org")


def rows(text: str) -> list[str]:
    return [a.text() for a in LexborHTMLParser(text).css("a[data-row]")]


@pytest.mark.parametrize("path", ["/table", "/table/events.csv", "/table/events.xlsx"])
def test_who_is_no_member_is_told_what_it_is_and_nothing_of_it(site: Site, path: str) -> None:
    stranger, reader = Client(site), Client(site)
    reader.sign_in("plain-reader@example.org")
    for client in (stranger, reader):
        answer = client.ask(path)
        assert answer.status_code == 403
        assert "It is for PRO members." in answer.text
        assert "MMG" not in answer.text
        assert 'href="/table"' not in client.ask("/").text
    assert reader.send("/table/views", on="/account", name="x", query="").status_code == 403


def test_the_table_lists_what_may_be_told_and_narrows(site: Site, analyst: Client) -> None:
    page = analyst.ask("/table")
    assert page.headers["cache-control"] == "private, no-store"
    told = [e for e in site.ledger.select() if is_told(e)]
    assert len(rows(page.text)) == len(told) > 2
    assert 'href="/table"' in analyst.ask("/").text
    deals = analyst.ask("/table?type=acquisition")
    assert 0 < len(rows(deals.text)) < len(told)
    assert all("buy" in row or "bought" in row for row in rows(deals.text))
    assert rows(analyst.ask("/table?q=kalahari").text)
    assert rows(analyst.ask("/table?country=botswana&type=tariff").text) == []
    larger = analyst.ask("/table?amount=%3E%3D+1+billion+USD&sort=amount")
    assert rows(larger.text)
    cells = [c.text() for c in LexborHTMLParser(larger.text).css("td.n")]
    assert any("billion" in c and c.startswith("US$1.") for c in cells), cells


def test_empty_fields_lead_to_the_short_address(analyst: Client) -> None:
    answer = analyst.ask("/table?q=&type=acquisition&sort=&columns=type&columns=sentence")
    assert answer.status_code == 303
    where = answer.headers["location"]
    assert where == "/table?type=acquisition&columns=type%2Csentence"
    heads = LexborHTMLParser(analyst.ask(where).text).css("table.dense thead th")
    assert [h.text() for h in heads] == ["type", "sentence"]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("amount=12", "no amount with a unit"),
        ("sort=amount", "several units have no order"),
        ("type=merger", "there is no type"),
        ("since=yesterday", "is no day"),
        ("columns=secret", "there is no column"),
        ("country=Atlantis", "in this ledger goes by"),
        ("after=bm9uc2Vuc2U", "none of this table"),
        ("group=colour", "there is no group"),
        ("q=" + "x" * 201, "too long"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_the_form(
    analyst: Client, query: str, told: str
) -> None:
    answer = analyst.ask(f"/table?{query}")
    assert answer.status_code == 400
    page = LexborHTMLParser(answer.text)
    alert = page.css_first("[role=alert]")
    assert alert is not None
    assert told.casefold() in (alert.html or "").casefold()
    assert "lodewire " not in alert.text()
    assert page.css_first("form[action='/table']") is not None


def test_groups_count_and_lead_on(analyst: Client) -> None:
    page = LexborHTMLParser(analyst.ask("/table?group=type").text)
    groups = {a.text(): a.attributes["href"] for a in page.css(".cols a")}
    path = groups["Acquisition"]
    assert path == "/table?type=acquisition"
    count = int(page.css_first(f".cols li:has(a[href='{path}']) span").text())  # type: ignore[union-attr]
    assert len(rows(analyst.ask(path or "").text)) == count
    for by in ("status", "desk", "country", "commodity", "organisation", "month"):
        told = LexborHTMLParser(analyst.ask(f"/table?group={by}").text).css_first(".cols li")
        assert told is not None, by
        count, link = int(told.css_first("span").text()), told.css_first("a")  # type: ignore[union-attr]
        found = rows(analyst.ask(link.attributes["href"] or "").text)  # type: ignore[union-attr]
        # A group of commodities stands for its members too; all others lead to what they count.
        assert len(found) == count or (by == "commodity" and len(found) > count), by


def test_files_hold_the_rows_that_are_asked_for(analyst: Client) -> None:
    told = analyst.ask("/table/events.csv?type=acquisition&columns=event,sentence")
    assert told.headers["content-disposition"] == 'attachment; filename="events.csv"'
    assert told.headers["cache-control"] == "private, no-store"
    lines = list(csv.DictReader(io.StringIO(told.text)))
    assert {line["sentence"] for line in lines} == set(
        rows(analyst.ask("/table?type=acquisition").text)
    )
    assert list(lines[0]) == ["event", "sentence"]
    whole = analyst.ask("/table/events.jsonl").text.splitlines()
    assert {"amount_quote", "url"} <= json.loads(whole[0]).keys()
    assert analyst.ask("/table/events.xlsx").content[:2] == b"PK"
    assert analyst.ask("/table/events.parquet").content[:4] == b"PAR1"
    refused = analyst.ask("/table/events.csv?type=merger")
    assert refused.status_code == 400
    assert "There is no type" in refused.text


def test_views_are_kept_named_and_deleted_by_their_owner_alone(site: Site) -> None:
    app = make_app(site)
    mine, other = (member(site, f"{who}-views@example.org", app) for who in ("my", "other"))
    hostile = "<b>Big</b> deals\u202e"
    asked = "type=acquisition&sort=told&evil=1"
    done = mine.send("/table/views", on="/table", name=hostile, query=asked)
    assert done.headers["location"] == "/table?type=acquisition&sort=told"
    page = mine.ask("/table")
    assert "&lt;b&gt;Big&lt;/b&gt; deals" in page.text
    assert "<b>Big" not in page.text
    assert 'href="/table?type=acquisition&amp;sort=told"' in page.text
    assert "Big" not in other.ask("/table").text
    (view,) = site.ledger.desk_work.views_of(id_of(site, "my-views@example.org"))
    for path, more in (("rename", {"name": "Theirs"}), ("delete", {})):
        refused = other.send(f"/table/views/{path}", on="/table", view=view.id, **more)
        assert refused.status_code == 400
        assert "You have no such view" in refused.text
    mine.send("/table/views", on="/table", name="Second", query="")
    taken = mine.send("/table/views/rename", on="/table", view=view.id, name="Second")
    assert taken.status_code == 400
    assert "already" in taken.text
    mine.send("/table/views/rename", on="/table", view=view.id, name="Deals")
    export = json.loads(mine.ask("/account/export.json").text)
    assert [(v["name"], v["query"]) for v in export["views"]] == [
        ("Deals", "type=acquisition&sort=told"),
        ("Second", ""),
    ]
    (deals, _) = site.ledger.desk_work.views_of(id_of(site, "my-views@example.org"))
    assert mine.send("/table/views/delete", on="/table", view=deals.id).status_code == 303
    assert "Deals" not in mine.ask("/table").text


@pytest.mark.parametrize(
    ("name", "query"), [("", ""), ("x" * 61, ""), ("ok", "type=merger"), ("ok", "a&" * 40)]
)
def test_a_view_that_cannot_be_is_refused(analyst: Client, name: str, query: str) -> None:
    answer = analyst.send("/table/views", on="/table", name=name, query=query)
    assert answer.status_code == 400
    assert LexborHTMLParser(answer.text).css_first("[role=alert]") is not None
