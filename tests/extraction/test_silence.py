"""What a text says that it does not say is noted on the deal that the words belong to."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events
from tests.extraction.frames.deal_cases import only

SIGNED = "Glencore has signed an agreement to supply cobalt to BMW."
BOUGHT = "Zijin Mining has bought the Raygorodok mine from Verny Capital."

HIDDEN = [
    (f"{SIGNED} Financial terms were not disclosed.", "supply_agreement", ("value",)),
    (f"{SIGNED} Volumes were not disclosed.", "supply_agreement", ("volume",)),
    (f"{SIGNED} Quantities and duration were not given.", "supply_agreement", ("term", "volume")),
    (f"{SIGNED} Neither side would say for how long.", "supply_agreement", ()),
    (f"{SIGNED} It did not say for how long.", "supply_agreement", ("term",)),
    (f"{SIGNED} No financial details were disclosed.", "supply_agreement", ("value",)),
    (f"{SIGNED} The value of the deal was not announced.", "supply_agreement", ("value",)),
    (f"{BOUGHT} The companies did not disclose the price.", "acquisition", ("value",)),
    (f"{BOUGHT} Details were not immediately available.", "acquisition", ("value",)),
    (f"{BOUGHT} What it paid was not revealed.", "acquisition", ("value",)),
    (
        "Zijin Mining has bought the Raygorodok mine for an undisclosed sum.",
        "acquisition",
        ("value",),
    ),
    (
        "Zijin Mining has bought an undisclosed stake in the Raygorodok mine.",
        "acquisition",
        ("stake",),
    ),
    (
        f"{BOUGHT} Gold rose 2%. Copper fell 1%. The price was not disclosed.",
        "acquisition",
        ("value",),
    ),
]


@pytest.mark.parametrize(("text", "type_", "roles"), HIDDEN)
def test_a_role_kept_back_is_noted(text: str, type_: str, roles: tuple[str, ...]) -> None:
    """Passive, active, and "undisclosed" before the noun; in the sentence or in one after it."""
    assert only(text, type_).not_disclosed == roles


def test_a_value_that_is_given_after_all_is_not_kept_back() -> None:
    """What the builder finds filled is not said to be missing."""
    event = only(
        "Zijin Mining has bought the Raygorodok mine for $1.2 billion. Terms were not disclosed.",
        "acquisition",
    )
    assert event.not_disclosed == ()


def test_volumes_of_the_individual_mines_belong_to_every_deal_before() -> None:
    """ "Volumes from the individual mines" speaks of both contracts."""
    found = events(
        "First Cobalt agreed a supply contract with Glencore for cobalt hydroxide from Kamoto. It "
        "signed a supply contract with IXM for cobalt from Tenke Fungurume. Volumes from the "
        "individual mines were not disclosed.",
        "supply_agreement",
    )
    assert [e.not_disclosed for e in found] == [("volume",), ("volume",)]


def test_silence_about_something_else_marks_no_deal() -> None:
    """A figure far from any deal, or a price that is known, leaves deals alone."""
    event = only(f"{SIGNED} The cobalt price was well known.", "supply_agreement")
    assert event.not_disclosed == ()
