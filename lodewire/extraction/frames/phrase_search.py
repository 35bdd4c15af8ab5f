"""Searching a sentence's signs for many patterns at once: most need words that are not there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.frames.surface import FIRM, NAME, STATE, Masked, mask, pattern, spelled
from lodewire.extraction.grammar.literals import folded, needs_of
from lodewire.extraction.grammar.sieve import Sieve

_SIEVE = Sieve()  # the needs of all patterns over signs
_MET = f"{__name__}.met"


class _Phrase(NamedTuple):
    """One pattern with what a sentence must have for it: words and signs, firms, states."""

    words: str
    needs: int
    firms: int
    states: int


class _Met(NamedTuple):
    """What a sentence has: the needs that it meets, its firms, its states."""

    needs: int
    firms: int
    states: int


class Phrases:
    """Patterns that are sought together; their matches are told in this order.

    Make them at a module's top: a sentence is looked at once for the needs of all of them.
    """

    def __init__(self, *words: str) -> None:
        """Note what each pattern needs; it is compiled when the first sentence may match it."""
        self.phrases = tuple(map(_phrase, words))


def _phrase(words: str) -> _Phrase:
    stems, parted, _ = words.partition(" :: ")
    needs = _SIEVE.add(needs_of(spelled(words), re.IGNORECASE))
    if parted:
        needs |= _SIEVE.add((frozenset(stems.split("|")),))
    return _Phrase(words, needs, _firms(words), 2 if "@ss" in words else 0)


def _firms(words: str) -> int:
    """How many firms a pattern takes at least; what it leaves open counts nothing."""
    if "@aa" in words:
        return 2
    return int("@a" in words) + int(
        "@b" in words and "(?:@b" not in words and "(?:…\\b" not in words and "@b)?" not in words
    )


def matches(sentence: Sentence, phrases: Phrases) -> Iterator[tuple[Masked, re.Match[str]]]:
    """The first match of each pattern in the sentence, with its signs."""
    masked = mask(sentence)
    met, firms, states = _met(masked)
    for words, needs, least_firms, least_states in phrases.phrases:
        if needs & ~met or firms < least_firms or states < least_states:
            continue
        match = pattern(words).search(masked.text)
        if match is not None:
            yield masked, match


def _met(masked: Masked) -> _Met:
    """What the sentence has for any pattern; worked out once."""
    shared = masked.sentence.shared
    known = shared.get(_MET)
    if isinstance(known, _Met):
        return known
    text = masked.text
    made = _Met(
        _SIEVE.sift(folded(text)), text.count(FIRM) + text.count(NAME), text.count(STATE)
    )
    shared[_MET] = made
    return made
