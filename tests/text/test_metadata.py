"""What pages declare, in all the ways they declare it."""

from __future__ import annotations

from datetime import date

import pytest

from lodewire.text.metadata import PageMetadata, read_metadata
from lodewire.text.scan import scan

URL = "https://www.example.com/news/tin"


def read(head: str, body: str = "", url: str = URL) -> PageMetadata:
    return read_metadata(scan(f"<html><head>{head}</head><body>{body}</body></html>"), url)


def ld(json: str) -> str:
    return f'<script type="application/ld+json">{json}</script>'


ARTICLE = (
    '{"@type":"NewsArticle","headline":"Tin mine '
    'opens","datePublished":"2024-05-02T10:00:00+01:00"}'
)
BROKEN = [
    ARTICLE,
    f"[{ARTICLE}]",
    f'{{"@graph":[{{"@type":"WebSite","name":"E"}},{ARTICLE}]}}',
    f"<!-- {ARTICLE} -->",
    f"//<![CDATA[\n{ARTICLE}\n//]]>",
    ARTICLE.replace('"}', '",}'),
    ARTICLE.replace("Tin mine", "Tin\nmine"),
    ARTICLE + ARTICLE,
    ARTICLE + ";",
    ARTICLE.replace('"NewsArticle"', '["NewsArticle","Report"]'),
    ARTICLE.replace("NewsArticle", "https://schema.org/NewsArticle"),
    ARTICLE.replace('"headline"', 'oops "headline"'),
    ARTICLE[:-1],
]


@pytest.mark.parametrize("script", BROKEN)
def test_json_ld_is_read_however_it_is_written(script: str) -> None:
    metadata = read(ld(script))
    assert metadata.title == "Tin mine opens"
    assert metadata.published is not None
    assert (metadata.published.day, metadata.published_source) == (date(2024, 5, 2), "json-ld")


@pytest.mark.parametrize(
    "script", ["", "null", "{", "[[[[", "42", '"x"', '{"@type":5}', '{"@graph":"x"}']
)
def test_json_ld_that_says_nothing_is_passed_over(script: str) -> None:
    assert read(ld(script)).published is None


def test_the_node_of_this_page_is_chosen_among_several() -> None:
    other = ARTICLE.replace("Tin mine opens", "Other").replace("2024", "2020")
    mine = ARTICLE.replace('"}', f'","url":"{URL}/"}}')
    assert read(ld(f"[{other},{mine}]")).title == "Tin mine opens"
    assert read(ld(f"[{other},{ARTICLE}]"), "<h1>Tin mine opens</h1>").title == "Tin mine opens"
    assert read(ld(f"[{other},{ARTICLE}]")).published is None, "neither can be told to be this page"


PUBLISHED = [
    ('<meta property="article:published_time" content="2024-05-02T10:00Z">', "opengraph"),
    ('<meta name="dc.date" content="2024-05-02">', "meta"),
    ('<meta name="DC.Date.Issued" content="2024-05-02">', "meta"),
    ('<meta name="parsely-pub-date" content="2024-05-02T10:00:00Z">', "meta"),
    ('<meta name="sailthru.date" content="Thu, 02 May 2024 10:00:00 -0400">', "meta"),
    ('<meta itemprop="datePublished" content="2024-05-02">', "meta"),
    ('<meta name="pubdate" content="20240502">', "meta"),
    ('<meta name="citation_publication_date" content="2024/05/02">', "meta"),
]


@pytest.mark.parametrize(("head", "source"), PUBLISHED)
def test_the_day_is_read_from_every_usual_declaration(head: str, source: str) -> None:
    metadata = read(head)
    assert metadata.published is not None
    assert (metadata.published.day, metadata.published_source) == (date(2024, 5, 2), source)


TIMES = [
    '<time datetime="2024-05-02T10:00">2 May</time>',
    '<time class="entry-date published" datetime="2024-05-02">x</time>'
    + "<time>3 May 2024</time>" * 5,
    "<time pubdate>2 May 2024</time>",
    '<span itemprop="datePublished">2 May 2024</span>',
]


@pytest.mark.parametrize("body", TIMES)
def test_time_elements_serve_where_nothing_is_declared(body: str) -> None:
    metadata = read("", body)
    assert metadata.published is not None
    assert metadata.published.day == date(2024, 5, 2)


def test_many_times_of_different_days_say_nothing() -> None:
    body = "".join(f'<time datetime="2024-05-0{n}">x</time>' for n in range(1, 6))
    assert read("", body).published is None


def test_authors_are_names_and_never_addresses() -> None:
    node = ARTICLE.replace('"}', '","author":[{"name":"Jane Doe"},"John Roe","https://x.com/jr"]}')
    assert read(ld(node)).authors == ("Jane Doe", "John Roe")
    assert read('<meta name="author" content="By Jane Doe and John Roe">').authors == (
        "Jane Doe",
        "John Roe",
    )
    assert read('<meta property="article:author" content="https://facebook.com/x">').authors == ()


def test_the_canonical_address_is_taken_from_the_same_site_only() -> None:
    assert (
        read('<link rel="canonical" href="/news/tin-2">').url
        == "https://www.example.com/news/tin-2"
    )
    assert (
        read('<link rel="canonical" href="https://m.example.com/t">').url
        == "https://m.example.com/t"
    )
    assert read('<link rel="canonical" href="https://evil.test/t">').url is None
    assert read('<link rel="canonical" href="https://www.example.com/">').url is None
    assert read('<meta property="og:url" content="https://www.example.com/og">').url == (
        "https://www.example.com/og"
    )
    assert read('<link rel="canonical" href="http://[::1">').url is None


def test_language_site_kind_and_description_are_read() -> None:
    head = """<meta property="og:site_name" content="Example Metals">
    <meta property="og:locale" content="de_DE">
    <meta property="og:type" content="article"><meta name="description" content="A tin  mine">"""
    metadata = read(head)
    assert (metadata.site, metadata.language) == ("Example Metals", "de")
    assert (metadata.kind, metadata.description) == ("article", "A tin mine")


def test_an_empty_page_declares_nothing() -> None:
    metadata = read("")
    assert (metadata.title, metadata.published, metadata.authors, metadata.url) == (
        None,
        None,
        (),
        None,
    )
