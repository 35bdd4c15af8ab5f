"""Positions: who supplies how much, in the world and to one importer, ready to be changed.

A position is made from figures and trade flows, changed by ``combining``, and turned back. What a
source does not list by country, withholds, or gives as "less than" stays what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from lodewire.analytics.concentration import OTHER, ROUNDING, WORLD
from lodewire.analytics.scenario.arithmetic import Arithmetic, Exact, Number
from lodewire.errors import MeasureError, ScenarioError, UnitError
from lodewire.model.measure import Figure
from lodewire.model.scenario import TradeFlow
from lodewire.ontology.units import convert

SHARE_UNITS = frozenset({"1", "share", "%"})
"""Units of figures that are parts of the world's supply."""

TONNES = "t"
TRADE = "imports"

_ZERO = Decimal(0)
_ONE = Decimal(1)


@dataclass(slots=True)
class Supply:
    """Amounts by country. ``rest`` is known in sum only, ``open`` may or may not exist on top.

    ``entered`` are countries that the source does not list and a change brought in: part of
    ``rest`` may be theirs. ``faults`` say why what a change does to it cannot be told.
    """

    unit: str
    named: dict[str, Number]
    open: dict[str, Number]
    rest: Number
    unknown: frozenset[str]
    entered: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def total(self) -> Number:
        """Return the sum of what is known."""
        return sum(self.named.values(), self.rest)

    def scale(self, country: str, factor: Number) -> None:
        """Multiply what a country gives, as far as it is known."""
        for amounts in (self.named, self.open):
            if country in amounts:
                amounts[country] = amounts[country] * factor

    def scale_all(self, factor: Number, *, but: tuple[str | None, ...] = ()) -> None:
        """Multiply what every country gives, the unlisted ones too, but for some."""
        for country in dict.fromkeys((*self.named, *self.open)):
            if country not in but:
                self.scale(country, factor)
        self.rest = self.rest * factor

    def add(self, country: str, amount: Number) -> None:
        """Add to what a country gives."""
        if country in self.unknown:
            self.faults.append(f"what {country} gives is withheld: nothing can be added to it")
            return
        if country not in self.named:
            self.entered.add(country)
        self.named[country] = self.named[country] + amount if country in self.named else amount

    def lists(self, country: str) -> bool:
        """Tell whether the source lists the country by itself, with a value or a bound."""
        return country in self.named or country in self.open


@dataclass(slots=True)
class Position:
    """Supply of the world, and what one importer takes, by quantity and by value.

    ``demand`` and ``needed`` are the old totals of supply and of the importer's imports, which what
    is left is held against. ``duty`` is the money that tariffs take of the importer's imports.
    ``partner`` is the country that dependence is measured on. ``made`` is the part of the
    importer's own output that is left, ``added`` what a change adds to it, in tonnes (of a bloc's
    shares: in parts of its use). ``sourcing`` is a bloc's own position, in shares of what it uses.
    ``taken_abroad`` is what the importer took from its partners before, in tonnes.
    """

    supply: Supply | None
    demand: Number
    importer: str | None
    quantity: Supply | None
    value: Supply | None
    needed: Number
    duty: Number
    made: Number
    added: Number
    partner: str | None = None
    sourcing: Position | None = None
    taken_abroad: Decimal | None = None
    notes: list[str] = field(default_factory=list)

    def trades(self) -> tuple[Supply, ...]:
        """Return what the importer takes, by quantity and by value, as far as it is there."""
        return tuple(s for s in (self.quantity, self.value) if s is not None)


def position_of(
    figures: Sequence[Figure],
    flows: Sequence[TradeFlow],
    importer: str | None,
    by: Arithmetic,
    partner: str | None = None,
    sourcing: Sequence[Figure] = (),
) -> Position:
    """Return the position that figures and flows describe.

    Figures belong to one commodity, stage, year, unit and vintage. Flows are the importer's alone.
    ``sourcing``: shares of what a bloc uses, ``country`` the bloc and ``partner`` who supplies.
    Raises MeasureError where they do not belong together.
    """
    supply = supply_of(figures, by) if figures else None
    own = [f for f in flows if f.importer == importer]
    quantity = supply_of(by_quantity(own), by) if own else None
    value = supply_of(by_value(own), by) if own else None
    zero = by.number(_ZERO)
    return Position(
        supply=supply,
        demand=supply.total() if supply else zero,
        importer=importer if own else None,
        quantity=quantity,
        value=value,
        needed=quantity.total() if quantity else zero,
        duty=zero,
        made=by.number(_ONE),
        added=zero,
        partner=partner,
        sourcing=_sourced(sourcing, by) if sourcing else None,
        taken_abroad=_taken_abroad(own, importer) if own else None,
    )


def _taken_abroad(own: Sequence[TradeFlow], importer: str | None) -> Decimal:
    told = supply_of(by_quantity(own), Exact())
    return Decimal(told.total() - told.named.get(importer or "", _ZERO))


def _sourced(sourcing: Sequence[Figure], by: Arithmetic) -> Position:
    quantity, zero = supply_of(by_partner(sourcing), by), by.number(_ZERO)
    return Position(
        supply=None,
        demand=zero,
        importer=sourcing[0].country,
        quantity=quantity,
        value=None,
        needed=quantity.total(),
        duty=zero,
        made=by.number(_ONE),
        added=zero,
    )


def by_partner(sourcing: Iterable[Figure]) -> tuple[Figure, ...]:
    """Return a bloc's sourcing as figures of who supplies."""
    return tuple(replace(f, country=f.partner, partner="") for f in sourcing)


def supply_of(figures: Sequence[Figure], by: Arithmetic) -> Supply:
    """Sort figures out; a world total that lies within its rounding of the list is left out."""
    named = {c: low for c, low in map(_least, figures) if low is not None}
    world, rest = named.pop(WORLD, None), named.pop(OTHER, _ZERO)
    listed = sum(named.values(), rest)
    faults = [f"{f.country} is only known to be more than {f.value}" for f in _above(figures)]
    if world is not None and abs(world - listed) > ROUNDING * world:
        if listed > world:
            faults.append(f"the countries listed ({listed}) exceed the world total ({world})")
        else:
            rest += world - listed
    unknown = (f.country for f in figures if _is_unknown(f))
    return Supply(
        unit=figures[0].unit,
        named={country: by.number(value) for country, value in named.items()},
        open={c: by.number(more) for c, more in map(_open, figures) if more is not None},
        rest=by.number(rest),
        unknown=frozenset(unknown),
        faults=faults,
    )


def _above(figures: Iterable[Figure]) -> Iterator[Figure]:
    return (f for f in figures if f.state == "more_than")


def _least(figure: Figure) -> tuple[str, Decimal | None]:
    """Country and what it gives at least; nothing where only an upper bound is known."""
    if figure.state == "interval":
        return figure.country, figure.low
    return figure.country, figure.value if figure.state == "reported" else None


def _open(figure: Figure) -> tuple[str, Decimal | None]:
    """Country and what it may give on top of that."""
    if figure.state == "less_than":
        return figure.country, figure.value
    if figure.state == "interval" and figure.low is not None and figure.high is not None:
        return figure.country, figure.high - figure.low
    return figure.country, None


def _is_unknown(figure: Figure) -> bool:
    bounded = figure.value is not None or figure.low is not None
    return not bounded and figure.country not in (WORLD, OTHER)


def by_quantity(flows: Iterable[TradeFlow]) -> tuple[Figure, ...]:
    """Return an importer's flows as figures in tonnes, a partner each.

    Raises MeasureError where a unit is no mass.
    """
    return tuple(_with_bounds(f, told) for f, told in _each(flows, _tonnes, lambda _: TONNES))


def by_value(flows: Iterable[TradeFlow]) -> tuple[Figure, ...]:
    """Return an importer's flows as figures in money, a partner each."""
    return tuple(f for f, _ in _each(flows, lambda f: f.value, lambda f: f.currency))


def _with_bounds(figure: Figure, flow: TradeFlow) -> Figure:
    if flow.quantity is not None or flow.quantity_low is None or flow.quantity_high is None:
        return figure
    low, high = (
        convert(bound, flow.unit, TONNES) for bound in (flow.quantity_low, flow.quantity_high)
    )
    return replace(figure, state="interval", low=low, high=high)


def _each(
    flows: Iterable[TradeFlow],
    amount: Callable[[TradeFlow], Decimal | None],
    unit: Callable[[TradeFlow], str],
) -> Iterator[tuple[Figure, TradeFlow]]:
    for flow in flows:
        value = amount(flow)
        yield (
            Figure(
                commodity=flow.commodity,
                stage=TRADE,
                country=flow.partner,
                year=flow.year,
                value=value,
                unit=unit(flow),
                basis=f"imports of {flow.importer}",
                source=flow.source,
                vintage=flow.vintage,
                state="not_available" if value is None else "reported",
                measured=TRADE,
            ),
            flow,
        )


def _tonnes(flow: TradeFlow) -> Decimal | None:
    if flow.quantity is None:
        return None
    try:
        return convert(flow.quantity, flow.unit, TONNES)
    except UnitError as error:
        raise MeasureError(
            f"imports of {flow.importer} from {flow.partner}: {error.message}",
            hint="Quantities of trade are masses, such as t or kg",
        ) from error


def figures_after(before: Sequence[Figure], supply: Supply) -> tuple[Figure, ...]:
    """Return the figures of a changed supply; each says that it stands on its source.

    The world total is the sum of what is there, and left out where nothing is withheld. Raises
    ScenarioError when the supply has faults.
    """
    if supply.faults:
        raise ScenarioError(supply.faults[0], hint="Give the figure, or leave the change out")
    first = before[0]
    told = {f.country: f for f in before}
    source = f"scenario on {first.source}"
    blank = replace(first, state="reported", estimated=True, low=None, high=None)
    amounts = {**supply.named, **({OTHER: supply.rest} if supply.rest else {})}
    found = [
        _figure_after(told.get(country, blank), country, value, supply.open.get(country), source)
        for country, value in amounts.items()
    ]
    found += [
        replace(told[c], value=v, source=source) for c, v in supply.open.items() if c not in amounts
    ]
    withheld = [f for f in before if f.value is None and f.country in supply.unknown]
    found += [replace(f, source=source) for f in withheld]
    if withheld and WORLD in told:
        # What is withheld lies within the world's total, as it did before.
        found.append(replace(told[WORLD], value=supply.total(), source=source))
    return tuple(found)


def _figure_after(
    before: Figure, country: str, value: Decimal, more: Decimal | None, source: str
) -> Figure:
    after = replace(before, country=country, source=source)
    if not more:
        return replace(after, state="reported", value=value, low=None, high=None)
    return replace(after, state="interval", value=None, low=value, high=value + more)
