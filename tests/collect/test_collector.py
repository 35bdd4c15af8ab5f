"""Collecting: what comes out of a source, and what is told of it, against a real server."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from lodewire.collect.channels import Bounds
from lodewire.collect.collector import collect_source, collect_sources
from lodewire.collect.fetching import Validators
from lodewire.collect.told import Found, Note, NoteKind, Polled
from tests.collect.server import RawServer, Request, client_for, respond, serving
from tests.collect.sources import source_of

NOW = datetime(2025, 3, 12, 12, tzinfo=UTC)
HTML = "Content-Type: text/html; charset=utf-8"


def feed(*entries: str) -> bytes:
    return (
        f'<rss version="2.0"><channel><title>N</title>{"".join(entries)}</channel></rss>'.encode()
    )


def entry(n: int, *, day: int = 11, text: str = "", link: str | None = None) -> str:
    return (
        f"<item><title>Entry {n}</title><link>{link or f'/{n}'}</link><guid>g{n}</guid>"
        f"<pubDate>{day:02d} Mar 2025 08:00:00 GMT</pubDate>"
        f"<description>{text}</description></item>"
    )


def page(n: int) -> bytes:
    return respond(200, b"<h1>Page %d</h1>" % n, HTML)


def collect(routes: dict, *, channels=None, seen=(), validators=None, bounds=None, **told):
    """Collect one source of one RSS channel (or ``channels``); return what was told, and server."""

    async def go():
        async with serving(routes) as server, client_for() as client:
            listed = channels or [{"type": "rss", "url": "/feed"}]
            placed = [
                {**c, "url": server.url(c["url"])} if c.get("url", "").startswith("/") else c
                for c in listed
            ]
            source = source_of(*placed, **told)
            held = {server.url(k): v for k, v in (validators or {}).items()}
            out = [
                t
                async for t in collect_source(
                    source,
                    client,
                    now=NOW,
                    validators=held,
                    seen=lambda _, key: key.replace(server.url(""), "") in seen,
                    bounds=bounds,
                )
            ]
            return out, server

    return asyncio.run(go())


def found(told) -> list[Found]:
    return [t for t in told if isinstance(t, Found)]


def notes(told) -> list[Note]:
    return [t for t in told if isinstance(t, Note)]


def test_each_new_entry_becomes_a_capture_of_its_page_with_the_entry():
    routes = {
        "/feed": respond(200, feed(entry(1), entry(2)), 'ETag: "f1"'),
        "/1": page(1),
        "/2": page(2),
    }
    told, server = collect(routes)
    captures = [t.capture for t in found(told)]
    assert [c.body for c in captures] == [b"<h1>Page 1</h1>", b"<h1>Page 2</h1>"]
    assert [c.entry.title for c in captures] == ["Entry 1", "Entry 2"]
    assert {c.fetched_at for c in captures} == {NOW}
    assert captures[0].requested_url == server.url("/1")
    assert (captures[0].media_type, captures[0].charset) == ("text/html", "utf-8")
    end = told[-1]
    assert isinstance(end, Polled)
    assert (end.outcome, end.entries, end.fresh) == ("ok", 2, 2)
    assert end.validators == Validators(etag='"f1"')


def test_seen_entries_are_not_fetched_again():
    routes = {"/feed": respond(200, feed(entry(1), entry(2))), "/2": page(2)}
    told, server = collect(routes, seen={"g1"})
    assert [t.key for t in found(told)] == ["g2"]
    assert server.targets() == ["/feed", "/2"]


def test_an_unchanged_feed_costs_one_request():
    async def unchanged(request: Request, writer: asyncio.StreamWriter) -> None:
        assert request.headers["if-none-match"] == '"f1"'
        writer.write(respond(304, length=-1))

    told, server = collect({"/feed": unchanged}, validators={"/feed": Validators(etag='"f1"')})
    assert [type(t) for t in told] == [Polled]
    assert told[0].outcome == "unchanged"
    assert told[0].answered
    assert server.targets() == ["/feed"]


def test_the_same_entry_in_two_feeds_is_fetched_once():
    routes = {"/a": respond(200, feed(entry(1))), "/b": respond(200, feed(entry(1), entry(2)))}
    channels = [{"type": "rss", "url": "/a"}, {"type": "rss", "url": "/b"}]
    told, server = collect({**routes, "/1": page(1), "/2": page(2)}, channels=channels)
    assert [t.key for t in found(told)] == ["g1", "g2"]
    assert server.targets().count("/1") == 1


def test_old_entries_are_left_out_and_undated_ones_taken():
    undated = "<item><title>Undated</title><link>/3</link></item>"
    routes = {"/feed": respond(200, feed(entry(1, day=1), entry(2), undated))}
    told, _ = collect(
        {**routes, "/2": page(2), "/3": page(3)}, bounds=Bounds(max_age=timedelta(days=5))
    )
    assert [t.capture.entry.title for t in found(told)] == ["Entry 2", "Undated"]


def test_a_flood_is_cut_noted_and_the_rest_left_for_the_next_run():
    routes = {"/feed": respond(200, feed(*(entry(n) for n in range(9))), 'ETag: "f"')}
    routes |= {f"/{n}": page(n) for n in range(9)}
    told, _ = collect(routes, bounds=Bounds(max_new_entries=3))
    assert len(found(told)) == 3
    assert [n.kind for n in notes(told)] == [NoteKind.FLOODED]
    assert told[-1].validators is None
    again, _ = collect(routes, bounds=Bounds(max_new_entries=9), seen={"g0", "g1", "g2"})
    assert [t.key for t in found(again)] == [f"g{n}" for n in range(3, 9)]


def test_a_page_that_fails_for_now_keeps_the_feed_due():
    routes = {"/feed": respond(200, feed(entry(1), entry(2)), 'ETag: "f"')}
    told, _ = collect({**routes, "/1": respond(500), "/2": page(2)})
    assert [t.key for t in found(told)] == ["g2"]
    assert [n.kind for n in notes(told)] == [NoteKind.FAILED]
    assert told[-1].outcome == "ok"
    assert told[-1].validators is None


@pytest.mark.parametrize("status", [403, 404, 410, 451])
def test_a_page_that_is_refused_for_good_gives_way_to_the_words_of_the_feed(status):
    routes = {"/feed": respond(200, feed(entry(1, text="Tin is up.")), 'ETag: "f"')}
    told, server = collect({**routes, "/1": respond(status)})
    (one,) = found(told)
    assert b"Tin is up." in one.capture.body
    assert one.capture.url == server.url("/1")
    assert told[-1].validators == Validators(etag='"f"')


def test_a_refused_page_without_words_in_the_feed_is_noted():
    told, _ = collect({"/feed": respond(200, feed(entry(1))), "/1": respond(404)})
    assert found(told) == []
    assert [n.kind for n in notes(told)] == [NoteKind.REFUSED]


def test_after_come_back_later_no_more_pages_are_asked_for():
    routes = {"/feed": respond(200, feed(*(entry(n) for n in range(5))), 'ETag: "f"')}
    routes |= {f"/{n}": respond(429, b"", "Retry-After: 900") for n in range(5)}
    told, server = collect(routes)
    assert server.targets() == ["/feed", "/0"]
    assert told[-1].validators is None


def test_fetch_feed_takes_the_content_of_the_feed_and_asks_for_no_page():
    text = "&lt;p&gt;Tin &amp;amp; zinc.&lt;/p&gt;"
    told, server = collect(
        {"/feed": respond(200, feed(entry(1, text=text), entry(2)))}, fetch="feed", language="fr"
    )
    (one,) = found(told)
    assert server.targets() == ["/feed"]
    assert one.capture.body.decode() == (
        '<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8"><title>Entry 1</title>'
        "</head>\n<body><article><h1>Entry 1</h1>\n<p>Tin &amp; zinc.</p>\n"
        "</article></body></html>\n"
    )
    assert [n.kind for n in notes(told)] == [NoteKind.SKIPPED]


def test_fetch_feed_gives_known_entries_again_so_that_corrections_come_in():
    def ids(text: str, **state):
        told, _ = collect({"/feed": respond(200, feed(entry(1, text=text)))}, fetch="feed", **state)
        return [(t.capture.digest, t.fresh) for t in found(told)]

    (first,), (same,) = ids("Tin is up."), ids("Tin is up.", seen={"g1"})
    (corrected,) = ids("Tin is down.", seen={"g1"})
    assert first[0] == same[0] != corrected[0]
    assert (first[1], same[1], corrected[1]) == (True, False, False)


def test_a_broken_channel_does_not_stop_the_others():
    channels = [{"type": "rss", "url": f"/{n}"} for n in ("gone", "html", "bomb", "good")]
    routes = {
        "/html": respond(200, b"<html><body>hi</body></html>", HTML),
        "/bomb": respond(200, b'<!DOCTYPE x [<!ENTITY a "b">]><rss version="2.0"/>'),
        "/good": respond(200, feed(entry(1))),
        "/1": page(1),
    }
    told, _ = collect(routes, channels=channels)
    outcomes = [t.outcome for t in told if isinstance(t, Polled)]
    assert outcomes == ["FetchFailed", "UnsupportedFormat", "BrokenFile", "ok"]
    assert [t.status for t in told if isinstance(t, Polled)] == [404, None, None, 200]
    assert len(found(told)) == 1
    assert all(n.message for n in notes(told))


def test_a_feed_that_moved_for_good_is_noted_with_what_to_write():
    routes = {"/feed": respond(301, b"", "Location: /new"), "/new": respond(200, feed())}
    told, server = collect(routes)
    (note,) = notes(told)
    assert note.kind is NoteKind.MOVED
    assert note.hint == f"Write url: {server.url('/new')} in source.yml."


def test_json_feed_and_atom_are_collected_alike():
    atom = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title><id>a</id>'
        b'<link href="/1"/></entry></feed>'
    )
    json_feed = b'{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"j","url":"/2"}]}'
    channels = [{"type": "atom", "url": "/atom"}, {"type": "json_feed", "url": "/json"}]
    told, _ = collect(
        {
            "/atom": respond(200, atom),
            "/json": respond(200, json_feed),
            "/1": page(1),
            "/2": page(2),
        },
        channels=channels,
    )
    assert [t.key for t in found(told)] == ["a", "j"]


def test_a_single_page_is_captured_and_asked_conditionally():
    channels = [{"type": "page", "url": "/page"}]
    told, server = collect({"/page": respond(200, b"<p>x", HTML, 'ETag: "p"')}, channels=channels)
    assert found(told)[0].key == server.url("/page")
    assert told[-1].validators == Validators(etag='"p"')
    told, _ = collect(
        {"/page": respond(304, length=-1)},
        channels=channels,
        validators={"/page": Validators(etag='"p"')},
    )
    assert [t.outcome for t in told] == ["unchanged"]


def test_a_list_page_leads_to_the_pages_that_match():
    body = (
        b'<base href="/news/"><a href="2025/tin">Tin</a><a href="/about">About</a>'
        b'<a href="2025/tin#top"><img></a><a href="2025/zinc">Zinc is down</a>'
    )
    routes = {
        "/list": respond(200, body, HTML),
        "/news/2025/tin": page(1),
        "/news/2025/zinc": page(2),
    }
    channels = [{"type": "page", "url": "/list", "links": "/news/20"}]
    told, _ = collect(routes, channels=channels)
    assert [t.capture.entry.title for t in found(told)] == ["Tin", "Zinc is down"]


def test_a_list_page_without_matching_links_says_so():
    channels = [{"type": "page", "url": "/list", "links": "/news/20"}]
    told, _ = collect({"/list": respond(200, b"<p>no links", HTML)}, channels=channels)
    assert "no link on the page matches" in notes(told)[0].message


def sitemap(*pages: str) -> bytes:
    return (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">{"".join(pages)}</urlset>'
    ).encode()


def listed(path: str, day: int) -> str:
    return (
        f"<url><loc>{path}</loc><n:news><n:publication_date>2025-03-{day:02d}T08:00:00Z"
        f"</n:publication_date><n:title>T{path}</n:title></n:news></url>"
    )


def test_a_sitemap_index_leads_to_the_newest_pages_first():
    index = (
        b'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        b"<sitemap><loc>/a.xml</loc></sitemap><sitemap><loc>/gone.xml</loc></sitemap></sitemapindex>"
    )
    routes = {
        "/index.xml": respond(200, index, 'ETag: "i"'),
        "/a.xml": respond(
            200, sitemap(listed("/1", 9), listed("/2", 10), "<url><loc>/about</loc></url>")
        ),
        "/1": page(1),
        "/2": page(2),
    }
    told, _ = collect(routes, channels=[{"type": "news_sitemap", "url": "/index.xml"}])
    assert [t.capture.entry.title for t in found(told)] == ["T/2", "T/1"]
    assert any("404" in n.message for n in notes(told))
    assert any("without a date" in n.message for n in notes(told))
    assert told[-1].validators is None  # the index may stay as it is while its parts change


def test_a_folder_is_read_once_until_it_changes(tmp_path):
    (tmp_path / "a.html").write_text("<p>one")
    channels = [{"type": "folder", "path": str(tmp_path)}]
    told, _ = collect({}, channels=channels)
    assert [t.key for t in found(told)] == ["file:a.html"]
    source = source_of(*channels)

    async def again():
        held = {str(tmp_path): told[-1].validators}
        return [t async for t in collect_source(source, client_for(), now=NOW, validators=held)]

    assert [t.outcome for t in asyncio.run(again())] == ["unchanged"]
    (tmp_path / "b.txt").write_text("two")
    assert len(found(asyncio.run(again()))) == 2


def test_a_missing_folder_or_archive_is_told_not_raised(tmp_path):
    channels = [
        {"type": "folder", "path": str(tmp_path / "no")},
        {"type": "warc", "path": str(tmp_path / "no.warc")},
    ]
    told, _ = collect({}, channels=channels)
    assert [t.outcome for t in told if isinstance(t, Polled)] == ["FetchFailed"] * 2


# --- many sources -----------------------------------------------------------------------------


def many(server: RawServer, count: int):
    return [
        source_of({"type": "rss", "url": server.url(f"/feed{n}", f"h{n}.example")}, id=f"s{n}")
        for n in range(count)
    ]


def routes_of(count: int) -> dict:
    return {f"/feed{n}": respond(200, feed(entry(n), entry(n + 100))) for n in range(count)} | {
        f"/{m}": page(m) for n in range(count) for m in (n, n + 100)
    }


def collect_many(concurrency: int) -> set[str]:
    async def go():
        async with serving(routes_of(6)) as server, client_for() as client:
            told = collect_sources(many(server, 6), client, now=NOW, concurrency=concurrency)
            # ports differ between servers, so compare what does not hold the address
            return {
                (t.capture.source_id, t.capture.digest) async for t in told if isinstance(t, Found)
            }

    return asyncio.run(go())


def test_many_sources_give_the_same_whatever_runs_at_once():
    assert collect_many(1) == collect_many(6)
    assert len(collect_many(3)) == 12


def test_a_caller_that_stops_early_leaves_nothing_running():
    async def go():
        async with serving(routes_of(6)) as server, client_for() as client:
            told = collect_sources(many(server, 6), client, now=NOW)
            async for _ in told:
                break
            await told.aclose()
            return [task.get_coro().__qualname__ for task in asyncio.all_tasks()]

    assert not any("collect_sources" in name for name in asyncio.run(go()))


def test_a_fault_of_ours_reaches_the_caller():
    def faulty(source_id, key):
        raise ZeroDivisionError

    async def go():
        async with serving(routes_of(3)) as server, client_for() as client:
            async for _ in collect_sources(many(server, 3), client, now=NOW, seen=faulty):
                pass

    with pytest.raises(ZeroDivisionError):
        asyncio.run(go())


def test_no_sources_give_nothing():
    async def go():
        return [t async for t in collect_sources([], client_for(), now=NOW)]

    assert asyncio.run(go()) == []
