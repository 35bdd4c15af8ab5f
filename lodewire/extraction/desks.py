"""Which desks a document belongs to."""

from __future__ import annotations

import functools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lodewire.extraction.naming.scan import lower_same_length
from lodewire.model.entity import Mention
from lodewire.model.reading import DeskScore
from lodewire.model.vocabulary import Desk, EventType, MentionType
from lodewire.ontology.benchmarks import load_benchmarks
from lodewire.ontology.desks import MAIN_COMMODITY_WEIGHT, load_desks

MAX_DESKS = 2
_HALF = 10.0  # votes at which the score is one half
# How much each kind of sign weighs, and what share of the first desk's votes a second one needs;
# set on the annotated texts beside the project, see docs/methods/relevance.md.
_LEAD, _TITLE, _MAIN_COMMODITY, _ORGANISATION, _EVENT = 0.5, 2.0, 2.0, 0.5, 4.0
_LEAD_LENGTH = 700  # characters
_FLOOR = 9.0  # votes below which a document belongs to no desk
_ENOUGH = 8.0  # votes that a desk needs of its own
_BUSINESS = 0.7  # general business words are in every text; they count for less
_SECOND = 0.4
_RULES_BESIDE_MATERIAL = 0.6
_BUSINESS_BESIDE_MATERIAL = 0.7
_MINES_BESIDE_BATTERIES = 0.3
# Rules and a material go together ("tariff on copper"), the material first; politics is for texts
# that no material claims.
_ACROSS = (Desk.SANCTIONS_REGULATION, Desk.BUSINESS_POLITICS)


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
    """Return at most two desks with their scores in 0..1, the material's desk first.

    Terms of title and lead weigh more; commodities and benchmarks vote for their desks, as do the
    kinds of organisations and the types of events. Scores are votes / (votes + 10).
    """
    votes: dict[Desk, float] = defaultdict(float)
    for words, weight in ((text, 1.0), (text[:_LEAD_LENGTH], _LEAD), (title or "", _TITLE)):
        for term, count in count_terms(words).items():
            for desk, vote in _terms().votes[term]:
                votes[desk] += weight * vote * _damped(count)
    _vote_by_mentions(votes, mentions, kinds)
    event_counts = Counter(events)
    for desk, definition in load_desks().items():
        for type_, vote in definition.event_types.items():
            if event_counts[type_]:
                votes[desk] += _EVENT * vote * _damped(event_counts[type_])
    votes[Desk.BUSINESS_POLITICS] *= _BUSINESS
    chosen = _choose(votes)
    return tuple(DeskScore(desk=d, score=round(votes[d] / (votes[d] + _HALF), 4)) for d in chosen)


def _vote_by_mentions(
    votes: dict[Desk, float], mentions: Sequence[Mention], kinds: Mapping[str, str]
) -> None:
    organisations = Counter(m.entity for m in mentions if m.type is MentionType.ORGANISATION)
    commodities = Counter(c for c in map(_commodity, mentions) if c is not None)
    for desk, definition in load_desks().items():
        for commodity, count in commodities.items():
            vote = definition.commodities.get(commodity, 0.0)
            main = _MAIN_COMMODITY if vote >= MAIN_COMMODITY_WEIGHT else 1.0
            votes[desk] += main * vote * _damped(count)
        for organisation, count in organisations.items():
            kind = kinds.get(organisation, "").replace("_", "-")
            vote = definition.organisation_kinds.get(kind, 0.0)
            votes[desk] += _ORGANISATION * vote * _damped(count)


def _commodity(mention: Mention) -> str | None:
    """The commodity that a mention names or, as a benchmark, prices."""
    if mention.type is MentionType.COMMODITY:
        return mention.entity
    if mention.type is MentionType.BENCHMARK:
        known = load_benchmarks().get(mention.entity)
        return known.commodity if known is not None else None
    return None


def _choose(votes: Mapping[Desk, float]) -> list[Desk]:
    """The first desk is a material's or an industry's where one has votes; then the next best."""
    ranked = sorted(votes, key=lambda desk: (-votes[desk], desk.value))
    if not ranked or votes[ranked[0]] < _FLOOR:
        return []
    first = next((d for d in ranked if d not in _ACROSS), ranked[0])
    if votes[first] < _ENOUGH:
        return ranked[:1]
    others = [d for d in ranked if d is not first and votes[d] >= _needed(first, d) * votes[first]]
    seconds = [d for d in others if d in _ACROSS or votes[d] >= _ENOUGH]
    return [first, *seconds[: MAX_DESKS - 1]]


def _needed(first: Desk, second: Desk) -> float:
    if second is Desk.SANCTIONS_REGULATION:
        return _RULES_BESIDE_MATERIAL
    if second is Desk.BUSINESS_POLITICS:
        return _BUSINESS_BESIDE_MATERIAL
    if (first, second) == (Desk.EVS_BATTERIES, Desk.MINING_METALS):
        return _MINES_BESIDE_BATTERIES
    return _SECOND
