"""Headlines and the text below them: when what a title tells is told again further down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from lodewire.extraction.drafts import Draft
from lodewire.model.event import Argument
from lodewire.model.vocabulary import EventType


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
    """A headline's "A and B join up" is the deal of another kind that the text tells of both.

    ``same`` tells whether two arguments say the same.
    """
    if draft.type is not EventType.JOINT_VENTURE or draft.spans or not is_headline(draft):
        return False
    kinds = (EventType.EXPLORATION_AGREEMENT, EventType.SUPPLY_AGREEMENT)
    return any(_tells(other, draft, same) for other in told if other.type in kinds)


def _tells(other: Draft, draft: Draft, same: Callable[[Argument, Argument], bool]) -> bool:
    sides = [replace(a, role="party") for a in other.arguments]
    places = [replace(a, role="asset") for a in other.of("site")]
    shared = sum(any(same(a, b) for b in sides) for a in draft.of("party"))
    return shared > 1 or any(same(a, b) for a in draft.of("asset") for b in places)
