"""Short forms of names that the same text gives in full: acronyms in brackets, first words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from lodewire.extraction.naming.cues import cue_union, load_cues
from lodewire.extraction.naming.lexicon import load_lexicon
from lodewire.model.evidence import Span

_BRACKETED = re.compile(r"\s?\((?:the\s)?[“\"'‘]?([A-Z][A-Za-z&.-]{1,11})[”\"'’]?\)")
_ORDINARY = frozenset(
    "first north south east west northern southern eastern western central new great greater "
    "united national general american global international china chinese standard european asia "
    "asian africa african canada canadian australia australian british indian india japan korea "
    "royal state pan trans pacific atlantic arctic royal public people's grand golden big western "
    "federal world us usa uk the critical strategic advanced green blue black red white silver "
    "energy resources mining capital power premier pure true core next".split()
)


def strip_legal(name: str) -> str:
    """Return the name without legal suffixes at its end: "Sinomine Resource Group Co., Ltd"."""
    legal = load_cues()["legal"]
    words = name.replace(",", " ").split()
    while len(words) > 1 and words[-1].lower() in legal:
        words.pop()
    return " ".join(words)


def bracketed_acronym(text: str, span: Span) -> str | None:
    """Return "JOGMEC" for "Japan Organization … (JOGMEC)", or None.

    The letters must come in order in the words before, so that tickers and notes are left out.
    """
    match = _BRACKETED.match(text, span.end)
    if match is None:
        return None
    acronym = match.group(1)
    letters = re.sub(r"[^A-Za-z]", "", acronym)
    name = span.of(text)
    initials = "".join(w[0] for w in name.split() if w[:1].isupper())
    opens = len(initials) > 2 and letters.upper().startswith(initials)  # "… Kenya (AEKL)"
    known = opens or (_in_order(letters.lower(), name.lower()) and letters[0] in name)
    return acronym if known else None


def _in_order(letters: str, name: str) -> bool:
    at = 0
    for letter in letters:
        at = name.find(letter, at) + 1
        if at == 0:
            return False
    return True


def short_forms(name: str) -> Iterable[str]:
    """Yield the shorter ways in which a text may repeat ``name``, most specific first."""
    bare = strip_legal(name)
    words = bare.split()
    if bare != name:
        yield bare
    if len(words) > 2 and _is_distinct(words[0]):
        yield " ".join(words[:2])
    agencies = cue_union("agency_ends", "agency_starts")
    if any(w.lower() in agencies for w in words):
        return
    for word in words if len(words) > 1 else ():
        if _is_distinct(word) and word.lower() not in load_cues()["company_nouns"]:
            yield word


def _is_distinct(word: str) -> bool:
    bare = word.strip(".,&'’").lower()
    if len(bare) < 3 or bare in _ORDINARY or not word[0].isupper():
        return False
    return not any(e.any_case for e in load_lexicon().entries.get(bare, ()))


def map_short_forms(names: Iterable[str]) -> Mapping[str, str]:
    """Return short form -> full name; a short form of two full names stands for neither."""
    found: dict[str, str] = {}
    clashes: set[str] = set()
    for name in names:
        for short in short_forms(name):
            if found.setdefault(short, name) != name:
                clashes.add(short)
    return {short: name for short, name in found.items() if short not in clashes}
