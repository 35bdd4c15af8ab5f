"""Sanctions as sentences tell them, and sentences that only look back on some."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events, roles

TOLD = [
    (
        "The United States imposed sanctions on Rosneft and Lukoil.",
        "in_force",
        {"authority": ["United States"], "target": ["Rosneft", "Lukoil"]},
    ),
    (
        "Britain sanctioned Norilsk Nickel's largest shareholder.",
        "in_force",
        {"authority": ["Britain"], "target": ["Norilsk Nickel"]},
    ),
    (
        "Washington blacklisted the Chinese chipmaker SMIC.",
        "in_force",
        {"authority": ["Washington"], "target": ["SMIC"]},
    ),
    (
        "The EU adopted a new package of sanctions against Russia.",
        "in_force",
        {"authority": ["EU"], "target": ["Russia"]},
    ),
    (
        "The US Treasury added Alrosa to its Specially Designated Nationals list.",
        "in_force",
        {"authority": ["US Treasury"], "target": ["Alrosa"]},
    ),
    (
        "The London Metal Exchange banned new Russian aluminium from its warehouses.",
        "in_force",
        {
            "authority": ["London Metal Exchange"],
            "target": ["Russian"],
            "product": ["aluminium"],
        },
    ),
    (
        "Imports of Russian gold were banned by Britain.",
        "in_force",
        {"authority": ["Britain"], "target": ["Russian"], "product": ["gold"]},
    ),
    (
        "Canada froze the assets of Oleg Deripaska.",
        "in_force",
        {"authority": ["Canada"], "target": ["Oleg Deripaska"]},
    ),
    (
        "The United States lifted sanctions on Rusal in January 2019.",
        "terminated",
        {
            "authority": ["United States"],
            "target": ["Rusal"],
            "effective_date": ["January 2019"],
        },
    ),
    (
        "The European Union plans to ban imports of Russian LNG from 2027.",
        "proposed",
        {
            "authority": ["European Union"],
            "target": ["Russian"],
            "product": ["LNG"],
            "effective_date": ["2027"],
        },
    ),
    (
        "The Group of Seven capped the price of Russian crude at $60 a barrel.",
        "in_force",
        {"authority": ["Group of Seven"], "target": ["Russian"], "product": ["crude"]},
    ),
    (
        "Canada exempted VSMPO-Avisma from sanctions in April 2024.",
        "terminated",
        {
            "authority": ["Canada"],
            "target": ["VSMPO-Avisma"],
            "effective_date": ["April 2024"],
        },
    ),
]


@pytest.mark.parametrize(("text", "status", "wanted"), TOLD, ids=[t[0][:48] for t in TOLD])
def test_a_sanction_is_read_with_who_forbids_what_to_whom(text, status, wanted):
    """Every role that the sentence states is filled; the action is the measure's own words."""
    (event,) = events(text, "sanction")
    told = roles(event)
    assert event.status == status
    assert told.pop("action")
    assert told == wanted


@pytest.mark.parametrize(
    "text",
    [
        "The board sanctioned a $2 billion expansion of the Olympic Dam mine.",
        "Despite sanctions, Russia sold more oil to India.",
        "The bank's sanctions risk has grown, lawyers say.",
        "Iranian oil exports rose to 1.7 million barrels a day.",
        "Nornickel said sanctions had raised its costs.",
        "Potash prices peaked when sanctions on Belarus took supply off the market.",
        "Notably absent from the package is a full ban on Russian liquefied natural gas.",
        "Sanctioned material no longer shows up in exchange sheds.",
    ],
)
def test_sanctions_in_the_background_tell_no_event(text):
    """Risk, effects, exceptions and boards that sanction projects are left out."""
    assert events(text, "sanction") == []


def test_a_condition_makes_a_sanction_hypothetical():
    """ "should sanctions be imposed by the EU" is proposed at most."""
    (event,) = events(
        "Prices may jump, above all should similar sanctions be imposed by the EU.", "sanction"
    )
    assert (event.status, event.modality) == ("proposed", "hypothetical")


def test_an_office_and_its_ministry_tell_one_sanction():
    """The headline names the Treasury, the text its office: one event, the office acts."""
    (event,) = events(
        "US Treasury sanctions Alrosa\n\nThe Office of Foreign Assets Control placed Alrosa on its "
        "Specially Designated Nationals list.",
        "sanction",
    )
    assert roles(event)["authority"] == ["Office of Foreign Assets Control"]
