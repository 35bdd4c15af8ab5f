"""Own exposure: what a user buys, as lines of their own table tied to commodities."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One line of a bill of materials or spend table, tied to one commodity.

    ``row`` is the line of the file, ``material`` and ``part`` its words. ``commodity``, ``form``
    and ``stage`` are ids of the ontology. ``via`` is the id of the bought product that holds the
    commodity (a magnet holds neodymium), None where the commodity itself is bought; ``certain`` is
    False where such a product may hold it and need not. ``quantity`` is in ``unit`` and, with
    ``via``, counts the product. ``spend`` is in ``currency``. ``country`` is the country of origin
    (ISO 3166-1 alpha-2, or a bloc), ``share`` the stated part of the material that comes from it
    (0..1); all are None where the table does not tell them. Missing is never zero.
    """

    row: int
    material: str
    part: str
    commodity: str
    form: str | None = None
    stage: str | None = None
    via: str | None = None
    certain: bool = True
    quantity: Decimal | None = None
    unit: str | None = None
    spend: Decimal | None = None
    currency: str | None = None
    country: str | None = None
    share: Decimal | None = None
    supplier: str = ""

    def __post_init__(self) -> None:
        if (self.quantity is None) != (self.unit is None):
            raise ValueError("a quantity has a unit, and a unit a quantity")
        if self.spend is not None and self.currency is None:
            raise ValueError("a spend has a currency")
        if self.share is not None and not 0 <= self.share <= 1:
            raise ValueError("a share lies in 0..1")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A row, or a cell of it, that was not used: what it says, why not, what to write.

    ``whole`` tells that the row is not mapped at all; else it is, without the cell.
    """

    row: int
    words: str
    reason: str
    suggestion: str = ""
    whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTable:
    """A table as it was read: what was mapped and what was left out, in the order of rows.

    ``version`` derives from the bytes that were read: the same file is the same version.
    ``columns`` pairs what was looked for with the header of the file that gave it.
    """

    version: str
    rows: int
    encoding: str
    columns: tuple[tuple[str, str], ...]
    holdings: tuple[Holding, ...]
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """All lines of one commodity in one form (and one product), seen together.

    ``words`` name it as the table does. ``quantity`` is the sum in ``unit`` (tonnes for a mass)
    and None unless every line has one that can be added; so ``spend``. ``shares`` is the part that
    comes from each country, ``unknown`` the part of which no origin is told, by ``basis``
    ("stated", "quantity", "spend", "one origin"); without a basis ``shares`` is empty and
    ``countries`` alone says where some of it comes from.
    """

    commodity: str
    words: str
    form: str | None
    stage: str | None
    via: str | None
    certain: bool
    rows: tuple[int, ...]
    quantity: Decimal | None = None
    unit: str | None = None
    spend: Decimal | None = None
    currency: str | None = None
    countries: tuple[str, ...] = ()
    shares: tuple[tuple[str, Decimal], ...] = ()
    unknown: Decimal | None = None
    basis: str = ""
    suppliers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnScore:
    """How far an event touches what the user buys: 0 < ``score`` <= 1, and why in one line.

    ``exposure`` is the score before the weight of the event itself; ``factors`` are its parts.
    ``positions`` are those touched, the most first, each with its own score in ``scores``.
    """

    event_id: str
    score: Decimal
    exposure: Decimal
    reason: str
    positions: tuple[Position, ...]
    scores: tuple[Decimal, ...]
    factors: tuple[tuple[str, Decimal], ...] = ()
