"""Prices that leave their denominator to a neighbour: "$2,578.5 a ton, nickel at $15,680".

An amount of money takes the denominator of a price in the same currency: one before it, within
reach, or one after it in its sentence. Level and movement are told apart by words and by size.
"""

from __future__ import annotations

import re
from decimal import Decimal

from lodewire.extraction.quantities.drafts import Draft, unit_kind
from lodewire.extraction.quantities.markets import market_measure, measure_told
from lodewire.model.vocabulary import QuantityKind
from lodewire.ontology.units import UNCLEAR_DOLLAR

_LEVEL = (
    r"at|to|from|reach|reached|reaching|hit|hitting|was|touching|touched|near|around|of|and|with"
    r"|against|versus|than|below|above|between|under|over|approach|approaching|averaged?|averaging"
    r"|fetched|cost|is|past|towards?"
)
_AT = re.compile(
    rf"\b(?:{_LEVEL})[ ](?:(?:about|around|just|nearly|almost|roughly|a record|more than|as much as"
    r"|up to) )*$",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"\b(?:up|down|by|gained|lost|shed|added|rose|fell|slipped|dropped|climbed)[ ]"
    r"(?:(?:about|around|just|nearly|almost|another|a further) )*$",
    re.IGNORECASE,
)
_MOVED_AFTER = re.compile(r"[ ](?:lower|higher|less|more|up|down|above|below)\b")
_ASIDE = re.compile(r"[ ]?\([ ]?(?:up|down|[-+−–±])?[ ]?")
_NOT_LEVEL = re.compile(
    r"[ -](?:[mb]\b|million|billion|fine|fee|bonus|a\b|per\b|each\b|in (?:cash|fees|costs|debt)|"
    r"worth\b)"
)
_SENTENCE_END = re.compile(r"[.!?][\"”’)]?\s+(?=[A-Z“\"‘])|\n")
_REACH = 900
_AHEAD = 160
_STEP = Decimal("0.34")  # a movement is a smaller part of a price
_COINS = frozenset({"USD", "$", "EUR", "GBP", "CNY", "AUD", "CAD", "ZAR", "INR", "USc"})
_MOST_LEADERS = 6
# A later sentence must speak of prices, and of no sum of money.
_PRICE_TALK = re.compile(
    r"\b(?:prices?|priced|traded?|trading|record|settled?|closed?|peak|low|lows|high|highs|climb\w*"
    r"|fall|fell|slid|slip\w*|rose|rise|hit|sight|averag\w+|premiums?|forecasts?|level|levels"
    r"|quoted|assessed|spot|futures|live with)\b",
    re.IGNORECASE,
)
_MONEY_TALK = re.compile(
    r"\b(?:fines?|fees?|paid|pays?|paying|costs?|salar\w+|wages?|invests?|invested|investments?|"
    r"investing|grants?|funds?|funding"
    r"|loans?|budget|shares?|stock|bonus|deal|bail|penalt\w+|tax\w*|profit|revenue"
    r"|earn\w*|sold|bought|buys?|sells?|tickets?|prize|donat\w+|rent|salary|debt|per capita"
    r"|household|workers?)\b",
    re.IGNORECASE,
)
_SPREAD, _SPREAD_AFTER = Decimal(200), Decimal("2.5")
_PRICED = frozenset(
    {"t", "lb", "kg", "oz", "bbl", "MWh", "MMBtu", "g", "mtu", "dmtu", "short tons"}
)


def share_prices(text: str, drafts: list[Draft]) -> None:
    """Give prices without a denominator the one of a price near by, in place."""
    leaders: list[Draft] = []
    for place, draft in enumerate(drafts):
        if draft.unit is None or unit_kind(draft.unit) is not QuantityKind.MONEY:
            continue
        if draft.per in _PRICED:
            leaders = [*leaders[1 - _MOST_LEADERS :], draft]
        elif draft.per is None and not draft.scaled:
            leader = next((d for d in reversed(leaders) if _follows(text, d, draft)), None)
            leader = leader or _coming(text, drafts, place)
            draft.per = measure_told(text, draft) or (leader.per if leader is not None else None)
            if draft.per is None and _MONEY_TALK.search(_sentence(text, draft)) is None:
                draft.per = market_measure(text, draft)
            if draft.per is not None and draft.unit == UNCLEAR_DOLLAR:
                draft.unit = "USD"  # goods are priced in American dollars


def _sentence(text: str, draft: Draft) -> str:
    low = max(0, draft.start - 120)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, low, draft.start)]
    return text[ends[-1] if ends else low : draft.end + 40]


def _before(text: str, leader: Draft, draft: Draft) -> str:
    return text[max(leader.end, draft.start - 40) : draft.start]


def _ratio(leader: Draft, draft: Draft) -> Decimal | None:
    """Return the size of an amount against a price; None where they cannot be compared."""
    if not draft.size or not leader.size:
        return None
    if draft.unit == leader.unit or {draft.unit, leader.unit} == {"USD", UNCLEAR_DOLLAR}:
        return (draft.size / leader.size).copy_abs()
    if draft.unit == "USc" and leader.unit == "USD":
        return (draft.size / leader.size / 100).copy_abs()
    return None


def _follows(text: str, leader: Draft, draft: Draft) -> bool:
    """Tell whether an amount is a price of the same kind as the one before it.

    In the same sentence other goods are priced, too; in a later one only the same good can be
    meant, so the sizes must be near.
    """
    ratio = _ratio(leader, draft)
    if ratio is None or draft.start - leader.end > _REACH or _NOT_LEVEL.match(text, draft.end):
        return False
    if _ASIDE.fullmatch(text, leader.end, draft.start) and ratio < _STEP:
        return True  # "$26.50/lb (-$1.25)"
    before = _before(text, leader, draft)
    hedged = draft.start < draft.core_start  # "above $45,000", "between $100 and $108"
    level = hedged or _AT.search(before) is not None
    near = 1 / _SPREAD_AFTER <= ratio <= _SPREAD_AFTER
    ends = [match.end() for match in _SENTENCE_END.finditer(text, leader.end, draft.start)]
    if ends:
        opens = text[draft.start - 1] in '"“('
        told = text[ends[-1] : draft.end + 60]
        if _MONEY_TALK.search(told) is not None:
            return False
        priced = _PRICE_TALK.search(told) is not None or len(ends) == 1
        moved = ratio < _STEP and _MOVED.search(before) is not None
        return priced and ((near and (level or opens)) or (moved and len(ends) == 1))
    if level:
        return 1 / _SPREAD < ratio < _SPREAD
    if near and _MONEY_TALK.search(text[leader.end : draft.end + 40]) is None:
        return True
    moved = _MOVED.search(before) is not None or _MOVED_AFTER.match(text, draft.end) is not None
    return moved and ratio < 1


def _coming(text: str, drafts: list[Draft], place: int) -> Draft | None:
    """Return the price later in the sentence that an amount is a level or a step of."""
    draft = drafts[place]
    if _NOT_LEVEL.match(text, draft.end) or draft.unit not in _COINS:
        return None
    for later in drafts[place + 1 : place + 6]:
        if later.start - draft.end > _AHEAD or _SENTENCE_END.search(text, draft.end, later.start):
            return None
        if later.per not in _PRICED:
            continue
        ratio = _ratio(later, draft)
        if ratio is None or _MONEY_TALK.search(text[max(0, draft.start - 40) : later.start]):
            continue
        before = text[max(0, draft.start - 40) : draft.start]
        if 1 / _SPREAD_AFTER <= ratio <= _SPREAD_AFTER:
            return later
        step = _MOVED.search(before) or _MOVED_AFTER.match(text, draft.end)
        if step is not None and ratio < _STEP:
            return later
    return None
