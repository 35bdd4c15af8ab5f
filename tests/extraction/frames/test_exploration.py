"""Exploration agreements: who may look for what, where, and what the right costs."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events, roles
from tests.extraction.frames.deal_cases import Wanted, check

TYPE = "exploration_agreement"

TOLD: list[tuple[str, Wanted]] = [
    (
        "Rio Tinto Exploration has agreed terms with ASX-listed Trek Metals to look for nickel and "
        "copper at the Jimblebar project in Western Australia.",
        {
            "party": ("Rio Tinto Exploration", "Trek Metals"),
            "commodity": ("nickel", "copper"),
            "country": "Western Australia",
        },
    ),
    (
        "Kenorland Minerals has inked an earn-in agreement with Antofagasta over the Tanacross "
        "copper-gold project in Alaska.",
        {"party": ("Kenorland Minerals", "Antofagasta"), "country": "Alaska"},
    ),
    (
        "Japan and Namibia have entered into an agreement to jointly explore for rare earths.",
        {"party": ("Japan", "Namibia"), "commodity": "rare earths"},
    ),
    (
        "JOGMEC and Zambia's Ministry of Mines signed a memorandum of cooperation on geological "
        "exploration for copper and cobalt.",
        {"commodity": ("copper", "cobalt")},
    ),
    (
        "Greatland Gold has entered a farm-in agreement with Rio Tinto for the Paterson South "
        "project.",
        {"party": ("Greatland Gold", "Rio Tinto"), "site": "Paterson South"},
    ),
    (
        "JOGMEC concluded an agreement with Namibia's Epangelo to explore jointly for rare earths.",
        {"commodity": "rare earths"},
    ),
    (
        "Ivanhoe Electric and Ma'aden agreed to explore for copper in Saudi Arabia.",
        {"party": ("Ivanhoe Electric", "Ma'aden"), "country": "Saudi Arabia"},
    ),
    (
        "BHP signed an exploration agreement with Kobold Metals in Zambia.",
        {"party": ("BHP", "Kobold Metals"), "country": "Zambia"},
    ),
    (
        "Newmont and Legacy Minerals signed a A$15m farm-in agreement for the Bauloora project.",
        {"party": ("Newmont", "Legacy Minerals"), "value": "A$15m"},
    ),
    (
        "Under the option agreement, Teck Resources can earn 75% of the Ajax project from Skeena.",
        {"party": ("Teck Resources",)},
    ),
    (
        "Rio Tinto signed an option agreement with Trek Metals on ground at Jimblebar. Trek will "
        "receive A$50 000 in exchange for exclusive rights.",
        {"party": ("Rio Tinto", "Trek Metals"), "value": "A$50 000"},
    ),
    (
        "Anglo American signed a prospecting agreement with Endiama to search for copper in "
        "Angola.",
        {"party": ("Anglo American", "Endiama"), "country": "Angola"},
    ),
    (
        "Fortescue and Codelco will jointly explore for copper in Chile.",
        {"party": ("Fortescue", "Codelco"), "country": "Chile"},
    ),
    (
        "South32 has struck an exploration alliance with Noronex in Botswana.",
        {"party": ("South32", "Noronex"), "country": "Botswana"},
    ),
    (
        "Vale inked an exploration deal with Barrick for copper in Pakistan.",
        {"party": ("Vale", "Barrick"), "commodity": "copper"},
    ),
]


@pytest.mark.parametrize(("text", "wanted"), TOLD)
def test_an_exploration_agreement_is_read_with_its_parties(text: str, wanted: Wanted) -> None:
    """Options, earn-ins, farm-ins, memoranda and verbs of exploring together."""
    check(text, TYPE, wanted)


TRAPS = [
    "Trek Metals will drill 2 000 m at Jimblebar this quarter to look for nickel.",
    "Exploration spending fell by 12% to A$880 million in the quarter.",
    "Rio Tinto explores for copper in Arizona.",
    "Barrick is looking for a buyer for its Tongon mine.",
    "The company granted stock options to directors.",
    "Analysts explore what the deal means for Glencore.",
    "BHP is exploring options for its Jansen project.",
    "Vale spent $400 million on exploration last year.",
]


@pytest.mark.parametrize("text", TRAPS)
def test_exploring_alone_is_no_agreement(text: str) -> None:
    """A firm's own drilling, spending and options of other kinds are none."""
    assert events(text, TYPE) == []


def test_a_site_named_only_further_on_is_not_taken_for_the_deal() -> None:
    """The venture that one side already has elsewhere is another deal."""
    found = events(
        "Japan and Namibia have agreed to explore jointly for rare earths. Neither side named the "
        "licences to be explored.\n\nJOGMEC is already in the country: it has been earning half of "
        "the Lofdal project. Lofdal is rich in dysprosium.",
        "exploration_agreement",
    )
    assert "site" not in roles(found[0])
