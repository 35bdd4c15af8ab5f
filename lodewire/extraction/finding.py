"""Who finds the events of an analysed document: the frames, or another reader in their place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from lodewire.extraction.analysis import Analysis
from lodewire.model.event import EventMention


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The events of a document, who found them, and what the reader of the page should know."""

    events: tuple[EventMention, ...]
    method: str
    notes: tuple[str, ...] = ()


class Finder(Protocol):
    """Finds the events of an analysed document; every value proved by its words."""

    def __call__(self, analysis: Analysis) -> Found:
        """Return the events in text order."""
