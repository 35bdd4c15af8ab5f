"""PDFs are read in order, with words mended and running heads gone."""

from __future__ import annotations

from datetime import date

import pytest

from lodewire.errors import BrokenFile, EmptyPage
from lodewire.text.pdf import PAGE_LIMIT, join_lines
from lodewire.text.reader import read_capture
from tests.text import makers, pages

URL = "https://www.example-metals.com/files/release.pdf"
RELEASE = [
    "Zambia copper output rises in first quarter",
    "",
    "12 April 2024",
    "",
    "Copper production in Zambia rose by 4.5% in the first quarter to 190,000 tonnes, the",
    "ministry of mines said on Friday. The increase came from Konkola and from the new con-",
    "centrator at Mingomba, while long-",
    "term contracts kept smelters busy.",
    "",
    "Power cuts may reduce the output of the second quarter, the ministry added.",
]


def read(body: bytes):
    return read_capture(pages.capture(body, url=URL, media_type="application/pdf"))


def test_a_release_is_read_with_title_and_day() -> None:
    (document,) = read(makers.pdf([RELEASE]))
    assert document.title == "Zambia copper output rises in first quarter"
    assert (document.published, document.date_source) == (date(2024, 4, 12), "text")
    assert document.text.startswith("Copper production in Zambia rose by 4.5%")
    assert document.url == URL


def test_words_cut_at_a_line_end_are_mended_and_compounds_kept() -> None:
    (document,) = read(makers.pdf([RELEASE]))
    assert "the new concentrator at Mingomba, while long-term contracts" in document.text


def test_paragraphs_are_parted() -> None:
    (document,) = read(makers.pdf([RELEASE]))
    assert document.text.split("\n")[-1].startswith("Power cuts may reduce")
    assert [span.of(document.text) for span in document.sentences][1].startswith("The increase")


def test_running_heads_and_page_numbers_are_left_out() -> None:
    page = [
        "Ministry of Mines Annual Report 2023",
        "{} tonnes were mined here in the year.",
        "Page {}",
    ]
    body = makers.pdf([[line.format(number + 100) for line in page] for number in range(5)])
    (document,) = read(body)
    assert "Annual Report" not in document.text
    assert "Page 10" not in document.text
    assert document.text.count("tonnes were mined here") == 5


def test_the_declared_title_and_creation_day_serve_where_the_text_gives_none() -> None:
    lines = [
        "The company will build a nickel refinery at Kalgoorlie and produce battery chemicals."
    ]
    (document,) = read(makers.pdf([lines], title="Nickel refinery at Kalgoorlie approved"))
    assert document.title == "Nickel refinery at Kalgoorlie approved"
    assert (document.published, document.date_source) == (date(2024, 5, 2), "file")


def test_a_pdf_served_as_html_is_still_a_pdf() -> None:
    (document,) = read_capture(pages.capture(makers.pdf([RELEASE]), media_type="text/html"))
    assert document.method.endswith("pypdf")


def test_a_long_pdf_is_read_up_to_the_limit_and_says_so() -> None:
    body = makers.pdf([[f"Page text number {n} is about copper."] for n in range(PAGE_LIMIT + 3)])
    (document,) = read(body)
    assert f"read {PAGE_LIMIT} of {PAGE_LIMIT + 3} pages" in document.notes


def test_a_locked_pdf_says_what_to_do() -> None:
    with pytest.raises(BrokenFile, match="password") as raised:
        read(makers.locked_pdf())
    assert raised.value.hint is not None


@pytest.mark.parametrize("keep", [9, 60, 400])
def test_a_damaged_pdf_is_a_broken_file(keep: int) -> None:
    with pytest.raises(BrokenFile, match="PDF"):
        read(makers.pdf([RELEASE])[:keep])


def test_a_pdf_of_images_needs_text_recognition() -> None:
    with pytest.raises(EmptyPage, match="images"):
        read(makers.pdf([[], []]))


def test_bullets_stay_lines_of_their_own() -> None:
    lines = [
        "The deal covers these three points and a few others as well:",
        "• copper from Botswana",
        "• nickel",
    ]
    assert join_lines(lines) == lines
