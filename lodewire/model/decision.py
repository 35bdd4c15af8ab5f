"""An editor's decisions, bound to words: document, type, role and quote, not only to an id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from lodewire.model.evidence import Span
from lodewire.model.ids import DecisionId, DocumentId, EntityId, MentionId, StatementId, content_id
from lodewire.model.vocabulary import Action, EventType, Modality, Status

#: Decisions that say more than yes or no, and so must say why.
_WITH_REASON = (Action.REJECT, Action.EDIT, Action.RETRACT, Action.CHOOSE)
_CLOSED = {"status": frozenset(Status), "modality": frozenset(Modality)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A role and the words that filled it."""

    role: str
    span: Span
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueAnchor:
    """One statement of a mention: role, words, and what was read from them when it was decided."""

    statement_id: StatementId
    words: Words
    value: str
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What a decision is about: a mention, or with ``value`` one statement of it.

    ``mention_id`` is what the mention was called when it was decided. Another method may call the
    same words something else: what holds is document, type, trigger and words. ``quote`` is the
    sentence, for whoever has to find it again.
    """

    document_id: DocumentId
    type: EventType
    trigger: Span
    words: tuple[Words, ...]
    quote: str
    mention_id: MentionId
    value: ValueAnchor | None = None

    @property
    def key(self) -> str:
        """The same words in the same roles: the same key, whatever they were read as."""
        if self.value is not None:
            told = [self.value.words]
        else:
            told = [Words(role="", span=self.trigger, quote=""), *self.words]
        places = "|".join(f"{w.role}@{w.span.start}-{w.span.end}" for w in told)
        return content_id(
            "an", self.document_id, self.type.value, str(self.value is not None), places
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewValue:
    """The value an editor puts in place of the one read, normalised as a statement's."""

    value: str
    unit: str | None = None
    entity: EntityId | None = None
    qualifier: str | None = None


def _allowed(anchor: Anchor, new: NewValue) -> bool:
    """Tell whether a closed property may have the value; the type itself is never edited."""
    role = anchor.value.words.role if anchor.value is not None else "type"
    return role != "type" and (role not in _CLOSED or new.value in _CLOSED[role])


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision of a person. Rows are only added: an UNDO names the decision it ends.

    ``about`` are the mentions or statements decided on. ``others`` are the other side: of a merge
    or split the mentions of the other event, of a choice the values not chosen. ``version`` counts
    the decisions on the same words, and ``deleted_at`` tells when it was undone: both follow from
    the other rows, and are filled in by the ledger.
    """

    action: Action
    author: str
    at: datetime
    about: tuple[Anchor, ...] = ()
    others: tuple[Anchor, ...] = ()
    reason: str = ""
    new: NewValue | None = None
    undoes: DecisionId | None = None
    version: int = 1
    deleted_at: datetime | None = None
    deleted_by: str = ""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("the time of a decision must be aware")
        if not self.author.strip() or self.author.startswith("resolve/"):
            raise ValueError("a decision needs the name of a person")
        if (self.action is Action.UNDO) != (self.undoes is not None):
            raise ValueError("an undo, and nothing else, names the decision it ends")
        if (self.action is Action.UNDO) == bool(self.about):
            raise ValueError("a decision is about something; an undo is about a decision")
        if (self.action is Action.EDIT) != (self.new is not None):
            raise ValueError("an edit, and nothing else, gives a new value")
        if self.action in (Action.MERGE, Action.SPLIT, Action.CHOOSE) and not self.others:
            raise ValueError(f"{self.action.value} needs two sides")
        for anchor in self.about:
            if self.new is not None and (anchor.value is None or not _allowed(anchor, self.new)):
                raise ValueError(f"an edit cannot give {self.new.value!r} to this")
        if self.action in _WITH_REASON and not self.reason.strip():
            raise ValueError(f"{self.action.value} needs a reason")

    @property
    def id(self) -> DecisionId:
        """Same action, author, time and subjects: same id."""
        sides = [",".join(sorted(a.key for a in side)) for side in (self.about, self.others)]
        new = self.new
        return DecisionId(
            content_id(
                "dc",
                self.action.value,
                self.author,
                self.at.astimezone(UTC).isoformat(),
                *sides,
                new.value if new is not None else None,
                new.unit if new is not None else None,
                self.undoes,
            )
        )

    @property
    def document_ids(self) -> tuple[DocumentId, ...]:
        """The documents whose words are decided on, sorted."""
        return tuple(sorted({a.document_id for a in (*self.about, *self.others)}))
