"""The text of a document with the words marked that an event's statements quote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lodewire.model.document import Document
from lodewire.model.evidence import Span
from lodewire.model.statement import Statement
from lodewire.web.passages import Mark, Piece, marked, marks_of
from lodewire.workbench.review.review_view import Telling

LONGEST = 20_000
"""Characters of a text shown whole; of a longer one those round the first marked words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedText:
    """Paragraphs in pieces; ``cut`` tells that the text goes on before or after."""

    paragraphs: tuple[tuple[Piece, ...], ...]
    cut: bool


def marked_text(telling: Telling) -> MarkedText:
    """Return the text that a mention was read from, the words of its statements marked."""
    document = telling.document
    window = _window(document, telling.statements)
    marks = _marks(window, telling.statements)
    paragraphs = tuple(
        pieces
        for paragraph in _paragraphs(document.text, window)
        if (pieces := tuple(_pieces(document.text, paragraph, marks)))
    )
    return MarkedText(paragraphs=paragraphs, cut=len(document.text) > LONGEST)


def _window(document: Document, said: Sequence[Statement]) -> Span:
    if len(document.text) <= LONGEST:
        return Span(0, len(document.text))
    first = min((s.evidence.span.start for s in said), default=0)
    start = max(0, first - LONGEST // 4)
    return Span(start, min(len(document.text), start + LONGEST))


def _marks(window: Span, said: Sequence[Statement]) -> list[Mark]:
    # What says what kind of event it is quotes its whole sentence: that marks nothing.
    kinds = ("type", "status", "modality")
    return marks_of(s for s in said if s.property not in kinds and window.covers(s.evidence.span))


def _paragraphs(text: str, window: Span) -> Iterator[Span]:
    at = window.start
    for line in window.of(text).splitlines(keepends=True):
        yield Span(at, at + len(line))
        at += len(line)


def _pieces(text: str, paragraph: Span, marks: Sequence[Mark]) -> Iterator[Piece]:
    at = paragraph.start
    for mark in marks:
        span = mark[0]
        if not paragraph.covers(span):
            continue
        if span.start > at:
            yield Piece(text=text[at : span.start])
        yield marked(text, mark)
        at = span.end
    rest = text[at : paragraph.end].rstrip()
    if rest:
        yield Piece(text=rest)
