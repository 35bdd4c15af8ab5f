"""Many patterns over one text: a single pass over its words tells which of them can match at all.

A sentence is asked hundreds of patterns and holds the words of a few. Each pattern's needs
(``literals``) are looked for together, with one automaton; what is left is searched for as ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from lodewire.extraction.grammar.literals import Need, folded, needs_of

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick


class _Built(NamedTuple):
    """What the automaton's strings stand for, each at its place."""

    automaton: AhoCorasick
    met: tuple[int, ...]  # the needs that the string meets, as bits
    opened: tuple[tuple[int, ...], ...]  # the patterns of which it meets the rarest need


class Sieve:
    """Patterns by number, with what each needs; all of them are looked for together."""

    def __init__(self) -> None:
        """Begin without patterns."""
        self._needs: dict[Need, int] = {}  # each need is one bit
        self._wanted: list[int] = []  # for each pattern the bits that it needs
        self._rarest: dict[Need, list[int]] = {}
        self._always: list[int] = []
        self._built: _Built | None = None

    def add(self, needs: Sequence[Need]) -> int:
        """Return the number of a pattern that needs all of ``needs``, the rarest first."""
        number = len(self._wanted)
        wanted = 0
        for need in needs:
            wanted |= self._needs.setdefault(need, 1 << len(self._needs))
        self._wanted.append(wanted)
        (self._rarest.setdefault(needs[0], []) if needs else self._always).append(number)
        self._built = None
        return number

    def sift(self, text: str) -> frozenset[int]:
        """Return the numbers of the patterns that ``text`` may match."""
        automaton, met, opened = self._built or self._build()
        found = automaton.find_matches_as_indexes(folded(text), overlapping=True)
        strings = {string for string, _, _ in found}
        has = 0
        for string in strings:
            has |= met[string]
        lacks = ~has
        wanted = self._wanted
        able = [n for string in strings for n in opened[string] if not wanted[n] & lacks]
        return frozenset(able + self._always)

    def _build(self) -> _Built:
        from ahocorasick_rs import AhoCorasick

        met: dict[str, int] = {}
        opened: dict[str, list[int]] = {}
        for need, bit in self._needs.items():
            for string in need:
                met[string] = met.get(string, 0) | bit
                opened.setdefault(string, []).extend(self._rarest.get(need, ()))
        self._built = _Built(
            AhoCorasick(list(met)), tuple(met.values()), tuple(tuple(o) for o in opened.values())
        )
        return self._built


_WORDS = Sieve()  # all patterns that are sought in sentences as they are written


@dataclass(frozen=True, slots=True)
class Sought:
    """A pattern that is sought in many sentences and found in few; see ``Sentence.may_hold``."""

    pattern: re.Pattern[str]
    number: int


def sought(words: str, flags: int = 0, *, stems: Iterable[str] = ()) -> Sought:
    """Compile a pattern to be sought in sentences; to be made at a module's top.

    Where there are ``stems``, lower-case, a sentence must hold one of them besides.
    """
    needs = needs_of(words, flags)
    others = frozenset(stems)
    return Sought(re.compile(words, flags), _WORDS.add((*needs, others) if others else needs))


def any_of(strings: Iterable[str]) -> int:
    """Return the number of all sentences that hold one of ``strings``, given in lower case."""
    return _WORDS.add((frozenset(strings),))


def sift_words(text: str) -> frozenset[int]:
    """Return the numbers of all that may be found in a sentence."""
    return _WORDS.sift(text)
