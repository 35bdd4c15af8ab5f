"""The atomic record of the ledger, and judgements about records."""

from __future__ import annotations

import builtins
from dataclasses import dataclass, field
from datetime import datetime

from lodewire.model.evidence import Evidence
from lodewire.model.ids import (
    DecisionId,
    DocumentId,
    EntityId,
    JudgementId,
    OriginId,
    SourceId,
    StatementId,
    content_id,
)
from lodewire.model.vocabulary import Action, Opinion


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What a person decided about a statement.

    ``read_value`` and ``read_unit`` are what an edit replaced. ``chosen`` tells whether a choice
    among values fell on this one; it is None where nobody chose.
    """

    decision_id: DecisionId
    action: Action
    author: str
    at: datetime
    reason: str = ""
    read_value: str | None = None
    read_unit: str | None = None
    chosen: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One value of one property of one subject, tied to the words that state it.

    ``subject`` is an event mention's id (events are views over the mentions judged the same) or an
    entity's id. ``property`` is a role of the event type, or one of "type", "status", "modality",
    "attribution", "not_disclosed". ``value`` is normalised, ``original`` the words as written.
    ``unit`` and ``basis`` belong to ``value`` where it is a quantity (``value`` is then a plain
    decimal, or "low..high").

    ``ruling`` is the decision that holds for it when it is read from the ledger; it is no part of
    the record. Rejected and retracted, it has a ``retracted_at``; edited, ``value`` and ``unit``
    are the editor's, while ``original`` and the quote stay.
    """

    subject: str
    property: str
    value: str
    original: str
    evidence: Evidence
    source_id: SourceId
    origin_id: OriginId
    first_seen: datetime
    last_seen: datetime
    unit: str | None = None
    basis: str | None = None
    qualifier: str | None = None
    entity: EntityId | None = None
    method: str = ""
    retracted_at: datetime | None = None
    ruling: Ruling | None = None
    _id: StatementId | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.first_seen.tzinfo is None or self.last_seen.tzinfo is None:
            raise ValueError("statement times must be aware")

    @builtins.property
    def document_id(self) -> DocumentId:
        """The document whose words are quoted."""
        return self.evidence.document_id

    @builtins.property
    def edited(self) -> bool:
        """Whether the value is an editor's."""
        return self.ruling is not None and self.ruling.action is Action.EDIT

    @builtins.property
    def as_read(self) -> tuple[str, str | None]:
        """Value and unit as they were read from the words, whatever an editor made of them."""
        if self.ruling is not None and self.ruling.read_value is not None:
            return self.ruling.read_value, self.ruling.read_unit
        return self.value, self.unit

    @builtins.property
    def id(self) -> StatementId:
        """Same subject, property, value as read, unit and place: same id. Times take no part."""
        if self._id is None:  # worked out once: a day of events asks for it thousands of times
            value, unit = self.as_read
            span, document = self.evidence.span, self.evidence.document_id
            told = (self.subject, self.property, value, unit, document, span.start, span.end)
            object.__setattr__(self, "_id", StatementId(content_id("st", *told)))
        assert self._id is not None
        return self._id


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A decision whether two records are the same thing; deleted softly, never erased."""

    left: str
    right: str
    opinion: Opinion
    score: float
    author: str
    judged_at: datetime
    reason: str = ""
    deleted_at: datetime | None = None

    @builtins.property
    def id(self) -> JudgementId:
        """Unordered pair and author: one judgement each."""
        first, second = sorted((self.left, self.right))
        return JudgementId(content_id("jd", first, second, self.author))
