"""Trying a source without any state."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from lodewire.collect.trial import try_source
from tests.collect.server import client_for, respond, serving
from tests.collect.sources import source_of
from tests.collect.test_collector import NOW, entry, feed, page


def attempt(routes: dict, *paths: str, **told):
    async def go():
        async with serving(routes) as server, client_for() as client:
            channels = [{"type": "feed", "url": server.url(path)} for path in paths]
            trial = await try_source(source_of(*channels, **told), client, now=NOW)
            return trial, server

    return asyncio.run(go())


def test_a_source_that_answers_is_shown_with_its_newest_entries():
    routes = {"/feed": respond(200, feed(*(entry(n, day=9 - n) for n in range(6))))}
    routes |= {f"/{n}": page(n) for n in range(6)}
    trial, server = attempt(routes, "/feed")
    assert trial.ok
    (channel,) = trial.channels
    assert channel.titles == ("Entry 0", "Entry 1", "Entry 2")
    assert channel.newest == datetime(2025, 3, 9, 8, tzinfo=UTC)
    assert (channel.entries, trial.captures, trial.notes) == (6, 3, ())
    assert server.targets() == ["/feed", "/0", "/1", "/2"]


def test_a_dead_channel_fails_the_trial_and_announced_feeds_are_named():
    html = b'<html><link rel="alternate" type="application/rss+xml" href="/real"><body>hi</html>'
    trial, server = attempt({"/feed": respond(200, html)}, "/feed")
    assert not trial.ok
    assert trial.channels[0].outcome == "UnsupportedFormat"
    assert "not a feed" in trial.channels[0].detail
    assert trial.announced == (("rss", server.url("/real")),)


def test_a_feed_whose_pages_all_fail_is_not_ok():
    trial, _ = attempt({"/feed": respond(200, feed(entry(1)))}, "/feed")
    assert not trial.ok
    assert "404" in trial.notes[0]


def test_a_source_that_cannot_be_reached_never_raises():
    async def go():
        async with client_for() as client:
            source = source_of({"type": "feed", "url": "http://127.0.0.1:1/x"})
            return await try_source(source, client, now=NOW)

    trial = asyncio.run(go())
    assert not trial.ok
    assert trial.channels[0].outcome == "HostAway"
