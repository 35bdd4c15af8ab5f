"""Deals in words that no construction foresees: told by what stands in the sentence."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events, roles

TOLD = [
    (
        "Natural Resources Canada has given conditional approval for up to C$12.9 million.",
        "financing",
        {"investor": ["Natural Resources Canada"]},
    ),
    (
        "Altura Mining has found a home for its spodumene: Ganfeng Lithium is bound to take 50,000 "
        "tonnes annually.",
        "supply_agreement",
        {"buyer": ["Ganfeng Lithium"]},
    ),
    (
        "Gold Fields itself paid C$2.16 billion last October for Osisko Mining, its partner.",
        "acquisition",
        {"acquirer": ["Gold Fields"], "target": ["Osisko Mining"]},
    ),
    (
        "Ramelius Resources is joining forces with Spartan Resources in a A$2.4 billion "
        "cash-and-scrip transaction.",
        "acquisition",
        {"acquirer": ["Ramelius Resources"], "target": ["Spartan Resources"]},
    ),
    (
        "Kenorland Minerals (TSX-V: KLD) has inked an earn-in with Antofagasta Minerals "
        "(LON: ANTO) over the Tanacross project.",
        "exploration_agreement",
        {"party": ["Kenorland Minerals", "Antofagasta Minerals"]},
    ),
    (
        "State House was the scene of a signing by which Tanzania Petroleum Development "
        "Corporation (TPDC) came to own 40 per cent of the Mnazi Bay field, twice what it had.",
        "acquisition",
        {"asset": ["Mnazi Bay"]},
    ),
    (
        "Kazatomprom signed a long-term contract to sell uranium to Switzerland's Axpo.",
        "supply_agreement",
        {"supplier": ["Kazatomprom"], "buyer": ["Axpo"]},
    ),
    (
        "MP Materials obtained a $150 million Pentagon loan to expand separation at Mountain Pass.",
        "financing",
        {"recipient": ["MP Materials"], "investor": ["Pentagon"]},
    ),
    (
        "General Motors and Livent have agreed on a long-term supply of lithium hydroxide.",
        "supply_agreement",
        {"supplier": ["Livent"], "buyer": ["General Motors"]},
    ),
    (
        "Rio Tinto and Codelco founded a venture to explore the Agua claims in the Atacama.",
        "exploration_agreement",
        {"party": ["Rio Tinto", "Codelco"]},
    ),
]


@pytest.mark.parametrize(("sentence", "type_", "wanted"), TOLD)
def test_a_retold_deal_is_read(sentence: str, type_: str, wanted: dict[str, list[str]]) -> None:
    """The parties stand in their roles although no pattern of words was foreseen."""
    found = events(sentence, type_)
    assert found, sentence
    told = roles(found[0])
    for role, values in wanted.items():
        assert told.get(role) == values, (role, told)


@pytest.mark.parametrize(
    ("sentence", "type_"),
    [
        ("Glencore repaid a $500 million loan from Citibank in March.", "financing"),
        (
            "Northgate Lithium thanked its financing partners; cash stood at A$88 million.",
            "financing",
        ),
        ("Syrah's contract mine produced 45,000 tonnes of graphite last year.", "supply_agreement"),
        ("National Oil Corporation lifted force majeure, freeing 700,000 b/d.", "supply_agreement"),
        ("Newmont has the right to buy back 70% of the Inca project in two stages.", "acquisition"),
        ("A deal between Washington and Beijing would help base metals.", "joint_venture"),
        (
            "Through a deal with Avenger Projects, Capricorn Metals acquired Crimson Metals, which "
            "holds applications for exploration licences.",
            "exploration_agreement",
        ),
        ("Tongwei signs up for a 200,000 tonnes polysilicon plant in Baotou.", "supply_agreement"),
        (
            "Kazatomprom has kept to 80% of the maximum of its own accord, uranium being weak.",
            "supply_agreement",
        ),
        ("Compass Minerals would sell Ford 40% of the lithium carbonate.", "acquisition"),
        ("Sprott bought 300,000 lb of uranium at $102.80 on Tuesday.", "acquisition"),
    ],
)
def test_vocabulary_alone_is_no_deal(sentence: str, type_: str) -> None:
    """Repaid loans, output and spot goods are not read as deals of the type."""
    assert not events(sentence, type_)
