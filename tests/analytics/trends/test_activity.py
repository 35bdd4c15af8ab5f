"""Counts by group and period: nothing lost, nothing doubled, empty periods there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.analytics.trends.activity import (
    ActivityRow,
    By,
    Every,
    choose_period,
    count_activity,
    period_of,
    sparkline,
)
from lodewire.errors import MeasureError

DAY = date(2025, 3, 28)


def row(event: str, days: int = 0, **groups: tuple[str, ...]) -> ActivityRow:
    return ActivityRow(event=event, day=DAY + timedelta(days=days), **groups)


def test_weeks_run_across_the_year_as_iso_has_them():
    assert period_of(date(2024, 12, 30), Every.WEEK) == "2025-W01"
    assert period_of(date(2027, 1, 1), Every.WEEK) == "2026-W53"


def test_an_event_counts_once_in_each_group_it_names():
    rows = [
        row("a", desks=("mining-metals",), commodities=("copper", "copper", "gold")),
        row("a", desks=("mining-metals",), commodities=("copper", "gold")),
        row("b", days=40, commodities=("copper",)),
        row("c", days=40),
    ]
    found = count_activity(rows, by=By.COMMODITY, every=Every.MONTH)
    assert found.periods == ("2025-03", "2025-04", "2025-05")
    assert [(g.group, g.counts) for g in found.groups] == [
        ("copper", (1, 0, 1)),
        ("gold", (1, 0, 0)),
    ]
    assert (found.events, found.ungrouped) == (3, 1)


def test_days_asked_for_bound_the_count_and_show_empty_periods():
    rows = [row("a", countries=("CL",)), row("b", days=9, countries=("CL",))]
    found = count_activity(
        rows, by=By.COUNTRY, every=Every.DAY, since=DAY, until=DAY + timedelta(days=3)
    )
    assert found.groups[0].counts == (1, 0, 0, 0)


def test_nothing_is_an_empty_answer_and_a_time_turned_round_is_refused():
    assert count_activity([], by=By.DESK, every=Every.WEEK).groups == ()
    with pytest.raises(MeasureError, match="before it begins"):
        count_activity([], by=By.DESK, every=Every.DAY, since=DAY, until=DAY - timedelta(days=1))
    with pytest.raises(MeasureError, match="more than 1200 days"):
        count_activity([], by=By.DESK, every=Every.DAY, since=date(2000, 1, 1), until=DAY)


@given(
    st.lists(st.tuples(st.integers(0, 900), st.sets(st.sampled_from("abcd"))), max_size=20),
    st.sampled_from(Every),
)
def test_counts_add_up_to_the_events(told: list[tuple[int, set[str]]], every: Every):
    rows = [row(str(at), days=d, desks=tuple(sorted(g))) for at, (d, g) in enumerate(told)]
    found = count_activity(rows, by=By.DESK, every=every)
    assert sum(g.total for g in found.groups) == sum(len(g) for _, g in told)
    assert found.events == len(told)
    assert all(len(g.counts) == len(found.periods) for g in found.groups)
    assert list(found.periods) == sorted(set(found.periods))


def test_the_period_follows_the_span():
    assert choose_period(DAY, DAY + timedelta(days=20)) is Every.DAY
    assert choose_period(DAY, DAY + timedelta(days=200)) is Every.WEEK
    assert choose_period(DAY, DAY + timedelta(days=2000)) is Every.MONTH


def test_a_sparkline_has_a_mark_a_value_and_a_blank_for_none():
    assert sparkline([0, None, 4, 8]) == "▁ ▅█"
    assert sparkline([]) == ""
    assert sparkline([0, 1, 40], zero="·") == "·▁█"
    assert sparkline([0, 0]) == "▁▁"
