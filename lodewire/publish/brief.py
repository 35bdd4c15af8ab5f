"""The brief of a day: events ranked by desk, each told, proved, checked and linked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from lodewire.errors import PublishError
from lodewire.model.brief import (
    Brief,
    BriefEntry,
    ContextNote,
    DeskSection,
    EditNote,
    QuoteNote,
    Segment,
    Sentence,
    SourceLink,
)
from lodewire.model.check import Check
from lodewire.model.document import Document
from lodewire.model.event import Event
from lodewire.model.ids import DocumentId, EventId, OriginId
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import HOW_TOLD, PRICES, Desk, EventType, Verdict
from lodewire.ontology.commodities import load_commodities
from lodewire.publish.conflicts import find_conflicts, undisclosed_roles, with_undisclosed
from lodewire.publish.edition import NO_EDITION, Edition
from lodewire.publish.numbers import number_notes
from lodewire.publish.rank import Importance, rank_events
from lodewire.publish.sentences import compose_sentence, tell_event
from lodewire.publish.surroundings import words_around
from lodewire.publish.wording import parse_dates, print_statement
from lodewire.publish.worth import says_enough

PER_DESK = 8
PER_SERIES = 2  # moves of one price: the day's, and the week's or the year's
PER_MEASURE = 1  # tellings of what one authority does about one material; the site has them all
FEW = 4  # entries up to which background may fill a desk
SURE = 0.7
TOLD = 0.5  # events read with less confidence are counted, not told: they wait for an editor
LEARNED = 0.7  # the same for events that only the linear models found: their slips are odder
RECENT_DAYS = 45
TOP = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that a brief is made of: the day's events and what lies behind them.

    ``sources`` gives the link of each document; ``origins`` the origin each belongs to (one link
    an origin is shown); ``checks`` those of each document; ``documents`` the texts that quotes are
    shown in; ``context`` lines computed from reference figures for an event; ``edition`` what an
    editor made of the day.
    """

    events: Sequence[Event]
    sources: Mapping[DocumentId, SourceLink]
    origins: Mapping[DocumentId, OriginId] = field(default_factory=dict)
    checks: Mapping[DocumentId, Sequence[Check]] = field(default_factory=dict)
    documents: Mapping[DocumentId, Document] = field(default_factory=dict)
    context: Mapping[EventId, Sequence[ContextNote]] = field(default_factory=dict)
    edition: Edition = NO_EDITION


def build_brief(
    day: date,
    material: Material,
    *,
    title: str,
    composed_at: datetime,
    per_desk: int = PER_DESK,
    sample: bool = False,
) -> Brief:
    """Compose the brief of ``day``; each event stands once, at the desk it fits best.

    What a text tells as background is told only where a desk has little news. Events that were read
    with little confidence are held back; a note says how many. One of which too little is told to
    learn from is counted only. What an editor holds is left out, what they placed stands first.
    """
    placed: dict[Desk, list[BriefEntry]] = {desk: [] for desk in Desk}
    left: dict[Desk, int] = dict.fromkeys(Desk, 0)
    notes: list[str] = []
    edition = material.edition
    events = [e for e in material.events if e.id not in edition.held]
    sure = [e for e in events if is_told(e)]
    if len(sure) < len(events):
        notes.append(f"held back as unsure: {len(events) - len(sure)} events")
    news = rank_events([e for e in sure if e.core], day)
    background = rank_events([e for e in sure if _fills(e, day)], day)
    told: Counter[str] = Counter()
    for event, importance in edition.ranked([*news, *background]):
        desk = _desk_of(event)
        full = len(placed[desk]) >= (per_desk if event.core else min(per_desk, FEW))
        series, most = _series_of(event)
        if full or told[series] >= most or not (edition.chose(event) or says_enough(event)):
            left[desk] += event.core
            continue
        try:
            sentence = edition.sentences.get(event.id) or compose_sentence(event)
            placed[desk].append(_entry(event, desk, importance, material, sentence))
            told[series] += 1
        except PublishError as error:
            notes.append(f"left out {event.id}: {error.message}")
    sections = tuple(
        DeskSection(desk=desk, entries=tuple(entries), also=left[desk])
        for desk, entries in placed.items()
    )
    everything = edition.leading([e for s in sections for e in s.entries])
    return Brief(
        day=day,
        title=title,
        composed_at=composed_at,
        sections=sections,
        top=tuple(e.event_id for e in everything[:TOP]),
        notes=tuple(notes),
        sample=sample,
    )


def _series_of(event: Event) -> tuple[str, int]:
    """What several events tell of, and how often a brief does: a price, an authority's measure."""
    if event.type in PRICES:
        told = [*event.of("benchmark"), *event.of("commodity")]
        return (_named(told[0]), PER_SERIES) if told else (event.id, 1)
    if event.type is EventType.POLICY_MEASURE:
        authorities, sectors = event.of("authority"), event.of("sector")
        if authorities and sectors:
            return f"{_named(authorities[0])} {_named(sectors[0])}", PER_MEASURE
    return event.id, 1


def _named(statement: Statement) -> str:
    return statement.entity or statement.value.lower()


def least_confidence(event: Event) -> float:
    """Return the confidence that an event needs to be told."""
    learned = all((s.method or "").startswith("linear/") for s in event.statements)
    return LEARNED if event.statements and learned else TOLD


def is_told(event: Event) -> bool:
    """Tell whether an event is sure enough to be told; the others wait for an editor."""
    return event.confidence >= least_confidence(event)


def entry_of(event: Event, material: Material) -> BriefEntry:
    """Return the entry that tells ``event`` by itself, whatever its day told besides.

    Where no pattern fits its roles, its sentence is the label of its type.
    """
    ((_, importance),) = rank_events([event], event.reported)
    try:
        sentence = compose_sentence(event)
    except PublishError:
        sentence = Sentence(segments=(Segment(text=tell_event(event)),))
    return _entry(event, _desk_of(event), importance, material, sentence)


def _fills(event: Event, day: date) -> bool:
    """Background fit to fill a quiet desk: surely read, first told today, not of another year."""
    if event.core or event.confidence < SURE or event.reported != day:
        return False
    stated = [
        span
        for role in ("date", "period", "effective_date")
        for s in event.of(role)
        if (span := parse_dates(s.value)) is not None
    ]
    return all(abs((day - last).days) <= RECENT_DAYS for _, last in stated)


_RULES = frozenset((EventType.TARIFF, EventType.EXPORT_RESTRICTION, EventType.SANCTION))
_THEMES = frozenset((Desk.SANCTIONS_REGULATION, Desk.BUSINESS_POLITICS))


def _desk_of(event: Event) -> Desk:
    """Trade rules go to their own desk; all else to its material's, as document or goods tell."""
    if event.type in _RULES:
        return Desk.SANCTIONS_REGULATION
    materials = [d for d in event.desks if d not in _THEMES]
    materials.extend(_desks_of_goods(event))
    themes = [d for d in event.desks if d in _THEMES]
    return next(iter([*materials, *themes]), Desk.BUSINESS_POLITICS)


def _desks_of_goods(event: Event) -> list[Desk]:
    known = load_commodities()
    return [
        known[s.entity].desks[0]
        for role in ("commodity", "sector", "product")
        for s in event.of(role)
        if s.entity is not None and s.entity in known and known[s.entity].desks
    ]


def _entry(
    event: Event, desk: Desk, importance: Importance, material: Material, sentence: Sentence
) -> BriefEntry:
    checks = _checks_of(event, material.checks)
    sources = _sources(event, material)
    return BriefEntry(
        event_id=event.id,
        type=event.type,
        status=event.status,
        modality=event.modality,
        desk=desk,
        sentences=(sentence,),
        importance=importance.score,
        why=importance.why,
        origins=len(event.origins),
        quotes=_quotes(event, sentence, sources, material),
        sources=sources,
        not_disclosed=undisclosed_roles(event),
        numbers=number_notes(event, checks),
        checks=_verdicts(checks),
        conflicts=with_undisclosed(
            find_conflicts(event, material.sources), event, material.sources
        ),
        context=tuple(material.context.get(event.id, ())),
        edits=_edits(event),
    )


def _edits(event: Event) -> tuple[EditNote, ...]:
    """The values that are an editor's, each change once."""
    told: dict[tuple[str, str, str], EditNote] = {}
    for s in event.statements:
        if s.ruling is None or not s.edited or s.retracted_at is not None:
            continue
        value, unit = s.as_read
        read = print_statement(replace(s, value=value, unit=unit, ruling=None))
        note = EditNote(
            statement_id=s.id,
            role=s.property,
            read=read,
            value=print_statement(s),
            author=s.ruling.author,
            at=s.ruling.at,
            reason=s.ruling.reason,
        )
        told.setdefault((note.role, note.read, note.value), note)
    return tuple(told.values())


def _quotes(
    event: Event, sentence: Sentence, sources: Sequence[SourceLink], material: Material
) -> tuple[QuoteNote, ...]:
    """The words behind the entry: of the documents shown, and of all that the sentence cites."""
    cited = {id_ for segment in sentence.segments for id_ in segment.statements}
    shown = {s.document_id for s in sources}
    return tuple(
        _quote(s, material)
        for s in event.statements
        if s.retracted_at is None
        and (s.id in cited or (s.document_id in shown and s.property not in HOW_TOLD))
    )


def _quote(statement: Statement, material: Material) -> QuoteNote:
    link = material.sources.get(statement.document_id)
    document = material.documents.get(statement.document_id)
    before, after = words_around(document, statement.evidence.span) if document else ("", "")
    return QuoteNote(
        statement_id=statement.id,
        role=statement.property,
        value=print_statement(statement),
        quote=statement.evidence.quote,
        document_id=statement.document_id,
        publisher=link.publisher if link is not None else "",
        before=before,
        after=after,
    )


def _sources(event: Event, material: Material) -> tuple[SourceLink, ...]:
    """One link an origin, the earliest; copies are counted, not listed."""
    found = [material.sources[d] for d in event.document_ids if d in material.sources]
    found.sort(key=lambda s: (s.published or date.max, s.publisher, s.document_id))
    kept: dict[str, SourceLink] = {}
    for link in found:
        kept.setdefault(material.origins.get(link.document_id, link.document_id), link)
    return tuple(kept.values())


def _checks_of(event: Event, checks: Mapping[DocumentId, Sequence[Check]]) -> list[Check]:
    """Checks that touch the words of one of the event's statements."""
    touched: list[Check] = []
    for document_id in event.document_ids:
        spans = [
            s.evidence.span
            for s in event.statements
            if s.document_id == document_id and s.retracted_at is None
        ]
        for check in checks.get(document_id, ()):
            if any(c.overlaps(s) for c in check.spans for s in spans):
                touched.append(check)
    return touched


_TOLD = (Verdict.CONSISTENT, Verdict.ROUNDING, Verdict.MISMATCH, Verdict.QUERY)


def _verdicts(checks: Sequence[Check]) -> tuple[tuple[Verdict, str], ...]:
    told = {(c.verdict, c.detail): None for c in checks if c.verdict in _TOLD}
    return tuple(told)
