"""Words of forecasting: verbs of expecting, nouns of forecasts, and what may be forecast."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.frames.movements import direction_of
from lodewire.extraction.grammar.chunks import Chunk, Kind
from lodewire.extraction.grammar.sieve import sought
from lodewire.extraction.grammar.tokens import Tag
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType

EXPECTING = frozenset(
    "expect forecast predict project see anticipate estimate reckon foresee believe think calculate "
    "envisage assume envision pencil tip guide budget model".split()
)
TARGETING = frozenset("target want aim".split())
SAYING = EXPECTING | frozenset(
    "say tell warn write add suggest argue note state report conclude".split()
)
# What is done to a forecast: "raised", "cut", "kept", "put".
OUTLOOK_VERBS = frozenset(
    "raise lift cut lower trim keep leave maintain revise hike boost increase reduce nudge slash "
    "downgrade upgrade set put give issue publish reiterate retain up bump pare hold be stand "
    "reaffirm repeat have produce return yield show imply narrow withdraw update confirm lay see "
    "adhere cling stand stick suggest offer provide release".split()
)
FORECAST_NOUN = sought(
    r"\b(?:(?:price |output |demand |production |supply )?(?:forecasts?|projections?|estimates?|"
    r"outlooks?|predictions?|price targets?|guidance|consensus|price decks?)|"
    r"(?<=its )calls?|(?<=their )calls?)\b(?! (?:that|of experts|for (?:an?|the) )|"
    r" (?:of|for) (?:the |its |a )?(?:[\w-]+ ){0,3}(?:resources?|reserves?))(?!\W{1,3}resource)",
    re.IGNORECASE,
)
LIKELY = re.compile(
    r"\s(?:most |very |more |also |still )?(?:likely|poised|set|due|bound|slated|tipped) to\b"
    r"|\s(?:heading|headed|on (?:track|course)) (?:for|towards?)\b|\sheading into\b|"
    r"\s(?:looking at|calling for|on (?:track|course) to)\b"
)
ANALYSTS = re.compile(
    r"\b(?:(?:\w+ )?analysts?|traders?|economists?|brokers?|strategists?|market participants|"
    r"industry participants|consumers|producers|the government|officials|sources?|forecasters|"
    r"researchers|industry (?:sources|executives|body)|experts|the (?:agency|bank|commission|group|"
    r"ministry|report|institute|association|department|broker|brokerage|consultancy|cartel))\b",
    re.IGNORECASE,
)
# Whom a sentence may give as its forecaster without making them say anything.
FORECASTERS = sought(
    r"\b(?:(?:\w+ )?analysts|economists|forecasters|strategists|brokers)\b", re.IGNORECASE
)
HINT = sought(
    r"\b(?:expect\w*|forecast\w*|predict\w*|project(?:s|ed|ions?|ing)?|see[ns]?|saw|anticipat\w+|"
    r"reckon\w*|estimat\w+|target\w*|believ\w+|think\w*|foresee\w*|outlook|will|would|could|may|"
    r"might|should|likely|puts?|aims?|wants?|on the cards|poised|set to|calculat\w+|assum\w+|"
    r"pegs?|pegged|pencil\w*|guid(?:ed|es|ing|ance)|budgeted|tip(?:s|ped)|head(?:ing|ed)|on track|"
    r"on course|calling for|looking at|need\w*|ha(?:s|ve)|consensus|envision\w*|model\w*|shall|due to|"
    r"bound to|slated|looms|looming)\b",
    re.IGNORECASE,
)
STUDY = sought(r"\b(?:study|plan|model|PEA|PFS|DFS)\b")
_BALANCES = frozenset(
    "deficit deficits surplus surpluses shortfall shortfalls shortage shortages gap glut overhang "
    "oversupply undersupply overcapacity imbalance squeeze".split()
)
_VARIABLES = _BALANCES | frozenset(
    "price prices premium premiums output production demand supply supplies consumption usage use "
    "exports imports sales cost costs capacity inventories inventory stocks growth trade shipments "
    "investment market spending capex payables rates charges revenue revenues balance "
    "destruction costs deliveries smelting refining capacity offtake needs requirements requirement "
    "registrations installations additions intake throughput generation earnings AISC capex "
    "expenditure expenditures spend outlay outlays ASP burn orders loadings burden aisc asp "
    "benchmark gauge index average averages futures level levels volumes "
    "adoption purchases buying arrivals receipts margins margin ebitda".split()
)
_MOVES = frozenset(
    "rise fall drop increase decline gain jump growth recovery rebound slump trend downtrend "
    "uptrend dip correction slowdown improvement".split()
)
_NOT_VARIABLE = frozenset(
    "share shares stock joint free exchange interest job jobs control target quality".split()
)
_LINKS = frozenset(("of", "for", "in", "from", "at"))


def variables_in(
    sentence: Sentence, span: Span, *, balances: bool = False, priced: bool = False
) -> Iterator[Span]:
    """Yield the phrases in ``span`` that name something that can be forecast, in order.

    ``balances`` asks for a deficit, a surplus and the like only; ``priced`` also takes a bare
    commodity or benchmark, as in "expects Brent to average $55".
    """
    used = -1
    for chunk in sentence.chunks:
        if chunk.kind is not Kind.NP or chunk.index <= used or not span.overlaps(chunk.span):
            continue
        if chunk.span.start < span.start or chunk.is_date or chunk.is_pronoun:
            continue
        found = _variable(sentence, chunk, balances=balances, priced=priced)
        if found is not None:
            last, phrase = found
            used = last
            yield phrase


def _variable(
    sentence: Sentence, chunk: Chunk, *, balances: bool, priced: bool
) -> tuple[int, Span] | None:
    words = [t for t in chunk.tokens if t.tag not in (Tag.QUANTITY, Tag.DATE, Tag.ADVERB)]
    while words and words[-1].lower not in _VARIABLES | _MOVES and direction_of(words[-1].lower):
        words.pop()
    if not words:
        return None
    head = words[-1].lower
    wanted = _BALANCES if balances else _VARIABLES
    if any(t.lower in _NOT_VARIABLE for t in words):
        return None
    known = head in wanted or words[-1].lower.endswith(("prices", "price"))
    if not known and not (priced and _is_priced(sentence, chunk)):
        return None
    if balances and not known:
        return None
    while len(words) > 1 and words[1].tag is Tag.POSS:
        words = words[2:] or words[-1:]  # "this [year's] global oil demand"
    start = next((t for t in words if t.tag not in (Tag.DET, Tag.POSS)), words[0]).span.start
    last, end = _links(sentence, chunk, words[-1].span.end)
    return last, Span(start, max(end, start + 1))


def _is_priced(sentence: Sentence, chunk: Chunk) -> bool:
    found = sentence.mentions_in(chunk.span, MentionType.COMMODITY, MentionType.BENCHMARK)
    return bool(found) and found[-1].span.end >= chunk.span.end - 12


def _links(sentence: Sentence, chunk: Chunk, end: int) -> tuple[int, int]:
    """Take "for graphite and nickel", "of base metals" into the phrase."""
    chunks, at, last = sentence.chunks, chunk.index + 1, chunk.index
    if chunk.tokens[-1].span.end != end:
        return last, end
    while at + 1 < len(chunks) and chunks[at].kind is Kind.PREP and chunks[at].lower in _LINKS:
        noun = chunks[at + 1]
        figure = noun.head is not None and noun.head.tag in (Tag.QUANTITY, Tag.DATE)
        if noun.kind is not Kind.NP or figure:
            break
        last, end = noun.index, noun.span.end
        at += 2
        named = sentence.mentions_in(noun.span, MentionType.COMMODITY)
        while named and at + 1 < len(chunks) and chunks[at].kind is Kind.CONJ:
            if not sentence.mentions_in(chunks[at + 1].span, MentionType.COMMODITY):
                break
            last, end = chunks[at + 1].index, chunks[at + 1].span.end
            at += 2
    return last, end


def moved_noun(sentence: Sentence, chunk: Chunk) -> tuple[Span, Span | None] | None:
    """ "a downward trend in prices": the movement, and what moves; None for other phrases."""
    words = [t for t in chunk.tokens if t.tag not in (Tag.QUANTITY, Tag.DATE, Tag.DET, Tag.POSS)]
    if not words or words[-1].lower not in _MOVES:
        return None
    moved = Span(words[0].span.start, words[-1].span.end)
    chunks, at = sentence.chunks, chunk.index + 1
    if at + 1 < len(chunks) and chunks[at].lower in ("in", "of") and chunks[at + 1].kind is Kind.NP:
        noun = chunks[at + 1]
        figure = noun.head is not None and noun.head.tag in (Tag.QUANTITY, Tag.DATE)
        if not figure:
            start = next((t for t in noun.tokens if t.tag is not Tag.DET), noun.tokens[0])
            _, end = _links(sentence, noun, noun.span.end)
            return moved, Span(start.span.start, end)
    return moved, None
