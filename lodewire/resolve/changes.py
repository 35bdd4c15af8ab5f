"""What changed in the statements between two versions of one article.

Mentions are paired first: those of one type that say most of the same. Within a pair each property
is compared value by value; what is left of both sides is a changed value, of one side a gone or an
added one. Statements that moved in the text but say the same are no change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

from lodewire.model.statement import Statement
from lodewire.model.version import ChangeKind, StatementChange

# How publishers own up to an edit; "updated" alone is printed over every time stamp.
_NOTICE = re.compile(
    r"\bcorrect(?:s|ed|ion|ions|ing)\b|\bclarif(?:y|ies|ied|ication)\b|\berratum\b|"
    r"\b(?:an )?earlier version of this\b|\bthis (?:story|article|report|piece) (?:has been|was) "
    r"(?:updated|amended|revised|changed)\b|\b(?:amends?|updates?|recasts?) (?:headline|paragraph|"
    r"figure|number|to (?:show|correct|reflect))",
    re.IGNORECASE,
)

_Key = tuple[str, str, str | None]


def changes_between(
    old: Sequence[Statement], new: Sequence[Statement], *, new_text: str = ""
) -> tuple[StatementChange, ...]:
    """Return what differs from ``old`` to ``new``, the statements of two versions.

    ``new_text`` is the newer text, in which a notice of correction is looked for. Changes come in
    the order of the text: those of the older one first, then what was added.
    """
    told = admits_correction(new_text)
    before, after = _by_mention(old), _by_mention(new)
    found: list[StatementChange] = []
    for left, right in _paired(before, after):
        found += _compared(left, right, told=told)
    return tuple(sorted(found, key=_place))


def admits_correction(text: str) -> bool:
    """Tell whether a text says that it was corrected."""
    return _NOTICE.search(text) is not None


def _by_mention(statements: Iterable[Statement]) -> list[list[Statement]]:
    found: dict[str, list[Statement]] = {}
    for statement in statements:
        found.setdefault(statement.subject, []).append(statement)
    grouped = [sorted(said, key=_in_text) for said in found.values()]
    return sorted(grouped, key=lambda said: (_in_text(said[0]), said[0].subject))


def _in_text(statement: Statement) -> tuple[int, int, str, str]:
    span = statement.evidence.span
    return (span.start, span.end, statement.property, statement.value)


def _paired(
    before: Sequence[list[Statement]], after: Sequence[list[Statement]]
) -> Iterable[tuple[list[Statement], list[Statement]]]:
    """Pairs of one type that agree most, best first; then those without a partner."""
    scores = sorted(
        (
            (-_agreement(left, right), i, j)
            for i, left in enumerate(before)
            for j, right in enumerate(after)
            if _type_of(left) == _type_of(right)
        ),
    )
    lefts, rights = set(range(len(before))), set(range(len(after)))
    for score, i, j in scores:
        # Of one type alone says little: two price changes of one text are two happenings.
        alone = _only_one(before, before[i]) and _only_one(after, after[j])
        if i in lefts and j in rights and (score < 0 or alone):
            lefts.discard(i)
            rights.discard(j)
            yield before[i], after[j]
    for i in sorted(lefts):
        yield before[i], []
    for j in sorted(rights):
        yield [], after[j]


def _only_one(among: Sequence[list[Statement]], said: list[Statement]) -> bool:
    return sum(_type_of(other) == _type_of(said) for other in among) == 1


def _type_of(said: Sequence[Statement]) -> str:
    return next((s.value for s in said if s.property == "type"), "")


_COMMON = ("type", "status", "modality")


def _agreement(left: Sequence[Statement], right: Sequence[Statement]) -> int:
    return len(
        {_key(s) for s in left if s.property not in _COMMON}
        & {_key(s) for s in right if s.property not in _COMMON}
    )


def _key(s: Statement) -> _Key:
    return (s.property, s.entity or s.value.casefold(), s.unit)


def _compared(
    left: Sequence[Statement], right: Sequence[Statement], *, told: bool
) -> Iterable[StatementChange]:
    same = {_key(s) for s in left} & {_key(s) for s in right}
    gone = _first_of_each(s for s in left if _key(s) not in same)
    added = _first_of_each(s for s in right if _key(s) not in same)
    for property_ in dict.fromkeys(s.property for s in [*gone, *added]):
        olds = [s for s in gone if s.property == property_]
        news = [s for s in added if s.property == property_]
        for old, new in zip(olds, news, strict=False):
            yield StatementChange(
                kind=ChangeKind.CHANGED,
                property=property_,
                old=old,
                new=new,
                silent=not told and (_is_figure(old) or _is_figure(new)),
            )
        for old in olds[len(news) :]:
            silent = not told and _is_figure(old)
            yield StatementChange(kind=ChangeKind.GONE, property=property_, old=old, silent=silent)
        for new in news[len(olds) :]:
            yield StatementChange(kind=ChangeKind.ADDED, property=property_, new=new)


def _first_of_each(statements: Iterable[Statement]) -> list[Statement]:
    found: dict[_Key, Statement] = {}
    for statement in statements:
        found.setdefault(_key(statement), statement)
    return list(found.values())


def _is_figure(s: Statement) -> bool:
    low, _, high = s.value.partition("..")
    try:
        Decimal(low or high)
    except InvalidOperation:
        return False
    return s.unit is not None


def _place(change: StatementChange) -> tuple[bool, int, str, str]:
    shown = change.old or change.new
    assert shown is not None
    return (change.old is None, shown.evidence.span.start, change.property, shown.value)
