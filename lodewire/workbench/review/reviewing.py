"""The queue of what is unsure, one entry an event, the most important first; and its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lodewire.ledger.store import Ledger
from lodewire.model.brief import SourceLink
from lodewire.model.check import Check
from lodewire.model.event import Event
from lodewire.model.ids import DocumentId, EventId, MentionId
from lodewire.model.statement import Judgement
from lodewire.model.vocabulary import EventType, Opinion, Verdict
from lodewire.ontology.event_types import load_event_types
from lodewire.publish.brief import SURE, least_confidence
from lodewire.publish.conflicts import find_conflicts
from lodewire.publish.rank import rate_importance
from lodewire.publish.sentences import tell_event

#: A source is new until this many of its documents have told events.
FIRST_OF_A_SOURCE = 3
#: Days that the queue is of, if not told.
WEEK = 7
_FAILING = (Verdict.MISMATCH, Verdict.QUERY)


class Doubt(StrEnum):
    """Why an event waits for an editor."""

    CONFIDENCE = "confidence"
    PAIR = "pair"
    CONFLICT = "conflict"
    CHECK = "check"
    SOURCE = "source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One doubt, in a plain line; ``other`` is the event it may be the same as."""

    doubt: Doubt
    detail: str
    other: EventId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueEntry:
    """An event with all that is doubtful about it."""

    event: Event
    sentence: str
    importance: float
    reasons: tuple[Reason, ...]


def queue_days(
    ledger: Ledger, since: date | None = None, until: date | None = None
) -> tuple[date, date] | None:
    """Return the days whose queue is asked for: by default a week up to the latest document.

    None where the ledger holds no document.
    """
    if until is None:
        latest = ledger.search("", limit=1)
        if not latest:
            return None
        until = latest[0].day
    return since or until - timedelta(days=WEEK - 1), until


def review_queue(
    ledger: Ledger,
    first: date,
    last: date,
    *,
    publishers: Mapping[str, str],
    doubts: Sequence[Doubt] = (),
    types: Sequence[EventType] = (),
    source: str | None = None,
) -> tuple[QueueEntry, ...]:
    """Return the unsure events told from ``first`` to ``last``, by importance, then id.

    ``doubts``, ``types`` and ``source`` narrow it; empty ones ask for nothing. What an editor
    decided is not asked again, until something new is told.
    """
    events = [e for e in ledger.events.of_days(first, last) if not types or e.type in types]
    if source is not None:
        events = [e for e in events if any(s.source_id == source for s in e.statements)]
    found = _Doubts(ledger, events, publishers)
    queue = []
    for event in events:
        reasons = tuple(r for r in found.of(event) if not doubts or r.doubt in doubts)
        if reasons:
            queue.append(
                QueueEntry(
                    event=event,
                    sentence=tell_event(event),
                    importance=rate_importance(event, event.reported).score,
                    reasons=reasons,
                )
            )
    return tuple(sorted(queue, key=lambda q: (-q.importance, q.event.id)))


class _Doubts:
    """What is doubtful about events; all that it takes is read at once."""

    def __init__(
        self, ledger: Ledger, events: Sequence[Event], publishers: Mapping[str, str]
    ) -> None:
        self._publishers = publishers
        documents = sorted({d for e in events for d in e.document_ids})
        self._links = _links(ledger, documents, publishers)
        self._checks: dict[DocumentId, list[Check]] = {}
        for check in ledger.readings.checks_of(documents):
            if check.verdict in _FAILING:
                self._checks.setdefault(check.document_id, []).append(check)
        sources = sorted({s.source_id for e in events for s in e.statements})
        self._first = {
            d for s in sources for d in ledger.events.first_documents(s, FIRST_OF_A_SOURCE)
        }
        mentions = [m for e in events for m in e.mention_ids]
        self._pairs: dict[str, list[Judgement]] = {}
        for judgement in ledger.judgements.about(mentions):
            if judgement.opinion is Opinion.UNSURE:
                self._pairs.setdefault(judgement.left, []).append(judgement)
        told = {MentionId(j.right) for some in self._pairs.values() for j in some}
        self._event_of = ledger.events.of_mentions(sorted(told))

    def of(self, event: Event) -> Iterable[Reason]:
        """Return the reasons in the order of :class:`Doubt`."""
        yield from self._confidence(event)
        yield from self._pair(event)
        yield from self._conflict(event)
        yield from self._check(event)
        yield from self._source(event)

    def _confidence(self, event: Event) -> Iterable[Reason]:
        if event.confidence >= SURE:
            return
        held = " and is held back from briefs" if event.confidence < least_confidence(event) else ""
        yield Reason(
            doubt=Doubt.CONFIDENCE, detail=f"was read with confidence {event.confidence:.2f}{held}"
        )

    def _pair(self, event: Event) -> Iterable[Reason]:
        best: dict[EventId, Judgement] = {}
        for mention_id in event.mention_ids:
            for judgement in self._pairs.get(mention_id, ()):
                other = self._event_of.get(MentionId(judgement.right))
                if other is None or other == event.id:
                    continue
                if other not in best or judgement.score > best[other].score:
                    best[other] = judgement
        for other in sorted(best):
            score, why = best[other].score, best[other].reason
            yield Reason(
                doubt=Doubt.PAIR,
                detail=f"may be the same as another event ({score:.2f}: {why})",
                other=other,
            )

    def _conflict(self, event: Event) -> Iterable[Reason]:
        labels = {r.name: r.label for r in load_event_types()[event.type].roles}
        for note in find_conflicts(event, self._links):
            if not note.settled:
                told = " or ".join(f"{value} ({who})" for value, who in note.values)
                yield Reason(
                    doubt=Doubt.CONFLICT, detail=f"sources differ on {labels[note.role]}: {told}"
                )

    def _check(self, event: Event) -> Iterable[Reason]:
        open_ = [s for s in event.statements if s.ruling is None]
        told: dict[str, None] = {}
        for document_id in event.document_ids:
            spans = [s.evidence.span for s in open_ if s.document_id == document_id]
            for check in self._checks.get(document_id, ()):
                if any(c.overlaps(s) for c in check.spans for s in spans):
                    told[f"{check.verdict.value}: {check.detail}"] = None
        for detail in told:
            yield Reason(doubt=Doubt.CHECK, detail=detail)

    def _source(self, event: Event) -> Iterable[Reason]:
        new = {
            self._publishers.get(s.source_id, s.source_id): None
            for s in event.statements
            if s.document_id in self._first and s.ruling is None
        }
        if new:
            yield Reason(doubt=Doubt.SOURCE, detail=f"among the first events of {', '.join(new)}")


def _links(
    ledger: Ledger, documents: Sequence[DocumentId], publishers: Mapping[str, str]
) -> dict[DocumentId, SourceLink]:
    return {
        d.id: SourceLink(
            document_id=d.id,
            publisher=publishers.get(d.source_id) or d.publisher or d.source_id,
            title=d.title or "(no title)",
            url=d.url,
            published=d.published,
        )
        for d in ledger.documents.get_all(documents)
    }
