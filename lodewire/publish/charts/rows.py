"""Rows of names and bars: names are text marks, so that no word of others enters a scale."""

from __future__ import annotations

from typing import Any

from lodewire.errors import PublishError
from lodewire.publish.charts.chart import Rows, Spec
from lodewire.publish.charts.texts import cut
from lodewire.publish.charts.theme import INK, LABEL


def row_scale(count: int, step: int) -> Spec:
    """Return the scale of ``count`` rows, each ``step`` pixels high."""
    return {
        "type": "band",
        "domain": list(range(count)),
        "range": [0, count * step],
        "paddingInner": 0.25,
    } | {"paddingOuter": 0.12}


def row_channel(count: int, step: int, field: str = "row") -> Spec:
    """Return the y channel of rows; their names are drawn by :func:`names_layer`."""
    return {"field": field, "type": "ordinal", "axis": None, "scale": row_scale(count, step)}


def names_layer(names: list[str], gutter: float, step: int, *, bold: frozenset[int]) -> Spec:
    """Return the layer that writes the name of each row left of its bar."""
    values: Rows = [
        {"row": at, "name": cut(name, LABEL * (1.06 if at in bold else 1), gutter - 10)}
        | {"weight": "bold" if at in bold else "normal"}
        for at, name in enumerate(names)
    ]
    return {
        "data": {"values": values},
        "layer": [_names(weight, gutter, len(names), step) for weight in ("normal", "bold")],
    }


def _names(weight: str, gutter: float, count: int, step: int) -> Spec:
    return {
        # The test compares with one of two words of ours; the names are only written.
        "transform": [{"filter": {"field": "weight", "equal": weight}}],
        "mark": {
            "type": "text",
            "align": "right",
            "dx": -10,
            "fontWeight": weight,
            "color": INK,
        },
        "encoding": {
            "x": {"value": 0},
            "y": row_channel(count, step),
            "text": {"field": "name", "type": "nominal"},
        },
    }


def quantity(field: str, most: float, least: float = 0.0, **more: Any) -> Spec:
    """Return a linear channel from ``least`` to ``most``."""
    scale = {"domain": [least, most], "nice": False, "zero": False}
    return {"field": field, "type": "quantitative", "scale": scale} | more


def need(condition: object, what: str, hint: str) -> None:
    """Refuse to draw: raise PublishError unless ``condition`` holds."""
    if not condition:
        raise PublishError(f"{what}.", hint=hint)
