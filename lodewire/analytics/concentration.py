"""Concentration of supply: Herfindahl-Hirschman index, top shares, shares, loss of the largest.

Pure functions over reference figures of one commodity, stage, year, unit, basis and vintage, or
over plain amounts by country: ``hhi({"CN": 70, "AU": 20, "OTHER": 10})``. Shares are parts of the
sum that the source lists; "OTHER" is spread or bundled to bound what it hides.

Sources: the index is the sum of squared shares (O. C. Herfindahl 1950; A. O. Hirschman 1945), here
on the scale 0..1; for its bands see ``bands``. Treating countries that are not listed as many small
ones gives the lower bound, as one gives the upper. N-1 is the supply left when the largest is lost.
Shares that a source publishes itself are measured in ``published_shares``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import product

from lodewire.analytics.bands import Band, hhi_band
from lodewire.analytics.given import Told, amounts_of
from lodewire.analytics.intervals import Number, decimal_of
from lodewire.errors import MeasureError
from lodewire.model.measure import OTHER, WORLD, Figure, Measure

__all__ = [
    "OTHER",
    "ROUNDING",
    "WORLD",
    "Band",
    "country_share",
    "country_shares",
    "diluted",
    "hhi",
    "hhi_band",
    "n_minus_1",
    "top_shares",
]

Supply = Iterable[Figure] | Mapping[str, Told] | Iterable[Number]
"""Figures of one table, or country -> amount ("OTHER" and "WORLD" as well), or amounts alone."""

ROUNDING = Decimal("0.04")
"""How far a listed sum may lie from a world total that its source rounds, as a part of it.

USGS rounds totals to one to three significant digits; in the tables of its 2024 edition the sums
differ by at most 3.5 %. A larger gap is supply that the table does not list.
"""

_PLACES = Decimal("0.000001")
_ZERO = Decimal(0)
_ONE = Decimal(1)
_ROUNDS = 60
_MOST_OPEN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Supply:
    """Figures sorted out: who supplies how much, what is hidden, and what speaks against it.

    ``rest`` is supply known in sum but not by country; ``open`` may or may not exist on top of it
    (figures given as "less than"). ``more`` is what a country known within bounds may have beyond
    its least; ``blank`` counts withheld countries that no total holds, which may have anything.
    ``fault`` says why nothing can be computed.
    """

    inputs: tuple[Figure, ...]
    named: tuple[tuple[str, Decimal], ...]
    rest: Decimal
    open: Decimal
    unknown: tuple[str, ...]
    more: Mapping[str, Decimal]
    blank: int
    notes: tuple[str, ...]
    fault: str | None

    @property
    def total(self) -> Decimal:
        return sum((v for _, v in self.named), _ZERO) + self.rest

    @property
    def most(self) -> Decimal:
        """All that may be there beside what is withheld."""
        return self.total + self.open + sum(self.more.values(), _ZERO)

    @property
    def settled(self) -> bool:
        """Whether the amounts have one value: none within bounds, none beyond every total."""
        return not self.more and not self.blank


def hhi(figures: Supply) -> Measure:
    """Return the Herfindahl-Hirschman index, 0..1, of the countries' shares (method "hhi/1").

    ``low``: countries not listed are many and small; ``high``: they are one. ``value`` is the lower
    bound, the usual convention. ``coverage`` is the part of supply that is known by country. Where
    the figures cannot bear it (nothing known, a "more than" figure, more listed than the world
    total) value and bounds are None and ``note`` says why. Raises MeasureError when the figures do
    not belong together.
    """
    supply = _sort_out(figures)
    if supply.fault is not None:
        return _refusal("hhi", "hhi/1", supply)
    squares = sum((v * v for _, v in supply.named), _ZERO)
    hidden = supply.rest + supply.open
    low = squares / (supply.total + supply.open) ** 2
    high = (squares + hidden * hidden) / supply.total**2
    if supply.more:
        low, high = _within_bounds(supply)
    if supply.blank:
        # Least where each withheld amount is squares / total; with ever more of one, it nears one.
        low, high = low / (1 + supply.blank * low), _ONE
    return _measure("hhi", "hhi/1", supply, low if supply.settled else None, low, high)


def _within_bounds(supply: _Supply) -> tuple[Decimal, Decimal]:
    """The least and most of the index over amounts known within bounds.

    Its root is a norm over a sum, which is quasiconvex: least where each open amount is as near to
    squares / total as its bounds let it, most at a corner. Of more than eight open amounts the
    corners are not tried, and the upper bound lies above them all.
    """
    low = {c: v for c, v in supply.named if c not in supply.more}
    spans = [(v, v + supply.more[c]) for c, v in supply.named if c in supply.more]
    fixed, kept = sum(low.values(), _ZERO), sum((v * v for v in low.values()), _ZERO)
    hidden = supply.rest + supply.open
    told = [least for least, _ in spans]
    for _ in range(_ROUNDS):
        level = (kept + sum(v * v for v in told)) / (fixed + hidden + sum(told))
        told = [min(max(level, least), most) for least, most in spans]
    lowest = (kept + sum(v * v for v in told)) / (fixed + hidden + sum(told)) ** 2
    if len(spans) > _MOST_OPEN:
        most = kept + sum(high * high for _, high in spans) + hidden * hidden
        return lowest, min(most / supply.total**2, _ONE)
    highest = max(
        (kept + sum(v * v for v in corner) + held * held) / (fixed + held + sum(corner)) ** 2
        for corner in product(*spans)
        for held in (supply.rest, hidden)
        if fixed + held + sum(corner)
    )
    return lowest, highest


def top_shares(figures: Supply, n: int = 3) -> Measure:
    """Return the share of the ``n`` largest countries together, 0..1 (method "top_shares/1").

    ``high`` allows that the supply not listed is one country among them. Refuses as ``hhi`` does;
    raises MeasureError when ``n`` is below one or the figures do not belong together.
    """
    if n < 1:
        raise MeasureError(f"the largest {n} countries: n must be one or more")
    supply = _sort_out(figures)
    if supply.fault is not None:
        return _refusal(f"top_{n}_share", "top_shares/1", supply)
    values = [v for _, v in supply.named]
    top = sum(values[:n], _ZERO)
    last = values[n - 1] if len(values) >= n else _ZERO
    ends = sorted((v + supply.more.get(c, _ZERO) for c, v in supply.named), reverse=True)
    tail = ends[n - 1] if len(ends) >= n else _ZERO
    with_hidden = sum(ends[: n - 1], _ZERO) + max(tail, supply.rest + supply.open)
    whole = supply.most + supply.blank * last
    names = ", ".join(c for c, v in supply.named[:n] if v)
    measure = _measure(
        f"top_{n}_share",
        "top_shares/1",
        supply,
        top / supply.total if supply.settled else None,
        top / whole,
        _ONE if supply.blank else min(with_hidden / supply.total, _ONE),
    )
    return _with_note(measure, names)


def country_share(figures: Supply, country: str) -> Measure:
    """Return the share of one country, 0..1 (method "country_share/1").

    ``country`` is ISO 3166-1 alpha-2. A country that the source withholds or does not list has no
    value, only bounds: none to all of what is not listed. Refuses and raises as ``hhi`` does.
    """
    supply = _sort_out(figures)
    name = f"share_{country}"
    if supply.fault is not None:
        return _refusal(name, "country_share/1", supply)
    for listed, value in supply.named:
        if listed == country:
            return _listed_share(supply, country, value)
    if country in supply.unknown and not supply.rest:
        blind = _measure(name, "country_share/1", supply, None, _ZERO, Decimal(1))
        return _with_note(blind, f"{country} is withheld and no total tells its part")
    high = (supply.rest + supply.open) / supply.total
    hidden = _measure(name, "country_share/1", supply, None, _ZERO, min(high, Decimal(1)))
    return _with_note(hidden, f"{country} is not listed by itself")


def country_shares(figures: Supply) -> tuple[tuple[str, Measure], ...]:
    """Return (country, share) of every country with an amount, the largest first.

    As ``country_share`` gives each; empty where it would refuse.
    """
    supply = _sort_out(figures)
    if supply.fault is not None:
        return ()
    return tuple((c, _listed_share(supply, c, value)) for c, value in supply.named)


def _listed_share(supply: _Supply, country: str, value: Decimal) -> Measure:
    share = value / supply.total
    low = _ZERO if supply.blank else value / supply.most
    more = supply.more.get(country, _ZERO)
    high = (value + more) / (supply.total + more)
    told = share if supply.settled else None
    return _measure(f"share_{country}", "country_share/1", supply, told, low, high)


def n_minus_1(figures: Supply) -> Measure:
    """Return the supply left when the largest country is lost, 0..1 (method "n_minus_1/1").

    ``low`` allows that what is not listed is one country larger than it. Refuses and raises as
    ``hhi`` does.
    """
    supply = _sort_out(figures)
    if supply.fault is not None:
        return _refusal("n_minus_1", "n_minus_1/1", supply)
    country, top = supply.named[0]
    ends = [v + supply.more.get(c, _ZERO) for c, v in supply.named]
    largest = max(*ends, supply.rest + supply.open)
    value = 1 - top / supply.total if supply.settled else None
    measure = _measure(
        "n_minus_1",
        "n_minus_1/1",
        supply,
        value,
        _ZERO if supply.blank else max(1 - largest / supply.total, _ZERO),
        1 - top / (supply.most + supply.blank * top),
    )
    return _with_note(measure, f"without {country}")


def diluted(index: Number, added: Number) -> Decimal:
    """Return the index after a newcomer adds ``added`` (a part of today's supply) to it.

    (H + d^2) / (1 + d)^2: every share shrinks by 1 + d and the newcomer's d / (1 + d) joins them.
    ``index`` 0..1, ``added`` zero or more; raises MeasureError outside.
    """
    index, added = decimal_of(index), decimal_of(added)
    if not _ZERO <= index <= 1 or added < 0:
        raise MeasureError(
            f"an index of {index} and {added} more supply",
            hint="The index lies in 0..1, what is added is zero or more of today's supply",
        )
    return (index + added * added) / (1 + added) ** 2


def _sort_out(figures: Supply) -> _Supply:
    inputs = amounts_of(figures)
    _check_alike(inputs)
    reported = {f.country: f.value for f in inputs if f.state == "reported" and f.value is not None}
    bounded = [f for f in inputs if f.state == "interval" and f.low is not None]
    reported |= {f.country: f.low for f in bounded if f.low is not None}
    more = {f.country: f.high - f.low for f in bounded if f.high is not None and f.low is not None}
    world, rest = reported.pop(WORLD, None), reported.pop(OTHER, _ZERO)
    named = sorted(reported.items(), key=lambda pair: (-pair[1], pair[0]))
    unknown = tuple(
        sorted(
            f.country
            for f in inputs
            if f.value is None and f.country != WORLD and f.country not in more
        )
    )
    # Within a world total they are part of its rest; without one nothing holds them.
    blank = 0 if world is not None else len(unknown)
    faults = [
        f"{f.country} is only known to be more than {f.value} {f.unit}"
        for f in inputs
        if f.state == "more_than"
    ]
    notes = []
    gap, told = _gap(sum(reported.values(), _ZERO) + rest, world)
    if gap is None:
        faults.append(told)
    elif gap:
        notes.append(told)
    if unknown:
        notes.append(f"not known: {', '.join(unknown)}")
    if not named or not named[0][1]:
        faults.append("no country has a value above zero")
    return _Supply(
        inputs=inputs,
        named=tuple(named),
        rest=rest + (gap or _ZERO),
        open=sum((f.value or _ZERO for f in inputs if f.state == "less_than"), _ZERO),
        unknown=unknown,
        more={c: m for c, m in more.items() if m},
        blank=blank,
        notes=tuple(notes),
        fault=faults[0] if faults else None,
    )


def _gap(listed: Decimal, world: Decimal | None) -> tuple[Decimal | None, str]:
    """Return what the world total holds beyond the list; None when it holds less than the list."""
    if world is None or not world or abs(world - listed) <= ROUNDING * world:
        return _ZERO, ""
    if listed > world:
        return None, f"the countries listed ({listed}) exceed the world total ({world})"
    return world - listed, f"{world - listed} of {world} is not listed by country"


def _check_alike(inputs: Sequence[Figure]) -> None:
    if not inputs:
        raise MeasureError("no figures to measure", hint="Ask for a commodity, stage and year")
    first = inputs[0]
    for field in ("commodity", "stage", "year", "unit", "basis", "source", "vintage"):
        values = {getattr(f, field) for f in inputs}
        if len(values) > 1:
            shown = ", ".join(sorted(map(str, values)))
            raise MeasureError(f"figures of different {field} cannot be joined: {shown}")
    countries = [f.country for f in inputs]
    if len(set(countries)) != len(countries):
        twice = sorted({c for c in countries if countries.count(c) > 1})
        raise MeasureError(f"{first.commodity} {first.year}: two figures for {', '.join(twice)}")
    for figure in inputs:
        if figure.value is not None and figure.value < 0:
            raise MeasureError(f"{first.commodity}: {figure.country} is below zero")


def _measure(
    name: str,
    method: str,
    supply: _Supply,
    value: Decimal | None,
    low: Decimal,
    high: Decimal,
) -> Measure:
    first = supply.inputs[0]
    covered = sum((v for _, v in supply.named), _ZERO) / supply.most
    return Measure(
        name=name,
        subject=f"{first.commodity} {first.stage} {first.year}",
        value=None if value is None else _round(value),
        low=_round(low),
        high=_round(high),
        unit="1",
        method=method,
        vintage=first.vintage,
        inputs=supply.inputs,
        # A withheld country outside the total leaves open how much of the world is covered.
        coverage=None if supply.unknown and not supply.rest else _round(covered),
        note="; ".join(supply.notes),
    )


def _refusal(name: str, method: str, supply: _Supply) -> Measure:
    first = supply.inputs[0]
    return Measure(
        name=name,
        subject=f"{first.commodity} {first.stage} {first.year}",
        value=None,
        low=None,
        high=None,
        unit="1",
        method=method,
        vintage=first.vintage,
        inputs=supply.inputs,
        note=supply.fault or "",
    )


def _with_note(measure: Measure, text: str) -> Measure:
    return replace(measure, note="; ".join(n for n in (text, measure.note) if n))


def _round(value: Decimal) -> Decimal:
    return value.quantize(_PLACES, rounding=ROUND_HALF_EVEN)
