"""Searching a sentence's signs for many patterns at once: most need a stem that is not there."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.frames.surface import (
    FIRM,
    GOODS,
    NAME,
    SHARES,
    SITE,
    STATE,
    SUM,
    VOLUME,
    Masked,
    mask,
    pattern,
)

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick


@functools.cache
def _stems(words: str) -> tuple[str, ...]:
    stems, parted, _ = words.partition(" :: ")
    return tuple(stems.split("|")) if parted else ()


@functools.cache
def _needed(words: str) -> int:
    """How many firms a pattern takes at least; what it leaves open counts nothing."""
    if "@aa" in words:
        return 2
    return int("@a" in words) + int(
        "@b" in words and "(?:@b" not in words and "(?:…\\b" not in words and "@b)?" not in words
    )


@functools.cache
def _signs(words: str) -> tuple[str, ...]:
    """The signs that every match holds: those that stand outside all groups and choices."""
    depth, found = 0, set[str]()
    body = words.partition(" :: ")[2] or words
    for char in re.sub(r"\\ue00([0-7])", lambda m: chr(0xE000 + int(m[1])), body):
        depth += (char in "([") - (char in ")]")
        if depth == 0 and char in (SITE, GOODS, SUM, SHARES, VOLUME):
            found.add(char)
    return tuple(sorted(found))


class _Gate(NamedTuple):
    """Which of some patterns a text can match at all, by the stems that each needs."""

    stems: AhoCorasick
    owners: tuple[tuple[int, ...], ...]  # for each stem, the patterns that it opens
    always: frozenset[int]  # patterns that need no stem


@functools.cache
def _gate(patterns: tuple[str, ...]) -> _Gate:
    from ahocorasick_rs import AhoCorasick

    owners: dict[str, list[int]] = {}
    for index, words in enumerate(patterns):
        for stem in _stems(words):
            owners.setdefault(stem, []).append(index)
    always = frozenset(i for i, words in enumerate(patterns) if not _stems(words))
    return _Gate(AhoCorasick(list(owners)), tuple(map(tuple, owners.values())), always)


def matches(sentence: Sentence, patterns: Sequence[str]) -> Iterator[tuple[Masked, re.Match[str]]]:
    """The first match of each pattern in the sentence, with its signs."""
    masked = mask(sentence)
    gate = _gate(tuple(patterns))
    opened = set(gate.always)
    for stem, _, _ in gate.stems.find_matches_as_indexes(masked.lower, overlapping=True):
        opened.update(gate.owners[stem])
    if not opened:
        return
    firms = masked.text.count(FIRM) + masked.text.count(NAME)
    states = masked.text.count(STATE)
    for index in sorted(opened):
        words = patterns[index]
        if firms < _needed(words) or (states < 2 and "@ss" in words):
            continue  # a cheap look first: too few parties to fill it
        if any(sign not in masked.text for sign in _signs(words)):
            continue
        match = pattern(words).search(masked.text)
        if match is not None:
            yield masked, match
