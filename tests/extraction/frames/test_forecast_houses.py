"""Forecasts by the words of a house that holds them."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events, roles

HELD = [
    ("Citi's three-month target for silver goes to $55 from $46.", "Citi", "$55", "from $46"),
    (
        "UBS's new 2026 number for copper is $11,000, up from $10,200.",
        "UBS",
        "$11,000",
        "from $10,200",
    ),
    (
        "The surplus that Macquarie expects in 2026 has shrunk to 300,000 tonnes from 500,000.",
        "Macquarie",
        "300,000 tonnes",
        "from 500,000",
    ),
]


@pytest.mark.parametrize(("text", "house", "level", "change"), HELD)
def test_a_house_holds_a_figure_and_tells_what_it_was(
    text: str, house: str, level: str, change: str
) -> None:
    (event,) = events(text, "forecast")
    told = roles(event)
    assert (told["forecaster"], told["level"], told["change"]) == ([house], [level], [change])


@pytest.mark.parametrize(
    "text",
    [
        "BMO has zinc in surplus by 130,000 tonnes in 2026.",
        "Analysts at BMO expect quotas to leave the world 130,000 tonnes short of cobalt in 2026.",
    ],
)
def test_a_house_has_the_world_short_or_in_surplus(text: str) -> None:
    (event,) = events(text, "forecast")
    assert roles(event)["level"] == ["130,000 tonnes"]


def test_whose_view_it_is_may_stand_at_the_end() -> None:
    (event,) = events(
        "Lithium demand could reach 3 million tonnes by 2030, in the view of Albemarle.", "forecast"
    )
    assert roles(event)["forecaster"] == ["Albemarle"]


def test_what_is_looked_for_is_no_price_of_today() -> None:
    text = "Goldman looks for a 6% decline in nickel to $14,500 a ton by December 2026."
    assert not events(text, "price_change")
    (event,) = events(text, "forecast")
    assert roles(event)["level"] == ["$14,500 a ton"]


def test_a_project_is_not_what_somebody_projects() -> None:
    text = "The annual capacity of the project is 120,000 tonnes of nickel metal."
    assert not events(text, "forecast")


def test_each_figure_of_a_list_has_its_own_time_and_goods() -> None:
    text = (
        "The bank kept its copper forecast for 2025 at $9,900 and raised that for 2026 to $10,750."
    )
    assert [roles(e)["horizon"] for e in events(text, "forecast")] == [["2025"], ["2026"]]
    gold, silver = events("UBS is forecasting $5,000 gold and $65 silver for 2026.", "forecast")
    assert (roles(gold)["commodity"], roles(silver)["commodity"]) == (["gold"], ["silver"])


def test_a_year_before_a_level_is_no_level() -> None:
    (event,) = events("Worldsteel expects demand to grow by 1.2% in 2025 to 1,772 Mt.", "forecast")
    assert (roles(event)["level"], roles(event)["change"]) == (["1,772 Mt"], ["1.2%"])


def test_a_company_on_its_own_output_is_no_forecaster() -> None:
    text = "Its output will be down to 1.31 million tonnes this year, Codelco warned in October."
    assert not events(text, "forecast")


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("Goldman Sachs expects aluminium to go into surplus in 2026.", "into surplus"),
        ("Platinum will be undersupplied until 2028, Goldman Sachs said.", "undersupplied"),
    ],
)
def test_how_a_market_will_stand_is_forecast_without_a_figure(text: str, change: str) -> None:
    (event,) = events(text, "forecast")
    assert (roles(event)["forecaster"], roles(event)["change"]) == (["Goldman Sachs"], [change])
