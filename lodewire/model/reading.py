"""A reading: everything understood of one document, before resolution."""

from __future__ import annotations

from dataclasses import dataclass

from lodewire.model.check import Check
from lodewire.model.document import Document
from lodewire.model.entity import Mention
from lodewire.model.event import EventMention
from lodewire.model.quantity import DateMention, Quantity
from lodewire.model.vocabulary import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskScore:
    """How strongly a document belongs to a desk, 0..1."""

    desk: Desk
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The value that extraction hands on: one document, understood.

    ``relevance`` lies in 0..1; a document under the relevance gate has empty lists.
    """

    document: Document
    relevance: float
    desks: tuple[DeskScore, ...] = ()
    mentions: tuple[Mention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[DateMention, ...] = ()
    events: tuple[EventMention, ...] = ()
    checks: tuple[Check, ...] = ()
    method: str = ""
