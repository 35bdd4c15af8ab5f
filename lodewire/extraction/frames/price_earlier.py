"""Moves told as gone before: "ended up 0.8% at $5,585, having sunk to $5,494 a day earlier"."""

from __future__ import annotations

from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames.price_figures import read_figures
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import EventType, Status

_HAVING = sought(r",? (?:after )?having (?:already |earlier |briefly )?(?=\w+)")
_REACH = 90  # characters of what had gone before


def find(sentence: Sentence, within: Span) -> Span | None:
    """Return the words from ", having" on, where ``within`` holds them, up to the next comma."""
    if not sentence.may_hold(_HAVING.number):
        return None
    text = sentence.analysis.text
    match = _HAVING.pattern.search(text, within.start, within.end)
    if match is None:
        return None
    end = min(sentence.span.end, match.end() + _REACH)
    stops = [at for mark in (", ", ";") if (at := text.find(mark, match.end(), end)) >= 0]
    return Span(match.start(), min(stops, default=end))


def tell(sentence: Sentence, stretch: Span, first: Draft) -> Iterator[Draft]:
    """Yield the move that had gone before the one of ``first``, told behind its ``stretch``."""
    if first.type is not EventType.PRICE_CHANGE:
        return
    before = find(sentence, Span(stretch.start, sentence.span.end))
    if before is None or before.start != stretch.end:
        return
    figures = read_figures(sentence, before, None)
    figure = figures.level or figures.change
    if figure is None or figures.direction is None or figures.amount:
        return
    draft = Draft(
        EventType.PRICE_CHANGE,
        sentence,
        figures.move or figure.span,
        sentence.clause_of(figure.span),
        status=Status.REPORTED,
        confidence=0.7,
    )
    for role in ("benchmark", "commodity"):
        draft.arguments.extend(first.of(role))
    draft.add("direction", figures.move or figure.span, figures.direction)
    draft.add("change", figures.change)
    draft.add("level", figures.level)
    dates = [d for d in sentence.dates_in(before) if d.grain != "duration"]
    draft.add("period", dates[0] if dates else None)
    yield draft
