"""Figures of prices that are listed, paired, or stand before their thing."""

from __future__ import annotations

import pytest

from lodewire.model.event import EventMention
from tests.extraction.conftest import events, roles


def _told(event: EventMention, *names: str) -> tuple[str, ...]:
    return tuple(roles(event).get(name, [""])[0] for name in names)


def test_a_sum_and_a_level_are_inherited_by_the_next_of_a_list() -> None:
    """ "WTI 58 cents at $63.48" moved as Brent did."""
    first, second = events(
        "Brent was up 64 cents at $67.44 a barrel and WTI 58 cents at $63.48.", "price_change"
    )
    assert _told(first, "change", "level") == ("64 cents", "$67.44 a barrel")
    assert _told(second, "change", "level") == ("58 cents", "$63.48")


def test_lists_without_respectively_are_paired_in_turn() -> None:
    """As many changes and levels as there are metals."""
    copper, zinc = events(
        "Copper and zinc fell 1.2% and 0.8% to $9,400 and $2,700 a tonne.", "price_change"
    )
    assert _told(copper, "change", "level") == ("1.2%", "$9,400")
    assert _told(zinc, "change", "level") == ("0.8%", "$2,700 a tonne")


def test_one_change_of_two_is_both_their_change() -> None:
    """Fewer figures than things: all share them."""
    found = events("WTI and Brent rose by more than 7% this week.", "price_change")
    assert [_told(e, "change") for e in found] == [("more than 7%",)] * 2


@pytest.mark.parametrize(
    ("text", "role", "value"),
    [
        ("Ending the week at CNY 28,000 per tonne, zinc was up 3.7%.", "level", "CNY 28,000"),
        ("With a gain of 3.6% zinc settled at $2,900 a tonne.", "change", "3.6%"),
        ("There was a rise of $12 in the price of zinc, to $820 a tonne.", "change", "$12"),
        ("April gold was down $6 to $1,112 per troy ounce.", "benchmark", "April gold"),
        ("Zinc is a third cheaper than at the start of the year.", "change", "a third"),
    ],
)
def test_figures_before_the_thing(text: str, role: str, value: str) -> None:
    """They are told of it all the same."""
    (event,) = events(text, "price_change")
    assert roles(event)[role][0].startswith(value)


def test_output_that_moved_is_no_price() -> None:
    """ "zinc fell 12% to 44,000 tonnes" behind a report of copper output."""
    text = "Boliden's copper output rose 4% to 101,000 tonnes, zinc fell 12% to 44,000 tonnes."
    assert events(text, "price_change") == []
