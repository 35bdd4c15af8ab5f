"""Milestones told by set phrases, results of drilling and money put into works."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events, roles

TOLD = [
    ("Drilling at Klippen returned 12 m at 2.7 g/t gold, Boliden said.", "drilling"),
    ("Two rigs are turning at the Goliath project of Treasury Metals.", "drilling"),
    ("Alcoa said its San Ciprian smelter came back to life in March.", "restart"),
    ("Boliden's Tara mine will be back in June.", "restart"),
    ("Korea Zinc will make 15 tons a year of gallium at Onsan from 2028.", "first_production"),
    (
        "Mitsubishi Materials began feeding concentrate at its Onahama smelter in spring.",
        "first_production",
    ),
    ("Freeport's Manyar smelter was 93 percent complete in February.", "construction"),
    ("Timah wants to put up a smelter in Myanmar.", "construction"),
    ("SK hynix will put $12 billion into a packaging plant at Cheongju.", "construction"),
    ("Gotion signed an accord with Morocco for a plant at Kenitra.", "construction"),
    (
        "A power station of 300MW near Luanshya is planned by First Quantum Minerals.",
        "construction",
    ),
    ("Timet will add 9,000 t of melt capacity at Ravenswood by 2027.", "expansion"),
    (
        "Teck's board has approved the construction of a second mill at Quebrada Blanca.",
        "construction",
    ),
    ("The minister cut the ribbon on Lynas's cracking plant at Kalgoorlie.", "first_production"),
    ("Treasury Metals said a feasibility study is to be finished this year.", "study"),
]

TRAPS = [
    "Teck's board approved the sale of its coal business.",
    "Unit operating costs of Pilbara Minerals fell to half the level of last year.",
    "He drilled home the opener from 25 metres for Mufulira Wanderers.",
    "No drill hole has been sunk by Rio Tinto at Jerónimo for 25 years.",
    "BHP's shares came back to life in London.",
    "China has set the first batch of its rare earth quotas at 66,000 tonnes, the Ministry of "
    "Natural Resources said.",
    "The resource of Boliden draws on 31,250 m of drilling in 94 holes.",
    "The story came from an agency feed, Glencore said.",
    "The deposit of Boliden is open at depth.",
    "Ukraine opens the Dobra lithium tender to TechMet.",
]


@pytest.mark.parametrize(("text", "stage"), TOLD)
def test_set_phrases_tell_a_stage(text: str, stage: str) -> None:
    """Each phrase gives one milestone of its stage."""
    found = [roles(e) for e in events(text, "project_milestone")]
    assert [f["stage"] for f in found] == [[stage]]


@pytest.mark.parametrize("text", TRAPS)
def test_like_words_tell_none(text: str) -> None:
    """The same words about shares, quotas, tenders and what was not done tell no stage."""
    assert events(text, "project_milestone") == []


def test_the_operator_may_be_told_in_the_sentence_after() -> None:
    """Who built the plant that a minister opens is named right behind it."""
    found = events(
        "The president on Monday inaugurated a new ferronickel plant in Sulawesi. "
        "The plant was built by PT Gunbuster Nickel Industry, a unit of Jiangsu Delong.",
        "project_milestone",
    )
    first = roles(found[0])
    assert first["stage"] == ["first_production"]
    assert "Gunbuster" in first["operator"][0]


def test_what_follows_a_start_is_no_stage_of_its_own() -> None:
    """ "five years after the start of construction" dates the production, and tells no building."""
    found = events(
        "Tianqi commenced production at its Kwinana lithium refinery five years after the start of "
        "construction.",
        "project_milestone",
    )
    assert [roles(e)["stage"] for e in found] == [["first_production"]]
