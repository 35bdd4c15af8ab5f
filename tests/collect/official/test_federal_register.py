"""The Federal Register as a channel: what is asked, page after page, and what becomes of it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from lodewire.collect.collector import collect_source
from lodewire.collect.told import Found, Note, Polled
from lodewire.config.source import channel_of
from lodewire.errors import ConfigError
from lodewire.text.reader import read_capture
from tests.collect.official.local import html_answer, json_answer, local_service
from tests.collect.server import client_for, respond
from tests.collect.sources import source_of

NOW = datetime(2025, 3, 14, 9, tzinfo=UTC)
TEXT = (
    "<h3>Agency</h3><p>The Bureau of Industry and Security adds controls on exports of gallium "
    "and germanium to the Commerce Control List, effective 10 March 2025, for all destinations. "
    "The rule sets licence requirements for both metals and their compounds.</p>"
)


def document(number, base, **told):
    return {
        "document_number": number,
        "title": f"Controls on Exports of Gallium {number}",
        "abstract": "A rule on exports of gallium and germanium & their compounds is made final.",
        "type": "Rule",
        "agencies": [{"raw_name": "DEPARTMENT", "name": "Industry and Security Bureau"}],
        "html_url": f"{base}/documents/2025/03/10/{number}/controls",
        "body_html_url": f"{base}/documents/full_text/html/2025/03/10/{number}.html",
        "publication_date": "2025-03-10",
        **told,
    }


def collect(service, *, fetch="page", **channel):
    told = {"type": "federal_register", "agencies": ["industry-and-security-bureau"], **channel}
    source = source_of({"url": service.url, **told}, fetch=fetch, kind="government")

    async def go():
        async with client_for() as client:
            return [told async for told in collect_source(source, client, now=NOW)]

    return asyncio.run(go())


def register(*pages):
    """Serve pages of documents, each leading to the next."""

    def answer(asked):
        base = f"http://{asked.headers['host']}"
        if asked.path.startswith("/documents/full_text"):
            return respond(200, TEXT.encode(), "Content-Type: text/html")
        page = int(asked.query.get("page", "1"))
        told = {"count": 99, "results": [document(n, base) for n in pages[page - 1]]}
        if page < len(pages):
            told["next_page_url"] = f"{base}/api/v1/documents.json?page={page + 1}"
        return json_answer(told)

    return answer


def test_every_page_is_read_and_the_text_of_each_document_fetched():
    with local_service(register(["2025-1", "2025-2"], ["2025-3"])) as service:
        told = collect(service, kinds=["RULE"], term="gallium")
    first = service.asked[0].query
    assert first["conditions[agencies][]"] == "industry-and-security-bureau"
    assert first["conditions[type][]"] == "RULE"
    assert first["conditions[term]"] == "gallium"
    assert first["conditions[publication_date][gte]"] == "2025-02-12"
    found = [t.capture for t in told if isinstance(t, Found)]
    assert [c.entry.guid for c in found] == ["2025-1", "2025-2", "2025-3"]
    assert found[0].requested_url.endswith("/documents/full_text/html/2025/03/10/2025-1.html")
    assert isinstance(told[-1], Polled)
    assert (told[-1].outcome, told[-1].entries, told[-1].fresh) == ("ok", 3, 3)


def test_a_document_cites_the_page_that_people_read():
    with local_service(register(["2025-1"])) as service:
        (found, _) = collect(service)
    (document,) = read_capture(found.capture)
    assert document.url == f"{service.url}/documents/2025/03/10/2025-1/controls"
    assert document.title == "Controls on Exports of Gallium 2025-1"
    assert document.published.isoformat().startswith("2025-03-10")
    assert "licence requirements for both metals" in document.text


def test_with_fetch_feed_the_abstract_is_the_text():
    with local_service(register(["2025-1"])) as service:
        (found, _) = collect(service, fetch="feed")
    assert len(service.asked) == 1
    assert b"gallium and germanium &amp; their compounds" in found.capture.body


def test_nothing_published_is_no_error():
    with local_service(lambda asked: json_answer({"count": 0, "description": "none"})) as service:
        (polled,) = collect(service)
    assert (polled.outcome, polled.entries) == ("ok", 0)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (lambda asked: json_answer({"errors": {"agency": "is unknown"}}, status=400), "is unknown"),
        (lambda asked: json_answer({"errors": {"agency": "is unknown"}}), "is unknown"),
        (lambda asked: html_answer("Request Access"), "'Request Access'"),
        (lambda asked: json_answer({"count": 3}), "'results' is no list"),
        (lambda asked: respond(200, b'{"count": 3, "resul'), "cut off"),
        (lambda asked: respond(200, b""), "empty"),
        (lambda asked: json_answer({"count": 1, "results": [{}]}), "results[0]: document_number"),
        (
            lambda asked: json_answer(
                {"count": 1, "results": [document("1", "http://x.example", publication_date="?")]}
            ),
            "publication_date '?' is no day",
        ),
        (
            lambda asked: json_answer(
                {"count": 1, "results": [], "next_page_url": "http://x.example/2"}
            ),
            "the next page is said to be http://x.example/2",
        ),
        (
            lambda asked: json_answer({"count": 1, "results": [], "next_page_url": "http://["}),
            "the next page is said to be http://[",
        ),
        (
            lambda asked: json_answer(
                {
                    "count": 1,
                    "results": [],
                    "next_page_url": f"http://{asked.headers['host']}{asked.target}",
                }
            ),
            "the next page is said to be",
        ),
    ],
)
def test_what_is_no_good_answer_is_told_and_nothing_is_captured(answer, told):
    with local_service(answer) as service:
        note, polled = collect(service)
    assert isinstance(note, Note)
    assert told in note.message
    assert note.hint
    assert not polled.answered


def test_a_channel_must_be_narrowed():
    with pytest.raises(ConfigError, match="agencies or a term"):
        channel_of("federal_register", "")
