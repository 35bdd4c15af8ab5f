"""Priced things: the noun phrases of a sentence of which a price is told.

Three kinds: a phrase whose head is a word of price ("spot price of uranium", "the premium"), a
named benchmark ("Brent", "LME zinc"), and a commodity that stands bare ("zinc gained 0.6%"). What
only bears a commodity's name ("copper stocks", "zinc output", "shares of Cameco") is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.frames.movements import direction_of
from lodewire.extraction.frames.price_hours import after_time
from lodewire.extraction.frames.price_phrases import first_word
from lodewire.extraction.frames.price_places import stands_free
from lodewire.extraction.frames.price_words import (
    ANAPHORS,
    EXCHANGE,
    FORECAST_AFTER,
    FORMS,
    FREIGHT,
    LINKS,
    NOT_A_PRICE,
    OF_A_THING,
    PLAIN,
    PRICE_NAME,
    PRICE_NOUNS,
    QUOTED,
    TERMINAL_CODE,
    WEAK_NOUNS,
    Priced,
)
from lodewire.extraction.grammar.chunks import Chunk, Kind
from lodewire.extraction.grammar.tokens import Tag, Token
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType


def find_priced(sentence: Sentence) -> list[Priced]:
    """Return the priced things of the sentence, in order; coordinated ones share what follows."""
    found: list[Priced] = []
    used: set[int] = set()
    for chunk in sentence.chunks:
        if chunk.kind is not Kind.NP or chunk.index in used or chunk.is_date:
            continue
        priced = _read(sentence, chunk, used)
        if priced is not None and stands_free(sentence, priced):
            found.append(priced)
    return found


def _read(sentence: Sentence, chunk: Chunk, used: set[int]) -> Priced | None:
    if chunk.is_pronoun:
        return _those(sentence, chunk, used) or _it(sentence, chunk)
    mentions = [
        m
        for m in sentence.mentions_in(chunk.span, MentionType.COMMODITY, MentionType.BENCHMARK)
        if not m.generic and not _is_quality(sentence, m)
    ]
    if mentions:
        return _with_mention(sentence, chunk, mentions, used)
    return _by_noun(sentence, chunk, used)


def _is_quality(sentence: Sentence, mention: Mention) -> bool:
    """ "battery-grade nickel sulphate": the grade is not what is priced."""
    return sentence.analysis.text.startswith("-grade", mention.span.end)


_VIEWS = frozenset(
    "forecast forecasts projection projections estimate estimates outlook target targets".split()
)
_LATELY = frozenset(("last", "alone", "itself", "meanwhile", "overall", "today"))


def _with_mention(
    sentence: Sentence, chunk: Chunk, mentions: Sequence[Mention], used: set[int]
) -> Priced | None:
    last = mentions[-1]
    quoted = any(m.type is MentionType.BENCHMARK for m in mentions)
    tail: list[Token] = []
    for token in chunk.tokens:
        if token.span.start < last.span.end:
            continue
        if token.tag in (Tag.QUANTITY, Tag.DATE, Tag.ADVERB) or direction_of(token.lower):
            break
        if not TERMINAL_CODE.fullmatch(token.text) and token.lower not in _LATELY:
            tail.append(token)
    head = tail[-1].lower if tail else ""
    named = quoted or head in PRICE_NOUNS or head in WEAK_NOUNS or PRICE_NAME.search(last.text)
    if any(t.lower in _VIEWS for t in tail):
        return None  # "the copper forecast of Goldman Sachs went up"
    if tail and not head_is_price(head) and not all(t.lower in FORMS for t in tail):
        return None
    if not named and _determined(chunk) and not _for_delivery(sentence, chunk):
        return None
    end = tail[-1].span.end if tail else last.span.end
    if FORECAST_AFTER.match(sentence.analysis.text, end):
        return None
    weak = head in WEAK_NOUNS and not quoted
    return _priced(sentence, chunk, end, list(mentions), used, named=bool(named), weak=weak)


def _for_delivery(sentence: Sentence, chunk: Chunk) -> bool:
    rest = sentence.analysis.text[chunk.span.end : chunk.span.end + 40]
    return re.match(r"\sfor [\w-]+ (?:delivery|loading|shipment)\b", rest) is not None


def head_is_price(word: str) -> bool:
    """Tell whether a phrase with this head is of a price, if the rest of the sentence allows."""
    return word in PRICE_NOUNS or word in WEAK_NOUNS


def _determined(chunk: Chunk) -> bool:
    """ "The copper" lies in a yard; "copper" has a price."""
    first = chunk.tokens[0]
    return first.tag is Tag.DET or first.lower in ("more", "some", "enough", "less", "fresh")


_TRADED = re.compile(r"\b(?:three-month|3-month|cash|lme|exchange|benchmark)\b")


_HEADS = frozenset((*PRICE_NOUNS, *WEAK_NOUNS, *ANAPHORS, "metal"))


def _by_noun(sentence: Sentence, chunk: Chunk, used: set[int]) -> Priced | None:
    if _HEADS.isdisjoint([t.lower for t in chunk.tokens]):
        return None
    tokens = [t for t in chunk.tokens if t.tag not in (Tag.QUANTITY, Tag.DATE)]
    while tokens and (direction_of(tokens[-1].lower) or tokens[-1].tag is Tag.ADVERB):
        tokens.pop()
    if not tokens:
        return None
    head = tokens[-1].lower
    strong = head in PRICE_NOUNS
    anaphor = head in ANAPHORS and len(tokens) <= 2 and tokens[0].lower in ("the", head)
    anaphor = anaphor or (head == "metal" and _TRADED.search(chunk.lower) is not None)
    if not strong and head not in WEAK_NOUNS and not anaphor:
        return None
    spot = any(t.lower == "spot" for t in tokens)
    if not spot and any(t.lower in NOT_A_PRICE for t in tokens[:-1]):
        return None
    owners = sentence.mentions_in(chunk.span, MentionType.ORGANISATION)
    if owners and head in ("contract", "contracts", "market"):
        return None
    if FORECAST_AFTER.match(sentence.analysis.text, tokens[-1].span.end):
        return None
    mentions = _across_bracket(sentence, chunk)
    priced = _priced(
        sentence,
        chunk,
        tokens[-1].span.end,
        mentions,
        used,
        named=strong or not anaphor,
        weak=not strong,
    )
    if not priced.commodities and priced.what is None:
        if head == "bullion":
            priced.what = tokens[-1].span
        elif head in OF_A_THING:
            priced.what = _modifier(sentence, tokens[:-1])
    if weak_alone(tokens):
        priced.benchmark = None
    return priced


def weak_alone(tokens: Sequence[Token]) -> bool:
    """ "The contract is up 13 %": the words name no quotation of their own."""
    return len(tokens) <= 2 and tokens[-1].lower in ("contract", "index", "benchmark", "market")


def _across_bracket(sentence: Sentence, chunk: Chunk) -> list[Mention]:
    """ "ammonium paratungstate (APT) prices": the thing stands before the bracket."""
    chunks, at = sentence.chunks, chunk.index - 1
    if at < 3 or chunks[at].kind is not Kind.CLOSE or chunks[at - 2].kind is not Kind.OPEN:
        return []
    whole = Span(chunks[at - 3].span.start, chunks[at].span.start)
    types = (MentionType.COMMODITY, MentionType.BENCHMARK)
    return [m for m in sentence.mentions_in(whole, *types) if not m.generic][:1]


def _modifier(sentence: Sentence, tokens: Sequence[Token]) -> Span | None:
    """What the words before "price" name: "[conversion] prices", "[server memory] prices"."""
    kept = [t for t in tokens if t.lower not in PLAIN and t.tag in (Tag.NOUN, Tag.NAME)]
    if not kept or kept[-1] is not tokens[-1]:
        return None
    types = (MentionType.COUNTRY, MentionType.PLACE, MentionType.ORGANISATION)
    text = sentence.analysis.text
    kept = [t for t in kept if not sentence.mentions_in(t.span, *types)]
    kept = [t for t in kept if not EXCHANGE.pattern.search(t.span.of(text))]
    return Span(kept[0].span.start, kept[-1].span.end) if kept else None


def _those(sentence: Sentence, chunk: Chunk, used: set[int]) -> Priced | None:
    """ "prices of A stood at X, with those of B at Y": "those" repeats the price."""
    if chunk.lower not in ("those", "that"):
        return None
    before = Span(sentence.span.start, chunk.span.start).of(sentence.analysis.text).lower()
    if not re.search(r"\b(?:prices?|premiums?|charges)\b", before):
        return None
    priced = _priced(sentence, chunk, chunk.span.end, [], used, named=True, weak=False)
    return priced if priced.commodities else None


def _it(sentence: Sentence, chunk: Chunk) -> Priced | None:
    """ "They have since sunk to $55 a kilogram": what the sentence before priced first."""
    if chunk.lower not in ("it", "they") or not sentence.index or not sentence.quantities:
        return None
    mine = [c for c in sentence.clauses if c.subject is not None and c.subject.chunk is chunk]
    if not mine or mine[0].chunk.lower.startswith("had "):
        return None  # what it had been is no price of the day
    before = sentence.analysis.sentences[sentence.index - 1]
    things = _once(before)
    if not things or len({m.entity for t in things for m in t.commodities}) != 1:
        return None
    thing = things[0]
    if not thing.commodities or thing.chunk.is_pronoun or not _is_first(before, thing):
        return None
    end = chunk.span.end
    return Priced(
        chunk=chunk,
        span=chunk.span,
        start=end,
        commodities=list(thing.commodities),
        benchmark=thing.benchmark,
        named=False,
    )


def _once(sentence: Sentence) -> tuple[Priced, ...]:
    """Return the priced things for reading alone: pronouns ask back, each through the one before.

    Without keeping them the work would double with each sentence that holds two pronouns.
    """
    kept = sentence.shared.get(__name__)
    if not isinstance(kept, tuple):
        kept = sentence.shared[__name__] = tuple(find_priced(sentence))
    return kept


def _is_first(sentence: Sentence, thing: Priced) -> bool:
    """Tell whether the thing is the subject of the first clause, so that a pronoun takes it up."""
    first = next((c for c in sentence.clauses if c.subject is not None), None)
    return (
        first is not None
        and first.subject is not None
        and first.subject.chunk.span.start <= thing.start
        and not sentence.mentions_in(first.subject.chunk.span, MentionType.ORGANISATION)
    )


def _priced(
    sentence: Sentence,
    chunk: Chunk,
    end: int,
    mentions: list[Mention],
    used: set[int],
    *,
    named: bool,
    weak: bool,
) -> Priced:
    used.add(chunk.index)
    start = after_time(sentence, chunk, first_word(sentence, chunk), mentions)
    known = bool(mentions)
    stop, what = _complements(sentence, chunk, mentions, used, named=named)
    if stop is not chunk:
        end = stop.span.end
    span = Span(start, max(end, chunk.span.start + 1))
    return Priced(
        chunk=chunk,
        span=span,
        start=end,
        commodities=_commodities(mentions),
        benchmark=_bracketed(sentence, stop) or _benchmark(sentence, span, mentions),
        named=named,
        weak=weak,
        what=None if known else what,
    )


def _complements(
    sentence: Sentence, chunk: Chunk, mentions: list[Mention], used: set[int], *, named: bool
) -> tuple[Chunk, Span | None]:
    """Take "of uranium", "for cobalt", "on the Shanghai Futures Exchange" into the subject.

    Returns the last phrase taken and, where no known thing is named, the words after "of".
    """
    chunks, last = sentence.chunks, chunk
    what: Span | None = None
    at = chunk.index + 1
    while at + 1 < len(chunks) and chunks[at].kind is Kind.PREP and chunks[at].lower in LINKS:
        noun = chunks[at + 1]
        if noun.kind is not Kind.NP or noun.is_date or noun.head is None:
            break
        if noun.head.tag is Tag.QUANTITY:
            break
        inside = sentence.mentions_in(noun.span, MentionType.COMMODITY, MentionType.BENCHMARK)
        where = EXCHANGE.pattern.search(noun.span.of(sentence.analysis.text)) or _place(
            sentence, noun
        )
        delivery = noun.lower.endswith(("delivery", "shipment"))
        if not named and not where and not delivery:
            break
        used.add(noun.index)
        last = noun
        if inside and not mentions:
            mentions.extend(inside)
            at, last = _conjuncts(sentence, at + 2, mentions, used, last)
            continue
        if (
            named
            and what is None
            and chunks[at].lower in ("of", "for")
            and not where
            and not delivery
        ):
            what = _without_article(noun)
        at += 2
    return last, what


def _without_article(chunk: Chunk) -> Span | None:
    words = [t for t in chunk.tokens if t.tag not in (Tag.DET, Tag.POSS)] or chunk.tokens
    if words[0].lower in ("metal", "material", "fuel", "product", "commodity", "ore", "products"):
        return None
    return Span(words[0].span.start, words[-1].span.end)


def _bracketed(sentence: Sentence, chunk: Chunk) -> Span | None:
    """ "Copper (LME 3M)": the quotation stands in brackets after the thing."""
    chunks, at = sentence.chunks, chunk.index + 1
    if at >= len(chunks) or chunks[at].kind is not Kind.OPEN:
        return None
    close = next((c for c in chunks[at:] if c.kind is Kind.CLOSE), None)
    if close is None:
        return None
    inside = Span(chunks[at].span.end, close.span.start)
    named = EXCHANGE.pattern.search(inside.of(sentence.analysis.text))
    return inside if named and named.end() < len(inside.of(sentence.analysis.text)) else None


def _place(sentence: Sentence, chunk: Chunk) -> bool:
    return bool(sentence.mentions_in(chunk.span, MentionType.COUNTRY, MentionType.PLACE))


def _conjuncts(
    sentence: Sentence, at: int, mentions: list[Mention], used: set[int], last: Chunk
) -> tuple[int, Chunk]:
    """ "prices of yttrium, erbium and holmium oxide": each is priced."""
    chunks = sentence.chunks
    while at + 1 < len(chunks) and chunks[at].kind in (Kind.CONJ, Kind.COMMA):
        noun = chunks[at + 1]
        inside = sentence.mentions_in(noun.span, MentionType.COMMODITY)
        after = chunks[at + 2].kind if at + 2 < len(chunks) else Kind.STOP
        if noun.kind is not Kind.NP or not inside:
            break
        if chunks[at].kind is Kind.COMMA and after not in (Kind.CONJ, Kind.COMMA, Kind.VP):
            break
        mentions.extend(inside)
        used.add(noun.index)
        last = noun
        at += 2
    return at, last


def _commodities(mentions: Sequence[Mention]) -> list[Mention]:
    chosen: dict[str, Mention] = {}
    for mention in mentions:
        chosen[mention.entity] = mention
    return list(chosen.values())


def _benchmark(
    sentence: Sentence, span: Span, mentions: Sequence[Mention]
) -> Span | Mention | None:
    known = [m for m in mentions if m.type is MentionType.BENCHMARK]
    if known:
        return known[-1]
    words = span.of(sentence.analysis.text)
    return span if QUOTED.search(words) or FREIGHT.search(words) else None
