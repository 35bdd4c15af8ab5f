"""Attribution and news: who says so, and what is told as background."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events

SPEAKERS = [
    ("Copper prices rose 3% on Monday, ANZ said.", "ANZ"),
    ("According to Fastmarkets, cobalt metal rose 3% to $19 a lb.", "Fastmarkets"),
    ("Copper rose 3% to $9,000 a ton, said Robert Montefusco of Sucden Financial.", "Montefusco"),
    ("Zinc prices fell 2% on Friday, two people with knowledge of the talks said.", "people"),
]


@pytest.mark.parametrize(("text", "name"), SPEAKERS)
def test_who_says_so_is_kept(text: str, name: str) -> None:
    found = events(text, "price_change")
    assert found[0].attribution is not None
    assert name in found[0].attribution.name
    span = found[0].attribution.span
    assert text[span.start : span.end] == found[0].attribution.text


def test_he_is_the_person_named_before() -> None:
    text = (
        "Demand is weak, analyst Qasim Smith said.\n\nHe said spot copper fell 2% to $9,000 a ton."
    )
    found = events(text, "price_change")
    assert found[0].attribution is not None
    assert found[0].attribution.name == "Qasim Smith"


def test_what_the_publisher_says_has_no_attribution() -> None:
    assert events("Copper prices rose 3% on Monday.", "price_change")[0].attribution is None


REPORT = """Copper eases in London

LONDON - Copper prices slipped on Monday.

Three-month copper on the London Metal Exchange was down 0.2% at $8,539 a ton.

Traders said funds sold metal after the dollar rose.

The dollar had a good day.

Surveys of managers were mixed.

Zinc on the London Metal Exchange lost 1.2% to $2,626 a ton.

Copper has gained 11% so far this year.
"""


def test_prices_further_down_a_report_are_news_too() -> None:
    found = events(REPORT, "price_change")
    zinc = next(e for e in found if "Zinc" in e.evidence[0].quote)
    assert zinc.core


def test_a_gain_over_the_year_is_background() -> None:
    found = events(REPORT, "price_change")
    year = next(e for e in found if "so far this year" in e.evidence[-1].quote)
    assert not year.core
