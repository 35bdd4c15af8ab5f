"""Financing: loans, grants, placements, royalties: who gives, who gets, how much, what for."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events
from tests.extraction.frames.deal_cases import Wanted, check

TYPE = "financing"

TOLD: list[tuple[str, Wanted]] = [
    (
        "Horizonte Minerals said on Wednesday it has secured a $325 million syndicated loan to "
        "help fund construction of a nickel mine in Brazil.",
        {"recipient": "Horizonte Minerals", "value": "$325 million", "country": "Brazil"},
    ),
    (
        "Nickel Industries has executed a new US$250 million term loan facility with DBS Bank.",
        {"recipient": "Nickel Industries", "value": "US$250 million", "investor": "DBS Bank"},
    ),
    (
        "The Department of Defense has awarded $20.8 million to Fortune Minerals and "
        "Lomiko Metals.",
        {
            "investor": "Department of Defense",
            "recipient": ("Fortune Minerals", "Lomiko Metals"),
            "value": "$20.8 million",
        },
    ),
    (
        "IperionX has been granted $47.1 million by the US Department of Defense to strengthen a "
        "titanium supply chain.",
        {
            "recipient": "IperionX",
            "value": "$47.1 million",
            "purpose": "to strengthen a titanium supply chain",
        },
    ),
    (
        "The Department of Energy offered Novonix a conditional commitment of up to $755 million "
        "to build a synthetic graphite plant.",
        {"investor": "Department of Energy", "recipient": "Novonix"},
    ),
    (
        "In April GaN Dynamics Inc. raised $120 million in a Series C round led by Intel Capital.",
        {"recipient": "GaN Dynamics Inc.", "investor": "Intel Capital", "date": "April"},
    ),
    (
        "Silverfox Antimony Corp. has closed its private placement for gross proceeds of "
        "C$7.3 million.",
        {"recipient": "Silverfox Antimony Corp.", "value": "C$7.3 million"},
    ),
    (
        "In July the Pentagon bought $400 million of preferred stock in MP Materials.",
        {"recipient": "MP Materials", "value": "$400 million", "date": "July"},
    ),
    (
        "Orion Mine Finance has bought a royalty on the Araguaia project for US$25 million.",
        {"investor": "Orion Mine Finance", "site": "Araguaia", "value": "US$25 million"},
    ),
    (
        "The plant in Arizona is backed by a $6.6 billion grant from the U.S. government.",
        {"value": "$6.6 billion"},
    ),
    (
        "The European Investment Bank and Keliber Oy signed a loan agreement worth "
        "EUR 270 million.",
        {
            "investor": "European Investment Bank",
            "recipient": "Keliber Oy",
            "value": "EUR 270 million",
        },
    ),
    (
        "The European Investment Bank signed a loan agreement with Eramet SA.",
        {"investor": "European Investment Bank", "recipient": "Eramet SA"},
    ),
    (
        "First Cobalt obtained $10 million of government loans and grants to speed the opening of "
        "its plant in Ontario.",
        {"recipient": "First Cobalt", "investor": "government", "value": "$10 million"},
    ),
    (
        "Ma'aden will invest US$126.4 million in Ivanhoe Electric.",
        {"investor": "Ma'aden", "recipient": "Ivanhoe Electric", "value": "US$126.4 million"},
    ),
    (
        "The trading arm of Mercuria is to advance up to $500 million to Gecamines.",
        {"investor": "Mercuria", "recipient": "Gecamines", "value": "up to $500 million"},
    ),
    (
        "Liontown Resources raised A$300 million in a placement. The proceeds will be used to "
        "expand the Kathleen Valley mine.",
        {"recipient": "Liontown Resources", "purpose": "to expand the Kathleen Valley mine"},
    ),
]


@pytest.mark.parametrize(("text", "wanted"), TOLD)
def test_a_financing_is_read_with_giver_and_getter(text: str, wanted: Wanted) -> None:
    """Loans, grants, placements, royalties and equity, active, passive and nominal."""
    check(text, TYPE, wanted)


TRAPS = [
    "Interest payments at Cadoux Copper rose to A$6.1 million.",
    "Vale raised its guidance for iron ore output to 330 million tonnes.",
    "The cost of financing has doubled, says a banker at one of the houses that lend to miners.",
    "The company granted 1.2 million stock options to employees.",
    "Albemarle plans to invest $1.3 billion in building a lithium plant in South Carolina.",
    "Glencore received $2.5 billion for the sale of its stake in Viterra.",
    "Royalty payments brought Gecamines $300 million.",
    "Revenue rose 84% to $57.4 million as investment in new capacity paid off.",
]


@pytest.mark.parametrize("text", TRAPS)
def test_money_alone_is_no_financing(text: str) -> None:
    """Interest, guidance, options, own capital spending and proceeds of sales are none."""
    assert events(text, TYPE) == []
