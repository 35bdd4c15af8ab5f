"""Judging how a source does."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from lodewire.collect.health import HealthState, judge_health
from tests.collect.sources import source_of

TODAY = date(2025, 3, 12)


def judge(counts: dict[int, int], *, low: float = 1, high: float = 10, **told):
    """Judge a source with ``counts`` by days ago."""
    source = source_of(
        {"type": "rss", "url": "https://e.org/f"}, expected={"min": low, "max": high}
    )
    by_day = {TODAY - timedelta(days=ago): count for ago, count in counts.items()}
    return judge_health(source, by_day, today=TODAY, **told)


def test_a_source_that_was_never_read_is_unknown():
    assert judge({}).state is HealthState.UNKNOWN


def test_a_source_within_its_bounds_is_well():
    health = judge({0: 3, 1: 10, 2: 1})
    assert (health.state, health.reasons, health.quiet_days) == (HealthState.OK, (), 0)


@pytest.mark.parametrize(
    ("low", "quiet", "state"),
    [
        (5, 3, HealthState.OK),  # a week-end
        (5, 4, HealthState.SILENT),
        (0.5, 5, HealthState.OK),
        (0.5, 6, HealthState.SILENT),
        (0.1, 29, HealthState.OK),
        (0.1, 30, HealthState.SILENT),
        (0, 900, HealthState.OK),
    ],
)
def test_a_source_is_silent_after_three_times_the_days_one_expects(low, quiet, state):
    health = judge({quiet: 1}, low=low)
    assert health.state is state
    assert health.quiet_days == quiet


def test_a_source_that_never_gave_anything_is_silent_from_its_first_poll_on():
    began = TODAY - timedelta(days=4)
    assert judge({}, watched_since=began).state is HealthState.SILENT
    assert judge({}, watched_since=TODAY).state is HealthState.OK


def test_a_source_floods_when_a_recent_day_is_over_its_bound():
    health = judge({1: 11, 0: 2})
    assert health.state is HealthState.FLOODING
    assert health.reasons == ("11 new entries on 2025-03-11; at most 10 a day are expected",)
    assert judge({7: 99, 0: 1}).state is HealthState.OK


def test_failing_goes_before_flooding_and_silence_and_tells_the_error():
    health = judge({10: 1}, failures=3, last_error="answered 404")
    assert health.state is HealthState.FAILING
    assert health.reasons[0] == "failed 3 times in a row: answered 404"
    assert len(health.reasons) == 2
    assert judge({0: 1}, failures=2).state is HealthState.OK


def test_entries_from_the_future_do_not_count_as_news():
    assert judge({-5: 1, 10: 1}).state is HealthState.SILENT
