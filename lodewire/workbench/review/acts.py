"""What an editor does about the queue: the decision, its line in the audit log, what follows.

Command line and site both act through these; :mod:`.editing` makes the decisions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from lodewire.ledger.store import Ledger
from lodewire.model.decision import Decision
from lodewire.model.ids import EventId
from lodewire.model.vocabulary import Action
from lodewire.workbench.audit import note_act
from lodewire.workbench.briefing.correcting import corrections_by
from lodewire.workbench.review import editing
from lodewire.workbench.review.editing import Editor


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """An act that is kept. ``days`` are those whose published briefs said otherwise."""

    decision: Decision
    days: tuple[date, ...] = ()

    @property
    def about(self) -> str:
        """What was decided on, counted: "1 mention and 2 statements"."""
        return counted(self.decision)

    def events(self, ledger: Ledger) -> tuple[EventId, ...]:
        """Return the events that tell now what was decided on, sorted."""
        ids = ledger.events.of_mentions([a.mention_id for a in self.decision.about])
        return tuple(sorted(set(ids.values())))


def counted(decision: Decision) -> str:
    """Return how many mentions and statements a decision is about, in words."""
    values = sum(a.value is not None for a in decision.about)
    mentions = len(decision.about) - values
    told = [count_words(n, word) for n, word in ((mentions, "mention"), (values, "statement")) if n]
    return " and ".join(told)


def count_words(number: int, word: str) -> str:
    """Return "1 mention", "2 mentions"."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def judge(ledger: Ledger, action: Action, references: Sequence[str], editor: Editor) -> Done:
    """Accept, reject or retract events, mentions or statements."""
    return _done(ledger, editor, action, lambda: editing.judge(ledger, action, references, editor))


def edit(
    ledger: Ledger,
    reference: str,
    value: str,
    editor: Editor,
    *,
    unit: str | None = None,
    everywhere: bool = False,
) -> Done:
    """Put another value in the place of one read."""

    def step() -> Decision:
        return editing.edit(ledger, reference, value, editor, unit=unit, everywhere=everywhere)

    return _done(ledger, editor, Action.EDIT, step)


def choose(ledger: Ledger, reference: str, editor: Editor) -> Done:
    """Hold one of several values right."""
    return _done(ledger, editor, Action.CHOOSE, lambda: editing.choose(ledger, reference, editor))


def merge(ledger: Ledger, references: Sequence[str], editor: Editor) -> Done:
    """Make events one."""
    return _done(ledger, editor, Action.MERGE, lambda: editing.merge(ledger, references, editor))


def split(ledger: Ledger, reference: str, apart: Sequence[str], editor: Editor) -> Done:
    """Take mentions out of an event, or keep another event apart from it."""
    return _done(
        ledger, editor, Action.SPLIT, lambda: editing.split(ledger, reference, apart, editor)
    )


def undo(ledger: Ledger, reference: str, editor: Editor) -> Done:
    """End a decision; the one that was ended is returned."""
    return _done(ledger, editor, Action.UNDO, lambda: editing.undo(ledger, reference, editor))


def _done(ledger: Ledger, editor: Editor, action: Action, step: Callable[[], Decision]) -> Done:
    def whole() -> Decision:
        with ledger.transaction():
            decision = step()
            note_act(ledger, editor, f"review {action.value}", decision.id, counted(decision))
        return decision

    decision = ledger.again(whole)
    if action is Action.UNDO:
        return Done(decision=decision)
    found = corrections_by(ledger, ledger.decisions.get(decision.id))
    days = {brief.day for correction in found for brief in correction.briefs}
    return Done(decision=decision, days=tuple(sorted(days)))
