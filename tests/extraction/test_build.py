"""From drafts to mentions: what a type needs, evidence for every argument, news or background."""

from __future__ import annotations

from datetime import date

import pytest

from lodewire.model.vocabulary import Status
from tests.extraction.conftest import events, read, roles

DEAL = "MMG agreed to buy the Khoemacau copper mine in Botswana for $1.875 billion."
FILL = "The weather was fair in the capital. " * 8


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("The acquisition was completed.", "acquisition"),
        ("A tariff was discussed.", "tariff"),
        ("Prices rose.", "price_change"),
        ("The permit was granted.", "permit"),
        ("There was an outage.", "disruption"),
    ],
)
def test_a_telling_without_what_its_type_needs_is_no_event(text: str, type_: str) -> None:
    """No parties, no goods, no site: nothing."""
    assert events(text, type_) == []


def test_arguments_stand_in_text_order_with_their_words() -> None:
    """And inside a quoted sentence."""
    (event,) = events(DEAL, "acquisition")
    starts = [a.span.start for a in event.arguments]
    assert starts == sorted(starts)
    for argument in event.arguments:
        assert argument.span.of(DEAL) == argument.text
        assert any(e.span.covers(argument.span) for e in event.evidence)


def test_what_is_filled_is_not_said_to_be_undisclosed() -> None:
    """A value that is named later is disclosed."""
    (event,) = events(
        "MMG agreed to buy the Khoemacau mine in Botswana. Terms of the deal were not disclosed.",
        "acquisition",
    )
    assert "value" in event.not_disclosed
    (named,) = events(DEAL, "acquisition")
    assert named.not_disclosed == ()


def test_news_stands_in_the_lead() -> None:
    """The same sentence far below is background."""
    (first,) = events(DEAL, "acquisition", date(2025, 3, 28))
    assert first.core
    (last,) = events(FILL + DEAL, "acquisition", date(2025, 3, 28))
    assert not last.core


def test_what_happened_long_ago_is_background() -> None:
    """Told by its own date."""
    text = "MMG completed the purchase of the Khoemacau mine in Botswana in March 2024."
    (event,) = events(text, "acquisition", date(2025, 3, 28))
    assert not event.core


def test_the_same_text_gives_the_same_ids() -> None:
    """Pure: no clock, no chance."""
    ids = [[e.id for e in read(f"{DEAL} {FILL}").events] for _ in range(2)]
    assert ids[0] == ids[1]
    assert ids[0]


def test_a_rule_whose_day_of_effect_lies_ahead_is_agreed() -> None:
    """The day that a later sentence gives decides, and the day of signing is none."""
    (event,) = events(
        "The president on Wednesday signed a proclamation imposing a 25% tariff on imported cars "
        "by the United States. The duty takes effect on April 3.",
        "tariff",
        published=date(2025, 3, 27),
    )
    assert event.status is Status.AGREED
    assert roles(event)["effective_date"] == ["April 3"]


@pytest.mark.parametrize(
    ("text", "acting", "facing"),
    [
        ("Glencore will lend Glencore $20 million.", "investor", "recipient"),
        ("Glencore agreed to buy Glencore for $2 billion.", "acquirer", "target"),
    ],
)
def test_nobody_deals_with_himself(text: str, acting: str, facing: str) -> None:
    """One company on both sides was misread on one of them."""
    (event,) = read(text).events
    assert event.of(acting)[0].text == "Glencore"
    assert not event.of(facing)
