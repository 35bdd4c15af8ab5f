"""Bounds that keep the time of reading in proportion to the length of the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lodewire.model.document import Document
from lodewire.model.evidence import Span

LONGEST_SENTENCE = 1_000  # characters; longer is a table or a list, whatever the splitter says
_LEAST = 200
_CUTS = ("; ", ", ", " ", "\t")


def bound_sentences(document: Document) -> Document:
    """Return the document with sentences that are no longer than LONGEST_SENTENCE.

    Frames and checks look at pairs within a sentence; one of a hundred thousand characters would
    take hours. The id and the text stay as they are.
    """
    if all(s.end - s.start <= LONGEST_SENTENCE for s in document.sentences):
        return document
    pieces = [p for s in document.sentences for p in _pieces(document.text, s)]
    return replace(document, sentences=tuple(pieces))


def _pieces(text: str, span: Span) -> Iterator[Span]:
    start, end = span
    while end - start > LONGEST_SENTENCE:
        cut = _cut(text, start)
        piece = _trimmed(text, start, cut)
        if piece is not None:
            yield piece
        start = cut
    last = _trimmed(text, start, end)
    if last is not None:
        yield last


def _cut(text: str, start: int) -> int:
    """The end of the last part that fits: after a semicolon, else a comma, else a blank."""
    limit = start + LONGEST_SENTENCE
    for mark in _CUTS:
        at = text.rfind(mark, start + _LEAST, limit)
        if at >= 0:
            return at + len(mark)
    return limit


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if end > start else None
