"""Searching a sentence's signs for many patterns at once: most need words that are not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.frames.surface import FIRM, NAME, STATE, Masked, mask, pattern, spelled
from lodewire.extraction.grammar.literals import needs_of
from lodewire.extraction.grammar.sieve import Sieve

_SIEVE = Sieve()  # the needs of all patterns over signs
_ABLE = f"{__name__}.able"
_OF_NOBODY: list[
    int
] = []  # the patterns without a party: all that a sentence without one may match


class _Phrase(NamedTuple):
    """One pattern with how many firms and states a sentence must have for it."""

    words: str
    firms: int
    states: int


class Phrases:
    """Patterns that are sought together; their matches are told in this order.

    Make them at a module's top: a sentence is looked at once for the needs of all of them.
    """

    def __init__(self, *words: str) -> None:
        """Note what each pattern needs; it is compiled when the first sentence may match it."""
        self.phrases = {_number(w): _Phrase(w, _firms(w), 2 if "@ss" in w else 0) for w in words}
        self.numbers = frozenset(self.phrases)


def _number(words: str) -> int:
    stems, parted, _ = words.partition(" :: ")
    others = (frozenset(stems.split("|")),) if parted else ()
    number = _SIEVE.add(lambda: [needs_of(spelled(words), re.IGNORECASE) + others])
    if "@" not in words:
        _OF_NOBODY.append(number)
    return number


def _firms(words: str) -> int:
    """How many firms a pattern takes at least; what it leaves open counts nothing."""
    if "@aa" in words:
        return 2
    return int("@a" in words) + int(
        "@b" in words and "(?:@b" not in words and "(?:…\\b" not in words and "@b)?" not in words
    )


def matches(sentence: Sentence, phrases: Phrases) -> Iterator[tuple[Masked, re.Match[str]]]:
    """The first match of each pattern in the sentence, with its signs."""
    able = _able(sentence)
    # Nearly every sentence leaves here: it is asked for eighteen sets and holds words of one.
    return iter(()) if able.isdisjoint(phrases.numbers) else _search(sentence, phrases, able)


def _search(
    sentence: Sentence, phrases: Phrases, able: frozenset[int]
) -> Iterator[tuple[Masked, re.Match[str]]]:
    masked = mask(sentence)
    firms = masked.text.count(FIRM) + masked.text.count(NAME)
    states = masked.text.count(STATE)
    for number in sorted(able & phrases.numbers):  # in the order in which they were given
        words, least_firms, least_states = phrases.phrases[number]
        if firms < least_firms or states < least_states:
            continue  # a cheap look first: too few parties to fill it
        match = pattern(words).search(masked.text)
        if match is not None:
            yield masked, match


def _able(sentence: Sentence) -> frozenset[int]:
    """The patterns that the sentence may match; worked out once."""
    known = sentence.shared.get(_ABLE)
    if not isinstance(known, frozenset):
        text = mask(sentence).text
        named = FIRM in text or NAME in text or STATE in text
        known = sentence.shared[_ABLE] = _SIEVE.sift(text) if named else frozenset(_OF_NOBODY)
    return known
