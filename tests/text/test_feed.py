"""Feed entries and feed files."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from lodewire.errors import BrokenFile, EmptyPage
from lodewire.model.capture import FeedEntry
from lodewire.model.vocabulary import DocumentRole
from lodewire.text.reader import read_capture
from tests.text import pages

SUMMARY = (
    "<p>Indonesia will cut its nickel ore quota to 150 million tonnes in 2026, the energy "
    'ministry said.</p><p>The post <a href="https://x">Nickel quota</a> appeared first on '
    '<a href="https://y">Metals</a>.</p>'
)
ENTRY = FeedEntry(
    title="Indonesia to cut nickel quota",
    link="https://www.example-metals.com/nickel",
    published=datetime(2025, 11, 18, 22, 0, tzinfo=UTC),
    summary_html=SUMMARY,
    authors=("Jane Doe",),
    language="en",
)
RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Example Metals</title>
<language>en-us</language>
<item><title>Indonesia to cut nickel quota</title>
<link>https://www.example-metals.com/nickel</link>
<pubDate>Tue, 18 Nov 2025 22:00:00 +0700</pubDate>
<description><![CDATA[{SUMMARY}]]></description></item>
<item><title>Bare link</title><link>https://www.example-metals.com/bare</link></item>
</channel></rss>"""


def test_an_entry_without_a_page_gives_its_summary_as_a_teaser() -> None:
    (document,) = read_capture(pages.capture(b"", entry=ENTRY))
    assert document.role is DocumentRole.TEASER
    assert document.title == "Indonesia to cut nickel quota"
    assert document.url == "https://www.example-metals.com/nickel"
    assert (document.published, document.date_source) == (date(2025, 11, 18), "feed")
    assert document.text.startswith("Indonesia will cut its nickel ore quota")
    assert "appeared first" not in document.text


def test_a_body_that_is_the_feed_itself_gives_the_entry() -> None:
    capture = pages.capture(RSS, media_type="application/rss+xml", entry=ENTRY)
    (document,) = read_capture(capture)
    assert document.title == "Indonesia to cut nickel quota"
    assert document.authors == ("Jane Doe",)


def test_a_body_that_is_a_fragment_of_the_feed_is_read_whole() -> None:
    (document,) = read_capture(pages.capture(SUMMARY, entry=ENTRY))
    assert document.text.startswith("Indonesia will cut")
    assert document.date_source == "feed"


def test_the_page_of_an_entry_comes_first_and_the_feed_fills_its_gaps() -> None:
    html = (
        "<html><body><article><h1>Indonesia to cut nickel quota</h1><p>The quota will fall "
        "to 150 million tonnes of ore, officials said in Jakarta.</p></article></body></html>"
    )
    (document,) = read_capture(pages.capture(html, entry=ENTRY))
    assert "officials said in Jakarta" in document.text
    assert (document.published, document.date_source) == (date(2025, 11, 18), "feed")
    assert document.authors == ("Jane Doe",)


def test_a_page_that_hides_its_text_is_read_from_the_feed_and_noted() -> None:
    html = "<html><body><div id=app></div></body></html>"
    (document,) = read_capture(pages.capture(html, entry=ENTRY))
    assert document.text.startswith("Indonesia will cut")
    assert any("feed" in note for note in document.notes)


def test_a_feed_file_gives_a_document_for_each_entry_with_text() -> None:
    (document,) = read_capture(pages.capture(RSS, media_type="text/xml"))
    assert document.title == "Indonesia to cut nickel quota"
    assert document.published == date(2025, 11, 18)
    assert document.published_at == datetime(2025, 11, 18, 15, 0, tzinfo=UTC)
    assert document.publisher == "Example Metals"


def test_a_json_feed_is_read_too() -> None:
    feed = """{"version": "https://jsonfeed.org/version/1.1", "title": "Metals", "items": [
    {"title": "Tin mine opens", "url": "https://e.com/t", "date_published": "2025-01-02T03:04:05Z",
     "content_text": "The tin mine in Cornwall opened on Thursday after 27 years."}]}"""
    (document,) = read_capture(pages.capture(feed, media_type="application/feed+json"))
    assert (document.title, document.published) == ("Tin mine opens", date(2025, 1, 2))


def test_a_feed_without_text_is_empty_and_a_damaged_one_broken() -> None:
    bare = '<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>'
    with pytest.raises(EmptyPage):
        read_capture(pages.capture(bare, media_type="application/rss+xml"))
    with pytest.raises(BrokenFile):
        read_capture(
            pages.capture(
                '{"version": "https://jsonfeed.org/version/1", "items": [',
                media_type="application/feed+json",
            )
        )


def test_an_entry_without_text_is_empty() -> None:
    entry = FeedEntry(title="Only a title", link="https://e.com/x", summary_html="<p>Photo</p>")
    with pytest.raises(EmptyPage, match="entry"):
        read_capture(pages.capture(b"", entry=entry))
