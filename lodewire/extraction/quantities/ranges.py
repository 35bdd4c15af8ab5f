"""Two amounts that are one: "8 to 30 per cent", "$1.65/lb to $1.85/lb", "between X and Y".

"Raised from 25% to 50%" is a change, not a range: two amounts, the first with the unit of the
second where it has none of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from lodewire.extraction.quantities.amounts import Amount
from lodewire.ontology.units import UNCLEAR_DOLLAR, comparable, convert

_JOIN = re.compile(
    r"(?:-?[ \u00a0\n](?P<word>to|and|or|till|until|through|bis|auf|und|oder|à|et|ou|a|y|hasta|até"
    r"|e|o)[ \u00a0\n]|(?P<dash>-to-|[ ]?[-‐‑–—−][ ]?|[ ]?[~～〜][ ]?))"
    r"(?:(?:about|around|nearly|almost|as much as|as many as|as high as|up to|perhaps|possibly|some"
    r"|roughly|approximately|maybe|even)[ ])?"
)
_TO = {
    "en": {"to", "till", "until", "through"},
    "de": {"bis", "auf"},
    "fr": {"à"},
    "es": {"a", "hasta"},
    "pt": {"a", "até"},
    "it": {"a"},
}
_AND = {"en": {"and"}, "de": {"und"}, "fr": {"et"}, "es": {"y"}, "pt": {"e"}, "it": {"e"}}
_OR = {"en": {"or"}, "de": {"oder"}, "fr": {"ou"}, "es": {"o"}, "pt": {"ou"}, "it": {"o"}}
_BEFORE_NUMBER = re.compile(r"[^\s0-9,;()]{0,5}[ \u00a0]?(?=[0-9])")
_FROM = re.compile(
    r"\b(?:from|von|desde|dal|dalla)(?: (?:about|around|nearly|roughly|some|just|over|under|only|"
    r"approximately|an average of))?\s+$",
    re.I,
)
_BETWEEN = re.compile(
    r"\b(?:between|anywhere between|zwischen|entre|tra|fra)(?: (?:about|around|roughly|"
    r"approximately))?\s+$",
    re.I,
)
_RANGING = re.compile(
    r"\b(?:rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying)|anywhere|span(?:s|ning|ned)?|fluctuat\w+|"
    r"oscillat\w+"
    r"|differ(?:s|ing)?|spread)\b[^.;]{0,12}$",
    re.I,
)
CHANGE = re.compile(
    r"\b(?:rose|risen|rises?|rising|fell|falls?|fallen|falling|climb(?:s|ed|ing)?|drop(?:s|ped|"
    r"ping)?"
    r"|jump(?:s|ed|ing)?|gain(?:s|ed|ing)?|add(?:s|ed|ing)?|shed(?:s|ding)?|los(?:t|e|es|ing)|"
    r"slip(?:s|ped)?|slid"
    r"|dip(?:s|ped)?|eas(?:e|es|ed|ing)|declin(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)"
    r"|increas(?:e|es|ed|ing)|rais(?:e|es|ed|ing)|lift(?:s|ed|ing)?|cut(?:s|ting)?|lower(?:s|ed|"
    r"ing)?"
    r"|reduc(?:e|es|ed|ing)|grew|grow(?:s|n|ing)?|surg(?:e|es|ed|ing)|soar(?:s|ed|ing)?"
    r"|tumbl(?:e|es|ed|ing)|plung(?:e|es|ed|ing)|sank|advanc(?:e|es|ed|ing)|retreat(?:s|ed|ing)?"
    r"|edg(?:e|es|ed|ing)(?: (?:up|down|higher|lower))?|expand(?:s|ed|ing)?|up|down|by|tick(?:ed|s)"
    r"|hik(?:e|es|ed|ing)"
    r"|firm(?:ed|s)|strengthen(?:ed|s)|weaken(?:ed|s)|put on|(?:rise|increase|gain|drop|fall|"
    r"decline|cut) of)"
    r"(?: (?:by|up|down|a further|another|about|around|nearly|almost|some|roughly|just|only))*\s+$",
    re.I,
)
_LENT: frozenset[str | None] = frozenset({None, "m"})  # "$250-300/mtu", "$5-6m"
Reader = Callable[[int, int, str | None], Amount | None]
_LOOK_BACK = 48
_IN_YEAR = re.compile(r"\b(?:in|since|during|for|by|until|year) $")
_TOO_WIDE = 25
_CLOSE = Decimal("2.5")


@dataclass(frozen=True, slots=True)
class Joined:
    """Two amounts found together: a range, or the first alone with a unit from the second."""

    first: Amount
    second: Amount
    is_range: bool
    opener: int  # where "between" or "from" of a range begins, else the first amount's start


def may_join(text: str, end: int) -> bool:
    """Tell whether a second amount may follow at ``end``: cheap, asked for every number."""
    return _JOIN.match(text, end) is not None


def join(text: str, first: Amount, begin: int, language: str, read_second: Reader) -> Joined | None:
    """Try to join ``first`` with an amount after it; ``begin`` is where its hedge begins.

    ``read_second(number_at, floor, currency)`` reads the amount around the number at a position.
    """
    match = _JOIN.match(text, first.end)
    how = _how(match, language)
    if match is None or how is None:
        return None
    before = text[max(0, begin - _LOOK_BACK) : begin]
    opener = _opener(before, how)
    if opener is None:
        return None
    second = _read_second(text, match.end(), first, read_second)
    if second is None or not _fits_join(match, how, first, second):
        return None
    shared = share_units(first, second)
    if shared is None:
        return None
    first, second = shared
    is_range = _is_range(before, opener, how, first, second)
    opened = isinstance(opener, re.Match) and is_range and how != "dash"
    start = (
        begin - len(before) + opener.start() if isinstance(opener, re.Match) and opened else begin
    )
    return Joined(first, second, is_range, start)


def _how(match: re.Match[str] | None, language: str) -> str | None:
    """Return how two amounts are joined: "dash", "to", "and" or "or"; None when they are not."""
    if match is None:
        return None
    word = match.group("word")
    if word is None:
        return "dash"
    for how, table in (("to", _TO), ("and", _AND), ("or", _OR)):
        if word in table.get(language, table["en"]):
            return how
    return None


def _opener(before: str, how: str) -> re.Match[str] | bool | None:
    """Return "between"/"from" before the first amount, False if none, None if no range can be."""
    between = _BETWEEN.search(before)
    if how == "and":
        return between
    return between or _FROM.search(before) or False


def _read_second(text: str, at: int, first: Amount, read_second: Reader) -> Amount | None:
    match = _BEFORE_NUMBER.match(text, at)
    number_at = match.end() if match is not None else at
    if number_at >= len(text):
        return None
    second = read_second(number_at, at, None)
    if second is not None and first.prefixed and second.unit in _LENT:
        second = read_second(number_at, at, first.unit)
    return second if second is not None and second.start == at else None


def _fits_join(match: re.Match[str], how: str, first: Amount, second: Amount) -> bool:
    if how == "or":
        small = first.number.value < second.number.value <= 20
        return small and first.unit is None and second.unit is not None and not first.scaled
    if _year_like(first) and first.unit is None:
        if _IN_YEAR.search(match.string, max(0, first.start - 8), first.start):
            return False  # "grew in 2025 to 1,772 Mt"
        return second.unit is not None and not _year_like(second) and second.number.value >= 1000
    if how == "dash" and match.group("dash") != match.group("dash").strip():
        # A spaced dash is often punctuation: "copper 5% – 3 points less".
        return first.unit is None or first.symbol == second.symbol
    return True


def _year_like(amount: Amount) -> bool:
    return amount.number.plain and 1900 <= amount.number.value <= 2100 and not amount.scaled


def share_units(first: Amount, second: Amount) -> tuple[Amount, Amount] | None:
    """Give each amount the unit, scale or denominator that only the other one writes."""
    if first.unit is None and second.unit is None:
        return (first, second) if first.end < second.start else None
    if first.unit is None:
        if second.prefixed:
            return None
        first = replace(
            first,
            unit=second.unit,
            per=second.per,
            multiplier=second.multiplier,
            basis=second.basis,
        )
    elif second.unit is None:
        if not first.prefixed:
            return None
        second = replace(second, unit=first.unit, per=first.per)
    elif {first.unit, second.unit} == {"USD", UNCLEAR_DOLLAR} and first.per is None:
        first = replace(first, unit=second.unit)  # "$660-700/kg": goods are priced in US dollars
    elif first.unit != second.unit:
        return _share_converted(first, second)
    if first.per is None and second.per is not None:
        first = replace(
            first, per=second.per, multiplier=second.multiplier, basis=first.basis or second.basis
        )
    if first.per != second.per:
        return None
    return _share_scale(first, second), second


def _share_scale(first: Amount, second: Amount) -> Amount:
    if not first.scaled and not second.scaled and _in_thousands(first, second):
        return replace(first, scale=Decimal(1000))  # "685-720,000 tonnes"
    if first.scaled or not second.scaled:
        return first
    if first.number.value > second.number.value or first.number.value >= 1000:
        return first  # "500,000 to 1 million tonnes"
    return replace(first, scale=second.scale, scaled=True)


def _in_thousands(first: Amount, second: Amount) -> bool:
    low, high = first.number, second.number
    if not low.plain or low.value >= 1000 or high.plain or high.value % 1000:
        return False
    return high.value / 5000 < low.value < high.value / 1000


def _share_converted(first: Amount, second: Amount) -> tuple[Amount, Amount] | None:
    """Bring "500 kg to 2 tonnes" to the second unit; None for different things."""
    if first.symbol is None or second.symbol is None or not comparable(first.symbol, second.symbol):
        return None
    ratio = convert(Decimal(1), first.symbol, second.symbol)
    return (
        replace(first, unit=second.unit, per=second.per, multiplier=first.multiplier * ratio),
        second,
    )


def _is_range(
    before: str, opener: re.Match[str] | bool, how: str, first: Amount, second: Amount
) -> bool:
    low, high = first.value, second.value
    if how == "dash":
        return low != high and (low <= 0 or high / low <= _TOO_WIDE * 4)
    if high <= low:
        return False
    if isinstance(opener, re.Match) and _BETWEEN.match(opener.group()):
        return True
    if _RANGING.search(before[: opener.start()] if isinstance(opener, re.Match) else before):
        return True
    if isinstance(opener, re.Match):
        return False  # "from 25% to 50%" changes
    if low > 0 and high / low > _TOO_WIDE:
        return False
    if CHANGE.search(before):
        return first.unit == "%" and low > 0 and high / low <= _CLOSE
    return True
