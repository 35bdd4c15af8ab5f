"""What the API answers: flat values under stable names, the same for every way of asking.

Amounts are decimals as text, never floats; days are ISO days, times ISO instants in UTC; what is
missing is null, never zero or an empty text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lodewire.model.vocabulary import (
    CheckKind,
    Desk,
    EventType,
    MentionType,
    Modality,
    Status,
    Verdict,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A quantity as stated: lowest and highest value, unit and basis; never converted."""

    low: str | None
    high: str | None
    unit: str | None
    qualifier: str | None
    basis: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementAnswer:
    """One value of one role, with the exact words that state it and where they stand.

    ``subject`` is the mention that it is about, ``event`` the event that this mention belongs to.
    ``quote`` is the document's text from character ``start`` to ``end``. ``edited_by`` names the
    editor whose value this is; ``original`` stays what was read.
    """

    id: str
    subject: str
    event: str | None
    role: str
    value: str
    original: str
    amount: Amount | None
    entity: str | None
    quote: str
    start: int
    end: int
    document: str
    origin: str
    method: str
    first_seen: datetime
    last_seen: datetime
    retracted_at: datetime | None
    edited_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleAnswer:
    """One value of one role of an event: the best supported first; ``statement`` proves it."""

    role: str
    value: str
    amount: Amount | None
    entity: str | None
    quote: str
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventAnswer:
    """An event in short. ``page`` is its page on the site, null where no site is known.

    ``confidence`` runs from 0 to 1; ``origins`` counts independent origins, copies of one text
    once.
    """

    id: str
    type: EventType
    status: Status
    modality: Modality
    core: bool
    confidence: str
    reported: date | None
    desks: tuple[Desk, ...]
    sentence: str
    roles: tuple[RoleAnswer, ...]
    not_disclosed: tuple[str, ...]
    origins: int
    documents: tuple[str, ...]
    first_seen: datetime
    last_seen: datetime
    page: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceAnswer:
    """A document behind an event; ``copies``: how many documents more print the same text."""

    document: str
    publisher: str | None
    title: str
    url: str | None
    published: date | None
    copies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAnswer:
    """A recomputation of something a text says."""

    id: str
    document: str
    kind: CheckKind
    verdict: Verdict
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAnswer:
    """A line computed from reference figures, with the source of these and the method."""

    text: str
    source: str
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeEventAnswer:
    """An event with every statement, source, check and note."""

    event: EventAnswer
    statements: tuple[StatementAnswer, ...]
    sources: tuple[SourceAnswer, ...]
    checks: tuple[CheckAnswer, ...]
    context: tuple[NoteAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage:
    """Events, newest first; ``next`` is the cursor of those after them, null at the end."""

    events: tuple[EventAnswer, ...]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPage:
    """The statements of an event or a document."""

    statements: tuple[StatementAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityAnswer:
    """A thing of the world. ``known``: it stands in the ontology, not only in texts."""

    id: str
    kind: MentionType
    name: str
    country: str | None
    aliases: tuple[str, ...]
    known: bool
    documents: int
    page: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityPage:
    """Entities, those that most documents name first."""

    entities: tuple[EntityAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentAnswer:
    """What is known of a document, without its text, and the events that it tells."""

    id: str
    title: str | None
    publisher: str | None
    url: str | None
    published: date | None
    language: str | None
    first_seen: datetime
    last_seen: datetime
    versions: tuple[str, ...]
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of a snippet; ``found`` marks the words that were searched."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HitAnswer:
    """A document that a search found, with the events that it tells."""

    document: str
    title: str | None
    publisher: str | None
    url: str | None
    day: date
    snippet: tuple[Piece, ...]
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HitPage:
    """Documents, the best match first (without words the latest); ``next`` as in EventPage."""

    hits: tuple[HitAnswer, ...]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefAnswer:
    """A day that has a brief."""

    day: date
    page: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefPage:
    """Days with a brief, latest first."""

    briefs: tuple[BriefAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionAnswer:
    """What briefs said and what is right; ``right`` is null where nothing takes its place."""

    id: str
    action: str
    since: datetime
    until: datetime | None
    reason: str
    role: str
    said: str
    right: str | None
    statements: tuple[str, ...]
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionPage:
    """Corrections, the latest first."""

    corrections: tuple[CorrectionAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """A result in the form of the command line's JSON: ``kind`` names it, ``result`` holds it."""

    kind: str
    result: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a request was not answered (RFC 9457); ``detail`` says what would be."""

    type: str
    title: str
    status: int
    detail: str
