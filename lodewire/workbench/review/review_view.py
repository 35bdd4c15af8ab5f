"""An event as an editor sees it: each telling with its words marked, and all that bears on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lodewire.errors import LedgerError
from lodewire.ledger.store import Ledger
from lodewire.ledger.told import ToldMention
from lodewire.model.check import Check
from lodewire.model.decision import Decision
from lodewire.model.document import Document
from lodewire.model.event import Event, EventMention
from lodewire.model.ids import EventId, MentionId, StatementId
from lodewire.model.statement import Ruling, Statement
from lodewire.model.vocabulary import Action
from lodewire.publish.sentences import tell_event
from lodewire.workbench.review.nearest import Near, nearest_events

#: A piece of a sentence, and the role its words fill ("trigger" too); None for words between.
Piece = tuple[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One mention: whose, the sentences with the words marked, what it states, and its ruling."""

    told: ToldMention
    document: Document
    passages: tuple[tuple[Piece, ...], ...]
    statements: tuple[Statement, ...]
    ruling: Ruling | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView:
    """``event`` is None where all of it was rejected or retracted."""

    event_id: EventId
    event: Event | None
    sentence: str
    tellings: tuple[Telling, ...]
    checks: tuple[Check, ...]
    decisions: tuple[Decision, ...]
    nearest: tuple[Near, ...]


def view_of(ledger: Ledger, reference: str, *, near: bool = True) -> ReviewView:
    """Return the event of a reference to it, to a mention or a statement of it.

    ``near`` looks for the events nearest to it too. Raises LedgerError when the reference names
    none of these.
    """
    event_id = _event_id(ledger, ledger.find(reference))
    mentions = ledger.events.mentions(event_id)
    found = ledger.events.get_all([event_id])
    event = found[0] if found else None
    ids = list(dict.fromkeys(t.document_id for t in mentions))
    documents = {d.id: d for d in ledger.documents.get_all(ids)}
    effects = ledger.decisions.effects(ids)
    read = ledger.decisions.told(ids)
    tellings = tuple(
        Telling(
            told=t,
            document=documents[t.document_id],
            passages=_passages(t.mention, documents[t.document_id]),
            statements=tuple(
                sorted(
                    (
                        effects.on_statement(s)
                        for s in read[t.document_id].statements
                        if s.subject == t.mention.id
                    ),
                    key=lambda s: (s.evidence.span, s.property, s.id),
                )
            ),
            ruling=effects.mentions.get(t.mention.id),
        )
        for t in mentions
    )
    return ReviewView(
        event_id=event_id,
        event=event,
        sentence=tell_event(event) if event is not None else _quoted(tellings[0]),
        tellings=tellings,
        checks=_checks(ledger, tellings),
        decisions=_decisions(ledger, tellings),
        nearest=nearest_events(ledger, event) if near and event is not None else (),
    )


def _quoted(telling: Telling) -> str:
    """What stands for an event of which nothing may be told: the words it was read from."""
    return f"“{telling.told.mention.evidence[0].quote}”"


def _event_id(ledger: Ledger, id_: str) -> EventId:
    if id_.startswith("ev_"):
        return ledger.events.current(EventId(id_))
    if id_.startswith("st_"):
        id_ = next(s.subject for s in ledger.statements.get([StatementId(id_)]))
    if id_.startswith("evm_"):
        found = ledger.events.of_mentions([MentionId(id_)])
        if found:
            return found[MentionId(id_)]
    raise LedgerError(f"{id_} belongs to no event", hint="name an event: ev_…")


def _passages(mention: EventMention, document: Document) -> tuple[tuple[Piece, ...], ...]:
    """Each sentence of evidence, cut where words fill a role."""
    marked = sorted(
        {(a.span, a.role) for a in mention.arguments} | {(mention.trigger, "trigger")},
        key=lambda m: (m[0].start, -m[0].end, m[1]),
    )
    found: list[tuple[Piece, ...]] = []
    for evidence in mention.evidence:
        pieces: list[Piece] = []
        at = evidence.span.start
        for span, role in marked:
            if not evidence.span.covers(span) or span.start < at:
                continue
            if span.start > at:
                pieces.append((document.text[at : span.start], None))
            pieces.append((span.of(document.text), role))
            at = span.end
        pieces.append((document.text[at : evidence.span.end], None))
        found.append(tuple(p for p in pieces if p[0]))
    return tuple(dict.fromkeys(found))


def _checks(ledger: Ledger, tellings: Sequence[Telling]) -> tuple[Check, ...]:
    """The checks on words that the event's statements quote."""
    spans = [(s.document_id, s.evidence.span) for t in tellings for s in t.statements]
    ids = list(dict.fromkeys(t.document.id for t in tellings))
    return tuple(
        check
        for check in ledger.readings.checks_of(ids)
        if any(d == check.document_id and c.overlaps(s) for d, s in spans for c in check.spans)
    )


def _decisions(ledger: Ledger, tellings: Sequence[Telling]) -> tuple[Decision, ...]:
    """The decisions on these mentions, undone ones too, oldest first."""
    ids = {t.told.mention.id for t in tellings}
    bound = {t.ruling.decision_id for t in tellings if t.ruling is not None} | {
        s.ruling.decision_id for t in tellings for s in t.statements if s.ruling is not None
    }
    found = ledger.decisions.about([t.document.id for t in tellings])
    return tuple(
        d
        for d in found
        if d.action is not Action.UNDO
        and (d.id in bound or ids & {a.mention_id for a in (*d.about, *d.others)})
    )
