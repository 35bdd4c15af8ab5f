"""A date as read, before it is placed in the calendar, and how it is placed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from lodewire.extraction.dates import periods
from lodewire.extraction.dates.periods import Period

_FUTURE = (
    r"(?:will|would|shall|['’]ll|won['’]t|expect(?:s|ed|ing)?|due|plan(?:s|ned|ning)?(?! "
    r"was)|should|"
    r"scheduled|slated|set to|set for|pencilled|earmarked|aim(?:s|ed|ing)?|target(?:s|ed|ing)?|"
    r"intend(?:s|ed)?|ought|anticipat(?:e|es|ed|ing)|hopes?|forecasts?|project(?:s|ed)|"
    r"(?:is|are|was|were) to|to be|to (?:start|begin|resume|open|reopen|close|restart|take|come|"
    r"enter|deliver|reach|ship|complete|hold|meet|vote|publish|report|announce|sign)|could|may|"
    r"might|upcoming|look(?:s|ing) to|on track|on course|guidance|proposed|seeks?|begins?|"
    r"starts?(?! of\b)|resumes?|reopens?|restarts?|expires?|takes? effect|enters? into force|"
    r"comes? into (?:force|effect)|appl(?:y|ies)|meets?|votes on|lapses?|runs? out|closes|"
    r"takes? place|falls due|kicks off|"
    r"next|coming|deadline|ahead of)"
)
# Words that end in -ed after "be" or before a noun say nothing; the rest tell of the past.
_PAST = (
    r"(?:was|were|had|did|has|have|fell|rose|grew|sank|slid|hit|got|went|came|began|told|made|took|"
    r"gave|won|lost|sold|bought|saw|stood|shut|cut|built|broke|drew|found|held|kept|led|left|met|"
    r"paid|ran|said|sent|set|shrank|spent|struck|won|wrote|became|beat|brought|chose|drove|shot|"
    r"back in|ended|ago|since|(?<!be )(?<!be\s)(?<!being )(?<!is )(?<!are )(?<!the )(?<!an )(?<!a )"
    r"(?<!of )(?<!and )[a-z]{2,}ed)"
)
_CUE = re.compile(rf"\b(?:(?P<future>{_FUTURE})|(?P<past>{_PAST}))\b(?! for the year to)")
_TOWARDS = re.compile(
    r"\b(?:by|until|till|next|coming|starting|beginning|effective|as of|from|deadline(?: "
    r"of)?)"
    r"(?: (?:the|around|about|early|late|mid|end of|the end of))*[ -]*$"
)
_BEHIND = re.compile(
    r"\b(?:since|last|previous|past|after|back in|ended|ago)[ -]*$"
    r"|\b(?:results|earnings|figures|data|accounts|profits?|report|loss)[ ](?:for|of|in)(?:[ "
    r"]the)?[ ]$"
)
_UNTIL = re.compile(r"[ ](?:to|until|till|through)[ ]")
_WEAK = re.compile(r"\b(?:by|until|till|from)\b[^.]{0,20}$")
_LOOK_ON = 110
_OF_SPEECH = frozenset(
    "said told has have had agreed pledged signed announced vowed promised ordered proposed "
    "extended postponed delayed approved banned imposed suspended raised set cut".split()
)
_LOOK_BACK = 100
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


def looks_ahead(text: str, start: int, end: int | None = None, *, ranged: bool = False) -> bool:
    """Tell whether the verb that a date belongs to speaks of the future.

    It is the nearest verb before the date in its sentence; where none stands before, the first one
    after ``end``.
    """
    before = text[max(0, start - _LOOK_BACK) : start]
    ends = [match.end() for match in _SENTENCE_END.finditer(before)]
    before = before[ends[-1] :] if ends else before
    if _BEHIND.search(before):
        return False
    towards = _TOWARDS.search(before)
    if end is not None and towards is not None and towards.group().lower().startswith("from"):
        # "from March to June": the verb tells.
        towards = None if ranged or _UNTIL.match(text, end) is not None else towards
    if towards is not None and _WEAK.search(towards.group()) is None:
        return True
    last = None
    for cue in _CUE.finditer(before):
        last = cue
    if last is not None and (towards is None or last.lastgroup == "future"):
        return last.lastgroup == "future"
    if towards is not None:
        return last is None or not _is_over(last.group())
    if end is None:
        return False
    after = text[end : end + _LOOK_ON]
    stop = _SENTENCE_END.search(after)
    first = _CUE.search(after, 0, stop.start() if stop is not None else len(after))
    return first is not None and first.lastgroup == "future"


def _is_over(verb: str) -> bool:
    """Tell a verb of what is done from one of saying or agreeing, which may speak of what comes."""
    return verb not in _OF_SPEECH


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
