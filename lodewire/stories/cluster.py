"""Each document joins the best of those before it, or opens a story.

"Before" is the order (day, articles before teasers, id), whatever order documents arrive in. What
a document joins depends on pairs alone, so the stories are a function of the set of documents: one
that arrives late takes its place, and those after it that it suits better join it instead.

- A *copy* tells the same words: exact, near duplicate, or a short copy of the first paragraphs.
  Copies are one origin.
- A *related* document tells the same happening in other words: an origin of its own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from lodewire.model.ids import DocumentId, OriginId, StoryId, content_id
from lodewire.model.story import StoryMember
from lodewire.stories.signature import (
    COPY_DAYS,
    RELATED_DAYS,
    DocumentSignature,
    Sketch,
    StoredSignature,
)

FOUNDER, COPY, RELATED = "founder", "copy", "related"

_COPY_SHARE = 0.75  # of the shorter text's prints found in the longer one
_SHORT = 0.6  # a text shorter than this part of the other must come from its beginning
_LEAD_SHARE = 0.5
_FIGURE_SHARE = 0.8
_MARKS_SHARE = 0.25  # a long way under what chance leaves of three quarters
_MIN_PRINTS, _SURE_PRINTS = 6, 3
_RELATED = 0.5
_FEW_FIGURES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """How two documents hang together; ``similarity`` in 0..1."""

    relation: str
    similarity: float


def own_story(document_id: DocumentId) -> StoryId:
    """Return the id of the story that a document opens."""
    return StoryId(content_id("sto", document_id))


def own_origin(document_id: DocumentId) -> OriginId:
    """Return the id of the origin that a document is the first of."""
    return OriginId(content_id("or", document_id))


def may_relate(a: Sketch, b: Sketch, shared: int) -> bool:
    """Tell whether two documents may hang together that share ``shared`` marks and no other key.

    A copy has three quarters of the shorter text's prints, and of its marks as many.
    """
    close = abs(a.day - b.day) <= RELATED_DAYS
    return close or shared >= _MARKS_SHARE * min(a.marks, b.marks)


def relate(a: DocumentSignature, b: DocumentSignature) -> Link | None:
    """Return how two documents hang together; None when they don't. Symmetric."""
    days = abs((a.day - b.day).days)
    if days <= COPY_DAYS:
        share = _copy_share(a, b)
        if share is not None:
            return Link(relation=COPY, similarity=round(share, 4))
    if days <= RELATED_DAYS:
        score = related_score(a, b)
        if score >= _RELATED:
            return Link(relation=RELATED, similarity=round(min(score, 1.0), 4))
    return None


def _copy_share(a: DocumentSignature, b: DocumentSignature) -> float | None:
    """The share of the shorter text that the longer one holds, when that makes it a copy."""
    if a.words and a.exact == b.exact:
        return 1.0
    short, long = sorted((a, b), key=lambda s: (len(s.prints), s.document_id))
    if len(short.prints) < _SURE_PRINTS:
        return None
    share = len(short.prints & long.prints) / len(short.prints)
    if share < (_COPY_SHARE if len(short.prints) >= _MIN_PRINTS else 1.0):
        return None
    if len(short.prints) < _SHORT * len(long.prints):
        # A digest that holds ten short items whole is no copy of each of them.
        lead = len(short.prints & long.lead_prints)
        if lead < _LEAD_SHARE * min(len(short.prints), len(long.lead_prints)):
            return None
    return share if _figures_agree(short, long) else None


def _figures_agree(short: DocumentSignature, long: DocumentSignature) -> bool:
    """Two days' reports from one template share their words, not their numbers."""
    fewer, more = sorted((short.figures, long.figures), key=len)
    if len(fewer) >= 2 and len(fewer & more) < _FIGURE_SHARE * len(fewer):
        return False
    return not short.figures or len(short.figures & long.figures) * 2 >= len(short.figures)


def related_score(a: DocumentSignature, b: DocumentSignature) -> float:
    """Return how likely two texts tell one happening, 0 and up; 0.5 is enough."""
    things = len(set(a.entities) & set(b.entities))
    topics = len(set(a.topics) & set(b.topics))
    figures = len(set(a.telling) & set(b.telling))
    if not _may_relate(a, b, things, topics, figures):
        return 0.0
    cosine = _cosine(a, b)
    same_language = a.language == b.language
    if same_language and not (
        (things and cosine >= 0.15) or (topics and figures and cosine >= 0.4)
    ):
        return 0.0
    score = 0.5 * cosine + 0.18 * min(things, 3) + 0.15 * min(figures, 3) + 0.05 * min(topics, 3)
    if not same_language:
        score += 0.1 if figures else 0.0
    if not figures and min(len(a.telling), len(b.telling)) >= _FEW_FIGURES:
        # Both give figures and share none: two reports of one kind, on other days or things.
        score -= 0.5
    return score


def _may_relate(
    a: DocumentSignature, b: DocumentSignature, things: int, topics: int, figures: int
) -> bool:
    if a.source_id == b.source_id:
        # A publisher seldom tells one happening twice, but frames all its pages alike.
        return False
    if a.language == b.language:
        return bool(things or (topics and figures))
    # Without words in common, names and numbers must carry it.
    return things >= 2 or (things >= 1 and figures >= 1) or (topics >= 2 and figures >= 2)


def _cosine(a: DocumentSignature, b: DocumentSignature) -> float:
    left, right = dict(a.terms), dict(b.terms)
    if not left or not right:
        return 0.0
    shared = sum(w * right[h] for h, w in left.items() if h in right)
    norm = math.sqrt(sum(w * w for w in left.values()) * sum(w * w for w in right.values()))
    return shared / norm


def assign(document: DocumentSignature, candidates: Sequence[StoredSignature]) -> StoryMember:
    """Return the place of a document among those before it; others are passed over."""
    best: tuple[tuple[bool, float, str], StoredSignature, Link] | None = None
    for candidate in candidates:
        other = candidate.signature
        if other.order >= document.order:
            continue
        link = relate(document, other)
        if link is None:
            continue
        rank = _rank(link.relation, link.similarity, other.document_id)
        if best is None or rank < best[0]:
            best = (rank, candidate, link)
    if best is None:
        return StoryMember(
            document_id=document.document_id,
            story_id=own_story(document.document_id),
            origin_id=own_origin(document.document_id),
            relation=FOUNDER,
        )
    return _joining(document.document_id, best[1].member, best[2])


def place(
    document: DocumentSignature, candidates: Sequence[StoredSignature]
) -> tuple[StoryMember, ...]:
    """Return the place of a document, then the new places of those after it that now join it."""
    own = assign(document, candidates)
    moved = []
    for candidate in candidates:
        if candidate.signature.order <= document.order:
            continue
        link = relate(candidate.signature, document)
        if link is None:
            continue
        member = candidate.member
        offered = _rank(link.relation, link.similarity, document.document_id)
        held = _rank(member.relation, member.similarity, member.joined or "")
        if member.relation == FOUNDER or offered < held:
            moved.append(_joining(candidate.signature.document_id, own, link))
    return (own, *moved)


def _rank(relation: str, similarity: float, joined: str) -> tuple[bool, float, str]:
    """Less is better: copies first, then the most alike, then by id."""
    return (relation != COPY, -similarity, joined)


def _joining(document_id: DocumentId, parent: StoryMember, link: Link) -> StoryMember:
    return StoryMember(
        document_id=document_id,
        story_id=parent.story_id,
        origin_id=parent.origin_id if link.relation == COPY else own_origin(document_id),
        relation=link.relation,
        similarity=link.similarity,
        joined=parent.document_id,
    )
