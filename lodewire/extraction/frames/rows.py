"""Rows of tables set in plain text: cells parted by blanks, tabs or bars, and the heads above."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.evidence import Span

_GAP = sought(r"\s{2,}|\t+|\s?\|\s?")
_NUMBER = re.compile(r"[(+\-−–]?\s?\d[\d.,\u00a0]*\s?%?\)?(?:\s?(?:e|p|r|Mt|kt|t|oz|koz|Moz|g/t))?")
_BLANK = re.compile(r"[-–—]|n/?a|nil")
_BACK = 14  # lines over which a head still stands above its rows


@dataclass(frozen=True, slots=True)
class Row:
    """Labels at the left, numbers at the right, and the head above each number ("" if none)."""

    labels: tuple[Span, ...]
    numbers: tuple[Span, ...]
    heads: tuple[str, ...]


def read_row(sentence: Sentence) -> Row | None:
    """Return the sentence as a row of at least one label and two numbers, or None."""
    if not sentence.find(_GAP):
        return None
    cells = _cells(sentence)
    text = sentence.analysis.text
    values = [c for c in cells if _is_number(c.of(text))]
    labels = [c for c in cells if not _is_number(c.of(text))]
    if len(values) < 2 or not labels or len(labels) > 3 or labels[-1].end > values[0].start:
        return None
    return Row(tuple(labels), tuple(values), _heads(sentence, len(values)))


def _is_number(words: str) -> bool:
    return bool(_NUMBER.fullmatch(words) or _BLANK.fullmatch(words))


def _cells(sentence: Sentence) -> list[Span]:
    found: list[Span] = []
    at = 0
    text, start = sentence.text, sentence.span.start
    for gap in (*_GAP.pattern.finditer(text), None):
        end = gap.start() if gap is not None else len(text)
        if text[at:end].strip():
            found.append(Span(start + at, start + end))
        at = gap.end() if gap is not None else end
    return found


def _heads(sentence: Sentence, count: int) -> tuple[str, ...]:
    """The heads of the last ``count`` columns: of the nearest line above that holds words in cells."""
    for before in reversed(
        sentence.analysis.sentences[max(0, sentence.index - _BACK) : sentence.index]
    ):
        cells = [c.of(before.analysis.text) for c in _cells(before)]
        words = [c for c in cells if not _is_number(c)]
        if len(words) >= min(count, 2) and len(words) == len(cells) and len(cells) >= count:
            return tuple(cells[-count:])
        if len(cells) < 2:
            break
    return ("",) * count
