"""A date as read, before it is placed in the calendar, and how it is placed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from lodewire.extraction.dates import periods
from lodewire.extraction.dates.periods import Period

_FUTURE = re.compile(
    r"\b(?:will|would|expect(?:s|ed|ing)?|due|plan(?:s|ned|ning)?|should|scheduled|slated|set to|"
    r"aim(?:s|ed|ing)?"
    r"|target(?:s|ed|ing)?|intend(?:s|ed)?|ought|anticipat(?:e|es|ed|ing)|hopes?|forecast(?:s|ed)?|"
    r"project(?:s|ed)"
    r"|is to|are to|to be|to start|to begin|could|may|upcoming|look(?:s|ing) to|on track|guidance|"
    r"proposed|seeks?)\b"
)
_TOWARDS = re.compile(
    r"\b(?:by|until|till|next|coming|starting|beginning|effective|as of|from|deadline(?: "
    r"of)?)"
    r"(?: (?:the|around|about|early|late|mid|end of|the end of))*[ -]*$"
)
_AGO = re.compile(r"\b(?:since|last|previous|past|after|back in|ended|ending|ago)[ -]*$")
_LOOK_BACK = 90
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z“\"])|\n")
_CLOSE_DAYS = 62
_JUST_GONE, _FAR = 92, 270


@dataclass(frozen=True, slots=True)
class Found:
    """What was read: ``grain`` and the numbers that were given; ``period`` when placed already.

    ``number`` is the month, quarter or half. ``relative`` tells that the day of publication is
    needed; ``open`` that even with it no reading is sure.
    """

    end: int
    grain: str
    number: int = 0
    day: int = 0
    last_day: int = 0
    year: int | None = None
    period: Period | None = None
    relative: bool = False
    open: bool = False


def looks_ahead(text: str, start: int) -> bool:
    """Tell whether the words before ``start`` speak of the future."""
    before = text[max(0, start - _LOOK_BACK) : start]
    ends = [match.end() for match in _SENTENCE_END.finditer(before)]
    before = before[ends[-1] :] if ends else before
    if _TOWARDS.search(before):
        return True
    return _FUTURE.search(before) is not None and _AGO.search(before) is None


def place(found: Found, published: date | None, ahead: bool) -> Period | None:
    """Return the period of what was read, or None when it cannot be known."""
    if found.open:
        return None
    if found.period is not None:
        return found.period
    if found.year is not None:
        return _in_year(found, found.year)
    if published is None:
        return None
    return _nearest(found, published, ahead)


def _in_year(found: Found, year: int) -> Period | None:
    if found.grain == "day":
        first = periods.day(year, found.number, found.day)
        if first is None or not found.last_day:
            return first
        last = periods.day(year, found.number, found.last_day)
        return periods.span(first, last) if last is not None else None
    makers = {"month": periods.month, "quarter": periods.quarter, "half": periods.half}
    return makers[found.grain](year, found.number)


def _nearest(found: Found, published: date, ahead: bool) -> Period | None:
    """Place a date without a year: ahead of publication, or behind it, as the words have it."""
    around = (published.year + offset for offset in (-1, 0, 1))
    options = [p for p in (_in_year(found, year) for year in around) if p is not None]
    if ahead:
        coming = [p for p in options if p.end >= published]
        just_gone = [p for p in options if 0 < (published - p.end).days <= _JUST_GONE]
        far = not coming or (coming[0].start - published).days > _FAR
        if far and just_gone:
            return just_gone[-1]  # "the rise planned for Oct. 15", told in November
        return coming[0] if coming else None
    if found.grain == "day":
        # A day without a year is near: news says "Jan. 12" of the coming month, too.
        near = [p for p in options if 0 < (p.start - published).days <= _CLOSE_DAYS]
        gone = [p for p in options if p.start <= published]
        if gone and (not near or (published - gone[-1].start) < timedelta(days=2 * _CLOSE_DAYS)):
            return gone[-1]
        return near[0] if near else (gone[-1] if gone else None)
    gone = [p for p in options if p.start <= published]
    return gone[-1] if gone else None


def with_year(found: Found, year: int | None) -> Found:
    """Return the same with a year, where it had none of its own."""
    if year is None or found.year is not None or found.period is not None:
        return found
    return replace(found, year=year)
