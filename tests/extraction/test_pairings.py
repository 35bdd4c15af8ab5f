"""Lists told in parallel: each name with the figure of its own place."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events, roles


def test_each_metal_has_the_output_of_its_own_place() -> None:
    """The nearest name would give both figures to the second metal."""
    first, second = events(
        "Nornickel said nickel and copper production came to 54,000 t and 111,000 t respectively "
        "in the first quarter.",
        "production_report",
    )
    assert (roles(first)["commodity"], roles(first)["volume"]) == (["nickel"], ["54,000 t"])
    assert (roles(second)["commodity"], roles(second)["volume"]) == (["copper"], ["111,000 t"])


def test_changes_and_levels_stay_together() -> None:
    """Two lists of figures, one of names: each place has its change and its level."""
    first, second = events(
        "LME aluminium and zinc fell 0.6% and 1.1% to $2,450 and $2,710 a tonne respectively.",
        "price_change",
    )
    assert (roles(first)["change"], roles(first)["level"]) == (["0.6%"], ["$2,450"])
    assert (roles(second)["change"], roles(second)["level"]) == (["1.1%"], ["$2,710 a tonne"])


@pytest.mark.parametrize("text", ["LME zinc, lead and tin lost 0.6%, 1.1% and 2%, respectively."])
def test_three_places_make_three_tellings(text: str) -> None:
    """One change a metal."""
    told = {roles(e)["commodity"][0]: roles(e)["change"][0] for e in events(text, "price_change")}
    assert told == {"zinc": "0.6%", "lead": "1.1%", "tin": "2%"}


def test_without_the_word_nothing_is_paired() -> None:
    """A range and two names are no lists told side by side."""
    found = events(
        "Nornickel mined nickel and copper and sold 2,000 t and 3,000 t of matte.",
        "production_report",
    )
    assert len(found) < 2
