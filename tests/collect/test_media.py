"""Media types and charsets as declared, by name, and by the first bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.collect.media import media_type_of, parse_content_type, sniff


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ("text/html", ("text/html", None)),
        ('Text/HTML; charset="UTF-8"', ("text/html", "utf-8")),
        ("text/html;charset=shift_jis; x=1", ("text/html", "shift_jis")),
        ("application/rss+xml; Charset='utf-8'", ("application/rss+xml", "'utf-8'")),
        ("rubbish", (None, None)),
        ("", (None, None)),
        (None, (None, None)),
        ("text/html; charset=", ("text/html", None)),
    ],
)
def test_content_types_are_parted(value, parts):
    assert parse_content_type(value) == parts


@given(st.text(max_size=200))
def test_any_header_can_be_parted(value):
    media_type, charset = parse_content_type(value)
    assert media_type is None or "/" in media_type
    assert charset is None or charset == charset.lower()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"%PDF-1.7", "application/pdf"),
        (b"\xef\xbb\xbf<!DOCTYPE HTML>", "text/html"),
        (b"<?xml version='1.0'?><rss/>", "application/rss+xml"),
        (b"<?xml version='1.0'?><feed xmlns='x'/>", "application/atom+xml"),
        (b"<rdf:RDF/>", "application/rss+xml"),
        (b"<?xml version='1.0'?><urlset/>", "application/xml"),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "application/feed+json"),
        (b"<p>bare", "text/html"),
        (b"Plain words.", "text/plain"),
        (b"\x00\x01\x02", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_the_first_bytes_show_the_type(body, kind):
    assert sniff(body) == kind


def test_the_declared_type_goes_first_then_the_name_then_the_bytes():
    assert media_type_of("text/html", "a.pdf", b"%PDF-") == "text/html"
    assert media_type_of(None, "https://e.org/a.PDF", b"x") == "application/pdf"
    assert media_type_of("application/octet-stream", "a", b"%PDF-") == "application/pdf"
