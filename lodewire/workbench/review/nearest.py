"""The events nearest to one: told about alike, and kept apart by the rules or by an editor."""

from __future__ import annotations

from dataclasses import dataclass

from lodewire.ledger.store import Ledger
from lodewire.model.event import Event
from lodewire.model.ids import EventId, MentionId
from lodewire.model.vocabulary import Opinion
from lodewire.resolve.events import asked_keys, window_of
from lodewire.resolve.pairs import score
from lodewire.workbench.resolving import Names


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Another event, how alike its likest mention is (0..1), and what speaks for or against."""

    event: Event
    score: float
    reasons: tuple[str, ...]


def nearest_events(ledger: Ledger, event: Event, limit: int = 3) -> tuple[Near, ...]:
    """Return up to ``limit`` other events that share a key with ``event``, the likest first."""
    own = ledger.events.mentions(event.id)
    names = Names(ledger.readings.named_in(event.document_ids))
    views = [names.view(t) for t in own]
    wanted = [(v.mention_id, asked_keys(v), v.day, window_of(v)) for v in views]
    around = [t for t in ledger.events.around(wanted) if t.event_id not in (None, event.id)]
    others = Names(ledger.readings.named_in(dict.fromkeys(t.document_id for t in around)))
    ruled = {
        frozenset((j.left, j.right)): j.opinion
        for j in ledger.judgements.rulings([v.mention_id for v in views])
    }
    best: dict[EventId, tuple[float, tuple[str, ...]]] = {}
    for told in around:
        assert told.event_id is not None
        theirs = others.view(told)
        for view in views:
            found = score(view, theirs)
            reasons = found.reasons
            if ruled.get(frozenset((view.mention_id, MentionId(told.mention.id)))) is (
                Opinion.DIFFERENT
            ):
                reasons = (*reasons, "kept apart by an editor")
            kept = best.get(told.event_id)
            if found.value > 0 and (kept is None or found.value > kept[0]):
                best[told.event_id] = (found.value, reasons)
    ranked = sorted(best, key=lambda id_: (-best[id_][0], id_))[:limit]
    return tuple(
        Near(event=e, score=round(best[e.id][0], 4), reasons=best[e.id][1])
        for e in ledger.events.get_all(ranked)
    )
