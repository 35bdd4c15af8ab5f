"""The JSON form of a landed cost, version 1: amounts are decimals as text, null where not given."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from lodewire.analytics.landed_cost import changes, in_unit
from lodewire.model.cost import LandedCost
from lodewire.workbench.market.costing import CostOfDay, CostStory, month_rate


def to_json(found: CostOfDay, cost: LandedCost) -> dict[str, Any]:
    """Return the cost of a day, ``cost`` being it in the unit that is shown."""
    return {
        "day": str(found.day),
        "unit": cost.unit,
        "good": None
        if found.good is None
        else {"code": found.good.code, "name": found.good.name, "form": found.good.form},
        "price": None
        if found.price is None
        else {"series": found.price.series, "period": found.price.period},
        "total": plain_amount(cost.total),
        "duty": plain_amount(cost.duty),
        "customs_value": plain_amount(cost.customs_value),
        "complete": cost.complete,
        "method": cost.method,
        "steps": [
            {
                "step": s.name,
                "amount": plain_amount(s.amount),
                "total": plain_amount(s.total),
                "formula": s.formula,
                "source": s.source,
            }
            for s in cost.steps
        ],
        "measures": [
            {
                "id": f.duty.id,
                "applies": f.applies,
                "why": f.why,
                "rate": None if f.duty.rate is None else str(f.duty.rate),
                "basis": f.duty.basis.value,
                "instrument": f.duty.instrument,
                "url": f.duty.url,
            }
            for f in found.findings
        ],
        "notes": [*found.notes, *cost.notes],
    }


def plain_amount(value: Decimal | None) -> str | None:
    """Return an amount with four digits after the point; None where there is none."""
    return None if value is None else f"{value:.4f}"


def story_json(story: CostStory, unit: str, desk: Path | None = None) -> dict[str, Any]:
    """Return two days and what moved in between, in the unit asked for."""
    before, after = turned(story.before, unit, desk), turned(story.after, unit, desk)
    return {
        "version": 1,
        "unit": unit,
        "before": to_json(story.before, before),
        "after": to_json(story.after, after),
        "changes": [
            {
                "step": c.name,
                "before": plain_amount(c.before),
                "after": plain_amount(c.after),
                "difference": plain_amount(c.difference),
            }
            for c in changes(before, after)
        ],
    }


def turned(found: CostOfDay, unit: str, desk: Path | None = None) -> LandedCost:
    """Return the cost in the unit asked for, at the rate of its month."""
    return in_unit(found.cost, unit, rate=month_rate(found.cost.unit, unit, found.month, desk))
