"""Deals on a map of the world: how many lie where, and from which countries their parties come."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import hypot, sqrt
from typing import Any

from lodewire.publish.charts.chart import Caption, Chart, ChartTable, Rows, Spec, alt_text, listed
from lodewire.publish.charts.inputs import DealLink, DealPlace
from lodewire.publish.charts.rows import need
from lodewire.publish.charts.texts import clean, width
from lodewire.publish.charts.theme import DARK, INK, LABEL, ORANGE, TOTAL, WHITE, framed
from lodewire.publish.charts.world import CREDIT, load_centres, outline, project

SHOWN_NAMES = 14
_SCALE = TOTAL / 5.4133  # the whole width of the map is 2 × 2.70663 radii
_LAND, _WITH_DEALS, _EDGE = "#eeeeee", "#cfdde6", "#ffffff"
_TOP, _HEIGHT = 1.315 * _SCALE, 2.36 * _SCALE
_LARGEST = 19.0  # radius in pixels of the place with most deals

_Box = tuple[float, float, float, float]


def deals_map(
    title: str,
    places: Sequence[DealPlace],
    caption: Caption,
    *,
    links: Sequence[DealLink] = (),
    counted: str = "deals",
) -> Chart:
    """Return a disc for each place, its area by the count, and curves from the parties' countries.

    Names are written where they do not lie upon others; all are in the table. Places without a
    point on the map (blocs, some territories) are told in the caption. Raises PublishError for no
    place that can be drawn.
    """
    need(
        any(p.count > 0 for p in places),
        f"no {clean(counted, 40)} with a country lie in this time",
        "Choose an earlier --since, or collect and read first: lodewire run",
    )
    centres = load_centres()
    drawn = sorted(
        (p for p in places if p.country in centres and p.count > 0),
        key=lambda p: (-p.count, p.country),
    )
    away = sorted((p for p in places if p.country not in centres), key=lambda p: p.name)
    need(drawn, f"none of the {clean(counted, 40)} lies on the map", "They name blocs only")
    notes = [caption.note, CREDIT]
    if away:
        notes.append(f"not on the map: {listed([f'{p.name} {p.count}' for p in away], 6)}")
    full = Caption(
        source=caption.source,
        vintage=caption.vintage,
        method=caption.method,
        note="; ".join(n for n in notes if n),
    )
    told = clean(title, 90)
    alt = _alt(told, drawn, links, counted)
    subtitle = f"The area of a disc is the number of {clean(counted, 40)} in that country"
    known = [k for k in links if k.origin in centres and k.target in centres]
    if known:
        subtitle += "; curves come from the countries of the parties, thin end first"
    return Chart(
        kind="map",
        title=told,
        alt=alt,
        caption=full,
        table=ChartTable(
            columns=("country", counted, "examples"),
            rows=tuple((p.name, str(p.count), "; ".join(p.examples)) for p in (*drawn, *away)),
        ),
        spec=framed(
            [_plot(drawn, known, counted)],
            title=told,
            subtitle=subtitle,
            caption=full,
            alt=alt,
            gutter=0,
        ),
    )


def pixel(country: str) -> tuple[float, float]:
    """Return where a country's point lies in the picture, in pixels from its upper left."""
    x, y = project(*load_centres()[country])
    return TOTAL / 2 + _SCALE * x, _TOP - _SCALE * y


def _plot(places: Sequence[DealPlace], links: Sequence[DealLink], counted: str) -> Spec:
    most = max(p.count for p in places)
    discs: Rows = []
    boxes: list[_Box] = []
    largest = min(_LARGEST, 6 + 3 * sqrt(most))
    radii = [max(4.0, largest * sqrt(place.count / most)) for place in places]
    points = _apart([pixel(p.country) for p in places], radii)
    for place, (x, y), radius in zip(places, points, radii, strict=True):
        boxes.append((x - radius, y - radius, x + radius, y + radius))
        discs.append(
            {"x": x, "y": y, "area": 3.1416 * radius**2, "radius": radius}
            | {"count": str(place.count) if radius > 9 else ""}
            | {"told": _told(place, counted)}
        )
    names = _names(places, discs, boxes)
    return {
        "width": TOTAL,
        "height": _HEIGHT,
        "layer": [
            _land(places),
            *([_curves(links)] if links else []),
            {
                "data": {"values": discs},
                "mark": {"type": "point", "shape": "circle", "filled": True, "color": DARK}
                | {"opacity": 0.88, "stroke": WHITE, "strokeWidth": 1.2},
                "encoding": _at()
                | {
                    "size": {
                        "field": "area",
                        "type": "quantitative",
                        "scale": None,
                        "legend": None,
                    },
                    "tooltip": {"field": "told", "type": "nominal", "title": counted},
                },
            },
            {
                "data": {"values": discs},
                "mark": {"type": "text", "color": WHITE, "fontWeight": "bold"},
                "encoding": _at() | {"text": {"field": "count", "type": "nominal"}},
            },
            *_name_layers(names),
        ],
    }


def _apart(points: list[tuple[float, float]], radii: Sequence[float]) -> list[tuple[float, float]]:
    """Push discs that lie upon each other apart, each by half, until they only touch."""
    found = list(points)
    for _ in range(40):
        moved = False
        for a, b in combinations(range(len(found)), 2):
            (x0, y0), (x1, y1) = found[a], found[b]
            away = hypot(x1 - x0, y1 - y0)
            short = radii[a] + radii[b] + 1 - away
            if short <= 0.01:
                continue
            dx, dy = ((x1 - x0) / away, (y1 - y0) / away) if away else (1.0, 0.0)
            found[a] = (x0 - dx * short / 2, y0 - dy * short / 2)
            found[b] = (x1 + dx * short / 2, y1 + dy * short / 2)
            moved = True
        if not moved:
            break
    return [(round(x, 2), round(y, 2)) for x, y in found]


def _at(field: str = "") -> Spec:
    pixels = {"type": "quantitative", "scale": None, "axis": None}
    return {"x": {"field": f"x{field}"} | pixels, "y": {"field": f"y{field}"} | pixels}


def _land(places: Sequence[DealPlace]) -> Spec:
    topology = outline()
    with_deals = {p.country for p in places}
    for shape in topology["objects"]["countries"]["geometries"]:
        fill = _WITH_DEALS if shape.get("id") in with_deals else _LAND
        shape["properties"] = {"fill": fill}
    return {
        "data": {"values": topology, "format": {"type": "topojson", "feature": "countries"}},
        "projection": {
            "type": "equalEarth",
            "scale": _SCALE,
            "translate": [TOTAL / 2, _TOP],
        },
        "mark": {"type": "geoshape", "stroke": _EDGE, "strokeWidth": 0.6},
        "encoding": {
            "fill": {
                "field": "properties.fill",
                "type": "nominal",
                "scale": None,
                "legend": None,
            }
        },
    }


def _curves(links: Sequence[DealLink]) -> Spec:
    """Curves bent to the side, growing from the party's country to the place of the asset."""
    rows: Rows = []
    most = max(k.count for k in links)
    ordered = sorted(links, key=lambda k: (k.count, k.origin, k.target))
    for at, link in enumerate(ordered):
        (x0, y0), (x1, y1) = pixel(link.origin), pixel(link.target)
        bend = 0.18
        cx, cy = (x0 + x1) / 2 + (y1 - y0) * bend, (y0 + y1) / 2 - (x1 - x0) * bend
        thick = 1.2 + 3.2 * link.count / most
        for step in range(21):
            t = step / 20
            rows.append(
                {
                    "link": at,
                    "order": step,
                    "x": round((1 - t) ** 2 * x0 + 2 * t * (1 - t) * cx + t * t * x1, 2),
                    "y": round((1 - t) ** 2 * y0 + 2 * t * (1 - t) * cy + t * t * y1, 2),
                    "thick": round(0.5 + thick * t, 2),
                }
            )
    return {
        "data": {"values": rows},
        "mark": {"type": "trail", "color": ORANGE, "opacity": 0.85},
        "encoding": _at()
        | {
            "detail": {"field": "link", "type": "nominal"},
            "order": {"field": "order", "type": "quantitative"},
            "size": {"field": "thick", "type": "quantitative", "scale": None, "legend": None},
        },
    }


def _names(places: Sequence[DealPlace], discs: Rows, boxes: list[_Box]) -> Rows:
    """Names beside the discs, each where it meets no disc and no other name; else none."""
    taken = list(boxes)
    rows: Rows = []
    for place, disc in list(zip(places, discs, strict=True))[:SHOWN_NAMES]:
        told = clean(place.name, 40)
        if not disc["count"]:
            told += f" {place.count}"
        for row, box in _spots(told, disc):
            inside = box[0] >= 0 and box[2] <= TOTAL and box[1] >= 0 and box[3] <= _HEIGHT
            if inside and not any(_meet(box, other) for other in taken):
                taken.append(box)
                rows.append(row)
                break
    return rows


def _spots(told: str, disc: dict[str, Any]) -> list[tuple[dict[str, Any], _Box]]:
    x, y, r = float(disc["x"]), float(disc["y"]), float(disc["radius"]) + 4
    wide, half = width(told, LABEL) * 1.04, LABEL * 0.62
    spots = []
    for align, at, down in (
        ("left", x + r, y),
        ("right", x - r, y),
        ("center", x, y - r - half),
        ("center", x, y + r + half),
    ):
        left = {"left": at, "right": at - wide, "center": at - wide / 2}[align]
        row = {"x": at, "y": down, "name": told, "align": align}
        spots.append((row, (left, down - half, left + wide, down + half)))
    return spots


def _meet(a: _Box, b: _Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _name_layers(rows: Rows) -> list[Spec]:
    layers: list[Spec] = []
    for align in ("left", "right", "center"):
        own = [r for r in rows if r["align"] == align]
        if own:
            for halo in (True, False):
                look = {"stroke": WHITE, "strokeWidth": 3} if halo else {"color": INK}
                layers.append(
                    {
                        "data": {"values": own},
                        "mark": {"type": "text", "align": align} | look,
                        "encoding": _at() | {"text": {"field": "name", "type": "nominal"}},
                    }
                )
    return layers


def _told(place: DealPlace, counted: str) -> str:
    examples = f": {listed(place.examples, 2)}" if place.examples else ""
    return clean(f"{place.name}, {place.count} {counted}{examples}")


def _alt(title: str, places: Sequence[DealPlace], links: Sequence[DealLink], counted: str) -> str:
    first = listed([f"{clean(p.name, 40)} {p.count}" for p in places], 8)
    total = sum(p.count for p in places)
    ties = f"{len(links)} pairs of a party's country and a place are joined" if links else ""
    told = f"{clean(counted, 40)} counted in each of their countries, {total} in all: {first}"
    return alt_text(f"Map of the world: {title}", told, ties)
