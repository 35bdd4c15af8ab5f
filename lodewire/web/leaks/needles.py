"""What is looked for: runs of words of what is paid for, less those that are told for free.

A whole sentence is easily missed (a cut, a mark in the middle), so runs of six words are sought, of
four where one of them is a figure; on the page of an insight also its figures alone.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lodewire.model.ids import EventId
from lodewire.model.tier import Part

_WORD = re.compile(r"[^\W_]+(?:[.,][0-9]+)*%?")
_TAG = re.compile(r"<[^<>]*>")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?%?|\d+\.\d+%?|\d{5,}")
_LONG, _SHORT = 6, 4

Run = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A text that not every tier sees; ``part`` None is an insight too far back in the archive."""

    part: Part | None
    text: str
    event: EventId | None = None


def words_of(text: str) -> list[str]:
    """Return the words of a text, in small letters; figures keep their signs."""
    return [w.casefold() for w in _WORD.findall(text)]


def runs_of(words: list[str]) -> Iterator[Run]:
    """Yield the runs that tell a text: six words, four with a figure, or all of a short one."""
    if len(words) < _LONG:
        if len(words) >= _SHORT:
            yield tuple(words)
        return
    for at in range(len(words) - _LONG + 1):
        yield tuple(words[at : at + _LONG])
    for at in range(len(words) - _SHORT + 1):
        run = tuple(words[at : at + _SHORT])
        if any(_FIGURE.fullmatch(w) for w in run):
            yield run


def telling(text: str) -> bool:
    """Tell whether a run of text in a block is more than a label or a list of names."""
    words = words_of(text)
    return len(words) >= _LONG or bool(figures_of(words))


def figures_of(words: Iterable[str]) -> set[str]:
    """Return figures precise enough to be known again: 41.3%, 1,200, 0.53."""
    return {w for w in words if _FIGURE.fullmatch(w)}


def texts_of(body: bytes) -> tuple[str, ...]:
    """Return an answer as it can be read: its words without tags, and all of its source.

    The source holds attributes, comments and JSON; escapes are undone.
    """
    source = body.decode("utf-8", "replace")
    plain = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), html.unescape(source))
    return (html.unescape(_TAG.sub("", source)), html.unescape(_TAG.sub(" ", source)), plain)


class Needles:
    """What one tier must not be sent."""

    def __init__(self, hidden: Iterable[Secret], seen: Iterable[str]) -> None:
        free_runs: set[Run] = set()
        free_words: set[str] = set()
        for text in seen:
            words = words_of(text)
            free_words.update(words)
            for size in {_LONG, _SHORT, *range(_SHORT, _LONG)}:
                free_runs.update(_windows(words, size))
        self._runs: dict[Run, Secret] = {}
        self._figures: dict[EventId, dict[str, Secret]] = {}
        for secret in hidden:
            words = words_of(secret.text)
            for run in runs_of(words):
                if run not in free_runs:
                    self._runs.setdefault(run, secret)
            if secret.event is not None and secret.part is not None:
                bare = figures_of(words) - free_words
                self._figures.setdefault(secret.event, {}).update(dict.fromkeys(bare, secret))

    def __len__(self) -> int:
        return len(self._runs)

    def found(self, texts: Iterable[str], event: EventId | None = None) -> dict[Secret, str]:
        """Return the secrets that texts hold, each with the words that gave it away.

        ``event`` is the insight that the texts are about: there its figures alone are a leak.
        """
        told: dict[Secret, str] = {}
        bare = self._figures.get(event, {}) if event is not None else {}
        for text in texts:
            words = words_of(text)
            for size in (_LONG, _SHORT, _LONG - 1):
                for run in _windows(words, size):
                    if (secret := self._runs.get(run)) is not None:
                        told.setdefault(secret, " ".join(run))
            for word in bare.keys() & set(words) if bare else ():
                told.setdefault(bare[word], word)
        return told


def _windows(words: list[str], size: int) -> Iterator[Run]:
    return zip(*(words[at:] for at in range(size)), strict=False)


def strings_of(told: object) -> Iterator[str]:
    """Yield every string of a JSON value."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        for value in told.values():
            yield from strings_of(value)
    elif isinstance(told, list):
        for value in told:
            yield from strings_of(value)


def json_texts(body: bytes) -> tuple[str, ...]:
    """Return the strings of a JSON answer as one text; nothing where it is no JSON."""
    try:
        return (" ".join(strings_of(json.loads(body))),)
    except ValueError:
        return ()
