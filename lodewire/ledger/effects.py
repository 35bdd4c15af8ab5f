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
from lodewire.model.decision import Anchor, Decision, NewValue
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
    return fold(found, told_in(connection, (i for d in found for i in d.document_ids)))


def fold(found: Iterable[Decision], told: Mapping[DocumentId, Told]) -> Effects:
    """Return the effects of decisions on what was read, later ones over earlier ones."""
    effects = Effects()
    for decision in sorted(found, key=lambda d: (d.at, d.id)):
        ruling = Ruling(
            decision_id=decision.id,
            action=decision.action,
            author=decision.author,
            at=decision.at,
            reason=decision.reason,
        )
        for anchor in decision.about:
            _rule(effects, decision, anchor, told.get(anchor.document_id, _NOTHING), ruling)
        for anchor in decision.others:
            if decision.action is Action.CHOOSE:
                passed = replace(ruling, chosen=False)
                for s in bind_value(anchor, told.get(anchor.document_id, _NOTHING)):
                    effects.choices[s.id] = passed
    return effects


def _rule(effects: Effects, decision: Decision, anchor: Anchor, told: Told, ruling: Ruling) -> None:
    if anchor.value is None:
        for mention in bind_mention(anchor, told):
            effects.mentions[mention.id] = ruling
        return
    editing = decision.action is Action.EDIT
    for statement in bind_value(anchor, told, any_value=editing):
        if decision.action is Action.CHOOSE:
            effects.choices[statement.id] = replace(ruling, chosen=True)
            continue
        effects.statements[statement.id] = ruling
        if decision.new is not None:
            effects.values[statement.id] = decision.new
