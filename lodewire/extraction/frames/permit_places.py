"""Where and for what a permit is: the goods of its mine, the words that may hold its date."""

from __future__ import annotations

import re

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import fill
from lodewire.extraction.grammar.clauses import Clause
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType


def commodities_of(sentence: Sentence, draft: Draft, noun: Span) -> list[Mention]:
    """What the mine or the firm is for: named between the noun, the verb and the site."""
    spans = [
        noun,
        draft.trigger,
        *(a.span for a in draft.arguments if a.role in ("site", "holder")),
    ]
    near = Span(min(s.start for s in spans) - 30, max(s.end for s in spans) + 45)
    found = [
        m
        for m in sentence.mentions_in(near, MentionType.COMMODITY)
        if not m.generic and m.entity not in _MADE and sentence.span.covers(m.span)
    ]
    return fill.distinct(found)


# Goods that are made, not mined: a mine's permit is not for them.
_MADE = frozenset(("batteries", "electric-vehicles", "semiconductors", "lithium-ion-batteries"))


def words_near(sentence: Sentence, clause: Clause) -> Span:
    """The clause's own words, and what opens the sentence before them."""
    reach = sentence.reach(clause)
    before = [c.chunk.span.end for c in sentence.clauses if c.chunk.index < clause.chunk.index]
    return Span(min(reach.start, max(before, default=sentence.span.start)), reach.end)


def names_none(sentence: Sentence, noun: Span) -> bool:
    """A pipeline's or a road's permit is for no commodity that the rest of the text names."""
    rest = sentence.analysis.text[noun.end : noun.end + 60]
    return (
        re.match(r"\s(?:of|for)\s(?:an?|the)\s(?:[\w-]+\s){0,3}(?:pipeline|road|camp|dam)\b", rest)
        is not None
    )


def own_country(sentence: Sentence, granting: list[Mention]) -> Mention | None:
    """ "Guinea's military government has cancelled …": the country whose government decides."""
    text = sentence.analysis.text
    for mention in granting:
        owner = text[mention.span.end : mention.span.end + 2] in ("'s", "’s")
        if mention.type is MentionType.COUNTRY and owner and not mention.generic:
            return mention
    return None


def site_of(sentence: Sentence, draft: Draft, noun: Span) -> Mention | None:
    scope = fill.scope(draft)
    return fill.sites_near(sentence, Span(min(scope.start, noun.start), scope.end), noun)
