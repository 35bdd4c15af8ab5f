"""Milestones told by a turn of phrase."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events, roles

TOLD = [
    ("Codelco's Rajo Inca project is now mechanically complete.", "construction"),
    ("Century Aluminum turned the first sod at its Hawesville smelter in May.", "construction"),
    ("Equinor has sanctioned the Bay du Nord oil field.", "construction"),
    ("Intel's Ohio One plant has slipped to 2030.", "construction"),
    ("Syrah's Vidalia plant came to life in February.", "first_production"),
    ("Lynas's leaching line at Kalgoorlie is up and running.", "first_production"),
    ("Boss Energy revived the Honeymoon uranium mine in April.", "restart"),
    ("Antimony is again being produced by US Antimony at Madero.", "restart"),
    ("Codelco will move to underground mining at Chuquicamata in July.", "expansion"),
    ("Ivanhoe's Kipushi concentrator has hit its stride.", "ramp_up"),
    ("The DFS on Arafura's Nolans lands in December.", "study"),
]


@pytest.mark.parametrize(("text", "stage"), TOLD)
def test_a_turn_of_phrase_tells_a_stage(text: str, stage: str) -> None:
    """One milestone of that stage."""
    (event,) = events(text, "project_milestone")
    assert roles(event)["stage"] == [stage]


def test_a_phase_that_comes_on_line_is_one_expansion_and_done() -> None:
    """Not an expansion planned beside a first production."""
    (event,) = events(
        "Kamoa-Kakula's Phase 3 concentrator came on line two months early.", "project_milestone"
    )
    assert roles(event)["stage"] == ["expansion"]
    assert event.status.value == "completed"


def test_a_boards_leave_is_a_milestone() -> None:
    """Leave that a firm gives itself."""
    text = "Woodside's board gave the go-ahead on Tuesday to the Louisiana LNG project."
    assert len(events(text, "project_milestone")) == 1
