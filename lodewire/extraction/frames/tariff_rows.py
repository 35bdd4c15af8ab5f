"""Lists of duty rates by country or firm: one a line under a head, or in brackets behind each name.

"Bahrain 4.83pc", "12.7 percent for Turkey;", "exporters in India (4.9-35.3pc) and Turkey (2.6pc)".
Who charges and on what stands above the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import parties
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.entity import Mention
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import EventType, MentionType, QuantityKind, Status

_DUTIES = sought(
    r"\b(?:anti-?dumping|countervail\w+|dump(?:ed|ing)|tariffs?|dut(?:y|ies)|AD(?:/CVD)? rates?|CVD|AD|"
    r"(?:dumping|subsidy|final|preliminary) (?:margins?|rates?)|less than fair value)\b"
)
_NO_DUTIES = sought(
    r"\b(?:shares? of|output|production|prices?|growth|stakes?|holders?|exports? (?:rose|fell))\b"
)
_RATE_FIRST = re.compile(
    r"[•*–—-]?\s?(?:\(?[a-z\d]{1,3}[).]\s)?(?:(?:zero|nil)(?:\s?%| per ?cent)?\sto\s)?$",
    re.IGNORECASE,
)
_DECIDED = re.compile(
    r"\b(?:determin|found|finds|rul|affirm|confirm|announc|made public|propos|recommend)"
)
_FOR = re.compile(r"\s(?:for|on|from|against)\s(?:the\s|all other\s)?$")
_BETWEEN = re.compile(r"(?:['’]s)?(?:\s(?:[\w&.,'’-]+\s){0,4})?[\s.:|–—-]{1,8}$|\s?:?\s?\(?$")
_TAIL = re.compile(r"\)?[\s;,.]*(?:and|and/or)?\s?$")
_BACK = 26  # lines above a row within which its head stands
_SIDES = (MentionType.COUNTRY, MentionType.ORGANISATION)


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield one tariff for each rate of a row or of a list in brackets."""
    rates = [q for q in sentence.quantities if q.kind is QuantityKind.PERCENT]
    if not rates:
        return
    if len(rates) == 1 and len(sentence.text) < 90:
        who = _row(sentence, rates[0])
        head = _head(sentence) if who is not None else None
        if who is not None and head is not None:
            yield _draft(sentence, head, who, rates[0])
        return
    pairs = [(m, q) for q in rates for m in sentence.mentions if _in_brackets(sentence, m, q)]
    if len(pairs) > 1 and _tells_duties(sentence):
        for who, rate in pairs:
            yield _draft(sentence, sentence, who, rate)


def _tells_duties(sentence: Sentence) -> bool:
    subsidised = re.search(r"\bcountervailable\b", sentence.text) is not None
    return (subsidised or sentence.find(_DUTIES) is not None) and not sentence.find(_NO_DUTIES)


def _in_brackets(sentence: Sentence, mention: Mention, rate: Quantity) -> bool:
    if mention.type not in _SIDES or not 0 <= rate.span.start - mention.span.end < 4:
        return False
    return sentence.analysis.text[mention.span.end : rate.span.start].strip() == "("


def _row(sentence: Sentence, rate: Quantity) -> Mention | None:
    """Whom the one rate of a bare line is for, or None where the line is no row."""
    text = sentence.analysis.text
    named = [m for m in sentence.mentions if m.type in _SIDES]
    if not named or any(c.verb.finite for c in sentence.clauses):
        return None
    who = named[0]
    if rate.span.start > who.span.end:
        before = text[sentence.span.start : who.span.start].strip(" •*–—-\t")
        between = text[who.span.end : rate.span.start]
        rest = text[rate.span.end : sentence.span.end]
        return (
            who if len(before) < 4 and _BETWEEN.match(between) and _TAIL.fullmatch(rest) else None
        )
    lead = text[sentence.span.start : rate.span.start]
    if _RATE_FIRST.fullmatch(lead) and _FOR.fullmatch(text[rate.span.end : who.span.start]):
        return who
    return None


def _is_row(sentence: Sentence) -> bool:
    rates = [q for q in sentence.quantities if q.kind is QuantityKind.PERCENT]
    return len(rates) == 1 and len(sentence.text) < 90 and _row(sentence, rates[0]) is not None


def _head(sentence: Sentence) -> Sentence | None:
    """The line above the rows that speaks of duties, at most three lines above the first row."""
    seen = 0
    for before in reversed(
        sentence.analysis.sentences[max(0, sentence.index - _BACK) : sentence.index]
    ):
        if _is_row(before):
            continue
        if _tells_duties(before):
            return before
        seen += 1
        if seen == 3:
            return None
    return None


def _draft(sentence: Sentence, head: Sentence, who: Mention, rate: Quantity) -> Draft:
    draft = Draft(EventType.TARIFF, sentence, rate.span, confidence=0.6)
    draft.plain = True
    above = head.analysis.sentences[max(0, head.index - 3) : head.index + 1]
    if any(_DECIDED.search(s.text) for s in above):
        draft.status = Status.AGREED
    draft.add("rate", rate)
    draft.add("target", who)
    draft.add("authority", _above(head, who))
    draft.add_all("product", _goods_above(head))
    return draft


def _above(head: Sentence, who: Mention) -> Mention | None:
    """The body that the head or a line above it names, the nearest first."""
    for before in reversed(head.analysis.sentences[max(0, head.index - 8) : head.index + 1]):
        for mention in before.mentions:
            body = mention.type is MentionType.ORGANISATION
            if body and mention.entity != who.entity and parties.is_authority(before, mention):
                return mention
    home = parties.home_country(head, head.span.end)
    return home if home is not None and home.entity != who.entity else None


def _goods_above(head: Sentence) -> list[Mention]:
    for before in reversed(head.analysis.sentences[max(0, head.index - 8) : head.index + 1]):
        named = [m for m in before.mentions if m.type is MentionType.COMMODITY and not m.generic]
        if named:
            return named[:1]
    return []
