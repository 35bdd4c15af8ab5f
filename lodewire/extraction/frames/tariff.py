"""Tariffs: who charges how much on what, from where, since when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import fill, parties
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import EventType, MentionType, QuantityKind

_NOUN = re.compile(
    r"\b(?:(?:import|customs|anti-dumping|antidumping|countervailing|anti-subsidy|safeguard|"
    r"retaliatory|reciprocal|punitive|provisional|additional|definitive|Section \d{3}|tariff)\s)*"
    r"(?:tariffs?|dut(?:y|ies)|levy|levies|import tax(?:es)?|surcharge)\b",
    re.IGNORECASE,
)
_NO_TARIFF = re.compile(
    r"\b(?:feed-in|electricity|power|water|grid|network|gas|transport|export|excise|stamp|fuel|"
    r"heavy|off|on|tariff-free|duty-free|duty-paid|duty-unpaid)\s*$",
    re.IGNORECASE,
)
_RATE = (QuantityKind.PERCENT, QuantityKind.PRICE)
_FROM_TO = re.compile(r"\bfrom\s+\S+\s*(?:%|per ?cent|percent)?\s*,?\s*to\s*$", re.IGNORECASE)


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield one tariff for each distinct rate that the sentence states, or one without a rate."""
    text = sentence.analysis.text
    nouns = [
        Span(m.start(), m.end())
        for m in _NOUN.finditer(text, sentence.span.start, sentence.span.end)
        if not _NO_TARIFF.search(text, sentence.span.start, m.start())
    ]
    if not nouns:
        return
    rates = _rates(sentence, nouns)
    if not rates:
        draft = _draft(sentence, nouns[0], None, sentence.span)
        if draft.has("authority") and draft.has("product", "target"):
            draft.confidence = 0.6
            yield draft
        return
    for index, rate in enumerate(rates):
        trigger = nouns[fill.nearest_span(nouns, rate.span)]
        yield _draft(sentence, trigger, rate, _stretch(sentence, rates, index))


def _rates(sentence: Sentence, nouns: list[Span]) -> list[Quantity]:
    """Percentages that are rates: near the noun, and not the old rate of "from 25 % to 50 %"."""
    text = sentence.analysis.text
    found: list[Quantity] = []
    for quantity in sentence.quantities_in(sentence.span, *_RATE):
        gap = min(_gap(quantity.span, n) for n in nouns)
        before = text[max(sentence.span.start, quantity.span.start - 30) : quantity.span.start]
        after = text[quantity.span.end : quantity.span.end + 24].lower()
        if gap > 90 or re.search(r"\b(?:rose|fell|up|down|share|stake|of the)\b", before):
            continue
        if re.search(r"\bfrom\s+(?:the\s+)?(?:current\s+|existing\s+)?$", before) and re.match(
            r"\s*,?\s*to\b", after
        ):
            continue
        if not any(_same(quantity, known) for known in found):
            found.append(quantity)
    return found


def _same(left: Quantity, right: Quantity) -> bool:
    return left.bounds == right.bounds and left.unit == right.unit


def _gap(left: Span, right: Span) -> int:
    return max(left.start - right.end, right.start - left.end, 0)


def _stretch(sentence: Sentence, rates: list[Quantity], index: int) -> Span:
    """The words that belong to one of several rates: up to its neighbours."""
    if len(rates) == 1:
        return sentence.span
    start = rates[index - 1].span.end if index else sentence.span.start
    end = rates[index + 1].span.start if index + 1 < len(rates) else sentence.span.end
    return Span(start, end)


def _draft(sentence: Sentence, trigger: Span, rate: Quantity | None, stretch: Span) -> Draft:
    clause = sentence.clause_of(trigger)
    draft = Draft(EventType.TARIFF, sentence, trigger, clause)
    draft.add("rate", rate)
    authority = parties.find_authority(draft)
    draft.add("authority", authority)
    for product in _products(sentence, stretch, trigger):
        draft.add("product", product)
    for target in _targets(sentence, trigger, authority):
        draft.add("target", target)
    fill.fill_date(draft, "effective_date")
    if not draft.has("product", "target", "authority"):
        draft.confidence = 0.4
    return draft


def _products(sentence: Sentence, stretch: Span, trigger: Span) -> list[Mention]:
    found = [
        m
        for m in sentence.mentions_in(stretch, MentionType.COMMODITY, MentionType.PRODUCT)
        if not m.generic
    ]
    if not found and stretch != sentence.span:
        found = sentence.mentions_in(sentence.span, MentionType.COMMODITY, MentionType.PRODUCT)
    return fill.distinct(found)


_TARGET = re.compile(r"\b(?:from|against|on)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE)


def _targets(sentence: Sentence, trigger: Span, authority: Mention | None) -> list[Mention]:
    """Countries hit: after "from" or "against", or a demonym before the product."""
    text = sentence.analysis.text
    found: list[Mention] = []
    for mention in sentence.mentions_in(sentence.span, MentionType.COUNTRY):
        if authority is not None and mention.entity == authority.entity:
            continue
        before = text[max(sentence.span.start, mention.span.start - 40) : mention.span.start]
        after = text[mention.span.end : mention.span.end + 30].lower()
        exempt = re.search(
            r"\b(?:except|excluding|exempt\w*|free trade|left out|other than)\b",
            text[sentence.span.start : mention.span.start].lower(),
        )
        if exempt or re.search(r"\b(?:imports? (?:in)?to|into|in|by)\s(?:the\s)?$", before):
            continue
        is_origin = _TARGET.search(before) or re.match(
            r"[’'s]*\s(?:[\w-]+\s){0,3}(?:imports?|exports?|goods|products|steel|alumin\w+|copper|evs?|electric|cars|vehicles|metal)",
            after,
        )
        if is_origin:
            found.append(mention)
    return found
