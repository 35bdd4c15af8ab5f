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


@pytest.mark.parametrize(
    "sentence",
    [
        "The High Court has extended the suspension of the operating licence of Lynas at Kuantan.",
        "Kinshasa prolonged the halt to cobalt exports from Kisanfu.",
        "Analysts at Jefferies say a strike at Cerro Verde would tighten the market.",
    ],
)
def test_a_right_or_a_trade_that_stands_still_is_no_outage(sentence: str) -> None:
    assert not events(sentence, "disruption")


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("Workers shut Teck's Highland Valley mine for nine days in March.", "completed"),
        ("ATI closed its Albany works in 2016. It will publish its results in 2024.", "completed"),
        ("Power cuts cost South32 15,000 tonnes of aluminium at Mozal last quarter.", "completed"),
        ("Villagers have blocked the road to MMG's Las Bambas mine since Monday.", "in_force"),
    ],
)
def test_an_outage_of_old_or_of_some_days_is_over(sentence: str, status: str) -> None:
    assert [e.status.value for e in events(sentence, "disruption")] == [status]
