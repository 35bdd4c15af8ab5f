"""Captures to documents, documents to stories, documents to readings."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime

from lodewire.errors import LodewireError
from lodewire.ledger.store import Ledger
from lodewire.ledger.work import Stage
from lodewire.model.capture import Capture
from lodewire.model.document import Document
from lodewire.model.reading import Reading
from lodewire.pipeline.progress import Progress, silent
from lodewire.pipeline.workers import in_order
from lodewire.stories.signature import DocumentSignature

_BATCH = 64


@dataclass(slots=True)
class StepReport:
    """How many subjects a step took, what it made of them, and how many were set aside."""

    taken: int = 0
    made: int = 0
    quarantined: int = 0


def _read(capture: Capture) -> tuple[Document, ...]:
    from lodewire.text.reader import read_capture

    return read_capture(capture, path="deep")


def read_step(
    ledger: Ledger, executor: Executor, *, now: datetime, progress: Progress = silent
) -> StepReport:
    """Turn every pending capture into documents; what cannot be read goes to quarantine."""
    report = StepReport()
    total = ledger.waiting()[Stage.READ]
    while pending := ledger.captures.pending(Stage.READ, _BATCH):
        with ledger.transaction():
            for capture, documents in in_order(executor, _read, pending):
                report.taken += 1
                if isinstance(documents, Exception):
                    _set_aside(ledger, capture.id, Stage.READ, documents, now)
                    report.quarantined += 1
                else:
                    report.made += ledger.documents.add_read(capture.id, documents)
                progress("read", report.taken, total)
    return report


def _set_aside(
    ledger: Ledger, subject: str, stage: Stage, error: Exception, now: datetime
) -> None:
    """Quarantine what a stage refused; an error nobody foresaw is quarantined with its kind."""
    if not isinstance(error, LodewireError):
        kind = type(error).__name__
        error = LodewireError(
            f"unforeseen {kind}: {error}", hint="Please report it with the page's address."
        )
    ledger.quarantine.add(subject, stage, error, at=now)


def _sign(document: Document) -> DocumentSignature:
    from lodewire.extraction.naming.mentions import find_mentions
    from lodewire.stories.fingerprint import sign

    day = document.published
    if day is None:
        raise LodewireError("a document without a day cannot be placed")
    named = find_mentions(document.text, document.sentences)
    return sign(document, day=day, mentions=named.mentions)
