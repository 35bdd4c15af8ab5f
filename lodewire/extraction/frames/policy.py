"""Policy measures: caps, quotas of output, subsidies, stockpiles, lists, mining rules."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import fill, parties
from lodewire.extraction.grammar.clauses import Clause
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import EventType, MentionType

_NOUN = re.compile(
    r"\b(?:(?:output|production|mining|smelting|capacity|total control|control)\s(?:control\s)?(?:quotas?|targets?|caps?|limits?|ceilings?|cuts?)|"
    r"quotas?|capacity (?:cap|limits?|curbs?|ceiling|replacement|swap)|new capacity|action plan|work plan|"
    r"(?:national |strategic |state )?(?:stockpil\w+|reserves? of)|subsid(?:y|ies)|tax (?:credits?|breaks?|incentives?|rebates?)|"
    r"critical(?:[- ](?:raw[- ])?(?:minerals?|materials?)) (?:list|strategy|act|policy|partnership)|mining (?:code|law|act|royalt\w+|reform)|"
    r"royalt(?:y|ies)|national(?:i[sz]ation|i[sz]e[sd]?)|executive order|emissions (?:rules?|standards?|targets?)|local content|"
    r"(?:new )?(?:rules?|regulations?|guidelines?|directive|legislation|bill|law|mandate)|carbon (?:border|price|tax)\w*|price (?:floor|cap)|"
    r"phase[- ]out|moratorium|white list|negative list|licensing round|strategic projects?|output cuts?|production cuts?)\b",
    re.IGNORECASE,
)
_VERBS = frozenset(
    "set issue publish release adopt approve pass sign announce unveil introduce launch impose cap "
    "limit raise lift lower cut extend ban order require plan propose designate add include subsidise "
    "subsidize stockpile nationalise nationalize allocate tighten restrict prohibit draft put give "
    "mandate control curb freeze halt scrap declare agree decide hold enact unwind maintain update "
    "revise increase phase fix lay".split()
)
_FIELD = re.compile(
    r"\b(?:smelt\w+|refin\w+|min(?:ing|ers?|es?|erals?)|capacity|output|production|batter\w+|vehicles?|chips?|"
    r"semiconductors?|steel|energy|power|oil|gas|renewabl\w+|solar|wind|nuclear|recycl\w+|processing|licen[cs]es|"
    r"magnets?|metals?|stockpil\w+|drilling|emissions|carbon)\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:export|import|tariffs?|dut(?:y|ies)|sanction\w*)\b", re.IGNORECASE)


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield a measure for an authority's verb with a noun of policy, one for each quota figure."""
    if not _FIELD.search(sentence.text) and not sentence.mentions_in(
        sentence.span, MentionType.COMMODITY
    ):
        return
    text = sentence.analysis.text
    done: list[Span] = []
    for match in _NOUN.finditer(text, sentence.span.start, sentence.span.end):
        trigger = Span(match.start(), match.end())
        clause = sentence.clause_of(trigger)
        if clause is None or any(sentence.tail(clause) == d for d in done):
            continue
        draft = _read(sentence, clause, trigger)
        if draft is not None:
            done.append(sentence.tail(clause))
            yield draft


def _read(sentence: Sentence, clause: Clause, trigger: Span) -> Draft | None:
    near = text_around(sentence, trigger)
    if _NOT.search(near):
        return None
    draft = Draft(EventType.POLICY_MEASURE, sentence, trigger, clause)
    authority = parties.find_authority(draft)
    if authority is None:
        authority = _government(sentence, trigger)
    decides = clause.lemma in _VERBS or any(c.lemma in _VERBS for c in clause.governors())
    if authority is None or not (decides or sentence.quantities_in(sentence.reach(clause))):
        return None
    draft.add("authority", authority)
    if clause.subject is not None:
        for other in sentence.parties(clause.subject):
            if parties.is_authority(sentence, other):
                draft.add("authority", other)
    draft.add("action", _action(sentence, clause, trigger))
    draft.add_all("sector", _sector(sentence, clause))
    fill.fill_date(draft, "period")
    _country(draft, authority)
    return draft


def text_around(sentence: Sentence, trigger: Span) -> str:
    """The trigger with the two words before it."""
    before = sentence.analysis.text[max(sentence.span.start, trigger.start - 22) : trigger.start]
    return before + trigger.of(sentence.analysis.text)


def _government(sentence: Sentence, trigger: Span) -> Mention | None:
    found = [
        m
        for m in sentence.mentions_in(sentence.span, MentionType.COUNTRY, MentionType.ORGANISATION)
        if parties.is_authority(sentence, m)
    ]
    before = [m for m in found if m.span.end <= trigger.start]
    return next(iter(before or found), None)


def _action(sentence: Sentence, clause: Clause, trigger: Span) -> Span:
    """A short phrase: from the verb (or the noun) to the end of the noun's complement."""
    start = min(clause.chunk.span.start, trigger.start)
    if trigger.start - clause.chunk.span.end > 60 or clause.chunk.span.start > trigger.end:
        start = trigger.start
    end = max(trigger.end, clause.chunk.span.end if start == clause.chunk.span.start else 0)
    text = sentence.analysis.text
    rest = re.match(r"[^,.;:]{0,70}", text[end : sentence.span.end])
    if rest is not None:
        words = rest.group().split(" ")
        end += len(" ".join(words[:10]).rstrip())
    return Span(start, end)


def _sector(sentence: Sentence, clause: Clause) -> list[Mention]:
    for span in (sentence.reach(clause), sentence.span):
        found = [m for m in sentence.mentions_in(span, MentionType.COMMODITY) if not m.generic]
        if found:
            return fill.distinct(found)
    return []


def _country(draft: Draft, authority: Mention) -> None:
    if authority.type is MentionType.COUNTRY:
        draft.add("country", authority)
        return
    code = authority.country
    for mention in draft.sentence.analysis.of_type(MentionType.COUNTRY):
        if mention.country == code:
            draft.add("country", mention)
            return
