"""Words for charges on imports, and sentences that go on with the rates of one told before."""

from __future__ import annotations

import re

from lodewire.extraction.analysis import Analysis, Sentence
from lodewire.extraction.frames import measures
from lodewire.extraction.frames.rates import find_rates, is_row
from lodewire.extraction.grammar.sieve import any_of, sought
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType, QuantityKind

_NOUN = sought(
    r"\b(?:(?:import|customs|anti-dumping|antidumping|countervailing|anti-subsidy|safeguard|"
    r"retaliatory|reciprocal|punitive|provisional|additional|definitive|Section \d{3}|tariff|"
    r"ad valorem|basic|cash)\s)*"
    r"(?:(?:counter-?)?tariffs?|dut(?:y|ies)|levy|levies|import (?:tax(?:es)?|charges?)|border tax(?:es)?|"
    r"sur(?:charge|tax)(?:es|s)?|(?:provisional|cash) deposits?|countermeasures(?= (?:on|against))|"
    r"(?:anti-dumping|antidumping|countervailing|anti-subsidy|safeguard) (?:measures|deposits?|rates?|charges?)|"
    r"(?:dumping|subsidy) (?:margins?|rates?)|"
    r"tax(?:es)?(?=(?: of (?:up to )?[\d.]+ ?(?:%|per ?cent))? on [^.;,]{0,60}?\b(?:imported|imports|built in|made in|from|foreign)\b))\b",
    re.IGNORECASE,
)


_NO_TARIFF = re.compile(
    r"\b(?:feed-in|electricity|power|water|grid|network|gas|transport|export|excise|stamp|fuel|"
    r"heavy|medium|light|off|on|tariff-free|duty-free|duty-paid|duty-unpaid|carbon|a|have|fiduciary|"
    r"the|of|its|his|windfall|training|skills|royalty|profit|sales|community|production|state)\s*$",
    re.IGNORECASE,
)


_BARE = frozenset(("a", "the", "of", "on", "off", "have", "its", "his"))


_NOT_AFTER = re.compile(
    r"\s(?:(?:[\w%.-]+\s){0,8}?(?:on|of|for)\s(?:[\w-]+\s){0,3}(?:exports?|overseas sales|sales abroad|outbound)\b|"
    r"free\b|(?:un)?paid\b|"
    r"(?:to|not to)\s(?!nil|zero|\w+ per)[a-z]+|of care\b|cycle|trucks?|vehicles?)",
    re.IGNORECASE,
)


_HEADS = re.compile(r"(?:dut(?:y|ies)|levy|levies)$", re.IGNORECASE)


_IMPORTED = sought(
    r"\b(?:imports?|imported|importers|entering|arriving in|coming into|reaching|shipped into|brought into|landed in|customs|"
    r"(?:at|on arrival at|when they reach) (?:the )?(?:\w+ )?(?:border|ports))\b",
    re.IGNORECASE,
)


# "Chinese EVs will be taxed at 100 %": goods of a country, not its people or profits.
_TAXED = sought(
    r"\b(?:Chinese|Indian|Russian|Canadian|Mexican|Brazilian|European|Japanese|Korean|American|US|"
    r"Vietnamese|Thai|Turkish|British|Malaysian|Indonesian)\b(?: [\w-]+){1,6} (?:be|is|are) taxed at\b|"
    r"\b(?:tax|taxes|taxed|charge|charges|charged)\s(?:\w+\s){0,2}?[A-Z]\w+(?:an|ese|ish|ian)\s(?:[\w-]+\s){1,5}at\s"
)


# Rates of a duty on exports, and moves of prices, go on with no tariff.
_ELSEWHERE = sought(
    r"\b(?:exports? (?:tax|dut|lev)|overseas sales|sales abroad|leave the country|LME|SHFE|COMEX|futures|"
    r"softer|firmer|on the (?:day|week)|a (?:ton|tonne|barrel|pound|ounce) (?:to|at|on))",
)


STEMS = any_of(
    (
        "tariff",
        "dut",
        "lev",
        "import tax",
        "import charge",
        "border tax",
        "surcharge",
        "surtax",
        "dumping",
        "safeguard",
        "deposit",
        "countermeasure",
        "countervailing",
        "subsidy rate",
        "subsidy margin",
        "tax on",
        "taxes on",
        "tax of",
    )
)


def tariff_nouns(sentence: Sentence) -> list[Span]:
    """Words for charges on imports; duties of other kinds, and plain duty, are left out."""
    known = sentence.shared.get("tariff:nouns")
    if isinstance(known, list):
        return known
    text = sentence.analysis.text
    found: list[Span] = []
    sentence.shared["tariff:nouns"] = found
    if not sentence.may_hold(STEMS):
        return found
    for match in sentence.locate_all(_NOUN):
        before = _NO_TARIFF.search(text, sentence.span.start, match.start())
        plain = before is not None and before.group().strip().lower() in _BARE
        if plain and re.match(
            r"\s(?:on|of \d|for|at \d|to \d)\s?", text[match.end() : match.end() + 6]
        ):
            before = None  # "its duty on electric bikes"
        single = " " not in match.group() and _HEADS.search(match.group()) is not None
        if (
            before is not None
            and not (plain and not single)
            and not (plain and _is_trade(sentence))
        ):
            continue
        if _NOT_AFTER.match(text, match.end()):
            continue
        found.append(Span(match.start(), match.end()))
    return found


def _is_trade(sentence: Sentence) -> bool:
    return bool(
        re.search(r"\b(?:import\w*|dump\w*|tariffs?|customs|trade|goods)\b", sentence.text)
        or sentence.mentions_in(sentence.span, MentionType.COMMODITY, MentionType.PRODUCT)
    )


def goes_on(sentence: Sentence) -> int:
    """2 where one of the three sentences before states a tariff's rate, 1 within twelve, else 0."""
    if sentence.find(_ELSEWHERE):
        return 0
    if sentence.find(_IMPORTED) or sentence.find(_TAXED):
        return 1  # "imports … will be taxed at 50 %" needs no other word
    if _row(sentence):
        return 2 * _heads_table(sentence)
    main = _is_main(sentence.analysis)
    for back in range(1, 13):
        if back > sentence.index:
            break
        before = sentence.analysis.sentences[sentence.index - back]
        opens = _opens(before)
        if opens == 2 or (main and tariff_nouns(before)):
            return 2 if back <= (8 if main else 3) else 1
        if back <= 3 and opens:
            return 1
    return 0


def _is_main(analysis: Analysis) -> bool:
    """Tell whether the text is about tariffs: its headline says so, or three of its sentences."""
    first = analysis.sentences[0]
    known = first.shared.get("tariff:main")
    if not isinstance(known, bool):
        some = [s for s in analysis.sentences[:12] if tariff_nouns(s)]
        known = len(some) >= 3 or first in some
        first.shared["tariff:main"] = known
    return known


def _row(sentence: Sentence) -> bool:
    """Tell whether the sentence is a row of a table with one rate."""
    found = [q for q in sentence.quantities if q.kind is QuantityKind.PERCENT]
    return len(found) == 1 and is_row(sentence, found[0])


def _heads_table(sentence: Sentence) -> bool:
    """Tell whether one of the three sentences above a table's rows tells of a tariff."""
    seen = 0
    for back in range(1, min(30, sentence.index) + 1):
        before = sentence.analysis.sentences[sentence.index - back]
        if _row(before):
            continue
        seen += 1
        if _opens(before):
            return True
        if seen == 3:
            break
    return False


def _opens(sentence: Sentence) -> int:
    """2 where the sentence states a tariff's rate, 1 where it tells of a tariff, else 0."""
    known = sentence.shared.get("tariff:opens")
    if isinstance(known, int):
        return known
    nouns = tariff_nouns(sentence)
    told = any(measures.is_told(sentence, n) for n in nouns)
    opens = 2 if find_rates(sentence, nouns, 0) else int(told)
    sentence.shared["tariff:opens"] = opens
    return opens
