"""Authorities and actors: which government or agency stands behind a measure."""

from __future__ import annotations

import re

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.grammar.clauses import Clause
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType

AUTHORITY_KINDS = frozenset(("ministry", "agency", "government", "international", "exchange"))
_LEADERS = re.compile(
    r"\b(?:President|Prime Minister|Minister|Premier|Secretary|Governor|administration|government|"
    r"cabinet|parliament|Congress|Senate|customs)\b"
)
_OFFICE = re.compile(
    r"\b(?:Ministry|Department|Office|Bureau|Commission|Agency|Council|Court|Authority|"
    r"Administration|Cabinet|Parliament|Corps|Service|Treasury|Government)\b"
)
_IMPOSE = frozenset(
    "impose levy charge introduce set raise double hike slap place apply announce ban restrict "
    "curb limit halt suspend lift ease remove revoke grant approve issue deny reject order decide "
    "adopt pass sign declare require tighten sanction blacklist add extend cut lower plan propose "
    "threaten consider launch unveil release publish block forbid prohibit stop opt put".split()
)


def is_authority(sentence: Sentence, mention: Mention) -> bool:
    """Tell whether a mention can impose a measure: a country, ministry, agency or exchange."""
    if mention.type is MentionType.COUNTRY:
        return True
    if mention.type is not MentionType.ORGANISATION:
        return False
    kind = sentence.analysis.kind_of(mention)
    if kind:
        return kind in AUTHORITY_KINDS
    return bool(_OFFICE.search(mention.name))


def find_authority(draft: Draft) -> Mention | None:
    """Return who imposes: agent of the clause, "by X", a possessor, else the nearest authority.

    A leader or an administration stands for the country named beside it.
    """
    sentence, clause = draft.sentence, draft.clause
    for found in (_by_clause(sentence, clause), _beside_noun(sentence, draft.trigger)):
        if found is not None:
            return found
    for candidate in _acting(sentence, draft.trigger):
        return candidate
    return None


def _by_clause(sentence: Sentence, clause: Clause | None) -> Mention | None:
    seen = 0
    while clause is not None and seen < 3:
        for phrase in clause.with_prep("by"):
            for mention in sentence.parties(phrase):
                if is_authority(sentence, mention):
                    return mention
        if clause.lemma in _IMPOSE and not clause.verb.passive:
            for mention in sentence.parties(clause.subject):
                if is_authority(sentence, mention):
                    return mention
        clause = clause.governor
        seen += 1
    return None


def _beside_noun(sentence: Sentence, trigger: Span) -> Mention | None:
    """ "US tariffs", "China's export ban": the country right before the noun's phrase."""
    chunk = sentence.chunk_at(trigger.start)
    if chunk is None:
        return None
    before = [
        m
        for m in sentence.mentions_in(chunk.span, MentionType.COUNTRY, MentionType.ORGANISATION)
        if m.span.end <= trigger.start and is_authority(sentence, m)
    ]
    return before[0] if before else None


def _acting(sentence: Sentence, trigger: Span) -> list[Mention]:
    """Subjects of verbs of imposing anywhere in the sentence, nearest to the trigger first."""
    found: list[tuple[int, Mention]] = []
    for clause in sentence.clauses:
        if clause.lemma not in _IMPOSE or clause.verb.passive or clause.subject is None:
            continue
        for mention in sentence.parties(clause.subject):
            if is_authority(sentence, mention):
                found.append((abs(clause.chunk.span.start - trigger.start), mention))
    found.sort(key=lambda pair: pair[0])
    return [m for _, m in found]
