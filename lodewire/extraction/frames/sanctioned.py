"""Who and what a sanction hits: firms before demonyms, goods beside the measure's words."""

from __future__ import annotations

import re

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.frames import fill, measures
from lodewire.extraction.grammar.clauses import Clause
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType

SANCTIONED = frozenset("RU IR KP VE BY SY MM CU AF SD".split())


TARGETS = (MentionType.COUNTRY, MentionType.ORGANISATION, MentionType.PERSON)


def hit_by(sentence: Sentence, clause: Clause) -> list[Mention]:
    """Whom the verb hits: the patient, organisations and people before countries."""
    if clause.patient is None:
        return []
    found = sentence.named(clause.patient, *TARGETS)
    firms = [m for m in found if m.type is not MentionType.COUNTRY]
    return fill.distinct(firms or found)


def owned_after(sentence: Sentence, trigger: Span) -> list[Mention]:
    """Return the party whose assets are meant: "assets of X", right after ``trigger``."""
    rest = Span(trigger.end, min(sentence.span.end, trigger.end + 80))
    text = sentence.analysis.text
    found = [
        m
        for m in sentence.mentions_in(rest, *TARGETS)
        if re.search(
            r"\b(?:of|belonging to|held by)\s(?:\w+\s){0,4}$", text[trigger.end - 2 : m.span.start]
        )
    ]
    return found[:1]


def told_last(sentence: Sentence, trigger: Span) -> list[Mention]:
    """ "Added to Britain's sanctions list was Alrosa": the subject stands last."""
    rest = sentence.analysis.text[trigger.end : trigger.end + 12]
    if not re.match(r"\s(?:is|are|was|were)\s", rest):
        return []
    found = sentence.mentions_in(Span(trigger.end, sentence.span.end), *TARGETS)
    return measures.coordinated(sentence, found, 0) if found else []


def outlawed(sentence: Sentence) -> list[Mention]:
    """Return the mentions of countries under sanctions, each once."""
    found = [m for m in sentence.mentions_in(sentence.span, *TARGETS) if m.entity in SANCTIONED]
    return fill.distinct(found)


_SPEAKS = re.compile(r"\s(?:has |have )?(?:said|says|announced|reported|added)\b")
_OWN = 8  # letters of the trigger itself: "imposes sanctions [against]"
_ON = re.compile(
    r"\b(?:on|against|targeting|target(?:s|ed)?|hitting|hit|including)\s"
    r"(?:the\s|state-owned\s|[\w-]+\s){0,4}$",
    re.IGNORECASE,
)


def find_targets(sentence: Sentence, trigger: Span) -> list[Mention]:
    """Who stands after "sanctions on/against"; else a country known to be under sanctions."""
    text = sentence.analysis.text
    after = sentence.mentions_in(Span(trigger.end, sentence.span.end), *TARGETS)
    for index, mention in enumerate(after):
        before = text[max(trigger.end - _OWN, mention.span.start - 40) : mention.span.start]
        if not _ON.search(before):
            continue
        mention, index = _within_phrase(sentence, after, index)
        group = measures.coordinated(sentence, after, index)
        group = [m for m in group if not _SPEAKS.match(text, m.span.end)] or group[:1]
        firms = [m for m in group if m.type is not MentionType.COUNTRY]
        possessor = len(group) == 1 or not firms
        return fill.distinct(group if possessor else firms)
    return [m for m in outlawed(sentence) if m.span.end <= trigger.start or m in after]


def _within_phrase(sentence: Sentence, after: list[Mention], index: int) -> tuple[Mention, int]:
    """ "on Russian diamond miner Alrosa": the firm, not the demonym before it."""
    mention = after[index]
    if mention.type is MentionType.COUNTRY and index + 1 < len(after):
        between = sentence.analysis.text[mention.span.end : after[index + 1].span.start]
        if re.fullmatch(r"\s(?:[\w-]+\s){0,4}", between) and not re.search(
            r"\b(?:and|or|for|on|over|after|in|to|by|with|against|at)\b", between
        ):
            return after[index + 1], index + 1
    return mention, index


def find_products(sentence: Sentence, trigger: Span) -> list[Mention]:
    """Goods beside the trigger, with their list; a firm's line of business is no product."""
    text = sentence.analysis.text
    named = [
        m
        for m in sentence.mentions_in(sentence.span, MentionType.COMMODITY)
        if not re.match(
            r"\s(?:\w+\s)?(?:companies|company|miners?|producers?|giant|majors?|groups?|firms?|makers?|"
            r"prices?|traders?|refiner\w*|stocks?|sector)\b",
            text[m.span.end : m.span.end + 30],
        )
    ]
    near = [i for i, m in enumerate(named) if -30 < m.span.start - trigger.end < 90]
    if not near:
        return []
    first = named[near[0]]
    before = text[max(sentence.span.start, first.span.start - 30) : first.span.start]
    if re.search(r"(?:producers?|makers?|miners?) of\s(?:\w+\s)?$", before):
        return []
    return measures.coordinated(sentence, named, near[0])


_KINDS = (
    r"(?:individuals?|people|persons?|entit(?:y|ies)|compan(?:y|ies)|firms?|vessels?|tankers?|ships?|banks?|"
    r"traders?|organi[sz]ations?|officials)"
)
_COUNTED = (
    r"(?:[Aa]nother |[Ss]ome |more than |about |over |nearly |at least )?"
    r"(?:\d[\d,]*|dozens of|scores of|[a-z]+teen|ten|twelve) (?:[\w-]+ ){0,2}?"
    rf"{_KINDS}(?:(?:, | and |, and ){_KINDS}){{0,2}}\b"
)
_MANY_AFTER = re.compile(
    r"(?: package)?(?: were| was| have been| are)?(?: also| now)?"
    rf"(?: placed| put| imposed| announced)? (?:on|against) (?P<many>{_COUNTED})"
)
_MANY_FROZEN = sought(
    rf"(?P<many>{_COUNTED})[^.;]{{0,30}} ha(?:d|ve) (?:their|its) assets frozen\b"
)


def find_many(sentence: Sentence, trigger: Span) -> Span | None:
    """ "sanctions were placed on 86 individuals and entities": those hit by number, unnamed."""
    match = _MANY_AFTER.match(sentence.analysis.text, trigger.end, sentence.span.end)
    return Span(*match.span("many")) if match is not None else None


def find_frozen(sentence: Sentence) -> tuple[Span, Span] | None:
    """ "Another 140 individuals had their assets frozen": who, and the words that tell it."""
    match = sentence.locate(_MANY_FROZEN)
    if match is None:
        return None
    return Span(*match.span("many")), Span(match.end("many"), match.end())
