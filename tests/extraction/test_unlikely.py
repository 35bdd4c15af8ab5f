"""What looks like an event by its words and is none, or is the one told beside it."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events, read, roles


@pytest.mark.parametrize(
    ("type_", "text"),
    [
        (
            "production_report",
            "The offtake agreement, signed by Tamarack Lithium with a Chinese company, is for the "
            "supply of 140 000 t/y of spodumene concentrate over six years.",
        ),
        (
            "production_report",
            "CaNickel said it would cut output at its flagship mine by nearly a third, to 400 "
            "tonnes per day.",
        ),
        (
            "price_change",
            "Platinum was refined from its own feed, with volumes increasing 6%.",
        ),
        ("price_change", "Power was lost across the smelter when a transformer caught fire."),
        (
            "exploration_agreement",
            "Rexal Resources has entered into an agreement with Minotaur Exploration to acquire "
            "the Chameleon gold deposit in Western Australia.",
        ),
        (
            "joint_venture",
            "Codelco and Enami, its local partner, have been stripped of the environmental "
            "licence for Llurimagua, a copper project in Ecuador.",
        ),
        (
            "export_restriction",
            "The measures hold for all countries bar some developing ones whose exports to the EU "
            "are small.",
        ),
        (
            "financing",
            "Nearly 142.9 million new shares of Dacian Gold were sold at AUD0.28 ($0.22) each.",
        ),
        (
            "production_report",
            "Indonesia imported 9.3 million metric tons of nickel ore in the first 10 months of "
            "2024, the statistics bureau said.",
        ),
        (
            "resource_estimate",
            "Dacian mined 3.2Mt at 1.4 g/t for 120,000 ounces at Mt Morgans.",
        ),
        ("sanction", "CMOC of China, the first, has lobbied for the ban to be lifted."),
        (
            "project_milestone",
            "Quebec has approved the restoration plan for the Rose lithium mine.",
        ),
    ],
)
def test_no_event_of_the_type(type_: str, text: str) -> None:
    """The words of the type stand there and tell something else."""
    assert not events(text, type_)


def test_a_figure_that_others_reckoned_with_is_no_output() -> None:
    """What analysts had estimated stands beside what was mined."""
    (report,) = events(
        "Gold production fell to 527,115 ounces in the September quarter, against the 557,000 oz "
        "that UBS had estimated, Newcrest said.",
        "production_report",
    )
    assert roles(report)["volume"] == ["527,115 ounces"]


def test_a_level_told_with_its_move_is_one_event() -> None:
    """A headline's level is the level that the report's move led to."""
    found = read(
        "Ux Consulting Leaves Uranium At US$90/lb\n\nUx Consulting left its uranium price "
        "unchanged at US$90/lb, it said on Tuesday.\n"
    ).events
    assert not [e for e in found if e.type.value == "price_level"]


def test_a_headline_stands_for_its_lead() -> None:
    """Rounded and short of names, it is the deal that the lead tells with all of them."""
    (deal,) = events(
        "Chevron to buy LNG from Lake Charles\n\nEnergy Transfer has agreed to supply Chevron "
        "with 2 million tonnes a year of LNG over 20 years.\n",
        "supply_agreement",
    )
    assert roles(deal)["supplier"] == ["Energy Transfer"]


def test_a_headline_of_several_keeps_each() -> None:
    """What only one half of a headline's news shares with the lead is news of its own."""
    found = events(
        "Gold Fields buys Osisko; Barrick buys Sodium\n\nGold Fields has agreed to buy Osisko "
        "Mining for C$2.16 billion.\n",
        "acquisition",
    )
    assert len(found) == 2
