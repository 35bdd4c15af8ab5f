"""When a copy is due: at the subscriber's hour, on the day, in their time zone, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from lodewire.errors import DeliveryError
from lodewire.model.audience import Preferences


def due_at(preferences: Preferences, day: date) -> datetime:
    """Return the instant (UTC) at which ``day``'s copy is due.

    Where clocks go back and the hour comes twice, the first; where they go forward over it, the
    first instant after the gap. Time zone rules are those of the IANA database.
    """
    zone = ZoneInfo(preferences.timezone)
    wall = datetime.combine(day, time(preferences.hour), tzinfo=zone)
    instant = wall.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return instant
    return _after_gap(wall, zone)


def _after_gap(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first instant whose wall clock is past an hour that does not exist that day.

    Gaps are up to a whole day long (Samoa left out 30 December 2011).
    """
    # With fold=0 the offset before the gap is taken: the instant lies after the change.
    late = wall.astimezone(UTC)
    early = late - timedelta(days=1, hours=1)
    target = wall.replace(tzinfo=None)
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) / 2
        if middle.astimezone(zone).replace(tzinfo=None) < target:
            early = middle
        else:
            late = middle
    return late.replace(microsecond=0)


#: Between these hours of a reader's clock nothing is sent but at the hour they chose.
NIGHT_FROM, MORNING = 21, 7


def by_day(preferences: Preferences, now: datetime) -> datetime:
    """Return ``now``, or the next morning where it is night for the reader."""
    local = now.astimezone(ZoneInfo(preferences.timezone))
    if MORNING <= local.hour < NIGHT_FROM:
        return now
    day = local.date() + timedelta(days=local.hour >= NIGHT_FROM)
    return due_at(replace(preferences, hour=MORNING), day)


def check_timezone(name: str) -> str:
    """Return the name of an IANA time zone; raises DeliveryError, naming a near one."""
    if name in available_timezones():
        return name
    near = near_timezone(name)
    raise DeliveryError(
        f"{name!r} is no time zone",
        hint=f"did you mean {near}?" if near else "write it as Europe/London or Asia/Tokyo",
    )


def near_timezone(name: str) -> str:
    """Return the time zone that is written most like ``name``, "" where none is near."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, available_timezones(), n=1)), "")
