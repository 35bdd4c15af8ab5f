"""FRED: ``/fred/series`` and ``/fred/series/observations`` as JSON.

A value is a text; "." stands for a value that is missing. Source: fred.stlouisfed.org/docs/api.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lodewire.model.official import NOT_AVAILABLE, REPORTED, SeriesPoint
from lodewire.reference.loaders.bodies import broken, list_of, number_of, object_of

SOURCE = "fred"
_MISSING = "."
_FREQUENCIES = {
    "D": "day",
    "W": "week",
    "BW": "week",
    "M": "month",
    "Q": "quarter",
    "SA": "year",
    "A": "year",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FredSeries:
    """What a series measures: ``unit`` and ``frequency`` as FRED states them."""

    id: str
    title: str
    unit: str
    frequency: str
    updated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Observations:
    """One page of values; ``total`` is how many there are on all pages."""

    points: tuple[SeriesPoint, ...]
    total: int


def read_error(body: bytes, place: str) -> str:
    """Return what FRED says went wrong, in an answer of any status; "" where nothing did."""
    return str(object_of(body, place).get("error_message") or "")


def read_series(body: bytes, place: str) -> FredSeries:
    """Read the answer about one series; raises BrokenFile naming what is wrong."""
    found = list_of(object_of(body, place), "seriess", place)  # FRED writes it so
    if len(found) != 1:
        raise broken(place, f"expected one series, found {len(found)}")
    told = found[0]
    frequency = _FREQUENCIES.get(str(told.get("frequency_short")))
    if frequency is None:
        raise broken(place, f"frequency {told.get('frequency_short')!r} is not known")
    for name in ("id", "title", "units"):
        if not isinstance(told.get(name), str) or not told[name].strip():
            raise broken(place, f"{name} is missing")
    return FredSeries(
        id=told["id"].strip(),
        title=" ".join(told["title"].split()),
        unit=told["units"].strip(),
        frequency=frequency,
        updated=str(told.get("last_updated") or "")[:10],
    )


def read_observations(body: bytes, place: str, series: FredSeries) -> Observations:
    """Read one page of values; raises BrokenFile naming the observation."""
    told = object_of(body, place)
    if told.get("units", "lin") != "lin":
        raise broken(place, f"units {told['units']!r}: not the values as published")
    rows = list_of(told, "observations", place)
    total = told.get("count")
    if not isinstance(total, int) or isinstance(total, bool):
        raise broken(place, "count is missing")
    points = []
    for at, row in enumerate(rows):
        where = f"{place}: observations[{at}]"
        cell = row.get("value")
        value = None if cell == _MISSING else number_of(cell, where)
        if cell is None or cell == "":
            raise broken(where, "value is missing; FRED writes a point for that")
        points.append(
            SeriesPoint(
                source=SOURCE,
                series=series.id,
                period=_period(row.get("date"), series.frequency, where),
                value=value,
                unit=series.unit,
                frequency=series.frequency,
                title=series.title,
                state=NOT_AVAILABLE if value is None else REPORTED,
                vintage=series.updated,
            )
        )
    return Observations(points=tuple(points), total=total)


def _period(told: object, frequency: str, where: str) -> str:
    try:
        day = date.fromisoformat(str(told))
    except ValueError:
        raise broken(where, f"date {str(told)[:40]!r} is no day") from None
    cut = {"year": 4, "month": 7, "quarter": 7}.get(frequency, 10)
    return day.isoformat()[:cut]
