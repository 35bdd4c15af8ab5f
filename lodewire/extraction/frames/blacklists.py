"""Sanctions told by a text that is about them anyway: who else was named, listed, shut out.

"put on the list back in 2018", "117 tankers lose access to EU ports", "London had done the same",
the points of a package. Only in a text that speaks of sanctions; plain words stand in ``sanction``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Analysis, Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import fill, measures, parties, sanctioned, surface
from lodewire.extraction.grammar.chunks import Chunk
from lodewire.extraction.grammar.rare import rare
from lodewire.extraction.grammar.sieve import any_of, sought
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import EventType, MentionType

_LIST = r"(?:(?:sanctions?\s|black\s?|entity\s)?(?:lists?|register)|blacklists?)"
# Whom words hit stands after them ("put X on its own list") or before ("X was put on the list").
_AFTER = sought(
    rf"\b(?:put|puts|plac\w+|add(?:s|ed)?|includ\w+)\s(?=[^.;]{{3,120}}?\s(?:on|to|in)\s(?:its|the|their|a|his)\s(?:\w+\s){{0,2}}{_LIST}\b)"
    r"|\b(?:identif\w+|list(?:s|ed|ing)|nam(?:es|ed|ing)|designat\w+)\s(?=[^.;]{3,120}?\sas (?:blocked|sanctioned|part of|members? of))"
    r"|\b(?:identif\w+|list(?:s|ed|ing)|nam(?:es|ed|ing)) as blocked property\s"
    r"|\b(?:designat(?:es|ed|ing)|blacklist(?:s|ed|ing)?|target(?:s|ed|ing)|penali[sz](?:es|ed|ing)|took in|hit(?:s)?|hitting|acted against|"
    r"act against|went after|goes after|cracked down on|moved against|clamped down on)\s"
    r"|\b(?:put|puts|plac\w+)\s(?=[^.;]{3,80}?\sunder\s(?:export |trade |new |US )*(?:curbs|controls|sanctions|restrictions))"
    r"|\b(?:full |complete |total |outright )?(?:transaction|transactions|dealings?|trading|trade|port|insurance) bans? (?:on|against|for)\s"
    r"|\b(?:full |complete |total |outright )?ban on (?:all )?(?:transactions|dealings|business|trade) with\s"
    r"|\b(?:fr(?:eezes?|oze|ozen|eezing)|seiz(?:es?|ed|ing)) the assets of\s"
    r"|\b(?:forb\w+|bar(?:s|red|ring)?|ban(?:s|ned|ning)?|prohibit\w*|block\w*)\s(?:[\w’'.-]+\s){1,6}?(?:from )?(?:any |all )?(?:dealing|trading|business|trade|doing business|"
    r"transacting|dealings|working)\s(?:with\s|in\s)?",
    re.IGNORECASE,
)
_BEFORE = sought(
    r"\b(?:was|were|are|is|been|being)\s(?:\w+ly\s|also\s|itself\s)?(?:designated|blacklisted|put on (?:the|its|that|a)\s(?:\w+\s)?(?:black)?list|"
    r"sanctioned|penali[sz]ed|listed|barred from|banned from|shut out of|cut off from|added|targeted|placed on|named)\b"
    r"|\b(?:join(?:s|ed|ing)?|land(?:s|ed|ing)? on|end(?:s|ed)? up on) (?:the|its|that|their) (?:[\w“”\x22'-]+ ){0,3}(?:black)?list\b|\blos(?:e|es|ing|t) access to\b|"
    r"\b(?:will |to )?lose (?:their|its) right to\b|\b(?:go|goes|went) on (?:the|its|to the) (?:\w+ )?(?:black)?list\b|"
    r"\bmust (?:stop|end|cease)\b|\bmay no longer (?:be )?(?:call|dock|trade|buy|sell|deal|insure)\w*",
    re.IGNORECASE,
)
_SAME = sought(
    r"\b(?:did|done|does|do|doing)\s(?:so|the same|likewise)\b|\bfollow(?:s|ed)? suit\b",
    re.IGNORECASE,
)
_CUES = any_of(
    (
        "list",
        "designat",
        "target",
        "penal",
        "ban",
        "bar",
        "access",
        "blocked",
        "asset",
        "named",
        "took in",
        "against",
        "hit",
        "same",
        "suit",
        "did so",
        "done so",
        "add",
        "must",
        "dealing",
        "no longer",
        "after",
        "cut off",
        "shut out",
        "lose",
    )
)
_TOPIC = rare(
    r"\bsanction(?:s|ed|ing)\b|\bblack ?list\w*|\bentity list\b|\bOFAC\b|\bSDN\b|\basset freezes?\b|"
    r"\b(?:barr?ed|forb\w+|bann?ed)\s(?:[\w’'-]+\s){1,4}from\s(?:any\s|all\s)?(?:business|dealings?|trade|trading)\s(?:with|in)\b|"
    r"\bshadow fleet\b|\bunreliable entit",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\b(?:entit(?:y|ies)|individuals?|compan(?:y|ies)|firms?|vessels?|tankers?|ships?|people|persons?|banks?|"
    r"producers?|traders?|organi[sz]ations?|refiner(?:y|ies)|makers|miners|groups?|names|brokers|insurers|"
    r"exchanges|subsidiaries|suppliers|importers|shippers|managers?|operators|sectors?|ministr(?:y|ies)|"
    r"conglomerates?|officials?|networks?|fleet|oligarchs?|cheats|smugglers)\b",
    re.IGNORECASE,
)
_POINT = re.compile(r"\s*(?:[*•·▪–—-]|\(?\d{1,2}[.)]|\([a-z]\))\s")
_NOT = re.compile(
    r"\b(?:not|never|avoid\w*|may|might|could|would|whether|if|unless|exempt\w*|evad\w*|risk\w*|"
    r"fear\w*|allow\w*|empower\w*|entitle\w*|power to|shareholders?|stock exchange|share price)\b",
    re.IGNORECASE,
)


def is_topic(analysis: Analysis) -> bool:
    """Tell whether the text speaks of sanctions by name, worked out once."""
    first = analysis.sentences[0]
    known = first.shared.get(__name__)
    if not isinstance(known, bool):
        known = _TOPIC.search(analysis.text) is not None
        first.shared[__name__] = known
    return known


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield at most one sanction that the sentence tells in a text about sanctions."""
    if not is_topic(sentence.analysis) or not sentence.may_hold(_CUES):
        return
    text, span = sentence.analysis.text, sentence.span
    for pattern, after in ((_AFTER, True), (_BEFORE, False), (_SAME, True)):
        match = sentence.locate(pattern)
        if match is None:
            continue
        trigger = Span(match.start(), len(text[: match.end()].rstrip()))
        if _NOT.search(text[max(span.start, trigger.start - 60) : trigger.end]):
            continue
        draft = _draft(sentence, trigger, after=after, same=pattern is _SAME)
        if draft is not None:
            yield draft
            return
    banned = _goods_ban(sentence)
    if banned is not None:
        yield banned
        return
    yield from _point(sentence)


_GOODS_BAN = sought(
    r"\b(?:exports?|imports?|sales|purchases|servicing|deliver(?:y|ies)|transit|supplies|supply|products)\s(?:of|to)\s"
    r"[^.;]{3,110}?\s(?:are|were|is|was|will be|have been|had been)\s(?:now\s|also\s|to be\s)?(?:banned|prohibited|forbidden|"
    r"blocked|outlawed|barred)\b",
    re.IGNORECASE,
)


def _goods_ban(sentence: Sentence) -> Draft | None:
    """ "Exports of chemicals … are banned" by nobody named, in a text on sanctions."""
    match = sentence.locate(_GOODS_BAN)
    if match is None:
        return None
    trigger = Span(match.start(), match.end())
    draft = Draft(EventType.SANCTION, sentence, trigger, sentence.clause_of(trigger))
    draft.add_all("product", measures.goods(sentence, trigger))
    draft.add("action", trigger)
    measures.fill_effective(draft, sentence.span)
    every = sentence.analysis.of_type(MentionType.COUNTRY)
    draft.add("target", next((m for m in every if m.entity in sanctioned.SANCTIONED), None))
    draft.confidence = 0.45
    return draft if draft.has("target") else None


def _draft(sentence: Sentence, trigger: Span, *, after: bool, same: bool = False) -> Draft | None:
    draft = Draft(EventType.SANCTION, sentence, trigger, sentence.clause_of(trigger))
    near = (
        Span(trigger.end, sentence.span.end) if after else Span(sentence.span.start, trigger.start)
    )
    hit = [] if same else _hit(sentence, near, after=after)
    ours = {h.entity for h in hit if isinstance(h, Mention)}
    found = [m for m in parties.find_authorities(draft) if m.entity not in ours]
    if same and not found:
        return None
    draft.add_all("authority", found[:2])
    draft.add_all("target", hit)
    if not hit and not same:
        return None
    if _LOOSE.match(trigger.of(sentence.analysis.text)) and not _sure(draft, hit):
        return None
    draft.add_all("product", sanctioned.find_products(sentence, trigger))
    draft.add("action", trigger)
    measures.fill_effective(draft, sentence.span, weekdays=True)
    draft.confidence = 0.5
    draft.tentative = sentence.index == 0  # a headline names few of those hit
    return draft


# Verbs of the press that a sanction shares with much else: only by an office, on somebody named.
_NUMBER = (
    r"(?:(?:a|another|some|over|more than|nearly|about)\s)*(?:further\s|dozen\s|dozens\s|several\s)?"
    r"(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|\w+ty-\w+|dozens|several)"
)
_LOOSE = re.compile(
    r"(?:target|hit|took in|act|went|goes|cracked|moved|clamped|nam)", re.IGNORECASE
)


def _sure(draft: Draft, hit: list[Mention | Span]) -> bool:
    relative = draft.clause is not None and draft.clause.relative
    named = any(isinstance(h, Mention) and h.type is not MentionType.COUNTRY for h in hit)
    counted = any(isinstance(h, Span) for h in hit) and any(
        c.isdigit() for c in draft.sentence.text
    )
    return not relative and (named or counted)


def _hit(sentence: Sentence, near: Span, *, after: bool) -> list[Mention | Span]:
    """Named firms and people beside the words, else the phrase that counts them, else a country."""
    named = [
        m
        for m in sentence.mentions_in(near, MentionType.ORGANISATION, MentionType.PERSON)
        if not parties.is_authority(sentence, m) and _close(sentence, m.span, near, after=after)
    ]
    many = _counted(sentence, near, after=after)
    if named and (many is None or _first(named[0].span, many.span, after=after)):
        first = 0 if after else len(named) - 1
        chosen: list[Mention | Span] = []
        chosen.extend(fill.distinct(measures.coordinated(sentence, named, first)))
        return chosen
    if many is not None:
        return [many.span]
    states = sentence.mentions_in(near, MentionType.COUNTRY)
    unknown = surface.mask(sentence).fillers.values()
    loose = [s for s in unknown if isinstance(s, Span) and near.covers(s)]
    loose = [s for s in loose if _close(sentence, s, near, after=after)]
    if loose:
        return [*loose[:2]] if after else [*loose[-2:]]
    outlaw = next((m for m in states if m.entity in sanctioned.SANCTIONED), None)
    return [] if outlaw is None else [outlaw]


def _first(left: Span, right: Span, *, after: bool) -> bool:
    return left.start <= right.start if after else left.end >= right.end


def _close(sentence: Sentence, span: Span, near: Span, *, after: bool) -> bool:
    gap = span.start - near.start if after else near.end - span.end
    return gap < 90


def _counted(sentence: Sentence, near: Span, *, after: bool) -> Chunk | None:
    found = [
        c
        for c in sentence.noun_phrases()
        if near.covers(c.span)
        and _PEOPLE.search(c.lower)
        and (not c.lower.startswith(("the ", "its ", "their ")) or "ministr" in c.lower)
        and _close(sentence, c.span, near, after=after)
    ]
    if not found:
        return None
    return found[0] if after else found[-1]


def _point(sentence: Sentence) -> Iterator[Draft]:
    """A point of a package of sanctions without a verb: "• Five Russian banks, among them Alfa"."""
    before = sentence.analysis.text[max(0, sentence.span.start - 4) : sentence.span.start]
    opens = _POINT.match(sentence.text) or re.search(r"[*•·▪–—-]\s$", before)
    if not opens or len(sentence.text) > 260:
        return
    hit = _hit(sentence, sentence.span, after=True)
    if not hit:
        return
    draft = Draft(EventType.SANCTION, sentence, sentence.span, sentence.clause_of(sentence.span))
    draft.add_all("target", hit)
    draft.add_all(
        "product",
        sanctioned.find_products(sentence, Span(sentence.span.start, sentence.span.start)),
    )
    draft.confidence = 0.4
    yield draft
