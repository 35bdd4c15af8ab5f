"""Captures to documents, documents to stories, documents to readings."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Executor
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from lodewire.ledger.store import Ledger
from lodewire.ledger.work import Stage
from lodewire.model.capture import Capture
from lodewire.model.document import Document
from lodewire.model.entity import Entity
from lodewire.model.reading import Reading
from lodewire.pipeline.cascade import GATE, Sifted, sift
from lodewire.pipeline.keeping import Neighbours, keep_read, set_aside
from lodewire.pipeline.understanding import sign_document, understand_document
from lodewire.pipeline.workers import in_order
from lodewire.workbench.owning import keep_ownership
from lodewire.workbench.progress import Progress, silent
from lodewire.workbench.steps import StepReport, in_batches

if TYPE_CHECKING:
    from lodewire.extraction.finding import Finder

_Understood = tuple[tuple[Document, float], "tuple[Reading, tuple[Entity, ...]] | Exception"]

_BATCH = 64
_SLOW_BATCH = 8  # where a model reads, which takes seconds a document


def _read(told: tuple[Capture, float]) -> Sifted:
    capture, gate = told
    return sift(capture, gate=gate)


def read_step(
    ledger: Ledger,
    executor: Executor,
    *,
    now: datetime,
    gate: float = GATE,
    progress: Progress = silent,
) -> StepReport:
    """Turn every pending capture into documents; what cannot be read goes to quarantine.

    Documents under the relevance ``gate`` are kept, and go no further.
    """
    total = ledger.waiting()[Stage.READ]

    def batch(done: int) -> StepReport:
        some = StepReport()
        with ledger.transaction(beside=True):
            pending = [(c, gate) for c in ledger.captures.pending(Stage.READ, _BATCH)]
            for (capture, _), sifted in in_order(executor, _read, pending):
                some.taken += 1
                if isinstance(sifted, Exception):
                    set_aside(ledger, capture.id, Stage.READ, sifted, now)
                    some.set_aside(sifted)
                else:
                    some.made += keep_read(
                        ledger, capture.id, sifted.documents, sifted.relevance, gate=gate
                    )
                progress("read", done + some.taken, total)
        return some

    return in_batches(ledger, batch)


def story_step(
    ledger: Ledger, executor: Executor, *, now: datetime, progress: Progress = silent
) -> StepReport:
    """Give every new document its story; order of arrival plays no part."""
    total = ledger.waiting()[Stage.STORY]
    neighbours = Neighbours(ledger)

    def batch(done: int) -> StepReport:
        some = StepReport()
        with neighbours.transaction():
            pending = ledger.stories.pending(_BATCH)
            dated = [(d, d.published or _day_seen(ledger, d)) for d in pending]
            for (document, _), signature in in_order(executor, sign_document, dated):
                some.taken += 1
                if isinstance(signature, Exception):
                    set_aside(ledger, document.id, Stage.STORY, signature, now)
                    some.set_aside(signature)
                    continue
                some.made += neighbours.place(signature, at=now)
                progress("stories", done + some.taken, total)
        return some

    return in_batches(ledger, batch)


def _day_seen(ledger: Ledger, document: Document) -> date:
    """The day a document without a declared day was first fetched."""
    return ledger.captures.get(document.capture_id).fetched_at.date()


def extract_step(
    ledger: Ledger,
    executor: Executor,
    *,
    gate: float,
    now: datetime,
    find: Finder | None = None,
    progress: Progress = silent,
) -> StepReport:
    """Understand every placed document; those under the relevance ``gate`` are kept unread.

    ``find`` finds the events in place of the frames; it must be fit for ``executor``.
    """
    total = ledger.waiting()[Stage.EXTRACT]
    understand = understand_document
    if find is not None:
        understand = partial(understand_document, find=find)

    def keep(read: Iterable[_Understood], done: int) -> StepReport:
        some = StepReport()
        for (document, _), told in read:
            some.taken += 1
            if isinstance(told, Exception):
                set_aside(ledger, document.id, Stage.EXTRACT, told, now)
                some.set_aside(told)
                continue
            reading, entities = told
            ledger.readings.add(reading, entities=entities)
            keep_ownership(ledger, reading)
            some.made += len(reading.events)
            some.notes.update(reading.document.notes[len(document.notes) :])
            progress("understand", done + some.taken, total)
        return some

    def batch(done: int) -> StepReport:
        with ledger.transaction(beside=True):
            due = [(document, gate) for document in ledger.readings.pending(_BATCH)]
            return keep(in_order(executor, understand, due), done)

    def slow_batch(done: int) -> StepReport:
        due = [(document, gate) for document in ledger.readings.pending(_SLOW_BATCH)]
        read = list(in_order(executor, understand, due))

        def step() -> StepReport:
            # No transaction is held open while a model thinks, and none asks it twice.
            with ledger.transaction(beside=True):
                return keep(read, done)

        return ledger.again(step)

    return in_batches(ledger, batch if find is None else slow_batch)
