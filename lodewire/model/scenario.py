"""Scenarios: dated changes of supply, demand and trade, with a stated range for what is uncertain.

A change says what would be different, from when to when, and what it rests on. Shares lie in 0..1;
amounts of material carry a unit of mass a year. Nothing here computes: see
``lodewire/analytics/scenario``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import ClassVar

from lodewire.errors import ScenarioError
from lodewire.model.ranges import ALL, NONE, UNSTATED_SHARE, Range

ASSUMED = "assumed by the user"
"""The evidence of a change that rests on no event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What all changes have: first and last day (None: open), and the evidence.

    ``evidence`` is an event's id, or ASSUMED.
    """

    kind: ClassVar[str] = ""
    parts: ClassVar[tuple[str, ...]] = ()  # inputs that are parts of a whole

    start: date | None = None
    end: date | None = None
    evidence: str = ASSUMED

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ScenarioError(
                f"a change that starts on {self.start} cannot end on {self.end}",
                hint="Write the first day as from, the last one as until",
            )
        for name, range_ in self.inputs():
            if range_.low < 0:
                raise ScenarioError(f"{self.kind}: {name} {range_.words} is below zero")
        for name in self.parts:
            range_ = getattr(self, name)
            if range_ is not None and range_.high > 1:
                raise ScenarioError(
                    f"{self.kind}: {name} {range_.words} is more than all",
                    hint="Shares lie in 0..1; 30 % is 0.3 or 30%",
                )

    def inputs(self) -> Iterator[tuple[str, Range]]:
        """Yield the numbers it rests on, by the name of their field."""
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, Range):
                yield field.name, value

    @property
    def subject(self) -> str:
        """Whom it concerns, as one word of a table."""
        return ""

    def holds_on(self, day: date) -> bool:
        """Tell whether the change is in effect on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery(Change):
    """Material that reaches an importer: ``tonnes`` of ``unit`` a year from ``country``.

    ``to`` is the importer that ``delivered`` (a share of it) goes to; ``replaces`` is the share of
    that which takes the place of what it imports today (of ``gives_way``; None: of all partners in
    proportion, while anyone may give way), the rest comes on top. ``unit_value`` is money for a
    unit of ``unit``; None: the mean unit value of what it imports, between the lowest and highest
    among its partners. It is in ``currency``, or in that of the imports.
    """

    parts: ClassVar[tuple[str, ...]] = ("delivered", "replaces")

    country: str
    tonnes: Range
    unit: str = "t"
    to: str | None = None
    delivered: Range = ALL
    replaces: Range = UNSTATED_SHARE
    gives_way: str | None = None
    unit_value: Range | None = None
    currency: str = ""

    @property
    def subject(self) -> str:
        """Whom it concerns."""
        return self.country


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSupplier(Delivery):
    """Output that was not there before; ``ramp_up``: years from ``start`` to full, along a line."""

    kind: ClassVar[str] = "new_supplier"

    ramp_up: Range | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirection(Delivery):
    """Output that is there already and goes to ``to`` from now on: the world's supply stays."""

    kind: ClassVar[str] = "redirection"

    def __post_init__(self) -> None:
        Change.__post_init__(self)
        if self.to is None:
            raise ScenarioError(
                "a redirection needs the importer that the material goes to",
                hint='Write to = "JP", or JP/NA: 500 t',
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage(Change):
    """Output of ``country`` (of ``site``, where one is named) that is lost.

    ``lost`` is a share of the country's output, or tonnes of ``unit`` a year where ``unit`` is set.
    """

    kind: ClassVar[str] = "outage"

    country: str
    lost: Range
    unit: str | None = None
    site: str | None = None

    def __post_init__(self) -> None:
        Change.__post_init__(self)
        if self.unit is None and self.lost.high > 1:
            raise ScenarioError(
                f"outage: {self.lost.words} of the output is more than all",
                hint="Write a share such as 0.3 or 30%, or tonnes with their unit",
            )

    @property
    def subject(self) -> str:
        """Whom it concerns."""
        return f"{self.country} {self.site}" if self.site else self.country


@dataclass(frozen=True, slots=True, kw_only=True)
class Ban(Change):
    """Exports of ``country`` to ``targets`` (empty: to all) that are forbidden or need a licence.

    ``leakage`` is the share that still gets out: licensed, through third countries or smuggled.
    """

    kind: ClassVar[str] = "ban"
    parts: ClassVar[tuple[str, ...]] = ("leakage",)

    country: str
    leakage: Range
    targets: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """Whom it concerns."""
        return f"{self.country} to {', '.join(self.targets)}" if self.targets else self.country


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota(Change):
    """A cap of ``cap`` of ``unit`` a year on what ``country`` puts out, or exports to ``targets``.

    Without targets the cap is on output, unless ``exports`` says what it exports to all today (in
    ``unit``): then it is on those.
    """

    kind: ClassVar[str] = "quota"

    country: str
    cap: Range
    unit: str = "t"
    targets: tuple[str, ...] = ()
    exports: Range | None = None

    @property
    def subject(self) -> str:
        """Whom it concerns."""
        return f"{self.country} to {', '.join(self.targets)}" if self.targets else self.country


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff(Change):
    """A duty of ``rate`` of the customs value that ``country`` takes on imports from ``partners``.

    Empty partners are all. A duty moves cost, not tonnes, unless ``diverted`` says what share of
    the imports it falls on turns to the partners that it spares.
    """

    kind: ClassVar[str] = "tariff"
    parts: ClassVar[tuple[str, ...]] = ("diverted",)

    country: str
    rate: Range
    partners: tuple[str, ...] = ()
    diverted: Range = NONE

    @property
    def subject(self) -> str:
        """Whom it concerns."""
        return f"{self.country} on {', '.join(self.partners) or 'all'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Substitution(Change):
    """A share of demand that does without the material: of ``country``, or the world's (None)."""

    kind: ClassVar[str] = "substitution"
    parts: ClassVar[tuple[str, ...]] = ("share",)

    share: Range
    country: str | None = None

    @property
    def subject(self) -> str:
        """Whom it concerns."""
        return self.country or "world"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recycling(Change):
    """A share of demand that secondary material meets beyond today: of ``country``, or the world's.

    ``demand`` is the country's demand, in ``unit`` a year, where world supply is to change too.
    """

    kind: ClassVar[str] = "recycling"
    parts: ClassVar[tuple[str, ...]] = ("share",)

    share: Range
    country: str | None = None
    demand: Range | None = None
    unit: str = "t"

    @property
    def subject(self) -> str:
        """Whom it concerns."""
        return self.country or "world"


@dataclass(frozen=True, slots=True, kw_only=True)
class StockRelease(Change):
    """``tonnes`` of ``unit`` that ``country`` sells from stocks, evenly from first to last day.

    Without both days: within a year.
    """

    kind: ClassVar[str] = "stock_release"

    country: str
    tonnes: Range
    unit: str = "t"

    @property
    def subject(self) -> str:
        """Whom it concerns."""
        return self.country


CHANGES: tuple[type[Change], ...] = (
    Outage,
    NewSupplier,
    Redirection,
    StockRelease,
    Quota,
    Ban,
    Tariff,
    Substitution,
    Recycling,
)
"""Every kind of change, in the order in which they are combined, however they are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A dated combination of changes for one commodity at one stage.

    ``world`` is the world's supply in ``world_unit`` a year, for figures that are shares.
    """

    name: str
    commodity: str
    stage: str
    changes: tuple[Change, ...]
    world: Range | None = None
    world_unit: str = "t"

    def on(self, day: date) -> tuple[tuple[int, Change], ...]:
        """Return the changes in effect on a day with their places, in the order of combination."""
        held = [(at, c) for at, c in enumerate(self.changes) if c.holds_on(day)]
        return tuple(sorted(held, key=lambda pair: (CHANGES.index(type(pair[1])), pair[0])))


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeFlow:
    """What an importer took from a partner in a year; None is not known, never zero.

    ``partner`` is ISO 3166-1 alpha-2, "OTHER" or "WORLD" (the source's total). ``quantity`` is in
    ``unit``, ``value`` in ``currency``. Where ``quantity`` is known within bounds alone, it is None
    and ``quantity_low`` and ``quantity_high`` are set.
    """

    importer: str
    partner: str
    commodity: str
    year: int
    quantity: Decimal | None
    unit: str
    value: Decimal | None
    currency: str
    source: str
    vintage: str
    quantity_low: Decimal | None = None
    quantity_high: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What a country made, imported, exported and drew from stocks in a year, in ``unit``.

    A stock build is a draw below zero. Exports and stocks stay what they are in a scenario.
    """

    country: str
    production: Decimal
    imports: Decimal
    exports: Decimal
    stock_draw: Decimal = Decimal(0)
    unit: str = "t"
    year: int = 0
    source: str = "given by the user"
    vintage: str = "as given"

    def __post_init__(self) -> None:
        for name in ("production", "imports", "exports"):
            if getattr(self, name) < 0:
                raise ScenarioError(f"{name} of {getattr(self, name)} is below zero")


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskInputs:
    """What the EU's supply risk needs beside shares: reliance and recycling in percent, SI 0..1."""

    import_reliance: Decimal
    recycling_rate: Decimal
    substitution_index: Decimal
    vintage: str = "as given"

    def __post_init__(self) -> None:
        for name, most in (
            ("import_reliance", 100),
            ("recycling_rate", 100),
            ("substitution_index", 1),
        ):
            if not 0 <= getattr(self, name) <= most:
                raise ScenarioError(
                    f"{name.replace('_', ' ')} of {getattr(self, name)} lies outside 0..{most}",
                    hint="Reliance and recycling are in percent, the substitution index in parts",
                )

    @property
    def words(self) -> str:
        """The three numbers and where they are from, in words."""
        return (
            f"reliance {self.import_reliance} %, recycling {self.recycling_rate} %, "
            f"SI {self.substitution_index} ({self.vintage})"
        )
