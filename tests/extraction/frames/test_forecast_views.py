"""Forecasts told by needs, gaps, pegs and guidance."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events, roles


@pytest.mark.parametrize(
    "text",
    [
        "The bank pegs copper at $10,500 a tonne in the fourth quarter of 2027.",
        "Global battery demand is set to reach 3,600 GWh in 2030.",
        "The energy transition will need 36.5 million tonnes of copper by 2031.",
        "The lithium market could face a shortfall of 572,000 tonnes by 2034.",
        "The market is heading for a surplus of 300,000 tonnes in 2027, Antaike said.",
        "UBS now has Brent averaging $85 a barrel in 2027.",
        "Cochilco maintained its price projection of $4.25 a pound for 2027.",
        "Capital expenditure guidance for fiscal 2027 was maintained at $1.4 billion.",
        "Data centres will need 945 TWh by 2030, the IEA says.",
    ],
)
def test_what_lies_ahead_is_a_forecast(text: str) -> None:
    """Each text tells one forecast and no price of the day."""
    assert len(events(text, "forecast")) == 1
    assert events(text, "price_level") == []


@pytest.mark.parametrize(
    "text",
    [
        "The mine will need 300 workers.",
        "The company has 12 million tonnes of coal in stock.",
        "The study assumes a copper price of $4.20 per pound.",
        "The miner lowered its production guidance for 2027 by 17%.",
        "The group is calling for an end to the strike by June.",
    ],
)
def test_other_words_of_need_and_having_are_none(text: str) -> None:
    """Staff, stocks, a study's prices and a miner's own output are no forecast."""
    assert events(text, "forecast") == []


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        (
            "Goldman Sachs has copper at $10,610 per ton in 2027. For 2028 the bank stuck to its "
            "range of $10,000-$11,000 per ton.",
            ["$10,610 per ton", "$10,000-$11,000 per ton"],
        ),
        (
            "Goldman Sachs has copper at $10,610 per ton in 2027. Its long-term forecast of "
            "$15,000 a ton for 2035 lies above the consensus.",
            ["$10,610 per ton", "$15,000 a ton"],
        ),
        (
            "Goldman Sachs expects an aluminium surplus of 500,000 tonnes in 2027. By the end of "
            "2027 it has it falling to $2,350 per ton.",
            ["500,000 tonnes", "$2,350 per ton"],
        ),
        ("UBS's iron ore estimate for 2027 moves down to $95 a tonne.", ["$95 a tonne"]),
    ],
)
def test_a_house_goes_on_with_another_number(text: str, levels: list[str]) -> None:
    """Its own words for its number, whether the house is named again or not."""
    assert [roles(e)["level"][0] for e in events(text, "forecast")] == levels


def test_a_forecast_that_moves_is_no_price() -> None:
    """ "The forecast went up to" tells what somebody thinks."""
    text = "The 2027 copper forecast of Goldman Sachs went up on Thursday to $10,610 per ton."
    assert events(text, "price_change") == []
    assert len(events(text, "forecast")) == 1
