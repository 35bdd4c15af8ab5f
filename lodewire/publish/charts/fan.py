"""A forecast as a fan: what was, what may come with its intervals, the naive forecast beside."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from lodewire.publish.charts.chart import Caption, Chart, ChartTable, Rows, Spec, alt_text
from lodewire.publish.charts.figures import number, percent, unit_words
from lodewire.publish.charts.inputs import FanStep, SeriesPoint
from lodewire.publish.charts.periods import (
    month_axis_layer,
    month_channel,
    month_number,
    month_words,
    runs,
)
from lodewire.publish.charts.price import series_layer, value_channel
from lodewire.publish.charts.rows import need
from lodewire.publish.charts.texts import clean, width
from lodewire.publish.charts.theme import BLUE, DARK, INK, LABEL, RED, TOTAL, framed

HISTORY = 48
"""Months of history shown before the fan."""

_HEIGHT, _GUTTER = 300, 58
_SHADES = ("#e3eef6", "#bcd9ea", "#7fb3d5")  # the wider the interval, the paler


def fan_chart(
    name: str,
    points: Sequence[SeriesPoint],
    steps: Sequence[FanStep],
    unit: str,
    caption: Caption,
    *,
    model: str,
    judged: str,
) -> Chart:
    """Return the last months of a series, then the forecast with its intervals.

    ``model`` names the forecast, ``judged`` says in one line how it did against the naive one when
    it was tested on the past; it stands under the title. Raises PublishError without history or
    steps.
    """
    rows = runs(points)[-HISTORY:]
    need(rows and steps, f"there is no forecast of {clean(name, 60)}", "Give a longer series")
    ordered = sorted(steps, key=lambda s: s.period)
    title = f"{clean(name, 80)}: the next {len(ordered)} months"
    levels = sorted({level for s in ordered for level, _, _ in s.intervals}, reverse=True)[:3]
    shades = ", ".join(percent(level) for level in reversed(levels))
    subtitle = (
        f"{unit_words(unit)}. Line and shades: {clean(model, 60)} with its intervals "
        f"({shades}, the wider the paler); crosses: the naive forecast. {clean(judged)}"
    )
    alt = _alt(name, rows, ordered, unit, model, judged)
    return Chart(
        kind="forecast",
        title=title,
        alt=alt,
        caption=caption,
        table=_table(ordered, levels, unit),
        spec=framed(
            [_plot(rows, ordered, levels)],
            title=title,
            subtitle=subtitle,
            caption=caption,
            alt=alt,
            gutter=_GUTTER,
        ),
    )


def _plot(rows: Rows, steps: Sequence[FanStep], levels: Sequence[Decimal]) -> Spec:
    first, last = int(rows[0]["at"]), month_number(steps[-1].period)
    now, value = int(rows[-1]["at"]), float(rows[-1]["value"])
    label = number(steps[-1].value)
    room = TOTAL - _GUTTER - width(label, LABEL) - 16
    middle: Rows = [{"at": now, "value": value, "run": 0}]
    middle += [
        {"at": month_number(s.period), "value": float(s.value), "run": 0}
        | {"told": f"{month_words(month_number(s.period))}: {number(s.value)}"}
        for s in steps
    ]
    bands = [_band(steps, level, now, value) for level in levels]
    every = [float(r["value"]) for r in (*rows, *middle)]
    every += [float(r[k]) for band in bands for r in band for k in ("low", "high")]
    naive: Rows = [
        {"at": month_number(s.period), "value": float(s.naive)}
        for s in steps
        if s.naive is not None
    ]
    every += [float(r["value"]) for r in naive]
    x, y = month_channel(first, last), value_channel(min(every), max(every))
    layers: list[Spec] = [month_axis_layer(first, last, _HEIGHT, room)]
    layers += [
        {
            "data": {"values": band},
            "mark": {"type": "area", "color": shade, "opacity": 1},
            "encoding": {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}},
        }
        for band, shade in zip(bands, _SHADES, strict=False)
    ]
    told: Rows = [
        dict(r) | {"told": f"{month_words(int(r['at']))}: {number(float(r['value']))}"}
        for r in rows
    ]
    layers += [
        series_layer(told, x, y, DARK, [1, 0]),
        series_layer(middle, x, y, BLUE, [5, 3]),
        {
            "data": {"values": naive},
            "mark": {"type": "point", "shape": "cross", "filled": True, "size": 70}
            | {"color": RED, "opacity": 1},
            "encoding": {"x": x, "y": y},
        },
        {
            "data": {"values": [{"at": last, "value": float(steps[-1].value), "label": label}]},
            "mark": {"type": "text", "align": "left", "dx": 8, "fontWeight": "bold", "color": INK},
            "encoding": {"x": x, "y": y, "text": {"field": "label", "type": "nominal"}},
        },
    ]
    return {"width": room, "height": _HEIGHT, "layer": layers}


def _band(steps: Sequence[FanStep], level: Decimal, now: int, value: float) -> Rows:
    rows: Rows = [{"at": now, "low": value, "high": value}]
    for step in steps:
        rows += [
            {"at": month_number(step.period), "low": float(low), "high": float(high)}
            for told, low, high in step.intervals
            if told == level
        ]
    return rows


def _table(steps: Sequence[FanStep], levels: Sequence[Decimal], unit: str) -> ChartTable:
    heads = [f"{percent(level)} {end}" for level in levels for end in ("low", "high")]
    rows = []
    for step in steps:
        ends = {level: (low, high) for level, low, high in step.intervals}
        cells = [number(v) for level in levels for v in ends.get(level, ())]
        naive = "" if step.naive is None else number(step.naive)
        rows.append((step.period, number(step.value), *cells, naive, unit))
    return ChartTable(
        columns=("month", "forecast", *heads, "naive forecast", "unit"), rows=tuple(rows)
    )


def _alt(
    name: str, rows: Rows, steps: Sequence[FanStep], unit: str, model: str, judged: str
) -> str:
    final = steps[-1]
    widest = max(final.intervals, key=lambda i: i[0], default=None)
    spread = (
        f", {percent(widest[0])} interval {number(widest[1])} to {number(widest[2])}"
        if widest is not None
        else ""
    )
    return alt_text(
        f"Forecast of {clean(name, 80)} by {clean(model, 60)}, {unit_words(unit)}: last known "
        f"{number(float(rows[-1]['value']))} in {month_words(int(rows[-1]['at']))}, then "
        f"{number(final.value)} in {month_words(month_number(final.period))}{spread}",
        clean(judged),
    )
