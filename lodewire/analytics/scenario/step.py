"""One change at work on a position: its values, and what several kinds of change do alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lodewire.analytics.scenario.arithmetic import Arithmetic, Number
from lodewire.analytics.scenario.inputs import WORLD_INPUT, Key
from lodewire.analytics.scenario.position import SHARE_UNITS, TONNES, Position, Supply
from lodewire.errors import UnitError
from lodewire.model.scenario import Change, Scenario
from lodewire.ontology.countries import load_countries
from lodewire.ontology.units import convert


@dataclass(slots=True)
class Step:
    """One change at work on a position, with the values of its inputs."""

    position: Position
    scenario: Scenario
    change: Change
    at: int
    values: Mapping[Key, Number]
    day: date
    by: Arithmetic
    leaks: dict[str, Number]
    old: dict[str, Number]

    def value(self, name: str) -> Number:
        """Return the value of one of the change's inputs."""
        return self.values[self.at, name]

    def amount(self, name: str, unit: str, supply: Supply) -> Number | None:
        """Return an input in a supply's unit; None, with a fault, where it has no way there."""
        factor = self._factor(unit, supply)
        return None if factor is None else self.value(name) * factor

    def _factor(self, unit: str, supply: Supply) -> Number | None:
        if supply.unit in SHARE_UNITS:
            if WORLD_INPUT not in self.values:
                supply.faults.append(
                    f"the figures are shares, and {unit} cannot be set against them: the scenario "
                    "does not say how much the world's supply is (--world, or world in the file)"
                )
                return None
            into = between(unit, self.scenario.world_unit)
            if into is None:
                supply.faults.append(f"{unit} is no part of {self.scenario.world_unit}")
                return None
            return self.by.ratio(self.old["listed"] * self.by.number(into), self._world())
        into = between(unit, supply.unit)
        if into is None:
            supply.faults.append(f"{unit} cannot be turned into {supply.unit}, as the figures are")
            return None
        return self.by.number(into)

    def _world(self) -> Number:
        return self.values[WORLD_INPUT]

    def hits(self, countries: tuple[str, ...]) -> bool:
        """Tell whether the importer is among countries or blocs; no countries are all."""
        importer = self.position.importer
        if importer is None:
            return False
        if not countries or importer in members(countries):
            return True
        within = sorted(members((importer,)) & members(countries))
        if within:
            note(self, f"{', '.join(within)} is a part of {importer}: its part is not known")
        return False

    def reaches(self, to: str) -> bool:
        """Tell whether what is sent to a country or bloc comes to the importer as a whole."""
        importer = self.position.importer
        if importer is not None and importer != to and importer in members((to,)):
            note(self, f"{importer} is a part of {to}: what of it comes there is not known")
        return importer is not None and to in members((importer,))


def members(countries: tuple[str, ...]) -> frozenset[str]:
    """Return the countries, with the members of those that are blocs."""
    known = load_countries()
    found = set(countries)
    for country in countries:
        if country in known:
            found.update(known[country].members)
    return frozenset(found)


def between(unit: str, other: str) -> Decimal | None:
    """Return how many of ``other`` make one of ``unit``; None where they measure two things."""
    try:
        return convert(Decimal(1), unit, other)
    except UnitError:
        return None


def scale_trade(step: Step, country: str, ratio: Number | None) -> None:
    """Multiply what the importer takes from a country; a ratio of None is a fault."""
    for trade in step.position.trades():
        if country in trade.unknown:
            continue
        if country not in trade.named:
            note(step, f"{country} is not listed by itself among the importer's partners")
        elif ratio is None:
            trade.faults.append(f"what {country} still sends cannot be told from the figures")
        else:
            trade.scale(country, ratio)


def note(step: Step, text: str) -> None:
    """Say once what a reader of the outcome must know."""
    if text not in step.position.notes:
        step.position.notes.append(text)


def in_shares(step: Step, quantity: Supply, unit: str) -> bool:
    """Tell whether trade is told in shares, which tonnes cannot be set against: a fault."""
    if quantity.unit not in SHARE_UNITS:
        return False
    importer = step.position.importer
    quantity.faults.append(
        f"what {importer} uses is known in shares: {unit} cannot be set against them"
    )
    return True


def add_own(step: Step, country: str, amount: Number, unit: str) -> None:
    """Add supply of the importer's own; its value is that of the imports it stands beside."""
    quantity, value = step.position.quantity, step.position.value
    if quantity is None or in_shares(step, quantity, unit) or value is None:
        return
    into = between(unit, TONNES)
    if into is not None:
        step.position.added = step.position.added + amount * step.by.number(into)
    if into is None:
        quantity.faults.append(f"{unit} cannot be turned into tonnes")
        return
    if not value.named or value.unknown != quantity.unknown:
        value.faults.append("what the importer's own supply is worth cannot be told")
        quantity.add(country, amount * step.by.number(into))
        return
    tonnes = amount * step.by.number(into)
    mean = step.by.ratio(value.total(), quantity.total())
    quantity.add(country, tonnes)
    value.add(country, tonnes * mean)
