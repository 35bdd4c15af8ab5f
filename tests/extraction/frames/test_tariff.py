"""Tariffs as sentences tell them, and words of duty that tell none."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events, roles

TOLD = [
    (
        "The United States will impose a 25% tariff on imports of aluminium from Canada, the White "
        "House said.",
        "agreed",
        {
            "authority": ["United States"],
            "rate": ["25%"],
            "product": ["aluminium"],
            "target": ["Canada"],
        },
    ),
    (
        "India has imposed an anti-dumping duty of 12% on flat steel from China.",
        "in_force",
        {"authority": ["India"], "rate": ["12%"], "product": ["flat steel"], "target": ["China"]},
    ),
    (
        "Imports of Chinese graphite are now subject to a 93.5% duty in the United States.",
        "in_force",
        {
            "authority": ["United States"],
            "target": ["Chinese"],
            "product": ["graphite"],
            "rate": ["93.5%"],
        },
    ),
    (
        "President Donald Trump doubled tariffs on steel to 50%.",
        "in_force",
        {"authority": ["Donald Trump"], "product": ["steel"], "rate": ["50%"]},
    ),
    (
        "Brussels raised its duty on electric bikes from 18% to 70%.",
        "in_force",
        {"authority": ["Brussels"], "product": ["electric bikes"], "rate": ["70%"]},
    ),
    (
        "Mexico plans to raise import tariffs on steel to as much as 50%.",
        "proposed",
        {"authority": ["Mexico"], "product": ["steel"], "rate": ["as much as 50%"]},
    ),
    (
        "Turkey lifted its 10% additional customs duty on copper cathode.",
        "terminated",
        {"authority": ["Turkey"], "rate": ["10%"], "product": ["copper cathode"]},
    ),
    (
        "A 50 per cent levy on copper imports took effect in the United States on August 1.",
        "in_force",
        {
            "authority": ["United States"],
            "rate": ["50 per cent"],
            "product": ["copper"],
            "effective_date": ["August 1"],
        },
    ),
    (
        "The EU paused its retaliatory tariffs of 25% on US steel until July.",
        "suspended",
        {"authority": ["EU"], "rate": ["25%"], "target": ["US"], "product": ["steel"]},
    ),
    (
        "Washington said a 10% tariff would be charged on polysilicon.",
        "agreed",
        {"authority": ["Washington"], "rate": ["10%"], "product": ["polysilicon"]},
    ),
    (
        "South Africa's trade commission recommended a safeguard duty of 13% on hot-rolled steel.",
        "proposed",
        {"authority": ["South Africa"], "rate": ["13%"], "product": ["hot-rolled steel"]},
    ),
    (
        "Canada has removed its 25% tariffs on American aluminium.",
        "terminated",
        {
            "authority": ["Canada"],
            "rate": ["25%"],
            "target": ["American"],
            "product": ["aluminium"],
        },
    ),
    (
        "US tariffs on Indian steel stand at 50%.",
        "in_force",
        {"authority": ["US"], "target": ["Indian"], "product": ["steel"], "rate": ["50%"]},
    ),
    (
        "Vietnam imposed anti-dumping duties on galvanised steel from China and South Korea.",
        "in_force",
        {
            "authority": ["Vietnam"],
            "product": ["galvanised steel"],
            "target": ["China", "South Korea"],
        },
    ),
]


@pytest.mark.parametrize(("text", "status", "wanted"), TOLD, ids=[t[0][:48] for t in TOLD])
def test_a_tariff_is_read_with_who_charges_what_on_which_goods(text, status, wanted):
    """Every role that the sentence states is filled, and no other."""
    (event,) = events(text, "tariff")
    assert event.status == status
    assert roles(event) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Aluminium prices rose 3% after the tariffs on Canada were announced.",
        "The miner has a duty to its shareholders, who own 25% of the company.",
        "The feed-in tariff for solar power was cut by 10%.",
        "Traders fear tariffs on copper.",
        "Duty-paid premiums rose 5% in Rotterdam.",
        "The plant is a heavy duty facility that runs at 80% of capacity.",
        "Germany's sales of cars fell 10% because of tariffs.",
        "India raised its export duty on iron ore to 50%.",
    ],
)
def test_other_duties_and_backward_looks_are_no_tariff(text):
    """Prices, shares and duties of other kinds near the word tell no tariff."""
    assert events(text, "tariff") == []


def test_a_list_of_rates_goes_on_in_the_next_sentence_with_the_same_authority():
    """ "BYD faces 17.4 %": no word of tariff, yet one more rate of the one told before."""
    found = events(
        "The European Commission will charge duties of up to 38.1% on electric vehicles from "
        "China.\n\nBYD faces a rate of 17.4%, Geely one of 20%.",
        "tariff",
    )
    assert [roles(e)["rate"] for e in found] == [["up to 38.1%"], ["17.4%"], ["20%"]]
    assert {e.status.value for e in found} == {"agreed"}
    assert all(roles(e)["authority"] == ["European Commission"] for e in found)


def test_the_old_rate_is_no_tariff_of_its_own():
    """ "to 50 % from 25 %" and "previously 25 %" give the new rate alone."""
    found = events("Washington raised tariffs on steel to 50% from 25%.", "tariff")
    assert [roles(e)["rate"] for e in found] == [["50%"]]


def test_a_date_of_effect_told_later_belongs_to_the_tariff_before():
    """ "The duties will take effect …" adds a date, not an event."""
    found = events(
        "Vietnam imposed an anti-dumping duty of 20% on steel coil from China.\n\n"
        "The duties will take effect on July 6.",
        "tariff",
    )
    assert [roles(e)["effective_date"] for e in found] == [["July 6"]]


def test_the_end_of_a_stretch_is_no_day_of_effect():
    """ "between now and 2028" says how long something else goes on."""
    (event,) = events(
        "Two days before Washington decreed a 25% tariff on foreign cars, Hyundai promised to "
        "invest $21 billion in the United States between now and 2028.",
        "tariff",
    )
    assert "effective_date" not in roles(event)


def test_the_day_of_prices_or_of_signing_is_no_day_of_effect() -> None:
    """Another verb's weekday and the day a measure was signed say nothing of when it bites."""
    for text in (
        "Most metals slipped on Thursday after Washington announced a 25% duty on imported cars.",
        "The US president on Wednesday signed an order imposing a 25% tariff on imported cars.",
    ):
        (event,) = events(text, "tariff")
        assert "effective_date" not in roles(event)


def test_where_goods_come_from_imposes_nothing() -> None:
    """The land of origin pays; the land that the goods enter charges."""
    for event in events("Energy and potash from Canada pay a duty of 10%.", "tariff"):
        assert "authority" not in roles(event)
    (entering,) = events(
        "Tariffs of 25% on all steel entering the United States came into force on Wednesday.",
        "tariff",
    )
    assert roles(entering)["authority"] == ["United States"]
