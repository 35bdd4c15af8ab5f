"""Forecasts told by needs, gaps, pegs and guidance."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events


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
