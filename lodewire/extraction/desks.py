"""Which desks a document belongs to, and how relevant it is to the field at all."""

from __future__ import annotations

import functools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lodewire.extraction.naming.scan import Hit, lower_same_length
from lodewire.model.entity import Mention
from lodewire.model.reading import DeskScore
from lodewire.model.vocabulary import Desk, EventType, MentionType
from lodewire.ontology.desks import load_desks

# A second desk needs this share of the first one's votes. Rules and a material go together
# ("tariff on copper"); politics is for texts that no material claims.
_SECOND_MATERIAL = 0.5
_MATERIAL_BESIDE_RULES = 0.28
_RULES_BESIDE_MATERIAL = 0.5
_POLITICS_BESIDE = 0.95
_POLITICS = 0.4  # general business words are in every text; they count for less
_FLOOR = 4.0  # weighted votes below which a document belongs to no desk
_HALF = 10.0  # votes at which the score is one half


@dataclass(frozen=True, slots=True)
class _Terms:
    words: tuple[str, ...]
    votes: Mapping[str, tuple[tuple[Desk, float], ...]]
    automaton: Any


@functools.cache
def _terms() -> _Terms:
    import ahocorasick_rs

    votes: dict[str, list[tuple[Desk, float]]] = {}
    for desk, definition in load_desks().items():
        for term, weight in definition.terms.items():
            votes.setdefault(term, []).append((desk, weight))
    words = tuple(votes)
    automaton = ahocorasick_rs.AhoCorasick(words, matchkind=ahocorasick_rs.MatchKind.Standard)
    return _Terms(words, {w: tuple(v) for w, v in votes.items()}, automaton)


def count_terms(text: str) -> Counter[str]:
    """Count the desks' terms that stand in ``text`` as whole words."""
    terms = _terms()
    lowered = lower_same_length(text)
    counts: Counter[str] = Counter()
    for index, start, end in terms.automaton.find_matches_as_indexes(lowered, overlapping=True):
        left = start == 0 or not lowered[start - 1].isalnum()
        right = end == len(lowered) or not lowered[end].isalnum()
        if left and right:
            counts[terms.words[index]] += 1
    return counts


def _damped(count: int) -> float:
    # The tenth "lithium" says less than the second: counts vote with their square root.
    return math.sqrt(count)


def score_desks(
    title: str | None,
    text: str,
    mentions: Sequence[Mention],
    kinds: Mapping[str, str],
    events: Iterable[EventType],
) -> tuple[DeskScore, ...]:
    """Return at most two desks with their scores in 0..1, best first.

    Terms of the headline and the first paragraphs count double. Scores are votes / (votes + 10).
    """
    lead = text[:700]
    votes: dict[Desk, float] = defaultdict(float)
    for words in (text, lead, title or ""):
        for term, count in count_terms(words).items():
            for desk, weight in _terms().votes[term]:
                votes[desk] += weight * _damped(count)
    _vote_by_mentions(votes, mentions, kinds)
    event_counts = Counter(events)
    for desk, definition in load_desks().items():
        for type_, weight in definition.event_types.items():
            if event_counts[type_]:
                votes[desk] += weight * 2 * _damped(event_counts[type_])
    return _choose(votes)


def _vote_by_mentions(
    votes: dict[Desk, float], mentions: Sequence[Mention], kinds: Mapping[str, str]
) -> None:
    counts = Counter(
        m.entity for m in mentions if m.type in (MentionType.COMMODITY, MentionType.ORGANISATION)
    )
    for desk, definition in load_desks().items():
        for entity, count in counts.items():
            weight = definition.commodities.get(entity, 0.0)
            kind = kinds.get(entity, "").replace("_", "-")
            weight += definition.organisation_kinds.get(kind, 0.0)
            if weight:
                votes[desk] += weight * _damped(count)


def _choose(votes: Mapping[Desk, float]) -> tuple[DeskScore, ...]:
    weighed = {d: v * (_POLITICS if d is Desk.BUSINESS_POLITICS else 1.0) for d, v in votes.items()}
    ranked = sorted(weighed.items(), key=lambda pair: (-pair[1], pair[0].value))
    if not ranked or ranked[0][1] < _FLOOR:
        return ()
    first, top = ranked[0]
    chosen = [(first, top)]
    for desk, value in ranked[1:]:
        if value >= _share_needed(first, desk) * top and value >= _FLOOR:
            chosen.append((desk, value))
            break
    return tuple(DeskScore(desk=d, score=round(v / (v + _HALF), 4)) for d, v in chosen)


def _share_needed(first: Desk, second: Desk) -> float:
    if Desk.BUSINESS_POLITICS in (first, second):
        return _POLITICS_BESIDE
    if first is Desk.SANCTIONS_REGULATION:
        return _MATERIAL_BESIDE_RULES
    return _RULES_BESIDE_MATERIAL if second is Desk.SANCTIONS_REGULATION else _SECOND_MATERIAL


_HIT_WEIGHT = {
    MentionType.COMMODITY: 1.0,
    MentionType.SITE: 1.5,
    MentionType.BENCHMARK: 2.0,
    MentionType.ORGANISATION: 0.6,
}


def score_relevance(text: str, hits: Sequence[Hit]) -> float:
    """Return how much of the field a text holds, 0..1, from the lexicon scan alone.

    Distinct unambiguous names of the field vote with the square root of their counts, over the
    square root of the length in hundreds of words (at least three hundred).
    """
    counts: Counter[tuple[MentionType, str]] = Counter()
    for hit in hits:
        entry = hit.entries[0]
        if not entry.ambiguous and entry.type in _HIT_WEIGHT:
            counts[(entry.type, entry.entity)] += 1
    votes = sum(_HIT_WEIGHT[type_] * _damped(n) for (type_, _), n in counts.items())
    length = max(3.0, len(text) / 600)
    density = votes / math.sqrt(length)
    return round(1 - math.exp(-density / 2.5), 4)
