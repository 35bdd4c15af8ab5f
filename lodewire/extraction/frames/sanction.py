"""Sanctions: dealings forbidden with a country, a firm, a person, a ship, or their goods."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import fill, parties
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import EventType, MentionType

_WORD = re.compile(
    r"\b(?:sanction(?:s|ed|ing)?|blacklist(?:s|ed|ing)?|entity list|asset freezes?|freez(?:e|es|ing) (?:the )?assets|"
    r"embargo(?:es|ed)?|price cap|SDN list|unreliable entit\w+)\b",
    re.IGNORECASE,
)
_IMPORT_BAN = re.compile(
    r"\b(?:ban(?:s|ned|ning)?|prohibit(?:s|ed|ing)?|forb(?:id|ids|ade|idden)|block(?:s|ed|ing)?|outlaw(?:s|ed)?)\b"
    r"[^.;]{0,80}\b(?:imports?|purchases?|take in|accept\w*|metal|warrants?|trading|transactions?|dealings?|services)\b"
    r"|\b(?:imports?|purchases?)\b[^.;]{0,60}\b(?:were|was|are|is|be|been)\s(?:banned|prohibited|forbidden|blocked|outlawed)\b"
    r"|\bban\s(?:on|of|covering)\s[^.;]{0,40}\b(?:imports?|metal|oil|gold|crude|aluminium|aluminum|nickel|copper|coal|diamonds|uranium|trade)\b",
    re.IGNORECASE,
)
_EXPORT = re.compile(r"\bexport", re.IGNORECASE)
_SANCTIONED = frozenset("RU IR KP VE BY SY MM CU AF SD".split())
_SPEAKS_OF = re.compile(
    r"\b(?:despite|because of|due to|circumvent\w*|evad\w+|evasion|under|hit by|impact of|effects? of|fear of|amid)\s(?:the\s|western\s|us\s|u\.s\.\s|eu\s|existing\s)*$",
    re.IGNORECASE,
)


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield a sanction for a word of sanctioning, or a ban on taking a country's goods."""
    text = sentence.analysis.text
    for match in _WORD.finditer(text, sentence.span.start, sentence.span.end):
        before = text[max(sentence.span.start, match.start() - 40) : match.start()]
        if _SPEAKS_OF.search(before):
            continue
        draft = _draft(sentence, Span(match.start(), match.end()))
        if (
            draft.has("target")
            or (draft.has("authority") and draft.has("product"))
            or _imposed(draft)
        ):
            yield draft
            return
    ban = _IMPORT_BAN.search(text, sentence.span.start, sentence.span.end)
    if ban is not None and not _EXPORT.search(ban.group()):
        draft = _draft(sentence, Span(ban.start(), ban.end()))
        if any(a.entity in _SANCTIONED for a in draft.of("target")):
            yield draft


def _imposed(draft: Draft) -> bool:
    return draft.clause is not None and draft.clause.lemma == "impose" and draft.has("authority")


def _draft(sentence: Sentence, trigger: Span) -> Draft:
    draft = Draft(EventType.SANCTION, sentence, trigger, sentence.clause_of(trigger))
    authority = parties.find_authority(draft)
    draft.add("authority", authority)
    if authority is not None and draft.clause is not None:
        for other in sentence.parties(draft.clause.agent):
            if parties.is_authority(sentence, other):
                draft.add("authority", other)
    for target in _targets(sentence, trigger, authority):
        draft.add("target", target)
    draft.add_all("product", _products(sentence, trigger))
    draft.add("action", _action(sentence, trigger))
    fill.fill_date(draft, "effective_date")
    return draft


def _action(sentence: Sentence, trigger: Span) -> Span:
    """The words of the measure: the verb and its noun, at most twelve words."""
    words = list(re.finditer(r"\S+", trigger.of(sentence.analysis.text)))
    end = words[min(len(words), 12) - 1].end()
    return Span(trigger.start, trigger.start + end)


_ON = re.compile(r"\b(?:on|against|of|to|at|from|with)\s(?:the\s|state-owned\s|[\w-]+\s){0,3}$")


def _targets(sentence: Sentence, trigger: Span, authority: Mention | None) -> list[Mention]:
    text = sentence.analysis.text
    found: list[Mention] = []
    types = (MentionType.COUNTRY, MentionType.ORGANISATION, MentionType.PERSON)
    for mention in sentence.mentions_in(sentence.span, *types):
        if authority is not None and mention.entity == authority.entity:
            continue
        before = text[max(sentence.span.start, mention.span.start - 40) : mention.span.start]
        named = mention.entity in _SANCTIONED
        after_noun = mention.span.start > trigger.start and _ON.search(before)
        if (
            named
            or (after_noun and not parties.is_authority(sentence, mention))
            or _is_object(sentence, trigger, mention)
        ):
            found.append(mention)
    return fill.distinct(found)


def _is_object(sentence: Sentence, trigger: Span, mention: Mention) -> bool:
    clause = sentence.clause_of(trigger)
    if clause is None or clause.lemma not in ("sanction", "blacklist", "add", "target"):
        return False
    return mention in sentence.named(clause.patient)


def _products(sentence: Sentence, trigger: Span) -> list[Mention]:
    found = [m for m in sentence.mentions_in(sentence.span, MentionType.COMMODITY) if not m.generic]
    return fill.distinct([m for m in found if abs(m.span.start - trigger.start) < 140])
