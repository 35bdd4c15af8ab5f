"""Outages told by a turn of phrase."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events, roles


@pytest.mark.parametrize(
    "text",
    [
        "A power cut took out half the capacity of Rio Tinto's Lynemouth smelter.",
        "The failure of a circuit forced Rio Tinto to halve production at Kitimat.",
        "A quake killed two miners and brought Harmony's Kusasalethu mine to a standstill.",
        "Ice on the river is keeping ships from Norilsk Nickel's Dudinka port.",
        "Protesters have sealed the gates of Las Bambas, MMG said.",
    ],
)
def test_a_turn_of_phrase_tells_an_outage(text: str) -> None:
    """One, at its works."""
    (event,) = events(text, "disruption")
    assert roles(event)["site"]


def test_a_town_before_its_state_is_the_site() -> None:
    """ "its refining facility in Monaca, Pennsylvania"."""
    (event,) = events(
        "Horsehead shut its zinc refining facility in Monaca, Pennsylvania, after an explosion.",
        "disruption",
    )
    assert roles(event)["site"] == ["Monaca"]
