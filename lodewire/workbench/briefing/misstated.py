"""What briefs said that decisions hold wrong: found from the briefs and the decisions alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lodewire.ledger.binding import bind_mention, bind_value
from lodewire.ledger.deciding import living
from lodewire.ledger.effects import Bound, Effects, bind, fold
from lodewire.ledger.store import Ledger
from lodewire.model.brief import Brief, BriefEntry
from lodewire.model.correction import CorrectedBrief, Correction
from lodewire.model.decision import Decision
from lodewire.model.ids import DecisionId, DocumentId, StatementId
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import Action
from lodewire.publish.verify import may_print
from lodewire.publish.wording import print_statement

# Accepting what was edited or rejected before puts the value read back in its place.
_CORRECTING = (Action.EDIT, Action.REJECT, Action.RETRACT, Action.CHOOSE, Action.ACCEPT)

#: Role ("" for the whole sentence), what was said, and what is right.
_Wrong = tuple[str, str, str | None]


@dataclass(frozen=True, slots=True)
class _Change:
    """A moment at which a decision began, or ceased, to hold."""

    decision: Decision
    at: datetime
    undone: bool


@dataclass(frozen=True, slots=True)
class _Saying:
    """An entry of a brief, and a statement of which it says something."""

    brief: Brief
    entry: BriefEntry
    statement_id: StatementId


def find_corrections(ledger: Ledger, decisions: Sequence[Decision]) -> tuple[Correction, ...]:
    """Return what briefs composed before a decision said that does not hold since, latest first."""
    correcting = [d for d in decisions if d.action in _CORRECTING]
    finder = _Finder(ledger, correcting)
    found = [c for change in _changes(correcting) for c in finder.of(change)]
    return tuple(sorted(found, key=lambda c: (c.since, c.id), reverse=True))


def _changes(decisions: Iterable[Decision]) -> Iterator[_Change]:
    for decision in decisions:
        yield _Change(decision, decision.at, undone=False)
        if decision.deleted_at is not None:
            yield _Change(decision, decision.deleted_at, undone=True)


class _Finder:
    """All that is needed to tell what held when; read once for many decisions."""

    def __init__(self, ledger: Ledger, correcting: Sequence[Decision]) -> None:
        documents = {i for d in correcting for i in d.document_ids}
        self._told = dict(ledger.decisions.told(sorted(documents)))
        self._concerned = {d.id: self._statements_of(d) for d in correcting}
        wanted = {s.id for stated in self._concerned.values() for s in stated}
        self._saying: dict[StatementId, list[tuple[Brief, BriefEntry]]] = {}
        entries = [
            (b, e)
            for b in ledger.briefs.citing(sorted(wanted))
            for section in b.sections
            for e in section.entries
            if not wanted.isdisjoint(e.statement_ids)
        ]
        for brief, entry in entries:
            for id_ in wanted & entry.statement_ids:
                self._saying.setdefault(id_, []).append((brief, entry))
        # What else an entry quotes may back what it says, when one of its sources falls away.
        beside = {q.document_id for _, e in entries for q in e.quotes} - documents
        self._told.update(ledger.decisions.told(sorted(beside)))
        self._statements = {s.id: s for there in self._told.values() for s in there.statements}
        self._around: dict[DocumentId, list[Bound]] = {}
        for decision in ledger.decisions.about(sorted(self._told)):
            if decision.action not in (Action.MERGE, Action.SPLIT):
                bound = bind(decision, self._told)
                for document_id in decision.document_ids:
                    self._around.setdefault(document_id, []).append(bound)

    def of(self, change: _Change) -> Iterator[Correction]:
        """Return what a change corrects: each saying once, with the briefs that said it."""
        decision = change.decision
        sayings = self._in_doubt(change)
        if not sayings:
            return
        near = self._near(s.entry for s in sayings)
        before = fold(_living(near, change.at - timedelta(microseconds=1)))
        effects = fold(_living(near, change.at))
        wrong: dict[tuple[_Wrong, datetime | None], list[_Saying]] = {}
        for saying in sayings:
            key = self._misstated(change, saying, effects)
            if key is not None and key != self._misstated(change, saying, before):
                until = self._until(change, saying, near, key)
                wrong.setdefault((key, until), []).append(saying)
        for ((role, said, right), until), those in wrong.items():
            yield Correction(
                decision_id=decision.id,
                action=Action.UNDO if change.undone else decision.action,
                author=decision.deleted_by if change.undone else decision.author,
                since=change.at,
                reason=_reason(change),
                role=role,
                said=said,
                right=right,
                statement_ids=tuple(dict.fromkeys(s.statement_id for s in those)),
                briefs=tuple(dict.fromkeys(_corrected(s) for s in those)),
                until=until,
            )

    def _in_doubt(self, change: _Change) -> list[_Saying]:
        """What earlier briefs said in the roles concerned, in order.

        Other statements of the entry too: one that still backed it may have been the last.
        """
        ids: dict[int, str] = {}  # a brief's id takes the digest of all its sentences
        found: dict[tuple[str, datetime, str, str, str], _Saying] = {}
        for s in self._concerned[change.decision.id]:
            for brief, entry in self._saying.get(s.id, ()):
                if brief.composed_at >= change.at:
                    continue
                brief_id = ids.setdefault(id(brief), brief.id)
                for id_ in entry.statement_ids & self._statements.keys():
                    if self._statements[id_].property == s.property:
                        place = (brief.day.isoformat(), brief.composed_at, brief_id, id_)
                        found[(*place, entry.event_id)] = _Saying(brief, entry, id_)
        return [found[place] for place in sorted(found)]

    def _statements_of(self, decision: Decision) -> list[Statement]:
        """The statements that a decision puts in doubt: of a choice, those not chosen."""
        found: dict[StatementId, Statement] = {}
        for anchor in decision.others if decision.action is Action.CHOOSE else decision.about:
            there = self._told[anchor.document_id]
            if anchor.value is not None:
                bound = bind_value(anchor, there, any_value=decision.action is Action.EDIT)
            else:
                ids = {m.id for m in bind_mention(anchor, there)}
                bound = tuple(s for s in there.statements if s.subject in ids)
            found.update((s.id, s) for s in bound)
        return list(found.values())

    def _near(self, entries: Iterable[BriefEntry]) -> list[Bound]:
        documents = {q.document_id for e in entries for q in e.quotes}
        near: dict[DecisionId, Bound] = {}
        for id_ in sorted(documents):
            near.update((b.ruling.decision_id, b) for b in self._around.get(id_, ()))
        return list(near.values())

    def _misstated(self, change: _Change, saying: _Saying, effects: Effects) -> _Wrong | None:
        """What an entry says wrongly of a statement (role, said, right); None where it is right."""
        entry, statement = saying.entry, self._statements[saying.statement_id]
        said = _said(entry, statement.id, printed=change.decision.action is Action.CHOOSE)
        if said is None:
            return None
        now = effects.on_statement(statement)
        if now.retracted_at is None:
            right = self._right(change.decision, now)
            passed = now.ruling is not None and now.ruling.chosen is False
            same = said == right if passed else may_print(said, now)
            return None if same else (statement.property, said, right)
        live = [
            s
            for id_ in entry.statement_ids
            if (s := effects.on_statement(self._statements[id_])).retracted_at is None
        ]
        if not live:
            # Nothing backs the entry any more: what was said is the sentence, not each value.
            return ("", _sentence(entry), None)
        if any(s.property == statement.property and may_print(said, s) for s in live):
            return None
        return (statement.property, said, None)

    def _right(self, decision: Decision, now: Statement) -> str:
        """What holds in the place of a statement: the value chosen over it, or its own."""
        if now.ruling is not None and now.ruling.chosen is False:
            for anchor in decision.about if decision.action is Action.CHOOSE else ():
                for chosen in bind_value(anchor, self._told[anchor.document_id]):
                    return print_statement(chosen)
        return print_statement(now)

    def _until(
        self,
        change: _Change,
        saying: _Saying,
        near: Sequence[Bound],
        was: _Wrong,
    ) -> datetime | None:
        """When something else came to hold: the decision was taken back, or decided anew."""
        moments = {m for b in near for m in (b.decision.at, b.decision.deleted_at) if m is not None}
        for moment in sorted(m for m in moments if m > change.at):
            if self._misstated(change, saying, fold(_living(near, moment))) != was:
                return moment
        return None


def _living(near: Iterable[Bound], at: datetime) -> Iterator[Bound]:
    return (b for b in near if any(living([b.decision], at)))


def _said(entry: BriefEntry, id_: StatementId, *, printed: bool) -> str | None:
    """What an entry says in its sentence, else in its list of values (unless ``printed``)."""
    for sentence in entry.sentences:
        for segment in sentence.segments:
            if id_ in segment.statements:
                return segment.text
    if printed:
        return None
    return next((q.value for q in entry.quotes if q.statement_id == id_), None)


def _sentence(entry: BriefEntry) -> str:
    return " ".join(s.text for s in entry.sentences)


def _reason(change: _Change) -> str:
    if not change.undone:
        return change.decision.reason
    return f"the {change.decision.action.value} was taken back"


def _corrected(saying: _Saying) -> CorrectedBrief:
    return CorrectedBrief(
        brief_id=saying.brief.id,
        day=saying.brief.day,
        composed_at=saying.brief.composed_at,
        event_id=saying.entry.event_id,
        sentence=_sentence(saying.entry),
    )
