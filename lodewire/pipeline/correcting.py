"""Corrections: which briefs said what a later decision holds wrong, and the notice on a brief.

Nothing of it is stored and no brief is rewritten: the log follows from the briefs as they were
composed and from the decisions. A brief is concerned when it was composed before the decision and
says something else than what has held since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from lodewire.ledger.binding import Told, bind_mention, bind_value
from lodewire.ledger.deciding import living
from lodewire.ledger.effects import fold
from lodewire.ledger.store import Ledger
from lodewire.model.brief import Brief, BriefEntry, CorrectionNote
from lodewire.model.correction import CorrectedBrief, Correction
from lodewire.model.decision import Decision
from lodewire.model.ids import DocumentId, EventId, StatementId
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import Action
from lodewire.publish.verify import may_print
from lodewire.publish.wording import print_statement

_CORRECTING = (Action.EDIT, Action.REJECT, Action.RETRACT, Action.CHOOSE)


def correction_log(ledger: Ledger) -> tuple[Correction, ...]:
    """Return every correction of briefs, the latest first."""
    return _corrections(ledger, ledger.decisions.all())


def corrections_by(ledger: Ledger, decision: Decision) -> tuple[Correction, ...]:
    """Return what one decision corrects."""
    return _corrections(ledger, [decision])


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
    notes = _notes([c for c in told if c.undone_at is None], brief.day)
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
    found = _corrections(ledger, decisions)
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


@dataclass(frozen=True, slots=True)
class _Change:
    """A moment at which a decision began, or ceased, to hold."""

    decision: Decision
    at: datetime
    undone: bool


def _corrections(ledger: Ledger, decisions: Sequence[Decision]) -> tuple[Correction, ...]:
    correcting = [d for d in decisions if d.action in _CORRECTING]
    documents = sorted({i for d in correcting for i in d.document_ids})
    told = ledger.decisions.told(documents)
    # All decisions on these documents bear on what holds, not only the ones asked about.
    around: dict[DocumentId, list[Decision]] = {}
    for decision in _deciding(ledger.decisions.about(documents)):
        for id_ in decision.document_ids:
            around.setdefault(id_, []).append(decision)
    concerned = {d.id: {s.id: s for s in _concerned(d, told)} for d in correcting}
    citing = _citing(ledger, {id_ for stated in concerned.values() for id_ in stated})
    found: list[Correction] = []
    for change in _changes(correcting):
        stated = concerned[change.decision.id]
        near_briefs = {b.id: b for id_ in stated for b in citing.get(id_, ())}
        briefs = [b for b in near_briefs.values() if b.composed_at < change.at]
        if not briefs:
            continue
        briefs.sort(key=lambda b: (b.day, b.composed_at, b.id))
        near = {d.id: d for i in change.decision.document_ids for d in around.get(i, ())}
        effects = fold(living(near.values(), change.at), told)
        holds = {id_: effects.on_statement(s) for id_, s in stated.items()}
        found += _told_of(change, holds, briefs, told)
    return tuple(sorted(found, key=lambda c: (c.since, c.id), reverse=True))


def _citing(ledger: Ledger, ids: Iterable[StatementId]) -> dict[StatementId, list[Brief]]:
    """The briefs that cite each statement; each brief is read once."""
    wanted = set(ids)
    found: dict[StatementId, list[Brief]] = {}
    for brief in ledger.briefs.citing(sorted(wanted)):
        for id_ in wanted.intersection(brief.statement_ids):
            found.setdefault(id_, []).append(brief)
    return found


def _changes(decisions: Iterable[Decision]) -> Iterator[_Change]:
    for decision in decisions:
        yield _Change(decision, decision.at, undone=False)
        if decision.deleted_at is not None and decision.action is Action.EDIT:
            yield _Change(decision, decision.deleted_at, undone=True)


def _deciding(found: Iterable[Decision]) -> list[Decision]:
    return [d for d in found if d.action not in (Action.MERGE, Action.SPLIT)]


def _concerned(decision: Decision, told: dict[DocumentId, Told]) -> Iterator[Statement]:
    """The statements that a decision puts in doubt: of a choice, those not chosen."""
    anchors = decision.others if decision.action is Action.CHOOSE else decision.about
    for anchor in anchors:
        there = told[anchor.document_id]
        if anchor.value is not None:
            yield from bind_value(anchor, there, any_value=decision.action is Action.EDIT)
            continue
        ids = {m.id for m in bind_mention(anchor, there)}
        yield from (s for s in there.statements if s.subject in ids)


def _told_of(
    change: _Change,
    holds: dict[StatementId, Statement],
    briefs: Sequence[Brief],
    told: dict[DocumentId, Told],
) -> Iterator[Correction]:
    """What the briefs said of the statements that does not hold any more, each saying once."""
    whole = any(a.value is None for a in change.decision.about)
    chosen = _chosen(change.decision, told)
    said: dict[tuple[str, str, str | None], tuple[list[StatementId], list[CorrectedBrief]]] = {}
    for brief in briefs:
        for entry in (e for s in brief.sections for e in s.entries):
            sentence = " ".join(s.text for s in entry.sentences)
            for id_ in sorted(entry.statement_ids & holds.keys()):
                words = _said(entry, id_, printed=change.decision.action is Action.CHOOSE)
                right = _right(holds[id_], chosen)
                if words is None or not _differs(words, holds[id_], right):
                    continue
                # Of an event withdrawn as a whole the sentence is what was said, not each value.
                key = ("", sentence, None) if whole else (holds[id_].property, words, right)
                ids, concerned = said.setdefault(key, ([], []))
                ids.append(id_)
                concerned.append(_corrected(brief, entry.event_id, sentence))
    decision = change.decision
    for (role, words, right), (ids, concerned) in said.items():
        yield Correction(
            decision_id=decision.id,
            action=Action.UNDO if change.undone else decision.action,
            author=decision.deleted_by if change.undone else decision.author,
            since=change.at,
            reason="the edit was taken back" if change.undone else decision.reason,
            role=role,
            said=words,
            right=right,
            statement_ids=tuple(dict.fromkeys(ids)),
            briefs=tuple(dict.fromkeys(concerned)),
            undone_at=None if change.undone else decision.deleted_at,
        )


def _corrected(brief: Brief, event_id: EventId, sentence: str) -> CorrectedBrief:
    return CorrectedBrief(
        brief_id=brief.id,
        day=brief.day,
        composed_at=brief.composed_at,
        event_id=event_id,
        sentence=sentence,
    )


def _said(entry: BriefEntry, id_: StatementId, *, printed: bool) -> str | None:
    """What an entry says in its sentence, else in its list of values (unless ``printed``)."""
    for sentence in entry.sentences:
        for segment in sentence.segments:
            if id_ in segment.statements:
                return segment.text
    if printed:
        return None
    return next((q.value for q in entry.quotes if q.statement_id == id_), None)


def _chosen(decision: Decision, told: dict[DocumentId, Told]) -> Statement | None:
    if decision.action is not Action.CHOOSE:
        return None
    found = [s for a in decision.about for s in bind_value(a, told[a.document_id])]
    return found[0] if found else None


def _right(statement: Statement, chosen: Statement | None) -> str | None:
    if statement.retracted_at is not None:
        return None
    return print_statement(statement if chosen is None else chosen)


def _differs(words: str, statement: Statement, right: str | None) -> bool:
    if right is None:
        return True
    if statement.ruling is not None and statement.ruling.chosen is False:
        return words != right
    return not may_print(words, statement)
