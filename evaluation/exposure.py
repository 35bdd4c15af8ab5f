"""The package's own figures recomputed: EU supply risks and US reliances against what is published.

Unlike ``risk_cases`` it needs nothing beside the project. An EU risk agrees when the published
number prints from inputs that print as the published ones; a US reliance when one of the variants
of what counts as made at home does, within one edition. What disagrees is named in a note.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaluation.report import EvaluationReport
from lodewire.analytics.intervals import Interval, around, printed
from lodewire.model.measure import Measure
from lodewire.reference.store import packaged
from lodewire.workbench.exposure import Asked, EuRisk, Exposure, Reliance, exposures

FLOORS: dict[str, float] = {
    "EU supply risks recomputed": 36,
    "EU supply risks that agree": 1,
    "US reliances recomputed": 5,
    "US reliances that agree": 0.8,
}


def evaluate() -> EvaluationReport:
    """Return how many published numbers are recomputed and which part agrees."""
    found = list(exposures())
    by_edition: list[Exposure] = []
    editions = {f.vintage for f in packaged().figures(measured="apparent_consumption")}
    for edition in sorted(editions):
        by_edition += exposures(Asked(country="US", vintage=edition))
    risks = [(told, risk, _risk_agrees(risk)) for told, risk in _risks(found)]
    relied = [(told, r, _reliance_agrees(r)) for told, r in _reliances(by_edition)]
    values = {
        "EU supply risks recomputed": float(len(risks)),
        "EU supply risks that agree": _part([agrees for _, _, agrees in risks]),
        "US reliances recomputed": float(len(relied)),
        "US reliances that agree": _part([agrees for _, _, agrees in relied]),
    }
    notes = (
        *(f"{t.name}: {_gap(r.published, r.recomputed)}" for t, r, ok in risks if not ok),
        *(
            f"{t.name} {r.year} ({r.vintage}): {_gap(r.published, r.recomputed[0].measure)}"
            for t, r, ok in relied
            if not ok
        ),
    )
    report = EvaluationReport.of(values, FLOORS)
    return EvaluationReport(figures=report.figures, notes=notes)


def _risks(found: list[Exposure]) -> Iterator[tuple[Exposure, EuRisk]]:
    for told in found:
        for risk in told.eu:
            if risk.published is not None and risk.recomputed.low is not None:
                yield told, risk


def _reliances(found: list[Exposure]) -> Iterator[tuple[Exposure, Reliance]]:
    for told in found:
        for relied in told.reliance:
            if relied.recomputed and relied.published.value is not None:
                yield told, relied


def _risk_agrees(risk: EuRisk) -> bool:
    published, again = risk.published, risk.recomputed
    if published is None or published.value is None or again.low is None or again.high is None:
        return False
    # Measures carry six places; the study prints one.
    return printed(round(published.value, 1)).overlaps(Interval(again.low, again.high))


def _reliance_agrees(relied: Reliance) -> bool:
    value = relied.published.value
    assert value is not None  # only those with a number are taken
    return any(
        m.low is not None
        and m.high is not None
        and around(value, 1).overlaps(Interval(m.low, m.high))
        for m in (r.measure for r in relied.recomputed)
    )


def _gap(published: Measure | None, again: Measure) -> str:
    shown = None if published is None else published.value
    return f"published {shown}, recomputed {again.low} to {again.high}"


def _part(agreeing: list[bool]) -> float:
    return sum(agreeing) / len(agreeing) if agreeing else 0.0
