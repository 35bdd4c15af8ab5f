"""Links of list pages, and feeds that a page announces."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lodewire.collect.page import MAX_LINKS, find_feeds, find_links

URL = "https://example.org/news/"


def links(body: str, pattern: str = "/news/") -> dict[str, str | None]:
    return {e.link: e.title for e in find_links(body.encode(), url=URL, pattern=pattern)}


def test_matching_links_come_in_page_order_with_their_longest_text():
    body = """<a href="b">Second <b>thing</b></a><a href="/news/a"><img></a><a href="/about">x</a>
    <a href="a">First thing</a><a href="https://example.org/news/#top">Top</a>
    <a href="mailto:x@y.org">m</a><a href="https://other.org/news/c">Else</a>"""
    assert links(body) == {
        "https://example.org/news/b": "Second thing",
        "https://example.org/news/a": "First thing",
        "https://other.org/news/c": "Else",
    }


def test_the_base_of_the_page_counts():
    assert links('<base href="https://cdn.org/news/"><a href="x">X</a>') == {
        "https://cdn.org/news/x": "X"
    }


def test_a_page_of_endless_links_is_cut():
    assert len(links("".join(f'<a href="{n}">x</a>' for n in range(2000)))) == MAX_LINKS


def test_announced_feeds_are_found_with_their_type():
    body = b"""<link rel="alternate" type="application/rss+xml" href="/feed">
    <link rel="ALTERNATE home" type="application/atom+xml" href="https://example.org/atom">
    <link rel="stylesheet" type="application/rss+xml" href="/x">
    <link rel="alternate" type="application/feed+json" href="feed.json">
    <link rel="alternate" hreflang="de" href="/de">
    <link rel="alternate" type="text/html" href="/h">"""
    assert find_feeds(body, url=URL) == (
        ("rss", "https://example.org/feed"),
        ("atom", "https://example.org/atom"),
        ("json_feed", "https://example.org/news/feed.json"),
    )


@given(st.binary(max_size=300))
def test_any_bytes_can_be_looked_through(body):
    assert isinstance(find_links(b'<a href="' + body, url=URL, pattern="."), tuple)
    assert isinstance(find_feeds(b"<link " + body, url=URL), tuple)
