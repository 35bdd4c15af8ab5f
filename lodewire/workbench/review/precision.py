"""How much of what was proposed editors agreed to, by type and method."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from lodewire.ledger.binding import Told
from lodewire.ledger.deciding import living
from lodewire.ledger.effects import Effects, bind, fold
from lodewire.ledger.store import Ledger
from lodewire.model.vocabulary import Action, EventType

# Who retracts what a source said finds no fault with the reading of it.
_JUDGING = (Action.ACCEPT, Action.REJECT, Action.EDIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """Of one event type and method: mentions proposed, and what was decided of them.

    ``values`` counts the statements of decided mentions and those decided on their own:
    accepted, edited, rejected.
    """

    type: EventType
    method: str
    proposed: int
    accepted: int
    rejected: int
    values_accepted: int
    values_edited: int
    values_rejected: int

    @property
    def precision(self) -> float | None:
        """Accepted of those decided; None where nobody decided."""
        return _share(self.accepted, self.rejected)

    @property
    def values_precision(self) -> float | None:
        """Values accepted of those decided."""
        return _share(self.values_accepted, self.values_edited + self.values_rejected)


def _share(right: int, wrong: int) -> float | None:
    return round(right / (right + wrong), 4) if right + wrong else None


def review_precision(ledger: Ledger) -> tuple[Precision, ...]:
    """Return the precision of every event type and method that read anything, in that order."""
    held = [d for d in living(ledger.decisions.all()) if d.action in _JUDGING]
    told = ledger.decisions.told(sorted({i for d in held for i in d.document_ids}))
    effects = fold(bind(d, told) for d in held)
    counted: dict[tuple[str, str], Counter[str]] = {}
    for there in told.values():
        _count(there, effects, counted)
    proposed = ledger.statements.proposed()
    return tuple(
        Precision(
            type=EventType(type_),
            method=method,
            proposed=proposed.get((type_, method), 0),
            accepted=found["accepted"],
            rejected=found["rejected"],
            values_accepted=found["value accepted"],
            values_edited=found["value edited"],
            values_rejected=found["value rejected"],
        )
        for type_, method in sorted(proposed.keys() | counted.keys())
        for found in (counted.get((type_, method), Counter()),)
    )


def _count(there: Told, effects: Effects, counted: dict[tuple[str, str], Counter[str]]) -> None:
    of = {str(m.id): (m.type.value, m.method) for m in there.mentions}
    for mention in there.mentions:
        ruling = effects.mentions.get(mention.id)
        if ruling is not None:
            tally = counted.setdefault(of[mention.id], Counter())
            tally["accepted" if ruling.action is Action.ACCEPT else "rejected"] += 1
    for statement in (effects.on_statement(s) for s in there.statements):
        # The type is right or wrong with its mention.
        if statement.ruling is None or statement.property == "type":
            continue
        action = statement.ruling.action
        word = {Action.ACCEPT: "accepted", Action.EDIT: "edited"}.get(action, "rejected")
        counted.setdefault(of[statement.subject], Counter())[f"value {word}"] += 1
