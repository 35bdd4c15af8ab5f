"""Scale words after a number: million, bn, lakh crore, Mrd., тыс, k."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from lodewire.extraction.quantities.numerals import GAP, SPACE

_SCALES: dict[str, dict[int, str]] = {
    "en": {
        100: "hundred",
        10**3: "thousand thousands",
        10**6: "million millions mln mio mil",
        10**9: "billion billions bn bln bil",
        10**12: "trillion trillions trn tn trln",
        10**5: "lakh lakhs lac lacs",
        10**7: "crore crores cr",
        12: "dozen",
    },
    "de": {
        10**3: "tausend tsd",
        10**6: "million millionen mio",
        10**9: "milliarde milliarden mrd",
        10**12: "billion billionen bio",
    },
    "fr": {
        10**3: "mille",
        10**6: "million millions mio",
        10**9: "milliard milliards mds md",
        10**12: "billion billions",
    },
    "es": {
        10**3: "mil",
        10**6: "millón millones mill mm",
        10**12: "billón billones",
    },
    "pt": {
        10**3: "mil",
        10**6: "milhão milhões mi",
        10**9: "bilhão bilhões bi",
        10**12: "trilhão trilhões tri",
    },
    "it": {
        10**3: "mila mille",
        10**6: "milione milioni mln",
        10**9: "miliardo miliardi mld",
    },
    "nl": {
        10**3: "duizend",
        10**6: "miljoen mln",
        10**9: "miljard mrd",
    },
    "id": {
        10**3: "ribu",
        10**6: "juta",
        10**9: "miliar",
        10**12: "triliun",
    },
    "ru": {
        10**3: "тыс тысяч",
        10**6: "млн миллионов миллиона",
        10**9: "млрд миллиардов миллиарда",
        10**12: "трлн",
    },
}
SHORT_SCALES = {
    "k": Decimal(1000), "K": Decimal(1000), "m": Decimal(10**6), "M": Decimal(10**6),
    "mm": Decimal(10**6), "MM": Decimal(10**6), "mn": Decimal(10**6), "Mn": Decimal(10**6),
    "b": Decimal(10**9), "B": Decimal(10**9), "Bn": Decimal(10**9), "BN": Decimal(10**9),
    "t": Decimal(10**12), "T": Decimal(10**12), "Cr": Decimal(10**7),
}  # fmt: skip
_ONE = Decimal(1)
_LETTERS = re.compile(r"[^\W\d_]{1,12}")
_LINK = re.compile(rf"{SPACE}(?:de|di|d['’])(?:{SPACE})?(?=[^\W_])")
_LINKED = frozenset({"fr", "es", "pt", "it"})


@dataclass(frozen=True, slots=True)
class Scale:
    """What multiplies a number: "million", "bn", "lakh crore", "k"; ``short`` for one letter.

    ``linked`` is where a unit may stand after "de", "di" or "d'" ("millones de toneladas").
    """

    end: int
    factor: Decimal
    linked: int
    short: bool = False


_BY_LANGUAGE = {
    language: {word: Decimal(n) for n, words in table.items() for word in words.split()}
    for language, table in _SCALES.items()
}


def read_scale(text: str, at: int, language: str) -> Scale | None:
    """Read the scale words after a number, at most two in a row ("lakh crore", "mil millones").

    A one- or two-letter scale is ``short``: the caller decides by what follows whether "m" is a
    million or a metre.
    """
    table = _BY_LANGUAGE.get(language, _BY_LANGUAGE["en"])
    end, factor = at, _ONE
    for _ in range(2):
        gap = GAP.match(text, end)
        start = gap.end() if gap else end
        match = _LETTERS.match(text, start)
        if match is None:
            break
        found = table.get(match.group().lower())
        if found is None or _is_name_char(text, match.end()):
            break
        end, factor = match.end(), factor * found
        if text[end : end + 1] == "." and match.group().lower() in {
            "mio",
            "mrd",
            "tsd",
            "mln",
            "bln",
            "cr",
            "bio",
            "тыс",
            "млн",
            "млрд",
        }:
            end += 1
    if end > at:
        link = _LINK.match(text, end) if language in _LINKED else None
        return Scale(end, factor, link.end() if link else end)
    return _read_short(text, at)


def _read_short(text: str, at: int) -> Scale | None:
    start = at + 1 if text[at : at + 1] in {" ", "\u00a0", "\u202f", "\u2009", "-"} else at
    match = _LETTERS.match(text, start)
    if match is None or _is_name_char(text, match.end()):
        return None
    factor = SHORT_SCALES.get(match.group())
    return Scale(match.end(), factor, match.end(), short=True) if factor is not None else None


def _is_name_char(text: str, at: int) -> bool:
    tail = text[at : at + 1]
    return tail.isalnum() or tail in {"²", "³"}
