"""Supply agreements: who supplies whom, told in each of the ways in which the press tells it."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events
from tests.extraction.frames.deal_cases import Wanted, check

TYPE = "supply_agreement"

TOLD: list[tuple[str, Wanted]] = [
    (
        "Liontown Resources will supply up to 150,000 tonnes of spodumene concentrate a year to "
        "Tesla for five years from 2024.",
        {
            "supplier": "Liontown Resources",
            "buyer": "Tesla",
            "commodity": "spodumene concentrate",
            "term": "five years",
            "date": "2024",
        },
    ),
    (
        "Glencore has signed a five-year offtake agreement with Samsung SDI for cobalt hydroxide.",
        {"supplier": "Glencore", "buyer": "Samsung SDI", "commodity": "cobalt hydroxide"},
    ),
    (
        "Tesla has signed an offtake agreement with Syrah Resources for graphite from Balama.",
        {"supplier": "Syrah Resources", "buyer": "Tesla", "commodity": "graphite"},
    ),
    (
        "QatarEnergy has sealed a 27-year deal to supply China's Sinopec with 4 million tonnes of "
        "LNG a year.",
        {"supplier": "QatarEnergy", "buyer": "Sinopec", "term": "27-year"},
    ),
    (
        "enCore Energy has been awarded a contract for 100,000 pounds of uranium by the National "
        "Nuclear Security Administration.",
        {
            "supplier": "enCore Energy",
            "buyer": "National Nuclear Security Administration",
            "volume": "100,000 pounds",
        },
    ),
    (
        "The Defense Logistics Agency has awarded United States Antimony a five-year contract "
        "worth up to $245 million to supply antimony ingots.",
        {"supplier": "United States Antimony", "buyer": "Defense Logistics Agency"},
    ),
    (
        "Under the agreement, Vale will deliver nickel from Long Harbour to General Motors.",
        {"supplier": "Vale", "buyer": "General Motors", "commodity": "nickel"},
    ),
    (
        "Panasonic Energy said it has struck a graphite supply agreement for its U.S. battery "
        "plants with Novonix.",
        {"supplier": "Novonix", "buyer": "Panasonic Energy", "commodity": "graphite"},
    ),
    (
        "Ford has agreed to buy part of the lithium output of Ioneer.",
        {"buyer": "Ford", "commodity": "lithium"},
    ),
    (
        "Rio Tinto announced a multi-year supply agreement under which it will provide gallium to "
        "Intel.",
        {"supplier": "Rio Tinto", "buyer": "Intel", "term": "multi-year", "commodity": "gallium"},
    ),
    (
        "Toho Titanium has agreed to process sponge for Timet under a tolling arrangement.",
        {"supplier": "Toho Titanium", "buyer": "Timet"},
    ),
    (
        "Altura will supply Weihua with 50,000 tonnes of spodumene concentrate from its "
        "Pilgangoora mine.",
        {"supplier": "Altura", "buyer": "Weihua", "site": "Pilgangoora"},
    ),
    (
        "Stellantis signed a preliminary agreement with GME Resources to secure supplies of nickel "
        "sulphate.",
        {"supplier": "GME Resources", "buyer": "Stellantis", "commodity": "nickel sulphate"},
    ),
    (
        "MP Materials has begun deliveries of neodymium metal to General Motors under a long-term "
        "contract.",
        {"supplier": "MP Materials", "buyer": "General Motors", "term": "long-term"},
    ),
    (
        "Glencore signed a cobalt supply contract with BMW. Deliveries will start in 2027 for a "
        "term of eight years.",
        {"supplier": "Glencore", "buyer": "BMW", "term": "eight years", "date": "2027"},
    ),
    (
        "MinRes scrapped a deal with Ganfeng Lithium to convert spodumene concentrate from "
        "Mt Marion.",
        {"buyer": "Ganfeng Lithium", "commodity": "spodumene concentrate"},
    ),
]


@pytest.mark.parametrize(("text", "wanted"), TOLD)
def test_a_supply_deal_is_read_with_its_sides_and_terms(text: str, wanted: Wanted) -> None:
    """Verbs of giving and taking, nouns, awards, relative clauses and terms told apart."""
    check(text, TYPE, wanted)


def test_several_contracts_signed_at_once_are_several_events() -> None:
    """ "contracts with A and B" are two deals, and each keeps its own side."""
    found = events(
        "LG Energy Solution has signed lithium supply contracts with Albemarle and SQM.", TYPE
    )
    assert sorted(e.of("supplier")[0].value for e in found) == ["Albemarle", "SQM"]
    assert all(e.of("buyer")[0].value == "LG Energy Solution" for e in found)


TRAPS = [
    "Russia supplied 14% of the uranium delivered to US plants in 2021.",
    "The battery chain keeps signing offtake memoranda at a pace that nobody can follow.",
    "The supply of copper concentrate has tightened, and contracts for power take months.",
    "The most active lithium carbonate contract on the exchange rose 2% to 80,000 yuan.",
    "Its water supply agreement dispute goes before the court in May.",
    "Glencore bought a stake in the Mutanda mine.",
    "China exports more rare earths to Japan than to any other country.",
    "The company signed a wage agreement with the miners' union at Escondida.",
    "Freeport shipped 20,000 tonnes of copper last month.",
]


@pytest.mark.parametrize("text", TRAPS)
def test_words_of_trade_alone_are_no_supply_deal(text: str) -> None:
    """Trade, market contracts, disputes and labour deals carry no supply agreement."""
    assert events(text, TYPE) == []
