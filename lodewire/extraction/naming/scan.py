"""Finding the lexicon's surfaces in a text: word boundaries, case, longest match."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lodewire.extraction.naming.lexicon import Entry, Lexicon, load_lexicon
from lodewire.model.evidence import Span

_SMALL = b"abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Hit:
    """A surface of the lexicon in a text, with the entries it may stand for."""

    span: Span
    entries: tuple[Entry, ...]


def scan(text: str) -> tuple[Hit, ...]:
    """Return the longest, left-most hits of the lexicon in ``text``, in order, not overlapping."""
    lexicon = load_lexicon()
    return _longest(_hits(text, lexicon))


def lower_same_length(text: str) -> str:
    """Lower-case ``text`` without changing its length, so that spans keep their meaning."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _hits(text: str, lexicon: Lexicon) -> Iterable[Hit]:
    lowered = lower_same_length(text)
    for index, start, end in lexicon.automaton.find_matches_as_indexes(lowered, overlapping=True):
        if not _at_boundaries(text, start, end):
            continue
        surface = text[start:end]
        entries = tuple(
            e
            for e in lexicon.entries[lexicon.surfaces[index]]
            if _fits_case(text, start, surface, e)
        )
        if entries:
            inside = end < len(text) and _is_word(text[end - 1]) and _is_word(text[end])
            yield Hit(
                Span(start, end + 1 if inside else end), entries
            )  # a plural's s belongs to it


def _at_boundaries(text: str, start: int, end: int) -> bool:
    # Most of what is found overlapping lies inside a word: the character before is looked at first.
    before = text[start - 1] if start else " "
    if (before.isalnum() or before == "_") and _is_word(text[start]):
        return False
    after = text[end : end + 1]
    if (after.isalnum() or after == "_") and _is_word(text[end - 1]):
        return _is_plural_s(text, end)
    return True


def _is_plural_s(text: str, end: int) -> bool:
    # "rare earths" is listed; "electrolysers" may not be: a bare plural s is let through.
    plural = text[end] == "s" and text[end - 1] != "s"
    return plural and (end + 1 == len(text) or not _is_word(text[end + 1])) and end > 3


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _fits_case(text: str, start: int, surface: str, entry: Entry) -> bool:
    if entry.any_case or surface == entry.surface:
        return True
    if not surface.isupper() or len(surface) < 4:
        return False
    return _in_capitals(text, start)


def _in_capitals(text: str, start: int) -> bool:
    """Tell whether the line is set in capitals (a headline of some wires)."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    # Small letters alone refuse nearly every line, at the speed of a copy.
    plain = line.encode("ascii", "ignore")
    if len(plain) - len(plain.translate(None, _SMALL)) >= 0.1 * len(line):
        return False
    letters = [c for c in line if c.isalpha()]
    return len(letters) > 12 and sum(c.isupper() for c in letters) > 0.9 * len(letters)


def _longest(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    chosen: list[Hit] = []
    end = 0
    for hit in sorted(hits, key=lambda h: (h.span.start, -h.span.end)):
        if hit.span.start >= end:
            chosen.append(hit)
            end = hit.span.end
        elif chosen and hit.span.end > chosen[-1].span.end and _better(hit, chosen[-1]):
            chosen[-1] = hit
            end = hit.span.end
    return tuple(chosen)


def _better(hit: Hit, other: Hit) -> bool:
    """A clearly longer overlapping match wins over the left-most: "US [Midwest premium…]"."""
    return hit.span.end - hit.span.start > (other.span.end - other.span.start) + 4
