"""Policy measures as sentences tell them, and policies of firms and banks that are none."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events, roles

TOLD = [
    (
        "Mali adopted a new mining code that raises the state's share to 35%.",
        "in_force",
        "Mali",
        "mining code",
    ),
    (
        "China set its 2024 rare earth mining quota at 135,000 tonnes.",
        "in_force",
        "China",
        "quota at 135,000 tonnes",
    ),
    ("Mexico nationalised its lithium in April 2022.", "in_force", "Mexico", "nationalised"),
    (
        "The Philippines lifted a ban on open-pit mining.",
        "in_force",
        "The Philippines",
        "ban on open-pit mining",
    ),
    (
        "Japan plans to expand its strategic stockpile of rare metals.",
        "proposed",
        "Japan",
        "strategic stockpile of rare metals",
    ),
    (
        "President Trump signed an executive order to boost output of critical minerals.",
        "in_force",
        "Trump",
        "executive order to boost output",
    ),
    (
        "Indonesia raised royalties on nickel ore to between 14% and 19%.",
        "in_force",
        "Indonesia",
        "royalties on nickel ore to between 14% and 19%",
    ),
    (
        "The European Union adopted the Critical Raw Materials Act in 2024.",
        "in_force",
        "European Union",
        "Critical Raw Materials Act",
    ),
    (
        "The US Department of the Interior published a final list of critical minerals.",
        "in_force",
        "US Department of the Interior",
        "list of critical minerals",
    ),
    (
        "Panama's parliament passed a law that bans new mining concessions.",
        "in_force",
        "Panama",
        "law that bans new mining concessions",
    ),
    (
        "Canada introduced a tax credit for critical mineral exploration.",
        "in_force",
        "Canada",
        "tax credit",
    ),
    (
        "The Indian cabinet approved royalty rates for lithium and niobium.",
        "in_force",
        "Indian",
        "royalty rates for lithium and niobium",
    ),
    ("South Korea will subsidise battery makers.", "agreed", "South Korea", "subsidise"),
    (
        "Chile's government is considering a royalty on lithium.",
        "proposed",
        "Chile",
        "royalty on lithium",
    ),
    (
        "Ottawa has since ordered three Chinese companies to sell stakes in lithium miners.",
        "in_force",
        "Ottawa",
        "ordered three Chinese companies to sell",
    ),
]


@pytest.mark.parametrize(
    ("text", "status", "authority", "action"), TOLD, ids=[t[0][:48] for t in TOLD]
)
def test_a_policy_is_read_with_authority_and_action(text, status, authority, action):
    """One measure, its status, who decides and the words of what is decided."""
    (event,) = events(text, "policy_measure")
    told = roles(event)
    assert event.status == status
    assert told["authority"] == [authority]
    assert action in told["action"][0]


@pytest.mark.parametrize(
    "text",
    [
        "The company adopted a new dividend policy for its mining division.",
        "Output cuts by producers lifted aluminium prices.",
        "Analysts praised the policy for miners.",
        "The central bank cut interest rates, lifting gold.",
        "Glencore set a target of 1 million tonnes of copper.",
        "China has an annual capacity ceiling of 45 million tonnes of aluminium.",
        "Boeing and UKTMP have renewed their contract for titanium ingots.",
        "The minister told a cabinet briefing that nickel output rose.",
        "Russia introduced quotas on exports of copper scrap.",
    ],
)
def test_policies_of_firms_and_standing_facts_are_no_measure(text):
    """Without a government's deed in the field there is no policy measure."""
    assert events(text, "policy_measure") == []


def test_each_quota_figure_is_a_measure_of_its_own():
    """Two minerals, two figures; last year's figures stay out."""
    found = events(
        "For tungsten concentrates, China put this year's output control target at 87,000 tonnes, "
        "an increase from the 80,000 tonnes of last year, while tin ores were given an output "
        "quota of 73,000 tonnes.",
        "policy_measure",
    )
    told = [(roles(e)["sector"], roles(e)["action"]) for e in found]
    assert told == [
        (["tungsten concentrates"], ["output control target at 87,000 tonnes"]),
        (["tin ores"], ["output quota of 73,000 tonnes"]),
    ]


def test_quota_figures_take_the_authority_of_the_measure_before():
    """ "For antimony the cap is …" is still the same ministry's cap."""
    found = events(
        "China set its rare earth mining quota at 135,000 tonnes.\n\n"
        "For antimony concentrates the cap is 105,000 tonnes.",
        "policy_measure",
    )
    assert [roles(e)["authority"] for e in found] == [["China"], ["China"]]
