"""Parts and multiples in words: "a third of", "two-thirds", "half", "doubled", "1.5 times".

Parts have the unit "1", multiples the unit "x"; both are of kind FACTOR.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from lodewire.ontology.units import to_decimal

_ORDINALS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9,
}  # fmt: skip
_PART = re.compile(
    r"(?P<count>an?|one|two|three|four|five|six|seven|eight|nine)(?P<gap>[ -])"
    r"(?P<of>half|halves|third|quarter|fifth|sixth|seventh|eighth|ninth|"
    r"tenth)(?P<many>s)?\b(?![-’'])",
    re.I,
)
_HALF = re.compile(
    r"half(?=(?:[ ]of|[ ](?:the|its|their|his|that|all|this year|as|each)\b|[,.;)]|"
    r"[ ](?:by|in|to|from|after|as)\b|$))",
    re.I,
)
_OF = re.compile(
    r"[ \n](?:of|each|apiece|the|its|their|as|more|less|higher|lower|larger|smaller|above|below"
    r"|stake|share|interest|owner|owned|ownership|cut|reduction|increase|drop|decline|fall|rise)\b"
)
_NOT_YEAR = re.compile(
    r"[ \n]of (?:19|20)[0-9]{2}\b|[ \n]of (?:last|this|next|the (?:year|fiscal|financial|season|"
    r"month))\b"
)
_LED = re.compile(
    r"\b(?:by|to|about|around|almost|nearly|roughly|approximately|over|under|than|some|least|up to|"
    r"only"
    r"|just|further|another|another|to about|below|above)\s+$",
    re.I,
)
_PERIOD = re.compile(
    r"\b(?:first|second|third|fourth|last|latter|other|this|next|final|opening|upper|lower|top|"
    r"bottom|front|back|and a|better)[ -]$",
    re.I,
)
_MULTIPLES = {
    "double": 2, "doubled": 2, "doubles": 2, "doubling": 2, "triple": 3, "tripled": 3, "triples": 3,
    "tripling": 3, "quadruple": 4, "quadrupled": 4, "quadrupling": 4, "quintupled": 5,
    "twofold": 2, "threefold": 3, "fourfold": 4, "fivefold": 5, "sixfold": 6, "sevenfold": 7,
    "eightfold": 8, "ninefold": 9, "tenfold": 10, "twice": 2,
}  # fmt: skip
_BASE_FORMS = frozenset({"double", "doubles", "triple", "triples", "quadruple"})
_HALVES = frozenset({"halve", "halved", "halves", "halving"})
_WORD = re.compile(r"[A-Za-z]+")
_TIMES = re.compile(r"(?:(?:[ -]|x )?(?:times|-fold|fold)\b|[ -]fold\b|x)(?P<tail>(?![^\W_])|$)")
_COMPARES = re.compile(
    r"[ ](?:more|higher|as|the|its|their|that|those|what|larger|bigger|greater|faster|stronger|"
    r"longer|lower|less"
    r"|normal|current|last|this|annual|earnings|ebitda|sales|revenue|cheaper|smaller|cleaner|above|"
    r"over)\b",
    re.I,
)
_COUNTS_EVENTS = re.compile(
    r"[ ](?:(?:this|last) (?:year|month|week|season|quarter)|the (?:past|last))\b"
)
_DOUBLE_NOUN = re.compile(
    r"-|[ ](?:digits?|check|act|standards?|blow|whammy|taxation|shift|down)\b"
)
_TWICE = re.compile(r"[ ](?:the|as|its|their|that|what|this|last)\b")
_VERB_AHEAD = re.compile(
    r"[ ](?:the|as|its|their|that|what|last|to|from|by|in|over|this|current|existing|our)\b"
)
_VERB_BEHIND = re.compile(
    r"\b(?:to|will|would|could|can|may|might|should|than|nearly|almost|about|roughly|or)\s$"
)


_NOUN_AHEAD = re.compile(r"[ ][a-z]")
# Words after "by a third" that begin a clause and do not name what is counted.
_GOES_ON = re.compile(
    r"[ ](?:in|on|at|to|from|after|before|since|because|following|due|as|and|or|but|over|by|this"
    r"|last|next|compared|versus|year|when|while|with|for|under|per|so|until|amid|between)\b"
)


_RATIO = re.compile(r"([1-9])/([2-9]|10)(?=[ ]of\b)")


@dataclass(frozen=True, slots=True)
class Factor:
    """A part ("1") or a multiple ("x") at ``[start, end)``."""

    start: int
    end: int
    value: Decimal
    unit: str


def read_factor(text: str, at: int) -> Factor | None:
    """Read a part or a multiple in words that begins at ``at``."""
    part = _PART.match(text, at)
    if part is not None:
        return _read_part(text, part)
    half = _HALF.match(text, at)
    if half is not None:
        return _read_half(text, half)
    word = _WORD.match(text, at)
    return _read_multiple(text, word) if word is not None else None


def _read_part(text: str, part: re.Match[str]) -> Factor | None:
    count = _COUNTS[part.group("count").lower()]
    many = part.group("many") is not None or part.group("of").lower() == "halves"
    if (count > 1) != many:
        return None
    article = part.group("count").lower() in {"a", "an"}
    before = text[max(0, part.start() - 16) : part.start()]
    led = _LED.search(before) is not None
    followed = _OF.match(text, part.end()) is not None and not _NOT_YEAR.match(text, part.end())
    if article and not (followed or led):
        return None  # "a third cargo", "a quarter ended in June"
    noun_ahead = article and not followed and _NOUN_AHEAD.match(text, part.end()) is not None
    if noun_ahead and not (led and _GOES_ON.match(text, part.end())):
        return None
    quarters = part.group("of").lower() == "quarter"
    if quarters and part.group("gap") == " " and not followed and not led:
        return None  # "three quarters" is time
    if quarters and not followed and count > 1 and part.group("gap") == " ":
        return None
    value = to_decimal(Fraction(count, _ORDINALS[part.group("of").lower()]))
    return Factor(part.start(), part.end(), value, "1") if value < 1 else None


def _read_half(text: str, half: re.Match[str]) -> Factor | None:
    before = text[max(0, half.start() - 12) : half.start()]
    if _PERIOD.search(before) or before.endswith("-"):
        return None
    followed = re.match(
        r"[ ](?:of|the|its|their|his|that|all|as)\b", text[half.end() : half.end() + 8]
    )
    if followed is None and not _LED.search(before):
        return None
    if _NOT_YEAR.match(text, half.end()):
        return None
    return Factor(half.start(), half.end(), Decimal("0.5"), "1")


def _read_multiple(text: str, word: re.Match[str]) -> Factor | None:
    key = word.group().lower()
    if key in _HALVES:
        before = text[max(0, word.start() - 8) : word.start()]
        if key == "halves" and re.search(r"\b(?:two|both|the)\s$", before):
            return None
        return Factor(word.start(), word.end(), Decimal("0.5"), "x")
    value = _MULTIPLES.get(key)
    if value is None or _DOUBLE_NOUN.match(text, word.end()):
        return None
    if key == "twice" and not _TWICE.match(text, word.end()):
        return None  # "met twice"
    if word.start() and text[word.start() - 1] == "-":
        return None
    before = text[max(0, word.start() - 8) : word.start()]
    is_verb = _VERB_AHEAD.match(text, word.end()) or _VERB_BEHIND.search(before)
    if key in _BASE_FORMS and not is_verb:
        return None  # "triple overtime", "the doubles match"
    return Factor(word.start(), word.end(), Decimal(value), "x")


def read_ratio(text: str, at: int) -> Factor | None:
    """Read "1/3 of", the one way to write a part in figures that is no date."""
    match = _RATIO.match(text, at)
    if match is None or (at and (text[at - 1].isalnum() or text[at - 1] in "/.,")):
        return None
    count, whole = int(match.group(1)), int(match.group(2))
    if count >= whole:
        return None
    return Factor(at, match.end(), to_decimal(Fraction(count, whole)), "1")


def read_times(text: str, at: int, end: int) -> int | None:
    """Return where "times", "-fold" or "x" after the number at ``at``..``end`` ends.

    None for "met three times" and "three times a week", which count events.
    """
    match = _TIMES.match(text, end)
    if match is None:
        return None
    if "time" in match.group():
        compares = _COMPARES.match(text, match.end()) or _LED.search(text[max(0, at - 16) : at])
        if compares is None or _COUNTS_EVENTS.match(text, match.end()):
            return None
    return match.end()
