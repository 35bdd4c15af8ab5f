"""Acquisitions: purchases, sales, stakes, bids, mergers and talks, by verb and by noun."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events
from tests.extraction.frames.deal_cases import Wanted, check

TYPE = "acquisition"

TOLD: list[tuple[str, Wanted]] = [
    (
        "Hudbay Minerals has agreed to buy the 25% of the Copper Mountain mine that it does not "
        "own from Mitsubishi Materials for $44.25 million.",
        {
            "acquirer": "Hudbay Minerals",
            "asset": "Copper Mountain mine",
            "stake": "25%",
        },
    ),
    (
        "Shell sold its 30 percent stake in the Bonga field to TotalEnergies for $600 million.",
        {
            "seller": "Shell",
            "acquirer": "TotalEnergies",
            "stake": "30 percent",
            "value": "$600 million",
        },
    ),
    (
        "The Eva Copper project will be sold to Harmony Gold for US$230 million.",
        {"acquirer": "Harmony Gold", "asset": "Eva Copper", "value": "US$230 million"},
    ),
    (
        "Metminco has completed the acquisition of Minera Seafield, which owns the Quinchia "
        "portfolio, from Red Ridge Capital.",
        {"acquirer": "Metminco", "target": "Minera Seafield", "seller": "Red Ridge Capital"},
    ),
    (
        "BP said it had agreed the sale of its 34.3-percent interest in the Yacheng gas field to "
        "KUFPEC for $308 million.",
        {"seller": "BP", "stake": "34.3-percent", "value": "$308 million"},
    ),
    (
        "Nevsun Resources has turned down a takeover bid of C$1.5 billion from Lundin Mining.",
        {"acquirer": "Lundin Mining", "target": "Nevsun Resources", "value": "C$1.5 billion"},
    ),
    (
        "BHP walked away from a $49 billion bid for Anglo American last year.",
        {"acquirer": "BHP", "target": "Anglo American", "value": "$49 billion"},
    ),
    (
        "Huayou Cobalt is paying $210 million for an interest in Tianjin B&M Science and "
        "Technology Co.",
        {"acquirer": "Huayou Cobalt", "value": "$210 million"},
    ),
    (
        "Anglo American and Teck Resources have agreed to merge.",
        {"acquirer": "Anglo American", "target": "Teck Resources"},
    ),
    (
        "Boliden's purchase of Lundin Mining's Neves-Corvo mine, for which it is paying "
        "$1.37 billion, closed yesterday.",
        {"acquirer": "Boliden", "seller": "Lundin Mining", "value": "$1.37 billion"},
    ),
    (
        "First Quantum Minerals confirmed it was in talks with Jiangxi Copper for the sale of a "
        "minority interest in its Kansanshi mine.",
        {"seller": "First Quantum Minerals", "acquirer": "Jiangxi Copper"},
    ),
    (
        "Sinomine assumed control of Kitumba in March.",
        {"acquirer": "Sinomine", "asset": "Kitumba"},
    ),
    (
        "United States Antimony will sell its Mexican subsidiary.",
        {"seller": "United States Antimony", "target": "Mexican subsidiary"},
    ),
    (
        "Exploration rights to the Jianxiawo mine were bought by CATL in April 2022.",
        {"acquirer": "CATL", "date": "April 2022"},
    ),
    (
        "Centerra Gold has paid $1.1bn to acquire Thompson Creek Metals Company.",
        {
            "acquirer": "Centerra Gold",
            "target": "Thompson Creek Metals Company",
            "value": "$1.1bn",
        },
    ),
    (
        "Zijin Mining raised its stake in Ivanhoe Mines to 13.7%.",
        {"acquirer": "Zijin Mining", "target": "Ivanhoe Mines", "stake": "13.7%"},
    ),
    (
        "Lundin Mining to buy Josemaria Resources in a deal worth C$625 million.",
        {"acquirer": "Lundin Mining", "target": "Josemaria Resources", "value": "C$625 million"},
    ),
]


@pytest.mark.parametrize(("text", "wanted"), TOLD)
def test_an_acquisition_is_read_with_its_parties(text: str, wanted: Wanted) -> None:
    """Active, passive, nominalised, bid, merger and headline forms."""
    check(text, TYPE, wanted)


def test_a_headline_without_a_name_joins_the_lead() -> None:
    """ "acquisition of Colombian gold portfolio" is the purchase that the lead names."""
    event = check(
        "Metminco completes acquisition of Colombian gold portfolio\n\nMetminco has completed the "
        "acquisition of Minera Seafield from RMB Australia.",
        TYPE,
        {"target": "Minera Seafield", "acquirer": "Metminco"},
    )
    assert event.of("asset") == ()


TRAPS = [
    "The company acquired 40 new haul trucks and two drill rigs.",
    "Vale bought 20,000 tonnes of nickel from Norilsk Nickel.",
    "The chief executive sold 200,000 shares on market.",
    "Companies have been acquiring scale, and nobody is buying mines.",
    "Orion Mine Finance bought a royalty on the Araguaia project for $25 million.",
    "Glencore owns 75% of Kamoto Copper Company.",
    "The bid price for tungsten concentrate rose to $330 per mtu.",
    "The offer of a job to the former minister has been accepted by Bannerman Energy.",
    "Airbus bought about half of its titanium from Russia's VSMPO-Avisma.",
]


@pytest.mark.parametrize("text", TRAPS)
def test_buying_goods_or_paper_is_no_acquisition(text: str) -> None:
    """Goods, equipment, royalties, standing stakes and price words carry no acquisition."""
    assert events(text, TYPE) == []
