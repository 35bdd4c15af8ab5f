"""Numbers as texts write them: digits with grouping, fractions and number words.

Every pattern is anchored at a position and bounded in length, so that reading costs the same
wherever the number stands and whatever surrounds it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

SPACE = r"[ \u00a0\u2009\u202f]"
GAP = re.compile(
    r"[-\u2010\u2011](?=[^\W\d_])|[ \u00a0\u2009\u202f\t]{0,2}(?:\r?\n[ ]?(?=[a-z]{4}))?"
)

COMMA_LANGUAGES = frozenset(
    "de fr es pt it nl id ru pl cs tr sv da fi no nb nn el ro hu bg uk hr sl sk".split()
)
_COMMA_GROUPS_TOO = frozenset({"es"})  # Mexico and Central America group with commas

_VULGAR = {
    "½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75"), "⅓": Decimal(1) / 3,
    "⅔": Decimal(2) / 3, "⅕": Decimal("0.2"), "⅖": Decimal("0.4"), "⅗": Decimal("0.6"),
    "⅘": Decimal("0.8"), "⅛": Decimal("0.125"), "⅜": Decimal("0.375"), "⅝": Decimal("0.625"),
    "⅞": Decimal("0.875"),
}  # fmt: skip
_TAIL = r"(?![0-9])"
_SPACED = (
    rf"(?P<spaced>[1-9][0-9]{{0,2}}(?:{SPACE}[0-9]{{3}}){{1,5}}(?![0-9])"
    rf"(?:[.,][0-9]{{1,4}})?{_TAIL})"
)
_PLAIN_DOT = rf"(?P<plain>[0-9]{{1,18}}(?:\.[0-9]{{1,12}})?{_TAIL})"
_POINT = re.compile(
    rf"(?P<grouped>[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,6}}{_TAIL}(?!,[0-9]{{3}})"
    rf"(?:\.[0-9]{{1,12}})?{_TAIL})"
    rf"|(?P<indian>[0-9]{{1,2}}(?:,[0-9]{{2}}){{1,5}},[0-9]{{3}}{_TAIL}(?:\.[0-9]{{1,4}})?{_TAIL})"
    rf"|(?P<dotted>[0-9]{{1,3}}(?:\.[0-9]{{3}}){{2,5}}{_TAIL}(?:,[0-9]{{1,4}})?{_TAIL})"
    rf"|(?P<quoted>[0-9]{{1,3}}(?:['’][0-9]{{3}}){{1,5}}{_TAIL}(?:\.[0-9]{{1,4}})?{_TAIL})"
    rf"|{_SPACED}"
    rf"|(?P<comma>[0-9]{{1,6}},[0-9]{{1,2}}{_TAIL}(?!,[0-9]))"
    rf"|{_PLAIN_DOT}"
)
_COMMA = re.compile(
    rf"(?P<dotted>[1-9][0-9]{{0,2}}(?:\.[0-9]{{3}}){{1,6}}{_TAIL}(?!\.[0-9])"
    rf"(?:,[0-9]{{1,12}})?{_TAIL})"
    rf"|(?P<quoted>[0-9]{{1,3}}(?:['’][0-9]{{3}}){{1,5}}{_TAIL}(?:[.,][0-9]{{1,4}})?{_TAIL})"
    rf"|(?P<grouped>[0-9]{{1,3}}(?:,[0-9]{{3}}){{2,6}}{_TAIL}(?!,[0-9])(?:\.[0-9]{{1,12}})?{_TAIL})"
    rf"|{_SPACED}"
    rf"|(?P<comma>[0-9]{{1,18}},[0-9]{{1,12}}{_TAIL}(?!,[0-9]))"
    rf"|{_PLAIN_DOT}"
)
_GROUPED_ES = re.compile(
    rf"[1-9][0-9]{{0,2}},[0-9]{{3}}{_TAIL}(?!,[0-9])(?:\.[0-9]{{1,4}})?{_TAIL}"
)
_DIGITS = re.compile(r"[0-9]+")
_DIGIT_RUN = re.compile(r"[0-9]+|[½¼¾⅓⅔⅛⅜⅝⅞]")
_FRACTION = re.compile(rf"(?:{SPACE}|-)?([1-9])/([2-9]|1[0-6])(?![0-9/.,]|-[0-9])")
_BEFORE_FRACTION = frozenset(" -\u00a0\u2009\u202f")
_BROKEN = re.compile(r"[.,:/][0-9]")

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
WORD_VALUES = {word: Decimal(n) for n, word in enumerate(_SMALL)} | {
    word: Decimal(10 * n) for n, word in enumerate(_TENS, start=2)
}
_ONES = "|".join(_SMALL[1:10])
_LONGEST_FIRST = "|".join(sorted(_SMALL[1:], key=len, reverse=True))
_TO_99 = rf"(?:{'|'.join(_TENS)})(?:[- ](?:{_ONES}))?|{_LONGEST_FIRST}"
_WORDS = re.compile(
    rf"(?P<first>{_TO_99})\b"
    rf"(?:[- ](?P<hundred>hundred)\b(?: and)?"
    rf"(?: (?P<rest>{_TO_99})\b(?! (?:hundred|thousand|m|b)))?)?"
    r"(?:[- ]and[- ](?:a|one|three)[- ](?P<part>half|quarters?|third)\b)?",
    re.IGNORECASE,
)
_PARTS = {
    "half": _VULGAR["½"],
    "quarter": _VULGAR["¼"],
    "quarters": _VULGAR["¾"],
    "third": _VULGAR["⅓"],
}
_ARTICLE = re.compile(
    r"(?P<half>half[- ])?an?"
    r"(?=[- ](?:hundred|thousand|million|billion|trillion|dozen|lakh|crore)\b)"
    r"|half(?=[- ](?:million|billion|trillion|dozen)\b)",
    re.IGNORECASE,
)

_FOREIGN = {
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "pt": "dois três quatro cinco seis sete oito nove dez onze doze",
    "it": "due tre quattro cinque sei sette otto nove dieci undici dodici",
}
FOREIGN_WORDS = {
    language: {word: Decimal(value) for value, word in enumerate(words.split(), start=2)}
    for language, words in _FOREIGN.items()
}


class Numeral(NamedTuple):
    """A bare number at ``[start, end)``; ``digits`` significant, ``places`` decimals as written.

    ``plain`` tells an integer in digits without grouping, such as a year; ``word`` a number word.
    ``first`` is the end of the first run of digits: where reading goes on when this is no number.
    """

    start: int
    end: int
    value: Decimal
    digits: int
    places: int
    plain: bool
    word: bool
    first: int


def _anchor_words(language: str) -> list[str]:
    """Return the words at which a number may begin, in both cases of their first letter."""
    if language != "en":
        words = list(FOREIGN_WORDS.get(language, {}))
    else:
        words = [*_SMALL[1:], *_TENS, "half", "twice", *(f"{w}fold" for w in _SMALL[2:11])]
        words += "double doubled doubles doubling triple tripled triples tripling".split()
        words += "quadruple quadrupled quadrupling quintupled halve halved halves halving".split()
        after_article = (
            "third quarter fifth sixth seventh eighth ninth tenth half hundred thousand million "
            "billion trillion dozen lakh crore"
        ).split()
        for article in ("a", "an"):
            words += [f"{article}{gap}{word}" for word in after_article for gap in " -"]
    return [*words, *(word[0].upper() + word[1:] for word in words)]


@cache
def _word_scanner(language: str) -> AhoCorasick | None:
    from ahocorasick_rs import AhoCorasick, MatchKind

    words = _anchor_words(language)
    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest) if words else None


def find_anchors(text: str, language: str) -> list[int]:
    """Return the positions where a number may begin, in order: digits and number words."""
    found = [match.start() for match in _DIGIT_RUN.finditer(text)]
    scanner = _word_scanner(language)
    if scanner is None:
        return found
    size, words = len(text), []
    for _, start, end in scanner.find_matches_as_indexes(text):
        if start and text[start - 1].isalnum() and text[end - 4 : end] == "half":
            start = end - 4  # "more than half": the "an" is the end of a word
        if (start == 0 or not text[start - 1].isalnum()) and (
            end == size or not text[end].isalnum()
        ):
            words.append(start)
    return sorted(found + words) if words else found


def read_numeral(text: str, at: int, language: str) -> Numeral | None:
    """Read the number that begins at ``at``; None when it is a code, a time or another mark."""
    char = text[at]
    if char in _VULGAR:
        return Numeral(at, at + 1, _VULGAR[char], 1, 0, False, False, at + 1)
    if "0" <= char <= "9":
        return _read_digits(text, at, language)
    return _read_words(text, at, language)


def _read_digits(text: str, at: int, language: str) -> Numeral | None:
    pattern = _COMMA if language in COMMA_LANGUAGES else _POINT
    match = None
    if language in _COMMA_GROUPS_TOO:
        match = _GROUPED_ES.match(text, at)
    match = match or pattern.match(text, at)
    if match is None:
        return None
    kind, whole, end = match.lastgroup or "grouped", match.group(), match.end()
    if _BROKEN.match(text, end):
        return None  # a version, a time, a date, a ratio
    first = _DIGITS.match(text, at)
    assert first is not None
    normal = _normal(whole, kind)
    number, dot = Decimal(normal), normal.find(".")
    places = len(normal) - dot - 1 if dot >= 0 else 0
    plain = kind == "plain" and not places
    if plain and at and text[at - 1] == "." and not (at > 1 and text[at - 2].isalnum()):
        normal = "." + normal  # ".5%"
        at, plain, places, number = at - 1, False, len(normal) - 1, Decimal(normal)
    digits, extra = _significant(normal), number
    number, end = _add_fraction(text, end, number, plain)
    if number is not extra:
        plain, digits = False, digits + 1
    return Numeral(at, end, number, digits, places, plain, False, first.end())


def _normal(whole: str, kind: str) -> str:
    """Return the digits of a matched number in the form that Decimal reads."""
    if kind == "plain":
        return whole
    if kind in {"grouped", "indian"}:
        return whole.replace(",", "")
    if kind == "dotted":
        return whole.replace(".", "").replace(",", ".")
    if kind == "comma":
        return whole.replace(",", ".")
    if kind == "quoted":
        return whole.replace("'", "").replace("’", "").replace(",", ".")
    return re.sub(SPACE, "", whole).replace(",", ".")


def _add_fraction(text: str, end: int, number: Decimal, plain: bool) -> tuple[Decimal, int]:
    """Add the "½" or " 1/2" that follows an integer; returns the value and where it ends."""
    tail = text[end : end + 1]
    if tail in _VULGAR:
        return number + _VULGAR[tail], end + 1
    if plain and number < 1000 and tail in _BEFORE_FRACTION:
        match = _FRACTION.match(text, end)
        if match is not None and int(match.group(1)) < int(match.group(2)):
            return number + Decimal(int(match.group(1))) / int(match.group(2)), match.end()
    return number, end


def _significant(normal: str) -> int:
    """Count significant digits; trailing zeros of an integer do not count, decimals do."""
    if "." in normal:
        return len(normal.replace(".", "").lstrip("0")) or 1
    return len(normal.strip("0")) or 1


def _read_words(text: str, at: int, language: str) -> Numeral | None:
    if language != "en":
        return _read_foreign(text, at, language)
    article = _ARTICLE.match(text, at)
    if article is not None:
        half = article.group().lower().startswith("half")
        value = _VULGAR["½"] if half else Decimal(1)
        return Numeral(at, article.end(), value, 1, 0, False, True, article.end())
    match = _WORDS.match(text, at)
    if match is None:
        return None
    value = _word_value(match.group("first"))
    if match.group("hundred"):
        value = value * 100 + (_word_value(match.group("rest")) if match.group("rest") else 0)
    if match.group("part"):
        value += _PARTS[match.group("part").lower()]
    return Numeral(at, match.end(), value, _significant(str(value)), 0, False, True, match.end())


def _word_value(words: str) -> Decimal:
    parts = re.split(r"[- ]", words.lower())
    return sum((WORD_VALUES[part] for part in parts), Decimal(0))


def _read_foreign(text: str, at: int, language: str) -> Numeral | None:
    match = re.compile(r"[^\W\d_]+").match(text, at)
    value = FOREIGN_WORDS.get(language, {}).get(match.group().lower()) if match else None
    if match is None or value is None:
        return None
    return Numeral(at, match.end(), value, 1, 0, False, True, match.end())
