"""Deals that the words around the names tell: headlines, idioms, ellipses; and what is none."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events, roles

TOLD = [
    ("joint_venture", "Pilbara Minerals teams up with Calix on lithium salts plant"),
    ("joint_venture", "US and Argentina forge agreement to enhance critical minerals cooperation"),
    ("joint_venture", "Codelco has chosen Rio Tinto as its partner to develop Maricunga."),
    ("joint_venture", "Eramet has parted ways with BASF over the planned nickel refinery."),
    ("supply_agreement", "General Motors lines up manganese sulphate from Element 25"),
    ("supply_agreement", "Ford secures lithium from Nemaska, SQM and Albemarle"),
    ("supply_agreement", "Energoatom has turned to Cameco for all its natural uranium until 2035."),
    ("financing", "Artemis Gold bags C$360m project loan for Blackwater"),
    ("financing", "TechMet gets fresh $50m from US development bank DFC"),
    ("financing", "Resolution Minerals tops up coffers with A$2.3 million share placement"),
    ("acquisition", "Rio Tinto swoops on Arcadium in $6.7 billion lithium play"),
    ("acquisition", "Anglo and Teck to combine in $53 billion deal"),
    ("acquisition", "Barrick has put its Hemlo mine on the block."),
    ("exploration_agreement", "BHP farms into Cobre's Kitlanya project in Botswana"),
    (
        "exploration_agreement",
        "JOGMEC and Namibia's Epangelo will hunt for rare earths in Namibia.",
    ),
]
TRAPS = [
    "Shares in Fortescue and BHP fell 2% on Monday.",
    "First Quantum repaid $200 million of its debt in the quarter.",
    "Glencore sells cobalt to many customers.",
    "Codelco and Rio Tinto reported lower profits.",
    "BHP said Glencore had cut output at its Kamoto mine.",
]
DEALS = {type_ for type_, _ in TOLD}


@pytest.mark.parametrize(("type_", "text"), TOLD)
def test_words_around_the_names_tell_a_deal(type_: str, text: str) -> None:
    """Where no clause tells the deal, the order of names and set phrases does."""
    assert events(text, type_)


@pytest.mark.parametrize("text", TRAPS)
def test_names_beside_each_other_are_no_deal(text: str) -> None:
    """Two names and a sum without a word of dealing tell nothing."""
    assert not [e for type_ in DEALS for e in events(text, type_)]


def test_who_takes_and_who_gives_stand_in_their_roles() -> None:
    """ "lines up X from B": the first buys, the second supplies."""
    (event,) = events(
        "General Motors lines up manganese sulphate from Element 25", "supply_agreement"
    )
    told = roles(event)
    assert told["buyer"] == ["General Motors"]
    assert told["supplier"] == ["Element 25"]
