"""Works told apart: train 1 and train 2, the first factory and the second, smelters of a list."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lodewire.extraction.drafts import Draft
from lodewire.model.vocabulary import EventType, Status

_ORDINALS = "first second third fourth fifth sixth seventh eighth".split()
_NUMBERS = "one two three four five six seven eight".split()
_ROMAN = "i ii iii iv v vi vii viii".split()
_UNIT = (
    r"(?:trains?|lines?|plants?|factor(?:y|ies)|fabs?|units?|furnaces?|pot ?lines?|phases?|"
    r"stages?|reactors?|concentrators?|shafts?|smelters?|mills?)"
)
_BY_ORDER = re.compile(
    rf"\b(?P<n>{'|'.join(_ORDINALS)}|[1-8](?:st|nd|rd|th)) (?:[\w-]+ ){{0,2}}?{_UNIT}\b",
    re.IGNORECASE,
)
_BY_NUMBER = re.compile(
    rf"\b(?:trains?|lines?|units?|fabs?|furnaces?|pot ?lines?|phases?|stages?|reactors?) "
    rf"(?P<n>[1-8]|{'|'.join(_NUMBERS)}|(?-i:[IV]+))\b(?! (?:and|or|to) )",
    re.IGNORECASE,
)


def other_unit(left: Draft, right: Draft) -> bool:
    """Tell whether two milestones are of two numbered units of one works."""
    if left.type is not EventType.PROJECT_MILESTONE:
        return False
    ours, theirs = _units(left), _units(right)
    return bool(ours and theirs and not ours & theirs)


def _units(draft: Draft) -> set[int]:
    text = draft.sentence.text
    found = (*_BY_ORDER.finditer(text), *_BY_NUMBER.finditer(text))
    return {n for m in found if (n := _number(m["n"].lower())) is not None}


def _number(word: str) -> int | None:
    for names in (_ORDINALS, _NUMBERS, _ROMAN):
        if word in names:
            return names.index(word) + 1
    return int(word[0]) if word[0].isdigit() else None


_PLANNED = (Status.PROPOSED, Status.AGREED)


def other_stop(left: Draft, right: Draft) -> bool:
    """A closure to come for one cause and an outage that is on for another, of one works."""
    if left.type is not EventType.DISRUPTION or left.sentence.index == right.sentence.index:
        return False
    ours, theirs = ({a.value for a in d.of("cause")} - {"other"} for d in (left, right))
    planned = (left.status in _PLANNED) is not (right.status in _PLANNED)
    return planned and bool(ours and theirs and not ours & theirs)


_SHARED = frozenset(("operator", "commodity", "country"))


def part_sites(drafts: Iterable[Draft]) -> list[Draft]:
    """ "Force majeure at A and B. At A …; at B …": an outage of several works is each one's own.

    A telling of a list gives way where two at least of its works are told one by one.
    """
    kept = list(drafts)
    for whole in [d for d in kept if d.type is EventType.DISRUPTION and len(d.of("site")) > 1]:
        names = {a.entity for a in whole.of("site")} - {None}
        single: dict[str, list[Draft]] = {}
        for draft in kept:
            sites = draft.of("site")
            if draft is whole or draft.type is not whole.type or len(sites) != 1:
                continue
            entity = sites[0].entity
            if entity is not None and entity in names:
                single.setdefault(entity, []).append(draft)
        if len(single) < 2 or set(single) != names:
            continue
        kept.remove(whole)
        for draft in (d for row in single.values() for d in row[:1]):
            known = {a.role for a in draft.arguments}
            draft.arguments.extend(
                a for a in whole.arguments if a.role in _SHARED and a.role not in known
            )
    return kept
