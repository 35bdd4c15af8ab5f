"""Permits as sentences tell them, and approvals that are none."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events, roles

TOLD = [
    (
        "The Bureau of Land Management approved Ioneer's Rhyolite Ridge project.",
        "in_force",
        {
            "authority": ["Bureau of Land Management"],
            "action": ["granted"],
            "holder": ["Ioneer"],
            "site": ["Rhyolite Ridge"],
        },
    ),
    (
        "Zambia revoked the mining licence of Konkola Copper Mines.",
        "completed",
        {"authority": ["Zambia"], "action": ["revoked"], "holder": ["Konkola Copper Mines"]},
    ),
    (
        "Ivanhoe Electric has received a permit to build the Santa Cruz copper mine in Arizona.",
        "in_force",
        {
            "holder": ["Ivanhoe Electric"],
            "action": ["granted"],
            "site": ["Santa Cruz"],
            "commodity": ["copper"],
            "country": ["Arizona"],
        },
    ),
    (
        "The Peruvian government rejected an environmental permit for Southern Copper's Tia Maria "
        "mine.",
        "completed",
        {
            "authority": ["Peruvian"],
            "country": ["Peruvian"],
            "action": ["denied"],
            "holder": ["Southern Copper"],
            "site": ["Tia Maria"],
        },
    ),
    (
        "Sigma Lithium obtained its operating licence for Grota do Cirilo.",
        "in_force",
        {"holder": ["Sigma Lithium"], "action": ["granted"], "site": ["Grota do Cirilo"]},
    ),
    (
        "Guinea withdrew the mining licence of Emirates Global Aluminium.",
        "completed",
        {"authority": ["Guinea"], "action": ["revoked"], "holder": ["Emirates Global Aluminium"]},
    ),
    (
        "Greenland denied a licence to Energy Transition Minerals for Kvanefjeld.",
        "completed",
        {
            "authority": ["Greenland"],
            "country": ["Greenland"],
            "action": ["denied"],
            "holder": ["Energy Transition Minerals"],
            "site": ["Kvanefjeld"],
        },
    ),
    (
        "A permit for the Twin Metals mine was turned down by the Interior Department.",
        "completed",
        {"site": ["Twin Metals"], "action": ["denied"], "authority": ["Interior Department"]},
    ),
    (
        "Chile's environment agency suspended the permit of the Dominga project.",
        "suspended",
        {
            "authority": ["Chile"],
            "action": ["suspended"],
            "site": ["Dominga"],
            "country": ["Chile"],
        },
    ),
    (
        "Liontown was granted a mining lease for Kathleen Valley.",
        "in_force",
        {"holder": ["Liontown"], "action": ["granted"], "site": ["Kathleen Valley"]},
    ),
    (
        "The Treasury Department revoked the licence under which Chevron pumped oil in Venezuela.",
        "completed",
        {
            "authority": ["Treasury Department"],
            "action": ["revoked"],
            "holder": ["Chevron"],
            "commodity": ["oil"],
            "country": ["Venezuela"],
        },
    ),
    (
        "Anglo American's application for a mining permit at Sakatti has been filed with the "
        "safety agency Tukes.",
        "proposed",
        {
            "holder": ["Anglo American"],
            "action": ["applied"],
            "site": ["Sakatti"],
            "authority": ["Tukes"],
        },
    ),
]


@pytest.mark.parametrize(("text", "status", "wanted"), TOLD, ids=[t[0][:48] for t in TOLD])
def test_a_permit_is_read_with_who_decides_what_for_whom(text, status, wanted):
    """Every role that the sentence states is filled, and no other."""
    (event,) = events(text, "permit")
    assert event.status == status
    assert roles(event) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Shareholders gave their approval to the merger of Rio Tinto and Alcan.",
        "The miner has a licence to operate from the community at Kathleen Valley.",
        "Licence fees rose 10% in Tanzania.",
        "Antitrust approval for BHP's purchase of OZ Minerals was granted.",
        "The board approved the budget of the Kamoa-Kakula mine.",
        "Exploration permits cost more than before, Barrick Gold said.",
        "The Supreme Court rejected complaints against the permit of the Keliber refinery.",
        "Perpetua Resources obtained $59.2 million from the Pentagon for permitting work.",
        "First Quantum sought a concession on tax before it expanded Kansanshi.",
    ],
)
def test_approvals_of_other_things_are_no_permit(text):
    """Votes, budgets, fees, complaints and money for permitting are left out."""
    assert events(text, "permit") == []


def test_a_permit_in_headline_and_lead_is_one_event():
    """ "Regulators reject permit" and "was turned down by …" tell one refusal."""
    (event,) = events(
        "Federal regulators reject key Pebble mine permit\n\nA permit for Pebble, the copper and "
        "gold mine planned in Alaska, was turned down by the Trump administration on Wednesday.",
        "permit",
    )
    assert event.status == "completed"
    assert roles(event)["authority"] == ["Trump administration"]


def test_the_speaker_of_a_press_release_holds_the_lease_for_its_project():
    """ "X advises that the department has granted a lease for its project": X holds it."""
    (event,) = events(
        "Redgum Lithium Limited is pleased to advise that the Department of Energy, Mines, "
        "Industry Regulation and Safety has granted Mining Lease M63/712 for its Bold Hill Lithium "
        "Project.",
        "permit",
    )
    assert roles(event)["holder"] == ["Redgum Lithium Limited"]


def test_what_is_only_asked_for_is_proposed():
    """An application under way gives the action "applied"."""
    (event,) = events(
        "An application to renew the licence for the Jianxiawo mine is now being handled.",
        "permit",
    )
    assert (event.status, roles(event)["action"]) == ("proposed", ["applied"])
