"""What matters most to a result: one bar an input, from what its low end gives to its high end."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from lodewire.publish.charts.chart import Caption, Chart, ChartTable, Rows, Spec, alt_text
from lodewire.publish.charts.figures import axis_format, number, unit_words
from lodewire.publish.charts.inputs import Swing
from lodewire.publish.charts.rows import names_layer, need, row_channel
from lodewire.publish.charts.texts import clean, width
from lodewire.publish.charts.theme import (
    BLUE,
    INK,
    LABEL,
    ORANGE,
    TOTAL,
    framed,
    label_gutter,
    value_axis,
)

SHOWN = 12
_STEP = 30
_Ends = tuple[tuple[Decimal, str], tuple[Decimal, str]]  # of the low and the high end


def tornado_chart(
    title: str, base: Decimal, swings: Sequence[Swing], unit: str, caption: Caption
) -> Chart:
    """Return the inputs ordered by how far the result moves from ``base``, the largest on top.

    Only the ``SHOWN`` largest are drawn, and the line under the title says how many are left out.
    Raises PublishError for no swings.
    """
    need(swings, "there are no inputs to vary", "Give ranges for the inputs of the scenario")
    ordered = sorted(swings, key=lambda s: (-abs(s.high - s.low), s.label))
    shown, left = ordered[:SHOWN], ordered[SHOWN:]
    told = clean(title, 90)
    alt = _alt(told, base, shown, unit)
    gutter = label_gutter([clean(s.label, 80) for s in shown], 90)
    subtitle = (
        f"{unit_words(unit)}; the line is the result as it stands, {number(base)}. "
        "Light (orange): low end of an input, dark (blue): high end"
    )
    if left:
        subtitle += f". Not shown: {len(left)} inputs that matter less"
    return Chart(
        kind="tornado",
        title=told,
        alt=alt,
        caption=caption,
        table=ChartTable(
            columns=("input", "low input", "its result", "high input", "its result"),
            rows=tuple(
                (s.label, s.low_input, number(s.low), s.high_input, number(s.high)) for s in ordered
            ),
        ),
        spec=framed(
            [_plot(base, shown, unit, gutter)],
            title=told,
            subtitle=subtitle,
            caption=caption,
            alt=alt,
            gutter=gutter,
        ),
    )


def _plot(base: Decimal, shown: Sequence[Swing], unit: str, gutter: float) -> Spec:
    ends = [_ends(s, base) for s in shown]
    room = TOTAL - gutter - 24
    y = row_channel(len(shown), _STEP)
    x = _across(base, shown, ends, unit, room)
    return {
        "width": room,
        "height": len(shown) * _STEP,
        "data": {"values": _bars(base, shown, ends)},
        "layer": [
            {
                "mark": {"type": "bar", "stroke": INK, "strokeWidth": 0.8},
                "encoding": {
                    "y": y,
                    "x": x,
                    "x2": {"field": "base"},
                    "color": {"field": "fill", "type": "nominal", "scale": None, "legend": None},
                    "tooltip": {"field": "told", "type": "nominal", "title": "input"},
                },
            },
            *(_labels(left_side, y, x) for left_side in (True, False)),
            {
                "data": {"values": [{"value": float(base)}]},
                "mark": {"type": "rule", "color": INK, "strokeWidth": 2},
                "encoding": {"x": x},
            },
            names_layer([clean(s.label, 80) for s in shown], gutter, _STEP, bold=frozenset()),
        ],
    }


def _across(
    base: Decimal, shown: Sequence[Swing], ends: Sequence[_Ends], unit: str, room: float
) -> Spec:
    """The axis, with room at both ends for the words that stand outside the bars."""
    edges = [float(v) for s in shown for v in (s.low, s.high)] + [float(base)]
    least, most = min(edges), max(edges)
    side = max(width(told, LABEL) for pair in ends for _, told in pair) + 12
    per = (most - least or abs(float(base)) or 1.0) / max(room - 2 * side, 120)
    return {
        "field": "value",
        "type": "quantitative",
        "axis": value_axis(unit_words(unit), axis_format(max(abs(least), abs(most)))),
        "scale": {
            "domain": [least - side * per, most + side * per],
            "nice": False,
            "zero": False,
        },
    }


def _bars(base: Decimal, shown: Sequence[Swing], ends: Sequence[_Ends]) -> Rows:
    rows: Rows = []
    for at, (swing, pair) in enumerate(zip(shown, ends, strict=True)):
        # The longer bar first: where both lie on one side, the shorter stays to be seen.
        for (value, told), fill in sorted(
            zip(pair, (ORANGE, BLUE), strict=True), key=lambda one: -abs(one[0][0] - base)
        ):
            rows.append(
                {"row": at, "value": float(value), "base": float(base), "label": told}
                | {"fill": fill, "left": value < base or (value == base and fill == ORANGE)}
                | {"told": clean(f"{swing.label}: {told or number(value)}")}
            )
    return rows


def _ends(swing: Swing, base: Decimal) -> _Ends:
    def told(value: Decimal, given: str) -> str:
        shown = clean(given, 24)
        return f"{number(value)} ({shown})" if shown else number(value)

    low, high = told(swing.low, swing.low_input), told(swing.high, swing.high_input)
    if (swing.low - base) * (swing.high - base) > 0 or swing.low == swing.high:
        # Both ends on one side: their words would lie upon each other, so the outer end tells both.
        both = low if low == high else f"{low} and {high}"
        if abs(swing.low - base) > abs(swing.high - base):
            low, high = both, ""
        else:
            low, high = "", both
    return (swing.low, low), (swing.high, high)


def _labels(left: bool, y: Spec, x: Spec) -> Spec:
    return {
        "transform": [{"filter": {"field": "left", "equal": left}}],
        "mark": {
            "type": "text",
            "align": "right" if left else "left",
            "dx": -6 if left else 6,
            "color": INK,
        },
        "encoding": {"y": y, "x": x, "text": {"field": "label", "type": "nominal"}},
    }


def _alt(title: str, base: Decimal, shown: Sequence[Swing], unit: str) -> str:
    told = [
        clean(f"{s.label}: {number(s.low)} at its low end, {number(s.high)} at its high end")
        for s in shown[:6]
    ]
    return alt_text(f"Tornado: {title}, {number(base)} {unit_words(unit)} as it stands", *told)
