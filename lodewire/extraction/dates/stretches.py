"""Periods told by their end or their beginning: nine months to September, week ended Friday.

Also parts counted within a longer period: the first ten days of March, the last two months of 2024.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from lodewire.extraction.dates import periods
from lodewire.extraction.dates.lexicon import NUMBERS
from lodewire.extraction.dates.periods import Period


@dataclass(frozen=True, slots=True)
class Placed:
    """A date read and placed: where its words end, its period (None: not known), its nature."""

    end: int
    period: Period | None
    grain: str
    relative: bool


Reader = Callable[[int], Placed | None]

COUNT = (
    r"(?i:a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty"
    r"|thirty|[1-9][0-9]?)"
)
_UNITS = r"days?|weeks?|fortnight|months?|quarters?|half-?year|half year|half|years?|decade"
_WHICH = (
    r"(?i:first|second|third|fourth|final|fiscal|financial|trading|full|calendar|reporting|"
    r"marketing|crop|interim)"
)
_TO = re.compile(
    rf"(?:{_WHICH}[ -])*(?:(?P<count>{COUNT})[ -](?:calendar[ ])?)?(?P<unit>{_UNITS})"
    r"(?:[ -]periods?)?(?:[ ](?:that|which))?[ ](?:to|ended|ending|ends|up to|through|until|"
    r"till)[ ]"
    r"(?:on[ ])?(?:the[ ])?"
)
_ON = re.compile(
    r"(?:(?:fiscal|financial)[ ])?(?:(?P<count>1|one)[ ])?(?P<unit>week|month|year|fortnight)[ ]"
    r"(?P<how>of|from|(?:(?:that|which)[ ])?(?:starting|beginning|commencing|began|begins|"
    r"started|starts))[ ](?:on[ ])?(?:the[ ])?"
)
_INNER = re.compile(
    rf"(?P<which>(?i:first|last|final|opening|initial|closing))[ ](?P<count>{COUNT})[ ]"
    r"(?P<unit>day|week|month|quarter|year)s[ ](?:of|in)[ ]"
)
_NTH = re.compile(
    r"(?P<which>(?i:first|second|third|fourth|last|final|opening|latter))[ ]"
    r"(?P<unit>week|half|month|day|year|fortnight|quarter)[ ]of[ ]"
)
_SO_FAR = re.compile(r"(?:[Ss]o[ ]far|[Tt]o[ ]date)[ ](?:in|during)[ ](?:the[ ])?")
_ORDER = {"first": 0, "opening": 0, "second": 1, "third": 2, "fourth": 3}
_LENGTHS = {"quarter": ("month", 3), "half": ("month", 6), "fortnight": ("week", 2)}
_ENDS = frozenset({"day", "week", "month", "quarter", "half", "year"})


def number(written: str | None) -> int:
    """Return the number that a count word or figure tells; 1 where there is none."""
    low = (written or "one").lower()
    return NUMBERS[low] if low in NUMBERS else int(low)


def _unit(written: str) -> tuple[str, int]:
    unit = written.lower().replace("-", " ").replace("halfyear", "half")
    unit = "half" if unit.startswith("half") else unit.rstrip("s")
    return _LENGTHS.get(unit, (unit, 1))


def read_stretch(text: str, at: int, read: Reader, published: date | None) -> Placed | None:
    """Read a period told by its end, its beginning or as a part, that begins at ``at``."""
    match = _TO.match(text, at)
    if match is not None:
        return _read_to(match, read, published)
    match = _ON.match(text, at)
    if match is not None:
        return _read_on(match, read)
    match = _INNER.match(text, at)
    if match is not None:
        return _read_inner(match, read)
    match = _SO_FAR.match(text, at)
    if match is not None:
        return _read_so_far(match, read, published)
    match = _NTH.match(text, at)
    return _read_nth(match, read) if match is not None else None


def _read_to(match: re.Match[str], read: Reader, published: date | None) -> Placed | None:
    told = read(match.end())
    if told is None or (told.period is None and told.grain == "duration"):
        return None
    if told.period is None:
        return Placed(told.end, None, "range", told.relative)
    unit, size = _unit(match.group("unit"))
    count = number(match.group("count")) * size
    grain = told.period.grain
    if grain not in _ENDS or (grain == "year" and unit not in {"year", "decade"}):
        return None
    past = re.search(r"ended", match.group()) is not None
    if past and told.relative and published is not None and told.period.start > published:
        return Placed(told.end, None, "range", relative=True)
    after = told.period.end + timedelta(days=1)
    start = periods.shift(after, -count, unit)
    if start is None or start > told.period.end:
        return None
    return Placed(told.end, Period(start, told.period.end, "range"), "range", told.relative)


def _read_on(match: re.Match[str], read: Reader) -> Placed | None:
    told = read(match.end())
    unit, size = _unit(match.group("unit"))
    if told is None or told.grain != "day" or (match.group("how") == "of" and unit != "week"):
        return None
    if told.period is None:
        return Placed(told.end, None, "range", told.relative)
    if match.group("how") == "of":
        return Placed(told.end, periods.week(told.period.start), "week", told.relative)
    after = periods.shift(told.period.start, size, unit)
    if after is None:
        return None
    whole = Period(told.period.start, after - timedelta(days=1), "range")
    return Placed(told.end, whole, "range", told.relative)


def _read_inner(match: re.Match[str], read: Reader) -> Placed | None:
    told = read(match.end())
    if told is None or told.grain in {"day", "duration"}:
        return None
    if told.period is None:
        return Placed(told.end, None, "range", told.relative)
    unit, count = match.group("unit"), number(match.group("count"))
    whole = told.period
    if match.group("which").lower() in {"last", "final", "closing"}:
        start = periods.shift(whole.end + timedelta(days=1), -count, unit)
        if start is None or start < whole.start:
            return None
        return Placed(told.end, Period(start, whole.end, "range"), "range", told.relative)
    after = periods.shift(whole.start, count, unit)
    if after is None or after - timedelta(days=1) > whole.end:
        return None
    inner = Period(whole.start, after - timedelta(days=1), "range")
    return Placed(told.end, inner, "range", told.relative)


def _read_so_far(match: re.Match[str], read: Reader, published: date | None) -> Placed | None:
    told = read(match.end())
    if told is None or told.grain == "duration":
        return None
    if told.period is None or published is None:
        return Placed(told.end, None, "range", relative=True)
    if not told.period.start <= published:
        return None
    end = min(published, told.period.end)
    return Placed(told.end, Period(told.period.start, end, "range"), "range", relative=True)


def _read_nth(match: re.Match[str], read: Reader) -> Placed | None:
    """Read "the second week of May", "the first half of June", "the last quarter of 2025"."""
    told = read(match.end())
    if told is None or told.grain in {"day", "duration", "week"}:
        return None
    if told.period is None:
        return Placed(told.end, None, "range", told.relative)
    which, unit = match.group("which").lower(), match.group("unit")
    if unit == "half":
        inner: Period | None = _half_of(told.period, second=which not in {"first", "opening"})
    else:
        inner = _nth_of(told.period, which, unit)
    if inner is None:
        return None
    return Placed(told.end, inner, inner.grain, told.relative)


def _half_of(whole: Period, *, second: bool) -> Period:
    if whole.grain == "month":
        middle = whole.start + timedelta(days=14)
    else:
        size = 12 * (whole.end.year - whole.start.year) + whole.end.month - whole.start.month + 1
        middle = (periods.shift(whole.start, max(size // 2, 1), "month") or whole.end) - timedelta(
            days=1
        )
    grain = "half" if whole.grain == "year" else "range"
    if second:
        return Period(min(middle + timedelta(days=1), whole.end), whole.end, grain)
    return Period(whole.start, middle, grain)


def _nth_of(whole: Period, which: str, unit: str) -> Period | None:
    name, size = _unit(unit)
    start: date | None
    if which in _ORDER:
        start = periods.shift(whole.start, _ORDER[which] * size, name)
    else:
        start = periods.shift(whole.end + timedelta(days=1), -size, name)
    after = periods.shift(start, size, name) if start is not None else None
    if start is None or after is None or start < whole.start:
        return None
    end = after - timedelta(days=1)
    if end > whole.end:
        return None
    grain = unit if unit in {"day", "month", "quarter", "year"} else "range"
    return Period(start, end, grain)
