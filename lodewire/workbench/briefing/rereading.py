"""An editor's sentence read as news is read: does it tell the same event as its sources?

Every name and number of a sentence may be backed and the sentence still say something else: who
buys and who sells changed places, a plan became a fact. What reads the news reads the sentence too,
and what it makes of it is held against the statements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.reader import read_document
from lodewire.model.document import Document
from lodewire.model.event import Event, EventMention
from lodewire.model.evidence import Span
from lodewire.model.ids import CaptureId, SourceId
from lodewire.model.vocabulary import Modality, Status
from lodewire.ontology.event_types import load_event_types
from lodewire.publish.verify import printings

_UNSURE = (Status.RUMOURED, Status.PROPOSED)
_OPEN = re.compile(
    r"\b(?:may|might|could|would|plan\w*|propos\w*|rumou?r\w*|report\w*|expect\w*|forecast\w*|"
    r"predict\w*|consider\w*|talks?|aim\w*|seek\w*|intend\w*|want\w*|possib\w+|likely|if|draft\w*|"
    r"announc\w*|potential\w*|see[ns]?)\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not|no|never|den(?:y|ies|ied)|without|reject\w*|refus\w*|\w+n[’']t)\b", re.IGNORECASE
)


def differences(event: Event, composed: str, written: str) -> Iterator[str]:
    """Yield a line for each way in which ``written`` tells another event than its sources do.

    ``composed`` is the sentence that was composed from the statements.
    """
    read = [m for m in _events_of(written, event) if m.type is event.type]
    if read:
        yield from _of_reading(event, read)
    else:
        yield from _of_words(event, composed, written)


def _events_of(written: str, event: Event) -> tuple[EventMention, ...]:
    document = Document(
        capture_id=CaptureId("cp_written"),
        source_id=SourceId("editor"),
        text=written,
        title=None,
        url=None,
        published=event.reported,
        language="en",
        publisher=None,
        sentences=(Span(0, len(written)),),
        method="editor",
    )
    return read_document(document, gate=0).events


def _of_reading(event: Event, read: list[EventMention]) -> Iterator[str]:
    labels = {r.name: r.label for r in load_event_types()[event.type].roles}
    stated: dict[str, set[str]] = {}
    for s in event.statements:
        if s.retracted_at is None:
            stated.setdefault(s.property, set()).update(printings(s))
    told: dict[str, None] = {}
    for mention in read:
        for argument in mention.arguments:
            words = argument.text.lower()
            others = [r for r, values in stated.items() if words in values and r in labels]
            role = argument.role
            if others and role not in others and role in stated and role in labels:
                also = " or ".join(labels[o] for o in others)
                told[
                    f"It reads as if {argument.text} were the {labels[role]}; "
                    f"its sources state it as {also}."
                ] = None
    yield from told
    if not any(m.status is event.status for m in read):
        yield _reads_as(read[0].status, event.status)
    if not any(m.modality is event.modality for m in read):
        yield _reads_as(read[0].modality, event.modality)


def _reads_as(now: Status | Modality, was: Status | Modality) -> str:
    return f"It reads as {_plain(now)}; its sources tell it as {_plain(was)}."


def _of_words(event: Event, composed: str, written: str) -> Iterator[str]:
    """For a sentence in which no event of the type is found: by single words."""
    unsure = event.status in _UNSURE or event.modality is not Modality.ASSERTED
    if unsure and _OPEN.search(composed) and not _OPEN.search(written):
        asserted = event.modality is Modality.ASSERTED
        state = event.status if asserted else event.modality
        yield f"It was told as {_plain(state)}; the sentence tells it as a fact."
    if bool(_NOT.search(written)) != bool(_NOT.search(composed)):
        yield "One of the two sentences says no where the other says yes."


def _plain(word: Status | Modality) -> str:
    return word.value.replace("_", " ")
