"""Lists of sums by who gets them: one a line under a head, or side by side in one sentence.

"- Cirba: $200M for its second plant", "A was awarded $75M for X, and B a total of $480M for Y". Who
gives stands above the list, or by the verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import MONEY, Draft
from lodewire.extraction.frames import fill, funding
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import EventType, MentionType

_HEAD = sought(
    r"\b(?:grants?|awards?|awarded|awardees|funding|funds|loans?|financing|recipients?|investments?|subsid(?:y|ies)|"
    r"selected projects|support)\b",
    re.IGNORECASE,
)
_NO_HEAD = sought(
    r"\b(?:acqui\w+|takeovers?|revenues?|sales|profits?|contracts?|offtake|market cap\w*|fines?|penalt\w+|tariffs?)\b",
    re.IGNORECASE,
)
_VERB = r"(?:awarded|given|granted|handed|promised|allocated|offered|allotted|lent|advanced|receiv(?:es|ed)|gets|got|wins|won|secured)"
_BETWEEN = re.compile(
    rf"(?:,?\s(?:which\s)?(?:was|were|has been|have been|will be|is|would be|is to be))?(?:\s(?:also|already|then))?"
    rf"(?:\s(?P<verb>{_VERB}))?(?:\s(?:a total of|another|a further|up to|as much as|about|some|nearly|more than|over|an additional|a grant of|a loan of))?\s"
)
_ROW = re.compile(
    r"\s?\([^()]{1,30}\)?\s?[:–—-]\s?|\s?[:–—-]\s?|,?\s(?:will (?:get|receive)|gets|receives)\s"
)
_USE = re.compile(
    r",?\s(?:(?:in|of) (?:grants?|loans?|funding|debt)\s)?(?P<use>(?:for|to|towards?)\s(?:[^.;,]|,(?=\d)){4,90}?)(?=,\s|\sand\s(?:[A-Z]|was\b)|[.;]|$)"
)
_BACK = 20


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield one financing for each sum of a list."""
    sums = sentence.quantities_in(sentence.span, *MONEY)
    if not sums:
        return
    if not any(c.verb.finite for c in sentence.clauses):
        row = _row(sentence, sums[0])
        head = _head(sentence) if row is not None else None
        if row is not None and head is not None:
            yield _draft(sentence, head, row, sums[0])
        return
    if len(sums) < 2:
        return
    pairs = list(_pairs(sentence, sums))
    if len(pairs) > 1 and any(verb for _, _, verb in pairs):
        for who, value, _ in pairs:
            yield _draft(sentence, sentence, who, value)


def _firms(sentence: Sentence) -> list[Mention]:
    return [
        m
        for m in sentence.mentions_in(sentence.span, MentionType.ORGANISATION)
        if not funding.is_financier(sentence, m)
    ]


def _pairs(sentence: Sentence, sums: list[Quantity]) -> Iterator[tuple[Mention, Quantity, bool]]:
    text = sentence.analysis.text
    for who in _firms(sentence):
        value = next((q for q in sums if 0 < q.span.start - who.span.end < 60), None)
        if value is None:
            continue
        between = _BETWEEN.fullmatch(text[who.span.end : value.span.start])
        if between is not None:
            yield who, value, between["verb"] is not None


def _row(sentence: Sentence, value: Quantity) -> Mention | None:
    text = sentence.analysis.text
    for who in _firms(sentence)[:1]:
        lead = text[sentence.span.start : who.span.start].strip(" •*–—-\t")
        if len(lead) < 4 and _ROW.fullmatch(text[who.span.end : value.span.start]):
            return who
    return None


def _head(sentence: Sentence) -> Sentence | None:
    """The nearest line above the rows, where it speaks of funds, or the one above that."""
    seen = 0
    for before in reversed(
        sentence.analysis.sentences[max(0, sentence.index - _BACK) : sentence.index]
    ):
        sums = before.quantities_in(before.span, *MONEY)
        if sums and not any(c.verb.finite for c in before.clauses) and _row(before, sums[0]):
            continue
        if before.find(_HEAD) and not before.find(_NO_HEAD):
            return before
        seen += 1
        if seen == 2:
            return None
    return None


def _draft(sentence: Sentence, head: Sentence, who: Mention, value: Quantity) -> Draft:
    draft = Draft(EventType.FINANCING, sentence, value.span, sentence.clause_of(value.span))
    draft.confidence, draft.plain = 0.55, True
    draft.add("value", value)
    draft.add("recipient", who)
    draft.add("investor", _giver(head))
    text = sentence.analysis.text
    use = _USE.match(text, value.span.end, sentence.span.end)
    end = use.end("use") if use is not None else value.span.end
    if use is not None:
        draft.add("purpose", Span(use.start("use"), end))
    draft.reach = Span(who.span.start, min(sentence.span.end, end + 30))
    places = sentence.mentions_in(draft.reach, MentionType.PLACE, MentionType.COUNTRY)
    draft.add("country", next((p for p in places if not fill.is_city(p)), None))
    return draft


def _giver(head: Sentence) -> Mention | None:
    """Who gives: the financier that the head or one of the four lines above it names last."""
    for before in reversed(head.analysis.sentences[max(0, head.index - 4) : head.index + 1]):
        named = [
            m
            for m in before.mentions_in(before.span, MentionType.ORGANISATION)
            if funding.is_financier(before, m)
        ]
        if named:
            return named[-1]
    return None
