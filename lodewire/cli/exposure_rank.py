"""Commodities ranked by one measure of their exposure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lodewire.cli.exposure_print import bounds, number

if TYPE_CHECKING:
    from rich.text import Text

    from lodewire.model.measure import Measure
    from lodewire.workbench.exposure import Exposure, Reliance, StageExposure

HOME = "US"  # whose reliance stands beside: the USGS publishes it for most commodities
_STAGE_MEASURES = {
    "hhi": ("hhi", "hhi_of_shares"),
    "governance": ("hhi_governance",),
    "n-1": ("n_minus_1", "n_minus_1_of_shares"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """One line of a ranking: a stage of a commodity (or its reliance), and what it is ranked by."""

    name: str
    commodity: str
    what: str
    year: int
    measure: Measure
    stage: StageExposure | None
    relied: Reliance | None
    source: str


def rank(found: Iterable[Exposure], by: str) -> list[Ranked]:
    """Return a line for each stage that has the measure, the riskiest first.

    Ranked by value, by the lower bound where only bounds are known (N-1: the least left first).
    What cannot be computed has no line.
    """
    lines = [line for exposure in found for line in _lines(exposure, by)]
    least_first = by == "n-1"

    def key(line: Ranked) -> tuple[Decimal, str, str]:
        m = line.measure
        value = m.value if m.value is not None else (m.low if m.low is not None else m.high)
        shown = value if value is not None else Decimal(0)
        return (shown if least_first else -shown, line.name, line.what)

    return sorted(lines, key=key)


def _lines(exposure: Exposure, by: str) -> list[Ranked]:
    common: dict[str, Any] = {"name": exposure.name, "commodity": exposure.commodity}
    relied = {r.stage: r for r in reversed(exposure.reliance) if r.country == HOME}
    if by == "reliance":
        return [
            Ranked(
                **common,
                what=f"{r.country} " + ", ".join(w for w in (r.stage, r.form) if w),
                year=r.year,
                measure=r.published,
                stage=next((s for s in exposure.stages if s.table.stage == r.stage), None),
                relied=r,
                source=f"{r.source} {r.vintage}",
            )
            for r in exposure.reliance
            if _is_told(r.published)
        ]
    if by == "eu-risk":
        return [
            Ranked(
                **common,
                what=r.stage,
                year=r.year,
                measure=r.published if r.published is not None else r.recomputed,
                stage=next((s for s in exposure.stages if s.table.stage == r.stage), None),
                relied=relied.get(r.stage),
                source=f"{r.source} {r.vintage}",
            )
            for r in exposure.eu
            if _is_told(r.published if r.published is not None else r.recomputed)
        ]
    lines = []
    for stage in exposure.stages:
        measure = next((m for m in stage.measures if m.name in _STAGE_MEASURES[by]), None)
        if measure is not None and _is_told(measure):
            lines.append(
                Ranked(
                    **common,
                    what=stage.table.stage,
                    year=stage.table.year,
                    measure=measure,
                    stage=stage,
                    relied=relied.get(stage.table.stage),
                    source=_source(stage),
                )
            )
    return lines


def _is_told(measure: Measure) -> bool:
    return measure.value is not None or measure.low is not None or measure.high is not None


def rank_lines(ranked: Sequence[Ranked], by: str) -> Iterator[Text]:
    """Yield the ranking as aligned lines, the head first."""
    from rich.text import Text

    rows = [("", "commodity", "stage", "year", by, "band", "largest", "US NIR", "source")]
    rows += [
        (
            str(at),
            line.name,
            line.what,
            str(line.year),
            bounds(line.measure),
            _band(line.stage),
            _largest(line.stage),
            _relied(line.relied),
            line.source,
        )
        for at, line in enumerate(ranked, start=1)
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for at, row in enumerate(rows):
        cells = (
            cell.rjust(width) if place in (0, 4) else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield Text("  ".join(cells).rstrip(), style="" if at else "dim")


def rank_rows(ranked: Sequence[Ranked], by: str) -> list[dict[str, Any]]:
    """Return the ranking as plain values for JSON."""
    from lodewire.workbench.exposure.plain_values import measure_json

    return [
        {
            "rank": at,
            "commodity": line.commodity,
            "name": line.name,
            "what": line.what,
            "year": line.year,
            "measure": measure_json(line.measure, inputs=False),
            "band": _band(line.stage) or None,
            "largest": [
                {"country": c, "share": f"{m.value:f}"}
                for c, m in (line.stage.largest if line.stage is not None else ())
                if m.value is not None
            ],
            "source": line.source,
        }
        for at, line in enumerate(ranked, start=1)
    ]


def _source(stage: StageExposure) -> str:
    named = f"{stage.table.source} {stage.table.vintage}"
    return f"{named}, proxy" if stage.table.proxy else named


def _band(stage: StageExposure | None) -> str:
    if stage is None or not stage.bands:
        return ""
    return " or ".join(b.value for b in stage.bands[0][1])


def _largest(stage: StageExposure | None) -> str:
    if stage is None or not stage.largest:
        return ""
    country, share = stage.largest[0]
    return f"{country} {number(share)}"


def _relied(relied: Reliance | None) -> str:
    if relied is None or relied.country != HOME:
        return ""
    if relied.published.value is None and relied.published.low is None:
        return "E" if relied.published.high is not None else ""
    return number(relied.published)
