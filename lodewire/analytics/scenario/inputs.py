"""The uncertain inputs of a scenario: what they are called, and how they are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lodewire.analytics.scenario.arithmetic import Number
from lodewire.errors import ScenarioError
from lodewire.model.ranges import Range, Shape
from lodewire.model.scenario import Delivery, Scenario, TradeFlow
from lodewire.ontology.units import convert

Key = tuple[int, str]
"""The place of a change in the scenario (-1: the scenario itself) and the input's name."""

TILT = "gives_way"
"""The input that says whose imports are replaced."""

_ANY_TILT = Range(low=Decimal(-1), mode=Decimal(0), high=Decimal(1), stated=False)

WORLD_INPUT: Key = (-1, "world")
_PERT_WEIGHT = 4  # of the mode against each end: the mean is (low + 4 mode + high) / 6
_DELIVERY = ("delivered", "replaces", "unit_value")
_UNITS = {"lost": "unit", "tonnes": "unit", "cap": "unit", "exports": "unit", "demand": "unit"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One number that the outcome rests on. ``unit`` is "1" for a share."""

    key: Key
    label: str
    range: Range
    unit: str


def inputs_of(
    scenario: Scenario,
    day: date,
    flows: Sequence[TradeFlow] = (),
    partner: str | None = None,
) -> tuple[Input, ...]:
    """Return the inputs of the changes in effect on a day, in the order in which they are combined.

    A new supplier to an importer without a stated unit value gets one from the flows: the mean,
    between the lowest and highest among the partners. Where it replaces imports and nobody said
    whose, that is an input too: from those of all others alone (-1) over all in proportion (0) to
    those of ``partner`` alone (1).
    """
    found: list[Input] = []
    if scenario.world is not None:
        world = Input(
            key=WORLD_INPUT, label="world supply", range=scenario.world, unit=scenario.world_unit
        )
        found.append(world)
    for at, change in scenario.on(day):
        title = f"{change.kind.replace('_', ' ')} {change.subject}".strip()
        delivers = isinstance(change, Delivery) and change.to is not None and bool(flows)
        for name, range_ in change.inputs():
            if name in _DELIVERY and not delivers:
                continue
            unit = getattr(change, _UNITS[name], None) if name in _UNITS else None
            unit = {"ramp_up": "years", "unit_value": "money"}.get(name, unit or "1")
            label = f"{title}: {name.replace('_', ' ')}"
            found.append(Input(key=(at, name), label=label, range=range_, unit=unit))
        if delivers and isinstance(change, Delivery) and _leaves_open(change, flows, partner):
            label = f"{title}: who gives way"
            found.append(
                Input(key=(at, TILT), label=label, range=_ANY_TILT, unit=f"others|{partner}")
            )
        if isinstance(change, Delivery) and delivers and change.unit_value is None:
            told = unit_values(flows, change.unit)
            if told is not None:
                label = f"{title}: unit value (not stated)"
                found.append(Input(key=(at, "unit_value"), label=label, range=told, unit="money"))
    return tuple(found)


def _leaves_open(change: Delivery, flows: Sequence[TradeFlow], partner: str | None) -> bool:
    """Whether it is open who gives way to a delivery, and it matters to the partner."""
    if change.gives_way is not None or not change.replaces.high:
        return False
    return any(f.partner == partner and f.quantity is not None for f in flows)


def unit_values(flows: Iterable[TradeFlow], unit: str) -> Range | None:
    """Return the unit values of an importer's partners: lowest, mean, highest, money a ``unit``.

    None where no partner has both quantity and value.
    """
    both = [
        (convert(f.quantity, f.unit, unit), f.value)
        for f in flows
        if f.quantity and f.value is not None and f.partner != "WORLD"
    ]
    if not both:
        return None
    each = [value / quantity for quantity, value in both]
    zero = Decimal(0)
    mean = sum((v for _, v in both), zero) / sum((q for q, _ in both), zero)
    # A mean of decimals may round past an end that it equals.
    low, high = min(each), max(each)
    return Range(low=low, mode=min(max(mean, low), high), high=high, stated=False)


def taken(inputs: Iterable[Input]) -> dict[Key, Decimal]:
    """Return the value that stands for each input."""
    return {i.key: i.range.value for i in inputs}


def columns(
    inputs: Sequence[Input], rows: Sequence[Mapping[Key, Decimal]], draws: int, seed: int
) -> dict[Key, Number]:
    """Return an array for each input: ``rows`` that are given, then ``draws`` at random.

    The inputs are drawn one after another, independent of each other, from PCG64 with ``seed``.
    """
    import numpy

    source = numpy.random.Generator(numpy.random.PCG64(seed))
    usual = taken(inputs)
    found: dict[Key, Number] = {}
    for each in inputs:
        fixed = [float(row.get(each.key, usual[each.key])) for row in rows]
        found[each.key] = numpy.concatenate([fixed, _draw(each.range, draws, source)])
    return found


def _draw(range_: Range, draws: int, source: Number) -> Number:
    import numpy

    low, high = float(range_.low), float(range_.high)
    if not range_.uncertain:
        return numpy.full(draws, low)
    if range_.shape is Shape.UNIFORM:
        return source.uniform(low, high, draws)
    mode = float(range_.value)
    if range_.shape is Shape.TRIANGULAR:
        return source.triangular(low, mode, high, draws)
    if range_.shape is Shape.PERT:
        first = 1 + _PERT_WEIGHT * (mode - low) / (high - low)
        second = 1 + _PERT_WEIGHT * (high - mode) / (high - low)
        return low + (high - low) * source.beta(first, second, draws)
    raise ScenarioError(f"a fixed range cannot lie between {low} and {high}")
