"""Events as dots on a line of time, one row a family; the list under it tells them in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from lodewire.model.event import Event
from lodewire.ontology.event_types import Family, load_event_types
from lodewire.publish.sentences import tell_event

WIDTH, LEFT, RIGHT = 760, 92, 14
_ROW, _TOP, _STEP = 46, 10, 9  # heights in the picture's units; a dot is _STEP wide
_STACK = 4
_MOST_TICKS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One event in the picture."""

    x: float
    y: float
    family: Family
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Dots, the rows' names with where they stand, and ticks (x, "YYYY-MM")."""

    dots: tuple[Dot, ...]
    rows: tuple[tuple[Family, float], ...]
    ticks: tuple[tuple[float, str], ...]
    first: date
    last: date
    height: int


def timeline_of(events: Iterable[Event]) -> Timeline | None:
    """Return where the reported events stand; None for fewer than two days of them."""
    told = sorted((e for e in events if e.reported), key=lambda e: (str(e.reported), e.id))
    if len({e.reported for e in told}) < 2:
        return None
    first, last = told[0].reported, told[-1].reported
    assert first is not None
    assert last is not None
    present = {load_event_types()[e.type].family for e in told}
    families = [f for f in Family if f in present]
    rows = [(f, _TOP + _ROW * at + _ROW / 2) for at, f in enumerate(families)]
    height = _TOP + _ROW * len(rows) + 26
    return Timeline(
        dots=tuple(_dots(told, dict(rows), first, last)),
        rows=tuple(rows),
        ticks=tuple(_ticks(first, last)),
        first=first,
        last=last,
        height=height,
    )


def _x(day: date, first: date, last: date) -> float:
    room = WIDTH - LEFT - RIGHT
    return round(LEFT + room * (day - first).days / max(1, (last - first).days), 1)


def _dots(
    events: Iterable[Event], rows: dict[Family, float], first: date, last: date
) -> Iterable[Dot]:
    """Dots that would lie upon each other are stacked, the middle of the row first."""
    taken: dict[tuple[Family, int], int] = defaultdict(int)
    for event in events:
        assert event.reported is not None
        family = load_event_types()[event.type].family
        x = _x(event.reported, first, last)
        place = (family, round(x / _STEP))
        up = taken[place] % _STACK
        taken[place] += 1
        shift = (up + 1) // 2 * _STEP * (1 if up % 2 else -1)
        title = f"{event.reported.isoformat()}: {tell_event(event)}"
        yield Dot(x=x, y=rows[family] + shift, family=family, title=title)


def _ticks(first: date, last: date) -> Iterable[tuple[float, str]]:
    """The first days of months, so few that their names do not touch."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = -(-months // _MOST_TICKS)
    day = date(first.year, first.month, 1)
    at = 0
    while day <= last:
        if at % step == 0 and day >= first - timedelta(days=1):
            yield _x(max(day, first), first, last), f"{day:%Y-%m}"
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        at += 1
