"""What a sentence tells again by the fillers alone."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events, roles


def test_a_second_buyer_of_the_same_quantity_has_a_deal_of_its_own() -> None:
    """It is not the supplier of the first; goods, start and volume are told of both."""
    first, second = events(
        "Two buyers signed in May: Tesla will take 40,000 tonnes of spodumene a year from 2026, "
        "and Ford the same quantity.",
        "supply_agreement",
    )
    assert roles(first)["buyer"] == ["Tesla"]
    assert roles(second)["buyer"] == ["Ford"]
    assert roles(first)["volume"] == roles(second)["volume"]
    assert "supplier" not in roles(first)


def test_a_share_of_other_goods_is_another_report() -> None:
    """The country stands before both; share and goods are each one's own."""
    first, second = events(
        "China accounts for some 60 per cent of the world's rare earths and about 70 per cent of "
        "its graphite.",
        "production_report",
    )
    assert roles(first)["commodity"] == ["rare earths"]
    assert roles(second)["commodity"] == ["graphite"]
    assert roles(second)["volume"] == ["about 70 per cent"]
    assert roles(second)["operator"] == ["China"]


@pytest.mark.parametrize(
    ("type_", "text"),
    [
        (
            "export_restriction",
            "China's Ministry of Commerce banned exports of gallium, germanium, antimony and "
            "graphite from December 2024.",
        ),
        (
            "joint_venture",
            "Toyota of Japan and Codelco of Chile signed a joint venture agreement on lithium.",
        ),
    ],
)
def test_lists_of_goods_and_parties_are_one_event(type_: str, text: str) -> None:
    """Names of one kind play one role together; parties make one pact."""
    assert len(events(text, type_)) == 1
