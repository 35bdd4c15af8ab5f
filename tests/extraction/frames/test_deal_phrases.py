"""Deals told in set phrases: each pattern compiles, and its sentence is read in its type."""

from __future__ import annotations

import pytest

from lodewire.extraction.frames import deal_idioms, deal_phrases, pact_phrases, surface
from tests.extraction.conftest import events

ALL = [
    (module.__name__, name, words)
    for module in (deal_idioms, deal_phrases, pact_phrases)
    for name, patterns in vars(module).items()
    if name.isupper() and isinstance(patterns, tuple)
    for words in patterns
]


@pytest.mark.parametrize(("module", "name", "words"), ALL)
def test_every_pattern_compiles(module: str, name: str, words: str) -> None:
    """A pattern that does not compile would only be noticed by the sentence that needs it."""
    assert surface.pattern(words.replace("@b2", "(?P<d>x)")).groups >= 1, (module, name)


TOLD = [
    ("BMW bought lithium worth 540 million euros from Ganfeng.", "supply_agreement"),
    ("MP Materials will send rare earth oxides to Sumitomo.", "supply_agreement"),
    (
        "Cameco landed a 12-year contract to feed Ukraine's Energoatom with uranium hexafluoride.",
        "supply_agreement",
    ),
    ("L&F won an order worth 3.83 trillion won from Tesla for cathodes.", "supply_agreement"),
    (
        "Up to 150,000 tonnes a year of spodumene will go to Tesla from Kathleen Valley.",
        "supply_agreement",
    ),
    ("Newmont now owns 19.9% of Orosur Mining after buying shares.", "acquisition"),
    (
        "MMG has won the race for Anglo American's nickel business in Brazil.",
        "acquisition",
    ),
    (
        "Manara Minerals is close to taking 15% to 20% of First Quantum's Zambian copper assets.",
        "acquisition",
    ),
    ("Glencore is in talks with Rio Tinto about a combination.", "acquisition"),
    (
        "EXIM Bank has issued a letter of interest for up to $400 million to Perpetua Resources.",
        "financing",
    ),
    ("JOGMEC and Iwatani will put 110 million euros into Lynas's plant.", "financing"),
    ("A $135 million bailout will keep Nyrstar's smelters running.", "financing"),
    (
        "Zimbabwe has given China's Tsingshan exclusive prospecting rights to three areas.",
        "exploration_agreement",
    ),
    (
        "Livent has promised General Motors enough lithium hydroxide for six years.",
        "supply_agreement",
    ),
    (
        "Mitsubishi Corp booked the entire copper output of the Marimaca project.",
        "supply_agreement",
    ),
    ("Orano is to enrich uranium for TerraPower.", "supply_agreement"),
    ("Washington is to get 10% of Trilogy Metals for $35.6 million.", "acquisition"),
    ("Washington converted $8.9 billion in grants into a 9.9% stake in Intel.", "acquisition"),
    (
        "Ghana's Akyem mine has a new owner: China's Zijin Gold paid $1 billion for it.",
        "acquisition",
    ),
    ("KoBold Metals' latest round brought in $537 million.", "financing"),
    ("Foran Mining tapped investors for C$350 million.", "financing"),
    (
        "Kazakhstan has granted Cove Capital the right to explore the Upper Kairakty deposit.",
        "exploration_agreement",
    ),
    ("Tertiary Minerals lets First Quantum drill at the Mukai project.", "exploration_agreement"),
    ("Chile and China plan a lithium research centre.", "joint_venture"),
    ("BASF has pulled out of the Sonic Bay project with Eramet.", "joint_venture"),
    (
        "Stellantis and CATL will invest 4.1 billion euros in a 50-50 battery plant.",
        "joint_venture",
    ),
]


@pytest.mark.parametrize(("sentence", "type_"), TOLD)
def test_a_set_phrase_tells_its_deal(sentence: str, type_: str) -> None:
    """What is told in one of the phrases is read as an event of its type."""
    assert events(sentence, type_), sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Mozal shipped 314,000 tonnes of aluminium in the year to June, most of it to Europe.",
        "Rio Tinto has agreed terms with Trek Metals for exploration for nickel and copper.",
        "The money covers half of what it will take to build a mine with 180,000 oz a year.",
        "Nutrien would run its mines at reduced rates, taking 0.7 million tonnes off the market.",
        "Glencore sold 2.1 million tonnes of coal last year.",
    ],
)
def test_trade_without_a_deal_is_no_supply_agreement(sentence: str) -> None:
    """Flows of goods and pacts of another kind are no supply agreements."""
    assert not events(sentence, "supply_agreement")
