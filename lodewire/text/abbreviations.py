"""Abbreviations by language: which full stops do not end a sentence."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

FALLBACK = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviations:
    """Lower-case words without their last stop; ``starters`` are spelled as in a text."""

    never: frozenset[str]
    numbered: frozenset[str]
    may_end: frozenset[str]
    months: frozenset[str]
    units: frozenset[str]
    places: frozenset[str]
    starters: frozenset[str]


@cache
def abbreviations(language: str | None) -> Abbreviations:
    """Return the table of a language (ISO 639-1); languages without one get the English table.

    English abbreviations of companies and titles stand in news of every language, so the other
    tables add to the English one, except for its sentence starters.
    """
    tables = _tables()
    base = tables[FALLBACK]
    own = tables.get(language or FALLBACK, base)
    merged = own is not base
    return Abbreviations(
        never=_words(own, "never") | (_words(base, "never") if merged else frozenset()),
        numbered=_words(own, "numbered") | (_words(base, "numbered") if merged else frozenset()),
        may_end=_words(own, "may_end") | (_words(base, "may_end") if merged else frozenset()),
        months=_words(own, "months") | _words(own, "days"),
        units=_words(base, "units"),
        places=_words(base, "places"),
        starters=frozenset(own["starters"]),
    )


def _words(table: dict[str, list[str]], name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in table[name])


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    source = files("lodewire.text").joinpath("data/abbreviations.toml")
    return tomllib.loads(source.read_text("utf-8"))
