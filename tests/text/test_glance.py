"""A glance sees roughly what a page says, and tells where only reading would."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.model.capture import Capture, FeedEntry
from lodewire.model.ids import SourceId
from lodewire.text.glance import glance, is_page

STORY = (
    "The smelter at Altonorte has stopped its furnace, the company said on Wednesday, and copper "
    "shipments to customers in Asia are held back until it runs again. "
) * 6
URL = "https://news.example/2025/smelter"


def capture(body: bytes, url: str = URL) -> Capture:
    return Capture(
        source_id=SourceId("x"),
        requested_url=url,
        url=url,
        fetched_at=datetime(2025, 3, 28, tzinfo=UTC),
        body=body,
    )


def article(text: str, rest: str = "") -> Capture:
    page = f"<html><head><title>A furnace stops</title></head><body><article><p>{text}</p>"
    return capture(f"{page}</article>{rest}</body></html>".encode())


def test_title_and_text_are_seen() -> None:
    """What the page is about is there, in words that a search for names can find."""
    seen = glance(article(STORY))
    assert seen is not None
    assert seen.startswith("A furnace stops\n")
    assert "copper shipments to customers" in seen


def test_menus_and_footers_of_a_page_with_an_article_are_not() -> None:
    """A link about lithium in the margin does not make a page one about lithium."""
    seen = glance(article(STORY, "<footer><nav><a href=/l>Lithium supply news</a></nav></footer>"))
    assert seen is not None
    assert "Lithium" not in seen


def test_a_body_that_only_json_ld_holds_is_seen() -> None:
    """A wall of scripts hides the text, the declaration gives it."""
    told = json.dumps({"articleBody": STORY})
    script = f'<script type="application/ld+json">{told}</script>'
    seen = glance(article("", script))
    assert seen is not None
    assert "Altonorte" in seen


def test_what_is_no_page_is_left_to_reading() -> None:
    """PDF, text, images, and entries that carry their own words."""
    assert glance(capture(b"%PDF-1.7 ...", "https://a.example/x.pdf")) is None
    assert glance(capture(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))) is None
    assert glance(capture(b"")) is None
    entry = FeedEntry(title="News", content_html=f"<p>{STORY}</p>")
    assert not is_page(replace(article(STORY), entry=entry))


@given(st.binary(max_size=3_000), st.sampled_from([b"", b"<html><body><p>"]))
def test_no_bytes_make_it_fail(body: bytes, before: bytes) -> None:
    """Whatever a crawl brings."""
    glance(capture(before + body))


@pytest.mark.parametrize("markup", ["<div>" * 60_000, "<a " + "x=1 " * 40_000 + ">"])
def test_hostile_markup_is_seen_in_no_time(markup: str) -> None:
    """Depths and attributes that keep a parser busy are taken out first."""
    seen = glance(article(STORY, markup))
    assert seen is not None
    assert "Altonorte" in seen
