"""What a material's words stand for: a commodity, or a product with the commodities it holds.

Names come from the ontology's commodities and products; a name counts only where it is the whole
cell, but for words of form, grade and size ("dysprosium oxide 99.9 %", "NdFeB magnet N42SH"). What
else holds a name is left out with a suggestion: "tin can" and "lead screw" are no metal bought.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass, replace

from lodewire.analytics.holdings.cells import near_word
from lodewire.analytics.holdings.formulas import read_formula
from lodewire.analytics.holdings.surfaces import (
    FORMS,
    TRADED,
    Content,
    held_by,
    line_of,
    plain,
    plain_names,
    products,
    stage_of,
    surfaces,
    symbols,
)
from lodewire.ontology.commodities import ancestors_of, load_commodities

_NEUTRAL = frozenset(
    "high purity grade pure technical industrial commercial electrolytic primary refined "
    "raw crude sintered bonded anhydrous min max standard spec quality type lot "
    "coated block blocks disc discs ring arc segment segments powdered granules pellets "
    "lumps lump flakes flake fine fines coarse mesh natural spherical monohydrate trihydrate "
    "tetrahydrate pentahydrate hexahydrate heptahydrate shg lme "
    "sputtering target epi epitaxial mm cm um µm inch ah wh kwh uf µf".split()
)
_SIZE = re.compile(
    r"(?:[<>≥≤~ø⌀]?\d[\d.,x×*/-]*(?:%|mm|cm|um|µm|m|in|kg|g|n|wh|kwh|ah|v|uf|µf)?"
    r"|[a-z]{0,3}\d+[a-z]{0,3})"
)
_GRADE = re.compile(
    r"\b(?:grade|class|type|güte|qualité)\s+[A-Za-z0-9-]{1,6}\b"
    r"|\b(?:battery|acid|electronic|solar|nuclear|optical|food)[- ](?:grade|quality)\b",
    re.I,
)
_CHEMISTRY = re.compile(r"\b(NMC|NCM|NCA)[- ]?\d{3}\b", re.I)
_CELL = re.compile(r"\b(?:cells?|battery|batteries|packs?|modules?)\b", re.I)
#: Chemistries of cells, where the word for a cell stands anywhere beside them.
_CELLS = {
    "nmc": "nmc-battery",
    "ncm": "nmc-battery",
    "nca": "nmc-battery",
    "lfp": "lfp-battery",
    "nimh": "nimh-battery",
}
#: Words that name what a product is a kind of, and say nothing new beside it.
_KIN = {
    "li-ion": "li-ion-battery",
    "lithium-ion": "li-ion-battery",
    "battery": "battery",
    "batteries": "battery",
    "cell": "battery",
    "cells": "battery",
    "rechargeable": "battery",
    "pack": "battery",
    "packs": "battery",
    "module": "battery",
    "modules": "battery",
    "prismatic": "battery",
    "cylindrical": "battery",
    "pouch": "battery",
    "magnet": "ndfeb-magnet",
    "magnets": "ndfeb-magnet",
}
_WORD = re.compile(r"[^\s,;()/\[\]_]+")


@dataclass(frozen=True, slots=True)
class Resolved:
    """What words stand for; without ``contents`` the reason and what to write instead."""

    contents: tuple[Content, ...] = ()
    reason: str = ""
    suggestion: str = ""


@functools.lru_cache(maxsize=65_536)
def resolve_material(words: str, *, suggest: bool = True) -> Resolved:
    """Return what ``words`` stand for; ``suggest`` looks for names alike, which takes a while."""
    text = " ".join(unicodedata.normalize("NFKC", words).split()).strip(" .,;:")
    found = _whole(text)
    if found:
        return Resolved(found)
    inside = _inside(text)
    if inside:
        kept, rest = inside
        if not rest:
            return Resolved(kept)
        names = ", ".join(dict.fromkeys(_shown(c) for c in kept if c.certain or not c.via))
        return Resolved(
            reason=f"{' '.join(rest)[:40]!r} beside a name of a material",
            suggestion=f"perhaps {names}: write that alone in the column of materials",
        )
    advice = _near(text) if suggest else ""
    return Resolved(reason="no commodity or product goes by these words", suggestion=advice)


def _whole(text: str) -> tuple[Content, ...]:
    known = symbols()
    if text in known:
        return (plain(known[text]),)
    formula = read_formula(text)
    if formula is not None:
        return (formula,)
    return _contents_of(text.casefold())


def _contents_of(key: str) -> tuple[Content, ...]:
    near = (key, key.removesuffix("s"), f"{key}s")
    own = next((surfaces()[k] for k in near if k in surfaces()), None)
    product = next((products()[k] for k in near if k in products()), None)
    return _of_product(product, own) if product is not None else (own,) if own is not None else ()


def _of_product(product: str, own: Content | None) -> tuple[Content, ...]:
    """The product as what it is traded as, and what it holds."""
    if own is None:
        traded = next((TRADED[at] for at in line_of(product) if at in TRADED), None)
        own = plain(load_commodities()[traded]) if traded else None
    held = tuple(c for c in held_by(product) if own is None or c.commodity != own.commodity)
    return ((own,) if own is not None else ()) + held


def _inside(text: str) -> tuple[tuple[Content, ...], list[str]] | None:
    """The longest run of words that names something, and the rest but for form, grade and size."""
    words = _WORD.findall(_CHEMISTRY.sub(r"\1", _GRADE.sub(" ", text)))
    cell = next((_CELLS[w.casefold()] for w in words if w.casefold() in _CELLS), None)
    if cell is not None and _CELL.search(text):
        return _with_form(_of_product(cell, None), [w for w in words if w.casefold() not in _CELLS])
    first = _longest_run(words)
    if first is not None and not first[1]:
        return first
    told = [w for w in words if not _is_neutral(w)]
    return _longest_run(told) or first


def _longest_run(words: list[str]) -> tuple[tuple[Content, ...], list[str]] | None:
    for length in range(min(len(words), 6), 0, -1):
        for start in range(len(words) - length + 1):
            run = " ".join(words[start : start + length])
            found = _whole(run) if length > 1 or len(run) > 2 or run in symbols() else ()
            if found:
                rest = words[:start] + words[start + length :]
                return _with_form(found, rest)
    return None


def _with_form(
    found: tuple[Content, ...], rest: list[str]
) -> tuple[tuple[Content, ...], list[str]]:
    left: list[str] = []
    form: str | None = None
    for word in rest:
        first = found[0]
        bare = word.casefold().strip(".-:")
        beside = _whole(word) if len(word) > 1 else ()
        if bare in FORMS:
            form = form or FORMS[bare]
        elif beside and first.commodity in ancestors_of(beside[0].commodity):
            found = beside  # "permanent magnet (NdFeB)": the more particular name counts
        elif not (_is_neutral(word) or _is_kin(bare, found) or _says_again(beside, first)):
            left.append(word)
    first = found[0]
    if form is not None and first.via is None and first.form is None:
        known = load_commodities()[first.commodity]
        found = (replace(first, form=form, stage=stage_of(known, form)), *found[1:])
    return found, left


def _is_kin(word: str, found: tuple[Content, ...]) -> bool:
    """Tell whether a word only names what the product is a kind of."""
    kind = _KIN.get(word)
    return kind is not None and any(kind in line_of(c.via) for c in found if c.via)


def _says_again(beside: tuple[Content, ...], first: Content) -> bool:
    """Tell whether a word names the material once more ("cobalt hydroxide 30 % Co")."""
    if not beside:
        return False
    told = beside[0].commodity
    return told == first.commodity or told in ancestors_of(first.commodity)


def _is_neutral(word: str) -> bool:
    """Tell whether a word is of grade or size alone."""
    parts = [p for p in re.split(r"[-:.]", word.casefold()) if p]
    whole = _SIZE.fullmatch(word.casefold()) is not None
    return (
        whole
        or not any(c.isalnum() for c in word)
        or all(p in _NEUTRAL or _SIZE.fullmatch(p) for p in parts)
    )


def _shown(content: Content) -> str:
    return repr(content.via or load_commodities()[content.commodity].name)


def _near(text: str) -> str:
    near = near_word(text, plain_names(), 0.8)
    if near:
        return f"did you mean {near}?"
    return "write the material's English name, or that of the product"
