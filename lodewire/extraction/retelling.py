"""One deal told again with other names: by its sum, by its two sides, by what it leaves vague.

"The US$82 million facility was extended to BNP" is the loan that the lead gave to the miner; a deal
of A with B is that of B with A, whoever of them is misread as the seller.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lodewire.extraction.drafts import Draft
from lodewire.extraction.sameness import same_value
from lodewire.model.event import Argument
from lodewire.model.vocabulary import EventType

_PAID = frozenset((EventType.FINANCING, EventType.ACQUISITION))
_SIDES = {
    EventType.FINANCING: ("investor", "recipient"),
    EventType.ACQUISITION: ("acquirer", "target", "asset", "seller"),
    EventType.SUPPLY_AGREEMENT: ("supplier", "buyer"),
}
_DEFINITE = re.compile(r"\b(?:[Tt]he|[Tt]hat|[Tt]his|[Tt]hose)\s(?:[\w-]+\s){0,2}$")
_EACH = re.compile(
    r"\b(?:each|apiece|another|second|further|separate\w*|additional|also|respectively|too)\b"
)
_REACH = 8  # sentences within which a sum is remembered


def is_told_again(left: Draft, right: Draft) -> bool:
    """Tell whether ``right`` is the deal that ``left`` told, though some of its names differ."""
    if left.sentence.index == right.sentence.index:
        return False
    return _same_sum(left, right) or _swapped(left, right)


def _same_sum(left: Draft, right: Draft) -> bool:
    """The same sum and one same side, or "the $75 million": one deal, not two of one price."""
    if left.type not in _PAID or right.sentence.index - left.sentence.index > _REACH:
        return False
    if right.sentence.index < left.sentence.index or _EACH.search(right.sentence.text):
        return False
    sums = [b for a in left.of("value") for b in right.of("value") if same_value(a, b)]
    if not sums or not _is_particular(sums[0]):
        return False
    sides = _SIDES[left.type]
    shared = any(_overlap(left.of(s), right.of(s)) for s in sides)
    return shared or _is_definite(right, sums[0])


def _is_particular(value: Argument) -> bool:
    """A sum that two deals will hardly share: at least two figures that are not noughts."""
    return value.quantity is not None and len(re.findall(r"[1-9]", value.text)) >= 1


def _is_definite(draft: Draft, value: Argument) -> bool:
    text = draft.sentence.analysis.text
    before = text[max(draft.sentence.span.start, value.span.start - 24) : value.span.start]
    return _DEFINITE.search(before) is not None


def _swapped(left: Draft, right: Draft) -> bool:
    """A supplies B here, B supplies A there; or B alone stands on the wrong side."""
    if left.type is EventType.ACQUISITION:
        return _overlap(left.of("acquirer"), right.of("target"), "firm") and _overlap(
            left.of("target"), right.of("acquirer"), "firm"
        )
    if left.type is not EventType.SUPPLY_AGREEMENT:
        return False
    gives, takes = right.of("supplier"), right.of("buyer")
    if not (_overlap(gives, left.of("buyer"), "buyer") or not gives):
        return False
    if not (_overlap(takes, left.of("supplier"), "supplier") or not takes):
        return False
    return bool(gives or takes) and not _another(left, right)


_SEVERAL = re.compile(
    r"\b(?:agreements|contracts|off-?takes|arrangements|commitments|deals)\b(?! with [A-Z])"
)


def is_summary(draft: Draft, told: Sequence[Draft]) -> bool:
    """ "All its output is now under contract": a side alone, of deals that are told with both."""
    if draft.type is not EventType.SUPPLY_AGREEMENT or draft.spans or draft.has("volume", "term"):
        return False
    sides = [*draft.of("supplier"), *draft.of("buyer")]
    if (draft.has("supplier") and draft.has("buyer")) or not _SEVERAL.search(draft.sentence.text):
        return False
    whole = (d for d in told if d.type is draft.type and d.has("supplier") and d.has("buyer"))
    return any(
        _overlap(sides, [*d.of("supplier"), *d.of("buyer")], "side")
        for d in whole
        if d is not draft
    )


def _another(left: Draft, right: Draft) -> bool:
    """Goods, a volume or a time of its own: another deal."""
    return any(
        left.has(role) and right.has(role) and not _overlap(left.of(role), right.of(role))
        for role in ("commodity", "volume", "date")
    )


def swap_sides(draft: Draft) -> None:
    """Leave out the sides of a telling that has them the wrong way round."""
    for role in ("supplier", "buyer", "acquirer", "target"):
        draft.drop(role)


def is_swapped(left: Draft, right: Draft) -> bool:
    """Tell whether the later telling has the two sides of a deal the wrong way round."""
    return left.sentence.index != right.sentence.index and _swapped(left, right)


def _overlap(left: list[Argument], right: list[Argument], role: str | None = None) -> bool:
    return any(
        a.entity is not None and a.entity == b.entity if role else same_value(a, b)
        for a in left
        for b in right
    )


_VAGUE = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|year|month)", re.I
)


def is_vague_term(argument: Argument) -> bool:
    """ "long-term", "life-of-mine": no length."""
    return (
        argument.role == "term" and argument.quantity is None and not _VAGUE.search(argument.text)
    )
