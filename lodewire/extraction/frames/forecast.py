"""Forecasts: who expects what, at which level, by when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import SHARE, TONNAGE, Draft
from lodewire.extraction.frames import fill
from lodewire.extraction.frames.movements import find_movement
from lodewire.extraction.grammar.clauses import Clause
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import EventType, MentionType, Modality, QuantityKind, Status

_EXPECT = frozenset(
    "expect forecast predict project see estimate anticipate reckon target believe foresee want".split()
)
_VARIABLE = re.compile(
    r"\b(?:(?:global|world|domestic|annual|average|refined|mine|total|Chinese|US|spot|copper|lithium|nickel|aluminium|aluminum|gold|oil|gas|uranium|zinc|tin|cobalt|steel|power|C1|cash|battery|EV|crude|off-exchange)\s)*"
    r"(?:prices?|output|production|demand|supply|supplies|consumption|deficits?|surplus(?:es)?|exports?|imports?|premiums?|sales|costs?|capacity|inventor\w+|stocks|shortfalls?|shortages?|growth|trade|shipments|investment|market|usage|capex|spending)\b"
    r"(?:\s(?:of|for|in|at)\s(?:[\w-]+\s?){1,4})?",
    re.IGNORECASE,
)
_NOUN = re.compile(r"\b(?:forecasts?|outlook|projections?|estimates?)\b", re.IGNORECASE)
_ANALYSTS = re.compile(
    r"\b(?:analysts|traders|economists|officials|market participants|consumers|producers|the government|sources|traders and consumers|industry (?:sources|executives))\b",
    re.IGNORECASE,
)
_LEVEL = (QuantityKind.PRICE, QuantityKind.MONEY, *TONNAGE)


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield a forecast for a verb of expecting about a variable, or a passive of one."""
    for clause in sentence.clauses:
        draft = _read(sentence, clause)
        if draft is not None:
            yield draft
            return


def _read(sentence: Sentence, clause: Clause) -> Draft | None:
    if clause.lemma not in _EXPECT or clause.verb.negated:
        return None
    text = sentence.analysis.text
    if clause.lemma in ("see", "want", "believe", "target") and not _figures(sentence):
        return None
    span = (
        sentence.span if clause.verb.passive else Span(clause.chunk.span.start, sentence.span.end)
    )
    variable = _VARIABLE.search(text, span.start, span.end)
    if variable is None:
        return None
    draft = Draft(
        EventType.FORECAST,
        sentence,
        clause.chunk.span,
        clause,
        status=Status.REPORTED,
        modality=Modality.FORECAST,
    )
    draft.add("variable", Span(variable.start(), variable.start() + len(variable.group().rstrip())))
    _forecaster(draft, clause)
    _figures_of(draft, span)
    commodity = sentence.mentions_in(span, MentionType.COMMODITY)
    draft.add("commodity", commodity[0] if commodity else None)
    fill.fill_commodity(draft)
    dates = [d for d in sentence.dates_in(span) if d.grain != "duration"]
    draft.add("horizon", dates[-1] if dates else None)
    if not draft.has("level", "change", "horizon") or not draft.has("forecaster", "level"):
        return None
    return draft


def _figures(sentence: Sentence) -> bool:
    return bool(sentence.quantities_in(sentence.span, *_LEVEL, *SHARE))


def _forecaster(draft: Draft, clause: Clause) -> None:
    sentence = draft.sentence
    agent = clause.agent
    for mention in sentence.named(
        agent, MentionType.ORGANISATION, MentionType.PERSON, MentionType.COUNTRY
    ):
        if mention.type is not MentionType.COUNTRY or not draft.has("forecaster"):
            draft.add("forecaster", mention)
            break
    if not draft.has("forecaster") and agent is not None:
        words = _ANALYSTS.search(agent.chunk.span.of(sentence.analysis.text))
        if words is not None:
            draft.add("forecaster", agent.chunk.span)
    if not draft.has("forecaster"):
        words = _ANALYSTS.search(sentence.analysis.text, sentence.span.start, sentence.span.end)
        if words is not None:
            draft.add("forecaster", Span(words.start(), words.end()))


def _figures_of(draft: Draft, span: Span) -> None:
    sentence = draft.sentence
    levels = sentence.quantities_in(span, *_LEVEL)
    draft.add("level", levels[0] if levels else None)
    for quantity in sentence.quantities_in(span, *SHARE):
        draft.add("change", quantity)
        return
    move = find_movement(sentence.analysis.text, span.start, span.end)
    if move is not None and not levels:
        draft.add("change", Span(move[1], move[2]))
