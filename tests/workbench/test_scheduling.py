"""When jobs are due: once a local day whatever the clocks do, and evenly by the minute."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.config.desk import load_desk
from lodewire.model.schedule import Job
from lodewire.workbench.scheduling import (
    ATTEMPTS,
    Daily,
    Every,
    lane_of,
    missed_too_long,
    plan_of,
    retry_at,
)

# Half an hour of summer time, changes at midnight, no summer time, both hemispheres.
ZONES = (
    "Europe/London", "Europe/Berlin", "America/New_York", "America/Santiago", "America/Havana",
    "Africa/Cairo", "Asia/Beirut", "Australia/Lord_Howe", "Pacific/Auckland", "Asia/Tokyo", "UTC",
)  # fmt: skip
clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))
zones = st.sampled_from(ZONES).map(ZoneInfo)
moments = st.integers(1_704_067_200, 1_893_456_000).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)
days = st.dates(date(2024, 1, 1), date(2030, 1, 1))


def walked(timing: Daily | Every, start: datetime, count: int) -> list[datetime]:
    found = [timing.following(start)]
    while len(found) < count:
        found.append(timing.following(found[-1]))
    return found


@pytest.mark.parametrize("zone", ZONES)
@given(at=clocks)
def test_a_time_comes_once_on_every_local_day_of_a_year(zone: str, at: time) -> None:
    """The days on which the clocks change among them."""
    daily = Daily((at,), ZoneInfo(zone))
    start = datetime(2026, 1, 1, tzinfo=ZoneInfo(zone)) - timedelta(microseconds=1)
    found = Counter(m.astimezone(daily.zone).date() for m in walked(daily, start, 365))
    assert found == Counter(date(2026, 1, 1) + timedelta(days=n) for n in range(365))


@given(zones, clocks, days)
def test_a_moment_shows_its_time_on_the_wall(zone: ZoneInfo, at: time, day: date) -> None:
    """Or, where the clock leaves that time out, a later one of the same day by what it skips."""
    (moment,) = Daily((at,), zone).on(day)
    wall = moment.astimezone(zone)
    assert wall.fold == 0
    late = wall.replace(tzinfo=None) - datetime.combine(day, at)
    skipped = (moment + timedelta(hours=3)).astimezone(zone).utcoffset()
    before = (moment - timedelta(hours=3)).astimezone(zone).utcoffset()
    assert skipped is not None
    assert before is not None
    assert late in (timedelta(), skipped - before)
    assert late >= timedelta()


@given(zones, st.lists(clocks, min_size=1, max_size=5).map(tuple), moments)
def test_last_and_next_have_nothing_between_them(
    zone: ZoneInfo, times: tuple[time, ...], now: datetime
) -> None:
    """What is next becomes what was last, and not before its moment."""
    daily = Daily(times, zone)
    last, following = daily.latest(now), daily.following(now)
    assert last <= now < following
    assert following - last <= timedelta(hours=26)
    assert daily.following(last) == following
    assert daily.latest(following) == following
    assert daily.latest(following - timedelta(microseconds=1)) == last


@given(st.integers(1, 720), moments)
def test_minutes_are_even_whatever_the_clocks_do(minutes: int, now: datetime) -> None:
    """Steps of the same length."""
    every = Every(minutes)
    last, following = every.latest(now), every.following(now)
    assert last <= now < following
    assert following - last == timedelta(minutes=minutes)
    assert every.latest(following) == following


def test_the_days_on_which_clocks_change() -> None:
    """02:30 is left out in spring and comes twice in autumn."""
    berlin = Daily((time(2, 30),), ZoneInfo("Europe/Berlin"))
    assert berlin.on(date(2026, 3, 29)) == {datetime(2026, 3, 29, 1, 30, tzinfo=UTC)}
    assert berlin.on(date(2026, 10, 25)) == {datetime(2026, 10, 25, 0, 30, tzinfo=UTC)}
    both = Daily((time(2, 30), time(3, 30)), ZoneInfo("Europe/Berlin"))
    assert len(both.on(date(2026, 3, 29))) == 1, "the same moment is one occurrence"


def test_a_day_that_a_zone_leaves_out_is_left_out() -> None:
    """Samoa went from the 29th to the 31st of December 2011."""
    apia = Daily((time(6),), ZoneInfo("Pacific/Apia"))
    found = walked(apia, datetime(2011, 12, 28, 20, tzinfo=UTC), 3)
    assert [m.astimezone(apia.zone).day for m in found] == [29, 31, 1]


def test_a_plan_names_the_desks_own_commands(tmp_path: Path) -> None:
    """The day is that of the desk, the times those of the schedule."""
    (tmp_path / "desk.toml").write_text(
        'timezone = "Asia/Tokyo"\n[schedule]\ntimezone = "UTC"\nsend = "20:00"\n'
    )
    plan = plan_of(load_desk(tmp_path))
    assert plan.jobs() == (Job.RUN, Job.SEND, Job.ALERTS)
    due = plan.following(Job.SEND, datetime(2026, 5, 1, 12, tzinfo=UTC))
    assert due == datetime(2026, 5, 1, 20, tzinfo=UTC)
    send = ("campaign", "send", "2026-05-02", "--automatic", "--wait")
    assert plan.arguments(Job.SEND, due) == send


def test_alerts_follow_a_run_that_ended_well(tmp_path: Path) -> None:
    """By the clock too where both are asked for: whichever was later."""
    now = datetime(2026, 5, 1, 6, 7, 30, tzinfo=UTC)
    ended = now - timedelta(minutes=1)
    (tmp_path / "desk.toml").write_text("")
    plan = plan_of(load_desk(tmp_path))
    assert plan.latest(Job.ALERTS, now, None) is None
    assert plan.latest(Job.ALERTS, now, ended) == ended
    assert plan.following(Job.ALERTS, now) is None
    (tmp_path / "desk.toml").write_text("[schedule]\nalerts_minutes = 1\n")
    plan = plan_of(load_desk(tmp_path))
    assert plan.latest(Job.ALERTS, now, ended) == now - timedelta(seconds=30)
    (tmp_path / "desk.toml").write_text("[schedule]\nrun = []\ncollect_minutes = 5\n")
    assert plan_of(load_desk(tmp_path)).jobs() == (Job.COLLECT,)


def test_attempts_are_few_and_further_and_further_apart() -> None:
    """And what was missed half a day ago is left."""
    now = datetime(2026, 5, 1, tzinfo=UTC)
    waits = [retry_at(n, now) for n in range(1, ATTEMPTS + 1)]
    assert waits == [now + timedelta(minutes=2), now + timedelta(minutes=10), None]
    assert not missed_too_long(now - timedelta(hours=12), now)
    assert missed_too_long(now - timedelta(hours=12, seconds=1), now)
    assert lane_of(Job.SEND) == ()
    assert Job.COLLECT in lane_of(Job.RUN)
