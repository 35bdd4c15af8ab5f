"""Happenings told apart by when: days that lie far apart, and days that no date can place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from lodewire.extraction.drafts import Draft
from lodewire.model.event import Argument
from lodewire.model.vocabulary import EventType

_APART = timedelta(days=45)  # an announcement and what it announces lie nearer
_HAPPENS = ("date", "effective_date")


def long_apart(left: Draft, right: Draft) -> bool:
    """Tell whether two tellings give their happening days that lie far apart.

    A stage of works goes on for years and is told by its start and by its end.
    """
    if left.type is EventType.PROJECT_MILESTONE:
        return False
    return any(
        _gap(a, b) > _APART for role in _HAPPENS for a in left.of(role) for b in right.of(role)
    )


def _gap(left: Argument, right: Argument) -> timedelta:
    """The days between two dates; none where they overlap or one is not resolved."""
    if not (left.start and left.end and right.start and right.end):
        return timedelta(0)
    first, last = sorted(((left.start, left.end), (right.start, right.end)))
    return date.fromisoformat(last[0]) - date.fromisoformat(first[1])


_MONTH = re.compile(
    r"(?:early |late |mid-)?(January|February|March|April|May|June|July|August|September|October|"
    r"November|December)",
    re.IGNORECASE,
)


def other_month(left: Draft, right: Draft) -> bool:
    """ "A power cut in December", "said in November that it would close": two happenings.

    For months that no day of publication places; placed ones are told apart by :func:`long_apart`.
    """
    if left.type is EventType.PROJECT_MILESTONE:
        return False
    for role in _HAPPENS:
        ours, theirs = (_months(draft.of(role)) for draft in (left, right))
        if ours and theirs and not ours & theirs:
            return True
    return False


def _months(dates: Iterable[Argument]) -> set[str]:
    found = (_MONTH.fullmatch(d.text) for d in dates if d.start is None)
    return {m[1].lower() for m in found if m}


# Without a day of publication nothing places "Thursday"; it is not what befell in August.
_NOW = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|this (?:week|morning))\b",
    re.I,
)
_BACK = re.compile(
    r"(?:early |late |mid-|the end of )?(?:January|February|March|April|May|June|July|August|"
    r"September|October|November|December)|last (?:month|year)|"
    r"(?:a|two|three) (?:months?|years?) ago"
)
_TOLD_APART = frozenset((EventType.DISRUPTION,))


def other_day(left: Draft, right: Draft) -> bool:
    """ "On Thursday two lines failed. In August it had to stop the casthouse": two outages."""
    if left.type not in _TOLD_APART or left.sentence.index == right.sentence.index:
        return False
    ours, theirs = left.of("date"), right.of("date")
    return any(
        (_is_now(a) and _is_back(b)) or (_is_now(b) and _is_back(a)) for a in ours for b in theirs
    )


def _is_now(when: Argument) -> bool:
    return when.start is None and _NOW.search(when.text) is not None


def _is_back(when: Argument) -> bool:
    return when.start is None and _BACK.fullmatch(when.text) is not None
