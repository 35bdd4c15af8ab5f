"""Milestones: stage, site, capacity, and how far they have come."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events, roles

TOLD = [
    ("Syrah Resources has restarted its Balama graphite mine.", "restart", "completed"),
    ("Hudbay resumed mining at Constancia last week.", "restart", "completed"),
    ("Cameco plans to restart the Cigar Lake mine in September.", "restart", "proposed"),
    ("Hindustan Copper has reopened its Malanjkhand mine.", "restart", "completed"),
    (
        "Ivanhoe Mines produced first concentrate at Kamoa-Kakula in May.",
        "first_production",
        "completed",
    ),
    ("Production started at the Kitumba mine in August.", "first_production", "completed"),
    (
        "First production at BHP's Jansen mine is expected in late 2026.",
        "first_production",
        "proposed",
    ),
    (
        "Lynas commissioned its Kalgoorlie rare earths plant in December.",
        "first_production",
        "completed",
    ),
    ("Iluka is building a rare earths refinery at Eneabba.", "construction", "in_force"),
    ("Lithium Americas broke ground at Thacker Pass in March.", "construction", None),
    (
        "BHP will take a final investment decision on Jansen in 2025.",
        "construction",
        "proposed",
    ),
    ("Construction of the Jansen mine of BHP began in 2021.", "construction", "in_force"),
    (
        "Antofagasta has completed an expansion of its Los Pelambres mine.",
        "expansion",
        "completed",
    ),
    (
        "Pilbara Minerals will raise capacity at Pilgangoora to 1 million tonnes a year.",
        "expansion",
        "proposed",
    ),
    (
        "De Grey Mining has completed a feasibility study for its Hemi gold project.",
        "study",
        "completed",
    ),
    ("Drilling is under way at the Hemi project of De Grey Mining.", "drilling", "in_force"),
    ("Trek Metals will begin a drill programme at Tambourah this quarter.", "drilling", "proposed"),
    (
        "Construction of the third train at Albemarle's Kemerton plant has been stopped.",
        "construction",
        "suspended",
    ),
]

TRAPS = [
    "Talks between Chile and Codelco resumed on Monday.",
    "The Baltic Exchange opened higher after the mine ban.",
    "The European Commission opened an inquiry into the Formosa Ha Tinh steel plant.",
    "Rio Tinto reported results from its exploration drilling costs.",
    "The DOE lent Ioneer $700 million to build a plant.",
    "Philippine lawmakers lifted a ban on open-pit mining at Tampakan.",
    "The plant, built in 1972 by Alcoa at Lista, employs 240 people.",
    "Analysts asked Barrick about the cost of building Reko Diq.",
    "It is unclear when First Quantum will restart Cobre Panama.",
    "Vale would not restart Onça Puma unless prices recovered.",
    "Steel demand from construction fell 4% in China.",
    "Africa's first lithium mine belongs to Atlantic Lithium.",
    "The company said in its feasibility study of 2019 that gold was at Hemi.",
    "A museum opened beside the old Wheal Jane mine.",
    "Shipments of copper from Las Bambas resumed on Friday.",
]


@pytest.mark.parametrize(("text", "stage", "status"), TOLD)
def test_a_stage_is_read_with_its_status(text: str, stage: str, status: str | None) -> None:
    """Each way to tell a stage gives one event of that stage."""
    found = events(text, "project_milestone")
    assert [roles(e)["stage"] for e in found] == [[stage]]
    if status is not None:
        assert found[0].status.value == status


@pytest.mark.parametrize("text", TRAPS)
def test_the_vocabulary_alone_is_no_milestone(text: str) -> None:
    """Talks, markets, history, purposes and conditions are no milestones."""
    assert events(text, "project_milestone") == []


def test_planned_output_is_the_capacity_of_the_milestone() -> None:
    """What a plant is to make a year is no production report."""
    text = (
        "Sinomine Resource has laid out plans for a copper smelter at the Kitumba mine in Zambia. "
        "It is to turn out 60,000 tons per year of copper cathode."
    )
    (event,) = events(text, "project_milestone")
    assert roles(event)["capacity"] == ["60,000 tons per year"]
    assert events(text, "production_report") == []


def test_what_is_ahead_is_a_forecast() -> None:
    """A plan has modality forecast; a condition makes it hypothetical."""
    (planned,) = events("Cameco plans to restart the Cigar Lake mine.", "project_milestone")
    assert planned.modality.value == "forecast"
    (maybe,) = events("Freeport could restart Big Gossan at Grasberg.", "project_milestone")
    assert maybe.modality.value == "hypothetical"


def test_two_stages_in_one_sentence_are_two_events() -> None:
    """Breaking ground and first gold stand side by side."""
    text = (
        "De Grey Mining aims to break ground at its Hemi gold project in 2024, "
        "with first gold in 2026."
    )
    found = events(text, "project_milestone")
    assert {roles(e)["stage"][0] for e in found} == {"construction", "first_production"}


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("BHP kicks off construction at Jansen potash mine.", "construction"),
        ("TSMC to spend $100 billion on five more plants in Arizona.", "construction"),
        ("Ground was broken on Hyundai's steel mill in Louisiana.", "construction"),
        ("BASF and Eramet scrap $2.6 billion nickel refinery in Indonesia.", "construction"),
        ("Energy Fuels plans to expand its White Mesa mill to 60,000 tonnes a year.", "expansion"),
        ("Liontown ships maiden spodumene cargo from Kathleen Valley.", "first_production"),
        ("ReElement set to launch rare earth refinery in Marion, Indiana.", "first_production"),
        ("Nornickel relaunches furnace at Nadezhda smelter after upgrade.", "restart"),
        ("Gold Fields achieved commercial levels of production at Salares Norte.", "ramp_up"),
        (
            "NickelX is preparing to carry out an RC drill program at its Dalwallinu project.",
            "drilling",
        ),
    ],
)
def test_trade_idioms_for_a_stage_are_read(text: str, stage: str) -> None:
    """Greenlights, sods, maiden cargoes and money put into works tell the stage too."""
    found = events(text, "project_milestone")
    assert stage in [s for e in found for s in roles(e).get("stage", [])]


@pytest.mark.parametrize(
    "sentence",
    [
        "To earn 51% of Kay, Arizona Metals must deliver a feasibility study on the project.",
        "The mining code obliges Rusal to build a refinery at Friguia.",
        "Hudbay still lacks the permits to start building Copper World.",
        "Infill holes are planned in support of feasibility studies at Kay.",
        "KABIL signed a pact for the first Indian lithium search at Fiambala.",
    ],
)
def test_a_duty_a_purpose_or_a_kind_is_no_stage(sentence: str) -> None:
    stages = [roles(e)["stage"] for e in events(sentence, "project_milestone")]
    assert all(s not in (["study"], ["construction"], ["first_production"]) for s in stages)


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("Auby, closed by Nyrstar in October, came back in part on March 6.", "completed"),
        ("Alkane restarts the decline at its Tomingley mine next week.", "agreed"),
        ("Uranium One has signed a contract and is to build a lithium plant at Uyuni.", "agreed"),
        ("A licence would let Lynas get to first production at Kuantan.", "proposed"),
    ],
)
def test_a_stage_is_as_far_as_its_sentence_says(sentence: str, status: str) -> None:
    found = events(sentence, "project_milestone")
    assert status in [e.status.value for e in found]


@pytest.mark.parametrize(
    ("sentence", "stage", "status"),
    [
        ("Rio Tinto's Rhodes Ridge mine is now under development.", "construction", "in_force"),
        ("A lithium refinery is being built by Tianqi at Kwinana.", "construction", "in_force"),
        ("A copper smelter is to be built by Zijin at Kamoa.", "construction", "proposed"),
        (
            "The process plant at Group 6's Dolphin mine is all but built.",
            "construction",
            "in_force",
        ),
        (
            "Shovels are in the ground at Foran's McIlvenna Bay project.",
            "construction",
            "completed",
        ),
        ("Ioneer ought to be producing at Rhyolite Ridge by 2028.", "first_production", "proposed"),
        ("A gravity survey was flown over Teck's Highland Valley.", "exploration", "completed"),
    ],
)
def test_more_ways_to_tell_a_stage(sentence: str, stage: str, status: str) -> None:
    found = events(sentence, "project_milestone")
    assert [(roles(e)["stage"], e.status.value) for e in found] == [([stage], status)]


@pytest.mark.parametrize(
    ("sentence", "stages"),
    [
        ("Eramet's Centenario lithium plant has reached 75% of its nameplate.", ["ramp_up"]),
        ("Lynas is adding a heavy rare earth circuit in Malaysia.", ["expansion"]),
        ("Orano and Navoi set up a venture to mine uranium at South Djengeldi.", []),
    ],
)
def test_growth_of_works_is_told_and_a_venture_is_none(sentence: str, stages: list[str]) -> None:
    found = [roles(e)["stage"][0] for e in events(sentence, "project_milestone")]
    assert found == stages
