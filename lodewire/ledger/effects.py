"""What decisions do to mentions and statements when they are read; nothing is written.

Later decisions outweigh earlier ones, by time and id, whatever order they arrived in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from lodewire.ledger.binding import Told, bind_mention, bind_value
from lodewire.ledger.deciding import decisions_about, living, told_in
from lodewire.ledger.told import ToldMention
from lodewire.model.decision import Decision, NewValue
from lodewire.model.ids import DocumentId, MentionId, StatementId
from lodewire.model.statement import Ruling, Statement
from lodewire.model.vocabulary import Action, Modality, Status

if TYPE_CHECKING:
    from sqlalchemy import Connection

_GONE = (Action.REJECT, Action.RETRACT)
_NOTHING = Told(mentions=(), statements=())


@dataclass(slots=True)
class Effects:
    """The rulings that hold: on mentions as a whole, on single statements, and new values."""

    mentions: dict[MentionId, Ruling] = field(default_factory=dict)
    statements: dict[StatementId, Ruling] = field(default_factory=dict)
    values: dict[StatementId, NewValue] = field(default_factory=dict)
    choices: dict[StatementId, Ruling] = field(default_factory=dict)

    def on_statement(self, statement: Statement) -> Statement:
        """Return the statement as it holds: retracted, edited, chosen, or as it was read."""
        if not self.mentions and not self.statements and not self.choices:
            return statement
        whole = self.mentions.get(MentionId(statement.subject))
        own = self.statements.get(statement.id)
        if whole is not None and whole.action in _GONE:
            return _gone(statement, whole)
        choice = self.choices.get(statement.id)
        if own is None or own.action is Action.ACCEPT:
            ruling = choice or own or whole
            return statement if ruling is None else replace(statement, ruling=ruling)
        if own.action is not Action.EDIT:
            return _gone(statement, own)
        if choice is not None:
            own = replace(own, chosen=choice.chosen)
        new = self.values[statement.id]
        return replace(
            statement,
            value=new.value,
            unit=new.unit,
            entity=new.entity,
            qualifier=new.qualifier,
            ruling=replace(own, read_value=statement.value, read_unit=statement.unit),
        )

    def on_mentions(
        self, told: Sequence[ToldMention], statements: Sequence[Statement]
    ) -> list[ToldMention]:
        """Return the mentions that count: none rejected, accepted ones sure, status as edited."""
        if not self.mentions and not self.statements:
            return list(told)
        edited = {(s.subject, s.property): s.value for s in statements if s.edited}
        kept: list[ToldMention] = []
        for one in told:
            ruling = self.mentions.get(one.mention.id)
            if ruling is not None and ruling.action in _GONE:
                continue
            mention = one.mention
            status = edited.get((mention.id, "status"), mention.status.value)
            modality = edited.get((mention.id, "modality"), mention.modality.value)
            mention = replace(
                mention,
                status=Status(status),
                modality=Modality(modality),
                confidence=1.0 if ruling is not None else mention.confidence,
            )
            kept.append(replace(one, mention=mention))
        return kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A decision with the mentions and statements it is about; ``passed`` were not chosen."""

    decision: Decision
    ruling: Ruling
    mentions: tuple[MentionId, ...] = ()
    statements: tuple[StatementId, ...] = ()
    passed: tuple[StatementId, ...] = ()


def _gone(statement: Statement, ruling: Ruling) -> Statement:
    return replace(statement, retracted_at=statement.retracted_at or ruling.at, ruling=ruling)


def effects_on(
    connection: Connection, document_ids: Iterable[DocumentId], at: datetime | None = None
) -> Effects:
    """Return the effects of all decisions on documents (as they held at a moment)."""
    found = [
        d
        for d in living(decisions_about(connection, document_ids), at)
        if d.action not in (Action.MERGE, Action.SPLIT)
    ]
    if not found:
        return Effects()
    told = told_in(connection, (i for d in found for i in d.document_ids))
    return fold(bind(d, told) for d in found)


def bind(decision: Decision, told: Mapping[DocumentId, Told]) -> Bound:
    """Find what a decision is about in what was read."""
    editing = decision.action is Action.EDIT
    mentions: list[MentionId] = []
    statements: list[StatementId] = []
    for anchor in decision.about:
        there = told.get(anchor.document_id, _NOTHING)
        if anchor.value is None:
            mentions += [m.id for m in bind_mention(anchor, there)]
        else:
            statements += [s.id for s in bind_value(anchor, there, any_value=editing)]
    passed = [
        s.id
        for anchor in (decision.others if decision.action is Action.CHOOSE else ())
        for s in bind_value(anchor, told.get(anchor.document_id, _NOTHING))
    ]
    return Bound(
        decision=decision,
        ruling=Ruling(
            decision_id=decision.id,
            action=decision.action,
            author=decision.author,
            at=decision.at,
            reason=decision.reason,
        ),
        mentions=tuple(mentions),
        statements=tuple(statements),
        passed=tuple(passed),
    )


def fold(found: Iterable[Bound]) -> Effects:
    """Return the effects of decisions on what was read, later ones over earlier ones."""
    effects = Effects()
    for bound in sorted(found, key=lambda b: (b.ruling.at, b.ruling.decision_id)):
        ruling = bound.ruling
        effects.mentions.update(dict.fromkeys(bound.mentions, ruling))
        if ruling.action is Action.CHOOSE:
            chosen, passed = replace(ruling, chosen=True), replace(ruling, chosen=False)
            effects.choices.update(dict.fromkeys(bound.statements, chosen))
            effects.choices.update(dict.fromkeys(bound.passed, passed))
            continue
        effects.statements.update(dict.fromkeys(bound.statements, ruling))
        if bound.decision.new is not None:
            effects.values.update(dict.fromkeys(bound.statements, bound.decision.new))
    return effects
