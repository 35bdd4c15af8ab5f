"""Many patterns over one text: a single pass over its words tells which of them can match at all.

A sentence is asked some hundred patterns and holds the words of three. Each pattern's needs
(``literals``) are looked for together, with one automaton; what is left is searched for as ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lodewire.extraction.grammar.literals import Need, needs_of

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick


class Sieve:
    """Needs that are looked for together; each is one bit of an integer."""

    def __init__(self) -> None:
        """Begin without needs."""
        self._bits: dict[Need, int] = {}
        self._automaton: AhoCorasick | None = None
        self._opened: list[int] = []

    def add(self, needs: Iterable[Need]) -> int:
        """Return the bits that a text must have for all of ``needs`` to be met."""
        wanted = 0
        for need in needs:
            if need not in self._bits:
                self._bits[need] = 1 << len(self._bits)
                self._automaton = None
            wanted |= self._bits[need]
        return wanted

    def sift(self, folded: str) -> int:
        """Return the bits of the needs that ``folded``, a text in lower case, meets."""
        automaton = self._automaton or self._build()
        opened = self._opened
        met = 0
        found = automaton.find_matches_as_indexes(folded, overlapping=True)
        for index in {index for index, _, _ in found}:
            met |= opened[index]
        return met

    def _build(self) -> AhoCorasick:
        from ahocorasick_rs import AhoCorasick

        opened: dict[str, int] = {}
        for need, bit in self._bits.items():
            for string in need:
                opened[string] = opened.get(string, 0) | bit
        self._automaton = AhoCorasick(list(opened))
        self._opened = list(opened.values())
        return self._automaton


_WORDS = Sieve()  # the needs of all patterns that are sought in sentences as they are written


@dataclass(frozen=True, slots=True)
class Sought:
    """A pattern with the bits of its needs."""

    pattern: re.Pattern[str]
    needs: int


def sought(words: str, flags: int = 0) -> Sought:
    """Compile a pattern that is sought in many sentences and found in few (``Sentence.may_hold``)."""
    return Sought(re.compile(words, flags), _WORDS.add(needs_of(words, flags)))


def any_of(strings: Iterable[str]) -> int:
    """Return the bit of a sentence that holds at least one of ``strings``, in whatever case."""
    return _WORDS.add((frozenset(s.lower() for s in strings),))


def sift_words(folded: str) -> int:
    """Return the bits of all sought needs that a sentence in lower case meets."""
    return _WORDS.sift(folded)
