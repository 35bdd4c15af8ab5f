"""Forecasts: who expects what, at which level, by when; and what is no forecast."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events, roles

TOLD = [
    (
        "Citi sees the aluminium market in a deficit of 250,000 tonnes next year.",
        {"forecaster": ["Citi"], "level": ["250,000 tonnes"], "horizon": ["next year"]},
    ),
    (
        "Analysts at Canaccord Genuity expect the spot uranium price to average US$88/lb in 2026.",
        {"forecaster": ["Canaccord Genuity"], "level": ["US$88/lb"], "horizon": ["2026"]},
    ),
    (
        "Zinc mine production is projected to increase by 6.3% to 12.51 million tonnes this year.",
        {"change": ["6.3%"], "level": ["12.51 million tonnes"], "horizon": ["this year"]},
    ),
    (
        "A nickel deficit of 200,000 t is forecast for 2026.",
        {"level": ["200,000 t"], "horizon": ["2026"]},
    ),
    (
        "Goldman Sachs has raised its gold price forecast to $3,100 per ounce by the end of 2025.",
        {"forecaster": ["Goldman Sachs"], "variable": ["gold price"]},
    ),
    (
        "Cochilco raised its forecast for the average copper price in 2026 to $4.55 per pound from "
        "$4.30.",
        {"forecaster": ["Cochilco"], "level": ["$4.55 per pound"], "horizon": ["2026"]},
    ),
    (
        "Copper prices, said Edward Meir, a Marex consultant, would likely stay “range-bound with "
        "a negative bias” for the rest of the year.",
        {
            "forecaster": ["Edward Meir", "Marex"],
            "variable": ["Copper prices"],
            "change": ["range-bound with a negative bias"],
        },
    ),
    (
        "A downward trend in the prices of base metals is expected by NAB analysts in 2026.",
        {"forecaster": ["NAB"], "change": ["downward trend"], "horizon": ["2026"]},
    ),
    (
        "Under stated policies, lithium demand will grow fivefold by 2040, the International "
        "Energy Agency estimates.",
        {"variable": ["lithium demand"], "change": ["fivefold"], "horizon": ["2040"]},
    ),
    (
        "The copper concentrate deficit is expected to widen to 950,000 tons in 2025, according to "
        "analysts at Benchmark Mineral Intelligence.",
        {"forecaster": ["Benchmark Mineral Intelligence"], "level": ["950,000 tons"]},
    ),
    (
        "Darton Commodities puts the cobalt deficit at 47,000 tonnes in 2025.",
        {"forecaster": ["Darton Commodities"], "level": ["47,000 tonnes"]},
    ),
    (
        "The International Tin Association thinks refined tin output will dip by 1% this year.",
        {"variable": ["refined tin output"], "change": ["1%"], "horizon": ["this year"]},
    ),
    (
        "SMM expects prices of heavy rare earths to hold firm in October.",
        {"forecaster": ["SMM"], "change": ["firm"], "horizon": ["October"]},
    ),
    (
        '"Copper could hit $12,000 a ton in 2026," ANZ analyst Daniel Hynes said.',
        {"level": ["$12,000 a ton"], "horizon": ["2026"]},
    ),
    (
        "A surplus of 2 million bpd of oil is on the cards for the first quarter, Rystad Energy "
        "said.",
        {"level": ["2 million bpd"], "horizon": ["first quarter"]},
    ),
]


@pytest.mark.parametrize(("sentence", "wanted"), TOLD)
def test_a_forecast_is_read_with_its_figures(sentence: str, wanted: dict[str, list[str]]) -> None:
    found = events(sentence, "forecast")
    assert len(found) == 1, [roles(e) for e in found]
    told = roles(found[0])
    assert {role: told.get(role) for role in wanted} == wanted
    assert found[0].modality.value == "forecast"


TRAPS = [
    "The company expects to produce 200,000 tonnes of copper this year.",
    "Barrick kept its 2025 guidance of 3.15 to 3.5 million ounces of gold.",
    "The minister will visit the copper mine on Friday.",
    "The smelter will be shut for 35 days of maintenance in May, the company said.",
    "Fields did not want to give a forecast for 2027.",
    "It would make the plant one of the costliest of its kind outside China, it said.",
    "Consumers watched for whether the 50% rate will stay as it is.",
    "Copper prices rose 3% to $9,000 a ton, more than analysts had expected.",
    "The fly-half is forecast to return from injury in March.",
    "Charges usually drop when copper ore is scarce and climb when it is plentiful.",
    "The project has reserves of 40 million tonnes of lithium ore.",
    "Vale sees no reason to sell its nickel business.",
    "The ban will take effect on December 1, the ministry said.",
    "Volkswagen put the investment in the cell plant at C$7 billion.",
    "Analysts have raised their price forecasts for carbon permits.",
]


@pytest.mark.parametrize("sentence", TRAPS)
def test_what_is_no_forecast_gives_none(sentence: str) -> None:
    assert [roles(e) for e in events(sentence, "forecast")] == []


def test_two_years_are_two_forecasts() -> None:
    text = (
        "The global copper market is expected to see a deficit of 325,000 tonnes this year and a "
        "surplus of 155,000 tonnes in 2027, the International Copper Study Group said."
    )
    found = {roles(e)["horizon"][0]: roles(e) for e in events(text, "forecast")}
    assert found["this year"]["level"] == ["325,000 tonnes"]
    assert "deficit" in found["this year"]["variable"][0]
    assert found["2027"]["level"] == ["155,000 tonnes"]
    assert "surplus" in found["2027"]["variable"][0]


def test_output_and_cost_targets_are_two_forecasts() -> None:
    text = (
        "Copper output of 770,000 t to 840,000 t is being targeted by First Quantum this year, "
        "with the C1 cash cost of copper put at $1.65/lb to $1.85/lb."
    )
    levels = {roles(e)["level"][0] for e in events(text, "forecast")}
    assert levels == {"770,000 t to 840,000 t", "$1.65/lb to $1.85/lb"}


def test_the_same_sum_in_another_currency_is_no_second_forecast() -> None:
    text = (
        "EU allowances are expected to average 88.36 euros ($90.29) a tonne in 2026 and 97.66 "
        "euros in 2027, a survey of eight analysts showed."
    )
    levels = [roles(e)["level"][0] for e in events(text, "forecast")]
    assert levels == ["88.36 euros", "97.66 euros"]


def test_what_a_forecast_was_before_is_not_its_level() -> None:
    text = "The EIA expects Brent to average $55 a barrel next year, down from its estimate of $62."
    assert [roles(e)["level"] for e in events(text, "forecast")] == [["$55 a barrel"]]


def test_he_stands_for_the_person_named_before() -> None:
    text = (
        "The quarter was hard, said First Quantum chief executive Tristan Pascall.\n\nA recovery "
        "in copper production is expected as the year goes on, he said.\n"
    )
    found = events(text, "forecast")
    assert len(found) == 1
    assert "Tristan Pascall" in roles(found[0])["forecaster"]
