"""The word lists behind the grammar: closed classes and verb forms, from ``grammar/data``."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources

VOWELS = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class VerbForm:
    """One reading of a surface form: its lemma and the forms it may be.

    Forms: "B" base, "S" third person, "D" past, "N" past participle, "G" -ing. ``noun`` says that
    the form is more often a noun.
    """

    lemma: str
    forms: frozenset[str]
    noun: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Closed word classes by name, and verb forms by surface."""

    closed: Mapping[str, frozenset[str]]
    verbs: Mapping[str, VerbForm] = field(repr=False)

    def has(self, class_: str, word: str) -> bool:
        """Tell whether the lower-case ``word`` belongs to a closed class."""
        return word in self.closed[class_]


@functools.cache
def load_words() -> Words:
    """Read the word lists once a process."""
    folder = resources.files("lodewire.extraction.grammar") / "data"
    closed = tomllib.loads((folder / "words.toml").read_text("utf-8"))
    verbs: dict[str, VerbForm] = {}
    for base, past, participle, noun in _entries((folder / "verbs.txt").read_text("utf-8")):
        for surface, form in _inflect(base, past, participle):
            _add(verbs, surface, base.removesuffix("+"), form, noun and form in "BSG")
    return Words(closed={name: frozenset(values) for name, values in closed.items()}, verbs=verbs)


def _add(verbs: dict[str, VerbForm], surface: str, lemma: str, form: str, noun: bool) -> None:
    known = verbs.get(surface)
    if known is None:
        verbs[surface] = VerbForm(lemma, frozenset(form), noun)
    elif known.lemma == lemma:
        verbs[surface] = VerbForm(lemma, known.forms | {form}, known.noun or noun)
    # "found", "saw", "left": the irregular past read first in the file wins over a rare verb.


def _entries(text: str) -> Iterator[tuple[str, str | None, str | None, bool]]:
    for line in text.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        parts = line.split()
        if len(parts) == 3 and _is_irregular(parts):
            base = parts[0]
            yield base.rstrip("~"), parts[1], parts[2], "~" in base
            continue
        for base in parts:
            yield base.replace("~", ""), None, None, "~" in base


def _is_irregular(parts: list[str]) -> bool:
    # A regular line of exactly three verbs does not occur: regular lines are long by convention.
    return not any(c in word for word in parts[1:] for c in "~+")


def _inflect(base: str, past: str | None, participle: str | None) -> Iterator[tuple[str, str]]:
    doubled = base.endswith("+")
    base = base.removesuffix("+")
    stem = base + base[-1] if doubled else base
    yield base, "B"
    yield _third(base), "S"
    yield _gerund(base, stem, past), "G"
    if past is not None and participle is not None:
        yield past, "D"
        yield participle, "N"
        return
    regular = _past(base, stem)
    yield regular, "D"
    yield regular, "N"


def _third(base: str) -> str:
    if base in {"have"}:
        return "has"
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    if base.endswith("y") and base[-2] not in VOWELS:
        return base[:-1] + "ies"
    return base + "s"


def _gerund(base: str, stem: str, past: str | None) -> str:
    if past is not None and _doubles(base):
        stem = base + base[-1]
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if stem.endswith("e") and not stem.endswith(("ee", "oe", "ye")) and base != "be":
        return stem[:-1] + "ing"
    return stem + "ing"


def _doubles(base: str) -> bool:
    # Irregular verbs of one syllable ending consonant-vowel-consonant double: cut, hit, run, win.
    return (
        len(base) <= 6
        and base[-1] not in VOWELS | set("wxy")
        and base[-2:-1] != ""
        and base[-2] in VOWELS
        and (len(base) < 3 or base[-3] not in VOWELS)
    )


def _past(base: str, stem: str) -> str:
    if stem.endswith("e"):
        return stem + "d"
    if base.endswith("y") and base[-2] not in VOWELS:
        return base[:-1] + "ied"
    return stem + "ed"
