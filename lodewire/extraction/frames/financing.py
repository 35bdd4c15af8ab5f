"""Financing: loans, equity, grants; who gives how much to whom, for what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import MONEY, Draft
from lodewire.extraction.frames import fill
from lodewire.extraction.grammar.clauses import Clause
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import EventType, MentionType

_NOUN = re.compile(
    r"\b(?:loans?|grants?|funding|financing|credit facilit(?:y|ies)|facilit(?:y|ies)|bonds?|notes|"
    r"placement|share sale|equity raise|capital raising|rights issue|public offering|IPO|subsid(?:y|ies)|"
    r"investment|debt package|royalty|streaming|stream|convertible|award|loan guarantee|private placing|"
    r"equity|prepayment|line of credit|funds|backing|capital)\b",
    re.IGNORECASE,
)
_GET = frozenset(
    "obtain receive secure raise win get close complete land seek attract tap borrow".split()
)
_GIVE = frozenset(
    "lend grant provide award invest commit fund finance back inject extend approve offer allocate "
    "give pledge underwrite contribute put".split()
)
_PURPOSE = re.compile(
    r"\b(?:to (?:help |speed |fund |finance |build |expand |develop |advance |support |restart |"
    r"accelerate |complete |construct |boost |pay )|for the (?:construction|development|expansion|"
    r"restart|purchase)|towards? )[^,.;]{4,90}"
)
_NOT = re.compile(
    r"\b(?:foreign direct investment|investment bank|capital city|interest rate|capital cost)\b"
)


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield a financing for a verb of giving or getting with a sum and a word for funds."""
    if not sentence.quantities_in(sentence.span, *MONEY):
        return
    for clause in sentence.clauses:
        draft = _read(sentence, clause)
        if draft is not None:
            yield draft
            return


def _read(sentence: Sentence, clause: Clause) -> Draft | None:
    gets, gives = clause.lemma in _GET, clause.lemma in _GIVE
    if not gets and not gives:
        return None
    reach = Span(clause.chunk.span.start, sentence.tail(clause).end)
    words = reach.of(sentence.analysis.text)
    strong = clause.lemma in ("lend", "invest", "borrow", "finance", "fund")
    if not (strong or _NOUN.search(words)) or _NOT.search(words):
        return None
    sums = sentence.quantities_in(reach, *MONEY) or (
        sentence.quantities_in(sentence.reach(clause), *MONEY) if clause.verb.passive else []
    )
    if not sums:
        return None
    noun = _NOUN.search(sentence.analysis.text, reach.start, reach.end)
    trigger = Span(noun.start(), noun.end()) if noun else clause.chunk.span
    draft = Draft(EventType.FINANCING, sentence, trigger, clause)
    draft.add("value", sums[0])
    (_fill_getting if gets else _fill_giving)(draft, clause)
    return _finish(draft)


def _fill_getting(draft: Draft, clause: Clause) -> None:
    sentence = draft.sentence
    draft.add("recipient", sentence.head_party(clause.agent))
    for phrase in clause.with_prep("from", "with", "by"):
        draft.add_all("investor", _givers(sentence, phrase.chunk.span, draft))
    if not draft.has("investor"):
        draft.add("investor", _government(sentence, clause))


def _fill_giving(draft: Draft, clause: Clause) -> None:
    sentence = draft.sentence
    giver = sentence.head_party(clause.agent)
    draft.add("investor", giver)
    for phrase in (*clause.with_prep("to", "in", "for", "into"), *clause.objects):
        for mention in sentence.named(phrase, MentionType.ORGANISATION, MentionType.SITE):
            if giver is None or mention.entity != giver.entity:
                draft.add("site" if mention.type is MentionType.SITE else "recipient", mention)
    if clause.verb.passive and clause.subject is not None and not draft.has("recipient"):
        subject = sentence.head_party(clause.subject)
        draft.add("recipient", subject if subject is not giver else None)


def _givers(sentence: Sentence, span: Span, draft: Draft) -> list[Mention]:
    taken = {a.entity for a in draft.arguments}
    found = sentence.mentions_in(span, MentionType.ORGANISATION, MentionType.COUNTRY)
    return [m for m in found if m.entity not in taken]


_GOVERNMENT = re.compile(
    r"\b(?:(?:federal|provincial|state|national|local) )?government\b", re.IGNORECASE
)


def _government(sentence: Sentence, clause: Clause) -> Span | None:
    match = _GOVERNMENT.search(
        sentence.analysis.text, clause.chunk.span.start, sentence.tail(clause).end
    )
    return Span(match.start(), match.end()) if match else None


def _finish(draft: Draft) -> Draft | None:
    sentence = draft.sentence
    if not draft.has("recipient", "site", "investor"):
        return None
    if not draft.has("site"):
        found = sentence.mentions_in(fill.scope(draft), MentionType.SITE)
        draft.add("site", found[0] if found else None)
    purpose = _PURPOSE.search(sentence.analysis.text, draft.trigger.start, sentence.span.end)
    if purpose is not None:
        draft.add("purpose", Span(purpose.start(), purpose.end()))
    fill.fill_commodity(draft)
    fill.fill_date(draft)
    fill.fill_country(draft)
    return draft
