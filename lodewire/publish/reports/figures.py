"""The figures of a report with digests of what they were computed from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from lodewire.model.measure import Figure, Measure
from lodewire.publish.reports.report import ReportFigure


def figure_of(measure: Measure) -> ReportFigure:
    """Return a measure as a figure of a report."""
    inputs = tuple(_row(f) for f in measure.inputs)
    return ReportFigure(
        name=measure.name,
        subject=measure.subject,
        value=_text(measure.value),
        low=_text(measure.low),
        high=_text(measure.high),
        unit=measure.unit,
        method=measure.method,
        vintage=measure.vintage,
        inputs=inputs,
        digest=digest_of(measure.name, measure.subject, measure.method, inputs),
    )


def digest_of(name: str, subject: str, method: str, inputs: Iterable[Mapping[str, object]]) -> str:
    """Return the SHA-256 of what a figure was computed from."""
    told = {"name": name, "subject": subject, "method": method, "inputs": list(inputs)}
    text = json.dumps(told, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def figure_from(row: Mapping[str, Any]) -> Figure:
    """Return a figure from its row in the JSON of a report. Raises KeyError or ArithmeticError."""
    decimals = ("value", "low", "high")
    told = {k: v for k, v in row.items() if k not in decimals}
    told |= {k: None if row[k] is None else Decimal(str(row[k])) for k in decimals}
    return Figure(**told)


def _row(figure: Figure) -> dict[str, object]:
    told = {f.name: getattr(figure, f.name) for f in fields(figure)}
    return {k: _text(v) if isinstance(v, Decimal) else v for k, v in told.items()}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
