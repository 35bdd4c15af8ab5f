"""Resources and reserves: one estimate a category, rock and metal kept apart."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events, roles

TOLD = [
    (
        "Hemi has an Indicated Resource of 22.1Mt at 1.31 g/t gold.",
        {"category": ["Indicated"], "tonnage": ["22.1Mt"], "grade": ["1.31 g/t"]},
    ),
    (
        "Proven and probable reserves at Hemi total 124 million tonnes grading 1.5 g/t.",
        {"category": ["Proven and probable"], "tonnage": ["124 million tonnes"]},
    ),
    (
        "Hemi holds 36.8Mt at 1.24% Li2O in the Measured category of its resource.",
        {"category": ["Measured"], "tonnage": ["36.8Mt"], "grade": ["1.24%"]},
    ),
    (
        "The Mineral Resource Estimate for Ewoyaa now stands at 36.8Mt at 1.24% Li2O.",
        {"tonnage": ["36.8Mt"], "grade": ["1.24%"]},
    ),
    (
        "Probable ore reserves at Havieron now stand at 2.4 million ounces of gold.",
        {"category": ["Probable"], "contained": ["2.4 million ounces"], "commodity": ["gold"]},
    ),
    (
        "The inferred resource at Pahtavaara is 4.6Mt grading 3.2g/t Au (474koz).",
        {"category": ["inferred"], "tonnage": ["4.6Mt"], "contained": ["474koz"]},
    ),
    (
        "Imouraren holds an estimated 174,000 tonnes of uranium.",
        {"site": ["Imouraren"], "contained": ["174,000 tonnes"], "commodity": ["uranium"]},
    ),
    (
        "Ore reserves at Hemi have grown to 6 million ounces from 5.1 million ounces.",
        {"contained": ["6 million ounces"]},
    ),
    (
        "Resources at Mt Weld were put at 106.6 million tonnes at 4.1% TREO.",
        {"site": ["Mt Weld"], "tonnage": ["106.6 million tonnes"]},
    ),
    (
        "The Inferred Resource at Hemi of 16.3Mt contains 289,500t of copper.",
        {"category": ["Inferred"], "tonnage": ["16.3Mt"], "contained": ["289,500t"]},
    ),
    (
        "The historical estimate for the Hemi gold project is 90 million tonnes at 0.5% copper.",
        {"tonnage": ["90 million tonnes"], "grade": ["0.5%"]},
    ),
    (
        "Measured resources at Hemi are 3.7Mt @ 1.37 g/t.",
        {"category": ["Measured"], "tonnage": ["3.7Mt"]},
    ),
    (
        "Kamoa-Kakula's indicated resources are 1.4 billion tonnes at 2.7% copper.",
        {"site": ["Kamoa-Kakula"], "category": ["indicated"], "grade": ["2.7%"]},
    ),
    (
        "De Grey Mining reports a maiden resource of 5 Mt at 2 g/t for Hemi.",
        {"operator": ["De Grey Mining"], "tonnage": ["5 Mt"]},
    ),
    (
        "Hemi's measured and indicated resources of 31.9 Mt contain 3.28 million ounces of gold.",
        {"category": ["measured and indicated"], "contained": ["3.28 million ounces"]},
    ),
]

TRAPS = [
    "Mineral Resources Ltd shipped 250,000 tonnes of lithium concentrate.",
    "China's gold reserves at the central bank rose by 10 tonnes.",
    "The US Strategic Petroleum Reserve holds 372 million barrels of oil.",
    "Hole MOD143 cut 34m at 1.62% Li2O from 88m at the Hemi project.",
    "Glencore has human resources in 35 countries and sold 900,000 tonnes of coal.",
    "Warehouses of the LME hold 223,225 tonnes of zinc.",
    "Antofagasta produced 148,600 tonnes of copper at a grade of 0.6%.",
    "First Quantum has the resources to mine 3 million tonnes a year.",
    "Rupert Resources sold 200,000 ounces of gold.",
    "Natural resources make up 40% of the economy and 3 million tonnes of exports.",
    "The Federal Reserve cut rates, and gold gained $20 an ounce for 5 tonnes.",
    "Core Lithium reserved 20,000 tonnes of spodumene for Ganfeng.",
    "Foreign exchange reserves fell as Zambia sold 5,000 tonnes of copper.",
    "The mill at Hemi treats 10 million tonnes a year at a grade of 1.5 g/t.",
    "State reserves of China bought 12,000 tonnes of cobalt.",
]


@pytest.mark.parametrize(("text", "wanted"), TOLD)
def test_an_estimate_is_read_with_its_figures(text: str, wanted: dict[str, list[str]]) -> None:
    """Each way to tell an estimate gives one event with what the sentence states."""
    found = events(text, "resource_estimate")
    assert len(found) == 1
    told = roles(found[0])
    for role, values in wanted.items():
        assert [v for v in values if any(v in t for t in told.get(role, []))] == values


@pytest.mark.parametrize("text", TRAPS)
def test_other_reserves_and_resources_are_no_estimates(text: str) -> None:
    """Names, currencies, stockpiles, drill holes and staff are not ore."""
    assert events(text, "resource_estimate") == []


def test_three_categories_are_three_estimates() -> None:
    """Figures before their category, in one bracket."""
    text = (
        "Ewoyaa (3.7Mt at 1.37% in the Measured category, 26.1Mt at 1.24% in the Indicated "
        "category and 7.0Mt @ 1.15% in the Inferred category) is in Ghana."
    )
    found = events(text, "resource_estimate")
    assert [(roles(e)["category"], roles(e)["tonnage"]) for e in found] == [
        (["Measured"], ["3.7Mt"]),
        (["Indicated"], ["26.1Mt"]),
        (["Inferred"], ["7.0Mt"]),
    ]


def test_metal_is_contained_and_rock_is_tonnage() -> None:
    """Ounces never become a tonnage."""
    text = (
        "Proven reserves at Hemi are 24.6 million tonnes grading 3.05 g/t for 2.41 million ounces."
    )
    (event,) = events(text, "resource_estimate")
    told = roles(event)
    assert told["tonnage"] == ["24.6 million tonnes"]
    assert told["contained"] == ["2.41 million ounces"]


@pytest.mark.parametrize(
    "text",
    [
        "Turkey said it has found 694 million tonnes of rare earth reserves at Beylikova.",
        "The Kvanefjeld deposit in Greenland contains more than 1 billion tonnes of ore.",
        "Hemi hosts a mineral resource of 264 Mt at 1.3 g/t for 11.2 Moz, De Grey said.",
    ],
)
def test_a_find_told_by_what_it_holds_is_an_estimate(text: str) -> None:
    """The word of resource may stand behind the figure, or a verb of holding in its place."""
    assert events(text, "resource_estimate")


@pytest.mark.parametrize(
    ("text", "contained"),
    [
        (
            "Goliath is credited with 810,000 ounces at 2.75 g/t in the indicated class.",
            "810,000 ounces",
        ),
        (
            "The Mnazi Bay field holds 641 billion cubic feet of gas.",
            "641 billion cubic feet",
        ),
    ],
)
def test_ground_is_credited_with_what_it_holds(text: str, contained: str) -> None:
    """Metal or gas in the ground, without the word resource."""
    found = [roles(e) for e in events(text, "resource_estimate")]
    assert [f["contained"][0] for f in found] == [contained]


def test_two_bodies_of_one_class_are_two_estimates() -> None:
    """Open-pit and underground ounces of one category are not one figure."""
    text = (
        "Maple Gold updates the resource of its Douay gold deposit.\\n\\n"
        "Open-pit Inferred: 2.065 million ounces at 0.94 g/t\\n\\n"
        "Underground Inferred: 460,000 ounces at 1.68 g/t"
    )
    found = [roles(e) for e in events(text, "resource_estimate")]
    assert [f["contained"] for f in found] == [["2.065 million ounces"], ["460,000 ounces"]]
