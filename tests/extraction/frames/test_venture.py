"""Joint ventures and partnerships: who works together, on what, with which shares."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events
from tests.extraction.frames.deal_cases import Wanted, check

TYPE = "joint_venture"

TOLD: list[tuple[str, Wanted]] = [
    (
        "Norrsken Minerals AB and SSAB have formed a 60:40 joint venture to develop the Rakkuri "
        "iron ore deposit in Sweden.",
        {"party": ("Norrsken Minerals AB", "SSAB"), "stake": "60:40", "country": "Sweden"},
    ),
    (
        "Volkswagen announced a $2.9 billion battery parts joint venture with Belgian materials "
        "firm Umicore.",
        {"party": ("Volkswagen", "Umicore"), "value": "$2.9 billion"},
    ),
    (
        "Sibanye-Stillwater has terminated its agreement to form a joint venture with ioneer over "
        "the Rhyolite Ridge project in Nevada.",
        {"party": ("Sibanye-Stillwater", "ioneer"), "asset": "Rhyolite Ridge"},
    ),
    (
        "Huayou Cobalt said that EVE Energy, based in Hubei, and others would be its partners in a "
        "joint venture costing $2.08 billion.",
        {"party": ("Huayou Cobalt", "EVE Energy"), "value": "$2.08 billion"},
    ),
    (
        "Rio Tinto and Codelco will jointly develop the Maricunga lithium project.",
        {"party": ("Rio Tinto", "Codelco")},
    ),
    (
        "Rio Tinto is building the plant with Indium Corporation.",
        {"party": ("Rio Tinto", "Indium Corporation")},
    ),
    (
        "Ford Motor has partnered with CATL.",
        {"party": ("Ford Motor", "CATL")},
    ),
    (
        "Huayou and Tsingshan Holding Group are already partners in a nickel sulphate project.",
        {"party": ("Huayou", "Tsingshan Holding Group"), "commodity": "nickel sulphate"},
    ),
    (
        "Equinor and Orsted signed a memorandum of understanding to cooperate on offshore wind.",
        {"party": ("Equinor", "Orsted")},
    ),
    (
        "A joint venture agreement was signed between PT Vale Indonesia and Ford Motor.",
        {"party": ("PT Vale Indonesia", "Ford Motor")},
    ),
    (
        "Codelco has struck a strategic partnership with SQM in the Salar de Atacama.",
        {"party": ("Codelco", "SQM")},
    ),
    (
        "Ma'aden and Ivanhoe Electric are creating a 50:50 joint venture.",
        {"party": ("Ma'aden", "Ivanhoe Electric"), "stake": "50:50"},
    ),
    (
        "BHP teamed up with Lundin Mining.",
        {"party": ("BHP", "Lundin Mining")},
    ),
    (
        "SSAB formed a joint venture with LKAB. SSAB will own 60% and LKAB 40%.",
        {"party": ("SSAB", "LKAB"), "stake": ("60%", "40%")},
    ),
    (
        "Boliden and Epiroc entered a strategic alliance. Under the accord Boliden is to "
        "contribute $490 million for a half share.",
        {"party": ("Boliden", "Epiroc"), "value": "$490 million"},
    ),
]


@pytest.mark.parametrize(("text", "wanted"), TOLD)
def test_a_venture_is_read_with_its_parties(text: str, wanted: Wanted) -> None:
    """Nouns, verbs of joining, building with another, and shares told apart."""
    check(text, TYPE, wanted)


TRAPS = [
    "Sharara is run by Akakus, a venture of NOC with Repsol, TotalEnergies and Equinor.",
    "Its share of joint venture income was A$2.2 million.",
    "The venture capital firm that owns a fifth of Norrsken called the terms fair.",
    "A partner at the law firm Ashurst agrees with Glencore.",
    "Collahuasi, the joint venture of Anglo American and Glencore, produced 190,000 tonnes.",
    "Management thanked its financing partners.",
    "Rio Tinto will spend more of the joint venture budget this year.",
    "Glencore and Trafigura compete with each other for cobalt.",
]


@pytest.mark.parametrize("text", TRAPS)
def test_a_standing_venture_is_no_event(text: str) -> None:
    """Who owns what since long, partners of firms and venture capital are none."""
    assert events(text, TYPE) == []
