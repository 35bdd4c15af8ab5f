"""Priced things: the noun phrases of a sentence of which a price is told.

Three kinds: a phrase whose head is a word of price ("spot price of uranium", "the premium"), a
named benchmark ("Brent", "LME zinc"), and a commodity that stands bare ("zinc gained 0.6%"). What
only bears a commodity's name ("copper stocks", "zinc output", "shares of Cameco") is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.frames.movements import direction_of
from lodewire.extraction.grammar.chunks import Chunk, Kind
from lodewire.extraction.grammar.tokens import Tag, Token
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType, QuantityKind

PRICE_NOUNS = frozenset(
    "price prices premium premiums futures quotation quotations quote quotes assessment "
    "assessments tc tcs tc/rc tc/rcs surcharge surcharges".split()
)
# Words that are a price only where the rest of the sentence says so.
_OF_A_THING = frozenset(("price", "prices", "quotation", "quotations"))
_WEAK_NOUNS = frozenset(
    "contract contracts index benchmark benchmarks fixing spread backwardation contango rate rates "
    "charge charges discount discounts indicator market payables payable baseload".split()
)
_FORMS = frozenset(
    "metal metals material ingot ingots concentrate concentrates cathode cathodes oxide carbonate "
    "hydroxide sulphate sulfate alloy powder fines lump sponge scrap crude fe basis grade cash spot "
    "three-month physical equivalent allowances permits cargoes swap swaps bullion".split()
)
_NOT_A_PRICE = frozenset(
    "share shares stock ticket interest exchange growth inflation tax utilisation utilization "
    "operating recovery consumer producer consumption house retail unemployment tariff duty freight-rate "
    "bond home property transfer purchase target job labour labor supply service equity sale "
    "mortgage insurance currency dollar rouble foreign-exchange success participation run".split()
)
_ANAPHORS = frozenset("metal contract fuel price prices commodity bullion".split())
_MOVE_NOUNS = frozenset(
    "rise rises fall falls drop drops increase increases decline declines gain gains jump surge "
    "slump slide rally plunge collapse spike rebound recovery dip correction crash uptick climb "
    "downturn upturn uptrend trend".split()
)
_TAKING = frozenset(
    "assess set put quote fix price leave keep hold peg bring take send drive push lift raise lower "
    "cut reduce hike increase boost drag weigh trim nudge pull slash calculate value peg offer "
    "agree settle pay double".split()
)
# Codes of data terminals stand after the name: "copper CMCU3", "antimony ANT-LON".
TERMINAL_CODE = re.compile(r"[A-Z]{2,}[A-Za-z]*\d(?:-\d)?|[A-Z]{2,}(?:-[A-Z0-9]+)+")
_FORECAST_AFTER = re.compile(
    r"\s(?:\([A-Z]+\)\s)?(?:forecasts?|projections?|estimates?|targets?|outlook|assumptions?|deck|"
    r"expectations?|volatility|rally|index|cap|caps|ceiling|floor)\b"
)
_PRICE_NAME = re.compile(r"\bprices?$", re.IGNORECASE)
_PLAIN = frozenset(
    "the a an spot average benchmark weekly daily monthly quarterly annual export import domestic "
    "official long-term term short-term current market cash contract selling list reference base "
    "physical forward front-month new last key main this that its their world global international "
    "local regional both most more higher lower high low record rising falling recent latest paid "
    "realised realized free floor basis fixed actual overall such these those no any all raw "
    "commodity commodities metal metals mineral minerals energy futures most-traded most-active "
    "active second third first nearby treatment refining processing tolling buyers buyer producers "
    "european asian african american atlantic pacific nordic baltic gulf middle eastern western "
    "duty-paid duty-unpaid delivered charter vessel vessels freight sea and / list see".split()
)
_OF = frozenset(("of", "for", "on", "in", "from"))
_NAMED = re.compile(
    r"\b(?:LME|SHFE|ShFE|COMEX|Comex|CME|GFEX|GFE|INE|ICE|SGX|DCE|NYMEX|Nymex|TTF|JKM|NBP|London|"
    r"Shanghai|Guangzhou|Dalian|Singapore|Exchange|[Pp]remiums?|[Bb]enchmarks?|contracts?|futures|"
    r"[Ss]pot|index|Midwest|Rotterdam|CIF|FOB|c\.?i\.?f|f\.?o\.?b|[Cc]harges?|TCs?|[Cc]ash|"
    r"[Rr]eference|[Ll]ist|[Ss]elling|[Dd]iscounts?|[Ll]ong-term|[Tt]erm|rates?|[Ii]ndicator|"
    r"[Rr]eali[sz]ed|[Tt]hree-month|[Aa]uction|[Ww]holesale|[Pp]ayables?|[Cc]onversion|enrichment|"
    r"day-ahead|[Bb]aseload|[Aa]llowances|contract price)\b"
)
EXCHANGE = re.compile(
    r"\b(?:LME|London Metal Exchange|SHFE|ShFE|Shanghai Futures Exchange|COMEX|Comex|CME|NYMEX|"
    r"Guangzhou Futures Exchange|GFEX|GFE|Dalian Commodity Exchange|DCE|Singapore Exchange|SGX|ICE|"
    r"London|Shanghai|Rotterdam|Dalian)\b"
)


@dataclass(slots=True)
class Priced:
    """A priced thing. ``named`` tells that its own words say that it is a price.

    ``start`` is where the reading of figures begins; ``moved`` a movement that stands before the
    thing ("a fall in copper prices", "TradeTech lowered its indicator").
    """

    chunk: Chunk
    span: Span
    start: int
    commodities: list[Mention]
    benchmark: Span | Mention | None
    named: bool
    weak: bool = False
    what: Span | None = None
    moved: Span | None = None


def find_priced(sentence: Sentence) -> list[Priced]:
    """Return the priced things of the sentence, in order; coordinated ones share what follows."""
    found: list[Priced] = []
    used: set[int] = set()
    for chunk in sentence.chunks:
        if chunk.kind is not Kind.NP or chunk.index in used or chunk.is_date:
            continue
        priced = _read(sentence, chunk, used)
        if priced is not None and _stands_free(sentence, priced):
            found.append(priced)
    return found


def _read(sentence: Sentence, chunk: Chunk, used: set[int]) -> Priced | None:
    mentions = [
        m
        for m in sentence.mentions_in(chunk.span, MentionType.COMMODITY, MentionType.BENCHMARK)
        if not m.generic
    ]
    if chunk.is_pronoun:
        return _those(sentence, chunk, used)
    if mentions:
        return _with_mention(sentence, chunk, mentions, used)
    return _by_noun(sentence, chunk, used)


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
        if not TERMINAL_CODE.fullmatch(token.text):
            tail.append(token)
    head = tail[-1].lower if tail else ""
    named = quoted or head in PRICE_NOUNS or head in _WEAK_NOUNS or _PRICE_NAME.search(last.text)
    if tail and not head_is_price(head) and not all(t.lower in _FORMS for t in tail):
        return None
    if not named and _determined(chunk) and not _for_delivery(sentence, chunk):
        return None
    end = tail[-1].span.end if tail else last.span.end
    if _FORECAST_AFTER.match(sentence.analysis.text, end):
        return None
    weak = head in _WEAK_NOUNS and not quoted
    return _priced(sentence, chunk, end, list(mentions), used, named=bool(named), weak=weak)


def _for_delivery(sentence: Sentence, chunk: Chunk) -> bool:
    rest = sentence.analysis.text[chunk.span.end : chunk.span.end + 40]
    return re.match(r"\sfor [\w-]+ (?:delivery|loading|shipment)\b", rest) is not None


def head_is_price(word: str) -> bool:
    """Tell whether a phrase with this head is of a price, if the rest of the sentence allows."""
    return word in PRICE_NOUNS or word in _WEAK_NOUNS


def _determined(chunk: Chunk) -> bool:
    """ "The copper" lies in a yard; "copper" has a price."""
    first = chunk.tokens[0]
    return first.tag is Tag.DET or first.lower in ("more", "some", "enough", "less", "fresh")


def _by_noun(sentence: Sentence, chunk: Chunk, used: set[int]) -> Priced | None:
    tokens = [t for t in chunk.tokens if t.tag not in (Tag.QUANTITY, Tag.DATE)]
    while tokens and (direction_of(tokens[-1].lower) or tokens[-1].tag is Tag.ADVERB):
        tokens.pop()
    if not tokens:
        return None
    head = tokens[-1].lower
    strong = head in PRICE_NOUNS
    anaphor = head in _ANAPHORS and len(tokens) <= 2 and tokens[0].lower in ("the", head)
    if not strong and head not in _WEAK_NOUNS and not anaphor:
        return None
    if any(t.lower in _NOT_A_PRICE for t in tokens[:-1]):
        return None
    owners = sentence.mentions_in(chunk.span, MentionType.ORGANISATION)
    if owners and head in ("contract", "contracts", "market"):
        return None
    if _FORECAST_AFTER.match(sentence.analysis.text, tokens[-1].span.end):
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
        elif head in _OF_A_THING:
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
    kept = [t for t in tokens if t.lower not in _PLAIN and t.tag in (Tag.NOUN, Tag.NAME)]
    if not kept or kept[-1] is not tokens[-1]:
        return None
    types = (MentionType.COUNTRY, MentionType.PLACE, MentionType.ORGANISATION)
    text = sentence.analysis.text
    kept = [t for t in kept if not sentence.mentions_in(t.span, *types)]
    kept = [t for t in kept if not EXCHANGE.search(t.span.of(text))]
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
    start = _first_word(sentence, chunk)
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
    while at + 1 < len(chunks) and chunks[at].kind is Kind.PREP and chunks[at].lower in _OF:
        noun = chunks[at + 1]
        if noun.kind is not Kind.NP or noun.is_date or noun.head is None:
            break
        if noun.head.tag is Tag.QUANTITY:
            break
        inside = sentence.mentions_in(noun.span, MentionType.COMMODITY, MentionType.BENCHMARK)
        where = EXCHANGE.search(noun.span.of(sentence.analysis.text)) or _place(sentence, noun)
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
    named = EXCHANGE.search(inside.of(sentence.analysis.text))
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


def _first_word(sentence: Sentence, chunk: Chunk) -> int:
    """Where the phrase begins, with what stands before a date: "the most-traded May contract"."""
    first = chunk
    before = sentence.chunks[chunk.index - 1] if chunk.index else None
    if before is not None and before.lower in ("realized", "realised"):
        return before.span.start
    while first.index and _joins(sentence.chunks[first.index - 1], first):
        first = sentence.chunks[first.index - 1]
    tokens = [t for t in first.tokens if t.tag not in (Tag.DET, Tag.POSS)] or first.tokens
    return _skip_possessor(first, tokens).span.start


def _skip_possessor(chunk: Chunk, tokens: Sequence[Token]) -> Token:
    return tokens[0] if tokens[0].lower not in ("its", "their") else (tokens[1:] or tokens)[0]


def _joins(left: Chunk, right: Chunk) -> bool:
    if left.kind is not Kind.NP or left.is_pronoun:
        return False
    return right.is_date or (left.is_date and len(right.tokens) > 1)


def _benchmark(
    sentence: Sentence, span: Span, mentions: Sequence[Mention]
) -> Span | Mention | None:
    known = [m for m in mentions if m.type is MentionType.BENCHMARK]
    if known:
        return known[-1]
    words = span.of(sentence.analysis.text)
    return span if _NAMED.search(words) else None


def _stands_free(sentence: Sentence, priced: Priced) -> bool:
    """Tell whether the phrase can be what a price is told of, by what stands around it."""
    before = _previous(sentence, priced.span.start)
    if before is not None and before.kind is Kind.OPEN:
        return False
    if not priced.named and not _opens_a_telling(sentence, priced):
        return False
    if before is None or before.kind in (Kind.COMMA, Kind.BREAK, Kind.CONJ, Kind.SUB, Kind.QUOTE):
        return True
    if before.kind is Kind.VP:
        return _after_verb(sentence, priced, before)
    if before.kind is Kind.PREP:
        return _after_preposition(sentence, priced, before)
    return before.kind is not Kind.NP or before.is_date or priced.named


_TELLING_PREPS = frozenset(("up", "down", "at", "to", "off"))


def _opens_a_telling(sentence: Sentence, priced: Priced) -> bool:
    """A bare commodity must lead to a verb or a figure: "tin climbed", "lead 0.9% to $2,057"."""
    rest = [c for c in sentence.chunks if c.span.start >= priced.start]
    while rest and rest[0].kind in (Kind.ADVERB, Kind.CONJ, Kind.COMMA):
        if rest[0].kind is not Kind.ADVERB:
            return _coordinated(sentence, rest[1:]) or _has_aside(sentence, priced)
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
    if group.lemma in _TAKING and (priced.named or not group.infinitive):
        if direction_of(group.main.lower) in ("up", "down"):
            priced.moved = group.main.span
        return True
    if group.lemma in ("realize", "realise", "contract", "sell"):
        return priced.named
    return group.lemma in ("say", "show", "tell", "note", "report", "add", "write")


def _after_preposition(sentence: Sentence, priced: Priced, prep: Chunk) -> bool:
    word = prep.lower
    governor = sentence.chunks[prep.index - 1] if prep.index else None
    if word in ("for", "at", "on") and governor is not None and _leads_to_price(sentence, priced):
        return priced.named and "discount" not in priced.span.of(sentence.analysis.text)
    if _opens_relative(sentence, priced):
        return priced.named
    if word in ("with", "as", "while", "after", "because"):
        return True
    if governor is None or governor.kind is Kind.COMMA:
        return False  # "In lead, supply …" speaks of the lead market only
    if governor.kind is Kind.NP:
        head = governor.head.lower if governor.head is not None else ""
        moves = [t for t in governor.tokens if t.lower in _MOVE_NOUNS]
        if word == "of" and head in ("close", "settlement", "value"):
            return True
        if word in ("in", "of") and (head in _MOVE_NOUNS or moves):
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


def market_of(sentence: Sentence, priced: Sequence[Priced]) -> Iterator[Span | None]:
    """Yield for each priced thing the exchange that it shares with the one before it.

    "LME aluminium shed 0.4%, nickel was softer": nickel's exchange is the LME's too.
    """
    text = sentence.analysis.text
    current: Span | None = None
    if priced:
        lead = EXCHANGE.search(text, sentence.span.start, priced[0].span.start)
        current = Span(lead.start(), lead.end()) if lead is not None else None
    for thing in priced:
        own = EXCHANGE.search(text, thing.span.start, thing.start)
        if own is not None:
            current = Span(own.start(), own.end())
            yield None
        elif isinstance(thing.benchmark, Mention):
            current = None
            yield None
        else:
            yield current
