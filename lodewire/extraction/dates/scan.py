"""Where in a text a date can begin: figures, and the words that dates begin with."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from lodewire.extraction.dates.absolute import month_words
from lodewire.extraction.dates.foreign import foreign_words
from lodewire.extraction.dates.lexicon import WEEKDAYS

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_DIGITS = re.compile(r"[0-9]+")
_WORDS = (
    "today yesterday tomorrow tonight overnight this last next current previous coming past within "
    "over during since early mid late end beginning start middle close rest remainder balance "
    "earlier later year-end first second third fourth final opening latter back initial "
    "closing fiscal "
    "financial recent several few preceding prior following subsequent same corresponding "
    "comparable equivalent year-earlier year-ago prior-year previous-year year-to-date "
    "month-to-date quarter-to-date midyear mid-year month-end quarter-end spring summer "
    "autumn winter"
).split()
_CODES = (
    "YTD", "MTD", "QTD", "WTD",
    "the year", "The year", "the day", "The day", "the week", "The week", "the month", "The month",
    "the quarter", "The quarter", "the session", "the half", "year to date",
    "Year to date", "end-year", "the next", "The next", "so far", "So far",
    "to date in", "To date in", "to date this", "To date this", "the weekend",
    "the same", "The same",
)  # fmt: skip
_PERIOD_CODES = ("FY", "CY", "Q1", "Q2", "Q3", "Q4", "H1", "H2")
_UNITS = (
    "day days week weeks fortnight month months quarter quarters half-year half year years decade "
    "period day-period week-period month-period year-period"
).split()
_UNIT_WORDS = frozenset(_UNITS)
_AFTER_UNIT = re.compile(
    r"(?:[ -]periods?)?(?:[ ](?:that|which))?[ -](?:to|end(?:ed|ing|s)?|hence|up|through|"
    r"until|till|ago|"
    r"earlier|later|before|after|previously|prior|of|from|starting|beginning|commencing|began|begins|started|starts)\b|"
    r"s?['’]s? time\b"
)
_BEFORE_UNIT = re.compile(
    r"(?:(?:\b(?:first|second|third|fourth|final|fiscal|financial|trading|full|calendar|reporting|"
    r"marketing|crop|half|interim|the|same|last|opening|a|an|one|two|three|four|five|six|seven|"
    r"eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|thirty|couple of|few|several|many)"
    r"|(?<![0-9.,])[0-9]{1,3})[ -])+$",
    re.I,
)
_REACH = 45
_EAST = "\u3000"  # words of Chinese stand without spaces
_ARTICLE = re.compile(r"(?:the|a few|a several|a many)[ -]", re.I)


@cache
def _scanner(language: str) -> AhoCorasick:
    from ahocorasick_rs import AhoCorasick, MatchKind

    english = language == "en"
    words = set(_WORDS) if english else set()
    words |= {w.capitalize() for w in words}
    months = month_words(language)
    words |= {m.capitalize() for m in months} | (set() if english else set(months))
    words |= {w.capitalize() for w in WEEKDAYS}
    words |= set(_PERIOD_CODES) | (set(_CODES) | set(_UNITS) if english else set(foreign_words()))
    return AhoCorasick(sorted(words), matchkind=MatchKind.LeftmostLongest)


def anchors(text: str, language: str) -> list[int]:
    """Return the places of ``text`` where a date can begin, in order."""
    spots = {m.start() for m in _DIGITS.finditer(text)}
    for _, start, end in _scanner(language).find_matches_as_indexes(text):
        inside = (start and text[start - 1].isalnum()) or (end < len(text) and text[end].isalpha())
        if inside and text[start] < _EAST:
            continue
        word = text[start:end]
        if word not in _UNIT_WORDS:
            spots.add(start)
        unit = word.rpartition(" ")[2]
        if unit in _UNIT_WORDS and _AFTER_UNIT.match(text, end) is not None:
            spots.update(_starts(text, end - len(unit)))
    return sorted(spots)


def _starts(text: str, unit: int) -> list[int]:
    """Return where the words before a unit begin: "(the) first nine |months to June"."""
    low = max(0, unit - _REACH)
    match = _BEFORE_UNIT.search(text[low:unit])
    if match is None:
        return [unit]
    start = low + match.start()
    article = _ARTICLE.match(text, start)
    return [start] if article is None else [start, article.end(), unit]
