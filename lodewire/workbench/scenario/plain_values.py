"""The JSON form of a scenario that was run, version 1: numbers are decimals as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lodewire.workbench.scenario.scenario_events import required

if TYPE_CHECKING:
    from decimal import Decimal

    from lodewire.analytics.scenario import Effect
    from lodewire.analytics.scenario.proposal import Proposal
    from lodewire.model.measure import Measure
    from lodewire.model.scenario import Change
    from lodewire.workbench.scenario.scenarios import Ran


def to_json(ran: Ran) -> dict[str, Any]:
    """Return the outcome for programs, version 1; numbers are decimals as text."""
    outcome = ran.outcome
    scenario = outcome.scenario
    return {
        "version": 1,
        "name": scenario.name,
        "commodity": scenario.commodity,
        "stage": scenario.stage,
        "on": outcome.on.isoformat(),
        "importer": ran.importer,
        "partner": ran.partner,
        "method": outcome.method,
        "active": [_change_json(c) for c in outcome.active],
        "waiting": [_change_json(c) for c in outcome.waiting],
        "measures": [_effect_json(e) for e in outcome.effects],
        "notes": list(outcome.notes),
        "not_measured": list(ran.missing),
        "inputs_from": list(ran.sources),
        "sources": sorted({f"{f.source} {f.vintage}" for f in ran.figures}),
    }


def proposal_json(proposal: Proposal, subject: tuple[str, str] | None) -> dict[str, Any]:
    """Return a proposal for programs, version 1."""
    return {
        "version": 1,
        "event": proposal.event_id,
        "type": proposal.type.value,
        "status": proposal.status.value,
        "bearing": proposal.bearing.name.lower(),
        "why": proposal.why,
        "missing": list(proposal.missing),
        "notes": list(proposal.notes),
        "commodities": list(proposal.commodities),
        "commodity": subject[0] if subject else None,
        "stage": subject[1] if subject else None,
        "changes": [
            {
                "kind": draft.kind,
                "told": dict(draft.told),
                "questions": [
                    {
                        "name": q.name,
                        "text": q.text,
                        "unit": q.unit,
                        "range": q.range,
                        "basis": q.basis,
                        "needed": q in required(draft),
                    }
                    for q in draft.questions
                ],
            }
            for draft in proposal.drafts
        ],
    }


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "subject": change.subject,
        "from": change.start.isoformat() if change.start else None,
        "until": change.end.isoformat() if change.end else None,
        "evidence": change.evidence,
        "inputs": {
            name: {
                "low": str(r.low),
                "mode": _text(r.mode),
                "high": str(r.high),
                "shape": r.shape.value,
                "stated": r.stated,
            }
            for name, r in change.inputs()
        },
    }


def _effect_json(effect: Effect) -> dict[str, Any]:
    interval = effect.interval
    return {
        "name": effect.name,
        "label": effect.label,
        "unit": effect.after.unit,
        "before": _measure_json(effect.before),
        "after": _measure_json(effect.after),
        "change": _text(effect.change),
        "bands": {
            guidelines.value: {
                "before": [b.value for b in was],
                "after": [b.value for b in now],
            }
            for guidelines, was, now in effect.bands
        },
        "low": _text(effect.low),
        "high": _text(effect.high),
        "interval": interval
        and {
            "p05": str(interval.p05),
            "p50": str(interval.p50),
            "p95": str(interval.p95),
            "draws": interval.draws,
            "seed": interval.seed,
            "empty": interval.empty,
        },
        "tornado": [
            {
                "input": s.label,
                "unit": s.unit,
                "low_input": str(s.low_input),
                "high_input": str(s.high_input),
                "at_low": str(s.at_low),
                "at_taken": str(s.at_taken),
                "at_high": str(s.at_high),
                "stated": s.stated,
            }
            for s in effect.swings
        ],
    }


def _measure_json(measure: Measure) -> dict[str, Any]:
    return {
        "value": _text(measure.value),
        "low": _text(measure.low),
        "high": _text(measure.high),
        "method": measure.method,
        "vintage": measure.vintage,
        "note": measure.note,
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
