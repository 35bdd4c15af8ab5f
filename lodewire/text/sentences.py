"""Sentence spans of a text: an own splitter, because news is full of stops that end nothing.

"A$5-million", "No. 3", "Sen. Lisa", "J. Smith", "U.S. Army", "3.5 Mt", "Inc. said" all stay whole.
Where both readings are possible the sentence is not cut: a sentence too long loses less than half a
name.
"""

from __future__ import annotations

import re

from lodewire.model.evidence import Span
from lodewire.text.abbreviations import Abbreviations, abbreviations

_CLOSERS = "\"'”’»)\\]}」』）】〉》"
_OPENERS = "\"'“‘«(\\[{「『（【„‚¿¡"
# A run of terminators with what closes after it; CJK stops need no blank, others do. Possessive,
# and only from the start of a run: a megabyte of dots must stay linear.
_STOP = re.compile(
    rf"(?<![.!?…])[.!?…]++[{_CLOSERS}*]*+(?=\s)|[。！？｡]+[{_CLOSERS}]*|(?<=\s)(?=[•●▪■◦‣·]\s)"
    r"|(?<=[a-z0-9%)])\.(?=[A-Z][a-z]+ )"  # "prices.The company": a blank was lost
)
_WORD_BEFORE = re.compile(r"[^\s(\[{\"'“‘«/]*\Z")
_NEXT = re.compile(rf"\s*[{_OPENERS}*_]*(\S{{1,40}})")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\Z")  # U.S, D.C, a.m (last stop cut off)
_ENUMERATION = re.compile(r"(?:\d{1,3}|[ivxIVX]{1,4}|[A-Za-z])\Z")
_AFTER_NUMBER = re.compile(r"\d[\s-]?\S{1,4}\Z")
_LED_TO = re.compile(r"[+\-−(]?[A-Z]{0,3}[$€£¥₹]?\d")  # "Rebar, Turkey fob ..... $578/t"
_QUOTE_GOES_ON = frozenset("とっなのをがはにへ、，で")
_LOOK_BACK = 60  # characters; keeps a line of any length linear
_GLUE_BLOCKERS = ("@", "//", "www.")


def split_sentences(text: str, language: str | None = "en") -> tuple[Span, ...]:
    """Return the spans of the sentences of ``text``, in order.

    Spans carry no surrounding blanks, never overlap, and together cover every character that is
    not blank. A newline always ends a sentence, so headings and bullets are sentences of their own.
    ``language`` (ISO 639-1) chooses the abbreviations; unknown ones are read as English.
    """
    words = abbreviations(language)
    spans: list[Span] = []
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        _split_line(text, start, end, words, language, spans)
        start = end + 1
    return tuple(spans)


def _split_line(
    text: str, start: int, end: int, words: Abbreviations, language: str | None, spans: list[Span]
) -> None:
    opened = start
    for stop in _STOP.finditer(text, start, end):
        if _ends(text, start, end, stop, words, language):
            _append(text, opened, stop.end(), spans)
            opened = stop.end()
    _append(text, opened, end, spans)


def _append(text: str, start: int, end: int, spans: list[Span]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append(Span(start, end))


def _ends(
    text: str, start: int, end: int, stop: re.Match[str], words: Abbreviations, language: str | None
) -> bool:
    mark = stop.group()
    if not mark:  # a bullet inside a line opens a new sentence
        return stop.start() > start
    if mark[0] in "。！？｡":
        quoted = mark[-1] in "」』”）)"
        return not (quoted and text[stop.end() : stop.end() + 1] in _QUOTE_GOES_ON)
    following = _NEXT.match(text, stop.end(), end)
    if following is None:
        return True
    word = following.group(1)
    if word[0].islower():
        return False
    if mark[0] != "." or mark.startswith(".."):
        return not (mark.startswith("..") and _LED_TO.match(word))
    recent = text[max(start, stop.start() - _LOOK_BACK) : stop.start()]
    before = _WORD_BEFORE.search(recent)
    token = before.group() if before else ""
    if text[stop.end() : stop.end() + 1].strip() and _is_address(text, start, end, stop.start()):
        return False
    if stop.start() - start == len(recent) and _ENUMERATION.match(recent.strip()):
        return False  # "1. Heading"
    return _stop_ends(token, word, recent, words, language)


def _is_address(text: str, start: int, end: int, at: int) -> bool:
    """Tell whether a stop without a blank after it stands in an address or a dotted name."""
    left = text.rfind(" ", max(start, at - _LOOK_BACK), at) + 1
    right = text.find(" ", at, min(end, at + _LOOK_BACK))
    run = text[max(left, start, at - _LOOK_BACK) : right if right >= 0 else at + _LOOK_BACK]
    return run.count(".") > 2 or any(blocker in run for blocker in _GLUE_BLOCKERS)


def _stop_ends(
    token: str, word: str, recent: str, words: Abbreviations, language: str | None
) -> bool:
    """Decide for one full stop, by the word before it and the word after it."""
    low = token.lower().lstrip("–—-")
    number_next = word[0].isdigit() or word[0] in "#§"
    if low in words.never and not (low in words.units and _AFTER_NUMBER.search(recent)):
        return False
    if low in words.numbered and (number_next or re.match(r"[IVXLC]+\b", word)):
        return False
    if language == "de" and token.isdigit() and len(token) <= 2:
        return word in words.starters  # "am 12. Mai", "im 3. Quartal"
    opens = word.rstrip(",;:") in words.starters
    if low in words.months:
        return opens and not number_next
    initial = len(token) == 1 and token.isupper()
    place = token[:1].isupper() and low in words.places
    if initial or place or low in words.may_end or _DOTTED.search(low):
        # "J. A. Smith": an initial is no sentence start, though "A" may be one.
        return opens and not re.match(r"[A-Z]\.", word)
    return True
