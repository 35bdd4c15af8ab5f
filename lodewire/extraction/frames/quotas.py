"""Figures of quotas: "tin ores were given an output quota of 73,000 tonnes", one measure each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import TONNAGE, Draft
from lodewire.extraction.frames import measures, parties
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import EventType, MentionType

_NOUN = sought(
    r"\b(?:(?:first|second|third|annual|total|national|mining|output|production|smelting|separation|"
    r"control|collection|whole-year|rare earth|tungsten|mandatory|quarterly)\s)*"
    r"(?:quotas?|(?:first|second|third) (?:batch|tranche|round)(?=\sof\s\d)|control (?:targets?|index)|ceilings?|output (?:targets?|caps?|limits?)|"
    r"production (?:caps?|limits?|ceilings?)|caps?)\b",
    re.IGNORECASE,
)
_OFF = sought(
    r"\b(?:export\w*|imports?|imported|tariffs?|dut(?:y|ies)|shipments?|ship|catch|fishing)\b",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"^[^;.]{0,75}?(?:\bof|\bat|\bis|\bwas|\bwere|\bto|\bbe|\btotals?|\btotalled|\bstands at|:)"
    r"(?:\s(?:a|up to|about|around|nearly|some|just|only|over|more than))*\s$"
)
_OLD = re.compile(
    r"\b(?:from|than|against|with|above|below|had been|was at|previous(?:ly)?|year['’]s)\s(?:the\s|a\s)?$",
    re.IGNORECASE,
)


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield one measure for each noun of a quota with its figure."""
    figures = any(q.kind in TONNAGE for q in sentence.quantities)
    if not figures or sentence.find(_OFF):
        return
    at = sentence.span.start
    for match in sentence.locate_all(_NOUN):
        noun = Span(match.start(), match.end())
        figure = _figure(sentence, noun)
        if figure is None:
            continue
        end = max(noun.end, figure.span.end)
        draft = _draft(sentence, noun, figure, Span(at, _limit(sentence, end)))
        at = end
        if draft is not None:
            yield draft


def _limit(sentence: Sentence, end: int) -> int:
    """Where the words of one quota end: at the next break in the sentence."""
    rest = re.search(r"[,;]|\b(?:while|with|and|where|whereas)\s", sentence.analysis.text[end:])
    return min(sentence.span.end, end + rest.start() if rest is not None else sentence.span.end)


def _figure(sentence: Sentence, noun: Span) -> Quantity | None:
    text = sentence.analysis.text
    for quantity in sentence.quantities_in(sentence.span, *TONNAGE):
        if quantity.span.start >= noun.end:
            between = text[noun.end : quantity.span.start]
            if _LINK.match(between) and not _OLD.search(between):
                return quantity
            return None
        if re.fullmatch(r"[\s-](?:[\w-]+\s){0,3}", text[quantity.span.end : noun.start]):
            return quantity
    return None


def _draft(sentence: Sentence, noun: Span, figure: Quantity, stretch: Span) -> Draft | None:
    clause = sentence.clause_of(noun)
    draft = Draft(EventType.POLICY_MEASURE, sentence, noun, clause)
    if (
        clause is not None
        and clause.lemma == "have"
        and sentence.named(clause.subject, MentionType.COUNTRY)
    ):
        return None  # "China has a ceiling of 45 million tonnes": it stands since long
    found = parties.find_authorities(draft)
    draft.add_all("authority", found[:3])
    action = Span(min(noun.start, figure.span.start), max(noun.end, figure.span.end))
    draft.add("action", action)
    sectors = _sectors(sentence, noun, stretch)
    draft.add_all("sector", sectors)
    measures.fill_effective(draft, stretch, "period")
    measures.fill_effective(draft, sentence.span, "period")
    for mention in found:
        draft.add("country", _country(sentence, mention))
        break
    return draft if sectors or found else None


def _country(sentence: Sentence, authority: Mention) -> Mention | None:
    if authority.type is MentionType.COUNTRY:
        return authority if not authority.generic else None
    named = sentence.analysis.of_type(MentionType.COUNTRY)
    return next((m for m in named if m.entity == authority.country), None)


def _sectors(sentence: Sentence, noun: Span, stretch: Span) -> list[Mention]:
    """The minerals that the figure is for: after "for", inside the noun, else nearest before."""
    named = sentence.mentions_in(stretch, MentionType.COMMODITY)
    after = [i for i, m in enumerate(named) if m.span.start >= noun.end]
    inside = [i for i, m in enumerate(named) if noun.overlaps(m.span)]
    before = [i for i, m in enumerate(named) if m.span.end <= noun.start]
    for index in (*inside, *after[:1], *before[-1:]):
        return measures.coordinated(sentence, named, index)
    return []
