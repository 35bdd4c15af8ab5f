"""Words of movement: direction, idioms of runs, and words that only look like them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.extraction.frames.movements import direction_of, find_movement, movements

MOVES = [
    ("climbed 3%", "up"),
    ("slipped on Monday", "down"),
    ("little changed at $15,330", "flat"),
    ("held at US$220", "flat"),
    ("put on 0.2%", "up"),
    ("pared losses", "up"),
    ("extended gains", "up"),
    ("gave back its gains", "down"),
    ("snaps three-day losing streak", "up"),
    ("fell to a nine-year low", "down"),
    ("off 1.9%", "down"),
    ("have shot up", "up"),
]


@pytest.mark.parametrize(("words", "direction"), MOVES)
def test_a_movement_has_its_direction(words: str, direction: str) -> None:
    found = find_movement(words, 0, len(words))
    assert found is not None
    assert found[0] == direction


@pytest.mark.parametrize(
    "words", ["made up 91% of stocks", "up to 30%", "held a meeting", "was shut down", "short-term"]
)
def test_other_uses_are_no_movement(words: str) -> None:
    assert find_movement(words, 0, len(words)) is None


def test_direction_of_takes_whole_words_only() -> None:
    assert direction_of("higher") == "up"
    assert direction_of("higher prices") is None


@given(st.text(alphabet="abeghilnoprstuw 0123456789%.-", max_size=80))
def test_movements_lie_inside_the_text_and_in_order(text: str) -> None:
    found = list(movements(text, 0, len(text)))
    assert all(0 <= start < end <= len(text) for _, start, end in found)
    assert all(a[2] <= b[1] for a, b in itertools.pairwise(found))
