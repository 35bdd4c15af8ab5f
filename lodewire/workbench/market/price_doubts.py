"""Prices outside their commodity's plausible range: cents labelled dollars, pounds labelled tonnes.

The ranges are the ontology's (``data/price_bounds.csv``), set around published figures. A doubt is
told, never mended: which of value and unit is wrong is for a person to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from lodewire.errors import UnitError
from lodewire.model.price import PricePoint, PriceSeries
from lodewire.ontology.benchmarks import Bound, BoundKind, bounds_for
from lodewire.ontology.units import comparable, convert

_USUAL_SLIPS = (
    ("USD/lb", "USc/lb", "cents labelled dollars"),
    ("USc/lb", "USD/lb", "dollars labelled cents"),
    ("USD/t", "USD/kg", "kilograms labelled tonnes"),
    ("USD/kg", "USD/t", "tonnes labelled kilograms"),
    ("USD/t", "USD/lb", "pounds labelled tonnes"),
    ("USD/t", "USc/lb", "cents a pound labelled dollars a tonne"),
)


def price_doubts(series: PriceSeries, points: Iterable[PricePoint]) -> tuple[str, ...]:
    """Return at most one line a series: how many prices lie outside, the first, and a likely slip.

    Empty where no range is known in a unit that compares.
    """
    kind = BoundKind.PREMIUM if series.kind == "premium" else BoundKind.PRICE
    bounds = [b for b in bounds_for(series.commodity, kind) if comparable(b.unit, series.unit)]
    if not bounds:
        return ()
    outside = [p for p in points if not any(_inside(p.value, series.unit, b) for b in bounds)]
    if not outside:
        return ()
    first, bound = outside[0], bounds[0]
    slip = _slip(first.value, series.unit, bounds)
    told = f"; {slip}?" if slip else ""
    return (
        f"{series.id}: {len(outside)} outside the plausible range of {series.commodity} "
        f"({bound.low} to {bound.high} {bound.unit}), first {first.period} "
        f"with {first.value} {series.unit}{told}",
    )


def _inside(value: Decimal, unit: str, bound: Bound) -> bool:
    try:
        return bound.low <= convert(value, unit, bound.unit) <= bound.high
    except UnitError:
        return True


def _slip(value: Decimal, unit: str, bounds: list[Bound]) -> str:
    for written, meant, words in _USUAL_SLIPS:
        if unit == written and any(
            comparable(meant, b.unit) and _inside(value, meant, b) for b in bounds
        ):
            return words
    return ""
