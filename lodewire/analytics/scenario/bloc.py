"""The probe of the EU's supply risk: the world's supply and the EU's sourcing, before and after.

    SR = [HHI_GS * IR/2 + HHI_EU * (1 - IR/2)] * (1 - EoL_RIR) * SI_SR

The two indices follow the scenario; import reliance and substitution stay what was stated, and the
recycling input rate rises by what a scenario recycles on top. Equation and sources:
``lodewire.analytics.supply_risk``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from lodewire.analytics.given import given
from lodewire.analytics.governance import weighted_hhi
from lodewire.analytics.scenario.arithmetic import Number
from lodewire.analytics.scenario.position import Position, by_partner
from lodewire.analytics.scenario.probes import Probe, Spread, Standing
from lodewire.analytics.scenario.weighted import as_amounts, weigh
from lodewire.analytics.supply_risk import Supply as Variant
from lodewire.analytics.supply_risk import supply_risk
from lodewire.errors import MeasureError
from lodewire.model.measure import Figure, Measure
from lodewire.model.scenario import RiskInputs

_HUNDRED = Decimal(100)


def sourcing_probe(
    bloc: str,
    governance: Mapping[str, Decimal | None],
    trade: Mapping[str, Decimal],
    *,
    vintage: str = "",
) -> Probe:
    """Return the probe of a bloc's sourcing, weighted by governance (0..10) and trade."""

    def drawn(position: Position) -> Spread:
        assert position.sourcing is not None
        assert position.sourcing.quantity is not None
        return weigh(position.sourcing.quantity, governance, trade)

    return Probe(
        name="hhi_sourcing",
        label=f"{bloc} sourcing × gov.",
        of="sourcing",
        exact=lambda s: _index(s.sourcing, governance, trade, vintage),
        drawn=drawn,
    )


def supply_risk_probe(
    inputs: RiskInputs,
    governance: Mapping[str, Decimal | None],
    world: Mapping[str, Decimal],
    bloc: Mapping[str, Decimal],
    *,
    sourced: bool,
) -> Probe:
    """Return the probe of the EU's supply risk; without sourcing it is that of "GS only".

    ``governance``: country -> risk 0..10; ``world`` and ``bloc``: the trade parameters of the
    world's supply and of the bloc's.
    """
    variant = Variant.BOTH if sourced else Variant.GLOBAL

    def exact(standing: Standing) -> Measure:
        position = standing.position.sourcing
        more = position.added if position is not None else Decimal(0)
        gs = _index(standing.figures, governance, world, "")
        eu = _index(standing.sourcing, governance, bloc, "") if sourced else None
        recycled = min(inputs.recycling_rate + more * _HUNDRED, _HUNDRED)

        def risk(world_: Figure | Decimal, own: Figure | Decimal | None) -> Measure:
            return supply_risk(
                global_hhi=world_,
                eu_hhi=own,
                import_reliance=inputs.import_reliance,
                recycling_rate=recycled,
                substitution_index=inputs.substitution_index,
                supply=variant,
                rounded_inputs=False,
                vintage=inputs.vintage,
            )

        told = risk(_as_figure(gs), None if eu is None else _as_figure(eu))
        if gs.value is not None and (eu is None or eu.value is not None):
            told = replace(told, value=risk(gs.value, None if eu is None else eu.value).value)
        return replace(told, note="; ".join(n for n in (told.note, inputs.words) if n))

    def drawn(position: Position) -> Spread:
        return _drawn(position, inputs, governance, world, bloc)

    return Probe(
        name="eu_supply_risk",
        label="EU supply risk" if sourced else "EU risk, GS only",
        of="sourcing" if sourced else "figures",
        exact=exact,
        drawn=drawn,
    )


def _index(
    figures: tuple[Figure, ...],
    governance: Mapping[str, Decimal | None],
    trade: Mapping[str, Decimal],
    vintage: str,
) -> Measure:
    shares = by_partner(figures) if figures and figures[0].partner else figures
    return weighted_hhi(as_amounts(shares), governance, trade, vintage=vintage or None)


def _as_figure(index: Measure) -> Figure:
    if index.low is None or index.high is None:
        raise MeasureError(index.note)
    told = given("hhi_governance", index.value)
    if index.value is not None and index.low == index.high:
        return told
    return replace(told, state="interval", value=None, low=index.low, high=index.high)


def _drawn(
    position: Position,
    inputs: RiskInputs,
    governance: Mapping[str, Decimal | None],
    world: Mapping[str, Decimal],
    bloc: Mapping[str, Decimal],
) -> Spread:
    assert position.supply is not None
    gs = weigh(position.supply, governance, world)
    left, mixed = _left(position, inputs), gs
    sourcing = position.sourcing
    if sourcing is not None and sourcing.quantity is not None:
        half = float(inputs.import_reliance) / 200
        eu = weigh(sourcing.quantity, governance, bloc)
        value = None
        if gs.value is not None and eu.value is not None:
            value = gs.value * half + eu.value * (1 - half)
        mixed = Spread(
            value=value,
            low=gs.low * half + eu.low * (1 - half),
            high=gs.high * half + eu.high * (1 - half),
        )
    return Spread(
        value=None if mixed.value is None else mixed.value * left,
        low=mixed.low * left,
        high=mixed.high * left,
    )


def _left(position: Position, inputs: RiskInputs) -> Number:
    import numpy

    more = position.sourcing.added if position.sourcing is not None else 0.0
    recycled = numpy.minimum(float(inputs.recycling_rate) / 100 + more, 1.0)
    return (1 - recycled) * float(inputs.substitution_index)
