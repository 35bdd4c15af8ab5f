"""Lines that pages print around their news: share bars, pleas, notices, credits, link headings.

The vocabulary lives in ``data/boilerplate.toml``, by family. Rules work on whole lines and are
conservative: what holds a sentence of news is kept.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from lodewire.model.evidence import Span

_WORDS = re.compile(r"[^\W_]+")
UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ENDS = frozenset(".!?。！？…")
_CLOSERS = "\"'”’»)]」』"  # may follow the end of a sentence
_COUNT = re.compile(r"^\d{1,4} | \d{1,4}$")
_LABEL = re.compile(r"\W{0,3}([^:：|»\n]{1,30}?)\s?[:：|»]")
_DEFAULT_WORDS = 14
_DEFAULT_SPAN = 60
_LABEL_WORDS = 24
_SHAPED = 8  # words from which a closed line counts as a sentence
_LONGEST = 3000  # characters; a longer line is a text, whatever it holds


@dataclass(slots=True, kw_only=True)
class _Vocabulary:
    """The compiled tables: each phrase leads to its family and the longest line it may decide."""

    lines: dict[str, str] = field(default_factory=dict)
    tails: set[str] = field(default_factory=set)
    labels: dict[str, str] = field(default_factory=dict)
    opens: dict[str, list[tuple[str, str, int, bool]]] = field(default_factory=dict)
    dense_opens: list[tuple[str, str, int, bool]] = field(default_factory=list)
    holds: list[tuple[str, int]] = field(default_factory=list)
    hold_phrases: list[str] = field(default_factory=list)
    patterns: list[tuple[str, re.Pattern[str]]] = field(default_factory=list)
    closed: list[tuple[str, re.Pattern[str]]] = field(default_factory=list)

    def add(self, family: str, table: dict[str, Any]) -> None:
        """Take over the phrases of one family."""
        self.lines.update(dict.fromkeys(table.get("lines", ()), family))
        self.tails.update(table.get("tail", ()))
        self.labels.update(dict.fromkeys(table.get("labels", ()), family))
        most = table.get("words", _DEFAULT_WORDS)
        for name in ("opens", "weak"):
            for phrase in table.get(name, ()):
                self._add_opening((phrase, family, most, name == "weak"))
        for phrase in table.get("holds", ()):
            self.hold_phrases.append(phrase if UNSPACED.search(phrase) else f" {phrase} ")
            self.holds.append((family, table.get("span", _DEFAULT_SPAN)))
        for name, patterns in (("patterns", self.patterns), ("closed", self.closed)):
            patterns += [(family, re.compile(p, re.IGNORECASE)) for p in table.get(name, ())]

    def _add_opening(self, opening: tuple[str, str, int, bool]) -> None:
        if UNSPACED.search(opening[0]):
            self.dense_opens.append(opening)
        else:
            first = opening[0].split(" ", 1)[0]
            self.opens.setdefault(first, []).append(opening)


@cache
def _vocabulary() -> _Vocabulary:
    source = files("lodewire.text").joinpath("data/boilerplate.toml")
    vocabulary = _Vocabulary()
    tables = tomllib.loads(source.read_text("utf-8"))
    for family, table in tables.items():
        vocabulary.add(family, table)
    for family, table in tables.items():
        for line in table.get("tail", ()):
            vocabulary.lines.setdefault(line, family)
    return vocabulary


@cache
def _holds() -> Any:
    import ahocorasick_rs

    return ahocorasick_rs.AhoCorasick(_vocabulary().hold_phrases)


@cache
def _any_pattern(*, closed: bool) -> re.Pattern[str]:
    """One pattern for all: the family is looked up only after it has matched."""
    vocabulary = _vocabulary()
    patterns = vocabulary.closed if closed else vocabulary.patterns
    return re.compile("|".join(f"(?:{p.pattern})" for _, p in patterns), re.IGNORECASE)


def normalise(line: str) -> str:
    """Return the words of a line, lower case, single blanks between: how phrases are compared."""
    return " ".join(_WORDS.findall(line.casefold()))


def looks_like_sentence(line: str, least: int = 6) -> bool:
    """Tell whether a line is closed by a full stop or its kin and has at least ``least`` words."""
    if line[-8:].rstrip(_CLOSERS)[-1:] not in _ENDS:
        return False
    if line.count(" ") + 1 >= least:
        return True
    return len(UNSPACED.findall(line)) >= 2 * least


def boilerplate_family(line: str, words: str | None = None) -> str | None:
    """Return the family of a boilerplate line ("share", "newsletter", …), or None for a text line.

    ``line`` is one line without its newline; ``words`` the same normalised, if at hand.
    """
    if len(line) <= 120:
        return _short_family(line, words)
    return _family(line, words) if len(line) <= _LONGEST else None


def _family(line: str, words: str | None = None) -> str | None:
    words = normalise(line) if words is None else words
    if not words:
        return None
    vocabulary = _vocabulary()
    family = vocabulary.lines.get(words)
    if family is None and (words[0].isdigit() or words[-1].isdigit()):
        family = vocabulary.lines.get(_COUNT.sub("", words))
    if family:
        return family
    count = words.count(" ") + 1
    shaped = looks_like_sentence(line, _SHAPED)
    label = _LABEL.match(line) if count <= _LABEL_WORDS and not shaped else None
    if label:
        family = vocabulary.labels.get(normalise(label[1]))
    return (
        family
        or _opening_family(words, count, shaped)
        or _holding_family(words, count)
        or _pattern_family(line, count, shaped)
    )


# Short lines repeat from page to page of a publisher.
_short_family = lru_cache(maxsize=8192)(_family)


def _opening_family(words: str, count: int, shaped: bool) -> str | None:
    vocabulary = _vocabulary()
    first = words.split(" ", 1)[0]
    candidates = vocabulary.opens.get(first, ())
    for phrase, family, most, weak in candidates:
        if count <= most and words.startswith(phrase) and not (weak and shaped):
            after = words[len(phrase) : len(phrase) + 1]
            if not after or after == " " or phrase[-1].isdigit():
                return family
    if UNSPACED.match(words):
        for phrase, family, _most, _weak in vocabulary.dense_opens:
            if words.startswith(phrase) and len(words) <= 80:
                return family
    return None


def _holding_family(words: str, count: int) -> str | None:
    holds = _vocabulary().holds
    for index, _start, _end in _holds().find_matches_as_indexes(f" {words} "):
        family, most = holds[int(index)]
        if count <= most:
            return family
    return None


def _pattern_family(line: str, count: int, shaped: bool) -> str | None:
    if count > 60 or len(line) > 400 or not _any_pattern(closed=shaped).search(line):
        return None
    vocabulary = _vocabulary()
    patterns = vocabulary.closed if shaped else vocabulary.patterns
    return next((family for family, pattern in patterns if pattern.search(line)), None)


def is_tail_heading(line: str, words: str | None = None) -> bool:
    """Tell whether a line heads a list of other pages ("Related articles", "Read next").

    ``words`` is the line normalised, if at hand.
    """
    if len(line) >= 60:
        return False
    return (normalise(line) if words is None else words) in _vocabulary().tails


def boilerplate_spans(text: str) -> tuple[Span, ...]:
    """Return the spans of the lines of ``text`` that are boilerplate, in order.

    Lines under a heading such as "Related articles" belong to it as long as they look like
    headlines, that is until a line closed like a sentence. Spans hold no newline.
    """
    spans: list[Span] = []
    listing = False
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        bare = line.strip()
        if bare:
            if listing and not looks_like_sentence(bare) and len(bare) <= 200:
                spans.append(Span(start, end))
            elif boilerplate_family(bare):
                spans.append(Span(start, end))
                listing = is_tail_heading(bare)
            else:
                listing = False
        start = end + 1
    return tuple(spans)
