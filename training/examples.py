"""Labelled sentences out of annotated texts: what each tells, and who plays which part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from evaluation.events import words_of as content_words
from evaluation.gold import GoldEvent, GoldText, document_of
from lodewire.extraction.analysis import Sentence, analyse
from lodewire.extraction.bounds import bound_sentences
from lodewire.extraction.learned.features import Word, telling_features, words_of
from lodewire.extraction.learned.fillers import Candidate, find_candidates, fits
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import EventType
from lodewire.ontology.event_types import RoleKind, load_event_types

_TOLD = 0.5  # share of an annotation's words that its sentence must hold


@dataclass(slots=True)
class Example:
    """A sentence with its features; ``open`` are types it may tell besides those annotated."""

    document: str
    sentence: Sentence
    words: list[Word]
    features: list[str]
    told: list[GoldEvent] = field(default_factory=list)
    open: set[str] = field(default_factory=set)


def examples_of(texts: Iterable[GoldText]) -> list[Example]:
    """Return every sentence of the texts as an example, in order."""
    found: list[Example] = []
    for text in texts:
        document = bound_sentences(document_of(text))
        rows = [_example(text.id, s) for s in analyse(document).sentences]
        for event in text.events:
            _place(event, rows)
        found.extend(r for r in rows if r.words)
    return found


def _example(id_: str, sentence: Sentence) -> Example:
    words = words_of(sentence)
    return Example(id_, sentence, words, telling_features(sentence, words))


def _place(event: GoldEvent, rows: Sequence[Example]) -> None:
    """Put an event at the sentence that holds its evidence; others may tell it again."""
    if not rows:
        return

    def held(row: Example) -> tuple[bool, float, int]:
        wanted = content_words(event.evidence)
        share = len(wanted & content_words(row.sentence.text)) / max(1, len(wanted))
        return event.evidence in row.sentence.text, share, _values_in(event, row)

    best = max(rows, key=held)
    if held(best)[0] or held(best)[1] >= _TOLD:
        best.told.append(event)
    for row in rows:
        if row is not best and _values_in(event, row) >= 2:
            row.open.add(event.type)


def _values_in(event: GoldEvent, row: Example) -> int:
    text = row.sentence.text.lower()
    return sum(any(v.lower() in text for v in values) for values in event.args.values())


def labelled_fillers(event: GoldEvent, row: Example) -> list[tuple[Candidate, str | None]]:
    """Return the sentence's candidates with the role each plays in ``event``, or None.

    A candidate that shares words with an annotated value but is not its best match is left out:
    it is neither right nor wrong.
    """
    roles = load_event_types()[EventType(event.type)].roles
    candidates = find_candidates(row.sentence, row.words)
    label: dict[int, str] = {}
    touched: set[int] = set()
    for role in roles:
        if role.kind is RoleKind.CHOICE:
            continue
        for value in event.args.get(role.name, ()):
            for span in _found(value, row.sentence):
                over = [i for i, c in enumerate(candidates) if c.span.overlaps(span)]
                touched.update(over)
                fit = [i for i in over if fits(role, candidates[i])]
                if fit:
                    label[max(fit, key=lambda i: _shared(candidates[i].span, span))] = role.name
    return [(c, label.get(i)) for i, c in enumerate(candidates) if i in label or i not in touched]


def _found(value: str, sentence: Sentence) -> list[Span]:
    start = sentence.text.find(value)
    if start < 0:
        return []
    at = sentence.span.start + start
    return [Span(at, at + len(value))]


def _shared(left: Span, right: Span) -> float:
    both = min(left.end, right.end) - max(left.start, right.start)
    either = max(left.end, right.end) - min(left.start, right.start)
    return both / either


def choice_label(event: GoldEvent) -> Iterable[str]:
    """Yield "type role value" for each closed role that the event has."""
    for role in load_event_types()[EventType(event.type)].roles:
        if role.kind is RoleKind.CHOICE:
            for value in event.args.get(role.name, ()):
                yield f"{event.type} {role.name} {value}"
