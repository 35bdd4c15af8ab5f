"""Slots: who and what stands after which preposition, read off the surface of a sentence.

Relative clauses and asides part a verb from its complements ("the 25% that it does not own from
Mitsubishi for $44 million"); a preposition keeps its sense wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lodewire.extraction.analysis import PARTY, Sentence
from lodewire.extraction.grammar.chunks import Chunk, Kind
from lodewire.extraction.grammar.clauses import Clause
from lodewire.extraction.grammar.tokens import Tag
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType

BYSTANDERS = frozenset(("exchange", "price_agency", "analyst", "media"))
_HYPHENED = re.compile(
    r"-(?:listed|based|owned|backed|led|controlled|held|funded|run|headquartered|quoted|born|made|focused|domiciled|registered|linked)\b"
)
_KIN = re.compile(
    r"\b(?:subsidiary|unit|arm|affiliate|owner|parent|division|holder|shareholder|partner|maker|"
    r"producer|company|group|operator|miner|developer|vehicle|venture)\b"
)
# "MoUs", "Development Agreement": a paper that is signed signs nothing.
_PAPER = re.compile(
    r"(?:\bM[oO]Us?|\bMemorandum|\b(?:Agreement|Contract|Accord|Pact|Deal|Exploration Alliance)s?)$"
)
_TICKER = re.compile(
    r"\b(?:ASX|TSX|TSXV|TSX-V|TSX\.V|NYSE|NASDAQ|Nasdaq|LON|LSE|AIM|CSE|OTCQ[BX]|OTC|JSE|HKEX|SSE|FSE|"
    r"SZSE|NZX|NSE|BSE|US)\s?:\s?$"
)
_PAIR = re.compile(
    r"^(?:the (?:two|three|pair|duo|companies|parties|partners|firms|sides|groups)|both|they|two)\b"
    r"(?: (?:companies|parties|sides|firms|groups|partners|countries|governments|miners|sides))?$"
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A mention with the preposition that governs its phrase ("" for subjects and objects).

    ``owner``: the mention possesses what follows ("Glencore's Kamoto mine"). ``aside``: it stands
    in an apposition ("IXM, the China Moly subsidiary"). ``inside``: it modifies the noun that heads
    its phrase ("the Glencore contract").
    """

    mention: Mention
    prep: str
    chunk: Chunk
    owner: bool = False
    aside: bool = False
    inside: bool = False


def slots(sentence: Sentence, span: Span, *types: MentionType) -> list[Slot]:
    """Return the slots of the mentions in ``span``, in order."""
    found: list[Slot] = []
    preps = phrase_preps(sentence)
    for chunk in sentence.chunks:
        if chunk.kind is not Kind.NP or chunk.span.end <= span.start:
            continue
        if chunk.span.start >= span.end:
            break
        prep, aside = preps[chunk.index]
        for mention in sentence.mentions_in(chunk.span, *types):
            if span.covers(mention.span):
                found.append(_slot(sentence, mention, chunk, prep, aside))
    return found


def _slot(sentence: Sentence, mention: Mention, chunk: Chunk, prep: str, aside: bool) -> Slot:
    head = chunk.head
    after = sentence.analysis.text[mention.span.end : mention.span.end + 2]
    owner = after[:1] in ("'", "’") and (after[1:] in ("s", " ") or not after[1:].strip())
    inside = head is not None and head.span.start > mention.span.start and not owner
    return Slot(mention, prep, chunk, owner, aside, inside)


def phrase_preps(sentence: Sentence) -> dict[int, tuple[str, bool]]:
    """For each noun phrase, by index: its preposition, and whether it stands in apposition."""
    preps: dict[int, tuple[str, bool]] = {}
    for chunk in sentence.chunks:
        if chunk.kind is Kind.NP:
            preps[chunk.index] = _prep_of(sentence, chunk, preps)
    return preps


def _prep_of(
    sentence: Sentence, chunk: Chunk, preps: dict[int, tuple[str, bool]]
) -> tuple[str, bool]:
    before = _before(sentence, chunk.index)
    if before is None:
        return "", False
    if before.kind is Kind.PREP:
        return before.lower, False
    if before.kind not in (Kind.CONJ, Kind.COMMA):
        return "", False
    left = _before(sentence, before.index)
    while left is not None and left.kind in (Kind.COMMA, Kind.CONJ):
        left = _before(sentence, left.index)
    if left is None or left.kind is not Kind.NP:
        return "", False
    prep, aside = preps.get(left.index, ("", False))
    if before.kind is Kind.COMMA and _is_aside(chunk):
        return prep, True
    if before.kind is Kind.COMMA and _is_subject(sentence, chunk):
        return "", False  # "from Panasonic and others, the company said"
    return prep, aside and before.kind is Kind.CONJ


def _is_subject(sentence: Sentence, chunk: Chunk) -> bool:
    return any(
        c.subject is not None and c.subject.chunk is chunk and c.verb.finite and not c.relative
        for c in sentence.clauses
    )


def _before(sentence: Sentence, index: int) -> Chunk | None:
    at = index - 1
    while at >= 0 and sentence.chunks[at].kind in (Kind.QUOTE, Kind.ADVERB):
        at -= 1
    return sentence.chunks[at] if at >= 0 else None


def _is_aside(chunk: Chunk) -> bool:
    first = chunk.tokens[0]
    return first.tag is Tag.DET and bool(_KIN.search(chunk.lower))


def is_actor(sentence: Sentence, mention: Mention) -> bool:
    """Tell whether a mention can be party to a deal: no bourse, no "ASX" of "ASX-listed"."""
    if mention.type not in PARTY:
        return False
    if sentence.analysis.kind_of(mention) in BYSTANDERS or _PAPER.search(mention.text):
        return False
    text = sentence.analysis.text
    if _TICKER.search(text, max(0, mention.span.start - 14), mention.span.start):
        return False
    return not _HYPHENED.match(text, mention.span.end)


def parties(sentence: Sentence, span: Span, *preps: str) -> list[Mention]:
    """Parties in ``span`` that one of ``preps`` governs: organisations, else countries."""
    found = [s for s in slots(sentence, span, *PARTY) if s.prep in preps and not s.aside]
    return heads(sentence, found)


def heads(sentence: Sentence, found: Iterable[Slot]) -> list[Mention]:
    """One party a phrase: its last organisation that is no owner, else any, else a country."""
    by_chunk: dict[int, list[Slot]] = {}
    for slot in found:
        if is_actor(sentence, slot.mention):
            by_chunk.setdefault(slot.chunk.index, []).append(slot)
    chosen: list[Mention] = []
    for group in by_chunk.values():
        firms = [s for s in group if s.mention.type is MentionType.ORGANISATION]
        free = [s for s in firms if not s.owner]
        best = free or firms or [s for s in group if not s.inside and _is_alone(s)]
        if best:
            chosen.append(best[-1].mention)
    return chosen


def _is_alone(slot: Slot) -> bool:
    """A country acts for itself only where no other name stands in its phrase."""
    span = slot.mention.span
    return not any(
        t.tag is Tag.NOUN and t.text[:1].isupper() and not span.covers(t.span)
        for t in slot.chunk.tokens
    )


def own_words(sentence: Sentence, clause: Clause) -> Span:
    """The words of one verb: from its subject to where the next verb beside it begins."""
    reach, tail = sentence.reach(clause), sentence.tail(clause)
    start, end = min(reach.start, tail.start), tail.end
    for later in sentence.clauses:
        if later.chunk.index <= clause.chunk.index or later.verb.infinitive:
            continue
        before = sentence.chunks[later.chunk.index - 1]
        if later.inherited and before.kind is Kind.CONJ and later.chunk.span.start < end:
            end = before.span.start
            break
    if sentence.clauses and sentence.clauses[0] in (clause, *clause.governors()):
        start = min(start, sentence.span.start)  # "In July the Pentagon bought …"
    for above in clause.governors():
        start = min(start, above.chunk.span.start)
        if above.subject is not None and not above.inherited:
            start = min(start, above.subject.chunk.span.start)
    return Span(start, end)


def subject_parties(sentence: Sentence, chunks: Iterable[Chunk]) -> list[Mention]:
    """Parties that the phrases of a subject stand for; "the two companies" are the last two."""
    found: list[Mention] = []
    for chunk in chunks:
        if _PAIR.match(chunk.lower):
            found.extend(last_two(sentence, chunk.span.start))
            continue
        named = heads(sentence, _in_chunk(sentence, chunk)) or _kin_of(sentence, chunk)
        if not named and chunk.is_pronoun:
            referent = sentence.referent(chunk)
            named = [referent] if referent is not None else []
        found.extend(m for m in named if is_actor(sentence, m))
    return found


def _kin_of(sentence: Sentence, chunk: Chunk) -> list[Mention]:
    """ "the trading arm of [Mercuria]": a unit without a name stands for its owner."""
    after = sentence.chunks[chunk.index + 1 : chunk.index + 3]
    kin = _KIN.search(chunk.lower) or re.search(r"\b(?:government|ministry)\b", chunk.lower)
    if len(after) < 2 or after[0].lower != "of" or not kin:
        return []
    return heads(sentence, _in_chunk(sentence, after[1]))


def _in_chunk(sentence: Sentence, chunk: Chunk) -> Iterator[Slot]:
    for mention in sentence.mentions_in(chunk.span, *PARTY):
        yield _slot(sentence, mention, chunk, "", False)


def last_two(sentence: Sentence, before: int) -> list[Mention]:
    """The two organisations named last before a position, in the order of their naming."""
    seen: dict[str, Mention] = {}
    for mention in reversed(sentence.analysis.mentions):
        organisation = mention.type is MentionType.ORGANISATION
        if mention.span.end > before or not organisation or not is_actor(sentence, mention):
            continue
        if before - mention.span.end > 700:
            break
        seen.setdefault(mention.entity, mention)
        if len(seen) == 2:
            break
    return list(reversed(seen.values())) if len(seen) == 2 else []
