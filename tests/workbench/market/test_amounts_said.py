"""Amounts as traders write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.workbench.market.amounts_said import parts_of_amount, plain_unit


@pytest.mark.parametrize(
    ("said", "number", "unit"),
    [
        ("180", "180", ""),
        ("88.10 c/lb", "88.10", "USc/lb"),
        ("88.10¢/lb", "88.10", "USc/lb"),
        ("88.10 US cents per pound", "88.10", "USc/pound"),
        ("$2850/t", "2850", "USD/t"),
        ("US$2850 a tonne", "2850", "USD/tonne"),
        ("A$90 /t", "90", "AUD/t"),
        ("−5 USD / t", "-5", "USD/t"),
        ("250 USD/short ton", "250", "USD/short ton"),
    ],
)
def test_number_and_unit_are_told_apart(said: str, number: str, unit: str) -> None:
    assert parts_of_amount(said) == (number, unit)


def test_words_without_a_number_are_no_amount() -> None:
    assert parts_of_amount("a lot") is None
    assert parts_of_amount("") is None


def test_a_dollar_of_another_country_stays_its_own() -> None:
    assert plain_unit("NZ$/t") == "NZ$/t"


@given(st.text())
def test_any_text_is_an_amount_or_none(text: str) -> None:
    found = parts_of_amount(text)
    assert found is None or found[0]
