"""Dates come out as written and placed in the calendar from the day of publication.

All cases are told on Wednesday 13 August 2025 unless they say otherwise.
"""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.extraction.dates import find_dates

PUBLISHED = date(2025, 8, 13)


def read(text: str, published: date | None = PUBLISHED, language: str | None = "en") -> list[str]:
    """Return "words | start | end | grain" of each date; spans are proved on the way."""
    found, end = [], 0
    for mention in find_dates(text, published=published, language=language):
        assert text[mention.span.start : mention.span.end] == mention.text
        assert mention.span.start >= end
        end = mention.span.end
        found.append(f"{mention.text} | {mention.start} | {mention.end} | {mention.grain}")
    return found


ABSOLUTE = [
    ("on 12 March 2025", "12 March 2025 | 2025-03-12 | 2025-03-12 | day"),
    ("on March 12, 2025", "March 12, 2025 | 2025-03-12 | 2025-03-12 | day"),
    ("on March 12 2025", "March 12 2025 | 2025-03-12 | 2025-03-12 | day"),
    ("on 12th of May 2023", "12th of May 2023 | 2023-05-12 | 2023-05-12 | day"),
    ("26th April 2023", "26th April 2023 | 2023-04-26 | 2023-04-26 | day"),
    ("as of Nov. 22, 2024", "Nov. 22, 2024 | 2024-11-22 | 2024-11-22 | day"),
    ("Published: Jun 12, 2025 09:54", "Jun 12, 2025 | 2025-06-12 | 2025-06-12 | day"),
    ("since then, 2025-03-12", "2025-03-12 | 2025-03-12 | 2025-03-12 | day"),
    ("at 2025-03-12T10:00:00", "2025-03-12T10:00:00 | 2025-03-12 | 2025-03-12 | day"),
    ("on 2025/03/12", "2025/03/12 | 2025-03-12 | 2025-03-12 | day"),
    ("on 25/03/2025", "25/03/2025 | 2025-03-25 | 2025-03-25 | day"),
    ("on 03/25/2025", "03/25/2025 | 2025-03-25 | 2025-03-25 | day"),
    ("on 03/03/2025", "03/03/2025 | 2025-03-03 | 2025-03-03 | day"),
    ("on 12.03.2025", "12.03.2025 | 2025-03-12 | 2025-03-12 | day"),
    ("on 12/03/2025", "12/03/2025 | None | None | day"),
    ("on 12-Mar-2025", "12-Mar-2025 | 2025-03-12 | 2025-03-12 | day"),
    ("before June 30 of 2012", "June 30 of 2012 | 2012-06-30 | 2012-06-30 | day"),
    ("on Friday, March 14, 2025", "Friday, March 14, 2025 | 2025-03-14 | 2025-03-14 | day"),
    ("from June 2 to 5, 2025", "June 2 to 5, 2025 | 2025-06-02 | 2025-06-05 | range"),
    ("on 2-5 June 2025", "2-5 June 2025 | 2025-06-02 | 2025-06-05 | range"),
    (
        "between June 4 and June 9, 2024",
        "June 4 and June 9, 2024 | 2024-06-04 | 2024-06-09 | range",
    ),
    (
        "December 30 to January 2, 2025",
        "December 30 to January 2, 2025 | 2024-12-30 | 2025-01-02 | range",
    ),
    ("in March 2025", "March 2025 | 2025-03-01 | 2025-03-31 | month"),
    ("in March of 2025", "March of 2025 | 2025-03-01 | 2025-03-31 | month"),
    ("in Feb. 2024", "Feb. 2024 | 2024-02-01 | 2024-02-29 | month"),
    ("until around October 2025", "October 2025 | 2025-10-01 | 2025-10-31 | month"),
    ("January to March 2025", "January to March 2025 | 2025-01-01 | 2025-03-31 | range"),
    ("October-December 2024", "October-December 2024 | 2024-10-01 | 2024-12-31 | range"),
    ("March 2024 to June 2025", "March 2024 to June 2025 | 2024-03-01 | 2025-06-30 | range"),
    ("in Q3 2025", "Q3 2025 | 2025-07-01 | 2025-09-30 | quarter"),
    ("in Q3'25", "Q3'25 | 2025-07-01 | 2025-09-30 | quarter"),
    ("in 3Q25", "3Q25 | 2025-07-01 | 2025-09-30 | quarter"),
    ("in Q1 of 2025", "Q1 of 2025 | 2025-01-01 | 2025-03-31 | quarter"),
    ("in the third quarter of 2025", "third quarter of 2025 | 2025-07-01 | 2025-09-30 | quarter"),
    ("the fourth quarter of 2022", "fourth quarter of 2022 | 2022-10-01 | 2022-12-31 | quarter"),
    ("the 2022 fourth quarter", "2022 fourth quarter | 2022-10-01 | 2022-12-31 | quarter"),
    ("the March 2025 quarter", "March 2025 quarter | 2025-01-01 | 2025-03-31 | quarter"),
    ("the March quarter of 2024", "March quarter of 2024 | 2024-01-01 | 2024-03-31 | quarter"),
    ("in H1 2025", "H1 2025 | 2025-01-01 | 2025-06-30 | half"),
    ("in 2H24", "2H24 | 2024-07-01 | 2024-12-31 | half"),
    ("in the second half of 2023", "second half of 2023 | 2023-07-01 | 2023-12-31 | half"),
    (
        "in the first nine months of 2024",
        "first nine months of 2024 | 2024-01-01 | 2024-09-30 | range",
    ),
    ("in 2025", "2025 | 2025-01-01 | 2025-12-31 | year"),
    ("the trade law of 1974.", "1974 | 1974-01-01 | 1974-12-31 | year"),
    ("the 2019 event", "2019 | 2019-01-01 | 2019-12-31 | year"),
    ("2025-2027", "2025-2027 | 2025-01-01 | 2027-12-31 | range"),
    ("2025–27", "2025–27 | 2025-01-01 | 2027-12-31 | range"),
    ("from 2025 to 2027", "2025 to 2027 | 2025-01-01 | 2027-12-31 | range"),
    ("across 2025 and 2026", "2025 and 2026 | 2025-01-01 | 2026-12-31 | range"),
    ("in 2024/25", "2024/25 | 2024-01-01 | 2025-12-31 | range"),
    ("in the 1990s", "1990s | 1990-01-01 | 1999-12-31 | range"),
    ("in FY25", "FY25 | None | None | year"),
    ("in fiscal 2025", "fiscal 2025 | None | None | year"),
    ("in financial year 2024-25", "financial year 2024-25 | None | None | year"),
    ("in early 2024", "early 2024 | 2024-01-01 | 2024-04-30 | range"),
    ("in mid-2021", "mid-2021 | 2021-05-01 | 2021-08-31 | range"),
    ("in the middle of 2021", "middle of 2021 | 2021-05-01 | 2021-08-31 | range"),
    ("late in 2026", "late in 2026 | 2026-09-01 | 2026-12-31 | range"),
    ("by the end of 2025", "end of 2025 | 2025-12-31 | 2025-12-31 | day"),
    ("by end-2025", "end-2025 | 2025-12-31 | 2025-12-31 | day"),
    ("by end 2025", "end 2025 | 2025-12-31 | 2025-12-31 | day"),
    ("at the start of 2026", "start of 2026 | 2026-01-01 | 2026-01-01 | day"),
    ("in mid-March 2025", "mid-March 2025 | 2025-03-11 | 2025-03-20 | range"),
    ("by year-end 2026", "year-end 2026 | 2026-12-31 | 2026-12-31 | day"),
]  # fmt: skip

RELATIVE = [
    ("announced today", "today | 2025-08-13 | 2025-08-13 | day"),
    ("announced yesterday", "yesterday | 2025-08-12 | 2025-08-12 | day"),
    ("opens tomorrow", "tomorrow | 2025-08-14 | 2025-08-14 | day"),
    ("said this morning", "this morning | 2025-08-13 | 2025-08-13 | day"),
    ("said on Tuesday", "Tuesday | 2025-08-12 | 2025-08-12 | day"),
    ("said on Wednesday", "Wednesday | 2025-08-13 | 2025-08-13 | day"),
    ("said on Thursday", "Thursday | 2025-08-07 | 2025-08-07 | day"),
    ("fell last Friday", "last Friday | 2025-08-08 | 2025-08-08 | day"),
    ("meets next Friday", "next Friday | 2025-08-22 | 2025-08-22 | day"),
    ("will meet on Friday", "Friday | 2025-08-15 | 2025-08-15 | day"),
    ("rose last week", "last week | 2025-08-04 | 2025-08-10 | week"),
    ("due next week", "next week | 2025-08-18 | 2025-08-24 | week"),
    ("this week", "this week | 2025-08-11 | 2025-08-17 | week"),
    ("last month", "last month | 2025-07-01 | 2025-07-31 | month"),
    ("next month", "next month | 2025-09-01 | 2025-09-30 | month"),
    ("this quarter", "this quarter | 2025-07-01 | 2025-09-30 | quarter"),
    ("last quarter", "last quarter | 2025-04-01 | 2025-06-30 | quarter"),
    ("this year", "this year | 2025-01-01 | 2025-12-31 | year"),
    ("last year", "last year | 2024-01-01 | 2024-12-31 | year"),
    ("next year", "next year | 2026-01-01 | 2026-12-31 | year"),
    ("earlier this month", "earlier this month | 2025-08-01 | 2025-08-13 | range"),
    ("later this year", "later this year | 2025-08-13 | 2025-12-31 | range"),
    ("early next year", "early next year | 2026-01-01 | 2026-04-30 | range"),
    ("late last year", "late last year | 2024-09-01 | 2024-12-31 | range"),
    ("for the rest of the year", "rest of the year | 2025-08-13 | 2025-12-31 | range"),
    ("by the end of the year", "end of the year | 2025-12-31 | 2025-12-31 | day"),
    ("by year-end", "year-end | 2025-12-31 | 2025-12-31 | day"),
    ("A month ago it fell", "A month ago | 2025-07-01 | 2025-07-31 | month"),
    ("two weeks ago", "two weeks ago | 2025-07-28 | 2025-08-03 | week"),
    ("five years ago", "five years ago | 2020-01-01 | 2020-12-31 | year"),
    ("three days ago", "three days ago | 2025-08-10 | 2025-08-10 | day"),
    ("done within 14 days", "within 14 days | 2025-08-13 | 2025-08-27 | duration"),
    ("over the next five years", "over the next five years | 2025-08-13 | 2030-08-13 | duration"),
    ("in the past three months", "past three months | 2025-05-13 | 2025-08-13 | duration"),
    ("since 2022", "since 2022 | 2022-01-01 | 2025-08-13 | range"),
    ("since March", "since March | 2025-03-01 | 2025-08-13 | range"),
    ("the close on Aug. 11", "Aug. 11 | 2025-08-11 | 2025-08-11 | day"),
    ("from 13 April onwards", "13 April | 2026-04-13 | 2026-04-13 | day"),
    ("made before 13 April", "13 April | 2025-04-13 | 2025-04-13 | day"),
    ("31 May to 3 June", "31 May to 3 June | 2025-05-31 | 2025-06-03 | range"),
    ("Over June 4 to June 9", "June 4 to June 9 | 2025-06-04 | 2025-06-09 | range"),
    ("it ran from June 2 to 5", "June 2 to 5 | 2025-06-02 | 2025-06-05 | range"),
    ("In December China halted exports", "December | 2024-12-01 | 2024-12-31 | month"),
    ("output will start in December", "December | 2025-12-01 | 2025-12-31 | month"),
    ("it fell in August", "August | 2025-08-01 | 2025-08-31 | month"),
    ("in March of last year", "March of last year | 2024-03-01 | 2024-03-31 | month"),
    ("in May this year", "May this year | 2025-05-01 | 2025-05-31 | month"),
    ("the March quarter", "March quarter | 2025-01-01 | 2025-03-31 | quarter"),
    ("first-quarter profit", "first-quarter | 2025-01-01 | 2025-03-31 | quarter"),
    ("it fell in the fourth quarter", "fourth quarter | 2024-10-01 | 2024-12-31 | quarter"),
    ("due in the fourth quarter", "fourth quarter | 2025-10-01 | 2025-12-31 | quarter"),
    (
        "last year's fourth quarter",
        "last year's fourth quarter | 2024-10-01 | 2024-12-31 | quarter",
    ),
    ("in Q2", "Q2 | 2025-04-01 | 2025-06-30 | quarter"),
    ("in the second half", "second half | 2025-07-01 | 2025-12-31 | half"),
    ("in early March", "early March | 2025-03-01 | 2025-03-10 | range"),
    ("at the end of June", "end of June | 2025-06-30 | 2025-06-30 | day"),
    ("between March and May", "March and May | 2025-03-01 | 2025-05-31 | range"),
    ("last weekend", "last weekend | 2025-08-09 | 2025-08-10 | range"),
]  # fmt: skip

NOTHING = [
    "may be delayed",
    "Theresa May said",
    "they march on",
    "March on, he said",
    "2,000 tonnes",
    "2019 tonnes",
    "2000 workers",
    "$2025",
    "2020%",
    "2025 km",
    "G2020",
    "the second mine",
    "a third of it",
    "the last mine",
    "this mine",
    "each Friday",
    "Black Friday",
    "at 0245 GMT",
    "five years",
    "version 2.0.1",
    "an early start",
    "a late rally",
    "the rest of the mine",
    "10,000 tonnes a year",
    "",
    "20",
]

LANGUAGES = [
    ("de", "am 12. März 2025", "12. März 2025 | 2025-03-12 | 2025-03-12 | day"),
    ("de", "im Mai 2024", "Mai 2024 | 2024-05-01 | 2024-05-31 | month"),
    ("de", "am 12.03.2025", "12.03.2025 | 2025-03-12 | 2025-03-12 | day"),
    ("fr", "le 1er mars 2025", "1er mars 2025 | 2025-03-01 | 2025-03-01 | day"),
    ("fr", "en février", "février | 2025-02-01 | 2025-02-28 | month"),
    ("fr", "le 12/03/2025", "12/03/2025 | 2025-03-12 | 2025-03-12 | day"),
    ("es", "el 12 de marzo de 2025", "12 de marzo de 2025 | 2025-03-12 | 2025-03-12 | day"),
    ("pt", "em outubro de 2024", "outubro de 2024 | 2024-10-01 | 2024-10-31 | month"),
    ("it", "il 3 giugno 2025", "3 giugno 2025 | 2025-06-03 | 2025-06-03 | day"),
    ("ja", "2025年3月12日に", "2025年3月12日 | 2025-03-12 | 2025-03-12 | day"),
    ("ja", "2025年3月", "2025年3月 | 2025-03-01 | 2025-03-31 | month"),
    ("zh", "2024年产量", "2024年 | 2024-01-01 | 2024-12-31 | year"),
]


@pytest.mark.parametrize(("text", "expected"), ABSOLUTE)
def test_a_date_that_names_its_year_stands_by_itself(text: str, expected: str) -> None:
    assert read(text) == [expected]
    assert read(text, published=None) == [expected]


@pytest.mark.parametrize(("text", "expected"), RELATIVE)
def test_a_relative_date_is_placed_from_publication(text: str, expected: str) -> None:
    assert read(text) == [expected]
    (mention,) = find_dates(text, published=PUBLISHED)
    assert mention.relative


@pytest.mark.parametrize(("text", "expected"), RELATIVE)
def test_a_relative_date_stays_open_without_publication(text: str, expected: str) -> None:
    (mention,) = find_dates(text, published=None)
    assert (mention.start, mention.end) == (None, None)
    assert mention.text == expected.split(" | ")[0]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(("language", "text", "expected"), LANGUAGES)
def test_other_languages_give_their_months(language: str, text: str, expected: str) -> None:
    assert read(text, language=language) == [expected]


def test_a_day_that_the_calendar_lacks_is_told_as_open() -> None:
    assert read("on 2025-02-30") == ["2025-02-30 | None | None | day"]


def test_a_day_without_a_year_that_has_just_passed_is_past_even_in_a_plan() -> None:
    assert read("the rise planned for Oct. 15", date(2025, 11, 20)) == [
        "Oct. 15 | 2025-10-15 | 2025-10-15 | day"
    ]


@settings(max_examples=250, deadline=None)
@given(st.text(max_size=150), st.dates(date(1990, 1, 1), date(2080, 1, 1)))
def test_any_text_gives_true_spans(text: str, published: date) -> None:
    read(text, published)


_PIECES = st.sampled_from(
    (
        "12 3 2025 2025- -27 March May Aug. Friday last next this the year month week quarter of "
        "in to and between since early mid- late end of rest Q3 3Q25 H1 FY25 first second half ago "
        "a two within over days years , . - – / 's 年 月 日 2025年 today by will 30 of earlier "
        "before ended "
        "months same period fiscal so far FY24 ( ) recent weekend overnight Monday 上半年 T3 "
        "trimestre"
    ).split(" ")
)


@settings(max_examples=500, deadline=None)
@given(
    st.lists(_PIECES, max_size=20),
    st.sampled_from(["", " "]),
    st.sampled_from(["en", "de", "fr", "ja", None]),
    st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2099, 12, 31))),
)
def test_any_mixture_of_the_words_of_dates_gives_true_spans_in_order(
    pieces: list[str], glue: str, language: str | None, published: date | None
) -> None:
    text = glue.join(pieces)
    read(text, published, language)
    for mention in find_dates(text, published=published, language=language):
        assert (mention.start is None) == (mention.end is None)
        if mention.start is not None and mention.end is not None:
            assert date.fromisoformat(mention.start) <= date.fromisoformat(mention.end)


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)))
def test_every_day_is_read_in_every_usual_form(day: date) -> None:
    for form in (
        day.isoformat(),
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%b} {day.year}",
    ):
        (mention,) = find_dates(f"on {form} it", published=None)
        assert (mention.start, mention.end) == (day.isoformat(), day.isoformat())


@pytest.mark.parametrize(
    "piece",
    ["1,", "2025-", "2025 to ", "May ", "in May ", "last ", "since ", "early ", "early May to ",
     "12 March ", "Friday, ", "the ", "end of ", "1", "a year ago ", "first quarter ", "Q1 ",
     "mid-", "between May and ", "年"],
)  # fmt: skip
def test_hostile_repetition_takes_time_in_proportion(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        started = time.process_time()
        find_dates(text, published=PUBLISHED)
        return time.process_time() - started

    seconds(1000)
    small = min(seconds(4_000) for _ in range(2))
    # The least of several: the collector's pauses in a large test process are not the reader's.
    assert min(seconds(16_000) for _ in range(4)) < 4 * small * 3 + 0.15
