"""Safety: headers on every answer, limits, hostile words inert, nothing told of what broke."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from xml.etree import ElementTree

import anyio
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from lodewire.errors import LedgerError
from lodewire.model.plain import steers
from lodewire.web.app import make_app
from lodewire.web.pages.feeds import clean, untagged
from lodewire.web.rendering import environment, linked_json
from lodewire.web.site import Site
from tests.web.conftest import Ask, asking
from tests.web.test_pages import _inner

FEEDS = ["/feed.rss", "/feed.atom", "/feed.json", "/search/feed.rss?q=khoemacau"]


@pytest.mark.parametrize(
    ("path", "status"),
    [("/", 200), ("/nope", 404), ("/search?page=x", 400), ("/health", 200), ("/feed.rss", 200),
     ("/" + "a" * 2001, 414), ("/site/copper", 301)],
)  # fmt: skip
def test_every_answer_has_the_headers_of_safety(ask: Ask, path: str, status: int) -> None:
    """Also those that no view gave."""
    answer = ask(path)
    assert answer.status_code == status
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "includeSubDomains" in answer.headers["strict-transport-security"]
    assert "set-cookie" not in answer.headers
    assert "server" not in answer.headers


def test_only_reading_is_answered(ask: Ask) -> None:
    """HEAD is GET without the body; everything else is refused with what is allowed."""
    head = ask("/", "HEAD")
    assert head.status_code == 200
    assert head.content == b""
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        answer = ask("/", method)
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD"


def test_hostile_words_are_words_on_every_page(ask: Ask) -> None:
    """No script, image or style of theirs, no other scheme, nothing that turns text."""
    shown = False
    for path in sorted(_inner(ask)):
        text = ask(path).text
        if not text.startswith("\n<!doctype") and "<!doctype html>" not in text[:200]:
            continue
        tree = LexborHTMLParser(text)
        for script in tree.css("script"):
            if path.endswith("/sign-in") and (script.attributes.get("src") or "").startswith(
                "/static/"
            ):
                continue  # the one module of our own
            assert script.attributes.get("type") == "application/ld+json", path
            json.loads(script.text())
        images = [i.attributes["src"] or "" for i in tree.css("img")]
        assert images[0] == "/static/" + _mark(text), path
        assert all(re.fullmatch(r"/[a-z]+(/[a-z-]+)?/chart/[a-z-]+\.svg", i) for i in images[1:])
        assert not tree.css("style, iframe, object, embed, base, b > *, title > *"), path
        for element in tree.css("*"):
            for name, value in element.attributes.items():
                assert not name.startswith("on"), (path, name)
                assert name != "style", path
                assert not (value or "").lower().strip().startswith(("javascript:", "data:")), path
        assert not [c for c in text if steers(c) and c != "\n"], path
        shown = shown or "alert(3)" in tree.css_first("main").text()  # type: ignore[union-attr]
    assert shown, "the hostile article is on no page, so nothing was tried"


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "//evil.example", " ", None,
     "https://a.example/\"onclick=x", "file:///etc/passwd"],
)  # fmt: skip
def test_an_address_of_another_kind_becomes_no_link(url: str | None) -> None:
    """The words stay, the link is left out."""
    parts = environment().get_template("parts.html.j2").module
    made = str(parts.outside(url, "<b>words</b>"))  # type: ignore[attr-defined]
    assert made == "&lt;b&gt;words&lt;/b&gt;"


def _mark(text: str) -> str:
    found = re.search(r"/static/(mark\.[0-9a-f]+\.svg)", text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("path", FEEDS)
def test_feeds_are_sound_and_inert(ask: Ask, path: str) -> None:
    """XML parses; no text, taken for HTML, holds an element; every link is the site's own."""
    answer = ask(path)
    assert answer.status_code == 200
    if path.endswith("json"):
        told = answer.json()
        assert told["items"]
        texts = []
        links = [told["home_page_url"], *(i["url"] for i in told["items"])]
    else:
        root = ElementTree.fromstring(answer.content)
        atom = root.tag.endswith("feed")
        texts = [e.text or "" for e in root.iter()] if not atom else []
        links = [e.text or "" for e in root.iter("link")] + [
            e.attrib["href"] for e in root.iter("{http://www.w3.org/2005/Atom}link")
        ]
        if atom:
            kinds = {e.get("type") for e in root.iter("{http://www.w3.org/2005/Atom}summary")}
            assert kinds == {"text"}
        assert root.findall(".//item") or atom
    assert not [t for t in texts if "<" in t]
    assert links
    assert all(link.startswith("https://desk.example.org/") for link in links)


@given(st.text())
def test_any_text_can_stand_in_a_feed(text: str) -> None:
    """XML holds it, and taken for HTML it is text alone."""
    element = ElementTree.Element("title")
    element.text = clean(text)
    ElementTree.fromstring(ElementTree.tostring(element))
    tree = LexborHTMLParser(f"<body>{untagged(text)}</body>")
    assert not tree.css("body *")
    # A "<" that stands for an entity would be decoded to a tag by a reader that decodes twice.
    assert "<" not in (tree.body.text() if tree.body else "")


@given(st.text())
def test_linked_json_never_ends_its_element(text: str) -> None:
    """And reads back as what was told, without what steers."""
    made = str(linked_json({"headline": text + "</script><!--"}))
    assert not set("<>&") & set(made)
    assert json.loads(made)["headline"].endswith("</script><!--")


def test_what_broke_is_not_told(site: Site) -> None:
    """A mistake is 500, a ledger that cannot be read 503; neither page names it."""

    class Broken:
        def __init__(self, error: Exception) -> None:
            self._error = error

        @contextmanager
        def snapshot(self) -> Iterator[None]:
            raise self._error
            yield

    for error, status in ((ValueError("secret /srv/x"), 500), (LedgerError("secret"), 503)):
        get = asking(replace(site, ledger=Broken(error)))  # type: ignore[arg-type]
        for accept in ("text/html", "application/json"):
            answer = get("/", headers={"accept": accept})
            assert answer.status_code == status
            assert "secret" not in answer.text
            assert "Traceback" not in answer.text


def test_the_log_and_the_counts_tell_of_answers_and_not_of_readers(site: Site) -> None:
    """A JSON line an answer, without query or address; Prometheus' text holds the same count."""
    log = io.StringIO()
    app = make_app(site, log=log)

    async def go() -> str:
        transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            await client.get("/search?q=private-words")
            await client.get("/nope%0d%0a")
            await client.get("/about")
            await client.get("/about")
            return (await client.get("/metrics")).text

    metrics = anyio.run(go)
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [line["status"] for line in lines] == [200, 404, 200, 200, 200]
    assert "private-words" not in log.getvalue()
    assert "127.0.0.1" not in log.getvalue()
    assert 'lodewire_http_responses_total{status="200"} 3' in metrics
    assert 'lodewire_pages_total{from="kept"} 1' in metrics
    assert 'lodewire_pages_total{from="made"} 2' in metrics
    assert re.search(r'lodewire_ledger_rows\{of="documents"\} 3', metrics)
    sample = re.compile(r'[a-z_]+(\{[a-z]+="[^"]*"\})? [0-9.]+')
    assert all(line.startswith("#") or sample.fullmatch(line) for line in metrics.splitlines())
