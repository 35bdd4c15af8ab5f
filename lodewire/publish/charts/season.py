"""The seasonal view of a price: how each calendar month usually stands to its year."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from lodewire.publish.charts.chart import Caption, Chart, ChartTable, Rows, Spec, alt_text
from lodewire.publish.charts.figures import signed
from lodewire.publish.charts.inputs import SeasonMonth
from lodewire.publish.charts.periods import MONTHS
from lodewire.publish.charts.rows import need
from lodewire.publish.charts.texts import clean
from lodewire.publish.charts.theme import BLUE, DARK, INK, PALE, RED, TOTAL, framed

_HEIGHT, _GUTTER = 260, 58


def season_chart(name: str, months: Sequence[SeasonMonth], caption: Caption) -> Chart:
    """Return for each calendar month the median of its ratio to the trend, and the middle half.

    The years behind a month are told in the table; a month that has none is left empty. Raises
    PublishError for no months.
    """
    need(months, f"no calendar month of {clean(name, 60)} can be told", "Two years are the least")
    ordered = sorted(months, key=lambda m: m.month)
    years = min(m.years for m in ordered)
    title = f"{clean(name, 80)}: its usual year"
    subtitle = (
        "Each month against the average of the twelve months around it, in percent. Bars: the "
        f"middle half of at least {years} years; line: their median"
    )
    if any(m.latest is not None for m in ordered):
        subtitle += "; crosses: the latest twelve months with a known trend"
    alt = _alt(name, ordered)
    return Chart(
        kind="season",
        title=title,
        alt=alt,
        caption=caption,
        table=ChartTable(
            columns=("month", "median", "first quartile", "third quartile", "years", "latest"),
            rows=tuple(
                (
                    MONTHS[m.month - 1],
                    _percent(m.median),
                    _percent(m.low),
                    _percent(m.high),
                    str(m.years),
                    "" if m.latest is None else _percent(m.latest),
                )
                for m in ordered
            ),
        ),
        spec=framed(
            [_plot(ordered)],
            title=title,
            subtitle=subtitle,
            caption=caption,
            alt=alt,
            gutter=_GUTTER,
        ),
    )


def _percent(ratio: Decimal) -> str:
    return f"{signed((ratio - 1) * 100, 1)} %"


def _points(ratio: Decimal) -> float:
    return float((ratio - 1) * 100)


def _plot(months: Sequence[SeasonMonth]) -> Spec:
    rows: Rows = [
        {
            "month": m.month,
            "value": _points(m.median),
            "low": _points(m.low),
            "high": _points(m.high),
            "told": f"{MONTHS[m.month - 1]}: {_percent(m.median)}, {m.years} years",
        }
        for m in months
    ]
    latest: Rows = [
        {"month": m.month, "value": _points(m.latest)} for m in months if m.latest is not None
    ]
    names: Rows = [{"month": at, "name": name} for at, name in enumerate(MONTHS, 1)]
    edges = [abs(float(r[k])) for r in rows for k in ("low", "high", "value")]
    # One wild year must not flatten the usual one: what lies beyond stands at the edge, in words.
    most = min(max([1.0, *edges, *(abs(r["value"]) for r in latest)]) * 1.2, max([1.0, *edges]) * 2)
    for row in latest:
        beyond = abs(row["value"]) > most * 0.97
        row["words"] = f"{signed(Decimal(str(row['value'])), 0)} %" if beyond else ""
        row["value"] = max(-most * 0.93, min(most * 0.93, row["value"]))
    scale = {"domain": [-most, most], "nice": False}
    x = {
        "field": "month",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0.4, 12.6], "nice": False, "zero": False},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "title": None,
        "scale": scale,
        "axis": {
            "format": "+,.0f" if most > 5 else "+,.1f",
            "tickCount": 7,
            "domain": False,
            "ticks": False,
        }
        | {"minExtent": _GUTTER, "maxExtent": _GUTTER},
    }
    return {
        "width": TOTAL - _GUTTER - 10,
        "height": _HEIGHT,
        "layer": [
            {
                "data": {"values": [{"value": 0}]},
                "mark": {"type": "rule", "color": INK},
                "encoding": {"y": y},
            },
            {
                "data": {"values": rows},
                "mark": {"type": "bar", "width": 26, "color": PALE, "stroke": BLUE},
                "encoding": {
                    "x": x,
                    "y": y | {"field": "low"},
                    "y2": {"field": "high"},
                    "tooltip": {"field": "told", "type": "nominal", "title": "month"},
                },
            },
            {
                "data": {"values": rows},
                "mark": {"type": "line", "color": DARK, "strokeWidth": 2.2}
                | {"point": {"filled": True, "color": DARK, "size": 45}},
                "encoding": {"x": x, "y": y},
            },
            {
                "data": {"values": latest},
                "mark": {"type": "point", "shape": "cross", "filled": True, "size": 90}
                | {"color": RED, "opacity": 1},
                "encoding": {"x": x, "y": y},
            },
            {
                "data": {"values": latest},
                "mark": {"type": "text", "align": "left", "dx": 9, "color": RED},
                "encoding": {"x": x, "y": y, "text": {"field": "words", "type": "nominal"}},
            },
            {
                "data": {"values": names},
                "mark": {"type": "text", "baseline": "top", "color": INK},
                "encoding": {
                    "x": x,
                    "y": {"value": _HEIGHT + 6},
                    "text": {"field": "name", "type": "nominal"},
                },
            },
        ],
    }


def _alt(name: str, months: Sequence[SeasonMonth]) -> str:
    top = max(months, key=lambda m: m.median)
    low = min(months, key=lambda m: m.median)
    return alt_text(
        f"Seasonal view of {clean(name, 80)}: highest in {MONTHS[top.month - 1]} "
        f"({_percent(top.median)}), lowest in {MONTHS[low.month - 1]} ({_percent(low.median)}), "
        "medians against the twelve months around, of at least "
        f"{min(m.years for m in months)} years"
    )
