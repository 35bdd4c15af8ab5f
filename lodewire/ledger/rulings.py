"""Merges and splits as judgements between mentions, made anew whenever either side changes.

A decision names words; a judgement names the mentions that tell them. The latest decision on a
pair holds, whoever made it; a judgement that no longer follows from a decision is softly deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from lodewire.ledger.access import Access, chunks
from lodewire.ledger.binding import Told, bind_mention
from lodewire.ledger.codec import time_text
from lodewire.ledger.deciding import decisions_about, told_in
from lodewire.ledger.judgements import add_judgements, judgement_of
from lodewire.ledger.schema import judgements
from lodewire.model.decision import Anchor, Decision
from lodewire.model.ids import DocumentId, MentionId
from lodewire.model.statement import Judgement
from lodewire.model.vocabulary import Action, Opinion

if TYPE_CHECKING:
    from sqlalchemy import Connection

_OPINION = {Action.MERGE: Opinion.SAME, Action.SPLIT: Opinion.DIFFERENT}

Pair = tuple[MentionId, MentionId]


def settle(
    access: Access, connection: Connection, document_ids: Iterable[DocumentId]
) -> frozenset[MentionId]:
    """Have the judgements on mentions of documents follow from the decisions on them.

    Returns the mentions whose judgements changed. Doing it twice changes nothing.
    """
    about = set(document_ids)
    found = [d for d in decisions_about(connection, sorted(about)) if d.action in _OPINION]
    if not found:
        return frozenset()
    told = told_in(connection, {i for d in found for i in d.document_ids})
    concerned = {m.id for i in about & told.keys() for m in told[i].mentions}
    decided: dict[Pair, Decision | None] = {}
    for decision in found:  # oldest first: the latest that lives stays
        for pair in _pairs(decision, told):
            if concerned.isdisjoint(pair):
                continue
            decided.setdefault(pair, None)
            if decision.deleted_at is None:
                decided[pair] = decision
    wanted = [_judgement(pair, d) for pair, d in decided.items() if d is not None]
    latest = max(d.deleted_at or d.at for d in found)
    return _replace(access, connection, decided.keys(), wanted, found, latest)


def _pairs(decision: Decision, told: Mapping[DocumentId, Told]) -> list[Pair]:
    left, right = _bound(decision.about, told), _bound(decision.others, told)
    return sorted({(min(a, b), max(a, b)) for a in left for b in right if a != b})


def _bound(anchors: Sequence[Anchor], told: Mapping[DocumentId, Told]) -> set[MentionId]:
    return {m.id for a in anchors for m in bind_mention(a, told[a.document_id])}


def _judgement(pair: Pair, decision: Decision) -> Judgement:
    return Judgement(
        left=pair[0],
        right=pair[1],
        opinion=_OPINION[decision.action],
        score=1.0,
        author=decision.author,
        judged_at=decision.at,
        reason=decision.reason,
    )


def _replace(
    access: Access,
    connection: Connection,
    pairs: Iterable[Pair],
    wanted: Sequence[Judgement],
    found: Sequence[Decision],
    at: datetime,
) -> frozenset[MentionId]:
    """Delete judgements that stem from decisions and are not wanted, add those not there."""
    ours = {(d.author, d.at) for d in found}
    keep = {(j.id, j.judged_at, j.opinion) for j in wanted}
    there = [j for j in _live_on(connection, set(pairs)) if (j.author, j.judged_at) in ours]
    stale = [j for j in there if (j.id, j.judged_at, j.opinion) not in keep]
    for judgement in stale:
        connection.execute(
            judgements.update()
            .where(
                judgements.c.id == judgement.id,
                judgements.c.judged_at == time_text(judgement.judged_at),
            )
            .values(deleted_at=time_text(at))
        )
    known = {(j.id, j.judged_at, j.opinion) for j in there}
    fresh = [j for j in wanted if (j.id, j.judged_at, j.opinion) not in known]
    add_judgements(access, connection, fresh)
    return frozenset(MentionId(i) for j in (*stale, *fresh) for i in (j.left, j.right))


def _live_on(connection: Connection, pairs: set[Pair]) -> list[Judgement]:
    from sqlalchemy import select

    found: list[Judgement] = []
    for some in chunks(sorted({left for left, _ in pairs})):
        rows = connection.execute(
            select(judgements).where(
                judgements.c.left_id.in_(some), judgements.c.deleted_at.is_(None)
            )
        )
        found += [judgement_of(row) for row in rows]
    return [j for j in found if (j.left, j.right) in pairs]
