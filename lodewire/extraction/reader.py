"""Reading one document: names, numbers, events, checks, desks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lodewire.extraction.analysis import Analysis, Sentence, analyse
from lodewire.extraction.bounds import bound_sentences
from lodewire.extraction.build import METHOD, build_mentions
from lodewire.extraction.checks import run_checks
from lodewire.extraction.circumstance import settle
from lodewire.extraction.conjuncts import read_conjuncts
from lodewire.extraction.desks import score_desks
from lodewire.extraction.drafts import Draft
from lodewire.extraction.finding import Finder, Found
from lodewire.extraction.frames.registry import FRAMES
from lodewire.extraction.inherit import inherit
from lodewire.extraction.learned.find import judge_tellings
from lodewire.extraction.merge import merge_drafts
from lodewire.extraction.naming.scan import scan
from lodewire.extraction.own_output import take_over
from lodewire.extraction.pairings import pair_lists
from lodewire.extraction.parallels import find_parallels
from lodewire.extraction.relevance import score_relevance
from lodewire.extraction.silence import mark_undisclosed
from lodewire.extraction.sound import sound
from lodewire.model.document import Document
from lodewire.model.event import EventMention
from lodewire.model.reading import Reading

GATE = 0.3  # relevance under which a document is not read deeply; see docs/methods/relevance.md
LONGEST = 200_000  # characters read deeply; a longer text is an archive, not an article


def read_document(document: Document, *, gate: float = GATE, find: Finder | None = None) -> Reading:
    """Return everything understood of ``document``; pure, and never raises on any text.

    Below ``gate`` only relevance is computed. Pass ``gate=0`` to read whatever the text is about.
    ``find`` finds the events in place of the frames; what it notes joins the document's notes.
    The reading's document is the one given, but for half characters (see ``sound``).
    """
    document = sound(document)
    text = document.text
    hits = scan(text)
    relevance = score_relevance(text, hits)
    if relevance < gate or len(text) > LONGEST or not document.sentences:
        return Reading(document=document, relevance=relevance, method=METHOD)
    bounded = bound_sentences(document)
    analysis = analyse(bounded, hits)
    found = find(analysis) if find else Found(events=find_events(analysis), method=METHOD)
    events = found.events
    if found.notes:
        document = replace(document, notes=(*document.notes, *found.notes))
    checks = run_checks(
        bounded, analysis.quantities, analysis.mentions, events, dates=analysis.dates
    )
    desks = score_desks(
        document.title, text, analysis.mentions, analysis.kinds, (e.type for e in events)
    )
    return Reading(
        document=document,
        relevance=relevance,
        desks=desks,
        mentions=analysis.mentions,
        quantities=analysis.quantities,
        dates=analysis.dates,
        events=events,
        checks=checks,
        method=found.method,
    )


def find_events(analysis: Analysis) -> tuple[EventMention, ...]:
    """Return the events that the frames find, merged and proved, in text order."""
    drafts = _told(analysis.sentences)
    for draft in drafts:
        settle(draft)
    take_over(drafts)
    inherit(drafts)
    mark_undisclosed(analysis.sentences, drafts)
    return tuple(build_mentions(analysis, merge_drafts(drafts)))


def _told(sentences: Sequence[Sentence]) -> list[Draft]:
    """The tellings of the sentences, of their coordinated clauses and of their gapped conjuncts."""
    drafts = _read(sentences)
    rows: dict[int, list[Draft]] = {}
    for draft in drafts:
        rows.setdefault(draft.sentence.index, []).append(draft)
    for sentence in sentences:
        row = rows.get(sentence.index, [])
        row += read_conjuncts(sentence, row, lambda part: _read([part]))
        row += find_parallels(sentence, row)
        row += pair_lists(sentence, row)
    return [d for s in sentences for d in rows.get(s.index, ())]


def _read(sentences: Sequence[Sentence]) -> list[Draft]:
    drafts = [draft for sentence in sentences for frame in FRAMES for draft in frame(sentence)]
    return judge_tellings(sentences, drafts)
