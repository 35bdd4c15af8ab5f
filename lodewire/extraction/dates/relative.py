"""Dates told from the day of publication: yesterday, last week, a month ago, on Friday."""

from __future__ import annotations

import re
from datetime import date, timedelta

from lodewire.extraction.dates import periods
from lodewire.extraction.dates.found import Found, looks_ahead
from lodewire.extraction.dates.lexicon import NUMBERS, WEEKDAYS
from lodewire.extraction.dates.periods import Period

_COUNT = (
    r"(?i:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|"
    r"forty|fifty"
    r"|a couple of|[1-9][0-9]{0,2})"
)
_UNIT = r"(?:day|week|month|quarter|year|decade)"
_DAY_WORD = re.compile(
    r"(?:[Tt]he[ ]day[ ](?P<beyond>before[ ]yesterday|after[ ]tomorrow)|[Tt]oday|[Yy]esterday|"
    r"[Tt]omorrow|[Tt]onight|[Ll]ast[ ]night)(?![^\W_])"
)
_THIS_PART = re.compile(r"[Tt]his[ ](?:morning|afternoon|evening)\b")
_OVERNIGHT = re.compile(r"[Oo]vernight(?![^\W_]|[ -](?:stay|shift|success|rate|repo|index))")
_SO_FAR = re.compile(
    r"(?:[Ss]o[ ]far|[Tt]o[ ]date|[Yy]ear[ ]to[ ]date)[ ](?:(?:in|during)[ ])?this[ ]"
    r"(?P<unit>week|month|quarter|half|year|decade)(?![^\W_])"
    r"|(?P<lone>[Yy]ear|[Mm]onth|[Qq]uarter|[Ww]eek)[ -]to[ -]date(?![^\W_])"
    r"|(?:[Tt]his|[Tt]he)[ ](?P<before>week|month|quarter|year)[ ](?:so[ ]far|to[ ]date)"
    r"|(?P<code>[YMQW]TD)(?![^\W_])"
)
_SEASONS = r"spring|summer|autumn|winter|fall(?=[ ]of|[,.;)]|$)"
_SEASON = re.compile(
    rf"(?:[Tt]his|[Ll]ast|[Nn]ext|[Tt]he[ ]coming|[Tt]he[ ]past)[ ](?:{_SEASONS})(?![^\W_]|[ ]"
    r"(?:school|camp|resort))"
    rf"|(?:[Ee]arly|[Ll]ate|[Mm]id-?)?[ ]?(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)[ ](?:of[ ])?"
    r"(?:(?:19|20)[0-9]{2}(?:[-/–][0-9]{2,4})?)(?![0-9])"
)
_FEW = r"(?:few|several|couple[ ]of|handful[ ]of|many)"
_VAGUE = re.compile(
    r"(?:(?:[Tt]he[ ])?(?:[Cc]oming|[Rr]ecent|[Ff]ollowing|[Ii]ntervening|[Pp]receding)"
    rf"|(?:[Tt]he[ ])?(?:[Pp]ast|[Ll]ast|[Nn]ext|[Ff]irst|[Cc]oming)[ ](?:{_FEW}))[ ]"
    r"(?:days|weeks|months|quarters|years|decades|sessions)(?![^\W_])"
    rf"|(?:[Aa][ ])?(?:[Ff]ew|[Ss]everal|[Mm]any)[ ](?:days|weeks|months|years|decades)[ ]"
    r"(?:ago|earlier|later)(?![^\W_])"
)
_PERIOD = re.compile(
    r"(?P<which>[Tt]his|[Ll]ast|[Nn]ext|[Tt]he current|[Cc]urrent|[Tt]he previous|[Pp]revious|"
    r"[Tt]he coming|[Cc]oming"
    r"|[Tt]he past|[Pp]ast|[Tt]he)[ ](?:calendar[ ]|working[ ])?(?P<what>week|weekend|month|"
    r"quarter|half|year|decade)(?![^\W_]"
    r"|-|[ ](?:of|ended|ending|earlier|before|to|through|until|up to|that)\b)"
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
_HENCE = re.compile(
    rf"(?P<count>{_COUNT})[ ](?P<unit>{_UNIT})(?:s?[ ](?:from[ ](?:now|today)|hence)|"
    rf"s?['’]s?[ ]time)"
    r"(?![^\W_])"
)
_BEFORE_LAST = re.compile(
    r"[Tt]he[ ](?P<unit>week|month|quarter|year)[ ](?P<way>before[ ]last|after[ ]next)(?![^\W_])"
)
_SPAN = re.compile(
    rf"(?:(?:[Oo]ver|[Ii]n|[Dd]uring|[Ff]or|[Ww]ithin|[Tt]hrough|[Aa]cross)[ ])?(?:the[ ])?"
    rf"(?P<way>next|coming|following|past|last|previous|preceding|prior)[ ](?P<count>{_COUNT})[ "
    rf"](?P<unit>{_UNIT})s(?![^\W_])"
)
_WITHIN = re.compile(
    rf"[Ww]ithin[ ](?:the[ ]next[ ])?(?P<count>{_COUNT})[ ](?:(?:calendar|business"
    rf"|working)[ ])?(?P<unit>{_UNIT})s?(?![^\W_]|[ ]of\b)"
)
_CODES = {"YTD": "year", "MTD": "month", "QTD": "quarter", "WTD": "week"}
_BACK = frozenset({"past", "last", "previous", "preceding", "prior"})
_WEEKDAY_AFTER_DATE = re.compile(r",?[ ]$")


def read_relative(text: str, at: int, published: date | None) -> Found | None:
    """Read a date told from the day of publication that begins at ``at``."""
    for pattern, read in (
        (_SO_FAR, _so_far),
        (_DAY_WORD, _day_word),
        (_THIS_PART, _this_part),
        (_OVERNIGHT, _overnight),
        (_SEASON, lambda m, _: _open(m, "range")),
        (_VAGUE, lambda m, _: _open(m, "range")),
        (_WITHIN, _within),
        (_SPAN, _stretch),
        (_PERIOD, _period),
        (_AGO, _ago),
        (_HENCE, _hence),
        (_BEFORE_LAST, _before_last),
    ):
        match = pattern.match(text, at)
        if match is not None:
            return read(match, published)
    return None


def is_weekday(text: str, at: int) -> bool:
    """Tell whether a weekday, alone or with "last" or "next", begins at ``at``."""
    return _WEEKDAY.match(text, at) is not None


def read_weekday(text: str, at: int, published: date | None, ahead: bool) -> Found | None:
    """Read "Friday", "last Friday" (of last week); a bare one is the nearest the verb's way."""
    match = _WEEKDAY.match(text, at)
    if match is None or _NOT_A_DATE.search(text[max(0, at - 8) : at]):
        return None
    if published is None:
        return Found(match.end(), "day", open=True, relative=True)
    number, which = WEEKDAYS[match.group("day").lower()], (match.group("which") or "").lower()
    back = (published.weekday() - number) % 7
    monday = published - timedelta(days=published.weekday())
    if which in _WEEKS:  # told from the calendar week, Monday to Sunday
        found = monday + timedelta(days=number + 7 * _WEEKS[which])
    elif which == "this coming" or (ahead and not which):
        found = published + timedelta(days=(-back) % 7)
    elif which == "this past":
        found = published - timedelta(days=back or 7)
    else:
        found = published - timedelta(days=back)
    return Found(match.end(), "day", period=periods.of_day(found), relative=True)


_SATURDAY = 5
_WEEKS = {"last": -1, "this": 0, "next": 1}


def _open(match: re.Match[str], grain: str) -> Found:
    return Found(match.end(), grain, open=True, relative=True)


def _day_word(match: re.Match[str], published: date | None) -> Found:
    if published is None:
        return _open(match, "day")
    offset = {"today": 0, "tonight": 0, "tomorrow": 1}.get(match.group().lower(), -1)
    if match.group("beyond"):
        offset = -2 if "yesterday" in match.group() else 2
    found = published + timedelta(days=offset)
    return Found(match.end(), "day", period=periods.of_day(found), relative=True)


def _overnight(match: re.Match[str], published: date | None) -> Found:
    """Place the night before publication: from the day before to the day itself."""
    if published is None:
        return _open(match, "range")
    whole = Period(published - timedelta(days=1), published, "range")
    return Found(match.end(), "range", period=whole, relative=True)


def _so_far(match: re.Match[str], published: date | None) -> Found:
    if published is None:
        return _open(match, "range")
    told = match.group("unit") or match.group("lone") or match.group("before")
    unit = told.lower() if told else _CODES[match.group("code")]
    whole = Period(periods.holding(published, unit).start, published, "range")
    return Found(match.end(), "range", period=whole, relative=True)


def _this_part(match: re.Match[str], published: date | None) -> Found:
    if published is None:
        return _open(match, "day")
    return Found(match.end(), "day", period=periods.of_day(published), relative=True)


def _period(match: re.Match[str], published: date | None) -> Found | None:
    which, what = match.group("which").lower().removeprefix("the "), match.group("what")
    if which == "the" and what not in {"year", "weekend"}:
        return None  # "the quarter" may be any quarter
    grain = {"weekend": "range", "decade": "range"}.get(what, what)
    if published is None:
        return _open(match, grain)
    if which == "past" and what not in {"quarter", "half", "weekend"}:
        return _duration_of(match, published, -1, what)
    if which == "the" and what == "weekend":
        ahead = looks_ahead(match.string, match.start(), match.end())
        step = 0 if ahead or published.weekday() >= _SATURDAY else -1
        period = periods.holding(published, what, step)
        return Found(match.end(), grain, period=period, relative=True)
    step = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1}.get(which, 0)
    return Found(match.end(), grain, period=periods.holding(published, what, step), relative=True)


def _count(written: str) -> int:
    low = written.lower().removeprefix("a couple of") or "couple of"
    return NUMBERS[low] if low in NUMBERS else int(low)


def _hence(match: re.Match[str], published: date | None) -> Found:
    """Place "three years from now": the whole unit, as for "three years ago"."""
    unit = match.group("unit")
    grain = "year" if unit == "decade" else unit
    if published is None:
        return _open(match, grain)
    on = periods.shift(published, _count(match.group("count")), unit)
    if on is None:
        return _open(match, grain)
    return Found(match.end(), grain, period=periods.holding(on, grain), relative=True)


def _before_last(match: re.Match[str], published: date | None) -> Found:
    unit = match.group("unit")
    if published is None:
        return _open(match, unit)
    step = -2 if "before" in match.group("way") else 2
    return Found(match.end(), unit, period=periods.holding(published, unit, step), relative=True)


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
    return Found(match.end(), grain, period=periods.holding(back, grain, 0), relative=True)


def _stretch(match: re.Match[str], published: date | None) -> Found:
    if published is None:
        return _open(match, "duration")
    sign = -1 if match.group("way") in _BACK else 1
    return _duration(match, published, sign)


def _within(match: re.Match[str], published: date | None) -> Found:
    return _open(match, "duration") if published is None else _duration(match, published, 1)


def _duration_of(match: re.Match[str], published: date, count: int, unit: str) -> Found:
    other = periods.shift(published, count, unit)
    if other is None:
        return _open(match, "duration")
    first, last = sorted((published, other))
    return Found(match.end(), "duration", period=Period(first, last, "duration"), relative=True)


def _duration(match: re.Match[str], published: date, sign: int) -> Found:
    return _duration_of(match, published, sign * _count(match.group("count")), match.group("unit"))
