"""Days are read as written, whoever writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.text.dates import day_in_url, find_days, parse_moment, yearless_day

WRITTEN = [
    ("12th May 2023", date(2023, 5, 12)),
    ("Published: Jun 12, 2025 09:54", date(2025, 6, 12)),
    ("August 11, 2025", date(2025, 8, 11)),
    ("Mon, 12 May 2023 10:00 GMT", date(2023, 5, 12)),
    ("Nov. 20th, 2019", date(2019, 11, 20)),
    ("12-May-2023", date(2023, 5, 12)),
    ("2023/05/12", date(2023, 5, 12)),
    ("2023-5-2 10:00", date(2023, 5, 2)),
    ("12.05.2023", date(2023, 5, 12)),
    ("13/12/2023", date(2023, 12, 13)),
    ("12/13/2023", date(2023, 12, 13)),
    ("Stand: 2. März 2023, 10 Uhr", date(2023, 3, 2)),
    ("Publié le 1er août 2023", date(2023, 8, 1)),
    ("12 de mayo de 2023", date(2023, 5, 12)),
    ("22 de outubro de 2010 às 20:13", date(2010, 10, 22)),
    ("2023年5月12日", date(2023, 5, 12)),
    ("2018년 9월 28일", date(2018, 9, 28)),
    ("24 сентября 2018", date(2018, 9, 24)),
    ("26 April 2023 | Creamer Media", date(2023, 4, 26)),
]


@pytest.mark.parametrize(("text", "day"), WRITTEN)
def test_a_written_day_is_read(text: str, day: date) -> None:
    assert [written.day for written in find_days(text)] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "31 February 2023",
        "2023",
        "May 2023",
        "1,234.56.2023",
        "12345-05-12",
        "v2.1.2019.4",
        "99/99/2023",
        "$12.5.2023.1",
    ],
)
def test_what_is_no_day_is_left_alone(text: str) -> None:
    assert list(find_days(text)) == []


def test_day_and_month_that_can_be_swapped_are_ambiguous_in_english_only() -> None:
    (english,) = find_days("05/12/2023", "en")
    assert english.ambiguous
    (french,) = find_days("05/12/2023", "fr")
    assert (french.day, french.ambiguous) == (date(2023, 12, 5), False)


def test_days_come_in_order_of_place_with_their_span() -> None:
    text = "Updated 2 May 2024. Published 2024-04-30."
    assert [written.span.of(text) for written in find_days(text)] == ["2 May 2024", "2024-04-30"]


STAMPS = [
    ("2023-05-12T23:30:00-05:00", date(2023, 5, 12), datetime(2023, 5, 13, 4, 30, tzinfo=UTC)),
    ("2019-11-20T10:00:00.000+0000", date(2019, 11, 20), datetime(2019, 11, 20, 10, tzinfo=UTC)),
    ("2019-11-20 10:00:00 +0100", date(2019, 11, 20), datetime(2019, 11, 20, 9, tzinfo=UTC)),
    ("2019-11-20 10:00:00 UTC", date(2019, 11, 20), datetime(2019, 11, 20, 10, tzinfo=UTC)),
    ("Wed, 20 Nov 2019 22:00:00 -0500", date(2019, 11, 20), datetime(2019, 11, 21, 3, tzinfo=UTC)),
    ("1574244000", date(2019, 11, 20), datetime(2019, 11, 20, 10, tzinfo=UTC)),
    ("1574244000000", date(2019, 11, 20), datetime(2019, 11, 20, 10, tzinfo=UTC)),
    ("2019-11-20T10:00", date(2019, 11, 20), None),
    ("20191120", date(2019, 11, 20), None),
    ("2019-11-20T25:99", date(2019, 11, 20), None),
    ("November 20, 2019 5:52 pm", date(2019, 11, 20), None),
]


@pytest.mark.parametrize(("value", "day", "instant"), STAMPS)
def test_a_declared_stamp_gives_the_publishers_day_and_the_instant_in_utc(
    value: str, day: date, instant: datetime | None
) -> None:
    moment = parse_moment(value)
    assert moment is not None
    assert (moment.day, moment.instant) == (day, instant)


def test_only_a_stamp_in_utc_floats() -> None:
    moments = [
        parse_moment(v) for v in ("2023-05-12T10:00Z", "2023-05-12T10:00+02:00", "2023-05-12")
    ]
    assert [moment.floating for moment in moments if moment] == [True, False, False]


@pytest.mark.parametrize(
    "value", ["", "  ", "yesterday", "0000-00-00", "1970-01-01", "05/12/2023", "9" * 13]
)
def test_a_value_without_a_plausible_day_gives_none(value: str) -> None:
    assert parse_moment(value) is None


@given(
    st.datetimes(
        datetime(1990, 1, 2),  # noqa: DTZ001 - hypothesis wants naive bounds
        datetime(2099, 12, 30),  # noqa: DTZ001
        timezones=st.timezones(),
    )
)
def test_every_iso_stamp_comes_back(stamp: datetime) -> None:
    moment = parse_moment(stamp.isoformat())
    assert moment is not None
    assert moment.day == stamp.date()
    assert moment.instant == stamp.astimezone(UTC)


@given(st.text())
def test_no_text_breaks_the_parsers(text: str) -> None:
    parse_moment(text)
    for written in find_days(text):
        assert 0 <= written.span.start < written.span.end <= len(text)
    day_in_url(text)
    yearless_day(text, date(2024, 1, 1), frozenset({2023}))


URLS = [
    ("https://e.com/2023/05/12/story", date(2023, 5, 12)),
    ("https://e.com/news/2019/nov/19/story", date(2019, 11, 19)),
    ("https://e.com/story-20230512-en", date(2023, 5, 12)),
    ("https://e.com/2023-05-12/story", date(2023, 5, 12)),
    ("https://e.com/idUSKBN1XU0A2", None),
    ("https://e.com/2023/05/story", None),
    ("https://e.com/story?date=2023-05-12", None),
    ("https://e.com/2023/13/45/story", None),
    ("file:///desk/2023-05-12/story.html", None),
    ("file:///desk/2023-05-12-story.html", date(2023, 5, 12)),
    ("20230512.txt", date(2023, 5, 12)),
]


@pytest.mark.parametrize(("url", "day"), URLS)
def test_the_day_of_an_address(url: str, day: date | None) -> None:
    assert day_in_url(url) == day


def test_a_dateline_without_a_year_is_certain_only_on_a_fresh_page() -> None:
    line = "PERTH, May 12 (Reuters) - Rio Tinto said"
    assert yearless_day(line, date(2023, 5, 14), frozenset()) == (date(2023, 5, 12), False)
    assert yearless_day(line, date(2024, 1, 14), frozenset()) is None
    assert yearless_day(line, date(2026, 1, 1), frozenset({2021, 2023})) == (
        date(2023, 5, 12),
        True,
    )


def test_a_dateline_in_december_read_in_january_is_last_years() -> None:
    line = "LONDON, Dec 29 - Copper rose"
    assert yearless_day(line, date(2024, 1, 3), frozenset()) == (date(2023, 12, 29), False)
