"""Many patterns over one text: a single pass over its words tells which of them can match at all.

A sentence is asked hundreds of patterns and holds the words of a few. Each pattern's needs
(``literals``) are looked for together, with one automaton; what is left is searched for as ever.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from lodewire.extraction.grammar.literals import Need, Needs, folded, needs_of, ways_of

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick


class _Built(NamedTuple):
    """What the automaton's strings stand for, each at its place."""

    automaton: AhoCorasick
    met: tuple[int, ...]  # the needs that the string meets, as bits
    opened: tuple[tuple[tuple[int, int], ...], ...]  # the ways of which it meets the rarest need


class Sieve:
    """Patterns by number, with what each needs; all of them are looked for together."""

    def __init__(self) -> None:
        """Begin without patterns."""
        self._patterns: list[Callable[[], Iterable[Needs]]] = []
        self._always: list[int] = []
        self._built: _Built | None = None

    def add(self, ways: Callable[[], Iterable[Needs]]) -> int:
        """Return the number of a pattern that matches where all needs of one way are met.

        What the ways need is worked out when the first text is sifted, not on import.
        """
        self._patterns.append(ways)
        self._built = None
        return len(self._patterns) - 1

    def sift(self, text: str) -> frozenset[int]:
        """Return the numbers of the patterns that ``text`` may match."""
        automaton, met, opened = self._built or self._build()
        found = automaton.find_matches_as_indexes(folded(text), overlapping=True)
        strings = {string for string, _, _ in found}
        has = 0
        for string in strings:
            has |= met[string]
        lacks = ~has
        able = [number for s in strings for number, wanted in opened[s] if not wanted & lacks]
        return frozenset(able + self._always)

    def _build(self) -> _Built:
        from ahocorasick_rs import AhoCorasick

        bits: dict[Need, int] = {}
        ways: dict[Need, list[tuple[int, int]]] = {}  # by the rarest need of each
        self._always = []
        for number, find in enumerate(self._patterns):
            for needs in find():
                wanted = 0
                for need in needs:
                    wanted |= bits.setdefault(need, 1 << len(bits))
                if needs:
                    ways.setdefault(needs[0], []).append((number, wanted))
                else:
                    self._always.append(number)
        met: dict[str, int] = {}
        opened: dict[str, list[tuple[int, int]]] = {}
        for need, bit in bits.items():
            for string in need:
                met[string] = met.get(string, 0) | bit
                opened.setdefault(string, []).extend(ways.get(need, ()))
        self._built = _Built(
            AhoCorasick(list(met)), tuple(met.values()), tuple(map(tuple, opened.values()))
        )
        return self._built


_WORDS = Sieve()  # all patterns that are sought in sentences as they are written


@dataclass(frozen=True, slots=True)
class Sought:
    """A pattern that is sought in many sentences and found in few; see ``Sentence.may_hold``."""

    pattern: re.Pattern[str]
    number: int


def sought(words: str, flags: int = 0, *, stems: Sequence[str] = (), apart: bool = False) -> Sought:
    """Compile a pattern to be sought in sentences; to be made at a module's top.

    Where there are ``stems``, lower-case, a sentence must hold one of them besides. The ways
    through a pattern are told ``apart`` where it is slow and wide: a closer look for more strings.
    """
    others = (frozenset(stems),) if stems else ()

    def ways() -> Iterator[Needs]:
        for needs in ways_of(words, flags) if apart else (needs_of(words, flags),):
            yield needs + others

    return Sought(re.compile(words, flags), _WORDS.add(ways))


def any_of(strings: Sequence[str]) -> int:
    """Return the number of all sentences that hold one of ``strings``, given in lower case."""
    return _WORDS.add(lambda: [(frozenset(strings),)])


def sift_words(text: str) -> frozenset[int]:
    """Return the numbers of all that may be found in a sentence."""
    return _WORDS.sift(text)
