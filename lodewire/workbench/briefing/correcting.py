"""Corrections: which briefs said what a later decision holds wrong, and the notice on a brief.

Nothing of it is stored and no brief is rewritten: the log follows from the briefs as they were
composed and from the decisions. A brief is concerned when it was composed before the decision and
says something else than what has held since.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from lodewire.ledger.store import Ledger
from lodewire.model.brief import Brief, BriefEntry, CorrectionNote
from lodewire.model.correction import Correction
from lodewire.model.decision import Decision
from lodewire.model.ids import EventId, StatementId
from lodewire.workbench.briefing.misstated import find_corrections


def correction_log(ledger: Ledger) -> tuple[Correction, ...]:
    """Return every correction of briefs, the latest first."""
    return find_corrections(ledger, ledger.decisions.all())


def corrections_by(ledger: Ledger, decision: Decision) -> tuple[Correction, ...]:
    """Return what one decision corrects."""
    return find_corrections(ledger, [decision])


def corrections_of(ledger: Ledger, day: date) -> tuple[Correction, ...]:
    """Return the corrections of the briefs of one day, the latest first."""
    return _of_briefs(ledger, ledger.briefs.of_day(day), day)


def with_notices(ledger: Ledger, brief: Brief) -> Brief:
    """Return ``brief`` with the corrections of its day at the entries concerned.

    Those whose entry it does not hold (any more) stand at the top. What is kept stays as it was
    composed: notices are added whenever a brief is shown.
    """
    composed = ledger.briefs.of_day(brief.day)
    told = _of_briefs(ledger, composed, brief.day)
    notes = _notes([c for c in told if c.until is None], brief.day)
    if not notes:
        return brief
    sections = tuple(
        replace(
            section,
            entries=tuple(
                replace(e, corrections=tuple(n for id_, n in notes if _belongs(n, id_, e)))
                for e in section.entries
            ),
        )
        for section in brief.sections
    )
    entries = [e for s in brief.sections for e in s.entries]
    lost = tuple(n for id_, n in notes if not any(_belongs(n, id_, e) for e in entries))
    return replace(brief, sections=sections, corrections=lost)


def _belongs(note: CorrectionNote, event_id: EventId, entry: BriefEntry) -> bool:
    # An event's id changes when an earlier report of it arrives: its statements stay.
    return entry.event_id == event_id or note.statement_id in entry.statement_ids


def _of_briefs(ledger: Ledger, briefs: Sequence[Brief], day: date) -> tuple[Correction, ...]:
    quoted = {
        q.document_id for b in briefs for s in b.sections for e in s.entries for q in e.quotes
    }
    decisions = ledger.decisions.about(sorted(quoted))
    if not decisions:
        return ()
    found = find_corrections(ledger, decisions)
    return tuple(c for c in found if any(b.day == day for b in c.briefs))


def _notes(found: Sequence[Correction], day: date) -> list[tuple[EventId, CorrectionNote]]:
    """Of several corrections of one statement in one entry the latest stands."""
    notes: dict[tuple[EventId, str, StatementId], tuple[EventId, CorrectionNote]] = {}
    for correction in sorted(found, key=lambda c: (c.since, c.id)):
        for brief in correction.briefs:
            if brief.day != day:
                continue
            first = correction.statement_ids[0]
            note = CorrectionNote(
                statement_id=first,
                role=correction.role,
                said=correction.said,
                right=correction.right,
                sentence=brief.sentence,
                since=correction.since,
                author=correction.author,
                reason=correction.reason,
            )
            notes[(brief.event_id, correction.role, first)] = (brief.event_id, note)
    return list(notes.values())
