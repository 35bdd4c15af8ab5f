"""Make the outline of the world that maps are drawn on: ``python -m docs.outline ATLAS CODES``.

ATLAS is the folder of the npm package world-atlas 2.0.2 (Natural Earth 4.1.0, public domain), CODES
a table of ISO 3166-1 with the columns ``ISO3166-1-numeric`` and ``ISO3166-1-Alpha-2``. Writes the
outline at 1:110 million, to a tenth of a degree, and a point in each country from 1:50 million.
"""

from __future__ import annotations

import csv
import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "lodewire" / "publish" / "charts" / "data"
STEP = 0.1  # degrees
LEFT_OUT = frozenset({"AQ"})

Ring = list[tuple[float, float]]


def main() -> None:
    """Write world.json and centres.csv."""
    atlas, codes = Path(sys.argv[1]), Path(sys.argv[2])
    with codes.open(encoding="utf-8", newline="") as file:
        known = {
            row["ISO3166-1-numeric"].zfill(3): row["ISO3166-1-Alpha-2"]
            for row in csv.DictReader(file)
            if row["ISO3166-1-Alpha-2"]
        }
    write_outline(json.loads((atlas / "countries-110m.json").read_text("utf-8")), known)
    write_centres(json.loads((atlas / "countries-50m.json").read_text("utf-8")), known)


def decoded(topology: dict[str, Any]) -> list[Ring]:
    """Return the arcs in degrees."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        ring = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            ring.append((x * kx + dx, y * ky + dy))
        arcs.append(ring)
    return arcs


def write_outline(topology: dict[str, Any], known: dict[str, str]) -> None:
    """Write the coarse outline, arcs shared by neighbours, ids alpha-2 where there is one."""
    arcs = decoded(topology)
    kept: dict[int, int] = {}
    out: list[list[list[int]]] = []

    def renumber(index: int) -> int:
        own = ~index if index < 0 else index
        if own not in kept:
            kept[own] = len(out)
            out.append(coarse(arcs[own]))
        return ~kept[own] if index < 0 else kept[own]

    geometries = []
    for shape in topology["objects"]["countries"]["geometries"]:
        code = code_of(shape, known)
        if code in LEFT_OUT:
            continue
        whole = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        told = [[[renumber(i) for i in ring] for ring in polygon] for polygon in whole]
        geometries.append({"type": "MultiPolygon", "arcs": told} | ({"id": code} if code else {}))
    world = {
        "type": "Topology",
        "transform": {"scale": [STEP, STEP], "translate": [-180, -90]},
        "objects": {"countries": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": out,
    }
    text = json.dumps(world, separators=(",", ":")) + "\n"
    (DATA / "world.json").write_text(text, encoding="utf-8")
    print(f"world.json: {len(text):,} bytes, {len(geometries)} countries")


def code_of(shape: dict[str, Any], known: dict[str, str]) -> str:
    """Return alpha-2 of a shape; Kosovo has a code in general use, yet no number."""
    if shape["properties"]["name"] == "Kosovo":
        return "XK"
    return known.get(str(shape.get("id", "")), "")


def coarse(arc: Ring) -> list[list[int]]:
    """Return an arc as steps on the grid, without steps of nothing."""
    points = [(round((x + 180) / STEP), round((y + 90) / STEP)) for x, y in arc]
    steps = [list(points[0])]
    for (x0, y0), (x1, y1) in pairwise(points):
        if (x0, y0) != (x1, y1):
            steps.append([x1 - x0, y1 - y0])
    return steps if len(steps) > 1 else [*steps, [0, 0]]


def write_centres(topology: dict[str, Any], known: dict[str, str]) -> None:
    """Write the middle of each country's largest part."""
    arcs = decoded(topology)
    largest: dict[str, tuple[float, float, float]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        code = code_of(shape, known)
        if not code:
            continue
        whole = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        found = max(middle(joined(polygon[0], arcs)) for polygon in whole)
        largest[code] = max(found, largest.get(code, found))
    rows = [
        (code, f"{(x + 180) % 360 - 180:.1f}", f"{y:.1f}")
        for code, (_, x, y) in largest.items()
        if code not in LEFT_OUT
    ]
    with (DATA / "centres.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("country", "longitude", "latitude"))
        writer.writerows(sorted(rows))
    print(f"centres.csv: {len(rows)} countries")


def joined(ring: list[int], arcs: list[Ring]) -> Ring:
    """Return the points of a ring of arcs."""
    points: Ring = []
    for index in ring:
        arc = arcs[~index][::-1] if index < 0 else arcs[index]
        for x, y in arc[1:] if points else arc:
            # A ring that crosses the 180th meridian goes on beyond it.
            if points and x - points[-1][0] > 180:
                x -= 360
            elif points and points[-1][0] - x > 180:
                x += 360
            points.append((x, y))
    return points


def middle(ring: Ring) -> tuple[float, float, float]:
    """Return area (square degrees) and centroid of a ring."""
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in pairwise(ring):
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    if not area:
        return 0.0, ring[0][0], ring[0][1]
    return abs(area) / 2, x / (3 * area), y / (3 * area)


if __name__ == "__main__":
    main()
