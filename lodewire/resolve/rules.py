"""What makes two mentions one happening, type by type: roles, weights, windows, keys.

A part compares some roles. Its weight counts when they agree; when they clash it forbids the
merge, or counts against it. Weights are set so that the roles that name a happening reach the
threshold together (0.6), and a value alone never does. Values of a deal may differ ("1.88 bn",
"1.9 bn"): that is a conflict to show, no second deal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from lodewire.model.vocabulary import EventType
from lodewire.resolve import comparing as by

#: At or over: the same happening; over :data:`UNSURE`: an editor should look.
SAME, UNSURE = 0.6, 0.45
#: What telling it in the same sentence counts.
SAME_SENTENCE = 0.5
#: Two types of one family need more.
SAME_ACROSS_TYPES = 0.75


class Clash(Enum):
    """What follows when a part clashes."""

    FORBIDS = "forbids"
    FORBIDS_UNPLACED = "forbids unless the site agrees"
    COUNTS = "counts"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Roles compared together."""

    name: str
    roles: tuple[str, ...]
    compare: by.Compare
    weight: float
    clash: Clash = Clash.IGNORED


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How the mentions of one family of types are compared.

    ``window``: days between two mentions of one happening, at most; ``near``: days within which
    reporting together counts ``near_weight``; ``keys``: lists of parts whose values together
    bring two mentions to comparison. ``forecasts_apart``: guidance is not the report;
    ``told_days``: parts whose days may come from the day of the report, so that a copy printed
    later shifts them; ``paired``: parts that both mentions give, or neither (a mine's output is
    not its owner's).
    """

    family: str
    window: int
    parts: tuple[Part, ...]
    keys: tuple[tuple[str, ...], ...]
    near: int = 7
    near_weight: float = 0.1
    forecasts_apart: bool = False
    told_days: tuple[str, ...] = ()
    paired: tuple[str, ...] = ()

    def part(self, name: str) -> Part:
        """Return the part of that name."""
        return next(p for p in self.parts if p.name == name)


def _part(
    name: str,
    compare: by.Compare,
    weight: float,
    clash: Clash = Clash.IGNORED,
    roles: tuple[str, ...] = (),
) -> Part:
    return Part(name=name, roles=roles or (name,), compare=compare, weight=weight, clash=clash)


_NO, _LESS, _PLACE = Clash.FORBIDS, Clash.COUNTS, Clash.FORBIDS_UNPLACED
_MONEY = by.numbers("0.02")
_AMOUNT = by.numbers("0.01")
_RATE = by.numbers("0.001")

_ACQUISITION = Rule(
    family="acquisition",
    window=540,
    parts=(
        _part("acquirer", by.things, 0.35, _NO),
        _part("object", by.things, 0.35, _NO, ("target", "asset", "site")),
        _part("seller", by.things, 0.2, _LESS),
        _part("value", _MONEY, 0.2),
        _part("stake", _RATE, 0.1),
        _part("commodity", by.materials, 0.05),
        _part("country", by.countries, 0.05, _LESS),
    ),
    keys=(("acquirer",), ("object",)),
)

_SUPPLY = Rule(
    family="supply",
    window=365,
    parts=(
        _part("supplier", by.things, 0.3, _NO),
        _part("buyer", by.things, 0.3, _NO),
        _part("commodity", by.materials, 0.15, _NO),
        _part("site", by.things, 0.1, _LESS),
        _part("volume", _AMOUNT, 0.1),
        _part("value", _MONEY, 0.1),
        _part("country", by.countries, 0.05),
    ),
    keys=(("supplier",), ("buyer",)),
)

_PARTNERSHIP = Rule(
    family="partnership",
    window=400,
    parts=(
        _part("party", by.parties, 0.35, _NO),
        _part("one party", by.one_party, 0.25, roles=("party",)),
        _part("site", by.things, 0.3, _NO, ("site", "asset")),
        _part("country", by.countries, 0.15, _NO),
        _part("commodity", by.materials, 0.1, _LESS),
        _part("value", _MONEY, 0.1),
    ),
    keys=(("party",),),
)

_FINANCING = Rule(
    family="financing",
    window=120,
    parts=(
        _part("investor", by.things, 0.3, _NO),
        _part("recipient", by.things, 0.35, _NO),
        _part("value", _MONEY, 0.25, _LESS),
        _part("site", by.things, 0.1, _LESS),
        _part("purpose", by.phrases, 0.05),
        _part("commodity", by.materials, 0.05),
        _part("country", by.countries, 0.05),
    ),
    keys=(("recipient",), ("investor",)),
)

_TARIFF = Rule(
    family="tariff",
    told_days=("effective",),
    window=400,
    parts=(
        _part("authority", by.authorities, 0.25, _NO),
        _part("rate", _RATE, 0.25, _NO),
        _part("product", by.materials, 0.2, _NO),
        _part("target", by.countries, 0.15, _NO),
        _part("effective", by.near_days(45), 0.2, _LESS, ("effective_date",)),
    ),
    keys=(("authority", "rate"), ("authority", "product"), ("rate", "product")),
    near=4,
    near_weight=0.15,
)

_EXPORT = Rule(
    family="export",
    told_days=("effective",),
    window=400,
    parts=(
        _part("authority", by.authorities, 0.25, _NO),
        _part("product", by.materials, 0.3, _NO),
        _part("action", by.choices(), 0.2, _NO),
        _part("target", by.countries, 0.15, _NO),
        _part("effective", by.near_days(45), 0.2, _LESS, ("effective_date",)),
    ),
    keys=(("authority", "product"),),
)

_SANCTION = Rule(
    family="sanction",
    told_days=("effective",),
    window=90,
    parts=(
        _part("authority", by.authorities, 0.25, _NO),
        # A country under many sanctions says less than a company named.
        _part("target", by.things, 0.2, _NO),
        _part("named target", by.named_things, 0.15, roles=("target",)),
        _part("product", by.materials, 0.15, _LESS),
        _part("action", by.phrases, 0.1),
        _part("effective", by.near_days(7), 0.2, _LESS, ("effective_date",)),
    ),
    keys=(("authority", "target"), ("authority", "product")),
)

_POLICY = Rule(
    family="policy",
    told_days=("period",),
    window=120,
    parts=(
        _part("authority", by.authorities, 0.2, _NO),
        _part("action", by.phrases, 0.3, _LESS),
        _part("sector", by.materials, 0.2, _NO),
        _part("period", by.near_days(0), 0.15, _NO),
        _part("country", by.countries, 0.1, _NO),
    ),
    keys=(("authority",), ("country", "sector")),
    near_weight=0.15,
)

_PERMIT = Rule(
    family="permit",
    window=500,
    parts=(
        _part("site", by.things, 0.35, _NO),
        _part("holder", by.things, 0.25, _NO),
        _part("authority", by.authorities, 0.15, _LESS),
        # What was applied for is then granted or denied: one life.
        _part("action", by.choices(either=frozenset(("applied",))), 0.2, _NO),
        _part("commodity", by.materials, 0.05),
        _part("country", by.countries, 0.05, _NO),
    ),
    keys=(("site",), ("holder",)),
)

_MILESTONE = Rule(
    family="milestone",
    window=200,
    parts=(
        _part("site", by.things, 0.4, _NO),
        _part("operator", by.things, 0.2, _PLACE),
        _part("stage", by.choices(), 0.2, _NO),
        _part("commodity", by.materials, 0.1, _LESS),
        _part("capacity", _AMOUNT, 0.1),
        _part("country", by.countries, 0.05, _NO),
    ),
    keys=(("site",), ("operator", "stage")),
    near=14,
)

_DISRUPTION = Rule(
    family="disruption",
    told_days=("date",),
    window=60,
    parts=(
        _part("site", by.things, 0.4, _NO),
        _part("operator", by.things, 0.2, _PLACE),
        _part("cause", by.choices(either=frozenset(("other",))), 0.15, _NO),
        _part("country", by.countries, 0.1, _NO),
        _part("commodity", by.materials, 0.1, _LESS),
        _part("volume", by.numbers("0.05"), 0.1),
        _part("date", by.near_days(10), 0.1, _LESS),
    ),
    keys=(("site",), ("operator",)),
    near=10,
    near_weight=0.15,
)

_PRODUCTION = Rule(
    family="production",
    told_days=("period",),
    window=60,
    parts=(
        _part("operator", by.things, 0.3, _NO),
        _part("commodity", by.materials, 0.15, _NO),
        _part("period", by.same_days, 0.25, _NO),
        _part("site", by.things, 0.2, _NO),
        _part("volume", _AMOUNT, 0.2, _LESS),
        _part("change", _AMOUNT, 0.1),
    ),
    keys=(("operator", "commodity"), ("site", "commodity")),
    near=10,
    forecasts_apart=True,
    paired=("site",),
)

_RESOURCE = Rule(
    family="resource",
    window=120,
    parts=(
        _part("site", by.things, 0.35, _NO),
        _part("category", by.phrases, 0.2, _NO),
        _part("operator", by.things, 0.1, _PLACE),
        _part("commodity", by.materials, 0.1, _NO),
        _part("tonnage", _AMOUNT, 0.2, _LESS),
        _part("grade", _AMOUNT, 0.1, _LESS),
        _part("contained", _AMOUNT, 0.15, _LESS),
    ),
    keys=(("site",),),
)

_PRICE = Rule(
    family="price",
    told_days=("day",),
    window=3,
    parts=(
        _part("benchmark", by.benchmarks, 0.35, _NO),
        _part("commodity", by.materials, 0.2, _NO),
        # A price on one day is not the price on the next.
        _part("day", by.same_days, 0.25, _NO, ("when",)),
        _part("level", by.numbers("0.005"), 0.2),
        _part("far level", by.numbers("0.05"), 0.0, _NO, ("level",)),
        _part("change", by.numbers("0.2", signed=False), 0.1, _NO),
        _part("direction", by.choices(), 0.05, _NO),
    ),
    keys=(("commodity", "day"), ("benchmark", "day")),
    near=0,
    near_weight=0.0,
)

_FORECAST = Rule(
    family="forecast",
    told_days=("horizon",),
    window=30,
    parts=(
        _part("forecaster", by.things, 0.3, _NO),
        _part("variable", by.phrases, 0.2, _LESS),
        _part("commodity", by.materials, 0.15, _NO),
        _part("horizon", by.same_days, 0.2, _NO),
        _part("level", _AMOUNT, 0.2, _LESS),
        _part("change", _AMOUNT, 0.15, _LESS),
    ),
    keys=(("forecaster", "commodity"), ("commodity", "horizon"), ("commodity", "level")),
    near=10,
)

RULES: Mapping[EventType, Rule] = {
    EventType.EXPLORATION_AGREEMENT: _PARTNERSHIP,
    EventType.JOINT_VENTURE: _PARTNERSHIP,
    EventType.SUPPLY_AGREEMENT: _SUPPLY,
    EventType.ACQUISITION: _ACQUISITION,
    EventType.FINANCING: _FINANCING,
    EventType.TARIFF: _TARIFF,
    EventType.EXPORT_RESTRICTION: _EXPORT,
    EventType.SANCTION: _SANCTION,
    EventType.POLICY_MEASURE: _POLICY,
    EventType.PERMIT: _PERMIT,
    EventType.PROJECT_MILESTONE: _MILESTONE,
    EventType.DISRUPTION: _DISRUPTION,
    EventType.PRODUCTION_REPORT: _PRODUCTION,
    EventType.RESOURCE_ESTIMATE: _RESOURCE,
    EventType.PRICE_LEVEL: _PRICE,
    EventType.PRICE_CHANGE: _PRICE,
    EventType.FORECAST: _FORECAST,
}
