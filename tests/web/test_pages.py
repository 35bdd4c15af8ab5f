"""Pages of the site: what they hold, and what they lead to."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from lodewire.ledger import open_ledger
from lodewire.model.ids import EventId
from lodewire.publish.brief import least_confidence
from lodewire.web.app import VIEWS
from lodewire.web.languages import split_path
from lodewire.web.pages.analyst import VIEWS as TOOLS
from lodewire.web.site import Ask as Asked
from lodewire.web.site import Site
from tests.pipeline.pages import NOW
from tests.web.conftest import Ask, asking

DAY = NOW.date().isoformat()


def _event(ask: Ask) -> str:
    found = re.search(r'id="(ev_[a-z0-9]+)"', ask("/").text)
    assert found is not None
    return found[1]


MOST_OF_A_KIND = 3


def _inner(ask: Ask, start: str = "/") -> set[str]:
    """Paths of the site that can be reached by links from ``start``, some of each kind of page.

    All events are followed, since words of others stand on them.
    """
    seen: set[str] = set()
    kinds: Counter[tuple[str, ...]] = Counter()
    waiting = [start]
    while waiting:
        path = waiting.pop(0)
        tag, plain = split_path(path, "")
        steps = re.split(r"[/?]", plain)
        kind = (tag, steps[1], *steps[3:])
        most = 1 if tag else MOST_OF_A_KIND
        if path in seen or (kinds[kind] >= most and kind[:2] != ("", "event")):
            continue
        kinds[kind] += 1
        seen.add(path)
        answer = ask(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:300])
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        tree = LexborHTMLParser(answer.text)
        for link in tree.css("a[href], link[href]"):
            target = (link.attributes["href"] or "").split("#")[0]
            if target.startswith("/"):
                waiting.append(target)
    return seen


def test_every_link_of_the_site_leads_somewhere(ask: Ask) -> None:
    """From the front page all kinds of pages are reached, and each answers."""
    seen = _inner(ask)
    kinds = {path.split("/")[1] for path in seen}
    assert {"event", "desk", "brief", "commodity", "organisation", "search", "sources"} <= kinds
    assert "/feed.rss" in seen


def test_a_link_to_a_quote_has_its_quote(ask: Ask) -> None:
    """Each marked word of the brief leads to an anchor that stands in a mark, once."""
    tree = LexborHTMLParser(ask("/").text)
    facts = [a.attributes["href"] or "" for a in tree.css("a.fact")]
    assert len(facts) >= 4
    for fact in facts:
        path, _, anchor = fact.partition("#")
        page = LexborHTMLParser(ask(path).text)
        assert len(page.css(f'mark [id="{anchor}"]')) == 1, fact


def test_the_words_marked_are_the_words_of_the_document(ask: Ask, site: Site) -> None:
    """Each mark holds the quote of each statement it stands for, in its document's sentence."""
    id_ = _event(ask)
    (event,) = site.ledger.events.get_all([EventId(id_)])
    quotes = {s.id: s.evidence.quote for s in event.statements}
    page = LexborHTMLParser(ask(f"/event/{id_}").text)
    marks = page.css(".passage mark")
    assert marks
    for mark in marks:
        for anchor in mark.css("i"):
            assert quotes[anchor.attributes["id"] or ""] in mark.text()


def test_an_event_too_unsure_for_a_brief_has_no_page(ask: Ask, site: Site) -> None:
    """The bar of the brief holds for the page as well."""
    id_ = _event(ask)
    (event,) = site.ledger.events.get_all([EventId(id_)])
    unsure = replace(event, confidence=least_confidence(event) - 0.01)

    class Unsure:
        def __getattr__(self, name: str) -> object:
            return getattr(site.ledger.events, name)

        def get_all(self, ids: object) -> tuple[object, ...]:
            return (unsure,)

    class Behind:
        events = Unsure()

        def __getattr__(self, name: str) -> object:
            return getattr(site.ledger, name)

    answer = asking(replace(site, ledger=Behind()))(f"/event/{id_}")  # type: ignore[arg-type]
    assert answer.status_code == 404
    assert "waits for an editor" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/event/ev_nothere", "/event/x", "/brief/2020-01-01", "/brief/2025-13-01", "/brief/x",
        "/desk/none", "/commodity/none", "/site/%00", "/nope", "/event/" + "a" * 300,
    ],
)  # fmt: skip
def test_what_is_not_there_is_told_kindly(ask: Ask, path: str) -> None:
    """404 with a page of the site, and as a problem for a program."""
    answer = ask(path)
    assert answer.status_code == 404
    assert "Today’s brief" in answer.text
    assert "Traceback" not in answer.text
    told = ask(path, headers={"accept": "application/json"})
    assert told.headers["content-type"] == "application/problem+json"
    assert told.json()["status"] == 404


@pytest.mark.parametrize(
    "path",
    [
        "/search?q=" + "a" * 201, "/search?page=0", "/search?page=51", "/search?page=x",
        "/search?type=none", "/search?since=yesterday", "/search?desk=x", "/search/feed.rss",
        "/search?entity=" + "a" * 101, "/search?" + "&".join(f"p{n}=1" for n in range(41)),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused(ask: Ask, path: str) -> None:
    """400 and what would be answered."""
    assert ask(path).status_code == 400


def test_search_finds_documents_and_their_events(ask: Ask) -> None:
    """Words are marked; the event leads on; what is not there says so."""
    page = LexborHTMLParser(ask("/search?q=khoemacau").text)
    assert page.css(".snip mark")
    assert page.css('.why a[href^="/event/"]')
    assert "Nothing found" in ask("/search?q=zzzzzz").text
    assert "Nothing found" in ask("/search?q=khoemacau&type=tariff").text
    assert ask("/search?q=%22open quote -*").status_code == 200


def test_a_thing_of_another_kind_is_found_where_it_is(ask: Ask) -> None:
    """/site/copper leads to /commodity/copper."""
    answer = ask("/site/copper")
    assert answer.status_code == 301
    assert answer.headers["location"] == "/commodity/copper"
    assert "Who supplies it" in ask("/commodity/copper").text


def test_an_empty_desk_says_what_comes(tmp_path: Path, site: Site) -> None:
    """Every page of a desk without a document answers."""
    with open_ledger(tmp_path / "empty.db", create=True) as ledger:
        get = asking(replace(site, ledger=ledger))
        assert "No brief has been composed yet" in get("/").text
        for path in VIEWS:
            if "{" not in path and not path.startswith("/search/"):
                own = path.startswith(("/account", "/editor", "/watch", "/alerts"))
                wanted = 303 if own else 200
                wanted = 403 if path in TOOLS else wanted
                assert get(path).status_code == wanted, path
        assert get("/desk/oil-gas").status_code == 200
        assert get("/ready").json() == {"status": "ready", "latest_brief": None}


def test_linked_json_tells_of_brief_and_event(ask: Ask) -> None:
    """NewsArticle with addresses of the site, whatever host the request names."""
    for path in ("/", f"/event/{_event(ask)}"):
        page = LexborHTMLParser(ask(path, headers={"host": "evil.example"}).text)
        script = page.css_first('script[type="application/ld+json"]')
        assert script is not None
        told = json.loads(script.text())
        assert told["@type"] == "NewsArticle"
        assert told["@id"].startswith("https://desk.example.org/")
        assert "evil.example" not in page.html


def test_a_page_is_asked_for_again_only_when_it_changed(site: Site) -> None:
    """The tag, or the time, spares the body; a later time does too, an earlier one does not."""
    get = asking(site)
    first = get("/about")
    tag = first.headers["etag"]
    assert get("/about", headers={"if-none-match": f'"x", W/{tag}'}).status_code == 304
    assert get("/about", headers={"if-none-match": '"x"'}).status_code == 200
    since = first.headers["last-modified"]
    assert get("/about", headers={"if-modified-since": since}).status_code == 304
    old = (datetime.now(UTC) - timedelta(days=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert get("/about", headers={"if-modified-since": old}).status_code == 200
    assert get("/about", headers={"if-modified-since": "soon"}).status_code == 200


def test_pages_of_a_listing_keep_what_was_asked(site: Site) -> None:
    """The address beside keeps the query and changes one parameter."""
    asked = Asked(path="/search", query={"q": "a b", "page": "2", "type": ""})
    assert asked.beside(page=3) == "/search?page=3&q=a+b"
    assert asked.beside(page=None) == "/search?q=a+b"


@pytest.mark.parametrize(
    "path", ["/search", "/sign-in", "/account", "/editor", "/watch", "/alerts"]
)
def test_robots_are_kept_from_what_is_somebody_s_own(ask: Ask, path: str) -> None:
    """And from searches, which have no end."""
    assert f"Disallow: {path}" in ask("/robots.txt").text.splitlines()
