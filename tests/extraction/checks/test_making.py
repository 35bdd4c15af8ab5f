"""Steps of making: what is mined, refined, smelted; shares held against the production tables."""

from __future__ import annotations

import pytest

from lodewire.model.vocabulary import CheckKind, MentionType
from tests.extraction.checks.scenes import checks_of, named


def _stage_of_share(text: str, country: str, iso: str, metal: str) -> list[str]:
    mentions = [named(text, country, iso, MentionType.COUNTRY), named(text, metal, metal)]
    return [check.detail for check in checks_of(text, mentions, kind=CheckKind.STAGE)]


def test_a_share_of_refining_told_as_mining_is_queried_with_the_published_share() -> None:
    """And the line names year and source."""
    told = _stage_of_share("China mines 45% of the world's copper.", "China", "CN", "copper")
    assert len(told) == 1
    assert "of the world's copper was mined there in 20" in told[0]
    assert "usgs-mcs" in told[0]


@pytest.mark.parametrize(
    "text",
    [
        "China refines 45% of the world's copper.",
        "China mines 9% of the world's copper.",
        "In 1995 China mined 45% of the world's copper.",
        "China could mine 45% of the world's copper.",
        "China mines 45% of its copper in Tibet.",
    ],
)
def test_shares_near_the_tables_or_of_another_time_pass(text: str) -> None:
    assert _stage_of_share(text, "China", "CN", "copper") == []


def test_a_step_that_the_tables_lack_is_not_judged() -> None:
    """Nothing is published there on refined cobalt."""
    text = "China refines 20% of the world's cobalt."
    assert _stage_of_share(text, "China", "CN", "cobalt") == []


@pytest.mark.parametrize(
    ("text", "queried"),
    [
        ("It mined 5,000 tonnes of magnets.", 1),
        ("It mined 5,000 tonnes of magnet metals.", 0),
        ("It is smelting bauxite.", 1),
        ("It is smelting aluminium from bauxite.", 0),
    ],
)
def test_made_goods_are_not_mined_and_bauxite_is_not_smelted(text: str, queried: int) -> None:
    assert len(checks_of(text, kind=CheckKind.STAGE)) == queried
