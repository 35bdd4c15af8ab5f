"""Export restrictions as sentences tell them, and shipments that no rule stops."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events, roles

TOLD = [
    (
        "China banned exports of gallium and germanium to the United States on December 3.",
        "in_force",
        {
            "authority": ["China"],
            "action": ["ban"],
            "product": ["gallium", "germanium"],
            "target": ["United States"],
            "effective_date": ["December 3"],
        },
    ),
    (
        "Indonesia has banned exports of nickel ore since January 2020.",
        "in_force",
        {
            "authority": ["Indonesia"],
            "action": ["ban"],
            "product": ["nickel ore"],
            "effective_date": ["since January 2020"],
        },
    ),
    (
        "The Democratic Republic of Congo suspended cobalt exports for four months in February "
        "2025.",
        "in_force",
        {
            "authority": ["Democratic Republic of Congo"],
            "action": ["ban"],
            "product": ["cobalt"],
            "effective_date": ["February 2025"],
        },
    ),
    (
        "Exporters of antimony will need a licence from September 15, China's Ministry of Commerce "
        "said.",
        "agreed",
        {
            "authority": ["China's Ministry of Commerce"],
            "action": ["licensing"],
            "product": ["antimony"],
            "effective_date": ["September 15"],
        },
    ),
    (
        "India raised its export duty on iron ore to 50%.",
        "in_force",
        {"authority": ["India"], "action": ["tax"], "product": ["iron ore"]},
    ),
    (
        "Russia introduced quotas on exports of copper scrap.",
        "in_force",
        {"authority": ["Russia"], "action": ["quota"], "product": ["copper scrap"]},
    ),
    (
        "Zimbabwe plans to ban exports of lithium concentrate from 2027.",
        "proposed",
        {
            "authority": ["Zimbabwe"],
            "action": ["ban"],
            "product": ["lithium concentrate"],
            "effective_date": ["2027"],
        },
    ),
    (
        "Malaysia will lift its ban on bauxite exports in April.",
        "agreed",
        {
            "authority": ["Malaysia"],
            "action": ["lifting"],
            "product": ["bauxite"],
            "effective_date": ["April"],
        },
    ),
    (
        "Exports of rough diamonds were halted by the government of Botswana.",
        "in_force",
        {"authority": ["Botswana"], "action": ["ban"], "product": ["rough diamonds"]},
    ),
    (
        "Beijing placed gallium under export licences in August 2023.",
        "in_force",
        {
            "authority": ["Beijing"],
            "action": ["licensing"],
            "product": ["gallium"],
            "effective_date": ["August 2023"],
        },
    ),
    (
        "Kazakhstan prohibited the export of scrap metal by road.",
        "in_force",
        {"authority": ["Kazakhstan"], "action": ["ban"], "product": ["scrap metal"]},
    ),
    (
        "China imposed export controls on tungsten, tellurium and bismuth.",
        "in_force",
        {
            "authority": ["China"],
            "action": ["licensing"],
            "product": ["tungsten", "tellurium", "bismuth"],
        },
    ),
    (
        "Guinea may restrict exports of bauxite.",
        "proposed",
        {"authority": ["Guinea"], "action": ["licensing"], "product": ["bauxite"]},
    ),
]


@pytest.mark.parametrize(("text", "status", "wanted"), TOLD, ids=[t[0][:48] for t in TOLD])
def test_a_restriction_is_read_with_its_action_goods_and_date(text, status, wanted):
    """Every role that the sentence states is filled, and no other."""
    (event,) = events(text, "export_restriction")
    assert event.status == status
    assert roles(event) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Chile's copper exports fell 4% in May.",
        "Rio Tinto halted shipments of iron ore after a cyclone.",
        "The company suspended exports of spodumene after a fire at the port.",
        "Analysts fear possible export restrictions on antimony by China.",
        "Santos opened a new export terminal in Darwin.",
        "China has approved the first export licences for germanium.",
        "Vale's export revenue was capped by weak demand.",
        "Washington tightens screws on three oil exporters.",
        "Qatar's export capacity will rise to 142 million tonnes a year.",
    ],
)
def test_trade_itself_and_leave_to_trade_are_no_restriction(text):
    """Falling exports, a firm's own stoppage and licences given tell no rule."""
    assert events(text, "export_restriction") == []


def test_a_ban_that_gives_way_to_quotas_is_two_measures():
    """The ban is lifted, the quota comes: one event each, both still ahead."""
    found = events(
        "The Democratic Republic of Congo will lift its ban on cobalt exports on October 16 and "
        "replace it with annual quotas.",
        "export_restriction",
    )
    assert [roles(e)["action"] for e in found] == [["lifting"], ["quota"]]
    assert {e.status.value for e in found} == {"agreed"}
    assert all(roles(e)["product"] == ["cobalt"] for e in found)


def test_bans_on_different_goods_stay_apart():
    """One country, two goods, two dates: two events."""
    found = events(
        "Indonesia will stop shipments of bauxite in June.\n\n"
        "The government banned exports of nickel ore in January 2020.",
        "export_restriction",
    )
    assert [roles(e)["product"] for e in found] == [["bauxite"], ["nickel ore"]]
