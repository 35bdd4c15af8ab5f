"""What an analyst keeps on the site: a table of what they buy and notes, theirs alone."""

from __future__ import annotations

import base64
import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from lodewire.publish.brief import is_told
from lodewire.web.app import make_app
from lodewire.web.shell import App
from lodewire.web.site import Site
from lodewire.workbench.own.account_tables import LONGEST_TABLE
from tests.web.client import Client
from tests.web.members import id_of, member

BOM = (
    b"Part,Material,Quantity,Unit,Spend,Currency,Supplier,Country of origin,Share\n"
    b"Winding,Copper cathode,250,t,2100000,EUR,Codelco,Chile,\n"
    b"Can,tin can,1,t,,,,,\n"
)


@pytest.fixture(scope="module")
def app(site: Site) -> App:
    return make_app(site)


@pytest.fixture(scope="module")
def mary(site: Site, app: App) -> Client:
    return member(site, "mary-kept@example.org", app)


@pytest.fixture(scope="module")
def paul(site: Site, app: App) -> Client:
    return member(site, "paul-kept@example.org", app)


def send(client: Client, body: bytes, name: str = "bom.csv", **fields: str):  # type: ignore[no-untyped-def]
    files = {"file": (name, body, "text/csv")}
    data = {"form": client.token("/own"), **fields}
    return client.ask("/own/table", "POST", data=data, files=files)


def test_a_table_is_mapped_ranks_events_and_is_nobody_else_s(
    site: Site, mary: Client, paul: Client
) -> None:
    done = send(mary, BOM, name="C:\\secret\\<i>bom.csv")
    assert done.headers["location"] == "/own"
    page = LexborHTMLParser(mary.ask("/own").text)
    text = page.css_first("main").text()  # type: ignore[union-attr]
    assert "1 of 2 rows mapped" in text
    assert "<i>bom.csv" in text
    assert "secret" not in text
    assert "you buy 250 t of copper cathode" in text
    assert page.css("ol.list a[href^='/event/']")
    left = page.css_first("#left ~ div table")
    assert left is not None
    assert "tin can" in left.text()
    assert mary.ask("/own").headers["cache-control"] == "private, no-store"
    other = paul.ask("/own").text
    assert "Winding" not in other
    assert "copper cathode" not in other
    export = json.loads(mary.ask("/account/export.json").text)
    assert base64.b64decode(export["holdings"]["body"]) == BOM
    assert json.loads(paul.ask("/account/export.json").text)["holdings"] is None
    mary.send("/own/delete", on="/own")
    assert site.ledger.desk_work.holdings_of(id_of(site, "mary-kept@example.org")) is None
    assert "1 of 2 rows" not in mary.ask("/own").text


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00\xff\xfe\x00" * 50,
        b"Material\n=cmd|'/c calc'!A1\n",
        b"Material,Material\ncopper,tin\n",
        b"a;b\n1;2\n",
        b"Material\n" + b"x" * 5000 + b"\n",
        b'Material\n"unclosed\n' * 20,
    ],
)
def test_a_hostile_table_is_refused_with_what_to_do(mary: Client, body: bytes) -> None:
    answer = send(mary, body)
    assert answer.status_code == 400
    alert = LexborHTMLParser(answer.text).css_first("[role=alert]")
    assert alert is not None
    assert len(alert.text()) >= 20
    assert "--decimal" not in alert.text()


def test_cells_that_hold_markup_or_formulas_are_words(mary: Client) -> None:
    evil = (
        b"Material,Supplier,Country of origin\n"
        b'copper,"<script>alert(1)</script>",Chile\n'
        b'"<svg onload=alert(2)>",=HYPERLINK(1),Chile\n'
    )
    assert send(mary, evil, name="<script>alert(3)</script>.csv").status_code == 303
    page = mary.ask("/own")
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "<svg onload" not in page.text
    mary.send("/own/delete", on="/own")


def test_limits_of_what_is_sent(mary: Client) -> None:
    larger = b"Material\n" + b"copper\n" * (LONGEST_TABLE // 7)
    assert send(mary, larger + b"copper\n" * 5000).status_code in (400, 413)
    rows = b"Material\n" + b"copper\n" * 20_001
    answer = send(mary, rows)
    assert answer.status_code == 400
    assert "20,001 rows" in answer.text
    token = mary.token("/own")
    two = [("file", ("a.csv", BOM)), ("file", ("b.csv", BOM))]
    assert mary.ask("/own/table", "POST", data={"form": token}, files=two).status_code == 400
    assert mary.ask("/own/table", "POST", files={"file": ("a.csv", BOM)}).status_code == 403
    forged = {"form": "no", "file": "x"}
    assert mary.ask("/own/table", "POST", data=forged).status_code == 403
    plain = mary.ask("/notes/write", "POST", files={"file": ("a.csv", BOM)}, data={"form": token})
    assert plain.status_code == 400, "no other form takes a file"


def test_a_note_is_seen_by_its_author_alone(site: Site, mary: Client, paul: Client) -> None:
    event = next(e.id for e in site.ledger.select() if is_told(e))
    path = f"/event/{event}"
    words = "Ask the <b>mill</b>\nbefore Friday\u202e"
    done = mary.send("/notes/write", on=path, event=event, text=words)
    assert done.headers["location"] == f"{path}#notes"
    page = mary.ask(path)
    assert "Ask the &lt;b&gt;mill&lt;/b&gt;<br>before Friday" in page.text
    assert "\u202e" not in page.text
    assert page.headers["cache-control"] == "private, no-store"
    for client in (paul, Client(site, mary.app)):
        assert "before Friday" not in client.ask(path).text
    assert "before Friday" in mary.ask("/notes").text
    assert "before Friday" not in paul.ask("/notes").text
    export = json.loads(mary.ask("/account/export.json").text)
    assert [(n["event_id"], n["text"]) for n in export["notes"]] == [
        (event, "Ask the <b>mill</b>\nbefore Friday")
    ]
    (note,) = site.ledger.desk_work.notes_of(id_of(site, "mary-kept@example.org"))
    refused = paul.send("/notes/delete", on=path, note=note.id)
    assert refused.status_code == 400
    assert "before Friday" in mary.ask(path).text
    gone = mary.send("/notes/delete", on=path, note=note.id, back="event")
    assert gone.headers["location"] == path
    assert "before Friday" not in mary.ask(path).text


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 4001])
def test_a_note_that_cannot_be_is_refused(site: Site, mary: Client, text: str) -> None:
    event = next(e.id for e in site.ledger.select() if is_told(e))
    answer = mary.send("/notes/write", on=f"/event/{event}", event=event, text=text)
    assert answer.status_code == 400
    assert site.ledger.desk_work.notes_of(id_of(site, "mary-kept@example.org")) == ()


def test_all_of_it_goes_with_the_account(site: Site, app: App) -> None:
    leaver = member(site, "leaver@example.org", app)
    event = next(e.id for e in site.ledger.select() if is_told(e))
    leaver.send("/notes/write", on=f"/event/{event}", event=event, text="Mine")
    leaver.send("/table/views", on="/table", name="Mine", query="")
    assert send(leaver, BOM).status_code == 303
    id_ = id_of(site, "leaver@example.org")
    gone = leaver.send("/account/delete", on="/account", address="leaver@example.org")
    assert gone.status_code == 303
    kept = site.ledger.desk_work
    assert (kept.notes_of(id_), kept.views_of(id_), kept.holdings_of(id_)) == ((), (), None)
