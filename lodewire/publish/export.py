"""A brief as JSON: stable names, segments with their statements, quotes, sources."""

from __future__ import annotations

from typing import Any

from lodewire.model.brief import Brief, BriefEntry, CorrectionNote, DeskSection, Sentence
from lodewire.ontology.desks import load_desks

VERSION = 1


def brief_to_json(brief: Brief) -> dict[str, Any]:
    """Return the brief as an object for ``json.dumps``; version 1 of the format."""
    return {
        "version": VERSION,
        "id": brief.id,
        "day": brief.day.isoformat(),
        "title": brief.title,
        "composed_at": brief.composed_at.isoformat(),
        "sample": brief.sample,
        "top": list(brief.top),
        "desks": [_section(s) for s in brief.sections],
        "notes": list(brief.notes),
        "corrections": [_correction(c) for c in brief.corrections],
    }


def _correction(note: CorrectionNote) -> dict[str, Any]:
    return {
        "statement": note.statement_id,
        "role": note.role,
        "said": note.said,
        "right": note.right,
        "sentence": note.sentence,
        "since": note.since.isoformat(),
        "author": note.author,
        "reason": note.reason,
    }


def _section(section: DeskSection) -> dict[str, Any]:
    return {
        "id": section.desk.value,
        "title": load_desks()[section.desk].title,
        "also": section.also,
        "entries": [_entry(e) for e in section.entries],
    }


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "segments": [{"text": s.text, "statements": list(s.statements)} for s in sentence.segments],
    }


def _entry(entry: BriefEntry) -> dict[str, Any]:
    return {
        "event": entry.event_id,
        "type": entry.type.value,
        "status": entry.status.value,
        "modality": entry.modality.value,
        "sentences": [_sentence(s) for s in entry.sentences],
        "importance": entry.importance,
        "why": entry.why,
        "origins": entry.origins,
        "not_disclosed": list(entry.not_disclosed),
        "numbers": [
            {
                "text": n.text,
                "statement": n.statement_id,
                "conversion": n.conversion,
                "verdict": n.verdict.value if n.verdict else None,
                "detail": n.detail,
            }
            for n in entry.numbers
        ],
        "checks": [{"verdict": v.value, "detail": d} for v, d in entry.checks],
        "conflicts": [
            {
                "role": c.role,
                "values": [{"value": v, "said_by": w} for v, w in c.values],
                "settled": c.settled or None,
            }
            for c in entry.conflicts
        ],
        "edits": [
            {
                "statement": e.statement_id,
                "role": e.role,
                "read": e.read,
                "value": e.value,
                "author": e.author,
                "at": e.at.isoformat(),
                "reason": e.reason,
            }
            for e in entry.edits
        ],
        "corrections": [_correction(c) for c in entry.corrections],
        "context": [
            {"text": c.text, "source": c.source, "method": c.method} for c in entry.context
        ],
        "quotes": [
            {
                "statement": q.statement_id,
                "role": q.role,
                "value": q.value,
                "before": q.before,
                "quote": q.quote,
                "after": q.after,
                "document": q.document_id,
                "publisher": q.publisher,
            }
            for q in entry.quotes
        ],
        "sources": [
            {
                "document": s.document_id,
                "publisher": s.publisher,
                "title": s.title,
                "url": s.url,
                "published": s.published.isoformat() if s.published else None,
                "copies": s.copies,
            }
            for s in entry.sources
        ],
    }
