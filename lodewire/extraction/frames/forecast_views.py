"""Tests of a telling: whether what a verb says of a thing looks ahead as a forecast does."""

from __future__ import annotations

import re

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import TONNAGE
from lodewire.extraction.frames.forecast_agents import who_says
from lodewire.extraction.frames.forecast_figures import horizon_in
from lodewire.extraction.frames.forecast_words import LIKELY
from lodewire.extraction.grammar.chunks import Kind
from lodewire.extraction.grammar.clauses import Clause
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType, QuantityKind

# "is set to", "is heading for", "is looking at": what a thing is bound for.
DESTINED = frozenset("be set head look call slate poise bind track".split())


def who_is_to(sentence: Sentence, clause: Clause) -> Span | None:
    """ "expects [MOP] to peak", "expects [the final number] to come in below $95"."""
    chunks = sentence.chunks[clause.chunk.index + 1 :][:2]
    if len(chunks) < 2 or chunks[0].kind is not Kind.NP or chunks[1].verb is None:
        return None
    named = sentence.mentions_in(chunks[0].span, MentionType.COMMODITY, MentionType.BENCHMARK)
    number = chunks[0].lower.endswith(("number", "figure", "total", "balance", "market"))
    if not chunks[1].verb.infinitive or not (named or number):
        return None
    words = [t for t in chunks[0].tokens if t.tag.value != "det"]
    return Span(words[0].span.start, chunks[0].span.end)


_PUT = re.compile(
    r"(?:deficit|surplus|shortfall|demand|supply|output|production|consumption|growth|additions|usage|needs|requirements|sales|imports|exports|prices?|oversupply|glut|gap|shortage)"
    r"(?: (?:of|in|for) [\w -]{3,30})?$",
    re.I,
)


def is_put_at(sentence: Sentence, variable: Span, *, priced: bool) -> bool:
    """ "puts this year's deficit at 47,000 tonnes", "pegs copper at $10,500 a tonne in 2026"."""
    text = sentence.analysis.text
    if text[variable.end : variable.end + 4] != " at ":
        return False
    if priced and horizon_in(sentence, sentence.span) is not None:
        return True
    return _PUT.search(variable.of(text)) is not None


_HELD = re.compile(
    r"\s(?:averaging|reaching|rising|falling|climbing|dropping|hitting|growing|peaking|trading|"
    r"expanding|declining|recovering|at|in (?:a |an )?(?:surplus|deficit|balance|glut)|up|down|short)\b"
)


_CALLED = re.compile(r"\s(?:at|for)\s(?:an?\s|the\s)?(?:\w+\s){0,2}$")


def is_held(sentence: Sentence, clause: Clause, variable: Span | None) -> bool:
    """ "UBS has Brent averaging $85", "is calling for output of 60 Mt": a house's own view."""
    if variable is None or who_says(sentence, clause) is None:
        return False
    text, end = sentence.analysis.text, clause.chunk.span.end
    if horizon_in(sentence, sentence.span) is None:
        return False
    if clause.lemma == "have":
        return variable.start - end <= 16 and _HELD.match(text, variable.end) is not None
    return clause.verb.form == "G" and (_CALLED.match(text[end : variable.start]) is not None)


def has_figure_and_time(sentence: Sentence, stretch: Span) -> bool:
    kinds = (QuantityKind.PERCENT, QuantityKind.MONEY, QuantityKind.LENGTH)
    figures = [q for q in sentence.quantities_in(stretch) if q.kind not in kinds]
    return bool(figures) and horizon_in(sentence, sentence.span) is not None


def aim(sentence: Sentence, stretch: Span) -> Span | None:
    """What is aimed at: "producing about 200 tons of [antimony per month at Madero]"."""
    quantities = sentence.quantities_in(stretch)
    if not quantities:
        return None
    first = quantities[0]
    start = first.substance.start if first.substance is not None else stretch.start + 1
    sites = sentence.mentions_in(Span(first.span.end, stretch.end), MentionType.SITE)
    near = sites and sites[0].span.start - first.span.end <= 20
    return Span(start, sites[0].span.end if near else first.span.end)


def is_likely(sentence: Sentence, clause: Clause) -> bool:
    if clause.lemma not in DESTINED:
        return False
    span, text = clause.chunk.span, sentence.analysis.text
    end = min(sentence.span.end, span.end + 24)
    start = span.end if clause.lemma == "be" else max(span.start, span.end - 12)
    found = LIKELY.search(text, start - 1, end)
    return found is not None and found.start() <= span.end


def is_ahead(sentence: Sentence, clause: Clause) -> bool:
    """ "was put at 86,000 tons", "is estimated at": of the past, unless a time to come is given."""
    if any(c.governor is clause and c.verb.infinitive for c in sentence.clauses):
        return True
    found = horizon_in(sentence, sentence.span)
    if found is None or clause.verb.first in ("was", "were"):
        return False
    return isinstance(found, Span) or found.grain in ("year", "quarter", "half", "range", "decade")


_OWN_OUTPUT = re.compile(
    r"\b(?:output|production|sales|shipments|deliver\w+|capacity|capex|spend\w*|costs?|revenues?)\b",
    re.IGNORECASE,
)


def is_dated(sentence: Sentence, stretch: Span, variable: Span) -> bool:
    """A figure and the time to come that it is for: nobody need be named.

    What a company may say of its own works is left to those who are named.
    """
    if _OWN_OUTPUT.search(variable.of(sentence.analysis.text)):
        return False
    kinds = (QuantityKind.PRICE, QuantityKind.PERCENT, *TONNAGE)
    return bool(sentence.quantities_in(stretch, *kinds)) and (
        horizon_in(sentence, stretch) is not None
    )


_MOVING = frozenset("go move rise fall climb drop come lie jump slip remain stay slide".split())


def goes_to(clause: Clause, noun: Span) -> bool:
    """ "the bank's forecast went up to …": what a forecast, as a subject, does of itself."""
    mine = clause.subject is not None and clause.subject.chunk.span.overlaps(noun)
    return mine and clause.lemma in _MOVING and not clause.verb.negated
