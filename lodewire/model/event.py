"""Events: as one document tells them (mentions), and as resolved over documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from lodewire.model.evidence import Evidence, Span
from lodewire.model.ids import DocumentId, EntityId, EventId, MentionId, OriginId, content_id
from lodewire.model.quantity import Quantity
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import Desk, EventType, Modality, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One filled role. ``text`` is the document's text at ``span``, always.

    ``value`` is the normalised form: canonical name, "25 %", ISO date, or a word of a closed list
    ("ban", "strike", "restart"); ``start``/``end`` bound a date (ISO, inclusive).
    """

    role: str
    span: Span
    text: str
    value: str
    entity: EntityId | None = None
    quantity: Quantity | None = None
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who says so, when it is not the publisher itself."""

    span: Span
    text: str
    name: str
    entity: EntityId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMention:
    """One happening as one document tells it."""

    document_id: DocumentId
    type: EventType
    status: Status
    modality: Modality
    trigger: Span
    arguments: tuple[Argument, ...]
    evidence: tuple[Evidence, ...]
    attribution: Attribution | None = None
    not_disclosed: tuple[str, ...] = ()
    core: bool = True
    confidence: float = 0.5
    method: str = "frames/1"
    _id: MentionId | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"{self.type.value} without evidence")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError("confidence must lie in 0..1")

    @property
    def id(self) -> MentionId:
        """Same document, type, trigger and arguments: same id.

        Arguments take part because one trigger may tell several happenings of one type
        ("zinc dropped 0.6% and lead 0.9%").
        """
        if self._id is None:
            told = "|".join(f"{a.role}@{a.span.start}-{a.span.end}" for a in self.arguments)
            parts = (self.document_id, self.type.value, self.trigger.start, self.trigger.end, told)
            object.__setattr__(self, "_id", MentionId(content_id("evm", *parts)))
        assert self._id is not None
        return self._id

    def of(self, role: str) -> tuple[Argument, ...]:
        """Return the arguments of one role, in text order."""
        return tuple(a for a in self.arguments if a.role == role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One resolved happening: a view over the statements of its mentions.

    ``origins`` are the independent origins (syndicated copies count once). ``happened`` is the
    earliest date that the statements give for it, if any; ``reported`` the first day a document
    told it.
    """

    id: EventId
    type: EventType
    status: Status
    modality: Modality
    desks: tuple[Desk, ...]
    statements: tuple[Statement, ...]
    mention_ids: tuple[MentionId, ...]
    document_ids: tuple[DocumentId, ...]
    origins: tuple[OriginId, ...]
    first_seen: datetime
    last_seen: datetime
    reported: date | None = None
    core: bool = True
    confidence: float = 0.5

    def of(self, property_: str) -> tuple[Statement, ...]:
        """Return the live statements of one property, best supported first as stored."""
        return tuple(
            s for s in self.statements if s.property == property_ and s.retracted_at is None
        )
