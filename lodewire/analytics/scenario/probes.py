"""Probes: what is measured before and after a scenario.

A probe takes figures and flows, as every measure of ``lodewire.analytics`` does, and returns a
Measure; where it also knows arrays of draws, it gets an interval from all of them. Others can be
passed to ``run`` beside these: any callable of figures and flows will do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal

from lodewire.analytics.concentration import country_share, hhi, n_minus_1, top_shares
from lodewire.analytics.dependence import import_share
from lodewire.analytics.scenario.arithmetic import Number
from lodewire.analytics.scenario.position import Position, Supply
from lodewire.model.measure import Figure, Measure

METHOD = "scenario/1"
_PLACES = Decimal("0.000001")
_SETTLED = Decimal("0.0005")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is measured: figures of supply, and the importer's trade by quantity and by value.

    ``sourcing``: shares of what a bloc uses, a partner each. ``position`` holds the same with what
    they are held against. ``faults`` say why a part of it cannot be told after the scenario; that
    part is then empty.
    """

    figures: tuple[Figure, ...]
    quantity: tuple[Figure, ...]
    value: tuple[Figure, ...]
    position: Position
    faults: dict[str, str]
    sourcing: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A measure in every draw: its value (None where only bounds are known) and bounds."""

    value: Number | None
    low: Number
    high: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One thing that is measured.

    ``of`` names the part of a standing that it needs: figures, quantity, value or sourcing.
    ``drawn`` takes a position of arrays; without it a probe is measured in fewer draws, one by one.
    """

    name: str
    label: str
    of: str
    exact: Callable[[Standing], Measure]
    drawn: Callable[[Position], Spread] | None = None
    unit: str = "1"


def on_figures(name: str, label: str, measured: Callable[[Sequence[Figure]], Measure]) -> Probe:
    """Return a probe for any measure of figures of one commodity, stage and year."""
    return Probe(name=name, label=label, of="figures", exact=lambda s: measured(s.figures))


def default_probes(
    importer: str | None, partner: str | None, *, supply: bool, taxed: str | None = None
) -> tuple[Probe, ...]:
    """Return the probes of concentration, and those of an importer's dependence where asked.

    ``taxed`` is the currency of the duty that the scenario's tariffs take, where it has any.
    """
    found: list[Probe] = []
    if supply:
        found += [
            Probe(
                name="supply_left",
                label="Supply / demand",
                of="figures",
                exact=_supply_left,
                drawn=lambda p: _same(_ratio(_of(p, "figures").total(), p.demand)),
            ),
            _concentration("hhi", "HHI", "figures", _index, spread_of_hhi),
            _concentration(
                "top_1_share",
                "Top 1 share",
                "figures",
                lambda f: top_shares(_floored(f), 1),
                lambda s: _top(s, 1),
            ),
            _concentration(
                "top_3_share",
                "Top 3 share",
                "figures",
                lambda f: top_shares(_floored(f), 3),
                lambda s: _top(s, 3),
            ),
            _concentration(
                "n_minus_1",
                "N-1 supply",
                "figures",
                lambda f: n_minus_1(_floored(f)),
                _without_largest,
            ),
        ]
        if partner is not None:
            found.append(_share("figures", f"share_{partner}", f"{partner} share", partner))
    if importer is None:
        return tuple(found)
    if partner is not None:
        found += [
            _dependence("quantity", f"{importer} from {partner}, tonnes", importer, partner),
            _dependence("value", f"{importer} from {partner}, value", importer, partner),
        ]
    found += [
        _concentration("import_hhi", f"{importer} imports HHI", "quantity", _index, spread_of_hhi),
        Probe(
            name="imports_left",
            label=f"{importer} supply / need",
            of="quantity",
            exact=_imports_left,
            drawn=lambda p: _same(_ratio(_of(p, "quantity").total(), p.needed)),
        ),
    ]
    if taxed is not None:
        found.append(
            Probe(
                name="duty",
                label=f"Duty of {importer}",
                of="value",
                exact=_duty,
                drawn=lambda p: _same(p.duty),
                unit=taxed,
            )
        )
    return tuple(found)


def _concentration(
    name: str,
    label: str,
    of: str,
    exact: Callable[[Sequence[Figure]], Measure],
    drawn: Callable[[Supply], Spread],
) -> Probe:
    return Probe(
        name=name,
        label=label,
        of=of,
        exact=lambda standing: exact(getattr(standing, of)),
        drawn=lambda position: drawn(_of(position, of)),
    )


def _dependence(by: str, label: str, importer: str, partner: str) -> Probe:
    """The partner's share of what the importer takes, as ``dependence`` measures it."""

    def exact(figures: Sequence[Figure]) -> Measure:
        first = figures[0]
        flows = [replace(f, partner=f.country, country=importer) for f in figures]
        subject = f"{first.commodity} {first.year}"
        return _settled(import_share(partner, flows, basis=by, subject=subject))

    return _concentration(f"dependence_{by}", label, by, exact, lambda s: _part(s, partner))


def _settled(measure: Measure) -> Measure:
    """Give a share that is known to a twentieth of a percent point the middle of its bounds."""
    if measure.value is not None or measure.low is None or measure.high is None:
        return measure
    if measure.high - measure.low > _SETTLED:
        return measure
    middle = ((measure.low + measure.high) / 2).quantize(_PLACES, ROUND_HALF_EVEN)
    return replace(measure, value=middle)


def _index(figures: Sequence[Figure]) -> Measure:
    return hhi(_floored(figures))


def _floored(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Return figures with the least of an interval as their value: what is open bounds it above."""
    return tuple(
        replace(f, state="reported", value=f.low) if f.state == "interval" else f for f in figures
    )


def _share(of: str, name: str, label: str, country: str) -> Probe:
    return _concentration(
        name, label, of, lambda f: country_share(_floored(f), country), lambda s: _part(s, country)
    )


def _of(position: Position, of: str) -> Supply:
    supply: Supply | None = getattr(position, "supply" if of == "figures" else of)
    assert supply is not None
    return supply


def _supply_left(standing: Standing) -> Measure:
    position = standing.position
    return _against("supply_left", standing.figures, _of(position, "figures"), position.demand)


def _imports_left(standing: Standing) -> Measure:
    position = standing.position
    return _against("imports_left", standing.quantity, _of(position, "quantity"), position.needed)


def _against(name: str, figures: tuple[Figure, ...], supply: Supply, old: Decimal) -> Measure:
    value = (supply.total() / old).quantize(_PLACES, ROUND_HALF_EVEN) if old else None
    return _measure(name, figures, value, "1", "" if old else "there was no supply before")


def _duty(standing: Standing) -> Measure:
    unit = standing.value[0].unit
    paid = standing.position.duty.quantize(_PLACES, ROUND_HALF_EVEN)
    return _measure("duty", standing.value, paid, unit, "of the tariffs in the scenario alone")


def _measure(
    name: str, figures: tuple[Figure, ...], value: Decimal | None, unit: str, note: str
) -> Measure:
    first = figures[0]
    return Measure(
        name=name,
        subject=f"{first.commodity} {first.stage} {first.year}",
        value=value,
        low=value,
        high=value,
        unit=unit,
        method=METHOD,
        vintage=first.vintage,
        inputs=figures,
        note=note,
    )


def _same(value: Number) -> Spread:
    return Spread(value=value, low=value, high=value)


def _ratio(part: Number, whole: Number) -> Number:
    import numpy

    return numpy.divide(part, whole, out=numpy.full_like(part, numpy.nan), where=whole > 0)


def _matrix(supply: Supply) -> tuple[Number, Number, Number]:
    """Return the amounts of the listed countries (a row each), the rest, and what is open."""
    import numpy

    rows = numpy.array(list(supply.named.values()))
    return rows, supply.rest, sum(supply.open.values(), numpy.zeros_like(supply.rest))


def spread_of_hhi(supply: Supply) -> Spread:
    """Return the index of every column, with its bounds."""
    rows, rest, open_ = _matrix(supply)
    squares, total = (rows * rows).sum(axis=0), rows.sum(axis=0) + rest
    hidden = rest + open_
    low = _ratio(squares, (total + open_) ** 2)
    high = squares + hidden * hidden
    for country in supply.entered:  # what the source does not list may be this country's
        high = _larger(high, squares + hidden * hidden + 2 * hidden * supply.named[country])
    return Spread(value=low, low=low, high=_at_most_one(_ratio(high, total * total)))


def _larger(one: Number, other: Number) -> Number:
    import numpy

    return numpy.maximum(one, other)


def _at_most_one(share: Number) -> Number:
    import numpy

    return numpy.minimum(share, 1.0)


def _top(supply: Supply, n: int) -> Spread:
    import numpy

    rows, rest, open_ = _matrix(supply)
    total, hidden = rows.sum(axis=0) + rest, rest + open_
    ordered = -numpy.sort(-rows, axis=0)
    first = ordered[: n - 1].sum(axis=0)
    last = ordered[n - 1] if len(ordered) >= n else numpy.zeros_like(rest)
    high = first + _larger(last, hidden)
    if supply.entered:
        high = _larger(high, first + last + hidden)
    value = _ratio(first + last, total)
    return Spread(
        value=value,
        low=_ratio(first + last, total + open_),
        high=_at_most_one(_ratio(high, total)),
    )


def _without_largest(supply: Supply) -> Spread:
    largest = _top(supply, 1)
    assert largest.value is not None
    return Spread(value=1 - largest.value, low=1 - largest.high, high=1 - largest.low)


def _part(supply: Supply, country: str) -> Spread:
    rows, rest, open_ = _matrix(supply)
    total = rows.sum(axis=0) + rest
    if country not in supply.named:
        nothing = total * 0
        return Spread(value=None, low=nothing, high=_at_most_one(_ratio(rest + open_, total)))
    own = supply.named[country]
    hidden = rest + open_ if country in supply.entered else rest * 0
    value = _ratio(own, total)
    return Spread(
        value=value,
        low=_ratio(own, total + open_),
        high=_at_most_one(_ratio(own + hidden, total)),
    )
