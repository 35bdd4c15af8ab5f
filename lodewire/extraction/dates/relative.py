"""Dates told from the day of publication: yesterday, last week, a month ago, on Friday."""

from __future__ import annotations

import re
from datetime import date, timedelta

from lodewire.extraction.dates import periods
from lodewire.extraction.dates.found import Found
from lodewire.extraction.dates.lexicon import NUMBERS, WEEKDAYS
from lodewire.extraction.dates.periods import Period

_COUNT = (
    r"(?i:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|"
    r"forty|fifty"
    r"|a couple of|[1-9][0-9]{0,2})"
)
_UNIT = r"(?:day|week|month|quarter|year|decade)"
_DAY_WORD = re.compile(r"(?:[Tt]oday|[Yy]esterday|[Tt]omorrow)(?![^\W_])")
_THIS_PART = re.compile(r"[Tt]his[ ](?:morning|afternoon|evening)\b")
_PERIOD = re.compile(
    r"(?P<which>[Tt]his|[Ll]ast|[Nn]ext|[Tt]he current|[Cc]urrent|[Tt]he previous|[Pp]revious|"
    r"[Tt]he coming|[Cc]oming"
    r"|[Tt]he past|[Pp]ast|[Tt]he)[ ](?P<what>week|weekend|month|quarter|half|year|decade)(?![^\W_]"
    r"|-|[ ](?:of|ended|ending|earlier|before|to)\b)"
)
_WEEKDAY = re.compile(
    r"(?:(?P<which>[Tt]his|[Ll]ast|[Nn]ext|[Tt]his coming|[Tt]his past)[ ])?(?P<day>Monday|Tuesday|"
    r"Wednesday|Thursday|Friday|Saturday|Sunday)(?![^\W_]|['’]s (?:Daily|Times))"
)
_NOT_A_DATE = re.compile(
    r"\b(?:each|every|Black|Good|Cyber|Holy|Easter|per|Super|Giving|any|a|Ash|"
    r"Palm|of)[ ]$"
)
_AGO = re.compile(rf"(?P<count>{_COUNT})[ ](?P<unit>{_UNIT})s?[ ]ago(?![^\W_])")
_SPAN = re.compile(
    rf"(?:(?:[Oo]ver|[Ii]n|[Dd]uring|[Ff]or|[Ww]ithin|[Tt]hrough|[Aa]cross)[ ])?(?:the[ ])?"
    rf"(?P<way>next|coming|following|past|last|previous|preceding|prior)[ ](?P<count>{_COUNT})[ "
    rf"](?P<unit>{_UNIT})s(?![^\W_])"
)
_WITHIN = re.compile(
    rf"[Ww]ithin[ ](?:the[ ]next[ ])?(?P<count>{_COUNT})[ ](?:(?:calendar|business"
    rf"|working)[ ])?(?P<unit>{_UNIT})s?(?![^\W_]|[ ]of\b)"
)
_BACK = frozenset({"past", "last", "previous", "preceding", "prior"})
_WEEKDAY_AFTER_DATE = re.compile(r",?[ ]$")


def read_relative(text: str, at: int, published: date | None) -> Found | None:
    """Read a date told from the day of publication that begins at ``at``."""
    for pattern, read in (
        (_DAY_WORD, _day_word),
        (_THIS_PART, _this_part),
        (_WITHIN, _within),
        (_SPAN, _stretch),
        (_PERIOD, _period),
        (_AGO, _ago),
    ):
        match = pattern.match(text, at)
        if match is not None:
            return read(match, published)
    return None


def read_weekday(text: str, at: int, published: date | None, ahead: bool) -> Found | None:
    """Read "Friday", "last Friday", "next Friday"; a bare one is the latest such day."""
    match = _WEEKDAY.match(text, at)
    if match is None or _NOT_A_DATE.search(text[max(0, at - 8) : at]):
        return None
    if published is None:
        return Found(match.end(), "day", open=True, relative=True)
    number, which = WEEKDAYS[match.group("day").lower()], (match.group("which") or "").lower()
    back = (published.weekday() - number) % 7
    if which in {"next", "this coming"} or (ahead and which in {"", "this"}) or which == "this":
        found = published + timedelta(days=(-back) % 7 or (7 if which == "next" else 0))
    elif which in {"last", "this past"}:
        found = published - timedelta(days=back or 7)
    else:
        found = published - timedelta(days=back)
    return Found(match.end(), "day", period=periods.of_day(found), relative=True)


def _open(match: re.Match[str], grain: str) -> Found:
    return Found(match.end(), grain, open=True, relative=True)


def _day_word(match: re.Match[str], published: date | None) -> Found:
    if published is None:
        return _open(match, "day")
    offset = {"today": 0, "yesterday": -1, "tomorrow": 1}[match.group().lower()]
    found = published + timedelta(days=offset)
    return Found(match.end(), "day", period=periods.of_day(found), relative=True)


def _this_part(match: re.Match[str], published: date | None) -> Found:
    if published is None:
        return _open(match, "day")
    return Found(match.end(), "day", period=periods.of_day(published), relative=True)


def _period(match: re.Match[str], published: date | None) -> Found | None:
    which, what = match.group("which").lower().removeprefix("the "), match.group("what")
    if which == "the" and what != "year":
        return None  # "the quarter" may be any quarter
    grain = {"weekend": "range", "decade": "range"}.get(what, what)
    if published is None:
        return _open(match, grain)
    step = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1}.get(which, 0)
    return Found(match.end(), grain, period=_whole(published, what, step), relative=True)


def _whole(published: date, what: str, step: int) -> Period:
    """Return the week, month, quarter... ``step`` away from the one that holds the day."""
    if what == "week":
        return periods.week(published + timedelta(days=7 * step))
    if what == "weekend":
        monday = periods.week(published + timedelta(days=7 * step)).start
        return Period(monday + timedelta(days=5), monday + timedelta(days=6), "range")
    if what == "month":
        return periods.month(published.year, published.month + step)
    if what == "quarter":
        return periods.quarter(published.year, (published.month + 2) // 3 + step)
    if what == "half":
        return periods.half(published.year, (1 if published.month <= 6 else 2) + step)
    if what == "decade":
        first = published.year - published.year % 10 + 10 * step
        return periods.years(first, first + 9)
    return periods.year(published.year + step)


def _count(written: str) -> int:
    low = written.lower().removeprefix("a couple of") or "couple of"
    return NUMBERS[low] if low in NUMBERS else int(low)


def _ago(match: re.Match[str], published: date | None) -> Found:
    unit = match.group("unit")
    if published is None:
        return _open(match, unit if unit != "decade" else "year")
    back = periods.shift(published, -_count(match.group("count")), unit)
    if back is None:
        return _open(match, "day")
    if unit == "day":
        return Found(match.end(), "day", period=periods.of_day(back), relative=True)
    grain = "year" if unit == "decade" else unit
    return Found(match.end(), grain, period=_whole(back, grain, 0), relative=True)


def _stretch(match: re.Match[str], published: date | None) -> Found:
    if published is None:
        return _open(match, "duration")
    sign = -1 if match.group("way") in _BACK else 1
    return _duration(match, published, sign)


def _within(match: re.Match[str], published: date | None) -> Found:
    return _open(match, "duration") if published is None else _duration(match, published, 1)


def _duration(match: re.Match[str], published: date, sign: int) -> Found:
    other = periods.shift(published, sign * _count(match.group("count")), match.group("unit"))
    if other is None:
        return _open(match, "duration")
    first, last = sorted((published, other))
    return Found(match.end(), "duration", period=Period(first, last, "duration"), relative=True)
