"""The second opinion: what the votes leave open is told by the words around it."""

from __future__ import annotations

import pytest

from lodewire.extraction.naming.clues import is_barred
from lodewire.extraction.naming.mentions import find_mentions
from lodewire.extraction.naming.opinion import Opinion, load_opinion, write_opinion
from lodewire.model.vocabulary import MentionType
from lodewire.text.sentences import split_sentences


def _types(text: str) -> dict[str, MentionType]:
    return {m.text: m.type for m in find_mentions(text, split_sentences(text, "en")).mentions}


@pytest.mark.parametrize(
    ("text", "sites"),
    [
        ("The pact covers five brine blocks, viz. Zorda-I, Zorda-II and Kresta.", 3),
        ("Left shut are Vantry, Lake Ombra and Queel, the other nickel mines of the group.", 3),
        ("Drilling goes on at two deposits, Quenby and Marlow Hill.", 2),
    ],
)
def test_a_list_of_works_makes_sites_of_its_names(text: str, sites: int) -> None:
    """The noun stands before or behind the whole list."""
    assert sum(t is MentionType.SITE for t in _types(text).values()) == sites


@pytest.mark.parametrize("name", ["Hong Kong-listed", "Li2O", "Rmb81", "Mining Minister Jo Fry"])
def test_units_titles_and_describing_words_are_no_parties(name: str) -> None:
    """Whatever stands around them."""
    assert is_barred(name)


@pytest.mark.parametrize("name", ["Storberget", "Toho", "Zeta Minister Ltd", "JPC"])
def test_a_name_of_its_own_may_be_one(name: str) -> None:
    """A legal suffix outweighs a title."""
    assert not is_barred(name)


def test_a_dateline_and_a_ticker_are_no_organisations() -> None:
    """They tell where a report was filed and where a share is listed."""
    text = "OSLO (NTB) - Foo Metals Ltd (TSX-V: FOO) drilled on."
    organisations = {n for n, t in _types(text).items() if t is MentionType.ORGANISATION}
    assert organisations <= {"Foo Metals Ltd", "NTB"}
    assert "Foo Metals Ltd" in organisations


def test_a_headline_is_cut_at_its_verb() -> None:
    """ "Acquires" is no part of the firm's name."""
    assert "Quorn Lithium" in _types("Quorn Lithium Acquires Lake Salar Project")


def test_the_opinion_follows_the_higher_score_over_its_bar() -> None:
    """Below both bars there is none."""
    opinion = Opinion((0.0, 0.0), {"a": (2.0, 0.1), "b": (-3.0, 1.0)})
    assert opinion.judge(["a"]) is MentionType.ORGANISATION
    assert opinion.judge(["b"]) is MentionType.SITE
    assert opinion.judge(["unknown"]) is None


def test_the_file_keeps_what_was_fitted() -> None:
    """The same numbers give the same bytes, and the shipped file is read."""
    assert write_opinion([0.5, -1], {"x": [1, 2]}) == write_opinion([0.5, -1], {"x": [1, 2]})
    assert len(load_opinion().weights) > 1000
