"""A landed cost built up step by step, before and after: one row a step, two bars a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from lodewire.publish.charts.chart import Caption, Chart, ChartTable, Rows, Spec, alt_text
from lodewire.publish.charts.figures import axis_format, number, signed, unit_words
from lodewire.publish.charts.inputs import CostStep
from lodewire.publish.charts.rows import names_layer, need, quantity, row_channel
from lodewire.publish.charts.texts import clean, cut, width
from lodewire.publish.charts.theme import (
    DARK,
    INK,
    LABEL,
    PALE,
    TOTAL,
    framed,
    label_gutter,
    value_axis,
)

_STEP, _THIN = 40, 26


@dataclass(frozen=True, slots=True)
class _Bar:
    row: int
    state: str  # "before" or "after"
    start: Decimal
    end: Decimal
    label: str
    told: str


def waterfall_chart(
    title: str,
    steps: Sequence[CostStep],
    unit: str,
    caption: Caption,
    *,
    states: tuple[str, str] = ("before", "after"),
) -> Chart:
    """Return the steps of a cost in ``unit``, each starting where the last one ended.

    A step marked ``total`` starts at zero and must be the sum so far. Steps without any ``after``
    give a picture of ``before`` alone. Raises PublishError for no steps, and for a total that is
    not the sum of its steps: such a picture would tell two stories.
    """
    need(
        any(s.before is not None for s in steps),
        "there are no cost steps to draw",
        "Give at least one step with a value",
    )
    both = any(s.after is not None for s in steps)
    bars = _bars(steps, "before", unit, None)
    if both:
        bars += _bars(steps, "after", unit, steps)
    step = _STEP if both else _THIN
    names = [clean(s.label, 90) for s in steps]
    gutter = label_gutter(names, 90)
    room = TOTAL - gutter - max(width(b.label, LABEL) for b in bars) - 18
    told = clean(title, 90)
    alt = _alt(told, steps, unit, states if both else (states[0], ""))
    subtitle = f"{unit_words(unit)}"
    if both:
        subtitle += f"; light bars: {clean(states[0], 60)}, dark bars: {clean(states[1], 60)}"
    totals = frozenset(at for at, s in enumerate(steps) if s.total)
    return Chart(
        kind="waterfall",
        title=told,
        alt=alt,
        caption=caption,
        table=ChartTable(
            columns=("step", *states, "unit"),
            rows=tuple((s.label, _shown(s.before), _shown(s.after), unit) for s in steps),
        ),
        spec=framed(
            [
                {
                    "width": room,
                    "height": len(steps) * step,
                    "layer": [
                        *_layers(bars, len(steps), step, both),
                        names_layer(names, gutter, step, bold=totals),
                    ],
                }
            ],
            title=told,
            subtitle=subtitle,
            caption=caption,
            alt=alt,
            gutter=gutter,
        ),
    )


def _shown(value: Decimal | None) -> str:
    return "" if value is None else number(value, 2)


def _bars(
    steps: Sequence[CostStep], state: str, unit: str, against: Sequence[CostStep] | None
) -> list[_Bar]:
    bars: list[_Bar] = []
    digits = _digits(steps)
    so_far = Decimal(0)
    for at, step in enumerate(steps):
        value = step.before if state == "before" else step.after
        if value is None:
            if step.before is None and step.after is None and state == "before":
                told = clean(f"{step.label}: not given")
                bars.append(_Bar(at, state, so_far, so_far, "not given", told))
            continue
        start = Decimal(0) if step.total else so_far
        end = value if step.total else so_far + value
        if step.total and at:
            need(
                abs(value - so_far) <= max(Decimal("0.01"), abs(so_far) * Decimal("0.0005")),
                f"{clean(step.label, 60)} is {number(value, 2)}, yet its steps sum to "
                f"{number(so_far, 2)} {clean(unit, 20)} ({state})",
                "Give every step that the total holds",
            )
        so_far = end
        label = number(value, digits) if step.total or not at else signed(value, digits)
        if against is not None:
            changed = value - (step.before or Decimal(0))
            label += f" ({signed(changed, digits)})" if changed else " (same)"
        told = f"{step.label}, {state}: {label} {unit_words(unit)}"
        bars.append(_Bar(at, state, start, end, label, clean(told)))
    return bars


def _digits(steps: Sequence[CostStep]) -> int:
    """As many digits for all steps as the finest needs, fewer the larger the sums are."""
    values = [v for s in steps for v in (s.before, s.after) if v is not None]
    if all(v == v.to_integral_value() for v in values):
        return 0
    most = max(abs(v) for v in values)
    return 2 if most < 1000 else 1 if most < 100_000 else 0


def _layers(bars: Sequence[_Bar], count: int, step: int, both: bool) -> list[Spec]:
    rows: Rows = [
        {
            "row": b.row,
            "state": b.state,
            "start": float(b.start),
            "end": float(b.end),
            "right": float(max(b.start, b.end)),
            "label": b.label,
            "told": b.told,
            "fill": PALE if b.state == "before" and both else DARK,
        }
        for b in bars
    ]
    edges = [float(v) for b in bars for v in (b.start, b.end)]
    least, most = min([0.0, *edges]), max([0.0, *edges])
    most = most if most > least else least + 1
    y = row_channel(count, step)
    offset = (
        {"yOffset": {"field": "state", "type": "nominal", "scale": {"domain": ["before", "after"]}}}
        if both
        else {}
    )
    axis = value_axis(None, axis_format(most), grid=True)
    return [
        {
            "data": {"values": rows},
            "mark": {"type": "bar", "stroke": INK, "strokeWidth": 0.8},
            "encoding": {
                "y": y,
                "x": quantity("start", most, least, axis=axis),
                "x2": {"field": "end"},
                "color": {"field": "fill", "type": "nominal", "scale": None, "legend": None},
                "tooltip": {"field": "told", "type": "nominal", "title": "step"},
            }
            | offset,
        },
        {
            "data": {"values": rows},
            "mark": {"type": "text", "align": "left", "dx": 6, "color": INK},
            "encoding": {
                "y": y,
                "x": quantity("right", most, least),
                "text": {"field": "label", "type": "nominal"},
            }
            | offset,
        },
    ]


def _alt(title: str, steps: Sequence[CostStep], unit: str, states: tuple[str, str]) -> str:
    told = []
    for step in steps:
        if step.before is None and step.after is None:
            continue
        parts = [f"{states[0]} {number(step.before)}"] if step.before is not None else []
        if states[1] and step.after is not None:
            parts.append(f"{states[1]} {number(step.after)}")
        told.append(cut(f"{step.label}: {', '.join(parts)}", LABEL, 2000))
    return alt_text(f"Waterfall: {title}, {unit_words(unit)}", *told)
