"""The sample server speaks plain HTTP, and turns links without touching what pages declare."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.samples import newsroom_path
from lodewire.samples.server import local_url, localise, public_url, serve

FEED = "/lode-sample-wire.example/feed.atom"
NOTICES = "/specimen-notices.example/notices"
PDF = "/sample-exchange.example/announcements/2025/pdn-20250326-guidance"
STORY = "/lode-sample-wire.example/story/japan-namibia-rare-earths"


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of one exchange, redirects not followed."""
    named = {k.replace("_", "-"): v for k, v in headers.items()}
    try:
        with build_opener(_NoRedirect).open(Request(url, headers=named), timeout=5) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except HTTPError as answer:
        return answer.code, dict(answer.headers), answer.read()


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with serve(newsroom_path() / "www") as url:
        yield url


def test_a_feed_leads_to_pages_on_the_same_server(base: str) -> None:
    status, headers, body = get(base + FEED)
    assert (status, headers["Content-Type"]) == (200, "application/atom+xml")
    entries = feedparser.parse(body).entries
    assert len(entries) >= 10
    assert all(entry.link.startswith(base) for entry in entries)
    assert get(entries[0].link)[0] == 200


def test_a_page_keeps_the_address_it_declares(base: str) -> None:
    page = get(base + STORY)[2].decode()
    own = "https://lode-sample-wire.example/story/japan-namibia-rare-earths"
    assert f'<link rel="canonical" href="{own}">' in page
    assert f'"mainEntityOfPage": "{own}"' in page
    assert f'<meta property="og:url" content="{own}">' in page
    assert f'<a class="lsw-logo" href="{base}/lode-sample-wire.example/">' in page


def test_what_has_not_changed_is_not_sent_again(base: str) -> None:
    _, headers, _ = get(base + FEED)
    for condition in (
        {"If_None_Match": headers["ETag"]},
        {"If_None_Match": f'"other", W/{headers["ETag"]}'},
        {"If_Modified_Since": headers["Last-Modified"]},
    ):
        status, again, body = get(base + FEED, **condition)
        assert (status, body) == (304, b"")
        assert again["ETag"] == headers["ETag"]
    assert get(base + FEED, If_None_Match='"stale"')[0] == 200
    assert get(base + FEED, If_Modified_Since="not a date")[0] == 200


def test_a_folder_without_its_slash_is_redirected(base: str) -> None:
    status, headers, _ = get(base + "/sample-metals-daily.example/feed")
    assert (status, headers["Location"]) == (301, "/sample-metals-daily.example/feed/")
    assert get(base + headers["Location"])[1]["Content-Type"] == "application/rss+xml"


@pytest.mark.parametrize(
    ("path", "type_"),
    [
        (
            "/mihon-shigen.example/news/20230810-jogmec-epangelo.html",
            "text/html; charset=shift_jis",
        ),
        ("/specimen-notices.example/notices.rss", "application/rss+xml"),
        ("/gazette-exemple.example/backend.rdf", "application/rdf+xml"),
        ("/sample-exchange.example/announcements.json", "application/feed+json"),
        ("/model-defence-journal.example/sitemap-news.xml", "application/xml"),
        (
            "/sample-exchange.example/announcements/2025/pdn-20250326-guidance.pdf",
            "application/pdf",
        ),
        ("/robots.txt", "text/plain; charset=utf-8"),
    ],
)
def test_media_types_are_what_such_servers_send(base: str, path: str, type_: str) -> None:
    status, headers, _ = get(base + path)
    assert (status, headers["Content-Type"]) == (200, type_)


@pytest.mark.parametrize(
    "path", ["/nothing", "/../manifest.csv", "/%2e%2e/manifest.csv", "/a%00b", "//etc/passwd"]
)
def test_nothing_outside_the_folder_is_served(base: str, path: str) -> None:
    assert get(base + path)[0] == 404


def test_head_has_the_headers_and_no_body(base: str) -> None:
    with socket.create_connection(("127.0.0.1", int(base.rpartition(":")[2])), timeout=5) as line:
        line.sendall(f"HEAD {FEED} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200")
    assert b"ETag:" in head
    assert body == b""


def test_bytes_can_be_served_as_they_lie() -> None:
    www = newsroom_path() / "www"
    with serve(www, rewrite=False) as base:
        assert get(base + FEED)[2] == (www / FEED.lstrip("/")).read_bytes()


def test_the_server_is_gone_when_the_block_is_left(tmp_path: Path) -> None:
    (tmp_path / "a.example").mkdir()
    before = threading.active_count()
    with serve(tmp_path) as base:
        port = int(base.rpartition(":")[2])
        assert get(base + "/x")[0] == 404
    assert threading.active_count() == before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=1)


def test_a_block_left_by_an_error_stops_the_server_too(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="demo failed"), serve(tmp_path) as base:
        raise RuntimeError("demo failed")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", int(base.rpartition(":")[2])), timeout=1)


def test_only_known_hosts_are_turned() -> None:
    body = (
        b'<a href="https://a.example/x">1</a> <a href="https://b.example/">2</a> https://a.example'
    )
    turned = localise(body, "http://127.0.0.1:9", {"a.example"})
    assert turned == (
        b'<a href="http://127.0.0.1:9/a.example/x">1</a> <a href="https://b.example/">2</a>'
        b" https://a.example"
    )


def test_addresses_go_there_and_back() -> None:
    base = "http://127.0.0.1:8123"
    url = "https://sample-herald.example/business/x#p"
    assert local_url(url, base) == f"{base}/sample-herald.example/business/x#p"
    assert public_url(local_url(url, base), base) == url
    for other in ("https://example.org/a", "http://a.example/", f"{base}/robots.txt", "mailto:a@b"):
        assert public_url(local_url(other, base), base) == other


@given(st.binary(max_size=400))
def test_any_bytes_can_be_turned(body: bytes) -> None:
    """Bodies without an address of the newsroom come back as they were."""
    assert localise(body, "http://127.0.0.1:1", {"a.example"}) == body
