"""Forecasts that give no figure."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events, roles


@pytest.mark.parametrize(
    ("text", "variable"),
    [
        ("Nickel will probably trade sideways this quarter, ANZ said.", "Nickel"),
        ("ING expects zinc prices to weaken next year.", "zinc"),
        ("The aluminium market will be tight next year, Alcoa said.", "aluminium market"),
        ("Copper is unlikely to recover before 2027, said Ed Meir of Marex.", "Copper"),
        ("According to ING, lead supply is bound to outpace demand in 2027.", "lead supply"),
    ],
)
def test_who_thinks_what_will_become_of_a_market(text: str, variable: str) -> None:
    """One forecast, with somebody behind it and no level."""
    (event,) = events(text, "forecast")
    told = roles(event)
    assert variable in told["variable"][0]
    assert told["forecaster"]
    assert "level" not in told


def test_who_forecasts_goes_on_forecasting() -> None:
    """The next sentence names nobody."""
    first, second = events(
        "ING sees copper at $9,800 a tonne next year. Zinc is likely to remain short until 2028.",
        "forecast",
    )
    assert roles(second)["forecaster"] == roles(first)["forecaster"]


@pytest.mark.parametrize(
    "text",
    [
        "Boliden said it would cut costs at Aitik.",
        "The minister said the talks could last for weeks.",
        "Zinc prices will not fall below cost, ING said.",
    ],
)
def test_own_affairs_talks_and_denials_are_none(text: str) -> None:
    """Nothing is forecast of a market."""
    assert events(text, "forecast") == []
