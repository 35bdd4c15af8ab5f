"""GDELT as a channel: its cap, its words in place of errors, its broken JSON."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.collect.collector import collect_source
from lodewire.collect.official.gdelt import CAP, read_articles
from lodewire.collect.told import Note
from lodewire.errors import LodewireError
from tests.collect.official.local import html_answer, json_answer, local_service
from tests.collect.server import FakeTime, client_for, respond
from tests.collect.sources import source_of

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PAGE = b"<html><body><article><p>A mine of lithium opened today.</p></article></body></html>"


def article(address, seen="20261123T101500Z", **told):
    return {
        "url": address,
        "url_mobile": "",
        "title": "A mine of lithium opened",
        "seendate": seen,
        "socialimage": "",
        "domain": "news.example",
        "language": "English",
        "sourcecountry": "Chile",
        **told,
    }


def collect(service, *, time=None, private=True, bounds=None, **channel):
    told = {"type": "gdelt", "query": '"lithium" mine', "url": service.url, **channel}
    source = source_of(told, allow_private_addresses=private)

    async def go():
        async with client_for(time) as client:
            return [t async for t in collect_source(source, client, now=NOW, bounds=bounds)]

    return asyncio.run(go())


def test_the_pages_of_the_articles_are_captured():
    def answer(asked):
        if asked.path != "/api/v2/doc/doc":
            return respond(200, PAGE, "Content-Type: text/html")
        base = f"http://{asked.headers['host']}"
        return json_answer(
            {
                "articles": [
                    article(f"{base}/a"),
                    article(f"{base}/b"),
                    article("mailto:x@y.example"),
                ]
            }
        )

    with local_service(answer) as service:
        one, two, polled = collect(service, hours=6)
    assert service.asked[0].query == {
        "query": '"lithium" mine',
        "mode": "artlist",
        "format": "json",
        "sort": "datedesc",
        "maxrecords": "250",
        "startdatetime": "20261123060000",
        "enddatetime": "20261123120000",
    }
    assert (one.capture.url, two.capture.url) == (f"{service.url}/a", f"{service.url}/b")
    assert one.capture.entry.published is None
    assert one.capture.entry.updated == datetime(2026, 11, 23, 10, 15, tzinfo=UTC)
    assert one.capture.entry.language == "en"
    assert (polled.outcome, polled.fresh) == ("ok", 2)


def test_a_stretch_that_fills_the_cap_is_asked_again_in_halves():
    first = NOW - timedelta(hours=2)
    addresses = [f"http://a.example/{n}" for n in range(400)]
    times = [first + timedelta(seconds=18 * n) for n in range(400)]

    def answer(asked):
        begin, end = asked.query["startdatetime"], asked.query["enddatetime"]
        rows = [
            article(a, f"{t:%Y%m%dT%H%M%SZ}")
            for a, t in zip(addresses, times, strict=True)
            if begin <= f"{t:%Y%m%d%H%M%S}" <= end
        ]
        return json_answer({"articles": rows[-CAP:]})

    from lodewire.collect.channels import Bounds

    with local_service(answer) as service:
        told = collect(service, hours=2, bounds=Bounds(max_new_entries=1))
    assert len(service.asked) == 3
    assert told[-1].entries == 400


def test_a_quarter_of_an_hour_that_fills_the_cap_is_told():
    rows = [article(f"http://a.example/{n}") for n in range(CAP)]
    from lodewire.collect.channels import Bounds

    with local_service(lambda asked: json_answer({"articles": rows})) as service:
        told = collect(service, hours=1, bounds=Bounds(max_new_entries=1))
    assert len(service.asked) == 7
    assert sum("narrow the query" in t.message for t in told if isinstance(t, Note)) == 4


def test_gdelt_is_asked_every_five_seconds_at_most():
    time = FakeTime()
    waits = []

    async def go():
        from lodewire.collect.fetching import FetchPolicy
        from lodewire.collect.official.gdelt import list_gdelt
        from lodewire.config.source import GdeltChannel

        rows = [article(f"http://a.example/{n}") for n in range(CAP)]

        class Client:
            async def fetch(self, address, *, policy, carried):
                from lodewire.collect.fetching import Fetched

                waits.append(policy.min_delay)
                return Fetched(
                    requested_url=address,
                    url=address,
                    status=200,
                    media_type=None,
                    charset=None,
                    headers=(),
                    body=json.dumps({"articles": rows}).encode(),
                )

        channel = GdeltChannel(type="gdelt", query="lithium", hours=1)
        await list_gdelt(Client(), channel, now=NOW, policy=FetchPolicy(min_delay=1.0))

    asyncio.run(go())
    assert waits == [5.0] * 7
    assert time.slept == []


def test_nothing_found_is_no_error():
    with local_service(lambda asked: respond(200, b"{}")) as service:
        (polled,) = collect(service)
    assert (polled.outcome, polled.entries) == ("ok", 0)


@pytest.mark.parametrize(
    ("answer", "kind", "told"),
    [
        (respond(200, b"Your query was too short or too long.\n"), "ServiceRefused", "too short"),
        (
            respond(200, b"Please limit requests to one every 5 seconds or write to us."),
            "RateLimited",
            "asks to be left alone",
        ),
        (respond(200, b"The specified phrase is too short."), "ServiceRefused", "round brackets"),
        (html_answer("Unknown error"), "UnsupportedFormat", "'Unknown error'"),
        (respond(200, b'{"articles": [ {"url": "htt'), "BrokenFile", "cut off"),
        (respond(200, b'{"articles": 5}'), "BrokenFile", "'articles' is no list"),
        (respond(200, b""), "EmptyPage", "empty"),
        (respond(429, b"slow", "Retry-After: 3600"), "RateLimited", "come back later"),
    ],
)
def test_what_is_no_list_is_told(answer, kind, told):
    with local_service(lambda asked: answer) as service:
        note, polled = collect(service)
    assert told in f"{note.message} {note.hint}"
    assert polled.outcome == kind


def test_broken_escapes_are_mended():
    body = rb'{"articles": [{"url": "http://a.example/1", "title": "It\'s 5\% \u00e9 \"x\""}]}'
    (entry,) = read_articles(body, "GDELT", "http://g.example")
    assert entry.title == 'It\\\'s 5\\% é "x"'


@settings(deadline=None)  # a busy machine is no fault
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(body):
    try:
        read_articles(body, "GDELT", "http://g.example")
    except LodewireError as error:
        told = error
    else:
        return
    assert told.message.startswith("GDELT")
