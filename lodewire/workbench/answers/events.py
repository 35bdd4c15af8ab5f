"""Events and statements as the API answers them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from lodewire.errors import NotThere
from lodewire.ledger.amounts import stated_bounds
from lodewire.ledger.search import SearchFilters
from lodewire.ledger.selecting import EventFilters
from lodewire.ledger.store import Ledger
from lodewire.model.answers import (
    Amount,
    CheckAnswer,
    EventAnswer,
    EventPage,
    NoteAnswer,
    RoleAnswer,
    SourceAnswer,
    StatementAnswer,
    StatementPage,
    WholeEventAnswer,
)
from lodewire.model.event import Event
from lodewire.model.ids import DocumentId, EventId, MentionId, StatementId
from lodewire.model.statement import Statement
from lodewire.ontology.event_types import load_event_types
from lodewire.publish.brief import is_told
from lodewire.publish.sentences import tell_event
from lodewire.workbench.answers.cursors import event_cursor, place_of
from lodewire.workbench.briefing.context import context_of

_ABOUT = ("type", "status", "modality", "attribution", "not_disclosed")
PER_PAGE = 50


def find_events(
    ledger: Ledger,
    filters: EventFilters | None = None,
    *,
    query: str = "",
    limit: int = PER_PAGE,
    cursor: str = "",
    site: str = "",
) -> EventPage:
    """Return events newest first: those that filters let through, of documents that match a query.

    Only events sure enough for a brief are told; the others wait for an editor. ``site`` is the
    address that pages stand under. Raises QueryError for a foreign cursor.
    """
    among = ledger.search.event_ids(query, SearchFilters()) if query.strip() else None
    after = place_of(cursor) if cursor else None
    chosen = ledger.select(filters, among=among, after=after)
    found = list(islice((e for e in chosen if is_told(e)), limit + 1))
    more, found = len(found) > limit, found[:limit]
    last = found[-1] if more else None
    end = event_cursor(last.reported, last.id) if last and last.reported else None
    return EventPage(events=tuple(event_answer(e, site) for e in found), next=end)


def event_of(ledger: Ledger, id_: str) -> Event:
    """Return a told event; an id that a merge ended gives the event it went into.

    Raises NotThere where there is none, it was rejected, or waits for an editor.
    """
    found = ledger.events.get_all([ledger.events.current(EventId(id_))])
    if not found or not is_told(found[0]):
        raise NotThere(
            f"there is no event {id_[:80]!r}",
            hint="It may have been withdrawn, or wait for an editor. Search for a name in it.",
        )
    return found[0]


def whole_event(
    ledger: Ledger, id_: str, *, publishers: Mapping[str, str] | None = None, site: str = ""
) -> WholeEventAnswer:
    """Return an event with all that proves it. Raises NotThere."""
    event = event_of(ledger, id_)
    ids = event.document_ids
    links = ledger.documents.links(ids, publishers)
    members = ledger.stories.members_of(ids)
    copies = ledger.stories.copies({m.origin_id for m in members.values()})
    return WholeEventAnswer(
        event=event_answer(event, site),
        statements=tuple(statement_answer(s, event.id) for s in event.statements),
        sources=tuple(
            SourceAnswer(
                document=i,
                publisher=links[i].publisher,
                title=links[i].title,
                url=links[i].url,
                published=links[i].published,
                copies=copies.get(members[i].origin_id, 0) if i in members else 0,
            )
            for i in ids
            if i in links
        ),
        checks=tuple(
            CheckAnswer(
                id=c.id, document=c.document_id, kind=c.kind, verdict=c.verdict, detail=c.detail
            )
            for c in ledger.readings.checks_of(ids)
        ),
        context=tuple(
            NoteAnswer(text=n.text, source=n.source, method=n.method) for n in context_of(event)
        ),
    )


def event_answer(event: Event, site: str = "") -> EventAnswer:
    """Return an event in short, each role with its values, the best supported first."""
    return EventAnswer(
        id=event.id,
        type=event.type,
        status=event.status,
        modality=event.modality,
        core=event.core,
        confidence=f"{event.confidence:.2f}",
        reported=event.reported,
        desks=event.desks,
        sentence=tell_event(event),
        roles=tuple(_roles(event)),
        not_disclosed=tuple(dict.fromkeys(s.value for s in event.of("not_disclosed"))),
        origins=len(event.origins),
        documents=event.document_ids,
        first_seen=event.first_seen,
        last_seen=event.last_seen,
        page=f"{site}/event/{event.id}" if site else None,
    )


def _roles(event: Event) -> Iterable[RoleAnswer]:
    for role in load_event_types()[event.type].roles:
        seen = set()
        for s in event.of(role.name):
            value = (s.entity or s.value.casefold(), s.unit, s.qualifier)
            if value in seen:
                continue
            seen.add(value)
            yield RoleAnswer(
                role=role.name,
                value=s.value,
                amount=_amount(s),
                entity=s.entity,
                quote=s.evidence.quote,
                statement=s.id,
            )


def statements_of_event(ledger: Ledger, id_: str) -> StatementPage:
    """Return what proves an event, retracted statements included. Raises NotThere."""
    event = event_of(ledger, id_)
    return StatementPage(statements=tuple(statement_answer(s, event.id) for s in event.statements))


def statements_of_document(ledger: Ledger, id_: str) -> StatementPage:
    """Return what a document states of events that are told. Raises NotThere."""
    if not ledger.documents.get_all([DocumentId(id_)]):
        raise NotThere(f"there is no document {id_[:80]!r}", hint="Search for words of its title.")
    found = ledger.statements.of_document(DocumentId(id_))
    placed = _told_places(ledger, found)
    return StatementPage(
        statements=tuple(
            statement_answer(s, placed[s.subject]) for s in found if s.subject in placed
        )
    )


def one_statement(ledger: Ledger, id_: str) -> StatementAnswer:
    """Return a statement of a told event. Raises NotThere."""
    found = ledger.statements.get([StatementId(id_)])
    placed = _told_places(ledger, found)
    if not found or found[0].subject not in placed:
        raise NotThere(f"there is no statement {id_[:80]!r}", hint="Ask for those of an event.")
    return statement_answer(found[0], placed[found[0].subject])


def _told_places(ledger: Ledger, found: Sequence[Statement]) -> dict[str, EventId]:
    """The event of each mention that statements are about, where it is told."""
    documents = dict.fromkeys(s.document_id for s in found)
    events = {i for ids in ledger.events.ids_for_documents(documents).values() for i in ids}
    told = [e for e in ledger.events.get_all(sorted(events)) if is_told(e)]
    places: dict[MentionId, EventId] = {m: e.id for e in told for m in e.mention_ids}
    return {s.subject: places[MentionId(s.subject)] for s in found if s.subject in places}


def statement_answer(s: Statement, event: EventId | None) -> StatementAnswer:
    """Return one statement, ``event`` being the one that its mention belongs to."""
    return StatementAnswer(
        id=s.id,
        subject=s.subject,
        event=event,
        role=s.property,
        value=s.value,
        original=s.original,
        amount=_amount(s),
        entity=s.entity,
        quote=s.evidence.quote,
        start=s.evidence.span.start,
        end=s.evidence.span.end,
        document=s.document_id,
        origin=s.origin_id,
        method=s.method,
        first_seen=s.first_seen,
        last_seen=s.last_seen,
        retracted_at=s.retracted_at,
        edited_by=s.ruling.author if s.edited and s.ruling else None,
    )


def _amount(s: Statement) -> Amount | None:
    if s.property in _ABOUT or (s.unit is None and s.qualifier is None):
        return None
    low, high = stated_bounds(s.value, s.qualifier) or (None, None)
    return Amount(
        low=None if low is None else f"{low:f}",
        high=None if high is None else f"{high:f}",
        unit=s.unit,
        qualifier=s.qualifier,
        basis=s.basis,
    )
