"""A price by month with the events of its time marked by number, and told below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lodewire.publish.charts.chart import Caption, Chart, ChartTable, Rows, Spec, alt_text, listed
from lodewire.publish.charts.figures import axis_format, number, unit_words
from lodewire.publish.charts.inputs import MarkedEvent, SeriesPoint
from lodewire.publish.charts.periods import (
    alone,
    day_number,
    month_axis_layer,
    month_channel,
    month_words,
    runs,
)
from lodewire.publish.charts.rows import need
from lodewire.publish.charts.texts import clean, width
from lodewire.publish.charts.theme import (
    BLUE,
    DARK,
    LABEL,
    ORANGE,
    SMALL,
    TOTAL,
    WHITE,
    framed,
)

SHOWN = 12
"""Events with a number of their own; more would hide the line. The newest are shown."""

_HEIGHT, _GUTTER = 300, 58
_MARK = 40  # pixels that one mark takes at most


def price_chart(
    name: str,
    points: Sequence[SeriesPoint],
    unit: str,
    caption: Caption,
    *,
    events: Sequence[MarkedEvent] = (),
    average: Sequence[SeriesPoint] = (),
    average_name: str = "",
) -> Chart:
    """Return the series ``name`` in ``unit`` with ``events`` of its months marked.

    Months without a value break the line. ``average`` is a second, dashed line, as a moving
    average. Events outside the months shown are left out and counted. Raises PublishError when no
    month has a value.
    """
    rows = runs(points)
    need(rows, f"there are no prices of {clean(name, 60)} to draw", "Choose another series or time")
    first, last = int(rows[0]["at"]), int(rows[-1]["at"])
    within = [e for e in events if first - 0.6 <= day_number(e.day) <= last + 1.1]
    shown = sorted(within, key=lambda e: (e.day, e.title))[-SHOWN:]
    left = len(events) - len(shown)
    title = f"{clean(name, 80)}, monthly"
    subtitle = f"{unit_words(unit)}, {month_words(first)} to {month_words(last)}"
    if len(rows) == 1:
        subtitle = f"{unit_words(unit)}; only {month_words(first)} is known"
    if average:
        subtitle += f"; dashed: {clean(average_name, 60)}"
    key = [f"{at} · {e.day.isoformat()}: {clean(e.title, 150)}" for at, e in enumerate(shown, 1)]
    if left:
        told = "1 more event lies" if left == 1 else f"{left} more events lie"
        key.append(f"{told} outside these months or before those numbered.")
    alt = _alt(name, rows, unit, shown)
    return Chart(
        kind="price",
        title=title,
        alt=alt,
        caption=caption,
        table=ChartTable(
            columns=("month", "value", "unit"),
            rows=tuple((p.period, _shown(p), unit) for p in points),
        ),
        spec=framed(
            [_plot(rows, runs(average), shown, first, last)],
            title=title,
            subtitle=subtitle,
            caption=caption,
            alt=alt,
            gutter=_GUTTER,
            key=key,
        ),
    )


def _shown(point: SeriesPoint) -> str:
    return "no value" if point.value is None else number(point.value)


def value_channel(low: float, high: float, *, room: float = 0.16) -> Spec:
    """Return the y channel of a series; it starts at zero where that is near.

    ``room`` is what stays free above the highest value, as a part of the span below it.
    """
    span = high - low or abs(high) or 1.0
    bottom = 0.0 if 0 <= low < high * 0.4 else low - span * 0.12
    return {
        "field": "value",
        "type": "quantitative",
        "title": None,
        "axis": {"format": axis_format(max(abs(low), abs(high))), "tickCount": 6}
        | {"domain": False, "ticks": False, "minExtent": _GUTTER, "maxExtent": _GUTTER},
        "scale": {
            "domain": [bottom, high + (high - bottom or span) * room],
            "nice": False,
            "zero": False,
        },
    }


def _plot(
    rows: Rows,
    average: Rows,
    events: Sequence[MarkedEvent],
    first: int,
    last: int,
) -> Spec:
    final = rows[-1]
    label = f"{number(float(final['value']))}"
    room = TOTAL - _GUTTER - width(label, LABEL) - 16
    values = [float(r["value"]) for r in (*rows, *average)]
    marks = _placed(events, first, last, room)
    # The numbers stand above the line: the scale leaves a band for them.
    x = month_channel(first, last)
    y = value_channel(min(values), max(values), room=0.17 if marks else 0.06)
    told: Rows = [
        r | {"told": f"{month_words(int(r['at']))}: {number(float(r['value']))}"} for r in rows
    ]
    layers: list[Spec] = [
        month_axis_layer(first, last, _HEIGHT, room),
        series_layer(told, x, y, DARK, [1, 0]),
        *([series_layer(average, x, y, ORANGE, [6, 4])] if average else []),
        {
            "data": {"values": [{"at": last, "value": final["value"], "label": label}]},
            "mark": {"type": "text", "align": "left", "dx": 8, "fontWeight": "bold"},
            "encoding": {"x": x, "y": y, "text": {"field": "label", "type": "nominal"}},
        },
    ]
    if events:
        layers.append(_marks(marks, x))
    return {"width": room, "height": _HEIGHT, "layer": layers}


def series_layer(rows: Rows, x: Spec, y: Spec, colour: str, dash: list[int]) -> Spec:
    """Return the line of a series, broken at its gaps, single months as points."""
    return {
        "layer": [
            {
                "data": {"values": rows},
                "mark": {
                    "type": "line",
                    "color": colour,
                    "strokeWidth": 2.2,
                    "strokeDash": dash,
                },
                "encoding": {"x": x, "y": y, "detail": {"field": "run", "type": "nominal"}},
            },
            {
                "data": {"values": alone(rows)},
                "mark": {"type": "point", "filled": True, "size": 60, "color": colour}
                | {"opacity": 1},
                "encoding": {"x": x, "y": y},
            },
            {
                # Unseen, wide enough to point at: they carry the tooltips.
                "data": {"values": [r for r in rows if "told" in r]},
                "mark": {"type": "point", "filled": True, "size": 120, "opacity": 0},
                "encoding": {
                    "x": x,
                    "y": y,
                    "tooltip": {"field": "told", "type": "nominal", "title": "month"},
                },
            },
        ]
    }


def _placed(events: Sequence[MarkedEvent], first: int, last: int, room: float) -> Rows:
    """Where each mark stands and what it says; events too close for two marks share one."""
    span = max(1.0, float(last - first) + 1)
    close = span * _MARK / room
    groups: list[list[tuple[int, float]]] = []
    for at, event in enumerate(events, 1):
        place = min(max(day_number(event.day), first - 0.4), last + 0.4)
        if groups and place - groups[-1][0][1] < close:
            groups[-1].append((at, place))
        else:
            groups.append([(at, place)])
    marks: Rows = []
    for group in groups:
        low, high = group[0][0], group[-1][0]
        name = str(low) if low == high else f"{low}–{high}"
        half = span * (width(name, SMALL) / 2 + 7) / room
        told = [f"{events[at - 1].day.isoformat()}: {events[at - 1].title}" for at, _ in group]
        marks.append(
            {"at": group[0][1], "left": group[0][1] - half, "right": group[0][1] + half}
            | {"number": name, "told": clean(listed(told, 3))}
        )
    return marks


def _marks(marks: Rows, x: Spec) -> Spec:
    """Numbers on stems, in a band above the line."""
    return {
        "data": {"values": marks},
        "layer": [
            {
                "mark": {"type": "rule", "color": "#888888", "strokeDash": [2, 2]},
                "encoding": {"x": x, "y": {"value": 20}, "y2": {"value": _HEIGHT}},
            },
            {
                "mark": {"type": "rect", "cornerRadius": 9, "color": BLUE}
                | {"stroke": WHITE, "strokeWidth": 1.5},
                "encoding": {
                    "x": x | {"field": "left"},
                    "x2": {"field": "right"},
                    "y": {"value": 1},
                    "y2": {"value": 20},
                    "tooltip": {"field": "told", "type": "nominal", "title": "event"},
                },
            },
            {
                "mark": {"type": "text", "color": WHITE, "fontSize": SMALL, "fontWeight": "bold"},
                "encoding": {
                    "x": x,
                    "y": {"value": 11},
                    "text": {"field": "number", "type": "nominal"},
                },
            },
        ],
    }


def _alt(name: str, rows: Rows, unit: str, events: Sequence[MarkedEvent]) -> str:
    def told(row: Mapping[str, Any]) -> str:
        return f"{number(float(row['value']))} in {month_words(int(row['at']))}"

    least = min(rows, key=lambda r: r["value"])
    most = max(rows, key=lambda r: r["value"])
    marked = [f"{e.day.isoformat()}: {clean(e.title, 150)}" for e in events]
    return alt_text(
        f"Line of {clean(name, 80)}, {unit_words(unit)}: {told(rows[0])}, {told(rows[-1])}; "
        f"lowest {told(least)}, highest {told(most)}",
        *([f"Events marked: {'; '.join(marked)}"] if marked else []),
    )
