"""Supply by country, one panel for each stage: who gives how much, and what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from lodewire.publish.charts.chart import Caption, Chart, ChartTable, Rows, Spec, alt_text
from lodewire.publish.charts.figures import axis_format, number, percent, unit_words
from lodewire.publish.charts.inputs import SupplyBar, SupplyStage
from lodewire.publish.charts.rows import names_layer, need, quantity, row_channel
from lodewire.publish.charts.texts import clean, cut, width
from lodewire.publish.charts.theme import (
    BLUE,
    DARK,
    INK,
    LABEL,
    PALE,
    TOTAL,
    framed,
    label_gutter,
    value_axis,
)

SHOWN = 10
"""Countries with a bar of their own; the others are added up in one bar."""

_STEP = 24
_SIGNS = {"less_than": "< ", "more_than": "> "}


def supply_chart(
    material: str, stages: Sequence[SupplyStage], caption: Caption, *, wide: float = TOTAL
) -> Chart:
    """Return bars by country for each stage, the largest first.

    Withheld and unknown countries are named without a bar; "less than" is an open bar up to its
    bound. ``wide`` is in pixels from edge to edge. Raises PublishError when there is nothing to
    draw.
    """
    need(
        stages and any(stage.bars for stage in stages),
        f"there are no supply figures of {clean(material, 60)} to draw",
        "`lodewire chart supply --help` tells which commodities and stages there are",
    )
    rows = [_rows(stage) for stage in stages]
    gutter = label_gutter([r.country for told in rows for r in told], 90)
    room = (
        wide
        - gutter
        - max(width(_label(r, s), LABEL) for s, t in zip(stages, rows, strict=True) for r in t)
        - 16
    )
    alt = _alt(material, stages)
    title = f"{clean(material, 60)}: who supplies the world"
    return Chart(
        kind="supply",
        title=title,
        alt=alt,
        caption=caption,
        table=_table(stages, rows),
        spec=framed(
            [_panel(s, told, gutter, room, wide) for s, told in zip(stages, rows, strict=True)],
            title=title,
            subtitle="By country and stage, with each one's share of the world",
            caption=caption,
            alt=alt,
            gutter=gutter,
            wide=wide,
        ),
    )


def _rows(stage: SupplyStage) -> list[SupplyBar]:
    """The bars as shown: the largest, the others together, what the source calls other, unknown."""
    valued = sorted(
        (b for b in stage.bars if b.value is not None), key=lambda b: (-(b.value or 0), b.country)
    )
    unknown = sorted((b for b in stage.bars if b.value is None), key=lambda b: b.country)
    # A bound is no value: it cannot be added to others, so it keeps its own row.
    exact = [b for b in valued if b.state not in _SIGNS]
    bounds = [b for b in valued if b.state in _SIGNS]
    shown, small = exact[:SHOWN], exact[SHOWN:]
    if len(small) == 1:
        shown, small = exact, []
    if small:
        shown.append(_together(small))
    return [*shown, *bounds, *([stage.rest] if stage.rest else []), *unknown]


def _together(small: Sequence[SupplyBar]) -> SupplyBar:
    shares = [b.share for b in small if b.share is not None]
    return SupplyBar(
        country=f"{len(small)} smaller countries",
        value=sum((b.value for b in small if b.value is not None), Decimal(0)),
        share=sum(shares, Decimal(0)) if len(shares) == len(small) else None,
        estimated=any(b.estimated for b in small),
    )


def _label(bar: SupplyBar, stage: SupplyStage) -> str:
    if bar.value is None:
        return "withheld by the source" if bar.state == "withheld" else "not available"
    told = f"{_SIGNS.get(bar.state, '')}{number(bar.value, _digits(stage))}"
    return f"{told} ({percent(bar.share)})" if bar.share is not None else told


def _digits(stage: SupplyStage) -> int | None:
    whole = all(b.value is None or b.value == b.value.to_integral_value() for b in stage.bars)
    return 0 if whole else None


def _fill(bar: SupplyBar, stage: SupplyStage, at: int) -> str:
    if bar.state in _SIGNS:
        return "open"
    if bar is stage.rest or bar.country.endswith(" smaller countries"):
        return "rest"
    return "first" if at == 0 else "named"


def _panel(
    stage: SupplyStage, bars: list[SupplyBar], gutter: float, room: float, wide: float
) -> Spec:
    values: Rows = [
        {
            "row": at,
            "value": float(bar.value) if bar.value is not None else 0.0,
            "label": _label(bar, stage),
            "country": clean(bar.country, 80),
            "fill": _fill(bar, stage, at) if bar.value is not None else "unknown",
        }
        for at, bar in enumerate(bars)
    ]
    most = max([*(float(b.value) for b in bars if b.value is not None), 0.0]) or 1.0
    axis = value_axis(None, axis_format(most), grid=False)
    y = row_channel(len(bars), _STEP)
    fills = {"first": DARK, "named": BLUE, "rest": PALE, "open": "#ffffff", "unknown": "#ffffff"}
    remark = f" · {stage.remark}" if stage.remark else ""
    head = cut(f"{stage.stage}, {stage.year}", 14.5, wide)
    unit = cut(f"{unit_words(stage.unit)} of {stage.basis}{remark}", LABEL, wide)
    return {
        "width": room,
        "height": len(bars) * _STEP,
        "title": {
            "text": head,
            "subtitle": unit,
            "fontSize": 14,
            "subtitleFontSize": LABEL,
            "anchor": "start",
            "frame": "group",
            "dx": -gutter,
            "offset": 6,
            "subtitlePadding": 3,
        },
        "data": {"values": values},
        "layer": [
            {
                "mark": {"type": "bar", "stroke": INK, "strokeWidth": 0.7},
                "encoding": {
                    "y": y,
                    "x": quantity("value", most * 1.001, axis=axis),
                    "color": {
                        "field": "fill",
                        "type": "nominal",
                        "legend": None,
                        "scale": {"domain": list(fills), "range": list(fills.values())},
                    },
                    "tooltip": [
                        {"field": "country", "type": "nominal", "title": "country"},
                        {"field": "label", "type": "nominal", "title": "output"},
                    ],
                },
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "color": INK},
                "encoding": {
                    "y": y,
                    "x": quantity("value", most * 1.001),
                    "text": {"field": "label", "type": "nominal"},
                },
            },
            names_layer([b.country for b in bars], gutter, _STEP, bold=frozenset()),
        ],
    }


def _table(stages: Sequence[SupplyStage], rows: list[list[SupplyBar]]) -> ChartTable:
    return ChartTable(
        columns=("stage", "year", "country", "output", "unit"),
        rows=tuple(
            (stage.stage, str(stage.year), bar.country, _label(bar, stage), stage.unit)
            for stage, told in zip(stages, rows, strict=True)
            for bar in told
        ),
    )


def _alt(material: str, stages: Sequence[SupplyStage]) -> str:
    told = []
    for stage in stages:
        bars = _rows(stage)
        first = [f"{b.country} {_label(b, stage)}" for b in bars if b.value is not None][:3]
        unknown = [b.country for b in bars if b.value is None]
        missing = f"; not known: {', '.join(unknown)}" if unknown else ""
        unit = unit_words(stage.unit)
        told.append(f"{stage.stage} {stage.year}, {unit}: {', '.join(first)}{missing}")
    return alt_text(f"Bars of {clean(material, 60)} supply by country", *map(clean, told))
