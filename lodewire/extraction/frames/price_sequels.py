"""A second move of one price: "ended up at $5,585, having sunk to $5,494 a day earlier",
"dropped 11 percent to $14,550 on Monday and then recovered 7.3 percent".
"""

from __future__ import annotations

from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames.movements import direction_of
from lodewire.extraction.frames.price_figures import Figures, read_figures
from lodewire.extraction.grammar.chunks import Kind
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import EventType, Status

_HAVING = sought(r",? (?:after )?having (?:already |earlier |briefly )?(?=\w+)")
_REACH = 110  # characters of the second move


def another_move(sentence: Sentence, first: Draft, figures: Figures, figure: Quantity) -> Draft:
    """Return the draft of one more move of the price that ``first`` tells of, so far its direction."""
    told = figures.move or figure.span
    draft = Draft(
        EventType.PRICE_CHANGE,
        sentence,
        told,
        sentence.clause_of(figure.span),
        status=Status.REPORTED,
        confidence=0.7,
    )
    for role in ("benchmark", "commodity"):
        draft.arguments.extend(first.of(role))
    draft.add("direction", told, figures.direction)
    return draft


def find(sentence: Sentence, within: Span) -> Span | None:
    """Return the words of ``within`` that tell the second move, up to the next comma."""
    start = _gone_before(sentence, within)
    if start is None:
        start = _going_on(sentence, within)
    if start is None:
        return None
    text, at = sentence.analysis.text, start + len(", and ")
    end = min(sentence.span.end, start + _REACH)
    stops = [i for mark in (", ", ";") if (i := text.find(mark, at, end)) >= 0]
    return Span(start, min(stops, default=end))


def _gone_before(sentence: Sentence, within: Span) -> int | None:
    if not sentence.may_hold(_HAVING.number):
        return None
    match = _HAVING.pattern.search(sentence.analysis.text, within.start, within.end)
    return match.start() if match is not None else None


def _going_on(sentence: Sentence, within: Span) -> int | None:
    """Where "and then recovered 7.3 percent" begins: a join before a second verb of moving.

    Figures stand on both sides of it.
    """
    for clause in sentence.clauses:
        at = clause.chunk.span.start
        if not within.start < at < within.end or not clause.inherited or clause.verb.infinitive:
            continue
        if clause.verb.form == "G" or direction_of(clause.verb.main.lower) is None:
            continue
        join = next(
            (
                c
                for c in reversed(sentence.chunks[: clause.chunk.index])
                if c.kind is not Kind.ADVERB
            ),
            None,
        )
        if join is None or join.kind is not Kind.CONJ or join.lower not in ("and", "but"):
            continue
        ahead = Span(within.start, max(within.start, join.span.start))
        if sentence.quantities_in(ahead) and sentence.quantities_in(Span(at, sentence.span.end)):
            text = sentence.analysis.text
            return join.span.start - (2 if text[join.span.start - 2] == "," else 1)
    return None


def tell(sentence: Sentence, stretch: Span, first: Draft) -> Iterator[Draft]:
    """Yield the move told besides the one of ``first``, behind its ``stretch``."""
    if first.type is not EventType.PRICE_CHANGE:
        return
    second = find(sentence, Span(stretch.start, sentence.span.end))
    if second is None or second.start != stretch.end:
        return
    figures = read_figures(sentence, second, None)
    figure = figures.level or figures.change
    if figure is None or figures.direction is None or figures.amount:
        return
    draft = another_move(sentence, first, figures, figure)
    draft.add("change", figures.change)
    draft.add("level", figures.level)
    dates = [d for d in sentence.dates_in(second) if d.grain != "duration"]
    draft.add("period", dates[0] if dates else None)
    yield draft
