"""Export restrictions: bans, quotas, licences, taxes on exports, and their lifting."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import fill, parties
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import EventType, MentionType

_EXPORT = r"(?:exports?|export(?:ing)?|shipments?|overseas sales|outbound shipments?)"
_ACTIONS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (action, re.compile(pattern, re.IGNORECASE))
    for action, pattern in (
        (
            "lifting",
            rf"\b(?:lift(?:s|ed|ing)?|eas(?:e|es|ed|ing)|remov(?:e|es|ed|ing)|scrap(?:s|ped|ping)?|end(?:s|ed|ing)?|suspend(?:s|ed|ing)?|paus(?:e|es|ed|ing)|repeal(?:s|ed|ing)?|relax(?:es|ed|ing)?|abolish(?:es|ed)?|revok(?:e|es|ed|ing)|waiv(?:e|es|ed|ing))\b[^.;]{{0,70}}\b{_EXPORT}\s(?:bans?|restrictions?|controls?|quotas?|curbs?|licen\w+|tax(?:es)?|duties|limits?|rules|requirements?|suspension)",
        ),
        (
            "quota",
            rf"\b(?:{_EXPORT}\squotas?|quotas?\s(?:on|for|of)\s[^.;]{{0,50}}\b{_EXPORT}|{_EXPORT}[^.;]{{0,40}}\bquotas?\b|cap(?:s|ped)?\s[^.;]{{0,30}}{_EXPORT})",
        ),
        (
            "licensing",
            rf"\b(?:{_EXPORT}\s(?:control(?:s|led)?|licen[cs]\w+|permits?|approvals?|restrictions?|curbs?|limits)|(?:licen[cs]\w+|permits?|approvals?|controls?|restrictions?|curbs|limits)\s(?:on|for|to|before|of)\s[^.;]{{0,60}}\b{_EXPORT}|control list|{_EXPORT}[^.;]{{0,60}}\b(?:requir\w+|need\w*|subject to)\s(?:a\s|an\s|prior\s|special\s|government\s)*(?:export\s)?(?:licen[cs]\w+|permits?|approval)|(?:restrict(?:s|ed|ing)?|limit(?:s|ed|ing)?|curb(?:s|ed|ing)?|control(?:s|led|ling)?|tighten(?:s|ed|ing)?)\s(?:the\s|its\s|their\s|all\s|controls on\s)*(?:[\w-]+\s){{0,4}}{_EXPORT})",
        ),
        (
            "tax",
            rf"\b(?:{_EXPORT}\s(?:tax(?:es)?|dut(?:y|ies)|lev(?:y|ies)|tariffs?)|(?:tax(?:es)?|dut(?:y|ies)|lev(?:y|ies))\s(?:on|for)\s[^.;]{{0,40}}\b{_EXPORT}|tax rebates?[^.;]{{0,40}}{_EXPORT}|{_EXPORT} tax rebates?)",
        ),
        (
            "ban",
            rf"\b(?:{_EXPORT}\s(?:bans?|embargo\w*|prohibition|suspension|halt|moratorium|freeze)|(?:bans?|banned|banning|halt(?:s|ed|ing)?|stop(?:s|ped|ping)?|suspend(?:s|ed|ing)?|suspension of|block(?:s|ed|ing)?|prohibit(?:s|ed|ing)?|forbid(?:s|den)?|forbade|embargo\w*|outlaw(?:s|ed)?|prohibition (?:on|of)|moratorium on|freez(?:e|es|ing) (?:on|of)?)\s(?:on\s|of\s|the\s|all\s|its\s|their\s)*(?:[\w,-]+\s){{0,6}}{_EXPORT}|{_EXPORT}\s[^.;]{{0,60}}\b(?:were|was|are|is|be|been)\s(?:banned|halted|stopped|suspended|blocked|prohibited|forbidden))\b",
        ),
    )
)
_IMPORT = re.compile(r"\bimports?\b", re.IGNORECASE)
# A ship that cannot sail is a disruption, not a measure.
_NOT_MEASURE = re.compile(
    r"\b(?:strike|fire|storm|cyclone|derail\w+|force majeure|pipeline leak)\b", re.IGNORECASE
)


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield one restriction for each action that the sentence tells."""
    text = sentence.analysis.text
    taken: list[Span] = []
    for action, pattern in _ACTIONS:
        match = pattern.search(text, sentence.span.start, sentence.span.end)
        if match is None:
            continue
        trigger = Span(match.start(), match.end())
        if any(t.overlaps(trigger) for t in taken):
            continue
        taken.append(trigger)
        draft = _draft(sentence, trigger, action)
        if draft is not None:
            yield draft


def _draft(sentence: Sentence, trigger: Span, action: str) -> Draft | None:
    draft = Draft(EventType.EXPORT_RESTRICTION, sentence, trigger, sentence.clause_of(trigger))
    authority = parties.find_authority(draft) or _exporter(sentence, trigger)
    draft.add("authority", authority)
    products = _products(sentence, trigger)
    draft.add_all("product", products)
    draft.add("action", trigger, action)
    for mention in _destinations(sentence, trigger, authority):
        draft.add("target", mention)
    fill.fill_date(draft, "effective_date")
    if authority is None or not products:
        draft.confidence = 0.45
        if _NOT_MEASURE.search(sentence.text) or (authority is None and not products):
            return None
    return draft


def _exporter(sentence: Sentence, trigger: Span) -> Mention | None:
    """ "Exports from Indonesia were halted": the country that exports is the authority."""
    text = sentence.analysis.text
    for mention in sentence.mentions_in(sentence.span, MentionType.COUNTRY):
        before = text[max(sentence.span.start, mention.span.start - 30) : mention.span.start]
        after = text[mention.span.end : mention.span.end + 12]
        if re.search(r"\bfrom\s$", before) or after.startswith(("'s ", "’s ")):
            return mention
    countries = [
        m
        for m in sentence.mentions_in(sentence.span, MentionType.COUNTRY)
        if m.span.end <= trigger.end
    ]
    return countries[0] if countries else None


def _products(sentence: Sentence, trigger: Span) -> list[Mention]:
    inside = sentence.mentions_in(sentence.span, MentionType.COMMODITY, MentionType.PRODUCT)
    near = [
        m
        for m in inside
        if not m.generic and max(m.span.start - trigger.end, trigger.start - m.span.end) < 110
    ]
    return fill.distinct(near)


def _destinations(sentence: Sentence, trigger: Span, authority: Mention | None) -> list[Mention]:
    text = sentence.analysis.text
    found: list[Mention] = []
    for mention in sentence.mentions_in(
        Span(trigger.start, sentence.span.end), MentionType.COUNTRY
    ):
        before = text[max(sentence.span.start, mention.span.start - 24) : mention.span.start]
        if authority is not None and mention.entity == authority.entity:
            continue
        if re.search(
            r"\b(?:to|against|for)\s(?:the\s|users? in\s|buyers? in\s|customers? in\s)?$", before
        ):
            found.append(mention)
    return found
