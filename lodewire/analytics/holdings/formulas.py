"""Chemical formulas as tables write them: "Dy2O3" is an oxide of dysprosium."""

from __future__ import annotations

import re

from lodewire.analytics.holdings.surfaces import Content, plain, symbols

_FORMULA = re.compile(r"(?:[A-Z][a-z]?\d{0,2}|[()]|\)\d){2,16}")
_ELEMENT = re.compile(r"[A-Z][a-z]?")
_WATER = re.compile(r"[·*.]\s*\d?H2O$")
#: What is bound to the metal, and the form it makes of it; the longest first.
_BOUND = (
    (re.compile(r"CO3"), "carbonate"),
    (re.compile(r"SO4"), "sulphate"),
    (re.compile(r"NO3"), "nitrate"),
    (re.compile(r"OH"), "hydroxide"),
    (re.compile(r"Cl\d?"), "chloride"),
    (re.compile(r"O\d"), "oxide"),
    (re.compile(r"F\d?"), "fluoride"),
    (re.compile(r"C$"), "carbide"),
    (re.compile(r"O$"), "oxide"),
)
_NO_METALS = frozenset(("O", "H", "C", "N", "S", "F", "Cl", "P"))


def read_formula(text: str) -> Content | None:
    """Return the one commodity whose compound a formula writes, with its form; None for others.

    Formulas of two metals ("LiCoO2"), of none ("CO2"), or without a part that tells the form, are
    not read.
    """
    bare = _WATER.sub("", text)
    if not _FORMULA.fullmatch(bare):
        return None
    form = next((form for bound, form in _BOUND if bound.search(bare)), None)
    elements = set(_ELEMENT.findall(bare))
    metals = elements - _NO_METALS
    known = symbols()
    if form is None or len(metals) != 1 or not metals <= known.keys():
        return None
    return plain(known[metals.pop()], form)
