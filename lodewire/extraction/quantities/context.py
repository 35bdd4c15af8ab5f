"""The second pass: units that a neighbour states, and what the sentence says of a quantity.

"73,890 yuan ($10,129.27) a ton", "annual output of 120,000 tonnes", "$2,578.5 a ton, nickel at
$15,680": the unit is in the sentence, and not beside the number. Each rule looks at a bounded
stretch of text and acts only where the words leave one reading.
"""

from __future__ import annotations

import re

from lodewire.extraction.quantities.amounts import Tongue
from lodewire.extraction.quantities.drafts import Draft, unit_kind
from lodewire.extraction.quantities.names import find_with_adjectives
from lodewire.extraction.quantities.prices import share_prices
from lodewire.model.vocabulary import QuantityKind

_ADVERB_AFTER = re.compile(
    r"[ ](?:of|in)[ ](?:[\w’'-]+[ ]){1,4}?(?P<how>annually|yearly|weekly|daily|monthly|"
    r"(?:per|every|each)"
    r" (?:year|month|week|day))\b"
)
_TIMES = {
    "annually": "yr", "yearly": "yr", "weekly": "week", "daily": "d", "monthly": "month",
    "year": "yr", "month": "month", "week": "week", "day": "d",
}  # fmt: skip
_OPEN = re.compile(
    r"[ ]?[(\[](?:or |about |around |roughly |nearly |almost |some |approximately |equal to |"
    r"equivalent to |~|≈|= ?)*$"
)
_CLOSE = re.compile(r"[)\]]")
_OPENED = re.compile(r"\((?:about |around |roughly |nearly |some |or )?$")
_ALSO = re.compile(r",? or (?:about |around |roughly |nearly |almost |some )*$")
_COORDINATED = re.compile(
    r"(?: of [\w -]{1,40})?(?:,|,? and|,? or) (?:(?:about|around|some|nearly|almost|up to|another|"
    r"a further) )*$"
)
_YEARLY = re.compile(
    r"\b(?:annual|yearly|annuali[sz]ed)\b[^.;:()]{0,50}?\b(?:capacity|capacities|output|production|"
    r"throughput|rate"
    r"|supply|supplies|demand|consumption|exports|imports|deliveries|needs|requirements?|sales|"
    r"shipments)\b"
    r"[^.;:()]{0,48}$",
    re.I,
)
_CAPACITY_TOO = re.compile(r"\bcapacity (?:of|at|to|is|was|stands at)(?: about| around)? $")
_TO_RATE = frozenset({QuantityKind.MASS, QuantityKind.VOLUME, QuantityKind.ENERGY})
_YEARLY_UNFIT = re.compile(
    r"\b(?:in|for|from|since|during) (?:19|20)[0-9]{2}\b|\bby$|\bby (?:about|around|nearly|some|"
    r"almost)?\s*$|\b(?:rise|increase|fall|drop|gain|decline|growth) of\b",
    re.I,
)
_SENTENCE_END = re.compile(r"[.!?][\"”’)]?\s+(?=[A-Z“\"‘])|\n")


def settle_units(text: str, drafts: list[Draft], tongue: Tongue) -> None:
    """Share denominators between neighbours of one sentence, in place."""
    for place, draft in enumerate(drafts):
        following = drafts[place + 1] if place + 1 < len(drafts) else None
        if following is not None and draft.per is None:
            _share_bracketed(text, draft, following, tongue)
        euros = following is not None and following.unit == "EUR" and draft.unit == tongue.cent
        if euros and following and text[draft.end : following.start] == " to ":
            draft.unit = "EUc"  # "slipped 35 cents to 86.10 euros"
        if draft.per is None and draft.unit is not None and text[draft.end : draft.end + 1] == ")":
            _take_outer_per(text, draft, tongue)
        if draft.per is None and draft.unit is not None and unit_kind(draft.unit) in _TO_RATE:
            _share_annual(text, drafts, place)
            _take_adverb(text, draft)
    _share_backwards(text, drafts)
    share_prices(text, drafts)


def _take_adverb(text: str, draft: Draft) -> None:
    """ "14,000 tons of lithium carbonate annually": how often stands after the substance."""
    match = _ADVERB_AFTER.match(text, draft.end) if draft.per is None else None
    if match is not None:
        draft.per = _TIMES[match.group("how").split()[-1]]


def _share_bracketed(text: str, draft: Draft, following: Draft, tongue: Tongue) -> None:
    """ "X (Y) a ton" and "X (Y a ton)": the denominator holds for both."""
    if draft.unit is None or following.unit is None or draft.unit == "%":
        return
    between = text[draft.end : following.start]
    if len(between) > 24 or not _OPEN.fullmatch(between):
        return
    money = unit_kind(draft.unit) is QuantityKind.MONEY
    if (unit_kind(following.unit) is QuantityKind.MONEY) != money:
        return
    if following.per is not None:
        if draft.per is None and money and not draft.scaled:
            draft.per = following.per
        return
    if unit_kind(draft.unit) not in {QuantityKind.PERCENT, QuantityKind.DURATION}:
        draft.per = following.per = _per_after_bracket(text, following.end, tongue)


def _take_outer_per(text: str, draft: Draft, tongue: Tongue) -> None:
    """ "69,963 yuan ($10,847) a ton" where only the bracketed amount could be read."""
    if unit_kind(draft.unit or "") is not QuantityKind.MONEY or draft.scaled:
        return
    if _OPENED.search(text[max(0, draft.start - 12) : draft.start]):
        draft.per = _per_after_bracket(text, draft.end, tongue)


def _per_after_bracket(text: str, end: int, tongue: Tongue) -> str | None:
    close = _CLOSE.match(text, end)
    match = tongue.per.match(text, close.end()) if close is not None else None
    if match is None:
        return None
    hit = find_with_adjectives(tongue.names.after_per, text, match.end())
    if hit is None or "/" in hit.unit or hit.multiplier != 1:
        return None
    return hit.unit if len(hit.written) + len(match.group()) > 2 else None


def _share_annual(text: str, drafts: list[Draft], place: int) -> None:
    """ "Annual output of 120,000 tonnes of nickel and 15,000 tonnes of cobalt" are t/yr."""
    draft = drafts[place]
    if place and drafts[place - 1].annual and _same_nature(drafts[place - 1], draft):
        between = text[drafts[place - 1].end : draft.start]
        if len(between) <= 64 and _COORDINATED.fullmatch(between):
            draft.per, draft.annual = "yr", True
            return
        if (
            len(between) <= 64
            and _CAPACITY_TOO.search(between)
            and not _SENTENCE_END.search(between)
        ):
            draft.per, draft.annual = "yr", True
            return
    low = max(0, draft.start - 110)
    before = text[low : draft.start]
    ends = [m.end() for m in _SENTENCE_END.finditer(before)]
    before = before[ends[-1] :] if ends else before
    found = _YEARLY.search(before)
    if found is None or _YEARLY_UNFIT.search(before[found.start() :]):
        return
    if any(
        d.start >= draft.start - len(before) + found.start() and d.unit != "%"
        for d in drafts[max(0, place - 3) : place]
        if d.end <= draft.start
    ):
        return
    draft.per, draft.annual = "yr", True


def _same_nature(one: Draft, other: Draft) -> bool:
    if one.unit is None or other.unit is None:
        return False
    return unit_kind(one.unit) is unit_kind(other.unit)


def _share_backwards(text: str, drafts: list[Draft]) -> None:
    """ "60,000 tonnes of copper and 15,000 tonnes of cobalt a year": both are rates."""
    for place in range(len(drafts) - 1, 0, -1):
        draft, previous = drafts[place], drafts[place - 1]
        if draft.per not in {"yr", "month", "d"} or previous.per is not None:
            continue
        if (
            previous.unit is None
            or unit_kind(previous.unit) not in _TO_RATE
            or not _same_nature(previous, draft)
        ):
            continue
        between = text[previous.end : draft.start]
        if len(between) <= 64 and " of " in between and _COORDINATED.fullmatch(between):
            previous.per = draft.per
