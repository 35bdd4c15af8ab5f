"""Probes that weigh by governance: the weighted index, and GeoPolRisk of one importer.

The weights are passed in, country -> risk; a country without an estimate leaves the value open, as
``lodewire.analytics.governance`` does. Figures that are shares are divided by their sum here, since
after a change they no longer sum to one; what a source gives as "less than" counts to what it does
not list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from lodewire.analytics.concentration import hhi
from lodewire.analytics.disruption_potential import SupplierIndex, disruption_potential
from lodewire.analytics.geopolrisk import score
from lodewire.analytics.governance import EU_SCALE, NO_RESTRICTION, weighted_hhi
from lodewire.analytics.scenario.position import SHARE_UNITS, TONNES, Position, Supply
from lodewire.analytics.scenario.probes import Probe, Spread, Standing, spread_of_hhi
from lodewire.model.measure import OTHER, Figure, Measure
from lodewire.ontology.units import comparable, convert

PARTS = "part of supply"
"""The unit of shares that are amounts to be divided by their sum."""


def governance_probe(
    governance: Mapping[str, Decimal | None],
    trade: Mapping[str, Decimal] | None = None,
    *,
    vintage: str | None = None,
) -> Probe:
    """Return the probe of concentration weighted by governance (0..10) and trade parameters."""
    terms = dict(trade or {})

    def exact(standing: Standing) -> Measure:
        return weighted_hhi(as_amounts(standing.figures), governance, terms, vintage=vintage)

    def drawn(position: Position) -> Spread:
        assert position.supply is not None
        return weigh(position.supply, governance, terms)

    return Probe(
        name="hhi_governance", label="HHI × governance", of="figures", exact=exact, drawn=drawn
    )


def geopolrisk_probe(importer: str, risk: Mapping[str, Decimal | None]) -> Probe:
    """Return the probe of the GeoPolRisk score of an importer, with risks 0..1.

    It needs supply in a unit of mass that lists the importer by itself: what it makes at home is a
    part of the score, and a country that is not listed is not one that makes nothing.
    """

    def exact(standing: Standing) -> Measure:
        index, imports = hhi(standing.figures), _imports(standing, importer)
        return score(index, imports, risk, _at_home(standing.figures, importer))

    def drawn(position: Position) -> Spread:
        return _score(position, importer, risk)

    return Probe(name="geopolrisk", label="GeoPolRisk", of="quantity", exact=exact, drawn=drawn)


def disruption_probe(home: str, suppliers: Mapping[str, SupplierIndex]) -> Probe:
    """Return the probe of the disruption potential of ``home`` (``analytics``, same name)."""

    def exact(standing: Standing) -> Measure:
        return disruption_potential(as_amounts(standing.figures), suppliers, home=home)

    def drawn(position: Position) -> Spread:
        import numpy

        assert position.supply is not None
        supply = position.supply
        hidden = supply.rest + sum(supply.open.values(), numpy.zeros_like(supply.rest))
        whole = sum(supply.named.values(), hidden)
        low, high, known = numpy.zeros_like(whole), (hidden / whole) ** 2, True
        for country, amount in supply.named.items():
            if country == home:
                continue
            term = (amount / whole) ** 2
            least, most = _weights(suppliers.get(country))
            known = known and (least == most or not (amount > 0).any())
            low, high = low + term * least, high + term * most
        return Spread(value=low if known else None, low=low, high=high)

    return Probe(
        name="disruption_potential",
        label=f"{home} disruption pot.",
        of="figures",
        exact=exact,
        drawn=drawn,
    )


def _weights(index: SupplierIndex | None) -> tuple[float, float]:
    """The least and most of ability times willingness; what is not known may be anything."""
    parts = (None, None) if index is None else (index.ability, index.willingness)
    least = most = 1.0
    for part in parts:
        least, most = least * float(part or 0), most * (1.0 if part is None else float(part))
    return least, most


def lists_at_home(figures: Sequence[Figure], importer: str) -> bool:
    """Tell whether GeoPolRisk can be scored: supply in mass, the importer listed by itself."""
    return any(
        f.country == importer
        and comparable(f.unit, TONNES)
        and f.state == "reported"
        and f.value is not None
        for f in figures
    )


def as_amounts(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Return shares as amounts to be divided by their sum; a "less than" is not listed."""
    bounds = [f for f in figures if f.state == "less_than" and f.value is not None]
    kept = [f for f in figures if f not in bounds and f.country != OTHER]
    other = [f for f in figures if f.country == OTHER and f.state == "reported"]
    hidden = sum((f.value for f in (*other, *bounds) if f.value is not None), Decimal(0))
    if bounds or other:
        first = (*other, *bounds)[0]
        kept.append(replace(first, country=OTHER, state="reported", value=hidden))
    return tuple(replace(f, unit=PARTS) if f.unit in SHARE_UNITS else f for f in kept)


def weigh(
    supply: Supply, governance: Mapping[str, Decimal | None], terms: Mapping[str, Decimal]
) -> Spread:
    """Return the weighted index of every column, with its bounds (governance 0..10)."""
    import numpy

    hidden = supply.rest + sum(supply.open.values(), numpy.zeros_like(supply.rest))
    total = sum(supply.named.values(), hidden)
    low = numpy.zeros_like(total)
    open_ = numpy.zeros_like(total)
    for country, amount in supply.named.items():
        share = amount / total
        weight, term = governance.get(country), float(terms.get(country, NO_RESTRICTION))
        if weight is None:
            open_ = open_ + share * share * float(EU_SCALE) * term
        else:
            low = low + share * share * float(weight) * term
    rest = hidden / total
    most = float(max((NO_RESTRICTION, *terms.values())))
    high = low + open_ + rest * rest * float(EU_SCALE) * most
    known = not _any_open(supply, governance)
    return Spread(value=low if known else None, low=low, high=high)


def _any_open(supply: Supply, governance: Mapping[str, Decimal | None]) -> bool:
    return any(governance.get(c) is None and (a > 0).any() for c, a in supply.named.items())


def _imports(standing: Standing, importer: str) -> dict[str, Decimal | None]:
    return {f.country: f.value for f in standing.quantity if f.country != importer}


def _at_home(figures: Sequence[Figure], importer: str) -> Figure | None:
    own = next((f for f in figures if f.country == importer and f.value is not None), None)
    if own is None or own.value is None:
        return own
    return replace(own, value=convert(own.value, own.unit, TONNES), unit=TONNES)


def _score(position: Position, importer: str, risk: Mapping[str, Decimal | None]) -> Spread:
    import numpy

    assert position.supply is not None
    assert position.quantity is not None
    index = spread_of_hhi(position.supply)
    into = float(convert(Decimal(1), position.supply.unit, TONNES))
    made = position.supply.named[importer] * into
    low = numpy.zeros_like(made)
    open_ = numpy.zeros_like(made)
    whole = made
    for partner, amount in position.quantity.named.items():
        if partner == importer:
            continue
        whole = whole + amount
        known = risk.get(partner)
        if known is None:
            open_ = open_ + amount
        else:
            low = low + amount * float(known)
    value = index.low * low / whole if not open_.any() else None
    return Spread(value=value, low=index.low * low / whole, high=index.high * (low + open_) / whole)
