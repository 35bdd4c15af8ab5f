"""The guarded client against a server that speaks real HTTP."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from datetime import UTC, datetime

import brotli
import pytest

from lodewire.collect.fetching import Fetched, FetchLimits, FetchPolicy, NotModified, Validators
from lodewire.collect.fetching import user_agent as make_user_agent
from lodewire.collect.http import GuardedClient
from lodewire.errors import (
    BlockedAddress,
    CollectError,
    FetchFailed,
    RateLimited,
    RobotsDisallowed,
    TooLarge,
    TooManyRedirects,
    TooSlow,
)
from tests.collect.server import FakeTime, RawServer, Request, client_for, respond, serving

HOME = FetchPolicy(allow_private=True, robots=False)
ROBOTS = FetchPolicy(allow_private=True)


def run(routes, target="/", *, policy=HOME, time=None, host="127.0.0.1", limits=None, **asked):
    """Serve ``routes``, fetch ``target`` once, return (result, server)."""

    async def go():
        async with serving(routes) as server, client_for(time, **(limits or {})) as client:
            result = await client.fetch(server.url(target, host), policy=policy, **asked)
            return result, server

    return asyncio.run(go())


def test_a_page_comes_back_with_its_bytes_and_headers():
    page = respond(200, b"<p>hi", "Content-Type: Text/HTML; Charset=ISO-8859-1", 'ETag: "a"')
    got, server = run({"/x?q=1": page}, "/x?q=1#part")
    assert isinstance(got, Fetched)
    assert (got.status, got.body, got.media_type) == (200, b"<p>hi", "text/html")
    assert got.charset == "iso-8859-1"
    assert got.validators == Validators(etag='"a"')
    assert got.url == server.url("/x?q=1")
    assert ("etag", '"a"') in got.headers
    assert server.seen[0].headers["user-agent"] == "Lodewire/test (+mailto:test@example.org)"


def test_the_declared_charset_is_kept_even_where_it_is_wrong():
    body = "Größe".encode()
    got, _ = run({"/": respond(200, body, "Content-Type: text/html; charset=x-klingon")})
    assert got.charset == "x-klingon"
    assert got.body == body


def test_the_user_agent_names_its_contact():
    assert make_user_agent("0.1") == "Lodewire/0.1"
    assert make_user_agent("0.1", "a@b.org") == "Lodewire/0.1 (+mailto:a@b.org)"
    assert make_user_agent("0.1", "https://b.org/bot") == "Lodewire/0.1 (+https://b.org/bot)"


def test_cookies_are_neither_kept_nor_sent():
    async def go():
        async with (
            serving({"/": respond(200, b"x", "Set-Cookie: s=1")}) as server,
            client_for() as client,
        ):
            got = await client.fetch(server.url("/"), policy=HOME)
            await client.fetch(server.url("/"), policy=HOME)
            assert "cookie" not in server.seen[1].headers
            assert all(name != "set-cookie" for name, _ in got.headers)

    asyncio.run(go())


def test_proxies_of_the_environment_are_ignored(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    got, _ = run({"/": respond(200, b"direct")})
    assert got.body == b"direct"


# --- conditional requests ---------------------------------------------------------------------


async def conditional(request: Request, writer: asyncio.StreamWriter) -> None:
    same = request.headers.get("if-none-match") == '"v1"' or (
        request.headers.get("if-modified-since") == "Mon, 10 Mar 2025 08:00:00 GMT"
    )
    writer.write(respond(304, length=-1) if same else respond(200, b"new", 'ETag: "v1"'))


@pytest.mark.parametrize(
    "held",
    [
        Validators(etag='"v1"'),
        Validators(last_modified="Mon, 10 Mar 2025 08:00:00 GMT"),
        Validators(etag='"v1"', last_modified="Mon, 10 Mar 2025 08:00:00 GMT"),
    ],
)
def test_a_page_we_hold_is_not_sent_again(held):
    got, _ = run({"/": conditional}, validators=held)
    assert isinstance(got, NotModified)
    assert got.validators == held


def test_a_changed_page_comes_with_new_validators():
    got, _ = run({"/": conditional}, validators=Validators(etag='"v0"'))
    assert isinstance(got, Fetched)
    assert got.validators == Validators(etag='"v1"')


def test_a_304_nobody_asked_for_is_an_error():
    with pytest.raises(FetchFailed) as caught:
        run({"/": respond(304, length=-1)})
    assert caught.value.status == 304


# --- redirects --------------------------------------------------------------------------------


def chain(length: int, status: int = 301) -> dict:
    routes = {f"/{n}": respond(status, b"", f"Location: /{n + 1}") for n in range(length)}
    return {**routes, f"/{length}": respond(200, b"end")}


def test_a_chain_of_permanent_redirects_is_followed_and_told():
    got, server = run(chain(5), "/0")
    assert got.body == b"end"
    assert got.url == got.moved_to == server.url("/5")
    assert got.requested_url == server.url("/0")


def test_a_temporary_redirect_in_the_chain_means_no_move():
    got, _ = run({**chain(2), "/1": respond(302, b"", "Location: /2")}, "/0")
    assert got.body == b"end"
    assert got.moved_to is None


def test_a_chain_too_long_is_an_error():
    with pytest.raises(TooManyRedirects, match="more than 5"):
        run(chain(6), "/0")


def test_a_redirect_loop_is_an_error():
    routes = {"/a": respond(302, b"", "Location: /b"), "/b": respond(302, b"", "Location: /a")}
    with pytest.raises(TooManyRedirects, match="loop"):
        run(routes, "/a")


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "ftp://example.org/x", "gopher://x/", "javascript:alert(1)"],
)
def test_a_redirect_to_another_scheme_is_refused(target):
    with pytest.raises(FetchFailed, match="redirects to"):
        run({"/": respond(302, b"", f"Location: {target}")})


def test_a_redirect_with_credentials_is_refused_without_showing_them():
    with pytest.raises(FetchFailed) as caught:
        run({"/": respond(302, b"", "Location: http://joe:secret@example.org/")})
    assert "secret" not in str(caught.value)


def test_a_redirect_without_location_is_an_error():
    with pytest.raises(FetchFailed, match="answered 302"):
        run({"/": respond(302)})


# --- addresses --------------------------------------------------------------------------------

PUBLIC_HOST = {"news.example": "127.0.0.1", "inner.example": "10.0.0.7"}


def test_loopback_is_refused_unless_the_source_allows_it():
    with pytest.raises(BlockedAddress) as caught:
        run({"/": respond(200)}, policy=FetchPolicy(robots=False))
    assert "allow_private_addresses" in caught.value.hint


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "localhost"]
)
def test_loopback_is_refused_however_it_is_spelled(host):
    async def go():
        client = GuardedClient(user_agent="Lodewire/test", limits=FetchLimits(total_seconds=5))
        async with serving({"/": respond(200)}) as server, client:
            with pytest.raises(BlockedAddress):
                await client.fetch(server.url("/", host), policy=FetchPolicy(robots=False))
            assert server.seen == []

    asyncio.run(go())


def test_a_redirect_to_a_private_address_is_refused(monkeypatch):
    """The first hop counts as public here; the second leads inside and must not be asked."""
    monkeypatch.setattr(
        "lodewire.collect.network.is_public", lambda address: address == "127.0.0.1"
    )

    async def go():
        async with serving() as server, client_for(hosts=PUBLIC_HOST) as client:
            server.routes["/"] = respond(302, b"", "Location: http://inner.example/admin")
            with pytest.raises(BlockedAddress, match=r"inner\.example is at 10\.0\.0\.7"):
                await client.fetch(
                    server.url("/", "news.example"), policy=FetchPolicy(robots=False)
                )
            assert server.targets() == ["/"]

    asyncio.run(go())


def test_a_name_is_looked_up_once_and_the_checked_address_is_used():
    """A second look-up would let a hostile name server swap the address (DNS rebinding)."""
    asked: list[str] = []

    async def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["169.254.169.254"]

    async def go():
        client = GuardedClient(user_agent="Lodewire/test", resolver=rebinding)
        async with serving({"/": respond(200, b"ok")}) as server, client:
            got = await client.fetch(server.url("/", "news.example"), policy=HOME)
            assert got.body == b"ok"
            assert server.seen[0].headers["host"] == f"news.example:{server.port}"

    asyncio.run(go())
    assert asked == ["news.example"]


def test_a_private_connection_is_never_reused_for_a_public_source():
    async def go():
        async with serving({"/": keeps_open}) as server, client_for() as client:
            await client.fetch(server.url("/"), policy=HOME)
            with pytest.raises(BlockedAddress):
                await client.fetch(server.url("/"), policy=FetchPolicy(robots=False))

    asyncio.run(go())


async def keeps_open(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    await writer.drain()
    await asyncio.sleep(0.05)


def test_a_name_that_does_not_resolve_says_so():
    async def go():
        client = GuardedClient(user_agent="Lodewire/test")
        async with client:
            with pytest.raises(FetchFailed, match="does not resolve"):
                await client.fetch("http://no-such-host.invalid/", policy=HOME)

    asyncio.run(go())


@pytest.mark.parametrize(
    "url", ["", "example.org", "http:///x", "http://[::1", "http://a b/", "http://h:99999/", "\x00"]
)
def test_a_broken_address_is_a_clear_error(url):
    async def go():
        async with client_for() as client:
            with pytest.raises(CollectError):
                await client.fetch(url, policy=HOME)

    asyncio.run(go())


# --- time and size ----------------------------------------------------------------------------


async def drips(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    for _ in range(200):
        writer.write(b".")
        await writer.drain()
        await asyncio.sleep(0.02)


async def drips_headers(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    for n in range(200):
        writer.write(b"X-%d: y\r\n" % n)
        await writer.drain()
        await asyncio.sleep(0.02)


@pytest.mark.parametrize("slow", [drips, drips_headers])
def test_a_slow_drip_ends_at_the_total_time(slow):
    with pytest.raises(TooSlow, match=r"0\.2 seconds"):
        run({"/": slow}, limits={"total_seconds": 0.2})


async def endless(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"10000\r\n" + b"x" * 65536 + b"\r\n")
        await writer.drain()


def test_an_endless_body_ends_at_the_size_limit():
    with pytest.raises(TooLarge, match="100,000"):
        run({"/": endless}, limits={"max_body": 100_000})


def test_a_body_declared_too_large_is_not_read():
    with pytest.raises(TooLarge, match="5,000,000,000"):
        run({"/": respond(200, b"x", length=5_000_000_000)})


def test_a_flood_of_headers_is_refused():
    flood = [f"X-{n}: {'y' * 500}" for n in range(150)]
    with pytest.raises(TooLarge, match="headers"):
        run({"/": respond(200, b"x", *flood)})
    with pytest.raises(CollectError):
        run({"/": respond(200, b"x", *flood * 20)}, limits={"retries": 0})


# --- compression ------------------------------------------------------------------------------

TEXT = b"".join(b"%d," % (n * n) for n in range(5000))


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(TEXT)),
        ("x-gzip", gzip.compress(TEXT[:99]) + gzip.compress(TEXT[99:]) + b"\0\0"),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
        ("br", brotli.compress(TEXT)),
        ("gzip, br", brotli.compress(gzip.compress(TEXT))),
        ("identity", TEXT),
    ],
)
def test_encoded_bodies_are_decoded(encoding, body):
    got, server = run({"/": respond(200, body, f"Content-Encoding: {encoding}")})
    assert got.body == TEXT
    assert server.seen[0].headers["accept-encoding"] == "gzip, deflate, br"


ZEROS = bytes(30_000_000)


@pytest.mark.parametrize(
    ("encoding", "bomb"),
    [
        ("gzip", gzip.compress(ZEROS, 1)),
        ("br", brotli.compress(ZEROS, quality=1)),
        ("deflate", zlib.compress(ZEROS, 1)),
        ("gzip, gzip", gzip.compress(gzip.compress(ZEROS, 1))),
    ],
)
def test_a_compression_bomb_is_refused_before_it_unfolds(encoding, bomb):
    with pytest.raises(TooLarge):
        run({"/": respond(200, bomb, f"Content-Encoding: {encoding}")})


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", b"this is not gzip"),
        ("gzip", gzip.compress(TEXT)[:-30]),
        ("br", b"\xff\xfe\xfd\xfc" * 10),
        ("br", brotli.compress(TEXT)[:-5]),
        ("deflate", b"\x78"),
        ("zstd", b"x"),
        ("gzip, gzip, gzip", b"x"),
    ],
)
def test_a_damaged_or_unasked_encoding_is_a_clear_error(encoding, body):
    with pytest.raises(FetchFailed):
        run({"/": respond(200, body, f"Content-Encoding: {encoding}")})


# --- broken servers ---------------------------------------------------------------------------


def test_a_drop_in_the_body_is_tried_again_then_told():
    time = FakeTime()
    with pytest.raises(FetchFailed, match="broke off"):
        run({"/": respond(200, b"half", length=4000)}, time=time)
    assert time.slept == [2.0, 4.0]


def test_a_drop_heals_when_the_next_answer_is_whole():
    answers = [respond(200, b"half", length=4000), respond(200, b"whole")]

    async def heals(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(answers.pop(0))

    got, _ = run({"/": heals})
    assert got.body == b"whole"


def test_a_body_longer_than_declared_is_cut_at_its_length():
    got, _ = run({"/": respond(200, b"abcdef", length=3)})
    assert got.body == b"abc"


@pytest.mark.parametrize(
    "rubbish",
    [b"", b"hello\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"\x00" * 500, b"SSH-2.0-x\r\n" * 20],
)
def test_what_is_not_http_is_a_clear_error(rubbish):
    with pytest.raises(FetchFailed):
        run({"/": rubbish}, limits={"retries": 0})


def test_a_head_request_has_no_body():
    got, server = run({"/": respond(200, b"", length=12345)}, method="HEAD")
    assert got.body == b""
    assert server.seen[0].method == "HEAD"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451, 500])
def test_a_refusal_carries_its_status_and_is_not_repeated(status):
    time = FakeTime()
    with pytest.raises(FetchFailed) as caught:
        run({"/": respond(status)}, time=time)
    assert caught.value.status == status
    assert caught.value.hint
    assert time.slept == []


# --- come back later --------------------------------------------------------------------------


def later(*replies: bytes):
    answers = list(replies)

    async def reply(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(answers.pop(0))

    return reply


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_waited_for(status):
    time = FakeTime()
    busy = respond(status, b"", "Retry-After: 7")
    got, _ = run({"/": later(busy, respond(200, b"ok"))}, time=time)
    assert got.body == b"ok"
    assert time.slept == [7.0]


def test_retry_after_may_be_a_date():
    time = FakeTime()
    busy = respond(429, b"", "Retry-After: Mon, 10 Mar 2025 08:00:20 GMT")

    async def go():
        client = client_for(time)
        client._wall = lambda: datetime(2025, 3, 10, 8, 0, 5, tzinfo=UTC)
        async with serving({"/": later(busy, respond(200, b"ok"))}) as server, client:
            await client.fetch(server.url("/"), policy=HOME)

    asyncio.run(go())
    assert time.slept == [15.0]


def test_a_wait_longer_than_a_run_is_an_error_and_holds_the_host():
    async def go():
        async with (
            serving({"/": respond(429, b"", "Retry-After: 3600"), "/b": respond(200)}) as server,
            client_for() as client,
        ):
            with pytest.raises(RateLimited) as caught:
                await client.fetch(server.url("/"), policy=HOME)
            assert caught.value.retry_after == 3600
            with pytest.raises(RateLimited):
                await client.fetch(server.url("/b"), policy=HOME)
            assert server.targets() == ["/"]

    asyncio.run(go())


def test_retries_are_bounded_and_back_off():
    time = FakeTime()
    with pytest.raises(RateLimited) as caught:
        run({"/": respond(503)}, time=time)
    assert caught.value.retry_after is None
    assert time.slept == [2.0, 4.0]


@pytest.mark.parametrize("value", ["", "soon", "-5", "1e99", "Mon, 99 Foo 2025", "9" * 400])
def test_a_senseless_retry_after_does_no_harm(value):
    with pytest.raises(RateLimited):
        run({"/": respond(429, b"", f"Retry-After: {value}")})


# --- robots.txt -------------------------------------------------------------------------------


def robots(text: str) -> dict:
    return {"/robots.txt": respond(200, text.encode()), "/a": respond(200, b"a")}


def test_a_page_that_robots_forbids_is_not_asked_for():
    with pytest.raises(RobotsDisallowed, match="forbids"):
        run(robots("User-agent: *\nDisallow: /a"), "/a", policy=ROBOTS)


def test_rules_for_others_do_not_concern_us():
    got, _ = run(robots("User-agent: Googlebot\nDisallow: /"), "/a", policy=ROBOTS)
    assert got.body == b"a"


def test_rules_that_name_us_go_before_the_general_ones():
    rules = "User-agent: *\nDisallow: /\n\nUser-agent: LodeWire\nAllow: /"
    got, _ = run(robots(rules), "/a", policy=ROBOTS)
    assert got.body == b"a"


@pytest.mark.parametrize("status", [404, 403, 410])
def test_no_robots_file_means_all_is_allowed(status):
    got, _ = run({"/robots.txt": respond(status), "/a": respond(200, b"a")}, "/a", policy=ROBOTS)
    assert got.body == b"a"


@pytest.mark.parametrize(
    "reply", [respond(500), respond(503), respond(429), respond(200, b"x", length=99), drips]
)
def test_a_robots_file_that_cannot_be_had_forbids_for_now(reply):
    async def go():
        time = FakeTime()
        async with (
            serving({"/robots.txt": reply, "/a": respond(200, b"a")}) as server,
            client_for(time, total_seconds=0.2) as client,
        ):
            with pytest.raises(RobotsDisallowed, match="could not be read"):
                await client.fetch(server.url("/a"), policy=ROBOTS)
            with pytest.raises(RobotsDisallowed):
                await client.fetch(server.url("/a"), policy=ROBOTS)
            assert server.targets() == ["/robots.txt"]
            server.routes["/robots.txt"] = respond(404)
            time.now += 601
            assert (await client.fetch(server.url("/a"), policy=ROBOTS)).body == b"a"

    asyncio.run(go())


def test_robots_is_fetched_once_a_host_even_by_many_at_once():
    async def go():
        async with serving(robots("User-agent: *\nAllow: /")) as server, client_for() as client:
            await asyncio.gather(*(client.fetch(server.url("/a"), policy=ROBOTS) for _ in range(5)))
            assert server.targets().count("/robots.txt") == 1

    asyncio.run(go())


def test_a_redirected_page_is_checked_against_the_robots_of_each_hop():
    async def go():
        async with serving() as first, serving(robots("User-agent: *\nDisallow: /a")) as second:
            first.routes["/"] = respond(302, b"", f"Location: {second.url('/a')}")
            async with client_for() as client:
                with pytest.raises(RobotsDisallowed):
                    await client.fetch(first.url("/"), policy=ROBOTS)
            assert second.targets() == ["/robots.txt"]

    asyncio.run(go())


def test_a_robots_file_behind_a_redirect_is_read():
    routes = {
        "/robots.txt": respond(301, b"", "Location: /real"),
        "/real": respond(200, b"User-agent: *\nDisallow: /"),
    }
    with pytest.raises(RobotsDisallowed, match="forbids"):
        run(routes, "/a", policy=ROBOTS)


def test_a_huge_robots_file_is_read_up_to_its_limit():
    text = "User-agent: *\nDisallow: /a\n" + "# padding\n" * 100_000
    with pytest.raises(RobotsDisallowed, match="forbids"):
        run(robots(text), "/a", policy=ROBOTS)


def test_a_host_that_is_away_is_said_to_be_away_not_to_forbid():
    async def go():
        async with GuardedClient(user_agent="Lodewire/test") as client:
            with pytest.raises(FetchFailed, match=r"invalid/a: the name .* does not resolve"):
                await client.fetch("http://no-such-host.invalid/a", policy=ROBOTS)
            with pytest.raises(FetchFailed, match="cannot connect"):
                await client.fetch("http://127.0.0.1:1/a", policy=ROBOTS)

    asyncio.run(go())


def test_a_robots_file_on_a_private_address_tells_the_true_reason():
    with pytest.raises(BlockedAddress):
        run(robots("User-agent: *\nAllow: /"), "/a", policy=FetchPolicy())


# --- politeness -------------------------------------------------------------------------------


def pace(rules: str, policy: FetchPolicy, **limits: float) -> list[float]:
    time = FakeTime()

    async def go(server: RawServer) -> None:
        async with client_for(time, **limits) as client:
            for _ in range(3):
                await client.fetch(server.url("/a"), policy=policy)

    async def start():
        async with serving(robots(rules)) as server:
            await go(server)

    asyncio.run(start())
    return time.slept


def test_requests_to_one_host_keep_their_distance():
    assert pace("", HOME, min_delay=1.5) == [1.5, 1.5]
    assert pace("", FetchPolicy(allow_private=True, robots=False, min_delay=3)) == [3, 3]


def test_crawl_delay_and_request_rate_are_kept():
    assert pace("User-agent: *\nCrawl-delay: 4", ROBOTS) == [4, 4]
    assert pace("User-agent: *\nRequest-rate: 1/6", ROBOTS) == [6, 6]


def test_a_crawl_delay_longer_than_a_run_waits_ends_the_fetching():
    with pytest.raises(RateLimited, match="left alone"):
        pace("User-agent: *\nCrawl-delay: 500", ROBOTS)


def test_one_host_is_asked_one_at_a_time_and_all_hosts_within_the_limit():
    running = {"now": 0, "most": 0}

    async def counted(request: Request, writer: asyncio.StreamWriter) -> None:
        running["now"] += 1
        running["most"] = max(running["most"], running["now"])
        await asyncio.sleep(0.02)
        running["now"] -= 1
        writer.write(respond(200, b"x"))

    async def most(hosts: list[str], **limits: float) -> int:
        running["most"] = 0
        async with serving({"/": counted}) as server, client_for(**limits) as client:
            await asyncio.gather(
                *(client.fetch(server.url("/", host), policy=HOME) for host in hosts)
            )
        return running["most"]

    many = [f"h{n}.example" for n in range(8)]
    assert asyncio.run(most(["one.example"] * 6)) == 1
    assert asyncio.run(most(["one.example"] * 6, per_host=2)) == 2
    assert asyncio.run(most(many, concurrency=3)) == 3
