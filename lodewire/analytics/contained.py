"""Metal contained in a compound, from its formula and the standard atomic weights.

Atomic weights: IUPAC Commission on Isotopic Abundances and Atomic Weights, abridged standard
atomic weights 2021 (Prohaska et al., Pure Appl. Chem. 94, 573, 2022; https://doi.org/10.1515/
pac-2019-0603). The factors that trade uses follow from them: 1 mtu of WO3 (10 kg) holds 7.93 kg of
tungsten, and germanium dioxide is 69 % germanium (both as USGS Mineral Commodity Summaries print).
"""

from __future__ import annotations

import re
from decimal import Decimal, localcontext

from lodewire.errors import MeasureError

ATOMIC_WEIGHTS: dict[str, Decimal] = {
    symbol: Decimal(weight)
    for symbol, weight in (
        pair.split("=")
        for pair in (
            "H=1.0080 Li=6.94 Be=9.0122 B=10.81 C=12.011 N=14.007 O=15.999 F=18.998 Na=22.990 "
            "Mg=24.305 Al=26.982 Si=28.085 P=30.974 S=32.06 Cl=35.45 K=39.098 Ca=40.078 Sc=44.956 "
            "Ti=47.867 V=50.942 Cr=51.996 Mn=54.938 Fe=55.845 Co=58.933 Ni=58.693 Cu=63.546 "
            "Zn=65.38 Ga=69.723 Ge=72.630 As=74.922 Se=78.971 Rb=85.468 Sr=87.62 Y=88.906 "
            "Zr=91.224 Nb=92.906 Mo=95.95 Ru=101.07 Rh=102.91 Pd=106.42 Ag=107.87 Cd=112.41 "
            "In=114.82 Sn=118.71 Sb=121.76 Te=127.60 Cs=132.91 Ba=137.33 La=138.91 Ce=140.12 "
            "Pr=140.91 Nd=144.24 Sm=150.36 Eu=151.96 Gd=157.25 Tb=158.93 Dy=162.50 Ho=164.93 "
            "Er=167.26 Tm=168.93 Yb=173.05 Lu=174.97 Hf=178.49 Ta=180.95 W=183.84 Re=186.21 "
            "Os=190.23 Ir=192.22 Pt=195.08 Au=196.97 Hg=200.59 Tl=204.38 Pb=207.2 Bi=208.98 "
            "Th=232.04 U=238.03"
        ).split()
    )
}

COMPOUNDS: dict[str, tuple[str, str]] = {
    "gallium oxide": ("Ga2O3", "Ga"),
    "germanium dioxide": ("GeO2", "Ge"),
    "tungsten trioxide": ("WO3", "W"),
    "ammonium paratungstate": ("(NH4)10(H2W12O42)(H2O)4", "W"),
    "dysprosium oxide": ("Dy2O3", "Dy"),
    "terbium oxide": ("Tb4O7", "Tb"),
    "neodymium oxide": ("Nd2O3", "Nd"),
    "praseodymium oxide": ("Pr6O11", "Pr"),
    "lanthanum oxide": ("La2O3", "La"),
    "cerium oxide": ("CeO2", "Ce"),
    "samarium oxide": ("Sm2O3", "Sm"),
    "yttrium oxide": ("Y2O3", "Y"),
    "lithium carbonate": ("Li2CO3", "Li"),
    "lithium hydroxide monohydrate": ("LiOH(H2O)", "Li"),
    "lithium oxide": ("Li2O", "Li"),
    "vanadium pentoxide": ("V2O5", "V"),
    "molybdenum trioxide": ("MoO3", "Mo"),
    "antimony trioxide": ("Sb2O3", "Sb"),
    "niobium pentoxide": ("Nb2O5", "Nb"),
    "tantalum pentoxide": ("Ta2O5", "Ta"),
    "chromium oxide": ("Cr2O3", "Cr"),
    "titanium dioxide": ("TiO2", "Ti"),
    "uranium oxide": ("U3O8", "U"),
    "cobalt sulphate heptahydrate": ("CoSO4(H2O)7", "Co"),
    "nickel sulphate hexahydrate": ("NiSO4(H2O)6", "Ni"),
    "alumina": ("Al2O3", "Al"),
    "magnesia": ("MgO", "Mg"),
}
"""Traded compounds: common name -> formula and the element it is bought for."""

_TOKEN = re.compile(r"(?P<symbol>[A-Z][a-z]?)|(?P<open>\()|(?P<close>\))|(?P<count>\d+)")
_DEEPEST = 8


def metal_content(formula: str, element: str) -> Decimal:
    """Return the part of a compound's mass that is ``element``, 0..1 (method "contained/1").

    >>> round(metal_content("GeO2", "Ge"), 3)
    Decimal('0.694')

    Brackets and counts are read ("CoSO4(H2O)7"). Raises MeasureError for a formula that cannot be
    read, an element without a standard atomic weight here, or one that the formula does not hold.
    """
    atoms = atoms_in(formula)
    if element not in atoms:
        raise MeasureError(f"{formula} holds no {element}", hint="Write formulas as in Dy2O3")
    with localcontext(prec=34):
        whole = sum((ATOMIC_WEIGHTS[a] * n for a, n in atoms.items()), Decimal(0))
        return ATOMIC_WEIGHTS[element] * atoms[element] / whole


def atoms_in(formula: str) -> dict[str, int]:
    """Return element -> number of atoms in one formula unit; raises MeasureError."""
    stack: list[dict[str, int]] = [{}]
    last: dict[str, int] = {}
    place = 0
    while place < len(formula):
        match = _TOKEN.match(formula, place)
        if match is None or len(stack) > _DEEPEST:
            raise MeasureError(f"{formula!r} is not a chemical formula", hint="Such as Nd2O3")
        place = match.end()
        if symbol := match["symbol"]:
            if symbol not in ATOMIC_WEIGHTS:
                raise MeasureError(f"{symbol!r} in {formula!r} has no standard atomic weight here")
            last = {symbol: 1}
            _add(stack[-1], last)
        elif match["open"]:
            stack.append({})
            last = {}
        elif match["close"]:
            if len(stack) == 1:
                raise MeasureError(f"{formula!r} closes a bracket it did not open")
            last = stack.pop()
            _add(stack[-1], last)
        else:
            count = int(match["count"])
            if not last or not 1 <= count <= 999:
                raise MeasureError(f"{formula!r}: the number {count} follows no atom or group")
            _add(stack[-1], {a: n * (count - 1) for a, n in last.items()})
            last = {}
    if len(stack) != 1 or not stack[0]:
        raise MeasureError(f"{formula!r} is not a chemical formula", hint="Such as Nd2O3")
    return stack[0]


def price_of_metal(price: Decimal, content: Decimal) -> Decimal:
    """Return the price of the metal in a compound, in the compound's unit (method "contained/1").

    ``price`` is by mass of the compound, ``content`` the part that is metal, over 0 up to 1: metal
    costs price / content a unit of mass. What it costs to reduce it is not in it.
    """
    if not 0 < content <= 1:
        raise MeasureError(f"a content of {content} lies outside 0..1")
    with localcontext(prec=34):
        return price / content


def price_of_compound(price: Decimal, content: Decimal) -> Decimal:
    """Return the price of the compound whose metal costs ``price``: the way back."""
    if not 0 < content <= 1:
        raise MeasureError(f"a content of {content} lies outside 0..1")
    with localcontext(prec=34):
        return price * content


def _add(to: dict[str, int], more: dict[str, int]) -> None:
    for atom, count in more.items():
        to[atom] = to.get(atom, 0) + count
