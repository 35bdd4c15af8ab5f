"""Probes of an importer's balance: apparent consumption, net import reliance, trade exposure.

What is made at home falls and rises with the importer's own output, imports fall and rise with the
tonnes that its partners send; exports and stocks stay what they were:

    P' = P m + a,  I' = I r,  NIR' = (I' - E + S) / (P' + I' - E + S)

m is the part of its own output that is left, a what a change adds to it, r the tonnes imported
after the scenario over those before. Before and after are those of ``analytics.reliance``.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Decimal

from lodewire.analytics.disruption_potential import trade_exposure
from lodewire.analytics.reliance import apparent_consumption, net_import_reliance
from lodewire.analytics.scenario.arithmetic import Number
from lodewire.analytics.scenario.position import TONNES, Position, Supply
from lodewire.analytics.scenario.probes import Probe, Spread, Standing
from lodewire.errors import MeasureError
from lodewire.model.measure import Measure
from lodewire.model.scenario import Balance
from lodewire.ontology.units import convert

_PLACES = Decimal("0.000001")
_HUNDRED = Decimal(100)


def balance_probes(balance: Balance) -> tuple[Probe, ...]:
    """Return the probes of one importer's balance; they need its imports by partner in tonnes.

    Raises MeasureError where the balance is not told in a unit of mass.
    """
    into = convert(Decimal(1), TONNES, balance.unit)
    who = balance.country

    def flows(position: Position) -> tuple[Number, Number]:
        return _flows(balance, into, position)

    return (
        _probe(
            "apparent_consumption",
            f"{who} consumption",
            lambda s: _measured(apparent_consumption, balance, into, s),
            lambda made, net, position: made + net,
            flows,
            balance.unit,
        ),
        _probe(
            "net_import_reliance",
            f"{who} net reliance",
            lambda s: _measured(net_import_reliance, balance, into, s),
            lambda made, net, position: _ratio(net, made + net) * 100,
            flows,
            "%",
        ),
        _probe(
            "trade_exposure",
            f"{who} trade exposure",
            lambda s: trade_exposure(_measured(net_import_reliance, balance, into, s)),
            lambda made, net, position: _cut(_ratio(net, made + net)),
            flows,
            "1",
        ),
    )


def _probe(
    name: str,
    label: str,
    exact: Callable[[Standing], Measure],
    drawn: Callable[[Number, Number, Position], Number],
    flows: Callable[[Position], tuple[Number, Number]],
    unit: str,
) -> Probe:
    def spread(position: Position) -> Spread:
        value = drawn(*flows(position), position)
        return Spread(value=value, low=value, high=value)

    return Probe(name=name, label=label, of="quantity", exact=exact, drawn=spread, unit=unit)


def _measured(
    of: Callable[..., Measure], balance: Balance, into: Decimal, standing: Standing
) -> Measure:
    made, came = _after(balance, into, standing.position)
    year = f" {balance.year}" if balance.year else ""
    return of(
        made.quantize(_PLACES, ROUND_HALF_EVEN),
        came.quantize(_PLACES, ROUND_HALF_EVEN),
        balance.exports,
        balance.stock_draw,
        unit=balance.unit,
        subject=f"{balance.country}{year}, balance of {balance.source} {balance.vintage}",
        vintage=balance.vintage,
    )


def _after(balance: Balance, into: Decimal, position: Position) -> tuple[Number, Number]:
    quantity = position.quantity
    if position.made is None:
        raise MeasureError(f"what {balance.country} still makes cannot be told from the figures")
    assert quantity is not None  # the probe is one of quantities
    abroad = _abroad(quantity, balance.country)
    before = position.taken_abroad
    if before is None or not before:
        raise MeasureError(f"no tonnes of {balance.country} from its partners are known")
    made = balance.production * position.made + position.added * into
    return made, balance.imports * abroad / before


def _abroad(quantity: Supply, importer: str) -> Number:
    total = quantity.total()
    return total - quantity.named[importer] if importer in quantity.named else total


def _flows(balance: Balance, into: Decimal, position: Position) -> tuple[Number, Number]:
    quantity = position.quantity
    assert quantity is not None
    assert position.taken_abroad is not None
    ratio = _abroad(quantity, balance.country) / float(position.taken_abroad)
    made = position.made * float(balance.production) + position.added * float(into)
    net = ratio * float(balance.imports) + float(balance.stock_draw - balance.exports)
    return made, net


def _ratio(net: Number, whole: Number) -> Number:
    import numpy

    return numpy.divide(net, whole, out=numpy.full_like(whole, numpy.nan), where=whole > 0)


def _cut(part: Number) -> Number:
    import numpy

    return numpy.clip(part, 0.0, 1.0)
