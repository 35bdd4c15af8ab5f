"""How far a deal has come, and whether the text stands by it."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events
from tests.extraction.frames.deal_cases import only

LIFE = [
    (
        "BHP is considering the sale of a stake in its Jansen project, people familiar with the "
        "matter said.",
        "acquisition",
        "rumoured",
        "asserted",
    ),
    (
        "Glencore is in talks to buy a stake in the Mutanda mine.",
        "acquisition",
        "proposed",
        "asserted",
    ),
    ("Zijin Mining plans to buy the Raygorodok mine.", "acquisition", "proposed", "asserted"),
    ("Zijin Mining has agreed to buy the Raygorodok mine.", "acquisition", "agreed", "asserted"),
    ("Zijin Mining is buying the Raygorodok mine.", "acquisition", "agreed", "asserted"),
    ("Zijin Mining has bought the Raygorodok mine.", "acquisition", "completed", "asserted"),
    (
        "Zijin Mining has completed the acquisition of the Raygorodok mine.",
        "acquisition",
        "completed",
        "asserted",
    ),
    (
        "Zijin Mining has abandoned its purchase of the Raygorodok mine.",
        "acquisition",
        "terminated",
        "asserted",
    ),
    (
        "Anglo American rejected a $39 billion takeover bid from BHP.",
        "acquisition",
        "terminated",
        "asserted",
    ),
    (
        "Barrick denied that it was in talks to sell its Tongon mine.",
        "acquisition",
        "rumoured",
        "denied",
    ),
    (
        "Zijin Mining may buy the Raygorodok mine.",
        "acquisition",
        "proposed",
        "hypothetical",
    ),
    (
        "Glencore signed a preliminary agreement to supply cobalt to BMW.",
        "supply_agreement",
        "proposed",
        "asserted",
    ),
    (
        "Glencore signed an agreement to supply cobalt to BMW.",
        "supply_agreement",
        "agreed",
        "asserted",
    ),
    (
        "MP Materials has stopped selling concentrate to Shenghe Resources under the contract.",
        "supply_agreement",
        "terminated",
        "asserted",
    ),
    (
        "Horizonte Minerals has raised $197 million in a placing.",
        "financing",
        "completed",
        "asserted",
    ),
    (
        "Perpetua Resources is seeking a $1.8 billion loan from the Export-Import Bank.",
        "financing",
        "proposed",
        "asserted",
    ),
    (
        "The Department of Energy has approved a $996 million loan to ioneer.",
        "financing",
        "agreed",
        "asserted",
    ),
    (
        "Sibanye-Stillwater has terminated its joint venture with ioneer.",
        "joint_venture",
        "terminated",
        "asserted",
    ),
]


@pytest.mark.parametrize(("text", "type_", "status", "modality"), LIFE)
def test_a_deal_is_followed_over_its_life(
    text: str, type_: str, status: str, modality: str
) -> None:
    """From talks to an end, each stage by its own words."""
    event = only(text, type_)
    assert (event.status.value, event.modality.value) == (status, modality)


def test_a_denied_deal_stays_apart_from_one_that_is_told() -> None:
    """A rival's denial takes nothing from the deal that others make."""
    found = events(
        "Zijin Mining has bought the Jansen project. Nutrien said it was not interested in buying "
        "the Jansen project.",
        "acquisition",
    )
    assert sorted(e.modality.value for e in found) == ["asserted", "denied"]
