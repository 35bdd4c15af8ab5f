"""Periods of every kind that trade news tells, each put where it lies in the calendar.

All are told on Wednesday 13 August 2025.
"""

from __future__ import annotations

from datetime import date

import pytest

from lodewire.extraction.dates import find_dates
from tests.extraction.dates.cases import TOLD
from tests.extraction.dates.more_cases import MORE

PUBLISHED = date(2025, 8, 13)

ABROAD = [
    (
        "de",
        "im dritten Quartal 2024 und am 3. Okt. 2025",
        ["dritten Quartal 2024 = 2024-07-01..2024-09-30", "3. Okt. 2025 = 2025-10-03"],
    ),
    ("de", "zwischen dem 3. und 5. Mai 2025", ["3. und 5. Mai 2025 = 2025-05-03..2025-05-05"]),
    ("de", "im ersten Halbjahr", ["ersten Halbjahr = 2025-01-01..2025-06-30"]),
    (
        "fr",
        "au premier trimestre 2025 ; T3 2024; 1er semestre 2025 ; du 3 au 5 mai 2025 ; 12 "
        "févr. 2025",
        [
            "premier trimestre 2025 = 2025-01-01..2025-03-31",
            "T3 2024 = 2024-07-01..2024-09-30",
            "1er semestre 2025 = 2025-01-01..2025-06-30",
            "3 au 5 mai 2025 = 2025-05-03..2025-05-05",
            "12 févr. 2025 = 2025-02-12",
        ],
    ),
    (
        "es",
        "en el tercer trimestre de 2024; del 3 al 5 de mayo de 2025; enero-marzo de 2025",
        [
            "tercer trimestre de 2024 = 2024-07-01..2024-09-30",
            "3 al 5 de mayo de 2025 = 2025-05-03..2025-05-05",
            "enero-marzo de 2025 = 2025-01-01..2025-03-31",
        ],
    ),
    (
        "pt",
        "no primeiro trimestre de 2025 e no 3T24; 12 de dez. de 2024; 1º de março de 2025",
        [
            "primeiro trimestre de 2025 = 2025-01-01..2025-03-31",
            "3T24 = 2024-07-01..2024-09-30",
            "12 de dez. de 2024 = 2024-12-12",
            "1º de março de 2025 = 2025-03-01",
        ],
    ),
    (
        "zh",
        "2024年第三季度,上半年,2025年7月,7月15日, 2025年1-6月",
        [
            "2024年第三季度 = 2024-07-01..2024-09-30",
            "上半年 = 2025-01-01..2025-06-30",
            "2025年1-6月 = 2025-01-01..2025-06-30",
        ],
    ),
]


def told(text: str, language: str = "en") -> list[str]:
    """Return "words = first day..last day" of each date; one day alone, "open" for none."""
    found = []
    for mention in find_dates(text, published=PUBLISHED, language=language):
        assert text[mention.span.start : mention.span.end] == mention.text
        days = mention.start or "open"
        if mention.start != mention.end:
            days = f"{mention.start}..{mention.end}"
        found.append(f"{mention.text} = {days}")
    return found


@pytest.mark.parametrize(("text", "expected"), TOLD + MORE)
def test_a_period_lies_where_its_words_put_it(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(("language", "text", "expected"), ABROAD)
def test_periods_of_other_languages_lie_where_their_words_put_them(
    language: str, text: str, expected: list[str]
) -> None:
    assert told(text, language) == expected
