"""Where a priced thing may stand: as a subject, after a verb of pricing, after a movement."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.frames.movements import direction_of
from lodewire.extraction.frames.price_words import (
    EXCHANGE,
    MOVE_NOUNS,
    TAKING,
    Priced,
)
from lodewire.extraction.grammar.chunks import Chunk, Kind
from lodewire.extraction.grammar.tokens import Tag
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType, QuantityKind


def stands_free(sentence: Sentence, priced: Priced) -> bool:
    """Tell whether the phrase can be what a price is told of, by what stands around it."""
    before = _previous(sentence, priced.span.start)
    if before is not None and before.kind is Kind.OPEN:
        return False
    if not priced.named and not _opens_a_telling(sentence, priced):
        return before is not None and _is_moved_by(sentence, priced, before)
    if before is None or before.kind in (Kind.COMMA, Kind.BREAK, Kind.CONJ, Kind.SUB, Kind.QUOTE):
        return True
    if before.kind is Kind.VP:
        return _after_verb(sentence, priced, before)
    if before.kind is Kind.PREP:
        return _after_preposition(sentence, priced, before)
    return before.kind is not Kind.NP or before.is_date or priced.named


_UNITS = frozenset(
    "barrel tonne ton ounce pound kilo kilogram gram litre gallon bushel cargo".split()
)
_TELLING_PREPS = frozenset(("up", "down", "at", "to", "off"))


def _opens_a_telling(sentence: Sentence, priced: Priced) -> bool:
    """A bare commodity must lead to a verb or a figure: "tin climbed", "lead 0.9% to $2,057"."""
    if sentence.quantities_in(Span(priced.start, max(priced.start, priced.chunk.span.end))):
        return True  # "rebar was lower, [hot-rolled coil 0.06%] and …"
    rest = [c for c in sentence.chunks if c.span.start >= priced.start]
    while rest and rest[0].kind in (Kind.ADVERB, Kind.CONJ, Kind.COMMA):
        if rest[0].kind is not Kind.ADVERB:
            told = _has_aside(sentence, priced) or _opens_relative(sentence, priced)
            return _coordinated(sentence, rest[1:]) or told
        rest = rest[1:]
    if not rest:
        return False
    first = rest[0]
    if first.kind is Kind.PREP:
        return first.lower in _TELLING_PREPS or _leads_to_verb(sentence, priced)
    if first.kind is Kind.NP:
        return first.head is not None and bool(sentence.quantities_in(first.span))
    if first.kind is Kind.VP:
        return first.verb is not None and (first.verb.finite or first.verb.form in "NG")
    return first.kind in (Kind.BREAK, Kind.OPEN)


def _coordinated(sentence: Sentence, rest: Sequence[Chunk]) -> bool:
    """ "graphite, cobalt and nickel lost": what follows is a commodity too, then a verb."""
    for chunk in rest:
        if chunk.kind in (Kind.CONJ, Kind.COMMA):
            continue
        if chunk.kind is Kind.VP:
            return chunk.verb is not None and chunk.verb.finite
        if chunk.kind is Kind.PREP:
            return chunk.lower in ("up", "down")
        short = len(chunk.tokens) <= 2
        if chunk.kind is not Kind.NP or not (
            short or sentence.mentions_in(chunk.span, MentionType.COMMODITY)
        ):
            return False
    return False


def _is_told(sentence: Sentence, priced: Priced) -> bool:
    words = sentence.analysis.text[priced.chunk.span.start : priced.span.end]
    if EXCHANGE.pattern.match(re.sub(r"^[Tt]he ", "", words)) is None:
        return False
    after = sentence.chunks[priced.chunk.index + 1 : priced.chunk.index + 2]
    leads = any(c.verb is not None and c.verb.finite for c in after)
    return leads or _has_aside(sentence, priced)


def _has_aside(sentence: Sentence, priced: Priced) -> bool:
    """ "Alumina, the main raw material, has climbed": the verb's subject is the phrase itself."""
    return any(
        c.subject is not None and c.subject.chunk is priced.chunk and c.verb.finite
        for c in sentence.clauses
    )


def _leads_to_verb(sentence: Sentence, priced: Priced) -> bool:
    return _has_aside(sentence, priced)


def _previous(sentence: Sentence, start: int) -> Chunk | None:
    before: Chunk | None = None
    for chunk in sentence.chunks:
        if chunk.span.start >= start:
            break
        before = chunk
    while before is not None and before.kind is Kind.ADVERB and before.index:
        before = sentence.chunks[before.index - 1]
    if before is not None and before.span.end > start:
        # The phrase begins inside this chunk ("[its] indicator"): look further left.
        return sentence.chunks[before.index - 1] if before.index else None
    return before


def _after_verb(sentence: Sentence, priced: Priced, verb: Chunk) -> bool:
    group = verb.verb
    if group is None:
        return False
    if (priced.named or group.lemma == "be") and _opens_relative(sentence, priced):
        return True
    if group.lemma in TAKING and (priced.named or not group.infinitive):
        if direction_of(group.main.lower) in ("up", "down"):
            priced.moved = group.main.span
        return True
    if group.lemma in ("realize", "realise", "contract", "sell"):
        return priced.named
    return group.lemma in ("say", "show", "tell", "note", "report", "add", "write")


def _after_preposition(sentence: Sentence, priced: Priced, prep: Chunk) -> bool:
    word = prep.lower
    if priced.named and priced.chunk.tokens[0].tag is Tag.DATE:
        return True  # "Over [2024 its price] went up": the preposition is the date's
    governor = sentence.chunks[prep.index - 1] if prep.index else None
    if governor is not None and governor.kind is Kind.CLOSE and prep.index >= 4:
        governor = sentence.chunks[prep.index - 4]  # "a barrel (159 litres) of Brent"
    if word in ("for", "at", "on") and governor is not None and _leads_to_price(sentence, priced):
        return priced.named and "discount" not in priced.span.of(sentence.analysis.text)
    if _opens_relative(sentence, priced):
        return priced.named
    if word in ("with", "as", "while", "after", "because"):
        return True
    stops = governor is None or governor.kind is Kind.BREAK
    if stops and _is_told(sentence, priced):
        return True  # "On the Shanghai exchange rebar was lower": one phrase to the grammar
    if governor is None or governor.kind is Kind.COMMA:
        return False  # "In lead, supply …" speaks of the lead market only
    if governor.kind is Kind.NP:
        head = governor.head.lower if governor.head is not None else ""
        moves = [t for t in governor.tokens if t.lower in MOVE_NOUNS]
        unit = head in _UNITS and governor.tokens[0].lower in ("a", "an", "one", "each")
        if _is_moved_by(sentence, priced, prep):
            return True
        if word == "of" and (head in ("close", "settlement", "value") or unit):
            return True
        if word in ("in", "of") and (head in MOVE_NOUNS or moves):
            priced.moved = moves[-1].span if moves else governor.span
            return priced.named or bool(priced.commodities)
        return False
    if governor.kind is Kind.VP and governor.verb is not None:
        if governor.verb.lemma in ("extend", "spread"):
            lead = sentence.chunks[governor.index - 1] if governor.index else None
            priced.moved = lead.span if lead is not None and lead.kind is Kind.NP else None
            return priced.named and priced.moved is not None
        return priced.named and governor.verb.lemma in ("weigh", "press")
    return False


def _is_moved_by(sentence: Sentence, priced: Priced, prep: Chunk) -> bool:
    """ "a 47.6 percent jump for yttria", "a rise of $12 in the price of coil": moved so much."""
    if prep.kind is not Kind.PREP or prep.lower not in ("for", "in") or not prep.index:
        return False
    noun = sentence.chunks[prep.index - 1]
    figured = noun.kind is Kind.NP and any(t.tag is Tag.QUANTITY for t in noun.tokens)
    if figured and len(noun.tokens) == 1 and noun.index > 1:
        noun = sentence.chunks[noun.index - 2]
    moves = [t for t in noun.tokens if t.lower in MOVE_NOUNS]
    if not figured or not moves or not (priced.named or priced.commodities):
        return False
    priced.moved = Span(moves[-1].span.start, priced.span.start)
    return True


def _leads_to_price(sentence: Sentence, priced: Priced) -> bool:
    """ "an agreement for treatment charges (TC/RCs) of $21.25 a ton": the price follows at once."""
    text = sentence.analysis.text
    match = re.compile(r"\s(?:\([^)]{2,24}\)\s)?(?:of|at)\s").match(text, priced.start)
    if match is None:
        return False
    return any(
        match.end() <= q.span.start <= match.end() + 6
        for q in sentence.quantities_in(sentence.span, QuantityKind.PRICE)
    )


def _opens_relative(sentence: Sentence, priced: Priced) -> bool:
    """ "citing a copper price which stood at $9,640": the relative clause tells it."""
    rest = [c for c in sentence.chunks if c.span.start >= priced.start][:2]
    if rest and rest[0].kind is Kind.COMMA:
        rest = rest[1:]
    return bool(rest) and rest[0].kind is Kind.REL
