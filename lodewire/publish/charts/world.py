"""The outline of the world and a point in each country (Natural Earth, public domain).

The projection is Equal Earth (B. Šavrič, T. Patterson, B. Jenny, "The Equal Earth map projection",
International Journal of Geographical Information Science 33, 2019): areas keep their proportions.
It is computed here as well, so that marks and names are laid out before anything is drawn.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from math import asin, cos, radians, sin, sqrt
from types import MappingProxyType
from typing import Any

from lodewire.errors import OntologyError

CREDIT = "outline: Natural Earth 1:110m, public domain, de facto boundaries"
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = sqrt(3) / 2


@cache
def load_outline() -> str:
    """Return the outline as TopoJSON text, object "countries", ids ISO 3166-1 alpha-2."""
    return _read("world.json")


def outline() -> dict[str, Any]:
    """Return the outline parsed anew, for a spec to hold and change."""
    topology: dict[str, Any] = json.loads(load_outline())
    return topology


@cache
def load_centres() -> Mapping[str, tuple[float, float]]:
    """Return country -> longitude and latitude in degrees of a point in its largest part."""
    rows = csv.DictReader(io.StringIO(_read("centres.csv")))
    return MappingProxyType(
        {r["country"]: (float(r["longitude"]), float(r["latitude"])) for r in rows}
    )


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Return x and y on the Equal Earth map of radius 1, y upwards; degrees in."""
    angle = asin(_M * sin(radians(latitude)))
    square = angle * angle
    sixth = square**3
    x = (
        radians(longitude)
        * cos(angle)
        / (_M * (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)))
    )
    return x, angle * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))


def _read(name: str) -> str:
    try:
        return (resources.files("lodewire.publish.charts") / "data" / name).read_text("utf-8")
    except OSError as error:
        raise OntologyError(f"{name}: the data file cannot be read: {error}") from error
