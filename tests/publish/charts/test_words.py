"""Words and numbers of a picture: cleaned, measured, cut; printed as people read them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.publish.charts.figures import number, percent, signed, unit_words
from lodewire.publish.charts.texts import clean, cut, width, wrap


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("0", "0"),
        ("1942.27", "1,942"),
        ("712.5", "713"),
        ("88.1", "88.1"),
        ("4.5", "4.50"),
        ("4", "4"),
        ("0.411", "0.41"),
        ("0.0452", "0.045"),
        ("-50", "−50"),
        ("0.00012", "0.00012"),
    ],
)
def test_numbers_carry_the_digits_their_size_bears(value: str, told: str) -> None:
    """Thousands set apart; nothing that is not zero is printed as zero."""
    assert number(Decimal(value)) == told


def test_signs_and_percents() -> None:
    """Changes with their sign, shares in percent."""
    assert (signed(Decimal(712)), signed(Decimal("-88.1")), signed(Decimal(0))) == (
        "+712",
        "−88.1",
        "0",
    )
    assert percent(Decimal("0.703")) == "70 %"
    assert percent(Decimal("0.0345")) == "3.5 %"
    assert percent(Decimal("0.0004")) == "<0.1 %"
    assert percent(0.25) == "25 %"
    assert unit_words("USD/t") == "US$ a tonne"
    assert unit_words("furlongs") == "furlongs"


@given(text=st.text(max_size=300), room=st.floats(30, 500), size=st.integers(11, 18))
def test_what_is_cut_fits_its_room(text: str, room: float, size: int) -> None:
    """Cut and broken lines never run over, and nothing raises."""
    assert width(cut(text, size, room), size) <= room + 1e-9
    assert all(width(line, size) <= room + 1e-9 for line in wrap(text, size, room))


@given(text=st.text(max_size=100))
def test_clean_text_is_one_line_and_stays_clean(text: str) -> None:
    """Cleaning twice changes nothing more."""
    told = clean(text)
    assert "\n" not in told
    assert clean(told) == told
    told.encode("utf-8")
