"""Tiers: an order, a least tier for each part, and one answer to who sees what."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.config.tiers import TierChoice
from lodewire.model.tier import PREVIEWED, Part, Plan, Reach, Tier

TODAY = date(2025, 3, 28)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(Part), st.sampled_from(Tier)), st.sampled_from(Part))
def test_whoever_pays_more_sees_no_less(least: dict[Part, Tier], part: Part) -> None:
    plan = Plan(least=least)
    seen = [plan.sees(tier, part) for tier in Tier]
    assert seen == sorted(seen)
    assert seen[-1]
    assert Plan(least={}).needed(part) is Tier.PRO, "what nobody named is not given away"


def test_without_a_word_in_desk_toml_reading_is_free_and_analysis_is_not() -> None:
    plan = TierChoice().plan
    assert {p for p in Part if plan.sees(Tier.FREE, p)} == {
        Part.FULL_TEXT,
        Part.SUPPLY,
        Part.PRICES,
        Part.TRENDS,
    }
    assert all(plan.sees(Tier.PRO, p) for p in Part)
    assert plan.sees(Tier.REGISTERED, Part.ANALYSIS) is False
    assert [plan.previews_of(t) for t in Tier] == [0, 3, 3, 3]
    assert {p: Plan().needed(p) for p in Part} == {p: plan.needed(p) for p in Part}


def test_a_tier_reads_as_far_back_as_the_nearest_one_that_is_named() -> None:
    plan = TierChoice.model_validate({"archive_days": {"free": 7, "pro": 0}}).plan
    assert plan.since(Tier.REGISTERED, TODAY) == date(2025, 3, 21)
    assert plan.since(Tier.ENTERPRISE, TODAY) is None
    free = Reach(tier=Tier.FREE, plan=plan)
    assert free.reads(date(2025, 3, 21), TODAY)
    assert not free.reads(date(2025, 3, 20), TODAY)


@pytest.mark.parametrize("part", list(Part))
def test_a_preview_opens_what_it_says_and_no_more(part: Part) -> None:
    opened = Reach(tier=Tier.FREE).opening(PREVIEWED)
    assert opened.sees(part) is (part in PREVIEWED or Plan().sees(Tier.FREE, part))
