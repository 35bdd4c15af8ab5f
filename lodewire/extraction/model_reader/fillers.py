"""What fills a role: our own name, figure or date at the aligned words, never the model's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from lodewire.extraction.analysis import Analysis
from lodewire.extraction.dates import find_dates
from lodewire.extraction.drafts import CHANGE, MONEY, PRICE, SHARE, TONNAGE, Filler
from lodewire.extraction.naming.mentions import find_mentions
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import DateMention, Quantity
from lodewire.model.vocabulary import MentionType, QuantityKind
from lodewire.ontology.event_types import RoleDefinition, RoleKind

_LONGEST_NAME = 100
_LONGEST_PHRASE = 300
_LIST = re.compile(r",|;|/|&|\band\b|\bor\b")
_PRONOUNS = frozenset(
    "it its they them their theirs he him his she her hers we us our ours i this that these those "
    "which who whom whose both one".split()
)
# In order of preference: of a "Canadian miner", the miner is the party.
_NAMES: dict[RoleKind, tuple[MentionType, ...]] = {
    RoleKind.ORGANISATION: (MentionType.ORGANISATION,),
    RoleKind.PARTY: (MentionType.ORGANISATION, MentionType.COUNTRY, MentionType.PERSON),
    RoleKind.COUNTRY: (MentionType.COUNTRY, MentionType.PLACE),
    RoleKind.SITE: (MentionType.SITE,),
    RoleKind.COMMODITY: (MentionType.COMMODITY, MentionType.PRODUCT),
    RoleKind.PRODUCT: (MentionType.COMMODITY, MentionType.PRODUCT),
    RoleKind.BENCHMARK: (MentionType.BENCHMARK,),
}
_LISTED = frozenset((RoleKind.COUNTRY, RoleKind.COMMODITY))
_STUFF = (*TONNAGE, QuantityKind.COUNT)
# Kinds that may fill a role; those of a later group only where none of an earlier one is there.
_FIGURES: dict[str, tuple[tuple[QuantityKind, ...], ...]] = {
    "value": (MONEY, PRICE),
    "stake": (SHARE, (QuantityKind.COUNT,)),
    "rate": (SHARE, PRICE, MONEY),
    "term": ((QuantityKind.DURATION,),),
    "volume": (_STUFF, SHARE),
    "capacity": (_STUFF,),
    "tonnage": (TONNAGE,),
    "contained": (TONNAGE,),
    "grade": ((QuantityKind.GRADE, QuantityKind.PERCENT),),
    "change": (CHANGE, (*_STUFF, *MONEY, *PRICE)),
    "level": (PRICE, tuple(QuantityKind)),
}


class Refusal(Exception):
    """Why words cannot fill a role; never leaves this package."""


def find_filler(
    analysis: Analysis, role: RoleDefinition, span: Span, choice: str | None
) -> tuple[Filler, str | None]:
    """Return what fills ``role`` at ``span`` and the closed word, if any; raises Refusal."""
    words = span.of(analysis.text)
    if role.kind is RoleKind.CHOICE:
        if choice not in role.choices:
            raise Refusal(f"{choice or 'nothing'} is not one of {', '.join(role.choices)}")
        return _phrase(span, words), choice
    if role.kind is RoleKind.QUANTITY:
        return _figure(analysis, role, span), None
    if role.kind is RoleKind.DATE:
        return _date(analysis, span, words), None
    if role.kind is RoleKind.PHRASE:
        return _phrase(span, words), None
    return _name(analysis, role, span, words), None


def _phrase(span: Span, words: str) -> Span:
    if len(words) > _LONGEST_PHRASE or not any(c.isalnum() for c in words):
        raise Refusal("too long for a phrase" if len(words) > _LONGEST_PHRASE else "no words")
    return span


def _figure(analysis: Analysis, role: RoleDefinition, span: Span) -> Quantity | DateMention:
    near = [q for q in analysis.quantities if q.span.overlaps(span)]
    if not near and role.name == "term":
        return _widest(analysis.dates, span, analysis.text)  # "until 2030"
    if not near:
        raise Refusal("no quantity that our grammar reads")
    for kinds in _FIGURES.get(role.name, (tuple(QuantityKind),)):
        fit = [q for q in near if q.kind in kinds]
        inside = [q for q in fit if span.covers(q.core)] or fit
        if len(inside) > 1:
            raise Refusal("more than one figure")
        if inside:
            _whole(analysis.text, inside[0].core, span)
            return inside[0]
    raise Refusal(f"{near[0].kind.value} cannot fill it")


def _date(analysis: Analysis, span: Span, words: str) -> DateMention:
    """The date at the words: as the whole text reads it, else as they read by themselves."""
    if any(d.span.overlaps(span) for d in analysis.dates):
        return _widest(analysis.dates, span, analysis.text)
    if len(words) > _LONGEST_NAME:
        raise Refusal("too long for a date")
    document = analysis.document
    alone = _dates(words, document.published, document.language)
    if len(alone) != 1 or alone[0].grain == "duration":
        raise Refusal("no date that our grammar reads")
    return replace(alone[0], span=alone[0].span.shift(span.start))


@lru_cache(maxsize=1024)
def _dates(words: str, published: date | None, language: str | None) -> tuple[DateMention, ...]:
    return find_dates(words, published=published, language=language)


def _widest(found: Iterable[DateMention], span: Span, text: str) -> DateMention:
    near = [f for f in found if f.span.overlaps(span)]
    if not near:
        raise Refusal("no date that our grammar reads")
    best = max(near, key=lambda f: (_shared(f.span, span), -f.span.start))
    _whole(text, best.span, span)
    return best


def _whole(text: str, figure: Span, span: Span) -> None:
    """Refuse words that take only some of a figure's digits: "30%" out of "8% to 30%"."""
    for at in range(figure.start, figure.end):
        if text[at].isdigit() and not span.start <= at < span.end:
            raise Refusal("part of a longer figure")


def _shared(left: Span, right: Span) -> int:
    return min(left.end, right.end) - max(left.start, right.start)


def _name(analysis: Analysis, role: RoleDefinition, span: Span, words: str) -> Filler:
    types = _NAMES[role.kind]
    mention = _mention(analysis.mentions, types, span, words) or _alone(words, types, span)
    if mention is not None:
        return mention
    if words.lower() in _PRONOUNS:
        raise Refusal("a pronoun names nobody")
    if role.kind in _LISTED:
        raise Refusal(f"no {role.kind.value} that we know")
    if len(words) > _LONGEST_NAME or "\n" in words or not any(c.isalpha() for c in words):
        raise Refusal("no name")
    return span


def _mention(
    mentions: Sequence[Mention], types: tuple[MentionType, ...], span: Span, words: str
) -> Mention | None:
    """The mention that the words are: of the first type that is there, the one most shared."""
    near = [m for m in mentions if m.span.overlaps(span)]
    for type_ in types:
        fit = [m for m in near if m.type is type_]
        inside = [m for m in fit if span.covers(m.span)]
        if len({m.entity for m in inside}) > 1:
            if _LIST.search(words) or type_ is MentionType.COMMODITY:
                raise Refusal("more than one name")
            return None  # a name of which we know parts: "Gotion InoBat Batteries"
        if fit:
            return max(fit, key=lambda m: (_shared(m.span, span), m.span.start))
    return None


def _alone(words: str, types: tuple[MentionType, ...], span: Span) -> Mention | None:
    """What our tables make of the words by themselves: the "copper" of a firm's name."""
    if len(words) > _LONGEST_NAME:
        return None
    fit = [m for m in _known(words) if m.type in types]
    return replace(fit[0], span=fit[0].span.shift(span.start)) if fit else None


@lru_cache(maxsize=1024)
def _known(words: str) -> tuple[Mention, ...]:
    found = find_mentions(words, (Span(0, len(words)),)).mentions
    return tuple(m for m in found if m.known and m.text.lower() == words.lower())
