"""Rulings on works and volumes: what no more may be built, what must shut, who pumps how much less.

They are told by the thing that is ruled on ("new smelters", "steel capacity", "barrels a day") and a
verb of stopping, cutting or letting, in the active or the passive, with or without a noun of policy.
Who rules may stand anywhere: as subject, as speaker, behind "in" as the country in which it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import TONNAGE
from lodewire.extraction.frames import parties
from lodewire.extraction.grammar.clauses import Clause
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType

_WORKS = (
    r"(?:capacit(?:y|ies)|projects?|plants?|smelters?|refiner(?:y|ies)|(?:steel)?mills?|mines?|mining|"
    r"furnaces?|smelting|(?:coal|power) (?:plants?|units?|stations?)|kilns?|wells?|reactors?|"
    r"licen[cs]es?|permits?|investments?|facilit(?:y|ies)|output|production)"
)
_NEW = (
    r"(?:new|additional|more|further|any|fresh|extra|surplus|outdated|excess|obsolete|backward|illegal|low-grade|"
    r"inefficient|polluting|unlicen[cs]ed|small(?:-scale)?|(?:the )?expansion of|additions? (?:to|of)|construction of)"
)
_STOP = (
    r"(?:banned|prohibited|forbidden|barred|outlawed|halted|frozen|stopped|suspended|capped|limited|curbed|"
    r"restricted|controlled|eliminated|closed(?: down)?|shut(?: down)?|phased out|scrapped|removed|curtailed|"
    r"reined in|ruled out|cut)"
)
_LET = r"(?:allowed|permitted|approved|authori[sz]ed|licen[cs]ed|swapped|built|added|registered|accepted|tolerated)"
_BE = r"(?:be|been|is|are|was|were|being)"
# "New steel projects will be strictly prohibited", "outdated capacity can no longer be swapped".
_PASSIVE = sought(
    rf"\b{_NEW}\s(?:[\w’'-]+,?\s){{0,6}}?{_WORKS}\b[^.;:]{{0,70}}?\b(?:"
    rf"{_BE}\s(?:[\"“'‘]?\w+ly\s|[\"“])?{_STOP}|"
    rf"(?:not|no longer|never)\s(?:{_BE}\s)?(?:\w+ly\s)?{_LET}|(?:under|subject to) [\"“']?strict control)\b",
    re.IGNORECASE,
)
# "will strictly prohibit new projects", "plans to eliminate 30 million tonnes of steel capacity".
_ACTIVE = sought(
    rf"\b(?P<verb>ban|prohibit|forbid|bar|outlaw|halt|freeze|stop|suspend|cap|limit|curb|restrict|control|"
    rf"eliminate|close|shut|phase out|scrap|remove|retire|cut|slash|reduce|trim|axe|take out|rein in)"
    rf"(?:s|es|ed|ting|ping|bing|ning|ing|zing)?\s(?:down\s)?"
    rf"(?:(?:its|the|their|some|up to|about|around|nearly|more than|at least|another|a further|all)\s)*"
    rf"(?:{_NEW}\s|(?P<much>\d[\d.,]*\s?(?:million|mn|m)?\s?(?:metric )?(?:tonnes?|tons?|mt|t)\s(?:a year |per year )?of\s)|"
    rf"(?P<goods>(?:crude )?(?:steel|coal|alumini?um|copper|cement|iron|lead|zinc|smelting)\s))"
    rf"(?:[\w’'-]+,?\s){{0,5}}?(?:capacit(?:y|ies)|projects?|smelters?|(?:steel)?mills?|furnaces?|mines)\b",
    re.IGNORECASE,
)
# "a ban on new capacity", "set itself the target of cutting 30 million tonnes of capacity".
_NOUN = sought(
    r"\b(?:targets?|goals?|plans?|quotas?|pledges?|aims?)\s(?:of|to|for)\s(?:[\w.,-]+\s){0,6}?"
    r"(?:million|mn|m|\d{3})?\s?(?:metric )?(?:tonnes?|tons?|mt|t)\b(?:[^.;]|\.\d){0,30}?\b(?:capacity|cuts|closures)\b"
    rf"|\b(?:bans?|prohibition|moratorium|curbs|limits|freeze|halt)\s(?:on|to|of)\s{_NEW}\s(?:[\w’'-]+,?\s){{0,4}}?{_WORKS}\b",
    re.IGNORECASE,
)
# "set a benchmark of 40 percent of raw materials processed at home", "capacity is capped at 45 million tonnes".
_GOAL = sought(
    r"\b(?:set|sets|setting|adopt(?:s|ed)?|fix(?:es|ed)?|agreed?|propos(?:es|ed)|introduc(?:es|ed))\s(?:itself\s)?(?:an?|the|new|its)\s"
    r"(?:[\w-]+\s){0,3}?(?:benchmarks?|targets?|goals?|objectives?|ceilings?|caps?|thresholds?|minimums?)\s(?:of|for|at)\s(?:[^.;]|\.\d){0,90}?"
    r"\b(?:raw materials|minerals|metals|capacity|output|needs|consumption|processing|recycl\w+|generation|renewables|mining|production|emissions)\b"
    r"|\b(?:capacity|output|production|smelting|mining)\s(?:[\w-]+\s){0,3}?(?:is|are|was|has been|will be|would be|to be)\s(?:\w+ly\s)?"
    r"(?:capped|limited|held|kept|restricted)\s(?:at|to|below|under|within)\s(?:[^.;]|\.\d){0,12}?\d",
    re.IGNORECASE,
)
_RULING = re.compile(
    r"\b(?:government|cabinet|ministr?y|minister|council|province|authorit(?:y|ies)|commission|regulator|planner|"
    r"country|state|nation|city|officials?|agency|department|president|premier|congress|parliament|law|rules?|order|"
    r"decree|plan|policy|guidelines?|document|notice|circular|directive|statement)\b",
    re.IGNORECASE,
)
_OFF = sought(
    r"\b(?:exports?|imports?|imported|exported|shipments?|tariffs?|dut(?:y|ies)|sanction\w*)\b",
    re.IGNORECASE,
)
# "curbed 1.17 million tonnes for lack of hydropower": an outage.
_FORCED = sought(
    r"\b(?:lack of|short(?:age|fall)s? of|power (?:shortages?|rationing|cuts?)|hydropower|drought|maintenance|strike)\b",
    re.IGNORECASE,
)


def find(sentence: Sentence) -> Iterator[tuple[Span, Clause]]:
    """Yield the words and the clause of each ruling that somebody who may rule is told to make."""
    for pattern in (_PASSIVE, _ACTIVE, _NOUN, _GOAL):
        for match in sentence.locate_all(pattern):
            told = Span(match.start(), match.end())
            if (
                sentence.find(_OFF)
                or sentence.find(_FORCED)
                or _one_firm(sentence, told)
                or not _ruled(sentence, told)
            ):
                continue
            clause = sentence.clause_of(told)
            if clause is not None:
                yield told, clause
    pumped = _pumps(sentence)
    if pumped is not None:
        yield pumped


def ruler(sentence: Sentence, told: Span) -> Mention | None:
    """Whose ruling it is: who rules in the sentence, else the country "in" which it holds."""
    named = [m for m in sentence.mentions if parties.is_authority(sentence, m)]
    bodies = [m for m in named if m.type is MentionType.ORGANISATION]
    before = [m for m in bodies if m.span.end <= told.start]
    if before or bodies:
        return (before or bodies)[-1]
    return named[0] if named else parties.home_country(sentence)


def is_ruling(sentence: Sentence, told: Span) -> bool:
    """Tell whether the words are those that a ruling was read from."""
    text = sentence.analysis.text
    return any(
        p.pattern.fullmatch(text, told.start, told.end)
        for p in (_PASSIVE, _ACTIVE, _NOUN, _GOAL, _PUMPED)
    )


def is_pumping(sentence: Sentence, told: Span) -> bool:
    """Tell whether the words tell what a pact of oil producers will pump."""
    return _PUMPED.pattern.fullmatch(sentence.analysis.text, told.start, told.end) is not None


def _one_firm(sentence: Sentence, told: Span) -> bool:
    """A firm that acts, or its own works: an outage or a closure, no ruling."""
    clause = sentence.clause_of(told)
    subject = clause.subject if clause is not None else None
    spans = [told] if subject is None else [told, *(c.span for c in subject.chunks)]
    named = [
        m
        for s in spans
        for m in sentence.mentions_in(s, MentionType.ORGANISATION, MentionType.SITE)
    ]
    return any(not parties.is_authority(sentence, m) for m in named)


def _ruled(sentence: Sentence, told: Span) -> bool:
    if any(parties.is_authority(sentence, m) for m in sentence.mentions):
        return True
    rest = (
        sentence.text[: told.start - sentence.span.start]
        + sentence.text[told.end - sentence.span.start :]
    )
    return _RULING.search(rest) is not None and parties.home_country(sentence) is not None


# "agreed to pump 1.2 million barrels a day less", "will take 500,000 bpd off the market".
_PUMPED = sought(
    r"\b(?:pump|produc|cut|reduc|trim|lower|rais|increas|boost|hik|add|tak|bring|brought|curb|slash|return|restor|"
    r"remov|withh[oe]ld|put|releas|unwind|phas|extend|deepen|roll)\w*\b(?:[^.;]|\.\d){0,80}?"
    r"\b(?:barrels|bpd|b/d|output|production|supply|cuts|curbs|quotas?|ceiling)\b",
    re.IGNORECASE,
)
_OIL = re.compile(r"\b(?:opec\+?|oil|crude|barrels|bpd|b/d)", re.IGNORECASE)
_MORE = re.compile(r"\b(?:extra|additional|another|further|more|less|fewer|voluntary)\b")
_PACT = re.compile(
    r"\b(?:opec\+?(?: \w+)?|cartel|alliance|allies|members|(?:oil )?(?:producers|ministers)|non-opec[\w ]*|"
    r"(?:countries|states) outside (?:the )?opec\+?|group|coalition|they|saudi arabia|russia|riyadh|moscow|kuwait|iraq|uae|others|nations)$",
    re.IGNORECASE,
)
_DECIDES = re.compile(
    r"\b(?:agree[sd]?|decid(?:e|es|ed)|pledg\w+|will|would|to|vow\w*|must|deal|accord|pact)\b"
)
_ANY_OPEC = re.compile(r"\bopec\b", re.IGNORECASE)


def _pumps(sentence: Sentence) -> tuple[Span, Clause] | None:
    """What a pact of oil producers decides to pump, told with a figure; not what it pumped."""
    match = sentence.locate(_PUMPED)
    if match is None or not sentence.quantities_in(sentence.span, *TONNAGE):
        return None
    text = sentence.analysis.text
    many = len(sentence.mentions_in(sentence.span, MentionType.COUNTRY)) > 1
    if (
        not (_ANY_OPEC.search(text) or (many and _MORE.search(sentence.text)))
        or _OIL.search(sentence.text) is None
    ):
        return None
    ahead = text[sentence.span.start : match.end()]
    if _DECIDES.search(ahead) is None or _COUNTED.search(sentence.text):
        return None
    clause = sentence.clause_of(Span(match.start(), match.end()))
    if clause is None or clause.subject is None:
        return None
    subject = clause.subject
    if not any(_PACT.search(c.lower) for c in subject.chunks):
        return None
    return Span(match.start(), match.end()), clause


_COUNTED = re.compile(
    r"\b(?:survey\w*|data showed|forecasts?|estimates?|demand|secondary sources|output (?:rose|fell)|pumped|"
    r"last year|in (?:January|February|March|April|May|June|July|August|September|October|November|December) by)\b"
)
