"""Outages told by what went wrong, sentence by sentence."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events, roles

_TOLD = (
    ("The tailings dam at Pueblo Viejo failed on Sunday.", "Pueblo Viejo", "accident"),
    ("A pit wall gave way at Grasberg overnight, Freeport-McMoRan said.", "Grasberg", "accident"),
    ("Villagers have blocked the access road to MMG's Las Bambas mine.", "Las Bambas", "protest"),
    ("A court barred Newmont from working the Ahafo pit.", "Ahafo", "order"),
    ("Inspectors slapped a stop order on Harmony's Kusasalethu mine.", "Kusasalethu", "order"),
    ("Armed men overran Alphamin's Bisie tin mine last week.", "Bisie", "conflict"),
    ("Sherritt's Moa plant went without power for nine days in October.", "Moa", "power"),
)


@pytest.mark.parametrize(("sentence", "site", "cause"), _TOLD)
def test_a_mishap_an_order_or_a_blocked_way_is_an_outage(
    sentence: str, site: str, cause: str
) -> None:
    found = [roles(e) for e in events(sentence, "disruption")]
    assert [f["site"] for f in found] == [[site]]
    assert found[0]["cause"] == [cause]


def test_output_that_a_stated_cause_took_is_an_outage() -> None:
    (event,) = events("The storm cost BHP about 2 million tonnes of iron ore.", "disruption")
    assert roles(event)["volume"] == ["about 2 million tonnes"]
    assert roles(event)["operator"] == ["BHP"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Vale warned that the dam at Brucutu could burst.",
        "The contract cost BHP about 2 million tonnes of iron ore sales.",
        "Regulators banned the company from trading in London.",
    ],
)
def test_what_only_might_happen_is_none(sentence: str) -> None:
    assert not events(sentence, "disruption")
