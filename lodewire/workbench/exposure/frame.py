"""Measures as rows, and as a pandas or pyarrow table for those who have one of the two."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from importlib import import_module
from typing import Any

from lodewire.errors import MeasureError
from lodewire.model.measure import Measure

COLUMNS = (
    "name",
    "subject",
    "value",
    "low",
    "high",
    "unit",
    "method",
    "vintage",
    "coverage",
    "inputs",
    "note",
)
"""Columns of an exported measure; ``inputs`` is how many figures it is computed from."""

INPUT_COLUMNS = (
    "measure",
    "subject",
    "method",
    "measured",
    "form",
    "country",
    "partner",
    "year",
    "state",
    "value",
    "low",
    "high",
    "unit",
    "basis",
    "estimated",
    "source",
    "vintage",
)
"""Columns of the figures that measures are computed from, a row an input of a measure."""

_HINT = "pip install pandas, or pip install 'lodewire[parquet]' for pyarrow"


def measure_rows(measures: Iterable[Measure]) -> tuple[dict[str, str | int | None], ...]:
    """Return a row a measure, numbers as exact text, None where nothing is told."""
    return tuple(
        {
            "name": m.name,
            "subject": m.subject,
            "value": _text(m.value),
            "low": _text(m.low),
            "high": _text(m.high),
            "unit": m.unit,
            "method": m.method,
            "vintage": m.vintage,
            "coverage": _text(m.coverage),
            "inputs": len(m.inputs),
            "note": m.note,
        }
        for m in measures
    )


def input_rows(measures: Iterable[Measure]) -> tuple[dict[str, str | int | None], ...]:
    """Return a row for each figure that a measure is computed from, in their order."""
    return tuple(
        {
            "measure": m.name,
            "subject": m.subject,
            "method": m.method,
            "measured": f.measured,
            "form": f.form,
            "country": f.country,
            "partner": f.partner,
            "year": f.year or None,
            "state": f.state,
            "value": _text(f.value),
            "low": _text(f.low),
            "high": _text(f.high),
            "unit": f.unit,
            "basis": f.basis,
            "estimated": "yes" if f.estimated else "no",
            "source": f.source,
            "vintage": f.vintage,
        }
        for m in measures
        for f in m.inputs
    )


def to_frame(measures: Iterable[Measure], library: str | None = None) -> Any:
    """Return the measures as a DataFrame of pandas, or a Table of pyarrow.

    ``library``: "pandas" or "pyarrow"; without it the first of them that is installed. Numbers are
    floats there, None where nothing is told. Raises MeasureError when the library is not installed,
    or is neither of the two.
    """
    if library not in (None, "pandas", "pyarrow"):
        raise MeasureError(f"frames of {library!r} are not made", hint="pandas or pyarrow")
    columns = _columns(tuple(measures))
    for name in (library,) if library is not None else ("pandas", "pyarrow"):
        module = _import(name)
        if module is not None:
            return module.DataFrame(columns) if name == "pandas" else module.table(columns)
    wanted = library or "neither pandas nor pyarrow"
    told = f"{library} is not installed" if library else f"{wanted} is installed"
    raise MeasureError(f"{told}, so there is no frame to put measures in", hint=_HINT)


def _import(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        return None


def _columns(measures: tuple[Measure, ...]) -> dict[str, list[Any]]:
    rows = measure_rows(measures)
    numbers = ("value", "low", "high", "coverage")
    return {
        name: [_number(r[name]) if name in numbers else r[name] for r in rows] for name in COLUMNS
    }


def _number(text: str | int | None) -> float | None:
    return None if text is None else float(text)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
