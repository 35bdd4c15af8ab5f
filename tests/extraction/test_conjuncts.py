"""Sentences that tell of several happenings, clause by clause."""

from __future__ import annotations

import pytest

from lodewire.extraction.analysis import analyse
from lodewire.extraction.conjuncts import conjuncts
from tests.extraction.conftest import events, read, roles

APART = [
    (
        "Output rose in March, and prices fell.",
        ["Output rose in March", "prices fell."],
    ),
    (
        "Vale shut its mine; in May Glencore reopened its smelter.",
        ["Vale shut its mine", "in May Glencore reopened its smelter."],
    ),
    (
        "Vale mines nickel, while Codelco mines copper.",
        ["Vale mines nickel", "Codelco mines copper."],
    ),
]
ONE = [
    "Vale mines nickel and copper in Brazil.",
    "Vale bought the mine and sold the smelter.",
    "If output falls and prices rise, Vale will reopen the mine.",
    "Vale owns a mine which lies in Para and which it wants to sell.",
]


@pytest.mark.parametrize(("text", "parts"), APART)
def test_clauses_with_subjects_of_their_own_stand_apart(text: str, parts: list[str]) -> None:
    """Cut at the join, which belongs to neither."""
    (sentence,) = analyse(read(text).document).sentences
    assert [p.text for p in conjuncts(sentence)] == parts


@pytest.mark.parametrize("text", ONE)
def test_lists_shared_subjects_and_conditions_are_one(text: str) -> None:
    """What one subject does, or on what a sentence depends, is not cut off."""
    (sentence,) = analyse(read(text).document).sentences
    assert conjuncts(sentence) == []


def test_each_clause_that_tells_by_itself_is_a_telling() -> None:
    """With the parties, sum and day of its own clause."""
    first, second = events(
        "Glencore paid $2 billion for Viterra last year, and Rio Tinto closed its $6.7 billion "
        "takeover of Arcadium Lithium in March.",
        "acquisition",
    )
    assert roles(first)["acquirer"] == ["Glencore"]
    assert roles(first)["value"] == ["$2 billion"]
    assert roles(second)["acquirer"] == ["Rio Tinto"]
    assert roles(second)["date"] == ["March"]


def test_reports_of_output_in_one_sentence_keep_their_own_goods() -> None:
    """Commas part clauses that each tell of another metal."""
    found = events(
        "Boliden's copper output rose 4% to 101,000 tonnes, zinc output fell 12% to 44,000 tonnes "
        "and lead output was steady at 10,000 tonnes.",
        "production_report",
    )
    told = [(roles(e)["commodity"], roles(e)["volume"]) for e in found]
    assert told == [
        (["copper"], ["101,000 tonnes"]),
        (["zinc"], ["44,000 tonnes"]),
        (["lead"], ["10,000 tonnes"]),
    ]


def test_goods_named_before_their_figures() -> None:
    """ "of nickel 9,500 tonnes": behind one noun, a list."""
    found = events(
        "Boliden's production of copper was 187,000 tonnes, of nickel 9,500 tonnes and of "
        "platinum 34,000 ounces.",
        "production_report",
    )
    assert [roles(e)["commodity"] for e in found] == [["copper"], ["nickel"], ["platinum"]]
