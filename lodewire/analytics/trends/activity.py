"""How many events were reported, by desk, commodity or country, over days, weeks or months.

Counts only: no tone, no score. An event counts once in each group that it names and in the period
of the day it was first reported.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lodewire.errors import MeasureError

MOST_PERIODS = 1200


class By(StrEnum):
    """What activity is grouped by."""

    DESK = "desk"
    COMMODITY = "commodity"
    COUNTRY = "country"


class Every(StrEnum):
    """How long a period is: a day, an ISO week (Monday first), a month."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRow:
    """One event: the day it was first reported, and the ids of what it touches."""

    event: str
    day: date
    desks: tuple[str, ...] = ()
    commodities: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()

    def groups(self, by: By) -> tuple[str, ...]:
        """Return the groups it counts in."""
        told = {By.DESK: self.desks, By.COMMODITY: self.commodities, By.COUNTRY: self.countries}
        return told[by]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCounts:
    """Counts of one group, one for each period."""

    group: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of its events."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """Counts by group over ``periods`` ("2025-03-28", "2025-W13", "2025-03"), the busiest first.

    ``events`` are distinct events in the time; ``ungrouped`` those that name no group. The sum of
    all groups may be more than ``events``, since one event may name several.
    """

    by: By
    every: Every
    periods: tuple[str, ...]
    groups: tuple[GroupCounts, ...]
    events: int
    ungrouped: int


def count_activity(
    rows: Iterable[ActivityRow],
    *,
    by: By,
    every: Every,
    since: date | None = None,
    until: date | None = None,
) -> Activity:
    """Count ``rows`` reported from ``since`` until ``until``, both included (default: all).

    Periods in which nothing happened are there with zero. The first and last period may be cut by
    the days asked for. Raises MeasureError for more than ``MOST_PERIODS`` periods, or a time that
    ends before it begins.
    """
    kept = [
        row
        for row in {r.event: r for r in rows}.values()
        if (since is None or row.day >= since) and (until is None or row.day <= until)
    ]
    days = [row.day for row in kept]
    first, last = since or min(days, default=None), until or max(days, default=None)
    if first is None or last is None:
        return Activity(by=by, every=every, periods=(), groups=(), events=0, ungrouped=0)
    periods = tuple(periods_between(first, last, every))
    counted: Counter[tuple[str, str]] = Counter()
    for row in kept:
        for group in dict.fromkeys(row.groups(by)):
            counted[group, period_of(row.day, every)] += 1
    names = {group for group, _ in counted}
    groups = [
        GroupCounts(group=name, counts=tuple(counted[name, p] for p in periods)) for name in names
    ]
    return Activity(
        by=by,
        every=every,
        periods=periods,
        groups=tuple(sorted(groups, key=lambda g: (-g.total, g.group))),
        events=len(kept),
        ungrouped=sum(1 for row in kept if not row.groups(by)),
    )


def period_of(day: date, every: Every) -> str:
    """Return the period a day lies in."""
    if every is Every.DAY:
        return day.isoformat()
    if every is Every.WEEK:
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    return f"{day.year:04}-{day.month:02}"


def periods_between(first: date, last: date, every: Every) -> Iterator[str]:
    """Yield every period from that of ``first`` to that of ``last``."""
    choose_period(first, last)
    step = {Every.DAY: 1, Every.WEEK: 7, Every.MONTH: 28}[every]
    if (last - first).days // step > MOST_PERIODS:
        raise MeasureError(
            f"more than {MOST_PERIODS} {every.value}s lie between {first} and {last}",
            hint="Ask for longer periods with --every week or month, or a later --since",
        )
    seen = ""
    day = first
    while day <= last:
        period = period_of(day, every)
        if period != seen:
            yield period
            seen = period
        day += timedelta(days=1)


def choose_period(first: date, last: date) -> Every:
    """Return the period that gives a time some ten to sixty of them.

    Raises MeasureError for a time that ends before it begins.
    """
    if last < first:
        raise MeasureError(
            f"the time asked for ends ({last}) before it begins ({first})",
            hint="Write --since before --until",
        )
    span = (last - first).days
    return Every.DAY if span <= 31 else Every.WEEK if span <= 366 else Every.MONTH


def sparkline(counts: Sequence[int | float | None], zero: str = "") -> str:
    """Return a line of block characters, the highest value full; a blank where there is none.

    With ``zero``, values of zero are that character, so that one event is seen beside many.
    """
    known = [c for c in counts if c is not None]
    if not known:
        return ""
    least, most = min(0, *known), max(known)
    span = most - least
    marks = "▁▂▃▄▅▆▇█"
    told = []
    for count in counts:
        if count is None:
            told.append(" ")
        elif zero and not count:
            told.append(zero)
        else:
            told.append(marks[round((count - least) / span * 7)] if span else marks[0])
    return "".join(told)
