"""Running a scenario: before and after, swings of each input, draws over all of them.

Before and after are exact decimals of the same functions that measure without a scenario. Bounds,
swings and intervals come from one array in which every column is the scenario once: with the taken
values, each input at its ends, the ends combined, and the draws.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import product

from lodewire.analytics.scenario.arithmetic import Drawn, Exact, Number
from lodewire.analytics.scenario.combining import combine
from lodewire.analytics.scenario.inputs import Input, Key, columns, inputs_of, taken
from lodewire.analytics.scenario.outcome import Effect, Interval, Outcome, Swing
from lodewire.analytics.scenario.position import (
    Position,
    Supply,
    by_partner,
    by_quantity,
    by_value,
    figures_after,
    position_of,
)
from lodewire.analytics.scenario.probes import METHOD, Probe, Spread, Standing, default_probes
from lodewire.errors import MeasureError, ScenarioError
from lodewire.model.measure import Figure, Measure
from lodewire.model.scenario import Scenario, Tariff, TradeFlow

DRAWS = 10_000
MOST_DRAWS = 200_000  # arrays of twenty countries then take some 200 MB

FEW = 200
"""Draws in which a measure is taken that does not know arrays."""

_MOST_CORNERS = 4_096
_PLACES = Decimal("0.000001")


def apply(
    scenario: Scenario,
    figures: Sequence[Figure],
    flows: Sequence[TradeFlow] = (),
    *,
    on: date,
    importer: str | None = None,
    partner: str | None = None,
    values: Mapping[Key, Decimal] | None = None,
    sourcing: Sequence[Figure] = (),
) -> Standing:
    """Return what figures and the importer's flows become on a day, at the taken input values.

    ``figures`` are of one commodity, stage, year, unit and vintage; flows are annual. ``values``
    replaces single inputs. Without a change in effect the figures come back as they are. What a
    change does and the figures cannot tell is left empty, with the fault that says why.
    """
    own = _own(flows, importer)
    inputs = inputs_of(scenario, on, own, partner)
    position = position_of(figures, own, importer, Exact(), partner, sourcing)
    combine(position, scenario, {**taken(inputs), **(values or {})}, on, Exact())
    before = {
        "figures": tuple(figures),
        "quantity": by_quantity(own),
        "value": by_value(own),
        "sourcing": by_partner(sourcing),
    }
    supplies = {
        "figures": position.supply,
        "quantity": position.quantity,
        "value": position.value,
        "sourcing": position.sourcing.quantity if position.sourcing else None,
    }
    changed = bool(scenario.on(on))
    faults = {part: s.faults[0] for part, s in supplies.items() if s and s.faults and changed}
    after = {
        part: told if not changed else _after(told, supplies[part], part in faults)
        for part, told in before.items()
    }
    return Standing(**after, position=position, faults=faults)


def _after(told: tuple[Figure, ...], supply: Supply | None, faulty: bool) -> tuple[Figure, ...]:
    if supply is None or faulty:
        return ()
    return figures_after(told, supply)


def _own(flows: Sequence[TradeFlow], importer: str | None) -> tuple[TradeFlow, ...]:
    return tuple(f for f in flows if importer is not None and f.importer == importer)


def run(
    scenario: Scenario,
    figures: Sequence[Figure],
    flows: Sequence[TradeFlow] = (),
    *,
    on: date,
    importer: str | None = None,
    partner: str | None = None,
    draws: int = DRAWS,
    seed: int = 1,
    probes: Sequence[Probe] = (),
    sourcing: Sequence[Figure] = (),
) -> Outcome:
    """Return every measure before and after the scenario on a day (method "scenario/1").

    ``partner`` is the country that dependence is measured on. ``probes`` are measured beside the
    default ones. ``sourcing``: shares of what a bloc uses, ``country`` the bloc and ``partner`` who
    supplies. ``draws`` of 0 leaves out the intervals. Raises ScenarioError where there is nothing
    to measure, MeasureError where figures do not belong together.
    """
    if not 0 <= draws <= MOST_DRAWS:
        raise ScenarioError(f"{draws} draws", hint=f"Ask for 0 to {MOST_DRAWS:,} draws")
    own = _own(flows, importer)
    if not figures and not own:
        raise ScenarioError(
            f"there are no figures of {scenario.commodity} at the stage {scenario.stage}, and no "
            "trade flows",
            hint="Pass figures or flows in, or choose another commodity or stage",
        )
    _check_alike(own)
    taxed = any(isinstance(c, Tariff) for c in scenario.changes)
    usual = default_probes(
        importer if own else None,
        partner,
        supply=bool(figures),
        taxed=own[0].currency if own and taxed else None,
    )
    nothing = Scenario(name="today", commodity=scenario.commodity, stage=scenario.stage, changes=())
    stands = _Stands(tuple(figures), own, tuple(sourcing), on, importer, partner)
    before, after = stands.apply(nothing), stands.apply(scenario)
    inputs = inputs_of(scenario, on, own, partner)
    field = _Field(scenario, stands, inputs, draws, seed)
    effects = tuple(_effect(probe, before, after, field) for probe in (*usual, *probes))
    held = scenario.on(on)
    places = {at for at, _ in held}
    return Outcome(
        scenario=scenario,
        on=on,
        active=tuple(change for _, change in held),
        waiting=tuple(c for at, c in enumerate(scenario.changes) if at not in places),
        effects=effects,
        notes=tuple(after.position.notes),
        method=METHOD,
    )


def _check_alike(flows: Sequence[TradeFlow]) -> None:
    for told, values in (
        ("currency", {f.currency for f in flows if f.value is not None}),
        ("year", {str(f.year) for f in flows}),
    ):
        if len(values) > 1:
            raise ScenarioError(
                f"the imports are told in more than one {told}: {', '.join(sorted(values))}",
                hint=f"Pass the flows of one {told}",
            )


@dataclass(frozen=True, slots=True)
class _Stands:
    """What a scenario is run on: the figures, the importer's flows, a bloc's sourcing, the day."""

    figures: tuple[Figure, ...]
    flows: tuple[TradeFlow, ...]
    sourcing: tuple[Figure, ...]
    on: date
    importer: str | None
    partner: str | None

    def apply(self, scenario: Scenario, values: Mapping[Key, Decimal] | None = None) -> Standing:
        return apply(
            scenario,
            self.figures,
            self.flows,
            on=self.on,
            importer=self.importer,
            partner=self.partner,
            values=values,
            sourcing=self.sourcing,
        )

    def position(self, by: Drawn) -> Position:
        return position_of(self.figures, self.flows, self.importer, by, self.partner, self.sourcing)


class _Field:
    """The scenario in every column: the taken values, each input's ends, their corners, draws."""

    def __init__(
        self,
        scenario: Scenario,
        stands: _Stands,
        inputs: tuple[Input, ...],
        draws: int,
        seed: int,
    ) -> None:
        self.scenario, self.stands = scenario, stands
        self.draws, self.seed = draws, seed
        self.uncertain = tuple(i for i in inputs if i.range.uncertain)
        self.rows = _rows(self.uncertain)
        self.values = columns(inputs, self.rows, draws if self.uncertain else 0, seed)
        by = Drawn(len(self.rows) + (draws if self.uncertain else 0))
        self.position = stands.position(by)
        combine(self.position, scenario, self.values, stands.on, by)

    def spread(self, probe: Probe) -> Spread:
        """Return the measure in every column, or in the rows and few draws where it must."""
        if probe.drawn is not None:
            return probe.drawn(self.position)
        import numpy

        count = min(len(self.rows) + FEW, self.position.demand.size)
        first = 1 + 2 * len(self.uncertain) + FEW  # each input's ends, and some of their corners
        blank = (None, None, None)
        found = [
            blank if first <= at < len(self.rows) else self._one(probe, at) for at in range(count)
        ]
        value, low, high = (
            numpy.array([numpy.nan if n is None else float(n) for n in row])
            for row in zip(*found, strict=True)
        )
        return Spread(value=value, low=low, high=high)

    def _one(self, probe: Probe, at: int) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
        values = {key: Decimal(repr(float(array[at]))) for key, array in self.values.items()}
        measure = _measured(probe, self.stands.apply(self.scenario, values))
        return measure.value, measure.low, measure.high


def _rows(uncertain: Sequence[Input]) -> list[dict[Key, Decimal]]:
    """The taken values; each input at its ends; then low, taken and high of all combined."""
    rows: list[dict[Key, Decimal]] = [{}]
    for each in uncertain:
        rows += [{each.key: each.range.low}, {each.key: each.range.high}]
    for size, ends in ((3, True), (2, False)):
        if size ** len(uncertain) <= _MOST_CORNERS:
            choices = [
                (i.range.low, i.range.value, i.range.high) if ends else (i.range.low, i.range.high)
                for i in uncertain
            ]
            keys = [i.key for i in uncertain]
            rows += [dict(zip(keys, told, strict=True)) for told in product(*choices)]
            break
    return rows


def _effect(probe: Probe, before: Standing, after: Standing, field: _Field) -> Effect:
    was, now = _measured(probe, before), _measured(probe, after)
    if probe.of in after.faults or now.low is None:
        return Effect(
            name=probe.name,
            label=probe.label,
            before=was,
            after=now,
            low=None,
            high=None,
            interval=None,
            swings=(),
        )
    spread = field.spread(probe)
    return Effect(
        name=probe.name,
        label=probe.label,
        before=was,
        after=now,
        low=_least(spread.low, now.low),
        high=_most(spread.high, now.high),
        interval=_interval(spread.value if now.value is not None else None, field),
        swings=_swings(spread.value if now.value is not None else None, field),
        unchanged=not field.scenario.on(field.stands.on),
    )


def _measured(probe: Probe, standing: Standing) -> Measure:
    if probe.of in standing.faults:
        return _refused(probe, standing.faults[probe.of], standing)
    try:
        return probe.exact(standing)
    except MeasureError as error:
        return _refused(probe, error.message, standing)


def _refused(probe: Probe, why: str, standing: Standing) -> Measure:
    given = standing.figures or standing.quantity or standing.value
    first = given[0] if given else None
    return Measure(
        name=probe.name,
        subject=f"{first.commodity} {first.stage} {first.year}" if first else probe.label,
        value=None,
        low=None,
        high=None,
        unit=probe.unit,
        method=METHOD,
        vintage=first.vintage if first else "",
        inputs=(),
        note=why,
    )


def _least(values: Number, told: Decimal | None) -> Decimal | None:
    import numpy

    known = values[~numpy.isnan(values)]
    found = [] if told is None else [told]
    return min([*found, *([_decimal(known.min())] if known.size else [])], default=None)


def _most(values: Number, told: Decimal | None) -> Decimal | None:
    import numpy

    known = values[~numpy.isnan(values)]
    found = [] if told is None else [told]
    return max([*found, *([_decimal(known.max())] if known.size else [])], default=None)


def _interval(values: Number | None, field: _Field) -> Interval | None:
    import numpy

    if values is None or not field.uncertain:
        return None
    drawn = values[len(field.rows) :]
    known = drawn[~numpy.isnan(drawn)]
    if not known.size:
        return None
    p05, p50, p95 = (_decimal(q) for q in numpy.quantile(known, (0.05, 0.5, 0.95)))
    empty = int(drawn.size - known.size)
    return Interval(p05=p05, p50=p50, p95=p95, draws=int(drawn.size), seed=field.seed, empty=empty)


def _swings(values: Number | None, field: _Field) -> tuple[Swing, ...]:
    import numpy

    if values is None:
        return ()
    found = []
    for place, each in enumerate(field.uncertain):
        at_low, at_high = values[1 + 2 * place], values[2 + 2 * place]
        if numpy.isnan([values[0], at_low, at_high]).any():
            continue
        found.append(
            Swing(
                label=each.label,
                unit=each.unit,
                low_input=each.range.low,
                high_input=each.range.high,
                at_low=_decimal(at_low),
                at_taken=_decimal(values[0]),
                at_high=_decimal(at_high),
                stated=each.range.stated,
            )
        )
    return tuple(sorted(found, key=lambda s: (-s.size, s.label)))


def _decimal(value: float) -> Decimal:
    return Decimal(repr(float(value))).quantize(_PLACES, ROUND_HALF_EVEN)
