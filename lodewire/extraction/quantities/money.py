"""Currency before a number, and whose dollar a bare "$" is."""

from __future__ import annotations

import re
from functools import cache

from lodewire.extraction.grammar.rare import rare
from lodewire.ontology.units import UNCLEAR_DOLLAR, load_currencies

_SYMBOLS = "$€£¥₹₩₽₦₱₺฿₫₴₸₪¢￥＄৳₮₵"
_BEFORE_SYMBOL = re.compile(r"[A-Za-z.]{1,4}-?$")
_WORD = re.compile(r"(?:^|[^A-Za-z0-9])([A-Za-z]{1,5}(?:\.|/)?)$")
# Letters that mean a currency only when the number looks like money ("R2.5 billion", not "R2").
WEAK = frozenset(
    {
        "R",
        "N",
        "K",
        "RM",
        "KD",
        "SR",
        "QR",
        "LE",
        "TL",
        "Bs",
        "Bs.",
        "Dh",
        "S/",
        "S/.",
        "COP",
        "MOP",
    }
)

_DEFAULT_DOLLAR = "USD"
_OWN_DOLLAR = {"AU", "CA", "NZ", "SG", "HK", "NA", "TW", "FJ", "JM"}
_OTHER_SIGN = rare(r"(?<![A-Za-z])(?:A|AU|C|CA|CAD|Cdn|NZ)\$|\b(?:AUD|CAD|NZD)\b")
_OTHER_WORDS = rare(
    r"\b(?:Australian|Canadian|New Zealand|Namibian|Singapore|Hong Kong) dollars?\b"
)
_US = rare(r"(?<![A-Za-z])(?:US|U\.S\.) ?\$|\bUSD\b|\b(?:US|U\.S\.) dollars?\b|\bgreenback\b")
_PAIRED = rare(
    r"(?:(?:A|AU|C|CA|NZ|HK|S|NT|N)\$ ?[0-9][0-9., ]*(?:[a-z]+|[a-z-]+ ?)? ?\((?:US|about |around |"
    r"or )?\$"
    r"|\((?:US)?\$1 ?= ?[0-9.]+ (?:Australian|Canadian|New Zealand) dollars)"
)
_CANADA = re.compile(
    r"\b(?:Canada|Canadian|Ontario|Quebec|Québec|British Columbia|Saskatchewan|Alberta|Manitoba"
    r"|Newfoundland|Labrador|Nunavut|Yukon|Toronto|Vancouver|Montreal|Calgary|TSX|TSXV|TSX-V)\b"
)
_AUSTRALIA = re.compile(
    r"\b(?:Australia|Australian|Queensland|Tasmania|Victoria|Perth|Pilbara|Kalgoorlie|Goldfields"
    r"|Sydney|Melbourne|Brisbane|New South Wales|Northern Territory|ASX)\b"
)
_HOME_CUES = 3
_DISTINCT_CUES = 2
_STATED = rare(
    r"\b(?:[Aa]ll|[Aa]mounts|[Ff]igures|[Mm]oney|[Cc]urrency|[Dd]ollars?|[Vv]alues|[Ss]ums|[Pp]rices)\b"
    r"[^.$]{0,60}\b(?:in|are|means?) (?P<whose>Australian|Canadian) dollars\b"
)


@cache
def _signs() -> dict[str, str]:
    """Sign before a number -> unit symbol of the currency or its hundredth."""
    found: dict[str, str] = {}
    for currency in load_currencies().values():
        words = (w for w in currency.words if len(w) == 3 and w.isupper())
        for sign in (*currency.signs, *words):
            found.setdefault(sign, currency.code)
        for sign in currency.sub_signs if currency.sub else ():
            found.setdefault(sign, currency.sub or "")
    found |= {"¥": "JPY", "￥": "JPY", "£": "GBP", "€": "EUR", "$": UNCLEAR_DOLLAR}
    return found


def read_prefix(text: str, at: int, floor: int) -> tuple[int, str, bool] | None:
    """Read a currency that ends where the number at ``at`` begins.

    Returns where it begins, the unit, and whether it is a weak sign that needs a number which
    looks like money. ``floor`` is a position that it must not cross.
    """
    stop = at
    if stop > floor and text[stop - 1] in " \u00a0\u202f\u2009":
        stop -= 1
    if stop <= floor:
        return None
    low = max(floor, stop - 6)
    last = text[stop - 1]
    if last in _SYMBOLS:
        return _read_symbol(text, low, stop)
    if not (last.isalpha() or last in "./"):
        return None
    match = _WORD.search(text[max(floor, stop - 7) : stop])
    if match is None:
        return None
    letters = match.group(1)
    start = stop - len(letters)
    if start > floor and text[start - 1] == "$":
        code = _signs().get(f"{letters}$")  # "$US5 million", "$A5 million"
        return (start - 1, code, False) if code is not None else None
    code = _signs().get(letters)
    return (start, code, letters in WEAK) if code is not None else None


def _read_symbol(text: str, low: int, stop: int) -> tuple[int, str, bool] | None:
    symbol = text[stop - 1]
    gap = 1 if stop - 2 >= low and text[stop - 2] == " " else 0
    before = _BEFORE_SYMBOL.search(text[low : stop - 1 - gap])
    if before is not None and not (gap and before.group() not in {"US", "U.S."}):
        start = low + before.start()
        whole = before.group().rstrip("-") + symbol
        clean = start == 0 or not text[start - 1].isalnum()
        for lead in range(len(before.group())) if clean else ():
            if _signs().get(whole[lead:]) and (lead == 0 or before.group()[lead - 1] == "."):
                return start + lead, _signs()[whole[lead:]], False
    code = _signs().get(symbol)
    return (stop - 1, code, False) if code else None


def guess_dollar(text: str, *, publisher_country: str | None = None) -> str:
    """Return the unit of a bare "$" in ``text``: "USD", or "$" where its country is not clear.

    A text that says so ("all money in Australian dollars") has "AUD" or "CAD".
    It is unclear when the text also writes another country's dollars without pairing them with
    the bare one ("A$5m ($3.3m)" is a pair: the bare one is American), when the publisher's country
    has a dollar of its own, or when the text is at home in Canada or Australia and never says US$.
    """
    says_us = _US.search(text) is not None
    stated = _STATED.search(text)
    if stated is not None:
        return "AUD" if stated.group("whose") == "Australian" else "CAD"
    if _PAIRED.search(text):
        return _DEFAULT_DOLLAR
    if _OTHER_SIGN.search(text) or _OTHER_WORDS.search(text):
        return UNCLEAR_DOLLAR
    if says_us:
        return _DEFAULT_DOLLAR
    if publisher_country is not None and publisher_country.upper() in _OWN_DOLLAR:
        return UNCLEAR_DOLLAR
    if publisher_country is not None and publisher_country.upper() == "US":
        return _DEFAULT_DOLLAR
    return UNCLEAR_DOLLAR if _at_home(text) else _DEFAULT_DOLLAR


def _at_home(text: str) -> bool:
    """Tell whether Canada or Australia is where the text plays: several cues, not one name."""
    for pattern in (_CANADA, _AUSTRALIA):
        cues = pattern.findall(text[:20_000])
        if len(cues) >= _HOME_CUES and len(set(cues)) >= _DISTINCT_CUES:
            return True
    return False
