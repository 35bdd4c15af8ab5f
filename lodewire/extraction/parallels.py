"""Gapped conjuncts: what a sentence tells again by the fillers alone.

"Applications are in from A for X and from B for Y", "A will have 3.5 mtpa from train two, and B
the same quantity": behind the join stand names, figures and dates of the same kinds, in the same
order, behind the same prepositions, without a verb. They play the roles that those before the
join play, in a telling of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft, Filler
from lodewire.extraction.grammar.chunks import Chunk, Kind
from lodewire.extraction.grammar.clauses import SPEECH
from lodewire.extraction.merge import IDENTITY
from lodewire.model.event import Argument
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import MentionType, QuantityKind
from lodewire.ontology.event_types import RoleKind, load_event_types

_JOINS = frozenset(("and", "while", "but"))
_NAMES = (
    MentionType.COMMODITY,
    MentionType.PRODUCT,
    MentionType.ORGANISATION,
    MentionType.COUNTRY,
    MentionType.SITE,
)
_SHORTEST, _LONGEST = 2, 4  # fillers of a conjunct
_WHEN = frozenset(("", "in", "on", "at", "by", "since", "from", "until"))
_SAME = re.compile(r"the same (?:quantity|volume|amount|tonnage|sum|share|stake|price|rate)")
_DATE, _AS_BEFORE = "date", "as before"
_FIGURES = frozenset(kind.value for kind in QuantityKind)
_SURE = 0.9  # of the telling that it is like


@dataclass(frozen=True, slots=True)
class _Item:
    """A name, figure or date with its kind, the preposition before its phrase and its chunk."""

    kind: str
    prep: str
    filler: Filler
    span: Span
    chunk: Chunk


def find_parallels(sentence: Sentence, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the tellings that gapped conjuncts of ``sentence`` add to its ``drafts``.

    What a draft took from such a conjunct is taken from it.
    """
    joins = [c for c in sentence.chunks if _joins(c)]
    if not joins or not drafts:
        return []
    items = list(_items(sentence))
    known = list(drafts)
    for join in joins:
        for draft in list(known):
            found = _told_again(sentence, draft, items, join)
            others = [d for d in known if d is not draft]
            if found is None or any(_tells(other, found) for other in others):
                continue
            draft.arguments = [a for a in draft.arguments if not _behind(found, a)]
            known.append(found)
    return known[len(drafts) :]


def _joins(chunk: Chunk) -> bool:
    words = chunk.kind in (Kind.CONJ, Kind.SUB) and chunk.lower in _JOINS
    return words or chunk.kind is Kind.COMMA or chunk.lower == ";"


def _items(sentence: Sentence) -> Sequence[_Item]:
    fillers: list[tuple[str, Filler, Span]] = [
        (m.type.value, m, m.span) for m in sentence.mentions if m.type in _NAMES and not m.generic
    ]
    fillers += [(_unit(q), q, q.span) for q in sentence.quantities]
    fillers += [(_DATE, d, d.span) for d in sentence.dates if d.grain != "duration"]
    fillers += [
        (_AS_BEFORE, c.span, c.span)
        for c in sentence.chunks
        if _SAME.fullmatch(c.lower) is not None
    ]
    fillers.sort(key=lambda f: (f[2].start, -f[2].end))
    items: list[_Item] = []
    for kind, filler, span in fillers:
        chunk = sentence.chunk_at(span.start)
        if chunk is None or (items and items[-1].span.overlaps(span)):
            continue
        before = sentence.chunks[chunk.index - 1] if chunk.index else None
        first = not items or items[-1].chunk is not chunk
        prep = before.lower if first and before is not None and before.kind is Kind.PREP else ""
        items.append(_Item(kind, prep, filler, span, chunk))
    return items


def _unit(quantity: Quantity) -> str:
    """What a figure measures; a price may leave its unit unsaid."""
    price = quantity.kind in (QuantityKind.PRICE, QuantityKind.MONEY)
    return QuantityKind.PRICE.value if price else quantity.kind.value


def _told_again(
    sentence: Sentence, draft: Draft, items: Sequence[_Item], join: Chunk
) -> Draft | None:
    if draft.anaphoric or draft.has("party"):
        return None  # "A of Japan and B of Brazil" make one pact
    start = max((c.span.end for c in sentence.chunks[: join.index] if _parts(c)), default=0)
    before = [i for i in items if start <= i.span.start and i.span.end <= join.span.start]
    after = [i for i in items if i.span.start >= join.span.end]
    for length in range(min(_LONGEST, len(before), len(after)), _SHORTEST - 1, -1):
        right = after[:length]
        left = _aligned(before, right) if _is_gapped(sentence, join, right[-1]) else None
        found = _copy(draft, left, right) if left is not None else None
        if found is not None:
            return found
    return None


def _aligned(before: Sequence[_Item], right: Sequence[_Item]) -> list[_Item] | None:
    """The fillers before the join that those behind it are like, one by one, in order.

    Fillers of two kinds at least: names of one kind are a list, and play one role together.
    """
    left: list[_Item] = []
    at = len(before)
    for place in range(len(right) - 1, -1, -1):
        at -= 1
        while at >= 0 and not _is_alike(before[at], right[place], first=place == 0):
            at -= 1
        if at < 0:
            return None
        left.insert(0, before[at])
    return left if len({i.kind for i in left}) > 1 else None


def _parts(chunk: Chunk) -> bool:
    return chunk.kind is Kind.CONJ or chunk.lower == ";"


def _is_gapped(sentence: Sentence, join: Chunk, last: _Item) -> bool:
    """Tell whether neither a verb nor a join stands between ``join`` and the last filler."""
    between = sentence.chunks[join.index + 1 : last.chunk.index]
    speakers = (c.subject for c in sentence.clauses if c.lemma in SPEECH and not c.inherited)
    if any(last.chunk in s.chunks for s in speakers if s is not None):
        return False  # "…, the coal miner Yankuang said": who tells it all
    return not any(c.kind in (Kind.VP, Kind.REL, Kind.SUB) or _parts(c) for c in between)


def _is_alike(left: _Item, right: _Item, *, first: bool) -> bool:
    if left.kind != right.kind and not (left.kind in _FIGURES and right.kind == _AS_BEFORE):
        return False
    timed = left.kind == _DATE and left.prep in _WHEN and right.prep in _WHEN
    return left.prep == right.prep or timed or (first and not right.prep)


def _copy(draft: Draft, left: Sequence[_Item], right: Sequence[_Item]) -> Draft | None:
    """The draft with the fillers of ``right`` for those of ``left``; None where too few change.

    What stands before both is told of both; so is a choice ("up"), which the verb makes, and what
    is no figure of the first.
    """
    roles = {r.name: r.kind for r in load_event_types()[draft.type].roles}
    copy = replace(
        draft,
        trigger=right[0].span,
        arguments=[],
        spans=[],
        not_disclosed=set(draft.not_disclosed),
        confidence=round(draft.confidence * _SURE, 2),
        reach=Span(right[0].span.start, right[-1].span.end),
    )
    placed: set[str] = set()
    for argument in draft.arguments:
        at = next((n for n, i in enumerate(left) if i.span.overlaps(argument.span)), None)
        figure = roles.get(argument.role) is RoleKind.QUANTITY
        shared = argument.span.end <= left[0].span.start or (at is None and not figure)
        if roles.get(argument.role) is RoleKind.CHOICE or (shared and not _behind(copy, argument)):
            copy.arguments.append(argument)
        elif at is not None and right[at].kind == _AS_BEFORE:
            copy.arguments.append(argument)
            placed.add(argument.role)
        elif at is not None and copy.add(argument.role, right[at].filler):
            placed.add(argument.role)
    changed = placed & set(IDENTITY[draft.type].keys)
    return copy if changed and len(placed) > 1 else None


def _behind(found: Draft, argument: Argument) -> bool:
    return found.reach is not None and found.reach.covers(argument.span)


def _tells(other: Draft, found: Draft) -> bool:
    """Tell whether a draft is already of the conjunct: by what identifies it, or by two fillers."""
    taken = [a for a in other.arguments if _behind(found, a)]
    keys = IDENTITY[found.type].keys
    return len(taken) > 1 or (other.type is found.type and any(a.role in keys for a in taken))
