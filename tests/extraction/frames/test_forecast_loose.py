"""Forecasts told loosely: bare figures of houses, own numbers, sequels."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events, roles


@pytest.mark.parametrize(
    ("text", "level"),
    [
        (
            "Morgan Stanley has reduced its fourth-quarter Brent forecast by $5 to $75 a barrel.",
            "$75 a barrel",
        ),
        ("BMO lifted its 2027 average for iron ore from $65 to $78 a tonne.", "$78 a tonne"),
        ("UBS is sticking to its call of $3,700 an ounce for gold in 2027.", "$3,700 an ounce"),
        ("For 2027 the projected average for Brent crude is $84.30 a barrel.", "$84.30 a barrel"),
        ("BMI's average for the year is US$18,000 a tonne for nickel.", "US$18,000 a tonne"),
        (
            "The oil benchmark is anticipated to reach an average of $87 a barrel in 2027.",
            "$87 a barrel",
        ),
    ],
)
def test_a_house_and_its_number_are_a_forecast(text: str, level: str) -> None:
    """However the house comes by its number, the number is what it forecasts."""
    (found,) = events(text, "forecast")
    assert roles(found)["level"] == [level]
    assert events(text, "price_level") == []


@pytest.mark.parametrize(
    "more",
    [
        "Macquarie goes for 16,700 tonnes.",
        "CRU's figure is 48,000 tonnes.",
        "UBS: 12,000 tonnes.",
        "A broker in London reckons on 9,000 tonnes.",
    ],
)
def test_a_bare_figure_takes_up_the_forecast_before(more: str) -> None:
    """What the second house speaks of is what the first one forecast."""
    first = "The Nickel Institute sees a nickel shortfall of 10,000 tonnes in 2027."
    one, two = events(f"{first} {more}", "forecast")
    assert roles(two)["variable"] == roles(one)["variable"]
    assert roles(two)["forecaster"] != roles(one)["forecaster"]


def test_a_forecast_goes_on_with_other_variables() -> None:
    """The sentences after it, modal or listed, are the same house's."""
    text = (
        "The International Copper Study Group expects a copper surplus of 155,000 tonnes in 2027. "
        "Mines should produce 3.9% more. Refineries: up 2.8% in 2027 and 3.3% in 2028."
    )
    told = [roles(e) for e in events(text, "forecast")]
    assert [t.get("change") for t in told[1:]] == [["3.9%"], ["2.8%"], ["3.3%"]]
    assert all(t["forecaster"] == told[0]["forecaster"] for t in told)


def test_a_price_beside_a_forecast_is_forecast_too() -> None:
    """ "sees demand falling and zinc at $2,800/t": no price of the day."""
    text = "Citi sees zinc demand falling by 2% and zinc at $2,800/t in 2027."
    assert any(roles(e).get("level") == ["$2,800/t"] for e in events(text, "forecast"))
    assert events(text, "price_level") == []


@pytest.mark.parametrize(
    "text",
    [
        "China's zinc output was 62 tonnes in April, analysts estimate, 4% less on the month.",
        "Gulf exports rallied to 2.5 million barrels a day in May, much more than expected.",
        "Production of anthracite was estimated at 86,000 tons, down 7.5% from a week earlier.",
        "The company publishes a fresh estimate of the mineral resource: 1.2 million ounces.",
    ],
)
def test_what_has_been_is_no_forecast(text: str) -> None:
    """An estimate of the past, a surprise and a resource look ahead to nothing."""
    assert events(text, "forecast") == []


def test_the_same_house_goes_on_by_pronoun() -> None:
    """ "For 2028 it goes to …; its figure for 2029 stays at …": each is a forecast of its own."""
    text = (
        "Goldman Sachs raised its 2027 aluminum price forecast to $2,450 a tonne. "
        "For 2028 it goes to $2,500 from $2,350; its figure for 2029 stays at $2,400."
    )
    told = [roles(e) for e in events(text, "forecast")]
    assert [t["level"] for t in told] == [["$2,450 a tonne"], ["$2,500"], ["$2,400"]]
    assert [t["horizon"] for t in told] == [["2027"], ["2028"], ["2029"]]
    assert all(t["forecaster"] == ["Goldman Sachs"] for t in told)
