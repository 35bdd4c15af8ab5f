"""Trade flows of which several stand for one: areas without a code of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from lodewire.model.official import OTHER, TradeFlow
from lodewire.reference.loaders.bodies import broken


def joined(flows: Iterable[TradeFlow], place: str) -> list[TradeFlow]:
    """Return the flows with those of areas without a code ("OTHER") summed; raises BrokenFile.

    A quantity is kept only where every part has it. Two rows of one country are a damaged answer.
    """
    found: dict[tuple[str, ...], TradeFlow] = {}
    for flow in flows:
        key = (flow.reporter, flow.partner, flow.flow, flow.product, flow.period)
        known = found.get(key)
        if known is not None and OTHER not in (flow.partner, flow.reporter):
            if known != flow:
                raise broken(place, f"two rows for {' '.join(key)}")
            continue
        found[key] = flow if known is None else _sum(known, flow)
    return list(found.values())


def _sum(one: TradeFlow, other: TradeFlow) -> TradeFlow:
    same_unit = one.quantity_unit == other.quantity_unit
    return replace(
        one,
        value=_added(one.value, other.value),
        weight_kg=_added(one.weight_kg, other.weight_kg),
        weight_estimated=one.weight_estimated or other.weight_estimated,
        quantity=_added(one.quantity, other.quantity) if same_unit else None,
        quantity_unit=one.quantity_unit if same_unit else "",
    )


def _added(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one + other
