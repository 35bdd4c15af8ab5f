"""What an amount of money is for when the words around it name the goods and not the measure.

"A tonne cost 104.9 dollars", "US$1,539 per PGM ounce", "London copper stood at $9,072": the goods
of a market are always priced by the same measure, within a span of prices that leaves no doubt.
"""

from __future__ import annotations

import re
from decimal import Decimal

from lodewire.extraction.quantities.drafts import Draft

_MEASURES = {
    "tonne": "t", "ton": "t", "barrel": "bbl", "pound": "lb", "gram": "g", "gramme": "g",
    "ounce": "oz", "kilo": "kg", "kilogram": "kg", "kilogramme": "kg", "oz": "oz", "lb": "lb",
    "t": "t", "kg": "kg",
}  # fmt: skip
_LED = re.compile(
    r"\b[Aa] (?:metric |troy )?(?P<measure>tonne|ton|barrel|pound|gramm?e?|ounce|"
    r"kilo(?:gramm?e?)?)\b"
    r"[^.;]{0,60}\b(?:costs?|fetche[sd]|(?:is|was) worth|(?:stood|traded|changed hands) at|"
    r"s(?:old|ells) for|went for|sold at)[ ](?:about |around |some |only |just |roughly )?$"
)
_NAMED = re.compile(
    r"[ ](?:per|an?)[ ](?:[A-Z0-9]{2,5}|payable|refined|saleable|produced|dry|wet|dry metric|gold|"
    r"silver|platinum|palladium|contained|equivalent|gold[- ]equivalent|nickel|copper|tin)[ ]"
    r"(?P<measure>tonne|ton|t|ounce|oz|pound|lb|kg)\b"
)
_NAMES = re.compile(
    r"\b(?:(?P<oil>[Bb]rent|WTI|West Texas Intermediate|[Cc]rude)|(?P<silver>[Ss]ilver)"
    r"|(?P<gold>[Gg]old|[Bb]ullion|[Pp]latinum|[Pp]alladium)"
    r"|(?P<gas>Henry Hub|JKM)"
    r"|(?P<base>(?:London|LME|[Tt]hree-month|[Bb]enchmark|Shanghai)\b[^.;$]{0,30}\b(?:[Cc]opper|"
    r"[Aa]lumini?um|[Zz]inc|[Ll]ead|[Nn]ickel|[Tt]in|metal)))\b(?! (?:miner|producer|project|mine|"
    r"company|explorer|developer|group|shares|stocks?)\b)"
)
_KINDS = {
    "oil": ("bbl", 15, 200), "silver": ("oz", 4, 130), "gold": ("oz", 250, 9000),
    "gas": ("MMBtu", 1, 90), "base": ("t", 1000, 60_000),
}  # fmt: skip
_VERB = re.compile(
    r"\b(?:at|to|near|around|above|below|past|reached|hit|touched|averag(?:e|ed|ing)|fetched|over|"
    r"under|toward|towards)[ ](?:(?:about|around|just|nearly|almost|a record|roughly)[ ])?$"
)
_NOT_A_PRICE = re.compile(
    r"[ -](?:[mb]\b|mn\b|bn\b|million|billion|trillion|a\b|an\b|per\b|each\b|worth|in\b "
    r"(?:cash|fees)|"
    r"premium|discount|under|over)|/"
)
_DOLLARS = frozenset({"USD", "$"})
_BACK = 90
_END = re.compile(r"[.!?][”\"’)]?\s|\n")


def measure_told(text: str, draft: Draft) -> str | None:
    """Return what an amount of money is per, as the words beside it tell; None if they do not."""
    named = _NAMED.match(text, draft.end)
    if named is not None:
        return _MEASURES[named.group("measure")]
    led = _LED.search(text[max(0, draft.start - _BACK) : draft.core_start])
    return _MEASURES[led.group("measure")] if led is not None else None


def market_measure(text: str, draft: Draft) -> str | None:
    """Return the measure by which the goods named before a level are always priced."""
    if draft.unit not in _DOLLARS or draft.value is None or _NOT_A_PRICE.match(text, draft.end):
        return None
    before = text[max(0, draft.start - _BACK) : draft.core_start]
    level = draft.start < draft.core_start or _VERB.search(before) is not None
    if not level:
        return None
    ends = [match.end() for match in _END.finditer(before)]
    before = before[ends[-1] :] if ends else before
    names = list(_NAMES.finditer(before))
    if not names or names[-1].lastgroup is None:
        return None
    measure, low, high = _KINDS[names[-1].lastgroup]
    return measure if Decimal(low) <= draft.value <= Decimal(high) else None
