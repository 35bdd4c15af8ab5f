"""What fills a role: our own name, figure or date at the aligned words, never the model's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from lodewire.extraction.analysis import Analysis
from lodewire.extraction.drafts import CHANGE, MONEY, PRICE, SHARE, TONNAGE, Filler
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import DateMention, Quantity
from lodewire.model.vocabulary import MentionType, QuantityKind
from lodewire.ontology.event_types import RoleDefinition, RoleKind

Found = TypeVar("Found", Mention, Quantity, DateMention)
_LONGEST_NAME = 100
_LONGEST_PHRASE = 300
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
_LISTED = frozenset((RoleKind.COUNTRY, RoleKind.COMMODITY, RoleKind.BENCHMARK))
_STUFF = (*TONNAGE, QuantityKind.COUNT)
_ANY = tuple(QuantityKind)
_FIGURES: dict[str, tuple[QuantityKind, ...]] = {
    "value": MONEY,
    "stake": (*SHARE, QuantityKind.COUNT),
    "rate": (*SHARE, *PRICE, *MONEY),
    "term": (QuantityKind.DURATION,),
    "volume": _STUFF,
    "capacity": _STUFF,
    "tonnage": TONNAGE,
    "contained": TONNAGE,
    "grade": (QuantityKind.GRADE, QuantityKind.PERCENT),
    "change": (*CHANGE, *_STUFF, *MONEY, *PRICE),
    "level": _ANY,
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
        return _widest(analysis.dates, span, analysis.text, "date"), None
    if role.kind is RoleKind.PHRASE:
        return _phrase(span, words), None
    return _name(analysis, role, span, words), None


def _phrase(span: Span, words: str) -> Span:
    if len(words) > _LONGEST_PHRASE or not any(c.isalnum() for c in words):
        raise Refusal("too long for a phrase" if len(words) > _LONGEST_PHRASE else "no words")
    return span


def _figure(analysis: Analysis, role: RoleDefinition, span: Span) -> Quantity:
    allowed = _FIGURES.get(role.name, _ANY)
    near = [q for q in analysis.quantities if q.span.overlaps(span)]
    if not near:
        raise Refusal("no quantity that our grammar reads")
    fit = [q for q in near if q.kind in allowed]
    if not fit:
        raise Refusal(f"{near[0].kind.value} cannot fill it")
    inside = [q for q in fit if span.covers(q.core)] or fit
    if len(inside) > 1:
        raise Refusal("more than one figure")
    _whole(analysis.text, inside[0].core, span)
    return inside[0]


def _widest(found: Iterable[Found], span: Span, text: str, what: str) -> Found:
    near = [f for f in found if f.span.overlaps(span)]
    if not near:
        raise Refusal(f"no {what} that our grammar reads")
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
    mention = _mention(analysis.mentions, _NAMES[role.kind], span)
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
    mentions: Sequence[Mention], types: tuple[MentionType, ...], span: Span
) -> Mention | None:
    """The mention that the words are: of the first type that is there, the one most shared."""
    near = [m for m in mentions if m.span.overlaps(span)]
    for type_ in types:
        fit = [m for m in near if m.type is type_]
        inside = [m for m in fit if span.covers(m.span)]
        if len({m.entity for m in inside}) > 1:
            raise Refusal("more than one name")
        if fit:
            return max(fit, key=lambda m: (_shared(m.span, span), m.span.start))
    return None
