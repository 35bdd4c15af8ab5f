"""How much happened, by desk, commodity or country: one strip of bars each, on one scale."""

from __future__ import annotations

from collections.abc import Sequence

from lodewire.publish.charts.chart import Caption, Chart, ChartTable, Rows, Spec, alt_text
from lodewire.publish.charts.inputs import ActivityGroup
from lodewire.publish.charts.rows import names_layer, need
from lodewire.publish.charts.texts import clean, cut, width
from lodewire.publish.charts.theme import BLUE, DARK, INK, LABEL, TOTAL, framed, label_gutter

SHOWN = 12
_STEP = 42


def activity_chart(
    title: str,
    periods: Sequence[str],
    groups: Sequence[ActivityGroup],
    caption: Caption,
    *,
    counted: str = "events",
) -> Chart:
    """Return the counts of ``groups`` over ``periods`` (labels in order), the busiest on top.

    All strips share one scale, told at the first one's peak. Raises PublishError where nothing was
    counted, or counts and periods differ in length.
    """
    need(
        periods and any(sum(g.counts) for g in groups),
        f"no {clean(counted, 40)} lie in this time",
        "Choose an earlier --since, or collect and read first: lodewire run",
    )
    need(
        all(len(g.counts) == len(periods) for g in groups),
        "counts and periods differ in length",
        "Give each group one count a period, zero where nothing happened",
    )
    ordered = sorted(groups, key=lambda g: (-sum(g.counts), g.name))
    shown, left = ordered[:SHOWN], ordered[SHOWN:]
    names = [f"{clean(g.name, 60)}" for g in shown]
    gutter = label_gutter(names, 90)
    told = clean(title, 90)
    peak = max(max(g.counts) for g in shown)
    subtitle = (
        f"{clean(counted, 40)}, {clean(periods[0], 20)} to {clean(periods[-1], 20)}; all "
        f"strips on one scale, the tallest bar is {peak}; total on the right"
    )
    if left:
        subtitle += f". {len(left)} groups with less are not shown"
    alt = _alt(told, periods, shown, counted)
    return Chart(
        kind="activity",
        title=told,
        alt=alt,
        caption=caption,
        table=ChartTable(
            columns=("group", *map(str, periods), "total"),
            rows=tuple((g.name, *(str(c) for c in g.counts), str(sum(g.counts))) for g in ordered),
        ),
        spec=framed(
            [_plot(periods, shown, names, gutter, peak)],
            title=told,
            subtitle=subtitle,
            caption=caption,
            alt=alt,
            gutter=gutter,
        ),
    )


def _plot(
    periods: Sequence[str],
    groups: Sequence[ActivityGroup],
    names: list[str],
    gutter: float,
    peak: int,
) -> Spec:
    totals = [f"{sum(g.counts):,}" for g in groups]
    room = TOTAL - gutter - max(width(t, LABEL) for t in totals) - 16
    height = len(groups) * _STEP
    bars: Rows = []
    for row, group in enumerate(groups):
        floor = (row + 1) * _STEP - 4
        bars += [
            {
                "at": at,
                "floor": floor,
                "top": floor - count / peak * (_STEP - 10),
                "told": clean(f"{group.name}, {periods[at]}: {count}"),
                "fill": DARK if count == max(group.counts) else BLUE,
            }
            for at, count in enumerate(group.counts)
            if count
        ]
    x = {
        "field": "at",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [-0.6, len(periods) - 0.4], "nice": False, "zero": False},
    }
    y = {"type": "quantitative", "axis": None} | {
        "scale": {"domain": [0, height], "range": [0, height], "nice": False}
    }
    lines: Rows = [{"y": (row + 1) * _STEP - 4, "total": total} for row, total in enumerate(totals)]
    return {
        "width": room,
        "height": height,
        "resolve": {"scale": {"y": "independent"}},
        "layer": [
            {
                "data": {"values": lines},
                "mark": {"type": "rule", "color": "#bbbbbb"},
                "encoding": {"y": {"field": "y"} | y},
            },
            {
                "data": {"values": bars},
                "mark": {"type": "bar", "width": max(2.0, min(30.0, room / len(periods) * 0.72))},
                "encoding": {
                    "x": x,
                    "y": {"field": "top"} | y,
                    "y2": {"field": "floor"},
                    "color": {"field": "fill", "type": "nominal", "scale": None, "legend": None},
                    "tooltip": {"field": "told", "type": "nominal", "title": "count"},
                },
            },
            {
                "data": {"values": lines},
                "mark": {"type": "text", "align": "left", "baseline": "bottom", "dx": 8}
                | {"fontWeight": "bold", "color": INK},
                "encoding": {
                    "x": {"value": room},
                    "y": {"field": "y"} | y,
                    "text": {"field": "total", "type": "nominal"},
                },
            },
            names_layer(names, gutter, _STEP, bold=frozenset()),
            _ticks(periods, x, height, room),
        ],
    }


def _ticks(periods: Sequence[str], x: Spec, height: float, room: float) -> Spec:
    widest = max(width(clean(p, 20), LABEL) for p in periods) + 14
    step = max(1, -(-len(periods) * widest // room))
    rows: Rows = [
        {"at": at, "name": cut(periods[at], LABEL, 200)} for at in range(0, len(periods), int(step))
    ]
    return {
        "data": {"values": rows},
        "mark": {"type": "text", "baseline": "top", "color": INK},
        "encoding": {
            "x": x,
            "y": {"value": height + 4},
            "text": {"field": "name", "type": "nominal"},
        },
    }


def _alt(title: str, periods: Sequence[str], shown: Sequence[ActivityGroup], counted: str) -> str:
    told = []
    for group in shown[:6]:
        top = max(range(len(periods)), key=lambda at: group.counts[at])
        told.append(
            clean(
                f"{group.name}: {sum(group.counts)}, most in {periods[top]} ({group.counts[top]})"
            )
        )
    head = f"Strips of bars: {title}, {clean(counted, 40)} from {periods[0]} to {periods[-1]}"
    return alt_text(clean(head), *told)
