"""Who depends on whom: ribbons from left to right, as wide as what flows (a Sankey diagram).

Vega-Lite has no such mark. Its areas draw it: each ribbon is an area between two curves that this
module lays out, so the picture is one plain spec like all others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lodewire.publish.charts.chart import Caption, Chart, ChartTable, Rows, Spec, alt_text
from lodewire.publish.charts.figures import number, percent, unit_words
from lodewire.publish.charts.inputs import Flow
from lodewire.publish.charts.rows import need
from lodewire.publish.charts.texts import clean, cut, width
from lodewire.publish.charts.theme import DARK, INK, LABEL, SMALL, SOFT, TOTAL, WHITE, framed

_SIDE = 190  # room for names left and right
_BAR = 14
_STEPS = 24  # points of a curve
_GAP = 0.018
# Neighbours differ in lightness, so that ribbons are told apart in grey as well.
_FILLS = ("#0072b2", "#a6cee3", "#e69f00", "#5b7f95", "#f3d28b", "#009e73", "#c7c7c7", "#cc79a7")


@dataclass(frozen=True, slots=True)
class _Node:
    name: str
    column: int
    value: float
    top: float = 0.0


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
    nodes = _lay_out(kept)
    columns = max(n.column for n in nodes.values())
    tallest = max(sum(1 for n in nodes.values() if n.column == c) for c in range(columns + 1))
    height = max(280.0, min(620.0, tallest * 34.0))
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
            [_plot(kept, nodes, columns, height, unit, heads)],
            title=told,
            subtitle=f"Width of a ribbon: {_unit(unit)}",
            caption=caption,
            alt=alt,
            gutter=_SIDE,
        ),
    )


def _lay_out(flows: Sequence[Flow]) -> Mapping[str, _Node]:
    """Place each node: its column is the longest way to it, its height the larger of in and out."""
    names = list(dict.fromkeys(n for f in flows for n in (f.origin, f.target)))
    column = dict.fromkeys(names, 0)
    for _ in names:
        moved = False
        for flow in flows:
            if column[flow.target] <= column[flow.origin]:
                column[flow.target] = column[flow.origin] + 1
                moved = True
        if not moved:
            break
    need(
        not any(column[f.target] <= column[f.origin] for f in flows) and max(column.values()) < 8,
        "the flows run in a circle",
        "Name each stage apart, so that what flows comes to an end",
    )
    sizes = {}
    for name in names:
        into = sum((f.value for f in flows if f.target == name), Decimal(0))
        out = sum((f.value for f in flows if f.origin == name), Decimal(0))
        sizes[name] = float(max(into, out))
    most = max(
        sum(sizes[n] for n in names if column[n] == c) for c in range(max(column.values()) + 1)
    )
    crowd = max(sum(1 for n in names if column[n] == c) for c in column.values())
    gap = min(_GAP, 0.3 / max(1, crowd - 1))
    share = 1 - gap * (crowd - 1)  # of the height for values, the rest for gaps
    first, final = 0, max(column.values())
    rests = {f.origin for f in flows if f.rest and column[f.origin] == first}
    rests |= {f.target for f in flows if f.rest and column[f.target] == final}
    nodes: dict[str, _Node] = {}
    for c in range(max(column.values()) + 1):
        own = sorted((n for n in names if column[n] == c), key=lambda n: (n in rests, -sizes[n]))
        used = sum(sizes[n] for n in own) / most * share + gap * (len(own) - 1)
        top = (1 - used) / 2
        for name in own:
            nodes[name] = _Node(name, c, sizes[name] / most * share, top)
            top += nodes[name].value + gap
    return nodes


def _plot(
    flows: Sequence[Flow],
    nodes: Mapping[str, _Node],
    columns: int,
    height: float,
    unit: str,
    heads: Sequence[str],
) -> Spec:
    room = TOTAL - 2 * _SIDE
    place = {c: c / columns * (room - _BAR) for c in range(columns + 1)}
    return {
        "width": room,
        "height": height,
        "layer": [
            _ribbons(flows, nodes, place, unit),
            _bars(nodes, place),
            *_names(flows, nodes, place, columns, height, unit),
            _heads(heads, place),
        ],
    }


def _across() -> Spec:
    return {"type": "quantitative", "axis": None, "scale": {"domain": [0, TOTAL - 2 * _SIDE]}}


def _down() -> Spec:
    return {
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, 1], "reverse": True, "nice": False},
    }


def _ribbons(
    flows: Sequence[Flow], nodes: Mapping[str, _Node], place: Mapping[int, float], unit: str
) -> Spec:
    scale = _per_unit(flows, nodes)
    leaving = sorted(flows, key=lambda f: (nodes[f.origin].top, nodes[f.target].top))
    arriving = sorted(flows, key=lambda f: (nodes[f.target].top, nodes[f.origin].top))
    starts = _stacked(leaving, [f.origin for f in leaving], nodes, scale)
    ends = _stacked(arriving, [f.target for f in arriving], nodes, scale)
    rows: Rows = []
    for at, flow in enumerate(leaving):
        x0 = place[nodes[flow.origin].column] + _BAR
        x1 = place[nodes[flow.target].column]
        thick = float(flow.value) * scale
        look = {"fill": _FILLS[at % len(_FILLS)], "told": clean(_told(flow, unit))}
        for step in range(_STEPS + 1):
            t = step / _STEPS
            ease = t * t * (3 - 2 * t)
            top = starts[id(flow)] + (ends[id(flow)] - starts[id(flow)]) * ease
            rows.append(
                {"flow": at, "x": round(x0 + (x1 - x0) * t, 2)}
                | {"top": round(top, 5), "bottom": round(top + thick, 5)}
                | look
            )
    return {
        "data": {"values": rows},
        "mark": {"type": "area", "opacity": 0.8, "stroke": WHITE, "strokeWidth": 0.6},
        "encoding": {
            "x": {"field": "x"} | _across(),
            "y": {"field": "top"} | _down(),
            "y2": {"field": "bottom"},
            "detail": {"field": "flow", "type": "nominal"},
            "fill": {"field": "fill", "type": "nominal", "scale": None, "legend": None},
            "tooltip": {"field": "told", "type": "nominal", "title": "flow"},
        },
    }


def _stacked(
    flows: Sequence[Flow], names: Sequence[str], nodes: Mapping[str, _Node], scale: float
) -> dict[int, float]:
    """Where each flow begins at its node, one below the other in the order given."""
    at = {name: node.top for name, node in nodes.items()}
    found = {}
    for flow, name in zip(flows, names, strict=True):
        found[id(flow)] = at[name]
        at[name] += float(flow.value) * scale
    return found


def _per_unit(flows: Sequence[Flow], nodes: Mapping[str, _Node]) -> float:
    """Parts of the height for one unit of flow."""
    flow = max(flows, key=lambda f: f.value)
    into = sum((f.value for f in flows if f.origin == flow.origin), Decimal(0))
    back = sum((f.value for f in flows if f.target == flow.origin), Decimal(0))
    return nodes[flow.origin].value / float(max(into, back))


def _bars(nodes: Mapping[str, _Node], place: Mapping[int, float]) -> Spec:
    rows: Rows = [
        {"x": place[n.column], "x2": place[n.column] + _BAR, "top": n.top, "end": n.top + n.value}
        for n in nodes.values()
    ]
    return {
        "data": {"values": rows},
        "mark": {"type": "rect", "color": DARK, "stroke": INK, "strokeWidth": 0.5},
        "encoding": {
            "x": {"field": "x"} | _across(),
            "x2": {"field": "x2"},
            "y": {"field": "top"} | _down(),
            "y2": {"field": "end"},
        },
    }


def _names(
    flows: Sequence[Flow],
    nodes: Mapping[str, _Node],
    place: Mapping[int, float],
    columns: int,
    height: float,
    unit: str,
) -> list[Spec]:
    layers = []
    for side in ("left", "right", "within"):
        rows: Rows = []
        for c in range(columns + 1):
            where = "left" if c == 0 else "right" if c == columns else "within"
            if where != side:
                continue
            last = -1.0
            for node in sorted((n for n in nodes.values() if n.column == c), key=lambda n: n.top):
                middle = max(node.top + node.value / 2, last + (LABEL * 1.25) / height)
                last = middle
                rows.append(_name_row(node, flows, place[c], middle, side, unit))
        if rows:
            layers.append(_name_layer(rows, side))
    return layers


def _name_row(
    node: _Node, flows: Sequence[Flow], x: float, middle: float, side: str, unit: str
) -> dict[str, object]:
    into = sum((f.value for f in flows if f.target == node.name), Decimal(0))
    out = sum((f.value for f in flows if f.origin == node.name), Decimal(0))
    amount = _amount(max(into, out), unit)
    room = _SIDE - 16 - width(f" {amount}", LABEL)
    told = f"{cut(node.name, LABEL, room)} {amount}"
    at = {"left": x - 8, "right": x + _BAR + 8, "within": x + _BAR / 2}[side]
    y = node.top - 0.02 if side == "within" else middle
    return {"x": at, "y": y, "told": told}


def _name_layer(rows: Rows, side: str) -> Spec:
    align = {"left": "right", "right": "left", "within": "center"}[side]
    return {
        "data": {"values": rows},
        "mark": {"type": "text", "align": align, "color": INK}
        | ({"baseline": "bottom", "fontWeight": "bold"} if side == "within" else {}),
        "encoding": {
            "x": {"field": "x"} | _across(),
            "y": {"field": "y"} | _down(),
            "text": {"field": "told", "type": "nominal"},
        },
    }


def _heads(heads: Sequence[str], place: Mapping[int, float]) -> Spec:
    """The names of the columns above them, at the outer edges for the first and the last."""
    rows: Rows = []
    for c, name in enumerate(heads[: len(place)]):
        align = "right" if c == 0 else "left" if c == len(place) - 1 else "center"
        at = place[c] + {"right": _BAR, "left": 0, "center": _BAR / 2}[align]
        rows.append({"x": at, "name": cut(name, SMALL, _SIDE + _BAR), "align": align})
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
                    "x": {"field": "x"} | _across(),
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
