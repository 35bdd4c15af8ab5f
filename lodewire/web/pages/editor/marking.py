"""The text of a document with the words marked that an event's statements quote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lodewire.model.document import Document
from lodewire.model.evidence import Span
from lodewire.model.statement import Statement
from lodewire.publish.wording import print_statement
from lodewire.web.passages import Piece
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
    marks = list(_marks(window, telling.statements))
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


def _marks(window: Span, said: Sequence[Statement]) -> Iterator[tuple[Span, list[Statement]]]:
    """Quotes in text order; those that overlap become one mark."""
    held: list[tuple[Span, list[Statement]]] = []
    for statement in sorted(said, key=lambda s: (s.evidence.span, s.property)):
        span = statement.evidence.span
        # What says what kind of event it is quotes its whole sentence: that marks nothing.
        if statement.property in ("type", "status", "modality") or not window.covers(span):
            continue
        if held and span.start < held[-1][0].end:
            last, others = held[-1]
            held[-1] = (Span(last.start, max(last.end, span.end)), [*others, statement])
        else:
            held.append((span, [statement]))
    yield from held


def _paragraphs(text: str, window: Span) -> Iterator[Span]:
    at = window.start
    for line in window.of(text).splitlines(keepends=True):
        yield Span(at, at + len(line))
        at += len(line)


def _pieces(
    text: str, paragraph: Span, marks: Sequence[tuple[Span, list[Statement]]]
) -> Iterator[Piece]:
    at = paragraph.start
    for span, held in marks:
        if not paragraph.covers(span):
            continue
        if span.start > at:
            yield Piece(text=text[at : span.start])
        says = dict.fromkeys(f"{s.property.replace('_', ' ')}: {print_statement(s)}" for s in held)
        yield Piece(text=span.of(text), statements=tuple(s.id for s in held), says="; ".join(says))
        at = span.end
    rest = text[at : paragraph.end].rstrip()
    if rest:
        yield Piece(text=rest)
