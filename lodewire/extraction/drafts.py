"""Drafts: events as the frames find them, before status, merging and proof."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.grammar.clauses import Clause
from lodewire.model.entity import Mention
from lodewire.model.event import Argument, Attribution
from lodewire.model.evidence import Span
from lodewire.model.quantity import DateMention, Quantity
from lodewire.model.vocabulary import EventType, Modality, QuantityKind, Status

Filler = Mention | Quantity | DateMention | Span


@dataclass(slots=True)
class Draft:
    """One telling of an event in one sentence.

    ``anaphoric`` marks a telling that names the event only ("the deal is worth …"): it joins an
    earlier draft or is dropped. ``status``/``modality`` stay None where the frame leaves them to
    the common rules. ``confidence`` is the frame's own, 0..1. ``reach`` narrows the words that may
    tell its circumstances; a ``tentative`` telling stands only when another joins it.
    """

    type: EventType
    sentence: Sentence
    trigger: Span
    clause: Clause | None = None
    arguments: list[Argument] = field(default_factory=list)
    status: Status | None = None
    modality: Modality | None = None
    attribution: Attribution | None = None
    not_disclosed: set[str] = field(default_factory=set)
    anaphoric: bool = False
    core: bool | None = None
    confidence: float = 0.7
    spans: list[Span] = field(default_factory=list)
    reach: Span | None = None
    tentative: bool = False
    method: str | None = None  # who found it, where not the frames
    plain: bool = False  # told so plainly that no model is asked

    def add(self, role: str, filler: Filler | None, value: str | None = None) -> bool:
        """Fill a role; a filler already there is not doubled. Returns whether it was added."""
        if filler is None:
            return False
        argument = make_argument(self.sentence.analysis.text, role, filler, value)
        for known in self.arguments:
            if known.role == role and (known.span == argument.span or _same(known, argument)):
                return False
        self.arguments.append(argument)
        return True

    def add_all(self, role: str, fillers: Iterable[Filler]) -> None:
        """Fill a repeating role with each filler in turn."""
        for filler in fillers:
            self.add(role, filler)

    def of(self, role: str) -> list[Argument]:
        """The arguments of one role."""
        return [a for a in self.arguments if a.role == role]

    def has(self, *roles: str) -> bool:
        """Tell whether any of the roles is filled."""
        return any(a.role in roles for a in self.arguments)

    def drop(self, role: str) -> None:
        """Empty a role."""
        self.arguments = [a for a in self.arguments if a.role != role]


def _same(known: Argument, other: Argument) -> bool:
    if known.entity is not None and other.entity is not None:
        return known.entity == other.entity and known.value.lower() == other.value.lower()
    return known.value.lower() == other.value.lower() and known.quantity == other.quantity


def make_argument(text: str, role: str, filler: Filler, value: str | None = None) -> Argument:
    """Return the argument that ``filler`` makes; ``value`` overrides the normalised form."""
    if isinstance(filler, Mention):
        return Argument(
            role=role,
            span=filler.span,
            text=filler.span.of(text),
            value=value or filler.name,
            entity=filler.entity,
        )
    if isinstance(filler, Quantity):
        return Argument(
            role=role,
            span=filler.span,
            text=filler.span.of(text),
            value=value or describe_quantity(filler),
            quantity=filler,
        )
    if isinstance(filler, DateMention):
        return Argument(
            role=role,
            span=filler.span,
            text=filler.span.of(text),
            value=value or describe_date(filler),
            start=filler.start,
            end=filler.end,
        )
    filler = _without_stop(text, filler)
    words = filler.of(text)
    return Argument(role=role, span=filler, text=words, value=value or " ".join(words.split()))


_STOP = re.compile(r"[a-z]{4}\.$")


def _without_stop(text: str, span: Span) -> Span:
    """ "a suspension of operations.": the stop ends the sentence; those of "Inc." stay."""
    return Span(span.start, span.end - 1) if _STOP.search(span.of(text)) else span


def describe_quantity(quantity: Quantity) -> str:
    """Return the normalised form: "25 %", "1875000000 USD", "8..30 %"."""
    low, high = quantity.bounds
    number = f"{low:f}" if low == high else f"{low:f}..{high:f}"
    return f"{number} {quantity.unit}" if quantity.unit else number


def describe_date(date: DateMention) -> str:
    """Return "2025-03-12", "2025-01-01..2025-12-31", or the words where it cannot be resolved."""
    if date.start is None or date.end is None:
        return date.text
    return date.start if date.start == date.end else f"{date.start}..{date.end}"


MONEY = (QuantityKind.MONEY,)
PRICE = (QuantityKind.PRICE,)
TONNAGE = (
    QuantityKind.MASS,
    QuantityKind.MASS_RATE,
    QuantityKind.VOLUME,
    QuantityKind.VOLUME_RATE,
    QuantityKind.ENERGY,
    QuantityKind.ENERGY_RATE,
    QuantityKind.POWER,
)
SHARE = (QuantityKind.PERCENT, QuantityKind.FACTOR)
CHANGE = (QuantityKind.PERCENT, QuantityKind.PERCENT_POINT, QuantityKind.FACTOR)
