"""Sitemaps: news, index, compressed, broken, hostile."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.collect.sitemap import parse_sitemap
from lodewire.errors import BrokenFile, EmptyPage, LodewireError, UnsupportedFormat

URL = "https://example.org/sitemap.xml"
NEWS = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<!-- made by a machine -->
<url><loc>https://example.org/tin</loc><image:image><image:loc>https://example.org/i.png</image:loc>
<image:title>A picture</image:title></image:image>
<news:news><news:publication><news:name>Ore</news:name><news:language>fr</news:language>
</news:publication><news:publication_date>2025-03-10T09:00:00+09:00</news:publication_date>
<news:title>Tin &amp; zinc</news:title><news:keywords>tin, zinc</news:keywords></news:news></url>
<url><loc>/zinc</loc><lastmod>2025-03-09</lastmod></url>
<url><loc>javascript:alert(1)</loc></url><url><loc>https://example.org/tin</loc></url></urlset>"""


def test_a_news_sitemap_gives_entries():
    sitemap = parse_sitemap(NEWS, url=URL)
    first, second = sitemap.entries
    assert first.link == "https://example.org/tin"
    assert second.link == "https://example.org/zinc"
    assert second.updated == datetime(2025, 3, 9, tzinfo=UTC)
    assert sitemap.notes == ()


def test_the_title_of_a_picture_is_not_the_title_of_the_news():
    first = parse_sitemap(NEWS, url=URL).entries[0]
    assert first.title == "Tin & zinc"
    assert first.published == datetime(2025, 3, 10, tzinfo=UTC)
    assert first.language == "fr"
    assert first.categories == ("tin", "zinc")


def test_an_index_gives_its_children():
    body = (
        b"<sitemapindex><sitemap><loc>/a.xml.gz</loc><lastmod>2025-03-10</lastmod></sitemap>"
        b"<sitemap><loc>b.xml</loc></sitemap></sitemapindex>"
    )
    sitemap = parse_sitemap(body, url=URL)
    assert [child.link for child in sitemap.children] == [
        "https://example.org/a.xml.gz",
        "https://example.org/b.xml",
    ]
    assert sitemap.entries == ()


def test_a_compressed_sitemap_is_read():
    assert len(parse_sitemap(gzip.compress(NEWS), url=URL).entries) == 2


def test_a_sitemap_cut_off_gives_what_came_and_a_note():
    sitemap = parse_sitemap(NEWS[:-120], url=URL)
    assert len(sitemap.entries) == 2
    assert sitemap.notes


def test_more_addresses_than_allowed_are_cut_with_a_note():
    body = b"<urlset>" + b"".join(b"<url><loc>/%d</loc></url>" % n for n in range(50_010))
    sitemap = parse_sitemap(body + b"</urlset>", url=URL)
    assert len(sitemap.entries) == 50_000
    assert "50,000" in sitemap.notes[0]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", EmptyPage),
        (b"<html><body/></html>", UnsupportedFormat),
        (b"<rss version='2.0'/>", UnsupportedFormat),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><urlset/>', BrokenFile),
        (gzip.compress(bytes(60_000_000), 1), BrokenFile),
        (b"\x1f\x8bnot gzip", BrokenFile),
        (gzip.compress(NEWS)[:-50], BrokenFile),
    ],
)
def test_what_is_no_sitemap_is_a_clear_error(body, kind):
    with pytest.raises(kind, match="example"):
        parse_sitemap(body, url=URL)


@given(st.binary(max_size=200))
def test_any_bytes_give_a_sitemap_or_a_clear_error(body):
    for prefix in (b"", b"<urlset><url><loc>", b"\x1f\x8b"):
        try:
            parse_sitemap(prefix + body, url=URL)
        except LodewireError:
            continue  # any other kind of error fails the test
