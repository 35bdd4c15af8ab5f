"""How values are printed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.publish.wording import (
    join_words,
    parse_dates,
    print_amount,
    print_dates,
    print_number,
    print_statement,
)
from tests.publish.made import statement


@pytest.mark.parametrize(
    ("value", "unit", "printed"),
    [
        ("1875000000", "USD", "US$1.875 billion"),
        ("88.10", "USc/lb", "88.1 US cents a pound"),
        ("1942", "USD/t", "US$1,942 a tonne"),
        ("25", "%", "25 %"),
        ("0.5", "%pt", "0.5 percentage points"),
        ("22250", "t/yr", "22,250 t a year"),
        ("1328425", "t", "1,328,425 t"),
        ("81000", "CNY/t", "CNY 81,000 a tonne"),
        ("5", "AUD", "A$5"),
        ("10", "$", "$10"),
        ("600", "USD/MWh", "US$600 a MWh"),
        ("12", None, "12"),
        ("-3.50", "%", "-3.5 %"),
    ],
)
def test_amounts_are_printed_with_their_unit(value: str, unit: str | None, printed: str) -> None:
    """No digit is lost and no unit left out."""
    assert print_amount(Decimal(value), unit) == printed


def test_hedges_and_ranges_are_kept() -> None:
    """What the text hedges stays hedged."""
    hedged = statement("value", "600", quote="$1.875", unit="USD/MWh", qualifier="more_than")
    assert print_statement(hedged) == "more than US$600 a MWh"
    ranged = statement("rate", "8..30", quote="$1.875", unit="%")
    assert print_statement(ranged) == "8 % to 30 %"


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("2025-03-12", "12 March 2025"),
        ("2025-03-01..2025-03-31", "March 2025"),
        ("2025-01-01..2025-12-31", "2025"),
        ("2025-01-01..2027-12-31", "2025 to 2027"),
        ("2025-07-01..2025-12-31", "the second half of 2025"),
        ("2022-10-01..2022-12-31", "the fourth quarter of 2022"),
        ("2025-06-04..2025-06-09", "4 June 2025 to 9 June 2025"),
    ],
)
def test_dates_are_printed_in_the_grain_they_were_stated(value: str, printed: str) -> None:
    """A quarter is a quarter."""
    span = parse_dates(value)
    assert span is not None
    assert print_dates(*span) == printed


def test_words_that_are_no_date_stay_words() -> None:
    """A name that begins with digits is no date."""
    assert parse_dates("2025-13-40") is None
    assert parse_dates("29Metals") is None


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12
    )
)
def test_printed_numbers_can_be_read_back(value: Decimal) -> None:
    """The printed number is the number."""
    assert Decimal(print_number(value).replace(",", "")) == value


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_a_day_prints_as_itself(day: date) -> None:
    """Day, month, year."""
    assert str(day.year) in print_dates(day, day)
    assert print_dates(day, day).startswith(f"{day.day} ")


def test_lists_read_as_people_write_them() -> None:
    """a, b and c."""
    assert join_words(["a"]) == "a"
    assert join_words(["a", "b", "c"]) == "a, b and c"
