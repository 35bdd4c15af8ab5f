"""Headlines and the text below them: when what a title tells is told again further down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from lodewire.extraction.drafts import Draft
from lodewire.model.event import Argument
from lodewire.model.vocabulary import PRICES, EventType


def is_headline(draft: Draft) -> bool:
    """Tell whether a draft was told by the document's title, where the text holds it."""
    title = draft.sentence.analysis.document.title
    first = draft.sentence.index == 0 and title is not None
    return first and draft.sentence.text.strip()[:60] == (title or "").strip()[:60]


def is_told_again(left: Draft, right: Draft) -> bool:
    """ "the partnership with Maaden", or a headline's: the venture that is told beside it."""
    text = right.sentence.analysis.text
    definite = text[max(0, right.trigger.start - 4) : right.trigger.start].lower() == "the "
    near = right.sentence.index - left.sentence.index
    return (definite and near <= 4) or (is_headline(left) and near <= 2)


def is_told_below(
    draft: Draft, told: Sequence[Draft], same: Callable[[Argument, Argument], bool]
) -> bool:
    """Tell whether a headline that nothing joined is what the text tells below in other words.

    Its "A and B join up" is the deal of another kind that the text tells of both.
    ``same`` tells whether two arguments say the same.
    """
    if draft.type is not EventType.JOINT_VENTURE or draft.spans or not is_headline(draft):
        return False
    kinds = (EventType.EXPLORATION_AGREEMENT, EventType.SUPPLY_AGREEMENT)
    return any(_tells(other, draft, same) for other in told if other.type in kinds)


_LEAD = 4  # sentences below a headline within which its news is told


def find_lead(
    draft: Draft, told: Sequence[Draft], same: Callable[[Argument, Argument], bool]
) -> Draft | None:
    """Return the telling of the lead that a headline nothing joined stands for, if any.

    A headline's one telling of a type, rounded and short of names, is the lead's of that type that
    shares any of them. ``same`` tells whether two arguments say the same.
    """
    if draft.spans or not is_headline(draft):
        return None
    kin = [d for d in told if d.type is draft.type and d is not draft]
    whole = draft.sentence.text.rstrip().endswith(".")  # a text without a headline: its first words
    if whole or any(is_headline(d) for d in kin):
        return None  # a headline of several: each its own news
    key = ("commodity", "benchmark") if draft.type in PRICES else None
    for other in kin:
        if other.sentence.index > _LEAD:
            continue
        shared = any(_shares(a, b, same) for a in draft.arguments for b in other.arguments)
        if shared and (key is None or any(_overlaps(draft, other, r, same) for r in key)):
            return other
    return None


_CLOSED = frozenset(("stage", "cause", "direction", "action", "country", "date", "period"))


def _shares(left: Argument, right: Argument, same: Callable[[Argument, Argument], bool]) -> bool:
    return left.role == right.role and left.role not in _CLOSED and same(left, right)


def _overlaps(
    draft: Draft, other: Draft, role: str, same: Callable[[Argument, Argument], bool]
) -> bool:
    return any(same(a, b) for a in draft.of(role) for b in other.of(role))


def _tells(other: Draft, draft: Draft, same: Callable[[Argument, Argument], bool]) -> bool:
    sides = [replace(a, role="party") for a in other.arguments]
    places = [replace(a, role="asset") for a in other.of("site")]
    shared = sum(any(same(a, b) for b in sides) for a in draft.of("party"))
    return shared > 1 or any(same(a, b) for a in draft.of("asset") for b in places)
