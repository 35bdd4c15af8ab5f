"""Holders of permits: whose licence it is, from how the sentence places the name."""

from __future__ import annotations

import re

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft, Filler
from lodewire.extraction.frames import parties
from lodewire.extraction.grammar.clauses import Clause
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType
from lodewire.ontology.sites import load_sites

_BEFORE = re.compile(
    r"(?:\bof|\bfor|\bto|\bfrom|\bheld by|\bowned by|\bgiven to|\bunder which|\bwhich|\ballow\w*|"
    r"\bletting|\bthat|\bby|\boperated by|\bbelonging to|\bdeveloper,?|\bsubsidiary,?)\s"
    r"(?:(?:the|a|an|its|unit|miner|producer|company|group|developer|firm|nuclear|mining|energy|[A-Z][\w’']+|"
    r"[a-z]+-?(?:based|listed|owned|backed))\s){0,5}$"
)
_OWNS = re.compile(r"[’']s?\s(?:[\w&-]+\s){0,6}$")


def find_holders(draft: Draft, noun: Span, *, receiving: bool) -> list[Filler]:
    """Return who holds or asks for the permit, best reading first; empty where nothing says."""
    sentence, clause = draft.sentence, draft.clause
    if clause is None:
        return []
    if receiving or _is_given(clause, noun):
        subject = [m for m in sentence.parties(clause.subject) if _is_holder(sentence, m)]
        if subject:
            return list(subject[-1:])
    if clause.lemma == "strip":
        stripped = [m for m in sentence.parties(clause.patient) if _is_holder(sentence, m)]
        return list(stripped[:1])
    for found in (_owner(sentence, noun), _placed(sentence, clause, noun)):
        if found:
            return list(found)
    generic = _many(sentence, noun)
    if generic is not None:
        return [generic]
    speaker = _own_project(sentence)
    if speaker is not None:
        return [speaker]
    operator = _operator(draft)
    return [operator] if operator is not None else []


def _is_given(clause: Clause, noun: Span) -> bool:
    """ "Essential Metals has been granted a mining lease": the subject of a passive with object."""
    return clause.verb.passive and any(
        c.span.overlaps(noun) for p in clause.objects for c in p.chunks
    )


def _is_holder(sentence: Sentence, mention: Mention) -> bool:
    if mention.type is not MentionType.ORGANISATION:
        return False
    return not parties.is_authority(sentence, mention)


def _owner(sentence: Sentence, noun: Span) -> list[Mention]:
    """ "Orano's licence", "Anglo American's application for a permit"."""
    text = sentence.analysis.text
    window = Span(max(sentence.span.start, noun.start - 90), noun.start)
    for mention in reversed(sentence.mentions_in(window, MentionType.ORGANISATION)):
        between = text[mention.span.end : noun.start]
        if _is_holder(sentence, mention) and _OWNS.fullmatch(between):
            return [mention]
    return []


def _placed(sentence: Sentence, clause: Clause, noun: Span) -> list[Mention]:
    """ "the permit of Orano", "approval to Ioneer", "the licence under which Chevron …"."""
    text = sentence.analysis.text
    start = min(noun.start, clause.chunk.span.end)
    near: list[tuple[int, Mention]] = []
    for mention in sentence.mentions_in(Span(start, sentence.span.end), MentionType.ORGANISATION):
        before = text[max(start, mention.span.start - 70) : mention.span.start]
        owns_site = text[mention.span.end : mention.span.end + 2] in ("'s", "’s", "’ ", "' ")
        if not _is_holder(sentence, mention) or mention.span.start - noun.end > 160:
            continue
        if _BEFORE.search(before) or owns_site or noun.covers(mention.span):
            near.append((abs(mention.span.start - noun.end), mention))
    return [min(near, key=lambda pair: pair[0])[1]] if near else []


def _many(sentence: Sentence, noun: Span) -> Span | None:
    """ "permits for 190 coal and mineral companies": holders without names."""
    rest = sentence.analysis.text[noun.end : min(sentence.span.end, noun.end + 90)]
    match = re.match(
        r"\s(?:of|for|held by)\s((?:\d+|some|several|dozens of|two|three|four|five|six|seven|eight|"
        r"nine|ten|many|other)\s(?:[\w-]+\s){0,4}(?:companies|miners|firms|producers|operators))\b",
        rest,
    )
    if match is None:
        return None
    return Span(noun.end + match.start(1), noun.end + match.end(1))


def _own_project(sentence: Sentence) -> Mention | None:
    """ "X advises that the department granted a lease for its project": X speaks of itself."""
    if not re.search(r"\b(?:its|our)\b", sentence.text) or not sentence.clauses:
        return None
    found = [m for m in sentence.parties(sentence.clauses[0].subject) if _is_holder(sentence, m)]
    return found[-1] if found else None


def _operator(draft: Draft) -> Mention | None:
    """The site's known operator, where the text names that company anywhere."""
    sites = load_sites()
    for argument in draft.of("site"):
        site = sites.get(argument.entity) if argument.entity is not None else None
        if site is None or site.operator is None:
            continue
        for mention in draft.sentence.analysis.of_type(MentionType.ORGANISATION):
            if mention.entity == site.operator and not mention.generic:
                return mention
    return None
