"""Cutting text into words for full-text search, as SQLite's FTS5 does, and showing what was found.

For engines whose own parser has other notions of a word (PostgreSQL splits by locale, keeps
addresses and hyphens together): text and query are cut by the same function, so that a query
finds the same documents on every engine. A word is a run of letters and digits of any script, in
lower case, without the marks over Latin letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from lodewire.ledger.backend import MARK_END, MARK_START, SearchTerms

SNIPPET_WORDS = 24
_MOST_STARTS = 100  # places tried as the start of a snippet

# Letters and digits; combining marks go on with the letter before them.
_RUN = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_Term = tuple[tuple[str, ...], bool]


class _Fold(dict[int, str]):
    """Each character in lower case and without marks; worked out once, when first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = "" if 0x300 <= code <= 0x36F else char.casefold()
        if len(folded) > 1:  # FTS5 leaves ß and its like
            folded = char.lower()
        base = unicodedata.normalize("NFD", char)[0]
        if base.isascii() and base.isalpha():
            folded = base.lower()
        self[code] = folded
        return folded


_FOLD = _Fold()


def words_of(text: str) -> list[str]:
    """Return the words of ``text`` in order, folded."""
    return " ".join(_RUN.findall(text)).translate(_FOLD).split()


def cut_terms(terms: Sequence[_Term]) -> list[_Term]:
    """Return ``terms`` with their words cut as text is ("e-mail" is two words in a row)."""
    cut = [(tuple(words_of(" ".join(words))), prefix) for words, prefix in terms]
    return [(words, prefix) for words, prefix in cut if words]


def snippet_of(title: str | None, text: str, terms: SearchTerms) -> str:
    """Return about :data:`SNIPPET_WORDS` words around what was found, the found ones in marks.

    From the text, or from the title where only that holds a term.
    """
    wanted = cut_terms(terms.wanted)
    for whole in (text, title or ""):
        runs = [(m.start(), m.end()) for m in _RUN.finditer(whole)]
        folded = [whole[a:b].translate(_FOLD) for a, b in runs]
        found = _found(folded, wanted)
        if found:
            return _cut(whole, runs, found)
    return _cut(text, [(m.start(), m.end()) for m in _RUN.finditer(text)], [])


def _found(words: Sequence[str], wanted: Iterable[_Term]) -> list[tuple[int, int]]:
    """Half-open runs of words that are terms, in order, none inside another."""
    places: set[tuple[int, int]] = set()
    for term, prefix in wanted:
        last = len(term) - 1
        for at, word in enumerate(words[: len(words) - last]):
            if word != term[0] and not (prefix and last == 0 and word.startswith(term[0])):
                continue
            whole = all(words[at + k] == term[k] for k in range(1, last))
            end = words[at + last]
            if whole and (end == term[last] or (prefix and end.startswith(term[last]))):
                places.add((at, at + last + 1))
    kept: list[tuple[int, int]] = []
    for place in sorted(places, key=lambda p: (p[0], -p[1])):
        if not kept or place[0] >= kept[-1][1]:
            kept.append(place)
    return kept


def _cut(whole: str, runs: Sequence[tuple[int, int]], found: Sequence[tuple[int, int]]) -> str:
    if not runs:
        return whole[:200]
    first = _best_start(found, len(runs))
    last = min(first + SNIPPET_WORDS, len(runs))
    start = 0 if first == 0 else runs[first][0]
    end = len(whole) if last == len(runs) else runs[last - 1][1]
    out, at = ["" if start == 0 else "…"], start
    for a, b in found:
        if a >= first and b <= last:
            out += [
                whole[at : runs[a][0]],
                MARK_START,
                whole[runs[a][0] : runs[b - 1][1]],
                MARK_END,
            ]
            at = runs[b - 1][1]
    out += [whole[at:end], "" if end == len(whole) else "…"]
    return "".join(out)


def _best_start(found: Sequence[tuple[int, int]], count: int) -> int:
    """The window that holds most of what was found; the first such, a few words before it."""
    if not found or found[-1][1] <= SNIPPET_WORDS:
        return 0

    def held(at: int) -> int:
        return sum(1 for a, b in found if a >= at and b <= at + SNIPPET_WORDS)

    start = max((a for a, _ in found[:_MOST_STARTS]), key=lambda a: (held(a), -a))
    return max(0, min(start - 2, count - SNIPPET_WORDS))
