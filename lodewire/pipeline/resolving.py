"""Event mentions to events and statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from lodewire.ledger.store import Ledger
from lodewire.ledger.told import ToldMention
from lodewire.ledger.work import Stage
from lodewire.model.entity import Entity
from lodewire.model.ids import DocumentId, EntityId
from lodewire.model.reading import Reading
from lodewire.pipeline.progress import Progress, silent
from lodewire.pipeline.reading import StepReport, in_batches
from lodewire.resolve.entities import canonical_id, entities_of
from lodewire.resolve.events import PlacedMention, block_keys, resolve, window_of
from lodewire.resolve.names import mentions_on
from lodewire.resolve.statements import statements_of
from lodewire.resolve.views import MentionView, view_of

_BATCH = 40


class Names:
    """For the documents at hand: what the ids in their arguments stand for, by name and id."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self.canonical: dict[EntityId, EntityId] = {}
        self.entities: dict[EntityId, Entity] = {}
        for reading in readings:
            dated = mentions_on(reading.mentions, reading.document.published)
            named = {e.id: e for e in entities_of(dated)}
            for mention, meant in zip(reading.mentions, dated, strict=True):
                shared = canonical_id(meant.type, meant.name, meant.entity)
                self.canonical[mention.entity] = shared
                if shared in named:
                    self.entities[mention.entity] = named[shared]

    def view(self, told: ToldMention) -> MentionView:
        """The comparable view of a mention."""
        return view_of(
            told.mention, reported=told.reported, seen=told.first_seen, entities=self.entities
        )


def resolve_step(
    ledger: Ledger, *, now: datetime | None = None, progress: Progress = silent
) -> StepReport:
    """Place every new mention in an event and write down what it states.

    ``now`` is since when the places hold; by default since the documents were first seen.
    """
    total = ledger.waiting()[Stage.RESOLVE]

    def batch(done: int) -> StepReport:
        some = StepReport()
        with ledger.transaction():  # one run at a time: a place depends on those before it
            pending = ledger.events.pending(_BATCH)
            documents = list(dict.fromkeys(t.document_id for t in pending))
            if pending:
                some.made = _resolve_batch(ledger, pending, documents, now)
                some.taken = len(documents)
                progress("resolve", done + some.taken, total)
        return some

    return in_batches(ledger, batch)


def _resolve_batch(
    ledger: Ledger,
    told: Sequence[ToldMention],
    documents: Sequence[DocumentId],
    now: datetime | None,
) -> int:
    ledger.decisions.settle(documents)  # merges and splits hold for newly read words too
    names = Names(ledger.readings.get_all(documents))
    replaced = ledger.versions.withdrawn(documents)
    gone = {t.mention.id for t in told if t.document_id in replaced}
    at = max([*replaced.values(), *([now] if now is not None else [])], default=None)
    views = [names.view(t) for t in told if t.mention.id not in gone]
    wanted = [(v.mention_id, block_keys(v), v.day, window_of(v)) for v in views]
    left = [(t.mention.id, (), t.reported, 0) for t in told if t.mention.id in gone]
    found = [t for t in ledger.events.around([*wanted, *left]) if t.event_id is not None]
    around = [t for t in found if t.mention.id not in gone]
    others = Names(ledger.readings.get_all(dict.fromkeys(t.document_id for t in around)))
    placed = [
        PlacedMention(view=others.view(t), event_id=t.event_id, component=t.component or "")
        for t in around
        if t.event_id is not None
    ]
    # Who hung together with what is gone is placed anew without it.
    broken = {t.component for t in found if t.mention.id in gone}
    new = {v.mention_id: v for v in views}
    mates = [p.view for p in placed if p.component in broken and p.view.mention_id not in new]
    concerned = [*new, *(p.view.mention_id for p in placed)]
    rulings = ledger.judgements.rulings(concerned)
    again = [*views, *mates]
    resolution = resolve(again, placed, rulings, at=at) if again else None
    statements = [
        s
        for t in told
        for s in statements_of(
            t.mention,
            source_id=t.source_id,
            origin_id=t.origin_id,
            seen=t.first_seen,
            canonical=names.canonical,
        )
    ]
    ledger.events.add_resolution(
        resolution,
        keys=[(v.mention_id, block_keys(v), v.day) for v in views],
        statements=statements,
        documents=documents,
        withdrawn=gone,
        at=at,
    )
    return len(told)
