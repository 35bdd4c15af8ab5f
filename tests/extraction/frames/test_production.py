"""Output: volumes, changes, shares and guidance, each with its producer and its time."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events, roles

TOLD = [
    (
        "Antofagasta produced 148,600 tonnes of copper in the second quarter, 13.6% more.",
        {"operator": ["Antofagasta"], "volume": ["148,600 tonnes"], "commodity": ["copper"]},
    ),
    (
        "Output at Codelco fell 6.8% to 118,600 tonnes of copper in January.",
        {"operator": ["Codelco"], "volume": ["118,600 tonnes"], "change": ["fell 6.8%"]},
    ),
    (
        "Chile's copper production rose 2.3% to 458,800 tonnes in June.",
        {"operator": ["Chile"], "country": ["Chile"], "volume": ["458,800 tonnes"]},
    ),
    (
        "Third-quarter copper output at Kansanshi was 36,000 tonnes, up 5% from the second.",
        {"site": ["Kansanshi"], "volume": ["36,000 tonnes"], "change": ["up 5%"]},
    ),
    (
        "BHP's Escondida saw its copper production increase 21.4% to 105,900 tonnes.",
        {"operator": ["BHP"], "site": ["Escondida"], "change": ["increase 21.4%"]},
    ),
    (
        "Lynas made 1,310 tonnes of NdPr in the December quarter.",
        {"operator": ["Lynas"], "volume": ["1,310 tonnes"]},
    ),
    (
        "Libya pumped 1.18 million bpd of oil in December.",
        {"operator": ["Libya"], "volume": ["1.18 million bpd"], "period": ["December"]},
    ),
    (
        "Vale reported iron ore production of 90.97 Mt for the third quarter of 2024.",
        {"operator": ["Vale"], "volume": ["90.97 Mt"], "period": ["third quarter of 2024"]},
    ),
    (
        "Nickel production at Anglo American fell by seven per cent in the quarter.",
        {"operator": ["Anglo American"], "commodity": ["Nickel"]},
    ),
    (
        "Grasberg accounts for nearly 30% of Freeport-McMoRan's copper production.",
        {"site": ["Grasberg"], "volume": ["nearly 30%"]},
    ),
    (
        "China mined about 48% of the world's antimony in 2023.",
        {"operator": ["China"], "commodity": ["antimony"], "period": ["2023"]},
    ),
    (
        "Cameco turned out 4.6 million pounds of uranium in the second quarter.",
        {"operator": ["Cameco"], "commodity": ["uranium"]},
    ),
    (
        "Finniss produced 28,837 tonnes of spodumene concentrate for Core Lithium last quarter.",
        {"site": ["Finniss"], "volume": ["28,837 tonnes"]},
    ),
    (
        "Global aluminium production rose 2.4% to 6.01 million tonnes in May.",
        {"volume": ["6.01 million tonnes"], "commodity": ["aluminium"], "period": ["May"]},
    ),
    (
        "Sibanye-Stillwater's output of gold declined 9% to 200,000 ounces last year.",
        {"operator": ["Sibanye-Stillwater"], "change": ["declined 9%"]},
    ),
]

GUIDANCE = [
    "Kazatomprom now guides to 25,000-26,500 tonnes of uranium for 2025.",
    "Teck's guidance for Quebrada Blanca was lowered to 200,000-210,000 tonnes of copper.",
    "First Quantum has issued guidance of 370,000 to 420,000 tonnes of copper for 2024.",
    "Cameco expects to produce 18 million pounds of uranium at McArthur River this year.",
]

TRAPS = [
    "Lista has a production capacity of 94,000 tonnes a year, Alcoa says.",
    "The plant of Alcoa at Lista can produce 94,000 tonnes a year.",
    "Glencore sold 215,000 tonnes of copper in the quarter.",
    "Copper stocks at LME warehouses rose 5% to 223,225 tonnes.",
    "Analysts at Citi see a deficit of 250,000 tonnes of aluminium this year.",
    "The Hemi resource of De Grey Mining stands at 10 million ounces of gold.",
    "China set a production quota of 87,000 tonnes for tungsten.",
    "Chile exported 400,000 tonnes of copper in May.",
    "Heavy lithium output has brought prices down by more than 80% since 2022.",
    "The NOC of Libya put its loss of production at 70,000 barrels a day.",
    "Rio Tinto's production costs rose 7% last year.",
    "The mill of Barrick processed 1.2 million tonnes of ore.",
    "Output is expected by Wood Mackenzie to reach 900,000 tonnes in 2030.",
    "A production of Macbeth drew 30% more visitors to Broken Hill.",
    "Vale would need 20,000 tonnes of nickel to meet the contract.",
]


@pytest.mark.parametrize(("text", "wanted"), TOLD)
def test_output_is_read_with_producer_and_figures(text: str, wanted: dict[str, list[str]]) -> None:
    """Each way to tell output gives one report with what the sentence states."""
    found = events(text, "production_report")
    assert len(found) == 1
    told = roles(found[0])
    for role, values in wanted.items():
        assert [v for v in values if any(v in t for t in told.get(role, []))] == values
    assert found[0].modality.value == "asserted"


@pytest.mark.parametrize("text", GUIDANCE)
def test_a_producers_own_guidance_is_a_report_of_what_is_to_come(text: str) -> None:
    """Guidance has modality forecast, and is not told twice as a forecast."""
    (event,) = events(text, "production_report")
    assert event.modality.value == "forecast"
    assert events(text, "forecast") == []


@pytest.mark.parametrize("text", TRAPS)
def test_other_tonnages_are_no_output(text: str) -> None:
    """Capacity, sales, stocks, resources, quotas and hopes are not production."""
    assert events(text, "production_report") == []


def test_two_metals_are_two_reports() -> None:
    """ "tonnes of copper and tonnes of zinc": one event each, with its own commodity."""
    text = "MMG produced 102,469 tonnes of copper and 61,606 tonnes of zinc in the third quarter."
    found = events(text, "production_report")
    assert [(roles(e)["volume"], roles(e)["commodity"]) for e in found] == [
        (["102,469 tonnes"], ["copper"]),
        (["61,606 tonnes"], ["zinc"]),
    ]


def test_the_figure_compared_with_is_no_report() -> None:
    """ "down from 637,032 oz" belongs to the change, not to a report of its own."""
    text = "Newcrest Mining produced 527,115 oz of gold, down 17% from 637,032 oz a year ago."
    (event,) = events(text, "production_report")
    assert roles(event)["volume"] == ["527,115 oz"]


def test_headline_and_lead_tell_one_report() -> None:
    """The same change in other words is the same report."""
    text = (
        "Chile's copper output up 2.3% in June\n\n"
        "Copper production in Chile rose 2.3% to 458,800 tonnes in June, Cochilco said."
    )
    assert len(events(text, "production_report")) == 1


@pytest.mark.parametrize(
    ("text", "volume"),
    [
        ("Tesla produced 433,371 vehicles in the third quarter.", "433,371"),
        ("Khoemacau makes 50,000 to 65,000 tonnes of copper a year.", "50,000 to 65,000 tonnes"),
        ("Codelco churned out 1.328 million tonnes of copper in 2024.", "1.328 million tonnes"),
    ],
)
def test_things_told_by_number_and_plain_verbs_are_output(text: str, volume: str) -> None:
    """Vehicles by number, "makes" and "churned out" tell output as well as "produced"."""
    found = events(text, "production_report")
    assert any(volume in v for e in found for v in roles(e).get("volume", []))


@pytest.mark.parametrize(
    ("text", "volume"),
    [
        ("Teck's Highland Valley mine gave 110,000 tonnes of copper in 2023.", "110,000 tonnes"),
        ("Zambia dug 820,000 tonnes of copper last year.", "820,000 tonnes"),
        ("The Moanda mine shipped 18,000 tonnes of manganese in 2024.", "18,000 tonnes"),
        ("The Kestrel mine yields around 5% of all the copper mined on earth.", "5%"),
        ("Congo dug roughly 70% of the world's cobalt last year.", "70%"),
    ],
)
def test_output_is_told_by_many_verbs(text: str, volume: str) -> None:
    """A works or a country gives, digs, yields or ships what it produced."""
    found = events(text, "production_report")
    assert len(found) == 1
    assert volume in roles(found[0])["volume"][0]


@pytest.mark.parametrize(
    ("text", "volume"),
    [
        (
            "Barrick Gold produced 3.9 million ounces of gold in 2024. "
            "It now sees between 3.2 and 3.5 million ounces for this year.",
            "between 3.2 and 3.5 million ounces",
        ),
        (
            "Vale SA produced 67.7 million tons of iron ore in the first quarter. "
            "It is sticking to a 2025 target of 325-335 million tons.",
            "325-335 million tons",
        ),
        (
            "Eramet left its production guidance for manganese alone. "
            "For 2025 it stands at 6.7 Mt to 7.2 Mt.",
            "6.7 Mt to 7.2 Mt",
        ),
    ],
)
def test_a_producers_own_figure_for_output_to_come_is_guidance(text: str, volume: str) -> None:
    """Aims, sights and targets of the producer are reports with the modality of a forecast."""
    found = [e for e in events(text, "production_report") if e.modality.value == "forecast"]
    assert [roles(e)["volume"] for e in found] == [[volume]]


@pytest.mark.parametrize(
    "text",
    [
        "The deal creates a 640,000-oz-a-year gold company, Alamos Gold said.",
        "The ministry set this year's output control target at 87,000 tonnes of tungsten.",
        "BHP expects demand of 30 million tonnes of copper by 2030.",
    ],
)
def test_sizes_quotas_and_demand_are_no_output(text: str) -> None:
    """What something is worth a year, may be made or will be used was not produced."""
    assert events(text, "production_report") == []
