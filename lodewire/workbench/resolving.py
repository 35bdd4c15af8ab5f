"""Event mentions to events and statements."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import datetime

from lodewire.ledger.readings import NamedIn
from lodewire.ledger.store import Ledger
from lodewire.ledger.told import ToldMention
from lodewire.ledger.work import Stage
from lodewire.model.entity import Entity
from lodewire.model.ids import DocumentId, EntityId, MentionId
from lodewire.resolve.entities import canonical_id, entities_of
from lodewire.resolve.events import PlacedMention, asked_keys, block_keys, resolve, window_of
from lodewire.resolve.names import mentions_on
from lodewire.resolve.statements import statements_of
from lodewire.resolve.views import MentionView, view_of
from lodewire.workbench.progress import Progress, silent
from lodewire.workbench.steps import StepReport, in_batches

_BATCH = 40


class Names:
    """For the documents at hand: what the ids in their arguments stand for, by name and id."""

    def __init__(self, told: Iterable[NamedIn]) -> None:
        self.canonical: dict[EntityId, EntityId] = {}
        self.entities: dict[EntityId, Entity] = {}
        for _, published, mentions in told:
            dated = mentions_on(mentions, published)
            named = {e.id: e for e in entities_of(dated)}
            for mention, meant in zip(mentions, dated, strict=True):
                shared = canonical_id(meant.type, meant.name, meant.entity)
                self.canonical[mention.entity] = shared
                if shared in named:
                    self.entities[mention.entity] = named[shared]

    def view(self, told: ToldMention) -> MentionView:
        """The comparable view of a mention."""
        return view_of(
            told.mention, reported=told.reported, seen=told.first_seen, entities=self.entities
        )


class Views:
    """The comparable views of mentions, each made once: a day's mentions meet the same again."""

    def __init__(self, ledger: Ledger, most: int = 20_000) -> None:
        self._ledger = ledger
        self._most = most
        self._kept: OrderedDict[MentionId, MentionView] = OrderedDict()

    def of(self, ids: Iterable[MentionId]) -> dict[MentionId, MentionView]:
        """Return the views of mentions that are in the ledger."""
        wanted = list(dict.fromkeys(ids))
        found = {id_: self._kept[id_] for id_ in wanted if id_ in self._kept}
        for id_ in found:
            self._kept.move_to_end(id_)
        told = self._ledger.events.told(i for i in wanted if i not in found)
        named = self._ledger.readings.named_in(dict.fromkeys(t.document_id for t in told))
        return found | self.made_of(told, named)

    def made_of(
        self, told: Iterable[ToldMention], named_in: Iterable[NamedIn]
    ) -> dict[MentionId, MentionView]:
        """Return the views of mentions at hand, by whom their documents name.

        What names stand for is taken from the document of each alone, so that a view does not
        depend on what else is at hand.
        """
        by_document: dict[DocumentId, list[ToldMention]] = {}
        for t in told:
            by_document.setdefault(t.document_id, []).append(t)
        found: dict[MentionId, MentionView] = {}
        for named in named_in:
            names = Names([named])
            for t in by_document.get(named.document_id, ()):
                found[t.mention.id] = self._kept[t.mention.id] = names.view(t)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return found


def resolve_step(
    ledger: Ledger,
    *,
    now: datetime | None = None,
    views: Views | None = None,
    progress: Progress = silent,
) -> StepReport:
    """Place every new mention in an event and write down what it states.

    ``now`` is since when the places hold; by default since the documents were first seen.
    ``views`` are those of an earlier step of the same run.
    """
    total = ledger.waiting()[Stage.RESOLVE]
    views = views or Views(ledger)

    def batch(done: int) -> StepReport:
        some = StepReport()
        with ledger.transaction():  # one run at a time: a place depends on those before it
            pending = ledger.events.pending(_BATCH)
            documents = list(dict.fromkeys(t.document_id for t in pending))
            if pending:
                some.made = _resolve_batch(ledger, pending, documents, now, views)
                some.taken = len(documents)
                progress("resolve", done + some.taken, total)
        return some

    return in_batches(ledger, batch)


def _resolve_batch(
    ledger: Ledger,
    told: Sequence[ToldMention],
    documents: Sequence[DocumentId],
    now: datetime | None,
    known: Views,
) -> int:
    ledger.decisions.settle(documents)  # merges and splits hold for newly read words too
    named = ledger.readings.named_in(documents)
    names = Names(named)
    turns = ledger.versions.turns(documents)
    gone = {t.mention.id for t in told if t.document_id in turns.withdrawn}
    turned = [*turns.withdrawn.values(), *turns.returned.values()]
    at = max([*turned, *([now] if now is not None else [])], default=None)
    views = list(known.made_of((t for t in told if t.mention.id not in gone), named).values())
    wanted = [(v.mention_id, asked_keys(v), v.day, window_of(v)) for v in views]
    left = [(t.mention.id, (), t.reported, 0) for t in told if t.mention.id in gone]
    found = ledger.events.near([*wanted, *left])
    around = [p for p in found if p.mention_id not in gone]
    others = known.of(p.mention_id for p in around)
    placed = [
        PlacedMention(view=others[p.mention_id], event_id=p.event_id, component=p.component)
        for p in around
    ]
    # Who hung together with what is gone is placed anew without it.
    broken = {p.component for p in found if p.mention_id in gone}
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
