"""Decisions of editors: rows that are only added, whose effect is worked out when read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lodewire.errors import LedgerError
from lodewire.ledger.access import Access
from lodewire.ledger.binding import Told, bind_mention, bind_value
from lodewire.ledger.codec import dumps, loads, time_text
from lodewire.ledger.deciding import decisions_about, every_decision, living, told_in
from lodewire.ledger.effects import Effects, effects_on
from lodewire.ledger.placing import requeue
from lodewire.ledger.rulings import settle
from lodewire.ledger.schema import decision_documents, decisions
from lodewire.model.decision import Anchor, Decision
from lodewire.model.ids import DecisionId, DocumentId
from lodewire.model.vocabulary import Action

if TYPE_CHECKING:
    from sqlalchemy import Connection


class DecisionStore:
    """Adds decisions, tells what they do, and lists those that no longer fit anything."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, decision: Decision) -> None:
        """Add a decision; adding it again changes nothing.

        A merge, a split or the undo of one becomes judgements, and the mentions concerned wait to
        be placed anew (the resolve step does it). What it is about need not be in the ledger yet.
        """
        with self._access.writing() as connection:
            self._access.add_new(connection, decisions, [_row_of(decision)])
            told = [{"document_id": i, "decision_id": decision.id} for i in decision.document_ids]
            self._access.add_new(connection, decision_documents, told)
            undone = _kept(connection, decision.undoes) if decision.undoes else None
            concerned = (undone or decision).document_ids
            moved = settle(self._access, connection, concerned)
            requeue(self._access, connection, sorted(moved))

    def settle(self, document_ids: Iterable[DocumentId]) -> None:
        """Have merges and splits hold for what was newly read of documents."""
        with self._access.writing() as connection:
            settle(self._access, connection, document_ids)

    def get(self, decision_id: DecisionId) -> Decision:
        """Return one decision, with version and end; raises LedgerError when it is not there."""
        with self._access.reading() as connection:
            kept = _kept(connection, decision_id)
            if kept is not None and kept.action is Action.UNDO:
                return kept
            about = kept.document_ids if kept is not None else ()
            for decision in decisions_about(connection, about):
                if decision.id == decision_id:
                    return decision
        raise LedgerError(f"no decision {decision_id}", hint="`lodewire review log` lists them")

    def all(self) -> tuple[Decision, ...]:
        """Return every decision but undoings, undone ones with their end, oldest first."""
        with self._access.reading() as connection:
            return every_decision(connection)

    def about(self, document_ids: Iterable[DocumentId]) -> tuple[Decision, ...]:
        """Return the decisions on words of documents as :meth:`all` does."""
        with self._access.reading() as connection:
            return decisions_about(connection, document_ids)

    def effects(self, document_ids: Iterable[DocumentId], *, at: datetime | None = None) -> Effects:
        """Return what the decisions on documents do, now or as they held at a moment."""
        with self._access.reading() as connection:
            return effects_on(connection, document_ids, at)

    def told(self, document_ids: Iterable[DocumentId]) -> dict[DocumentId, Told]:
        """Return what was read from documents: what decisions bind to."""
        with self._access.reading() as connection:
            return told_in(connection, document_ids)

    def orphaned(self) -> tuple[Decision, ...]:
        """Return the decisions that hold but whose words nothing in the ledger tells now.

        They stay, and apply again when a reading brings their words back.
        """
        with self._access.reading() as connection:
            held = tuple(living(every_decision(connection)))
            told = told_in(connection, (i for d in held for i in d.document_ids))
        return tuple(d for d in held if not fits(d, told))


def fits(decision: Decision, told: dict[DocumentId, Told]) -> bool:
    """Tell whether a decision finds what it is about: of two sides, something on each."""
    sides: list[Sequence[Anchor]] = [decision.about]
    if decision.action in (Action.MERGE, Action.SPLIT):
        sides.append(decision.others)
    editing = decision.action is Action.EDIT
    return all(
        any(
            bind_mention(a, told[a.document_id])
            if a.value is None
            else bind_value(a, told[a.document_id], any_value=editing)
            for a in side
        )
        for side in sides
    )


def _kept(connection: Connection, decision_id: DecisionId) -> Decision | None:
    from sqlalchemy import select

    body = connection.scalar(select(decisions.c.body).where(decisions.c.id == decision_id))
    return None if body is None else loads(Decision, body)


def _row_of(decision: Decision) -> dict[str, Any]:
    return {
        "id": decision.id,
        "action": decision.action.value,
        "author": decision.author,
        "at": time_text(decision.at),
        "undoes": decision.undoes,
        "body": dumps(decision),
    }
