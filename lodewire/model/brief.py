"""A brief: the day, by desk, each sentence made of segments that name their statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from lodewire.model.ids import BriefId, DocumentId, EventId, StatementId, content_id
from lodewire.model.vocabulary import Desk, EventType, Modality, Status, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A run of text; ``statements`` back it, and are empty for connecting words only."""

    text: str
    statements: tuple[StatementId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A composed sentence. Names and numbers stand only in backed segments."""

    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """The sentence as printed."""
        return "".join(s.text for s in self.segments)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberNote:
    """A number of the entry with its conversion, and the check mark it earned."""

    text: str
    statement_id: StatementId
    conversion: str | None = None
    verdict: Verdict | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLink:
    """A document behind an entry; ``copies`` counts syndicated copies of the same origin."""

    document_id: DocumentId
    publisher: str
    title: str
    url: str | None
    published: date | None
    copies: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictNote:
    """Two or more values for one role; ``values`` pairs each value with who says it.

    ``settled`` tells which value an editor holds right, who, and why; empty while it is open.
    """

    role: str
    values: tuple[tuple[str, str], ...]
    settled: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditNote:
    """A value of the entry that is an editor's: what was read, what stands now, who and why."""

    statement_id: StatementId
    role: str
    read: str
    value: str
    author: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionNote:
    """What an earlier brief of the day said and what holds since; ``right`` is None for withdrawn.

    ``sentence`` is the sentence that said it.
    """

    statement_id: StatementId
    role: str
    said: str
    right: str | None
    sentence: str
    since: datetime
    author: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteNote:
    """A statement of the entry with its words, so that a reader can see the proof.

    ``before`` and ``after`` are what stands round the quote in its sentence, cut where it is long.
    """

    statement_id: StatementId
    role: str
    value: str
    quote: str
    document_id: DocumentId
    publisher: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextNote:
    """A line computed from reference figures, with source and vintage."""

    text: str
    source: str
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefEntry:
    """One event in the brief.

    ``before`` stands in a letter only: what its reader was told of the event earlier.
    """

    event_id: EventId
    type: EventType
    status: Status
    modality: Modality
    desk: Desk
    sentences: tuple[Sentence, ...]
    importance: float
    why: str
    origins: int
    quotes: tuple[QuoteNote, ...]
    sources: tuple[SourceLink, ...]
    not_disclosed: tuple[str, ...] = ()
    numbers: tuple[NumberNote, ...] = ()
    checks: tuple[tuple[Verdict, str], ...] = ()
    conflicts: tuple[ConflictNote, ...] = ()
    context: tuple[ContextNote, ...] = ()
    edits: tuple[EditNote, ...] = ()
    corrections: tuple[CorrectionNote, ...] = ()
    before: str = ""

    @property
    def statement_ids(self) -> frozenset[StatementId]:
        """The statements that the entry prints or quotes."""
        printed = {i for s in self.sentences for part in s.segments for i in part.statements}
        return frozenset(
            printed | {n.statement_id for n in self.numbers} | {q.statement_id for q in self.quotes}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSection:
    """The entries of one desk, most important first; ``also`` counts those left out for length."""

    desk: Desk
    entries: tuple[BriefEntry, ...]
    also: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Top Insights of one day.

    ``corrections``, here and in entries, are added when the brief is shown, from the log as it is
    then: the brief is kept without them, as it was composed. Here stand those whose entry is gone.
    """

    day: date
    title: str
    composed_at: datetime
    sections: tuple[DeskSection, ...]
    top: tuple[EventId, ...] = ()
    notes: tuple[str, ...] = ()
    sample: bool = False
    corrections: tuple[CorrectionNote, ...] = ()

    @property
    def statement_ids(self) -> tuple[StatementId, ...]:
        """The statements that the brief prints or quotes, sorted."""
        return tuple(sorted({i for s in self.sections for e in s.entries for i in e.statement_ids}))

    @property
    def id(self) -> BriefId:
        """Same day, sentences and lead: same id. A lead by weight alone adds nothing to it."""
        entries = [e for section in self.sections for e in section.entries]
        told = [s.text for e in entries for s in e.sentences]
        by_weight = sorted(entries, key=lambda e: (-e.importance, e.event_id))
        natural = tuple(e.event_id for e in by_weight[: len(self.top)])
        lead = () if self.top == natural else ("lead", *self.top)
        return BriefId(content_id("br", self.day.isoformat(), *told, *lead))
