"""Who gives and who takes in a supply deal, where the words leave it open."""

from __future__ import annotations

import functools
import re

from lodewire.extraction.analysis import Analysis
from lodewire.model.entity import Mention

# The trade of a buyer shows how far down the chain it stands: a higher step takes from a lower one.
_STEP = {
    "miner": 0,
    "state_company": 0,
    "oil_gas": 0,
    "recycler": 1,
    "smelter": 1,
    "trader": 2,
    "chemicals": 3,
    "steel": 3,
    "magnet": 3,
    "utility": 4,
    "battery": 4,
    "chip": 4,
    "renewables": 4,
    "technology": 5,
    "defence": 5,
    "automaker": 6,
    "aerospace": 6,
}
_NAME_STEP = (
    (re.compile(r"\b(?:Motors?|Automotive|Cars?|Airbus|Boeing|Aerospace)\b"), 6),
    (
        re.compile(
            r"\b(?:Batter(?:y|ies)|Energy Solutions?|Cells?|Semiconductors?|Electronics?)\b"
        ),
        4,
    ),
    (re.compile(r"\b(?:Power|Utilit(?:y|ies)|Electric(?:ity)?|Nuclear)\b"), 4),
    (re.compile(r"\b(?:Steel|Chemicals?|Materials|Magnet(?:ic)?s?|Cathodes?)\b"), 3),
    (re.compile(r"\b(?:Trading|Trafigura|Commodities)\b"), 2),
    (re.compile(r"\b(?:Refin\w+|Smelt\w+|Recycling)\b"), 1),
    (
        re.compile(
            r"\b(?:Mining|Mines?|Minerals?|Resources?|Metals?|Lithium|Cobalt|Nickel|Uranium|Gold|"
            r"Copper|Graphite|Rare Earths?|Oil|Petroleum|Exploration|Potash|Titanium)\b"
        ),
        0,
    ),
)
_TRADE = (
    (r"auto(?:mobile )?maker|carmaker|planemaker|plane maker|truck maker|aircraft maker", 6),
    (r"battery (?:maker|producer|manufacturer|giant|company|cell)|chip ?maker|utility", 4),
    (r"steel ?maker|cathode (?:maker|producer)|magnet maker|chemicals? (?:group|company)", 3),
    (r"trader|trading (?:house|company|firm)", 2),
    (r"refiner|smelter(?: operator)?|recycler", 1),
    (r"miner|developer|producer|explorer|junior", 0),
)


def chain_step(analysis: Analysis, mention: Mention) -> int | None:
    """How far down the chain a party stands (0 mines, 6 builds cars), or None if nothing tells."""
    kind = analysis.kind_of(mention)
    if kind in _STEP:
        return _STEP[kind]
    beside = _step_beside(analysis, mention)
    if beside is not None:
        return beside
    if _MINES.search(mention.name):
        return 0  # "Battery Minerals" mines, whatever for
    return next((step for pattern, step in _NAME_STEP if pattern.search(mention.name)), None)


_MINES = re.compile(r"\b(?:Mining|Minerals|Resources)(?: (?:Ltd|Limited|Inc|Corp|plc|NL))?\.?$")


@functools.cache
def _trades() -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple((re.compile(rf"\b(?:{words})s?\W*$"), step) for words, step in _TRADE)


def _step_beside(analysis: Analysis, mention: Mention) -> int | None:
    """ "battery maker Ganfa": the trade before the name, or "the chipmaker" that stands for it."""
    for other in analysis.mentions:
        if other.entity != mention.entity:
            continue
        start = max(0, other.span.start - 28)
        before = other.text if other.generic else analysis.text[start : other.span.start]
        for pattern, step in _trades():
            if pattern.search(before):
                return step
    return None


def first_gives(analysis: Analysis, first: Mention, other: Mention | None) -> bool | None:
    """Tell whether the first of two parties supplies the other; None where nothing tells."""
    mine = chain_step(analysis, first)
    theirs = chain_step(analysis, other) if other is not None else None
    if mine is not None and theirs is not None and mine != theirs:
        return mine < theirs
    if mine is not None and theirs is None:
        return mine <= 1 if mine != 2 else None
    if theirs is not None and mine is None:
        return theirs > 1
    return None
