"""Forecasts that go on: the sentence after "the group expects …" tells more of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import TONNAGE, Draft
from lodewire.extraction.frames.forecast_figures import figures_in, horizon_in
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


def told_before(sentence: Sentence, find: Find) -> Draft | None:
    """The forecast told last: in this sentence before, else in the one or two before it."""
    for near in reversed(sentence.analysis.sentences[max(0, sentence.index - 1) : sentence.index]):
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
    kinds = (QuantityKind.PERCENT, QuantityKind.PRICE, QuantityKind.MONEY, *TONNAGE)
    figures = sentence.quantities_in(sentence.span, *kinds)
    if not figures or sentence.mentions_in(sentence.span, *HOUSES):
        return
    earlier = told_before(sentence, find)
    if earlier is None or not earlier.has("forecaster") or OWN_AFFAIRS.search(sentence.text):
        return
    listed = _LISTED.match(sentence.text)
    variable: Span | None = None
    clause = sentence.clause_of(figures[0].span)
    if listed is not None:
        start = sentence.span.start
        variable = Span(start + listed.start("what"), start + listed.end("what"))
    elif clause is not None and clause.subject is not None and not clause.subject.chunk.is_pronoun:
        ahead = clause.verb.modal is not None
        present = clause.verb.form in ("S", "B") and horizon_in(sentence, sentence.span) is not None
        acting = sentence.mentions_in(clause.subject.chunk.span, MentionType.COUNTRY)
        if (ahead or present) and not clause.verb.negated and not acting:
            variable = _without_det(clause.subject.chunk)
    groups = (
        figures_in(sentence, Span(figures[0].span.start - 24, sentence.span.end))
        if variable
        else []
    )
    for group in groups if len(groups) <= 3 else ():
        if variable is None or not (group.level or isinstance(group.change, Quantity)):
            continue
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


def _without_det(chunk: Chunk) -> Span:
    words = [t for t in chunk.tokens if t.tag not in (Tag.DET, Tag.POSS)] or chunk.tokens
    return Span(words[0].span.start, words[-1].span.end)
