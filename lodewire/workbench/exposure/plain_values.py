"""The JSON form of an exposure, version 1: numbers as exact text, null where nothing is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from decimal import Decimal

    from lodewire.model.measure import Figure, Measure
    from lodewire.workbench.exposure import EuRisk, Exposure, Reading, Reliance, StageExposure


def to_json(found: Exposure, *, inputs: bool = False) -> dict[str, Any]:
    """Return the exposure as plain values; with ``inputs`` each measure lists its figures."""
    return {
        "commodity": found.commodity,
        "name": found.name,
        "country": found.country,
        "partner": found.partner,
        "stages": [_stage(s, inputs) for s in found.stages],
        "reliance": [_reliance(r, inputs) for r in found.reliance],
        "import_sources": [
            {
                "country": s.country,
                "partner": s.partner,
                "stage": s.stage,
                "form": s.form,
                "year": s.year,
                "rank": s.rank,
                "share": None if s.share is None else measure_json(s.share, inputs),
                "basis": s.basis,
                "source": s.source,
                "vintage": s.vintage,
            }
            for s in found.sources
        ],
        "dependence": [
            {
                "country": d.country,
                "partner": d.partner,
                "stage": d.stage,
                "form": d.form,
                "year": d.year,
                "measures": [measure_json(m, inputs) for m in d.measures],
                "why": d.why,
            }
            for d in found.dependence
        ],
        "sourcing": [
            {
                "bloc": m.bloc,
                "stage": m.stage,
                "year": m.year,
                "source": m.source,
                "vintage": m.vintage,
                "proxy": m.proxy or None,
                "measures": [measure_json(measure, inputs) for measure in m.measures],
            }
            for m in found.sourcing
        ],
        "eu": [_eu(r, inputs) for r in found.eu],
        "importer_risks": [
            {
                "country": r.country,
                "stage": r.stage,
                "imports": r.imports or None,
                "supply": r.supply,
                "why": r.why or None,
                "measures": [measure_json(m, inputs) for m in r.measures],
            }
            for r in found.risks
        ],
        "owners": [
            {
                "stage": o.stage,
                "on": o.day.isoformat(),
                "sites": o.sites,
                "measures": [measure_json(m, inputs) for m in o.measures],
                "by_owner": [{"country": c, "sites": n} for c, n in o.by_owner],
            }
            for o in found.owners
        ],
        "proxies": list(found.proxies),
        "cannot": list(found.cannot),
    }


def measure_json(measure: Measure, inputs: bool) -> dict[str, Any]:
    """Return one measure as plain values."""
    told: dict[str, Any] = {
        "name": measure.name,
        "subject": measure.subject,
        "value": _text(measure.value),
        "low": _text(measure.low),
        "high": _text(measure.high),
        "unit": measure.unit,
        "method": measure.method,
        "vintage": measure.vintage,
        "coverage": _text(measure.coverage),
        "note": measure.note or None,
    }
    if inputs:
        told["inputs"] = [_figure(f) for f in measure.inputs]
    return told


def _stage(stage: StageExposure, inputs: bool) -> dict[str, Any]:
    table = stage.table
    return {
        "stage": table.stage,
        "year": table.year,
        "estimated": table.estimated,
        "kind": table.kind,
        "unit": table.unit,
        "basis": table.basis,
        "source": table.source,
        "vintage": table.vintage,
        "proxy": table.proxy or None,
        "measures": [measure_json(m, inputs) for m in stage.measures],
        "bands": {g.value: [b.value for b in bands] for g, bands in stage.bands},
        "largest": [{"country": c, "share": _text(m.value)} for c, m in stage.largest],
        "country": None if stage.country is None else measure_json(stage.country, inputs),
        "partner": None if stage.partner is None else measure_json(stage.partner, inputs),
        "others": [_reading(r, inputs) for r in stage.others],
    }


def _reliance(found: Reliance, inputs: bool) -> dict[str, Any]:
    return {
        "country": found.country,
        "stage": found.stage,
        "form": found.form,
        "year": found.year,
        "source": found.source,
        "vintage": found.vintage,
        "published": measure_json(found.published, inputs),
        "note": found.note or None,
        "recomputed": [_reading(r, inputs) for r in found.recomputed],
        "others": [_reading(r, inputs) for r in found.others],
    }


def _eu(risk: EuRisk, inputs: bool) -> dict[str, Any]:
    return {
        "stage": risk.stage,
        "year": risk.year,
        "source": risk.source,
        "vintage": risk.vintage,
        "published": None if risk.published is None else measure_json(risk.published, inputs),
        "recomputed": measure_json(risk.recomputed, inputs),
        "importance": None if risk.importance is None else measure_json(risk.importance, inputs),
    }


def _reading(reading: Reading, inputs: bool) -> dict[str, Any]:
    return {
        "what": reading.what,
        "year": reading.year,
        "source": reading.source,
        "vintage": reading.vintage,
        "measure": measure_json(reading.measure, inputs),
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "commodity": figure.commodity,
        "stage": figure.stage,
        "country": figure.country or None,
        "partner": figure.partner or None,
        "year": figure.year or None,
        "measured": figure.measured,
        "form": figure.form or None,
        "state": figure.state,
        "value": _text(figure.value),
        "low": _text(figure.low),
        "high": _text(figure.high),
        "unit": figure.unit,
        "basis": figure.basis,
        "estimated": figure.estimated,
        "source": figure.source,
        "vintage": figure.vintage,
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
