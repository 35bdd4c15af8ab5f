"""Who wrote it, when, and which agency it comes from."""

from __future__ import annotations

import pytest

from lodewire.text.bylines import find_agency, find_authors, is_bio, is_byline, is_dateline


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Doe",
        "By Jane Doe and John Roe",
        "BY JANE DOE",
        "Von Hans Müller",
        "Jane Doe, Staff Writer",
        "Mariaan Webb, Senior Deputy Editor Online, Creamer Media | 26th April 2023",
        "Written by Jane A. Doe",
    ],
)
def test_a_line_of_authors_is_a_byline(line: str) -> None:
    assert is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "By 2030 the mine will produce copper",
        "By contrast, tin fell.",
        "Jane Doe said the mine will open",
        "The editor of Metals resigned",
        "By midday copper was up 2%",
    ],
)
def test_a_line_of_news_is_no_byline(line: str) -> None:
    assert not is_byline(line)


def test_a_known_author_alone_on_a_line_is_a_byline() -> None:
    assert is_byline("jane doe", ("Jane Doe",))
    assert not is_byline("Jane Doe buys a mine", ("Jane Doe",))


@pytest.mark.parametrize(
    "line",
    [
        "12 May 2023",
        "Published 11:11 PM EST Nov 19, 2019",
        "Last updated: 2 May 2024, 10:30",
        "3 hours ago",
        "Posted on May 2, 2024 by admin",
        "2024-05-02 10:00",
        "Veröffentlicht am 2. Mai 2024 um 10:00 Uhr",
        "4 min read",
    ],
)
def test_a_line_of_date_and_time_is_a_date_line(line: str) -> None:
    assert is_dateline(line)


@pytest.mark.parametrize(
    "line",
    [
        "The mine opened on 12 May 2023 after a delay of four years",
        "$10.00 | $1.00 | $1.50",
        "2024",
        "In 2023",
        "PERTH, May 12 (Reuters) - Rio Tinto will build a smelter",
        "— Jane Doe (@jane) November 18, 2019",
    ],
)
def test_a_line_with_more_than_a_date_is_none(line: str) -> None:
    assert not is_dateline(line)


def test_lines_about_the_author_are_told_from_news_about_people() -> None:
    assert is_bio("Jane Doe is a senior reporter who covers metals for Example.")
    assert is_bio("Jane Doe covers mining.", ("Jane Doe",))
    assert not is_bio("Jane Doe is the chief executive of the mine.")


def test_authors_are_read_from_the_first_byline() -> None:
    assert find_authors(["Headline", "By Jane Doe and John Roe"]) == ("Jane Doe", "John Roe")
    assert find_authors(["Jane Doe, Senior Editor"]) == ("Jane Doe",)
    assert find_authors(["No byline here"]) == ()


AGENCIES = [
    ("PERTH, May 12 (Reuters) - Rio Tinto said", "Reuters"),
    ("NEW YORK, May 12, 2023 /PRNewswire/ -- Acme said", "PR Newswire"),
    ("VANCOUVER, May 12, 2023 (GLOBE NEWSWIRE) -- Acme", "GlobeNewswire"),
    ("LONDON--(BUSINESS WIRE)--Acme said", "Business Wire"),
    ("Headline\n\n(AF) Zhejiang Huayou Cobalt of China", "AF"),
    ("Text of the news.\n\nsource: mining.com\n", "Mining.com"),
    ("me-metals, citing mining.com: United States Antimony", "Mining.com"),
    ("Text.\nSource: Ministry of Mines", "Ministry of Mines"),
    ("BEIJING, May 12 (Xinhua) -- China", "Xinhua"),
]


@pytest.mark.parametrize(("text", "agency"), AGENCIES)
def test_an_agency_is_known_by_its_credit(text: str, agency: str) -> None:
    assert find_agency(text) == agency


@pytest.mark.parametrize(
    "text",
    [
        "Reuters reported that the mine closed.",
        "The London Metal Exchange (LME) said",
        "The mine (5 km north) is shut.",
        "According to Bloomberg, tin rose (by 5%).",
    ],
)
def test_an_agency_that_is_only_cited_is_no_origin(text: str) -> None:
    assert find_agency(text) is None


def test_an_author_can_be_an_agency() -> None:
    assert find_agency("Text.", ("Agence France-Presse",)) == "AFP"
