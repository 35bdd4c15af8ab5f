"""Who depends on whom: ribbons from left to right, as wide as what flows (a Sankey diagram).

Vega-Lite has no such mark. Its areas draw it: each ribbon is an area between two curves that this
module lays out, so the picture is one plain spec like all others.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from lodewire.publish.charts.chart import Caption, Chart, ChartTable, Rows, Spec, alt_text
from lodewire.publish.charts.figures import number, percent, unit_words
from lodewire.publish.charts.inputs import Flow
from lodewire.publish.charts.ribbons import Layout, Node, lay_out
from lodewire.publish.charts.rows import need
from lodewire.publish.charts.texts import clean, cut, width
from lodewire.publish.charts.theme import DARK, INK, LABEL, SMALL, SOFT, TOTAL, WHITE, framed

_LEAST_SIDE, _MOST_SIDE = 110, 240  # room for names left and right
_BAR = 14
_STEPS = 24  # points of a curve
# Neighbours differ in lightness, so that ribbons are told apart in grey as well.
_FILLS = ("#0072b2", "#a6cee3", "#e69f00", "#5b7f95", "#f3d28b", "#009e73", "#cc79a7")
_REST_FILL = "#c7c7c7"


def dependence_chart(
    title: str, flows: Sequence[Flow], unit: str, caption: Caption, *, heads: Sequence[str] = ()
) -> Chart:
    """Return the ribbons of ``flows``; ``unit`` "1" means parts of one, shown in percent.

    ``heads`` name the columns from left to right. Raises PublishError for no flow above zero, a
    negative one, or flows that run in a circle.
    """
    need(
        any(f.value > 0 for f in flows),
        "there are no flows to draw",
        "`lodewire chart dependence --help` tells for which commodities there are figures",
    )
    need(
        all(f.value >= 0 and f.value.is_finite() for f in flows),
        "a flow is below zero",
        "Give each flow as a positive quantity from origin to target",
    )
    kept = [f for f in flows if f.value > 0]
    layout = lay_out(kept)
    side = _side(layout, unit)
    alt = _alt(title, kept, unit)
    told = clean(title, 90)
    return Chart(
        kind="dependence",
        title=told,
        alt=alt,
        caption=caption,
        table=ChartTable(
            columns=("from", "to", "value", "unit"),
            rows=tuple((f.origin, f.target, _amount(f.value, unit), _unit(unit)) for f in kept),
        ),
        spec=framed(
            [_plot(layout, side, unit, heads)],
            title=told,
            subtitle=f"Width of a ribbon: {_unit(unit)}",
            caption=caption,
            alt=alt,
            gutter=side,
        ),
    )


def _side(layout: Layout, unit: str) -> float:
    """Room left and right for the longest name there."""
    outer = [n for n in layout.nodes.values() if n.column in (0, layout.last)]
    needs = [width(f"{clean(n.name)} {_amount(n.amount, unit)}", LABEL) + 16 for n in outer]
    return min(_MOST_SIDE, max(_LEAST_SIDE, *needs))


def _plot(layout: Layout, side: float, unit: str, heads: Sequence[str]) -> Spec:
    room = TOTAL - 2 * side
    place = [c / layout.last * (room - _BAR) for c in range(layout.last + 1)]
    across: Spec = {
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, room], "nice": False},
    }
    return {
        "width": room,
        "height": layout.height,
        "layer": [
            _ribbons(layout, place, across, unit),
            _bars(layout, place, across),
            *_names(layout, place, across, side, unit),
            _heads(heads, place, across, side),
        ],
    }


def _down(field: str) -> Spec:
    return {
        "field": field,
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, 1], "reverse": True, "nice": False},
    }


def _ribbons(layout: Layout, place: Sequence[float], across: Spec, unit: str) -> Spec:
    rows: Rows = []
    tints: dict[int, int] = {}  # ribbons out of each column so far: neighbours differ
    for at, ribbon in enumerate(layout.ribbons):
        flow = ribbon.flow
        first, final = layout.nodes[flow.origin].column, layout.nodes[flow.target].column
        x0, x1 = place[first] + _BAR, place[final]
        tint = tints[first] = tints.get(first, -1) + 1
        fill = _REST_FILL if flow.rest else _FILLS[tint % len(_FILLS)]
        told = clean(_told(flow, unit))
        for step in range(_STEPS + 1):
            t = step / _STEPS
            top = ribbon.start + (ribbon.end - ribbon.start) * t * t * (3 - 2 * t)
            rows.append(
                {"flow": at, "x": round(x0 + (x1 - x0) * t, 2), "fill": fill, "told": told}
                | {"top": round(top, 5), "bottom": round(top + ribbon.thick, 5)}
            )
    return {
        "data": {"values": rows},
        "mark": {"type": "area", "opacity": 0.8, "stroke": WHITE, "strokeWidth": 0.6},
        "encoding": {
            "x": across | {"field": "x"},
            "y": _down("top"),
            "y2": {"field": "bottom"},
            "detail": {"field": "flow", "type": "nominal"},
            "fill": {"field": "fill", "type": "nominal", "scale": None, "legend": None},
            "tooltip": {"field": "told", "type": "nominal", "title": "flow"},
        },
    }


def _bars(layout: Layout, place: Sequence[float], across: Spec) -> Spec:
    rows: Rows = [
        {"x": place[n.column], "x2": place[n.column] + _BAR, "top": n.top, "end": n.top + n.high}
        for n in layout.nodes.values()
    ]
    return {
        "data": {"values": rows},
        "mark": {"type": "rect", "color": DARK, "stroke": INK, "strokeWidth": 0.5},
        "encoding": {
            "x": across | {"field": "x"},
            "x2": {"field": "x2"},
            "y": _down("top"),
            "y2": {"field": "end"},
        },
    }


def _names(
    layout: Layout, place: Sequence[float], across: Spec, side: float, unit: str
) -> list[Spec]:
    layers = []
    for where in ("left", "right", "within"):
        rows: Rows = []
        for column, x in enumerate(place):
            if where != _where(column, layout.last):
                continue
            floor = -1.0
            own = (n for n in layout.nodes.values() if n.column == column)
            for node in sorted(own, key=lambda n: n.top):
                floor = max(node.top + node.high / 2, floor + LABEL * 1.25 / layout.height)
                rows.append(_name_row(node, x, floor, where, side, unit))
        if rows:
            layers.append(_name_layer(rows, where, across))
    return layers


def _where(column: int, last: int) -> str:
    return "left" if column == 0 else "right" if column == last else "within"


def _name_row(
    node: Node, x: float, middle: float, where: str, side: float, unit: str
) -> dict[str, object]:
    amount = _amount(node.amount, unit)
    told = f"{cut(node.name, LABEL, side - 12 - width(f' {amount}', LABEL))} {amount}"
    at = {"left": x - 8, "right": x + _BAR + 8, "within": x + _BAR / 2}[where]
    y = node.top - 0.02 if where == "within" else middle
    return {"x": at, "y": y, "told": told}


def _name_layer(rows: Rows, where: str, across: Spec) -> Spec:
    align = {"left": "right", "right": "left", "within": "center"}[where]
    return {
        "data": {"values": rows},
        "mark": {"type": "text", "align": align, "color": INK}
        | ({"baseline": "bottom", "fontWeight": "bold"} if where == "within" else {}),
        "encoding": {
            "x": across | {"field": "x"},
            "y": _down("y"),
            "text": {"field": "told", "type": "nominal"},
        },
    }


def _heads(heads: Sequence[str], place: Sequence[float], across: Spec, side: float) -> Spec:
    """The names of the columns above them, at the outer edges for the first and the last."""
    rows: Rows = []
    for c, name in enumerate(heads[: len(place)]):
        align = {"left": "right", "right": "left", "within": "center"}[_where(c, len(place) - 1)]
        at = place[c] + {"right": _BAR, "left": 0, "center": _BAR / 2}[align]
        rows.append({"x": at, "name": cut(name, SMALL, side + _BAR), "align": align})
    return {
        "data": {"values": rows},
        "layer": [
            {
                "transform": [{"filter": {"field": "align", "equal": align}}],
                "mark": {
                    "type": "text",
                    "align": align,
                    "baseline": "bottom",
                    "fontSize": SMALL,
                    "color": SOFT,
                },
                "encoding": {
                    "x": across | {"field": "x"},
                    "y": {"value": -22},
                    "text": {"field": "name", "type": "nominal"},
                },
            }
            for align in ("right", "center", "left")
        ],
    }


def _amount(value: Decimal, unit: str) -> str:
    return percent(value) if unit == "1" else number(value)


def _unit(unit: str) -> str:
    return "share of the whole" if unit == "1" else unit_words(unit)


def _told(flow: Flow, unit: str) -> str:
    words = "" if unit == "1" else f" {unit_words(unit)}"
    note = f" ({flow.note})" if flow.note else ""
    return f"{flow.origin} → {flow.target}: {_amount(flow.value, unit)}{words}{note}"


def _alt(title: str, flows: Sequence[Flow], unit: str) -> str:
    first = sorted(flows, key=lambda f: -f.value)[:6]
    told = [clean(_told(f, unit)) for f in first]
    rest = f"{len(flows) - len(first)} smaller flows" if len(flows) > len(first) else ""
    return alt_text(f"Ribbons: {clean(title, 90)}", *told, rest)
