"""Parts of a period: its early, middle or late third, its ends, what is past or left of it."""

from __future__ import annotations

import re
from datetime import date

from lodewire.extraction.dates import periods
from lodewire.extraction.dates.periods import Period
from lodewire.extraction.dates.stretches import Placed

PARTS = {
    "early": "early", "mid": "mid", "middle": "mid", "late": "late", "end": "end", "close": "end",
    "beginning": "start", "start": "start",
}  # fmt: skip
ONWARDS = frozenset({"later", "rest", "remainder", "balance"})
# Days into a period up to which its "end", told of the past, is that of the one before.
JUST_BEGUN = {"week": 3, "month": 14, "quarter": 60, "half": 90, "year": 240, "decade": 0}


def unit_now(published: date | None, unit: re.Match[str], which: str, ahead: bool) -> Period | None:
    """Return the current week, month..., or the one just over where its end lies behind."""
    if published is None:
        return None
    name = unit.group("unit")
    whole = periods.holding(published, name)
    gone = (published - whole.start).days
    if PARTS.get(which) == "end" and not ahead and gone <= JUST_BEGUN.get(name, 0):
        return periods.holding(published, name, -1)
    return whole


def part_of(
    published: date | None,
    part: re.Match[str],
    which: str,
    end: int,
    whole: Period | None,
    relative: bool,
) -> Placed:
    if whole is None:
        return Placed(end, None, "range", relative)
    if which in PARTS:
        found = periods.part(whole, PARTS[which])
        if part.group("till"):
            till = periods.part(whole, part.group("till"))
            found = Period(found.start, till.end, "range")
        return Placed(end, found, found.grain, relative)
    if published is None:
        return Placed(end, None, "range", relative=True)
    if which == "earlier":
        first, last = whole.start, published
    else:
        first, last = published, whole.end
    if last < first or not whole.start <= published <= whole.end:
        first, last = whole.start, whole.end
    return Placed(end, Period(first, last, "range"), "range", relative=True)
