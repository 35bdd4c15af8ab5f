"""How far a page is taken: glanced at, or read.

The glance's gate is wider than the desk's own behind it, since it judges by less.
What it lets through and loses is measured in ``evaluation/cascade.py``; the numbers stand in
docs/methods/relevance.md.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lodewire.config.desk import RelevanceGate
from lodewire.model.capture import Capture
from lodewire.model.document import Document
from lodewire.model.ids import DocumentId

#: The gate where a desk sets none.
GATE = RelevanceGate().gate
#: Share of the desk's gate that a page must reach by a glance.
GLANCE_SHARE = 2 / 3


class Depth(StrEnum):
    """How far a page was taken."""

    GLANCE = "glance"
    READ = "read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """What the gates left of a capture.

    ``relevance`` holds 0..1 of each document; ``seconds`` of this thread by step.
    """

    depth: Depth
    documents: tuple[Document, ...] = ()
    relevance: Mapping[DocumentId, float] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def best(self) -> float:
        """The relevance of the most relevant document."""
        return max(self.relevance.values(), default=0.0)


class StepTimes:
    """Seconds of processor time of this thread, by the step that took them."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._since = time.thread_time()

    def end(self, step: str) -> None:
        """Count the time since the last step ended to ``step``."""
        now = time.thread_time()
        self.seconds[step] = self.seconds.get(step, 0.0) + now - self._since
        self._since = now


def sift(capture: Capture, *, gate: float, leave: bool = False) -> Sifted:
    """Read a capture as far as it is worth; pure, but for the times.

    With ``leave`` a page that a glance finds to be of another field is not read at all: no
    documents. Raises ReadError as :func:`lodewire.text.reader.read_capture`.
    """
    from lodewire.text.glance import glance
    from lodewire.text.reader import read_capture

    times = StepTimes()
    seen = glance(capture) if leave else None
    if seen is not None:
        from lodewire.extraction.relevance import relevance_of

        times.end("glance")
        worth = relevance_of(seen)
        times.end("judge")
        if worth < GLANCE_SHARE * gate:
            return Sifted(depth=Depth.GLANCE, seconds=times.seconds)
    documents = read_capture(capture)
    times.end("read")
    relevance = _judged(documents)
    times.end("judge")
    return Sifted(depth=Depth.READ, documents=documents, relevance=relevance, seconds=times.seconds)


def _judged(documents: tuple[Document, ...]) -> dict[DocumentId, float]:
    from lodewire.extraction.relevance import relevance_of
    from lodewire.extraction.sound import sound

    return {d.id: relevance_of(sound(d).text) for d in documents}
