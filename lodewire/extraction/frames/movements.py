"""Words of movement: which way a price or a figure went."""

from __future__ import annotations

import re
from typing import Literal

Direction = Literal["up", "down", "flat"]

_UP = (
    r"r(?:ise|ises|ose|isen|ising)|climb(?:s|ed|ing)?|gain(?:s|ed|ing)?|jump(?:s|ed|ing)?|"
    r"surg(?:e|es|ed|ing)|soar(?:s|ed|ing)?|advanc(?:e|es|ed|ing)|increas(?:e|es|ed|ing)|"
    r"rall(?:y|ies|ied|ying)|firm(?:ed|s|er)?|strengthen(?:s|ed|ing)?|rebound(?:s|ed|ing)?|"
    r"recover(?:s|ed|ing)?|sho(?:ot|ots|t|oting) up|put(?:s|ting)? on|skyrocket(?:s|ed|ing)?|"
    r"doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|quadrupl(?:e|es|ed|ing)|higher|stronger|dearer|"
    r"up(?:trend|ward|wards)?|add(?:s|ed|ing)?|grew|grow(?:s|n|ing)?|spik(?:e|es|ed|ing)|leapt|"
    r"leaps?|swell(?:s|ed)?|tick(?:ed|s)? (?:up|higher)|edg(?:ed|es|ing) (?:up|higher)|inched up|"
    r"uptick|rais(?:e|es|ed|ing)|boost(?:s|ed)?|expand(?:s|ed)?|exceed(?:s|ed)?"
)
_DOWN = (
    r"f(?:all|alls|ell|allen|alling)|drop(?:s|ped|ping)?|declin(?:e|es|ed|ing)|slip(?:s|ped|ping)?|"
    r"sl(?:ide|ides|id|iding)|eas(?:e|es|ed|ing)|shed(?:s|ding)?|los(?:e|es|t|ing)|dip(?:s|ped|ping)?|"
    r"tumbl(?:e|es|ed|ing)|plung(?:e|es|ed|ing)|slump(?:s|ed|ing)?|crash(?:es|ed|ing)?|"
    r"retreat(?:s|ed|ing)?|s(?:ink|inks|ank|unk|inking)|weaken(?:s|ed|ing)?|soften(?:s|ed|ing)?|"
    r"plummet(?:s|ed|ing)?|lower|weaker|softer|cheaper|down(?:trend|ward|wards)?|"
    r"decreas(?:e|es|ed|ing)|reduc(?:e|es|ed|ing|tion)|halv(?:e|es|ed|ing)|shr(?:ank|unk|ink|inks)|"
    r"contract(?:ed|ing)|slash(?:ed|es)?|cut(?:s|ting)?|collaps(?:e|es|ed|ing)|pull(?:ed|s)? back|"
    r"edg(?:ed|es|ing) (?:down|lower)|tick(?:ed|s)? (?:down|lower)|inched down|less"
)
_FLAT = (
    r"unchanged|unmoved|steady|steadied|stable|flat|little changed|held|range-bound|"
    r"remain(?:s|ed) at|stood still|static"
)
_ANY = re.compile(rf"\b(?:(?P<flat>{_FLAT})|(?P<up>{_UP})|(?P<down>{_DOWN}))\b", re.IGNORECASE)


def find_movement(text: str, start: int, end: int) -> tuple[Direction, int, int] | None:
    """Return direction and range of the first word of movement in ``text[start:end]``, or None."""
    match = _ANY.search(text, start, end)
    if match is None:
        return None
    direction: Direction = "flat" if match["flat"] else ("up" if match["up"] else "down")
    return direction, match.start(), match.end()


def direction_of(word: str) -> Direction | None:
    """Return the direction that ``word`` as a whole names, or None."""
    match = _ANY.fullmatch(word)
    if match is None:
        return None
    return "flat" if match["flat"] else ("up" if match["up"] else "down")
