"""Plain text is kept as given; what it says of itself is found in its first lines."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.errors import EmptyPage, ReadError
from lodewire.model.capture import FeedEntry
from lodewire.model.document import Document
from lodewire.text.plain import find_title, furniture_spans
from lodewire.text.reader import read_capture
from tests.text import pages

TEXT = """Zambia to restart Mopani shaft
12th May 2024

LUSAKA - Mopani Copper Mines will restart its Mindola shaft in June, the company said.

Share on Facebook
Output should reach 80,000 t a year. The owner did not disclose the cost.

Read also: Congo weighs export quota
source: mining.com
"""


def read(text: str | bytes, url: str = "file:///news/a.txt", **more: object) -> Document:
    capture = pages.capture(text, url=url, media_type="text/plain", **more)  # type: ignore[arg-type]
    (document,) = read_capture(capture)
    return document


def test_the_text_is_kept_exactly() -> None:
    assert read(TEXT).text == TEXT
    assert read(TEXT.replace("\n", "\r\n")).text == TEXT, "newlines alone are made one kind"


def test_title_day_and_agency_come_from_the_lines() -> None:
    document = read(TEXT)
    assert document.title == "Zambia to restart Mopani shaft"
    assert (document.published, document.date_source) == (date(2024, 5, 12), "text")
    assert document.agency == "Mining.com"
    assert document.url is None
    assert document.language == "en"


def test_boilerplate_and_date_lines_are_no_sentences() -> None:
    document = read(TEXT)
    assert [span.of(document.text) for span in document.sentences] == [
        "Zambia to restart Mopani shaft",
        "LUSAKA - Mopani Copper Mines will restart its Mindola shaft in June, the company said.",
        "Output should reach 80,000 t a year.",
        "The owner did not disclose the cost.",
    ]


def test_a_repeated_paragraph_is_read_once() -> None:
    paragraph = "The premium climbed by nearly 15% over five days, traders said."
    document = read(f"Premium climbs to a peak\n\n{paragraph}\n\n{paragraph}\n")
    assert [span.of(document.text) for span in document.sentences].count(paragraph) == 1


TITLES = [
    (
        "Theme: Metals\n\nAugust 11, 2025\n\nMine halt lifts lithium\n\nPrices rose.",
        "Mine halt lifts lithium",
    ),
    ("No comments\nSinomine plans smelters\n\nText follows here.", "Sinomine plans smelters"),
    ("# Tariff on steel doubled\n\nThe tariff rose.", "Tariff on steel doubled"),
    ("Is tin next?\n\nTin rose.", "Is tin next?"),
    ("Copper prices rose by 5% on Monday, traders said.\nTin fell.", None),
    ("One line only without an end", None),
    ("x" * 300 + "\nText.", None),
    ("Tin rose.\n\nTin rose.\n\nIt rose by 5%.", "Tin rose."),
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_the_title_is_the_first_line_that_looks_like_one(text: str, title: str | None) -> None:
    assert find_title(text) == title


DAYS = [
    (
        "Headline\nMariaan Webb, Senior Deputy Editor Online | 26th April 2023\nText.",
        date(2023, 4, 26),
    ),
    ("Headline\n\nPublished: Jun 12, 2025 09:54\nText.", date(2025, 6, 12)),
    ("Headline\n\nLONDON, May 12, 2023 (Reuters) - Copper rose on Friday.", date(2023, 5, 12)),
    (
        (
            "Headline\n\nThe ban covers metal made after 13 April 2024, which the exchange "
            "said is final and binding."
        ),
        None,
    ),
    (
        "Headline\n\nPERTH, May 12 (Reuters) - Rio said in 2021 that it would build.",
        date(2021, 5, 12),
    ),
    ("Headline\n\nPERTH, May 12 (Reuters) - Rio said that it would build.", None),
    ("Headline\n\n05/06/2024\n\nText.", None),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_the_day_is_found_in_date_lines_and_datelines_only(text: str, day: date | None) -> None:
    assert read(text).published == day


def test_a_dateline_on_a_fresh_page_needs_no_year() -> None:
    text = "Headline\n\nPERTH, May 12 (Reuters) - Rio said that it would build."
    document = read(text, fetched_at=datetime(2024, 5, 13, tzinfo=UTC))
    assert document.published == date(2024, 5, 12)


def test_the_feed_and_the_file_name_date_a_text_without_a_day() -> None:
    entry = FeedEntry(published=datetime(2024, 3, 2, 9, 0, tzinfo=UTC), title="From the feed")
    text = "The mine was sold on Monday, its owner said."
    assert read(text, entry=entry).date_source == "feed"
    assert read(text, entry=entry).title == "From the feed"
    named = read(text, url="file:///news/2024-02-01-mine.txt")
    assert (named.published, named.date_source) == (date(2024, 2, 1), "file")


def test_authors_are_read_from_a_byline() -> None:
    document = read("Headline here\nBy Jane Doe and John Roe\n\nThe mine was sold.")
    assert document.authors == ("Jane Doe", "John Roe")


def test_a_text_of_blanks_is_empty() -> None:
    with pytest.raises(EmptyPage):
        read(" \n \t \n")


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), min_size=1))
def test_any_text_is_kept_and_its_sentences_avoid_furniture(text: str) -> None:
    try:
        (document,) = read_capture(pages.capture(text, url="a.txt", media_type="text/plain"))
    except ReadError:
        return
    furniture = furniture_spans(document.text)
    assert not any(s.overlaps(f) for s in document.sentences for f in furniture)
