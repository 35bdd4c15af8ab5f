"""Where the bars and ribbons of a Sankey diagram lie, in parts of its height."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lodewire.publish.charts.inputs import Flow
from lodewire.publish.charts.rows import need

MOST_COLUMNS = 8
_GAP, _GAPS = 0.018, 0.3  # between two bars, and all gaps of a column together at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One bar: ``amount`` is the larger of what comes and goes; ``top`` and ``high`` are parts."""

    name: str
    column: int
    amount: Decimal
    top: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ribbon:
    """One flow: the top of its ends, and how thick it is."""

    flow: Flow
    start: float
    end: float
    thick: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """All bars by name and ribbons from top to bottom; ``height`` in pixels."""

    nodes: Mapping[str, Node]
    ribbons: tuple[Ribbon, ...]
    last: int
    height: float


def lay_out(flows: Sequence[Flow]) -> Layout:
    """Place every bar and ribbon; raises PublishError for flows in a circle.

    A bar stands in the column of the longest way to it, the largest on top, what is left over at
    the foot.
    """
    columns = _columns(flows)
    last = max(columns.values())
    amounts = {name: _amount(name, flows) for name in columns}
    crowd = max(list(columns.values()).count(c) for c in range(last + 1))
    gap = min(_GAP, _GAPS / max(1, crowd - 1))
    fullest = max(
        sum((amounts[n] for n in columns if columns[n] == c), Decimal(0)) for c in range(last + 1)
    )
    scale = (1 - gap * (crowd - 1)) / float(fullest)
    rests = {f.origin for f in flows if f.rest and columns[f.origin] == 0}
    rests |= {f.target for f in flows if f.rest and columns[f.target] == last}
    nodes: dict[str, Node] = {}
    for c in range(last + 1):
        own = sorted(
            (n for n in columns if columns[n] == c), key=lambda n: (n in rests, -amounts[n])
        )
        used = sum(float(amounts[n]) for n in own) * scale + gap * (len(own) - 1)
        top = (1 - used) / 2
        for name in own:
            high = float(amounts[name]) * scale
            nodes[name] = Node(name=name, column=c, amount=amounts[name], top=top, high=high)
            top += high + gap
    return Layout(
        nodes=nodes,
        ribbons=_ribbons(flows, nodes, scale),
        last=last,
        height=max(280.0, min(620.0, crowd * 34.0)),
    )


def _columns(flows: Sequence[Flow]) -> dict[str, int]:
    columns = dict.fromkeys((n for f in flows for n in (f.origin, f.target)), 0)
    for _ in columns:
        for flow in flows:
            columns[flow.target] = max(columns[flow.target], columns[flow.origin] + 1)
    need(
        all(columns[f.target] > columns[f.origin] for f in flows)
        and max(columns.values()) < max(len(columns), 2),
        "the flows run in a circle",
        "Name each stage apart, so that what flows comes to an end",
    )
    need(
        max(columns.values()) < MOST_COLUMNS,
        f"the flows run through more than {MOST_COLUMNS} stages",
        "Draw fewer stages in one picture",
    )
    return columns


def _amount(name: str, flows: Sequence[Flow]) -> Decimal:
    into = sum((f.value for f in flows if f.target == name), Decimal(0))
    out = sum((f.value for f in flows if f.origin == name), Decimal(0))
    return max(into, out)


def _ribbons(flows: Sequence[Flow], nodes: Mapping[str, Node], scale: float) -> tuple[Ribbon, ...]:
    leaving = sorted(flows, key=lambda f: (nodes[f.origin].top, nodes[f.target].top))
    arriving = sorted(flows, key=lambda f: (nodes[f.target].top, nodes[f.origin].top))
    starts = _stacked(leaving, [f.origin for f in leaving], nodes, scale)
    ends = _stacked(arriving, [f.target for f in arriving], nodes, scale)
    return tuple(
        Ribbon(
            flow=f,
            start=starts[id(f)],
            end=ends[id(f)],
            thick=float(f.value) * scale,
        )
        for f in leaving
    )


def _stacked(
    flows: Sequence[Flow], names: Sequence[str], nodes: Mapping[str, Node], scale: float
) -> dict[int, float]:
    """Where each flow begins at its bar, one below the other in the order given."""
    at = {name: node.top for name, node in nodes.items()}
    found = {}
    for flow, name in zip(flows, names, strict=True):
        found[id(flow)] = at[name]
        at[name] += float(flow.value) * scale
    return found
