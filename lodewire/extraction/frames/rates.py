"""Rates of duty: which percentages of a sentence are what a tariff charges."""

from __future__ import annotations

import re

from lodewire.extraction.analysis import Sentence
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import QuantityKind

_RATE_VERBS = frozenset(
    "charge pay face attract impose levy set raise hike double triple quadruple lift increase cut "
    "lower reduce slap hit apply fix draw carry incur bear come place put introduce announce tax "
    "range reintroduce subject recommend propose threaten sign order go rise fall remain stand be "
    "collect amount vary drop slash bring move await run triple treble quadruple vote halve assign "
    "determine calculate find match respond reply retaliate answer demand agree accept".split()
)
# Between a noun of duty and its rate: "duty of", "tariffs on steel and aluminium of up to", "to".
_LINK = re.compile(
    r"(?:\bof|\bat|\bto|\bbe|\bis|\bare|\bwas|\bwere|\bbetween|\bfrom|:|\(|\bby|\bas high as|"
    r"\btwofold,|\bset at|\brate|\bover|\bas much as|\btotall?ing|\bbeing|,|\bor|\band)"
    r"(?:\s(?:up to|as much as|nearly|about|around|a|an|the|more than|at least|between|from|some|"
    r"rates? (?:of|ranging from)|ranging from|effectively|currently|now|roughly|ad valorem))*\s?$",
    re.IGNORECASE,
)
_ADJECTIVES = re.compile(
    r"^(?:[\s-](?!(?:of|in|on|to|from|by|and|for|at|as|with|will|would|has|is|was|since|after|"
    r"share|stake|rise|drop|more|less|higher|lower|increase|decrease|cut)\b)[\w’'-]+){0,4}[\s-]$",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"\b(?:rose|risen|rises?|fell|fall(?:s|en)?|up|down|climb\w*|plung\w+|tumbl\w+|drop\w*|gain\w*|"
    r"jump\w*|surg\w+|slid|slump\w*|soar\w*|los[et]|lost|shed|account\w*|share|stake|owns|grew|"
    r"grown|growth|decline\w*|dipped|eased|advanc\w+|shrank|sank|ended|prices?|premiums?|"
    r"shares|futures|stocks|output|production|exports (?:to|rose|fell)|demand|below|above|"
    r"inflation|represent\w*|cooperat\w+ at)\b(?:\s[\w-]+){0,3}\s$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s(?:of (?!duty|tariff|the value|their value|cif|ad valorem)|more\b|less\b|higher\b|lower\b|"
    r"above\b|below\b|stake\b|share\b|to \$|owned\b|complete|drop\b|rise\b|jump\b|fall\b|increase\b|"
    r"decline\b|discount\b|year[- ]on[- ]year|on the (?:week|day|month|year)|purity|pure\b)",
    re.IGNORECASE,
)
_OLD = re.compile(
    r"(?:\b(?:previously|formerly|currently|instead of|compared with|as against|rather than|"
    r"replac\w+|in place of|originally|hitherto)\s(?:a\s|an\s|the\s)?(?:\w+\s)?"
    r"|\b(?:cut|slashed|reduced|lowered|down|raised|hiked|up|increased|quintupled|doubled)\sfrom\s"
    r"|(?:%|per ?cent|percent|\bnil|\bzero)[\s,]+(?:up\s|down\s)?from\s(?:the\s)?"
    r"(?:current\s|existing\s|previous\s)?(?:about\s)?)$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom\s(?:the\s|a\s)?(?:current\s|existing\s|previous\s)?$", re.IGNORECASE)
_MEMBER = re.compile(r"^\s?(?:for|on|to|,|and|;)?[^.%]{0,90}$", re.IGNORECASE)
_GOES_ON = frozenset(
    "charge pay face attract draw carry incur bear hit come apply levy demand impose slap set fix "
    "assign stay".split()
)
_CHARGING = frozenset("charge attract levy pay face".split())
# "liable to an extra 25 %", "its own rate on cars to 100 %": the words right before a rate.
_CHARGED_AT = re.compile(
    r"\b(?:liable to|subject to|hit with|slapped with|charged|taxed (?:at|by)|penali[sz]ed)\s"
    r"(?:an?\s|the\s)?(?:extra\s|additional\s|further\s|added\s|flat\s|same\s|up to\s|\w+\s)?$"
    r"|\b(?:tax|taxes|taxed|charge|charges|charged)\b[^.;,]{3,60}\bat\s(?:up to\s)?$"
    r"|\b(?:on top of|in for)\s(?:the\s|an?\s)?(?:extra\s|further\s)?$"
    r"|\b(?:rates?|brackets?|margins?)\b[^.;]{0,40}\b(?:namely|from|between|at|were|was|are|is)\s(?:set at\s)?$"
    r"|\brates?\b[^.;,]{0,50}\bto\s$|\brates? of\s(?:[\w-]+\s){0,2}$|\battracts?\s$",
    re.IGNORECASE,
)
# "puts 25% on steel", "14.3% for Jiangsu Alcha": close by a tariff that was told.
_ON_GOODS = re.compile(
    r"\s(?:on|for)\s(?!the (?:year|month|week|day|quarter)|year|average|a |an )\S"
)
# "carry a 50 percent charge", "attract a 10 % penalty"
_AS_CHARGE = re.compile(
    r"\s(?:extra\s|import\s|border\s)?(?:charge|tax|penalty|fee)\b", re.IGNORECASE
)
_CARRIED = re.compile(
    r"\b(?:carr(?:y|ies)|attracts?|face|faces|pay|pays|bear|bears|incur)\s(?:an?\s|the\s)?$"
)
_PRICED = re.compile(
    r"\b(?:prices?|premiums?|shares?|output|production|demand|margin|stake|discount|inflation|earnings|profits?|"
    r"sales|capacity|grade|growth|costs?|yield|rise|fall|increase|decline|drop|target|forecast\w*)\b[^.;,]*$",
    re.IGNORECASE,
)
# A row of a table of rates: "Geely ....... 18.8%", "Year I (from April) - 12 per cent".
_ROW = re.compile(r"[•*–-]?\s?[A-Z0-9][^;%]{0,90}?(?:\s?[.:|–—-]+|\t|\s\s)\s?$")
_EFFECT_OF = re.compile(
    r"\b(?:imports?|exports?|costs?|output|growth|gdp|demand|sales|shipments|profits?|earnings)\b"
    r"[^.;,]{0,25}\bby\s(?:\w+\s){0,2}$",
    re.IGNORECASE,
)
_RATE_WORD = re.compile(r"\b(?:rates?|charges?|taxed|dutiable)\b", re.IGNORECASE)


def find_rates(sentence: Sentence, nouns: list[Span], goes_on: int) -> list[Quantity]:
    """Return the rates of the sentence in order, each value once.

    ``nouns`` are its words for tariffs. ``goes_on`` lets a sentence without one continue a list
    of rates that earlier sentences opened ("BYD faces 17 %"): 2 close by, 1 further off, 0 never.
    """
    found: list[Quantity] = []
    if not nouns and not goes_on:
        return found
    kinds = (QuantityKind.PERCENT, QuantityKind.PRICE)
    for quantity in sentence.quantities_in(sentence.span, *kinds):
        if quantity.kind is QuantityKind.PRICE and not _is_specific(sentence, quantity, nouns):
            continue
        if _is_excluded(sentence, quantity, nouns):
            continue
        tied = any(_tied(sentence, quantity, n) for n in nouns)
        if not tied and found:
            tied = _in_list(sentence, found[-1], quantity)
        if not tied and goes_on:
            tied = _continues(sentence, quantity, _GOES_ON if goes_on > 1 else _CHARGING)
        if tied and not any(_same(quantity, known) for known in found):
            found.append(quantity)
    return found


def _same(left: Quantity, right: Quantity) -> bool:
    return left.bounds == right.bounds and left.unit == right.unit


def _is_specific(sentence: Sentence, quantity: Quantity, nouns: list[Span]) -> bool:
    """ "a duty of $232 a tonne": a sum by weight, right beside the noun."""
    text = sentence.analysis.text
    for noun in nouns:
        if noun.end <= quantity.span.start:
            between = text[noun.end : quantity.span.start]
            if re.fullmatch(r"\s(?:rate\s)?(?:of|at)\s(?:[\w-]+\s){0,3}", between):
                return True
            if re.search(r"[a-z],? at\s(?:up to\s)?$", between) and "price" not in sentence.text:
                return True
        elif _ADJECTIVES.match(text[quantity.span.end : noun.start]):
            return True
    return False


_PAYS_MORE = re.compile(r"\b(?:pay|pays|paid|face|faces|charged)\s(?:an? )?(?:extra )?%\smore\b")


def _is_excluded(sentence: Sentence, quantity: Quantity, nouns: list[Span]) -> bool:
    text, start = sentence.analysis.text, sentence.span.start
    before = text[max(start, quantity.span.start - 60) : quantity.span.start]
    after = text[quantity.span.end : quantity.span.end + 30]
    if (
        _OLD.search(before)
        or (_AFTER.match(after) and not _PAYS_MORE.search(before + "%" + after))
        or _EFFECT_OF.search(before)
    ):
        return True
    if _FROM.search(before) and re.match(r"\s*,?\s*to\b", after):
        return True
    moved = _MOVED.search(before)
    if moved is None:
        return False
    # "tariffs rose to 50 %": what moved is the tariff itself.
    own = any(0 <= quantity.span.start - n.end < 40 for n in nouns)
    return not (own and re.search(r"\bto\s$", before))


# "duties on sheet from 18 countries, including 242.8% on imports from Germany"
_AMONG_THEM = re.compile(
    r",? (?:including|among them|with) (?:rates? of |duties of |tariffs of )?(?:up to |as (?:much|high) as )?$"
)


def _tied(sentence: Sentence, quantity: Quantity, noun: Span) -> bool:
    text = sentence.analysis.text
    if quantity.span.covers(noun) or noun.covers(quantity.span):
        return True
    if quantity.span.end <= noun.start:
        if _ADJECTIVES.match(text[quantity.span.end : noun.start]):
            return True
        return _governed(sentence, quantity, noun) and noun.start - quantity.span.end < 60
    between = text[noun.end : quantity.span.start]
    if re.match(r"(?:from|between)\b", quantity.text):
        between += "from"
    if len(between) < 150 and re.search(r"\brates?\s(?:of\s|from|between)?\s?$", between):
        return True
    among = len(between) <= 150 and _AMONG_THEM.search(between)
    if among and _ON_GOODS.match(text, quantity.span.end):
        return True
    if len(between) > 150 or not _LINK.search(between):
        return False
    if len(between) < 45 and not re.search(r"\b(?:which|while|but|said|imports fell)\b", between):
        return True
    return _governed(sentence, quantity, noun)


def _governed(sentence: Sentence, quantity: Quantity, noun: Span) -> bool:
    """Tell whether a verb of charging has the rate among its words and reaches the noun."""
    for clause in sentence.clauses:
        if clause.lemma not in _RATE_VERBS:
            continue
        reach = sentence.reach(clause)
        whole = Span(min(reach.start, noun.start), max(reach.end, noun.end))
        if reach.overlaps(quantity.span) and (
            reach.overlaps(noun) or whole.end - whole.start < 160
        ):
            return True
    return False


def _in_list(sentence: Sentence, known: Quantity, quantity: Quantity) -> bool:
    """ "17.4 % for BYD, 20 % for Geely and 38.1 % for SAIC"."""
    between = sentence.analysis.text[known.span.end : quantity.span.start]
    if not _MEMBER.match(between) or re.search(r"\b(?:since|while the|which|after|but)\b", between):
        return False
    verbs = [
        c
        for c in sentence.clauses
        if known.span.end <= c.chunk.span.start < quantity.span.start
        and c.lemma not in _RATE_VERBS
        and not c.verb.reduced
    ]
    return not verbs


def _continues(sentence: Sentence, quantity: Quantity, verbs: frozenset[str]) -> bool:
    text = sentence.analysis.text
    before = text[max(sentence.span.start, quantity.span.start - 70) : quantity.span.start]
    if _CHARGED_AT.search(before):
        return True
    if _AS_CHARGE.match(text, quantity.span.end) and _CARRIED.search(before):
        return True
    if (
        verbs is _GOES_ON
        and _ON_GOODS.match(text, quantity.span.end)
        and not _PRICED.search(before)
    ):
        return True
    if verbs is _GOES_ON and is_row(sentence, quantity):
        return True
    for clause in sentence.clauses:
        if clause.lemma in verbs and sentence.reach(clause).overlaps(quantity.span):
            return True
    # "At 15 per cent come stainless rod and rebar": the verb stands before its subject.
    return bool(
        re.match(r"(?:At\s)?$", text[sentence.span.start : quantity.span.start])
        and re.match(
            r"\s(?:come|comes|will|would|is|are|for|on|applies)\b", text[quantity.span.end :][:12]
        )
    )


def is_row(sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether the sentence is a row of a table with the rate as its last cell."""
    text = sentence.analysis.text
    head = text[sentence.span.start : quantity.span.start]
    rest = text[quantity.span.end : sentence.span.end]
    return len(head) < 120 and len(rest) < 16 and _ROW.fullmatch(head) is not None
