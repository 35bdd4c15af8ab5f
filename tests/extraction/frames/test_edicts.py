"""Edicts: policy told by what an authority lets, orders, rules out, stocks or pumps."""

import pytest

from tests.extraction.conftest import events, roles

TOLD = [
    ("China will no longer let companies build alumina plants in polluted regions.", "China"),
    ("Beijing will not approve new copper smelters this year.", "Beijing"),
    ("Beijing bars new alumina refineries", "Beijing"),
    ("China's industry ministry has ruled out new alumina plants in polluted regions.", "China"),
    ("OPEC+ will raise output by 138,000 barrels a day from April.", "OPEC+"),
    ("OPEC+ is about to add 138,000 barrels a day in April.", "OPEC+"),
    ("Eight OPEC+ countries led by Saudi Arabia will go ahead with output increases.", "OPEC+"),
    ("The Pentagon plans to buy up to $500 million of cobalt for its stockpile.", "Pentagon"),
    ("Zimbabwe requires lithium miners to build refineries.", "Zimbabwe"),
]


@pytest.mark.parametrize(("text", "authority"), TOLD)
def test_an_edict_is_a_policy_measure_of_its_authority(text, authority):
    """A verb alone tells the measure, and its subject is who decides."""
    (event,) = events(text, "policy_measure")
    assert roles(event)["authority"] == [authority]


@pytest.mark.parametrize(
    "text",
    [
        "Glencore told its mines to cut output.",
        "OPEC cut its forecast for oil demand growth in 2025.",
        "OPEC raised production by 100,000 bpd in March, a survey found.",
        "Traders want smelters to cut output.",
        "Indonesia let Freeport build a smelter at Gresik.",
        "China bought 15,000 tonnes of cobalt from Glencore.",
        "The miner will not approve new projects this year, BHP said.",
        "Norway allowed companies to import alumina free of duty.",
    ],
)
def test_firms_forecasts_and_counts_rule_nothing(text):
    """Orders inside a firm, forecasts, surveys, single permits and trade are no policy."""
    assert events(text, "policy_measure") == []
