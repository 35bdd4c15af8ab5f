"""One look for all charts: sizes, colours, and the frame with title above and caption below.

Colours differ in lightness first, so that a grey copy keeps their order, and are those of Okabe and
Ito (2008) in hue, which colour-blind readers tell apart. The background is always white: on a dark
page or in a dark mail the picture stays a white card, with every word readable.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lodewire.publish.charts.chart import Caption, Spec
from lodewire.publish.charts.texts import clean, width, wrap

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
FONT = "Arial, Liberation Sans, Helvetica, sans-serif"

TOTAL = 760  # pixels from edge to edge, without the padding
PADDING = 18
LABEL, SMALL, HEAD = 12, 11, 18  # sizes of type; nothing is smaller than SMALL

INK = "#1a1a1a"
SOFT = "#555555"
GRID = "#e3e3e3"
# From dark to light: L* of 20, 46, 67, 80. Beside hue, each pair is told apart by lightness alone.
DARK = "#003f5c"
BLUE = "#0072b2"
ORANGE = "#e69f00"
PALE = "#bcd9ea"
RED = "#9c2a00"
WHITE = "#ffffff"


def bottom_lines(caption: Caption, wide: float = TOTAL) -> list[str]:
    """Return the caption in lines that fit the picture."""
    return wrap(caption.text(), SMALL, wide)


def framed(
    views: Sequence[Spec],
    *,
    title: str,
    subtitle: str,
    caption: Caption,
    alt: str,
    gutter: float,
    key: Sequence[str] = (),
    spacing: int = 16,
    wide: float = TOTAL,
) -> Spec:
    """Return the whole spec: title, views one below the other, key lines, caption.

    ``wide`` is the picture in pixels from edge to edge, without the padding.
    ``gutter`` is what the views' axes take on the left in pixels, so that the caption starts at the
    picture's edge. ``key`` are lines above the caption, as the list of numbered events.
    """
    upper = [(line, INK, LABEL) for told in key for line in wrap(told, LABEL, wide, 2)]
    lower = [(line, SOFT, SMALL) for line in bottom_lines(caption, wide)]
    return {
        "$schema": SCHEMA,
        "description": clean(alt, 4000),
        "background": WHITE,
        "padding": PADDING,
        "title": {
            "text": wrap(title, HEAD * 1.05, wide, 3),
            "subtitle": wrap(subtitle, 13, wide, 3) if subtitle else [],
        },
        "spacing": spacing,
        "vconcat": [*views, _words_below(upper, lower, gutter, wide)],
        "config": config(),
    }


_Line = tuple[str, str, int]  # text, colour, size


def _words_below(
    upper: Sequence[_Line], lower: Sequence[_Line], gutter: float, wide: float
) -> Spec:
    """A view that holds nothing but lines of text, from the left edge of the picture."""
    rows, at = [], 0.0
    for part in (upper, lower):
        for text, colour, size in part:
            rows.append({"text": text, "at": at, "colour": colour, "size": size})
            at += size * 1.35
        at += 8 if part else 0
    return {
        "data": {"values": rows},
        "width": wide - gutter,
        "height": at,
        "view": {"stroke": None},
        "mark": {"type": "text", "align": "left", "baseline": "top", "dx": -gutter},
        "encoding": {
            "x": {"value": 0},
            "y": {"field": "at", "type": "quantitative", "axis": None}
            | {"scale": {"domain": [0, at], "range": [0, at], "nice": False}},
            "text": {"field": "text", "type": "nominal"},
            "color": {"field": "colour", "type": "nominal", "scale": None, "legend": None},
            "size": {"field": "size", "type": "quantitative", "scale": None, "legend": None},
        },
    }


def config() -> Spec:
    """Return the configuration that all charts share."""
    return {
        "font": FONT,
        "aria": False,  # the picture is told as a whole, by its alternative text
        "text": {"fontSize": LABEL, "color": INK, "limit": 0},
        "title": {
            "anchor": "start",
            "frame": "bounds",
            "fontSize": HEAD,
            "fontWeight": "bold",
            "color": INK,
            "subtitleFontSize": 13,
            "subtitleColor": SOFT,
            "subtitlePadding": 6,
            "offset": 14,
            "limit": 0,
        },
        "axis": {
            "labelFontSize": LABEL,
            "titleFontSize": LABEL,
            "titleFontWeight": "normal",
            "labelColor": INK,
            "titleColor": SOFT,
            "gridColor": GRID,
            "domainColor": "#888888",
            "tickColor": "#888888",
            "labelLimit": 0,
            "titleLimit": 0,
        },
        "legend": {"labelFontSize": LABEL, "titleFontSize": LABEL, "labelLimit": 0},
        "header": {"labelFontSize": LABEL, "titleFontSize": LABEL, "labelLimit": 0},
        "view": {"stroke": None},
        "concat": {"spacing": 16},
    }


def label_gutter(labels: Sequence[str], least: float = 40, most: float = 220) -> float:
    """Return the room that axis labels need on the left, in pixels."""
    return min(most, max([least, *(width(label, LABEL) + 14 for label in labels)]))


def named_axis(gutter: float, **more: Any) -> Spec:
    """Return the axis of named rows: exactly ``gutter`` wide, in the order of the rows."""
    return {
        "title": None,
        "domain": False,
        "ticks": False,
        "labelPadding": 8,
        "minExtent": gutter,
        "maxExtent": gutter,
    } | more


def value_axis(title: str | None, form: str, **more: Any) -> Spec:
    """Return the axis of values: a title with the unit, few ticks, a light grid."""
    return {"title": title, "format": form, "tickCount": 6, "domain": False} | more
