"""Seven in the morning is seven in the morning, once, wherever and whenever."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.delivery.waves import check_timezone, due_at
from lodewire.errors import DeliveryError
from lodewire.model.audience import Frequency, Preferences

ZONES = (
    "UTC",
    "Europe/London",
    "America/New_York",
    "America/Santiago",
    "Asia/Tokyo",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",  # half an hour of daylight saving
    "Africa/Casablanca",
    "Pacific/Kiritimati",
    "Pacific/Apia",
)
days = st.dates(date(2010, 1, 1), date(2035, 12, 31))


def wants(zone: str, hour: int = 7) -> Preferences:
    return Preferences(timezone=zone, hour=hour)


@pytest.mark.parametrize(
    ("zone", "day", "utc"),
    [
        ("Europe/London", date(2025, 3, 29), "2025-03-29T07:00"),
        ("Europe/London", date(2025, 3, 30), "2025-03-30T06:00"),  # clocks go forward
        ("Europe/London", date(2025, 10, 25), "2025-10-25T06:00"),
        ("Europe/London", date(2025, 10, 26), "2025-10-26T07:00"),  # and back
        ("America/New_York", date(2025, 3, 9), "2025-03-09T11:00"),
        ("America/New_York", date(2025, 11, 2), "2025-11-02T12:00"),
        ("Asia/Tokyo", date(2025, 3, 30), "2025-03-29T22:00"),
    ],
)
def test_seven_is_seven_on_both_change_days(zone: str, day: date, utc: str) -> None:
    assert due_at(wants(zone), day) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_an_hour_that_does_not_exist_is_the_first_after_it_and_one_that_comes_twice_the_first() -> (
    None
):
    forward = due_at(wants("Europe/London", 1), date(2025, 3, 30))
    assert forward == datetime(2025, 3, 30, 1, tzinfo=UTC)  # 02:00 on the clock
    back = due_at(wants("Europe/London", 1), date(2025, 10, 26))
    assert back == datetime(2025, 10, 26, 0, tzinfo=UTC)
    half = due_at(wants("Australia/Lord_Howe", 2), date(2025, 10, 5))
    assert half.astimezone(ZoneInfo("Australia/Lord_Howe")).strftime("%H:%M") == "02:30"


def test_a_day_that_a_country_left_out_ends_in_the_next() -> None:
    """Samoa had no 30 December 2011."""
    left_out = due_at(wants("Pacific/Apia", 7), date(2011, 12, 30))
    assert left_out.astimezone(ZoneInfo("Pacific/Apia")) == datetime(
        2011, 12, 31, tzinfo=ZoneInfo("Pacific/Apia")
    )


@given(st.sampled_from(ZONES), days, st.integers(0, 23))
def test_the_clock_on_the_wall_shows_the_hour_wherever_it_exists(
    zone: str, day: date, hour: int
) -> None:
    """And no earlier instant of that day shows it, nor a later hour."""
    due = due_at(wants(zone, hour), day)
    local = due.astimezone(ZoneInfo(zone))
    target = datetime.combine(day, time(hour))
    assert local.replace(tzinfo=None) >= target
    before = (due - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert before < target


@given(st.sampled_from(ZONES), days, st.integers(0, 23))
def test_days_follow_each_other_and_never_meet(zone: str, day: date, hour: int) -> None:
    """So each day brings one copy (a day that was left out shares its end with the next)."""
    if (zone, day) == ("Pacific/Apia", date(2011, 12, 29)):
        return
    first = due_at(wants(zone, hour), day)
    second = due_at(wants(zone, hour), day + timedelta(days=1))
    assert timedelta(hours=21) < second - first < timedelta(hours=27) or zone == "Pacific/Apia"


@given(days)
def test_in_a_week_come_seven_five_and_one(day: date) -> None:
    week = [day + timedelta(days=n) for n in range(7)]
    counts = {f: sum(f.falls_on(d) for d in week) for f in Frequency}
    assert counts == {Frequency.DAILY: 7, Frequency.WEEKDAYS: 5, Frequency.WEEKLY: 1}


def test_an_unknown_zone_is_refused_with_a_near_one() -> None:
    with pytest.raises(DeliveryError) as refused:
        check_timezone("Europe/Londn")
    assert "Europe/London" in str(refused.value.hint)
    for bad in ("../etc/passwd", "", "Mars/Base"):
        with pytest.raises(DeliveryError):
            check_timezone(bad)
