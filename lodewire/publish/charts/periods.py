"""Months and years on an axis, as numbers: no time zone can move them.

A month is its count of months since year 0; ticks and their words are drawn by us, so that the same
picture comes out whatever the machine's clock is set to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from lodewire.errors import PublishError
from lodewire.publish.charts.chart import Rows, Spec
from lodewire.publish.charts.inputs import SeriesPoint
from lodewire.publish.charts.theme import INK, LABEL

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PERIOD = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def month_number(period: str) -> int:
    """Return the number of a month written YYYY-MM; raises PublishError for anything else."""
    match = _PERIOD.fullmatch(period)
    if match is None:
        raise PublishError(
            f"{period[:20]!r} is no month.", hint="Write months as YYYY-MM, as in 2025-03."
        )
    return int(match[1]) * 12 + int(match[2]) - 1


def month_words(number: int) -> str:
    """Return "Mar 2025"."""
    return f"{MONTHS[number % 12]} {number // 12}"


def day_number(day: date) -> float:
    """Return where a day lies among the months: the middle of March is that month's number."""
    return day.year * 12 + day.month - 1 + (day.day - 15) / 30.5


def runs(points: Sequence[SeriesPoint]) -> Rows:
    """Return the known values with the number of their unbroken run of months.

    A line joins one run only: a month without a value is a gap, not a straight line.
    """
    rows: Rows = []
    run, last = 0, None
    for point in sorted(points, key=lambda p: p.period):
        at = month_number(point.period)
        if point.value is None:
            continue
        if last is not None and at != last + 1:
            run += 1
        rows.append({"at": at, "value": float(point.value), "run": run})
        last = at
    return rows


def alone(rows: Rows) -> Rows:
    """Return the rows that are a run by themselves: a line of one point would not be seen."""
    counts: dict[int, int] = {}
    for row in rows:
        counts[row["run"]] = counts.get(row["run"], 0) + 1
    return [row for row in rows if counts[row["run"]] == 1]


def month_axis_layer(first: int, last: int, height: float, width: float) -> Spec:
    """Return the ticks below a plot from month ``first`` to ``last``: years, or months if few."""
    return {
        "data": {"values": _ticks(first, last, width)},
        "layer": [
            {
                "mark": {"type": "rule", "color": "#888888"},
                "encoding": {
                    "x": month_channel(first, last, "at"),
                    "y": {"value": height},
                    "y2": {"value": height + 5},
                },
            },
            {
                "mark": {"type": "text", "baseline": "top", "color": INK, "fontSize": LABEL},
                "encoding": {
                    "x": month_channel(first, last, "at"),
                    "y": {"value": height + 8},
                    "text": {"field": "label", "type": "nominal"},
                },
            },
        ],
    }


def _ticks(first: int, last: int, width: float) -> Rows:
    span = max(last - first, 1)
    room = max(2, int(width // 62))
    if span <= 24:
        step = next(s for s in (1, 2, 3, 6, 12) if span / s <= room or s == 12)
        return [{"at": m, "label": month_words(m)} for m in range(first, last + 1) if not m % step]
    years = span / 12
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100) if years / s <= room or s == 100)
    return [
        {"at": year * 12, "label": str(year)}
        for year in range(-(-first // 12), last // 12 + 1)
        if not year % step
    ]


def month_channel(first: int, last: int, field: str = "at") -> Spec:
    """Return the x channel of months; a single month lies in the middle."""
    pad = 0.5 if last > first else 6
    return {
        "field": field,
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [first - pad, last + pad], "nice": False, "zero": False},
    }
