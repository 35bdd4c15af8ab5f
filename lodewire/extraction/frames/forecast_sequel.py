"""Forecasts that go on: the sentence after "the group expects …" tells more of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import TONNAGE, Draft
from lodewire.extraction.frames.forecast_figures import figures_in, horizon_in
from lodewire.extraction.frames.movements import direction_of
from lodewire.extraction.grammar.chunks import Chunk
from lodewire.extraction.grammar.clauses import Clause
from lodewire.extraction.grammar.tokens import Tag
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import EventType, MentionType, Modality, QuantityKind, Status

Find = Callable[[Sentence], Iterator[Draft]]
HOUSES = (MentionType.ORGANISATION, MentionType.PERSON)
OWN_AFFAIRS = re.compile(
    r"\b(?:stake|shares?|loans?|tariffs?|dut(?:y|ies)|capex|dividends?|revenues?|profits?|contracts?|"
    r"offtake|drill\w*|reserves|resources|commission\w*|construct\w*|build\w*|invest\w*|complet\w*|"
    r"start-?ups?|first production|quota|licen[cs]es?|permits?|acqui\w+|agree\w*|sign\w*|targets|targeting|targeted|"
    r"nameplate|capacity|closing|approv\w+|ramp\w*|financ\w+|jobs|guidance)\b",
    re.IGNORECASE,
)


def told_before(sentence: Sentence, find: Find, reach: int = 1) -> Draft | None:
    """The forecast told last, ``reach`` sentences back at most."""
    first = max(0, sentence.index - reach)
    for near in reversed(sentence.analysis.sentences[first : sentence.index]):
        if near.quantities:
            told = list(find(near))
            if told:
                return told[-1]
    return None


def make_draft(sentence: Sentence, trigger: Span, clause: Clause | None) -> Draft:
    return Draft(
        EventType.FORECAST,
        sentence,
        trigger,
        clause,
        status=Status.REPORTED,
        modality=Modality.FORECAST,
        confidence=0.6,
    )


_LISTED = re.compile(r"(?P<what>[A-Z][\w ,’'-]{2,50}?):\s(?=(?:up|down|plus|minus|[+\-−]|\d))")


def find_going_on(sentence: Sentence, find: Find) -> Iterator[Draft]:
    """ "Mines should finish the year 3.9% ahead. Refineries: up 2.8%": the forecast before goes on."""
    if sentence.mentions_in(sentence.span, *HOUSES):
        return
    told = _variable_told(sentence)
    if told is None:
        return
    variable, stretch, clause = told
    groups = [g for g in figures_in(sentence, stretch) if g.level or isinstance(g.change, Quantity)]
    if not groups or len(groups) > 3:
        return
    if OWN_AFFAIRS.search(sentence.analysis.text, sentence.span.start, groups[-1].end()):
        return
    earlier = told_before(sentence, find, reach=5)
    if earlier is None or not earlier.has("forecaster"):
        return
    for group in groups:
        draft = make_draft(sentence, variable, clause)
        draft.add("variable", variable)
        draft.arguments.extend(earlier.of("forecaster"))
        draft.add("level", group.level)
        draft.add("change", group.change)
        draft.add("horizon", group.horizon)
        named = sentence.mentions_in(sentence.span, MentionType.COMMODITY)
        if named:
            draft.add("commodity", named[0])
        else:
            draft.arguments.extend(earlier.of("commodity"))
        yield draft


def _variable_told(sentence: Sentence) -> tuple[Span, Span, Clause | None] | None:
    """What a sentence without a house of its own tells of as to come, and where."""
    start, end = sentence.span
    listed = _LISTED.match(sentence.text)
    if listed is not None:
        what = Span(start + listed.start("what"), start + listed.end("what"))
        return what, Span(start + listed.end(), end), None
    for clause in sentence.clauses:
        if clause.subject is None or clause.subject.chunk.is_pronoun or clause.verb.negated:
            continue
        subject = clause.subject.chunk
        if sentence.mentions_in(subject.span, MentionType.COUNTRY) or clause.relative:
            continue
        after = Span(clause.chunk.span.end, end)
        figures = sentence.quantities_in(after, *_KINDS)
        near = bool(figures) and figures[0].span.start - after.start <= 60
        if near and _looks_ahead(sentence, clause, after):
            return _without_det(subject), Span(clause.chunk.span.start, end), clause
    return None


_KINDS = (QuantityKind.PERCENT, QuantityKind.PRICE, QuantityKind.MONEY, *TONNAGE)


def _looks_ahead(sentence: Sentence, clause: Clause, after: Span) -> bool:
    """A modal, or a present tense of movement with a time to come or from one figure to another."""
    if clause.verb.modal is not None:
        return clause.verb.modal not in ("can", "must")
    if clause.verb.form not in ("S", "B") or direction_of(clause.verb.main.lower) is None:
        return False
    words = after.of(sentence.analysis.text)
    return horizon_in(sentence, after) is not None or (" from " in words and " to " in words)


def _without_det(chunk: Chunk) -> Span:
    words = [t for t in chunk.tokens if t.tag not in (Tag.DET, Tag.POSS)] or chunk.tokens
    return Span(words[0].span.start, words[-1].span.end)
