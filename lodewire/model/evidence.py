"""Spans of a document's text and the quotes that prove a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from lodewire.errors import AlignmentError
from lodewire.model.ids import DocumentId
from lodewire.model.vocabulary import Alignment


class Span(NamedTuple):
    """A half-open character range ``[start, end)`` in a document's text."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Tell whether ``other`` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two ranges share a character."""
        return self.start < other.end and other.start < self.end

    def shift(self, by: int) -> Span:
        """Return the span moved by ``by`` characters."""
        return Span(self.start + by, self.end + by)

    def of(self, text: str) -> str:
        """Return the characters of ``text`` in this span."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The exact words of a document that state a value."""

    document_id: DocumentId
    span: Span
    quote: str
    alignment: Alignment = Alignment.EXACT

    def __post_init__(self) -> None:
        if not self.quote:
            raise AlignmentError("evidence without a quote")
        if self.span.end <= self.span.start:
            raise AlignmentError(f"empty span {tuple(self.span)} for quote {self.quote!r}")

    @classmethod
    def take(cls, document_id: DocumentId, text: str, span: Span) -> Evidence:
        """Cut the quote out of ``text``; raises AlignmentError when the span is outside it."""
        if not 0 <= span.start < span.end <= len(text):
            raise AlignmentError(f"span {tuple(span)} lies outside {len(text)} characters")
        return cls(document_id=document_id, span=span, quote=span.of(text))

    def verify(self, text: str) -> None:
        """Raise AlignmentError unless ``text`` holds the quote at the span."""
        if self.span.of(text) != self.quote:
            raise AlignmentError(
                f"quote {self.quote!r} is not at {tuple(self.span)} of {self.document_id}"
            )
