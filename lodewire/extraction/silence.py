"""What a text says that it does not say: "terms were not disclosed", "for an undisclosed sum".

The role is noted on the deal that the words belong to: one of the same sentence, else the nearest
told before. A deal whose role is filled all the same keeps the value (the builder sees to that).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.vocabulary import EventType
from lodewire.ontology.event_types import Family, load_event_types, types_of

_BACK = 3  # sentences over which "the terms" still belong to the deal told before
_THING = (
    r"(?:financial )?(?:terms|details)|values?|pric(?:e|es|ing)|sums?|amounts?|size|fees?|paid|"
    r"considerations?|costs?|volumes?|quantit(?:y|ies)|tonnages?|durations?|lengths?|timing|stakes?|"
    r"shareholdings?|buyers?|customers?|sellers?|figures?|how much|how long|how many|when|term|"
    r"what volumes?"
)
_TOLD = (
    r"(?:disclosed|revealed|given|released|made public|published|specified|announced|known|"
    r"divulged|provided|immediately available|available|stated|detailed|made known)"
)
_PASSIVE = sought(
    rf"\b(?P<what>{_THING})\b(?P<more>(?:(?:,| and| or|, and|, or) (?:{_THING})\b)*)"
    rf"[^.;:]{{0,70}}?\b(?:not|never|yet to be|without being)\s"
    rf"(?:been )?(?:be(?:en)? )?(?:immediately |yet |publicly |fully )?{_TOLD}\b",
    re.IGNORECASE,
)
_NONE = sought(
    rf"\b[Nn]o (?:\w+ )?(?P<what>{_THING})\b[^.;:]{{0,40}}?\b{_TOLD}\b|"
    rf"\b(?:gave|giving|gives|offered|provided) no (?:\w+ )?(?P<what2>{_THING})\b",
)
_HIDDEN = sought(
    rf"\b(?:undisclosed|unspecified|unnamed|undivulged|confidential)\s(?:\w+ ){{0,2}}?"
    rf"(?P<what>{_THING})\b",
    re.IGNORECASE,
)
_WITHHELD = sought(
    rf"\b(?:(?:did|does|do|would|will) not|(?:did|would)n[’']t|without|declin\w+ to|refus\w+ to|"
    rf"kept (?:silent|quiet) (?:on|about)|silent (?:on|about))\s"
    rf"(?:(?:disclos\w+|reveal\w*|giv\w+|specif\w+|provid\w+|nam\w+|say\w*|tell|stat\w+|detail\w*|"
    rf"elaborat\w+ on)\s)?"
    rf"(?:the |any |its |a |further |for |what they (?:were )?|of |name of the )*"
    rf"(?P<what>{_THING})\b"
    rf"(?P<more>(?:[^.;:]{{0,30}}?\bnor (?:for |the |of )*(?:{_THING})\b)*)",
    re.IGNORECASE,
)
_ROLES = (
    (re.compile(r"volume|quantit|tonnage|how many"), "volume"),
    (re.compile(r"duration|length|how long|^term$"), "term"),
    (re.compile(r"stake|shareholding"), "stake"),
    (re.compile(r"buyer|customer"), "buyer"),
    (re.compile(r"seller"), "seller"),
    (re.compile(r"timing|when"), "date"),
)


def mark_undisclosed(sentences: Sequence[Sentence], drafts: Sequence[Draft]) -> None:
    """Note on each deal, in place, the roles that the text says are not disclosed."""
    deals = [d for d in drafts if d.type in types_of(Family.DEALS) and not d.anaphoric]
    if not deals:
        return
    for sentence in sentences:
        for role, at, plural in _undisclosed(sentence):
            for draft in _owners(deals, sentence, role, at, plural):
                draft.not_disclosed.add(role)


def _undisclosed(sentence: Sentence) -> Iterator[tuple[str, int, bool]]:
    """Yield role, place and whether it is told of several deals."""
    for pattern in (_PASSIVE, _NONE, _HIDDEN, _WITHHELD):
        for match in sentence.locate_all(pattern):
            groups = match.groupdict()
            words = f"{groups.get('what') or groups.get('what2')} {groups.get('more') or ''}"
            plural = re.search(r"\b(?:individual|each|both|either|respective)\b", match.group())
            for what in re.findall(_THING, words, re.IGNORECASE):
                yield _role_of(what.lower()), match.start(), plural is not None


def _role_of(what: str) -> str:
    return next((role for pattern, role in _ROLES if pattern.search(what)), "value")


def _owners(
    deals: Sequence[Draft], sentence: Sentence, role: str, at: int, plural: bool
) -> list[Draft]:
    """The deals that the words belong to: of the same sentence, else of the nearest before."""
    fit = [d for d in deals if _has_role(d.type, role)]
    same = [d for d in fit if d.sentence.index == sentence.index]
    if same:
        before = [d for d in same if d.trigger.start <= at] or same
        return [max(before, key=lambda d: d.trigger.start)]
    near = [d for d in fit if 0 < sentence.index - d.sentence.index <= _BACK]
    if not near:
        return []
    if plural:
        return near
    last = max(d.sentence.index for d in near)
    told = [d for d in near if d.sentence.index == last]
    return told if role == "volume" else [max(told, key=lambda d: d.trigger.start)]


def _has_role(type_: EventType, role: str) -> bool:
    return any(r.name == role for r in load_event_types()[type_].roles)
