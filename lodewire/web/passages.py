"""The sentences of a document that state an event, with the words of each value marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lodewire.model.brief import BriefEntry, SourceLink
from lodewire.model.document import Document
from lodewire.model.event import Event
from lodewire.model.evidence import Span
from lodewire.model.ids import DocumentId, StatementId
from lodewire.model.statement import Statement
from lodewire.publish.brief import Material
from lodewire.publish.wording import print_statement

LONGEST = 700  # characters of a sentence shown whole; of a longer one the words round its values
_ROUND = 160
_SHOWN = 12  # documents whose words are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of a sentence; marked where it states values, with the role and value of each."""

    text: str
    statements: tuple[StatementId, ...] = ()
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What one document says of the event: its sentences, each in pieces."""

    source: SourceLink
    sentences: tuple[tuple[Piece, ...], ...]


def passages_of(event: Event, entry: BriefEntry, material: Material) -> tuple[Passage, ...]:
    """Return what the entry's sources say, one document an origin, and all that it cites."""
    quoted = {q.statement_id for q in entry.quotes}
    by_document: dict[DocumentId, list[Statement]] = {}
    for statement in event.statements:
        if statement.id in quoted:
            by_document.setdefault(statement.document_id, []).append(statement)
    cited = {i for s in entry.sentences for part in s.segments for i in part.statements}
    order = sorted(
        by_document,
        key=lambda d: (
            not any(s.id in cited for s in by_document[d]),
            str(material.sources[d].published) if d in material.sources else "",
            d,
        ),
    )
    must = sum(any(s.id in cited for s in by_document[d]) for d in order)
    return tuple(
        Passage(source=material.sources[d], sentences=tuple(_sentences(document, by_document[d])))
        for d in order[: max(must, _SHOWN)]
        if d in material.sources and (document := material.documents.get(d)) is not None
    )


def _sentences(document: Document, said: Sequence[Statement]) -> Iterable[tuple[Piece, ...]]:
    """The sentences that hold words of values, in text order; words in none stand alone."""
    rest = list(said)
    placed: list[tuple[Span, list[Statement]]] = []
    for sentence in document.sentences:
        inside = [s for s in rest if sentence.covers(s.evidence.span)]
        if inside:
            placed.append((sentence, inside))
            rest = [s for s in rest if s not in inside]
    placed += [(span, held) for span, held in _alone(rest)]
    for span, held in sorted(placed, key=lambda p: p[0]):
        yield tuple(_pieces(document.text, span, marks_of(held)))


def _alone(said: Sequence[Statement]) -> list[tuple[Span, list[Statement]]]:
    found: dict[Span, list[Statement]] = {}
    for statement in said:
        found.setdefault(statement.evidence.span, []).append(statement)
    return list(found.items())


Mark = tuple[Span, list[Statement]]


def marks_of(said: Iterable[Statement]) -> list[Mark]:
    """Return the words that statements quote, in text order, each with the statements behind it.

    Marks that overlap become one, so that each statement lies whole inside a mark.
    """
    marks: list[Mark] = []
    for statement in sorted(said, key=lambda s: (s.evidence.span, s.property)):
        span = statement.evidence.span
        if marks and span.start < marks[-1][0].end:
            last, held = marks[-1]
            marks[-1] = (Span(last.start, max(last.end, span.end)), [*held, statement])
        else:
            marks.append((span, [statement]))
    return marks


def marked(text: str, mark: Mark) -> Piece:
    """Return a mark as a piece that says what its words are taken to state."""
    span, held = mark
    says = dict.fromkeys(f"{s.property.replace('_', ' ')}: {print_statement(s)}" for s in held)
    return Piece(text=span.of(text), statements=tuple(s.id for s in held), says="; ".join(says))


def _pieces(text: str, sentence: Span, marks: Sequence[Mark]) -> Iterable[Piece]:
    at = sentence.start
    long = sentence.end - sentence.start > LONGEST
    for mark in marks:
        span = mark[0]
        if span.start > at:
            first = at == sentence.start
            yield Piece(text=_cut(text[at : span.start], long, left=not first, right=True))
        yield marked(text, mark)
        at = span.end
    if at < sentence.end:
        yield Piece(text=_cut(text[at : sentence.end], long, left=True, right=False))


def _cut(run: str, long: bool, *, left: bool, right: bool) -> str:
    """Of a long sentence, keep what stands next to a mark on the left or right of ``run``."""
    room = _ROUND * (left + right)
    if not long or len(run) <= room:
        return run
    head = run[:_ROUND].rsplit(" ", 1)[0] if left else ""
    tail = run[-_ROUND:].split(" ", 1)[-1] if right else ""
    return f"{head} … {tail}"
