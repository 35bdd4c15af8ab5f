"""Concentration over years, each vintage a line of its own: the bounds, the bands, the refusals."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from lodewire.publish.charts.chart import Caption, Chart, ChartTable, Rows, Spec, alt_text
from lodewire.publish.charts.figures import number
from lodewire.publish.charts.inputs import IndexPoint
from lodewire.publish.charts.rows import need
from lodewire.publish.charts.texts import clean, cut, width
from lodewire.publish.charts.theme import (
    BLUE,
    DARK,
    INK,
    LABEL,
    ORANGE,
    RED,
    SMALL,
    SOFT,
    TOTAL,
    framed,
)

_HEIGHT, _GUTTER = 300, 48
_SEEN = Decimal("0.005")  # a bound nearer than this cannot be told from the mark
_LOOKS = (
    (DARK, "circle", [1, 0], "●"),
    (ORANGE, "square", [6, 3], "■"),
    (BLUE, "triangle-up", [2, 2], "▲"),
    (RED, "diamond", [8, 2, 2, 2], "◆"),
)


def concentration_chart(
    subject: str,
    points: Sequence[IndexPoint],
    caption: Caption,
    *,
    bands: Sequence[tuple[Decimal, str]] = (),
) -> Chart:
    """Return the index (0..1) of ``subject`` over years with its bounds.

    ``bands`` are thresholds with the name of what begins there. A year that the measure refused has
    a mark on the floor and its reason in the caption's table. Raises PublishError when no year has
    a value; says so under the title when only one has.
    """
    valued = [p for p in points if p.value is not None]
    need(
        valued,
        f"no year of {clean(subject, 60)} has an index",
        "`lodewire chart concentration --help` tells which commodities and stages there are",
    )
    vintages = sorted({p.vintage for p in points})[-len(_LOOKS) :]
    years = sorted({p.year for p in points})
    room = TOTAL - _GUTTER - max(width(clean(v, 30), LABEL) for v in vintages) - 40
    top = _top(valued, bands)
    subtitle = "Herfindahl-Hirschman index of countries' shares, 0 (many small) to 1 (one)"
    if len(years) == 1:
        subtitle += "; one year is known, so there is no course to see"
    if any(
        p.high is not None and p.value is not None and p.high - p.value >= _SEEN for p in points
    ):
        subtitle += ". A bar reaches to where it would be if the countries not listed were one"
    if any(p.value is None for p in points):
        subtitle += ". ×: the figures of that year do not bear an index"
    alt = _alt(subject, points)
    title = f"{clean(subject, 70)}: how concentrated supply is"
    return Chart(
        kind="concentration",
        title=title,
        alt=alt,
        caption=caption,
        table=_table(points),
        spec=framed(
            [_plot(points, vintages, years, bands, room, top)],
            title=title,
            subtitle=subtitle,
            caption=caption,
            alt=alt,
            gutter=_GUTTER,
        ),
    )


def _top(valued: Sequence[IndexPoint], bands: Sequence[tuple[Decimal, str]]) -> float:
    most = max(float(p.high if p.high is not None else p.value or 0) for p in valued)
    most = max([most, *(float(at) * 1.15 for at, _ in bands)])
    return min(1.0, -(-most * 1.08 // 0.05) * 0.05)


def _plot(
    points: Sequence[IndexPoint],
    vintages: Sequence[str],
    years: Sequence[int],
    bands: Sequence[tuple[Decimal, str]],
    room: float,
    top: float,
) -> Spec:
    first, last = years[0], years[-1]
    pad = 0.35 if last > first else 1
    x = {
        "field": "year",
        "type": "quantitative",
        "axis": {"title": None, "format": "d", "values": list(years), "grid": False},
        "scale": {"domain": [first - pad, last + pad], "nice": False, "zero": False},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "title": None,
        "axis": {"format": ".2f", "tickCount": 6, "domain": False, "grid": False, "tickSize": 4}
        | {"minExtent": _GUTTER, "maxExtent": _GUTTER},
        "scale": {"domain": [0, top], "nice": False},
    }
    return {
        "width": room,
        "height": _HEIGHT,
        "layer": [
            *_bands(bands, room),
            *(_line(points, v, at, x, y) for at, v in enumerate(vintages)),
            *_ends(points, vintages, room, top),
            _refused(points, x),
        ],
    }


def _bands(bands: Sequence[tuple[Decimal, str]], room: float) -> list[Spec]:
    values: Rows = [{"value": float(at), "name": cut(name, SMALL, room - 8)} for at, name in bands]
    if not values:
        return []
    y = {"field": "value", "type": "quantitative"}
    return [
        {
            "data": {"values": values},
            "mark": {"type": "rule", "strokeDash": [4, 4], "color": "#777777"},
            "encoding": {"y": y},
        },
        {
            "data": {"values": values},
            "mark": {
                "type": "text",
                "align": "left",
                "baseline": "bottom",
                "dx": 6,
                "dy": -3,
                "fontSize": SMALL,
                "color": SOFT,
            },
            "encoding": {
                "y": y,
                "x": {"value": 0},
                "text": {"field": "name", "type": "nominal"},
            },
        },
    ]


def _line(points: Sequence[IndexPoint], vintage: str, at: int, x: Spec, y: Spec) -> Spec:
    colour, shape, dash, _ = _LOOKS[at]
    # Vintages that share a year stand beside each other, not upon each other.
    values: Rows = [
        {
            "year": p.year + 0.03 * at,
            "value": float(p.value),
            "low": float(p.low if p.low is not None else p.value),
            "high": float(p.high if p.high is not None else p.value),
            "told": _told(p),
        }
        for p in sorted(points, key=lambda p: p.year)
        if p.vintage == vintage and p.value is not None
    ]
    return {
        "data": {"values": values},
        "layer": [
            {
                "mark": {"type": "rule", "color": colour, "strokeWidth": 2},
                "encoding": {
                    "x": x,
                    "y": {"field": "low", "type": "quantitative"},
                    "y2": {"field": "high"},
                },
            },
            {
                "mark": {"type": "line", "color": colour, "strokeDash": dash, "strokeWidth": 2},
                "encoding": {"x": x, "y": y},
            },
            {
                "mark": {
                    "type": "point",
                    "shape": shape,
                    "filled": True,
                    "size": 90,
                    "opacity": 1,
                    "color": colour,
                    "stroke": INK,
                    "strokeWidth": 0.8,
                },
                "encoding": {
                    "x": x,
                    "y": y,
                    "tooltip": {"field": "told", "type": "nominal", "title": "index"},
                },
            },
            {
                # Two vintages of one year: one value above its mark, the other below.
                "mark": {"type": "text", "dx": 9, "align": "left"}
                | ({"baseline": "top", "dy": 6} if at % 2 else {"baseline": "bottom", "dy": -5}),
                "encoding": {
                    "x": x,
                    "y": y,
                    "text": {"field": "value", "type": "quantitative", "format": ".2f"},
                },
            },
        ],
    }


def _ends(
    points: Sequence[IndexPoint], vintages: Sequence[str], room: float, top: float
) -> list[Spec]:
    """The name of each vintage right of the plot, at its last value, apart from the others."""
    lasts = []
    for at, vintage in enumerate(vintages):
        told = [p for p in points if p.vintage == vintage and p.value is not None]
        if told:
            final = max(told, key=lambda p: p.year)
            lasts.append((float(final.value or 0), at, vintage))
    rows: Rows = []
    floor = -1.0
    for value, at, vintage in sorted(lasts):
        place = max(value, floor)
        floor = place + top * 0.06
        rows.append({"value": place, "name": f"{_LOOKS[at][3]} {clean(vintage, 30)}"})
    return [
        {
            "data": {"values": rows},
            "mark": {"type": "text", "align": "left", "dx": 10, "color": INK},
            "encoding": {
                "x": {"value": room},
                "y": {"field": "value", "type": "quantitative"},
                "text": {"field": "name", "type": "nominal"},
            },
        }
    ]


def _refused(points: Sequence[IndexPoint], x: Spec) -> Spec:
    values: Rows = [{"year": p.year, "told": _told(p)} for p in points if p.value is None]
    return {
        "data": {"values": values},
        "mark": {"type": "text", "text": "×", "fontSize": 18, "baseline": "bottom", "color": RED},
        "encoding": {
            "x": x,
            "y": {"value": _HEIGHT - 2},
            "tooltip": {"field": "told", "type": "nominal", "title": "refused"},
        },
    }


def _told(point: IndexPoint) -> str:
    head = f"{point.year}, {clean(point.vintage, 30)}"
    if point.value is None:
        return clean(f"{head}: refused, {point.note or 'the figures do not bear it'}")
    if point.low is not None and point.high is not None:
        low, high = number(point.low, 3), number(point.high, 3)
        if low != high:
            return f"{head}: {number(point.value, 3)} ({low} to {high})"
    return f"{head}: {number(point.value, 3)}"


def _table(points: Sequence[IndexPoint]) -> ChartTable:
    def shown(value: Decimal | None) -> str:
        return "" if value is None else number(value, 3)

    return ChartTable(
        columns=("year", "vintage", "index", "low", "high", "note"),
        rows=tuple(
            (str(p.year), p.vintage, shown(p.value), shown(p.low), shown(p.high), clean(p.note))
            for p in sorted(points, key=lambda p: (p.year, p.vintage))
        ),
    )


def _alt(subject: str, points: Sequence[IndexPoint]) -> str:
    ordered = sorted(points, key=lambda p: (p.year, p.vintage))
    return alt_text(
        f"Concentration of {clean(subject, 70)} by year and vintage", *(_told(p) for p in ordered)
    )
