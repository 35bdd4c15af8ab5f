"""Dates that name their parts: days, months, quarters, halves, years, in figures or in words."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from lodewire.extraction.dates import periods
from lodewire.extraction.dates.codes import read_code, read_year_code
from lodewire.extraction.dates.found import Found
from lodewire.extraction.dates.lexicon import (
    AMBIGUOUS_MONTHS,
    MONTHS,
    NUMBERS,
    ORDINALS,
    SHORT_MONTHS,
    alternatives,
)

_YEAR = r"(?:19|20)[0-9]{2}"
_NOT_A_DAY = (
    r"(?![0-9]|[.,:][0-9]|[ \u00a0-]?(?:%|per[ -]?cent|percent|pct|million|billion|tonnes|tons|t\b|"
    r"mt\b|kg\b|oz\b"
    r"|lb\b|km\b|MW\b|GW\b|bbl|barrels|years?\b|days?\b|months?\b|weeks?\b|hours?\b|points?\b|"
    r"people|workers|times))"
)
_SUFFIX = r"(?:st|nd|rd|th|er|º|\.)?"
_ISO = re.compile(r"((?:19|20)[0-9]{2})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?![0-9])(?:T[0-9:]+)?")
_NUMERIC = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2((?:19|20)[0-9]{2})(?![0-9])")
_EAST_RANGE = re.compile(
    r"(?:((?:19|20)[0-9]{2})年)?([0-9]{1,2})(?:月)?[-–—~～至到]([0-9]{1,2})月(?![0-9])"
)
_EAST = re.compile(r"((?:19|20)[0-9]{2})年(?:([0-9]{1,2})月(?:([0-9]{1,2})日)?)?")
_EAST_MONTH = re.compile(r"([0-9]{1,2})月(?:([0-9]{1,2})日)?")
_YEARS = re.compile(
    rf"(?P<first>{_YEAR})(?P<join>\s?[-–—/]\s?| to | and | through | until )(?P<last>{_YEAR}|"
    rf"[0-9]{{2}})(?![0-9%]|[.,:/-][0-9])"
)
_ONE_YEAR = re.compile(rf"{_YEAR}(?![0-9%°$€£]|[.,:/][0-9]|-[0-9])")
_DECADE = re.compile(r"((?:19|20)[0-9])0['’]?s\b")
_SHORT_NUMERIC = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{2})(?![0-9/])")
_MONTH_YEAR = re.compile(
    r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|January|February|March|April|"
    r"June|July|August|September|October|November|December)"
    r"(?:\.?[ ]?['’]|-(?=[1-4][0-9](?![0-9])))(?P<year>[0-9]{2})(?![0-9])"
)
_ORDINAL = re.compile(
    r"(?P<which>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]inal|[Oo]pening|[Ll]atter|"
    r"[Cc]losing|[Bb]ack)[ -](?P<what>quarter|half)(?:[ -]?year)?(?:['’]s)?(?![^\W_])"
)
_FIRST_MONTHS = re.compile(
    r"[Ff]irst[ ](?P<count>two|three|four|five|six|seven|eight|nine|ten|eleven|[2-9]|1[01])[ "
    r"]months"
)
_MONTH_QUARTER = re.compile(
    rf"(?P<month>March|June|September|December|Sept|Mar|Dec|Jun|Sep)[ -](?:(?P<year>{_YEAR})[ -])?"
    r"(?P<what>[Qq]uarter|[Hh]alf(?:[ -]year)?)(?![^\W_])"
)
_TRADING_YEAR = re.compile(
    rf"[ ](?:of|in|of the|in the)?[ ]?(?P<year>{_YEAR})(?![0-9%]|[.,:/-][0-9])"
)
_BEFORE_MONTH = re.compile(
    r"\b(?:in|of|since|by|until|till|through|from|to|and|last|next|this|early|late|mid|end|during|"
    r"for|before|after"
    r"|between|im|en|em|seit|bis|ab|von|le|de|di|du|mid-|end-)[ -]$"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?[ ]?[-–/][ ]?$",
    re.I,
)
_MONTH_AFTER = re.compile(
    r"\.?[ ]?(?:-|–|—|/|-?to-?)[ ]?(?:the[ ])?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)
_AFTER_AMBIGUOUS = re.compile(r"[ ](?:[0-9]{1,2}\b|(?:19|20)[0-9]{2}\b)")
_CODE_QUARTER_TO_YEAR = 100


@cache
def month_words(language: str) -> dict[str, int]:
    """Return the month names of a language, English ones included."""
    return MONTHS["en"] | MONTHS.get(language, {})


@cache
def _day_first(language: str) -> re.Pattern[str]:
    names = alternatives(month_words(language))
    return re.compile(
        rf"(?P<day>[0-9]{{1,2}}){_SUFFIX}(?:[ ]?(?:-|–|to|and|bis|/|und|au|al|et|y|e|a)[ "
        rf"]?(?:den[ ]|le[ ]|el[ ])?"
        rf"(?P<last>[0-9]{{1,2}}){_SUFFIX})?"
        rf"[ \u00a0-](?:of[ ]|de[ ])?(?P<month>{names})\b\.?(?:(?:,?[ ]|-)(?:of[ ]|de[ ])?"
        rf"(?P<year>{_YEAR})(?![0-9%]|[.,][0-9]))?"
    )


@cache
def _month_first(language: str) -> re.Pattern[str]:
    names = alternatives(month_words(language))
    day = rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?{_NOT_A_DAY}"
    last = (
        rf"(?:[ ]?(?:-|–|to|and|through)[ ]?(?P<last>[0-9]{{1,2}})(?:st|nd|rd|th)?{_NOT_A_DAY}"
        rf"(?![ ](?:{names})\b))?"
    )
    return re.compile(
        rf"(?P<month>{names})\b\.?(?:[ \u00a0]{day}{last}(?:,?[ ](?:of[ ])?(?P<year>{_YEAR})"
        rf"(?![0-9%]|,[0-9]))?"
        rf"|(?:,|[ ]of|[ ]de)?[ -](?P<only>{_YEAR})(?![0-9%]|[.,][0-9]))?"
    )


def read_digits(text: str, at: int, language: str) -> Found | None:
    """Read what begins with a figure: 2025-03-12, 12 March, 3Q25, 2025-2027, 2025."""
    for pattern, read in (
        (_ISO, _read_iso),
        (_NUMERIC, lambda m: _read_numeric(m, language)),
        (_SHORT_NUMERIC, lambda m: _read_short_numeric(m, language)),
        (_EAST_RANGE, _read_east_range),
        (_EAST, _read_east),
        (_EAST_MONTH, _read_east_month),
    ):
        match = pattern.match(text, at)
        if match is not None and (found := read(match)) is not None:
            return found
    coded = read_year_code(text, at)
    if coded is not None:
        return coded
    match = _day_first(language).match(text, at)
    if match is not None:
        return _read_day_first(match, language)
    return read_code(text, at) or _read_years(text, at)


def _read_iso(match: re.Match[str]) -> Found:
    year, _, month, day = match.groups()
    period = periods.day(int(year), int(month), int(day))
    return Found(match.end(), "day", period=period, open=period is None)


def _read_numeric(match: re.Match[str], language: str) -> Found:
    """Read 12/03/2025: the day comes first outside English; in English only if it must."""
    one, mark, two, year = match.groups()
    day, month = int(one), int(two)
    unsure = language == "en" and mark != "." and day <= 12 and month <= 12 and day != month
    if month > 12 and language == "en":
        day, month = month, day
    period = None if unsure else periods.day(int(year), month, day)
    return Found(match.end(), "day", period=period, open=period is None)


def _read_short_numeric(match: re.Match[str], language: str) -> Found | None:
    """Read 28/03/24 and 09/27/24; both ways open where both are days of the calendar."""
    one, two, year = (int(g) for g in match.groups())
    if max(one, two) <= 12 and language == "en" and one != two:
        return Found(match.end(), "day", open=True)
    day, month = (two, one) if two > 12 and language == "en" else (one, two)
    period = periods.day(2000 + year, month, day)
    return Found(match.end(), "day", period=period) if period is not None else None


def _read_east(match: re.Match[str]) -> Found:
    year, month, day = match.groups()
    if day is not None:
        period = periods.day(int(year), int(month), int(day))
        return Found(match.end(), "day", period=period, open=period is None)
    if month is not None and 1 <= int(month) <= 12:
        return Found(match.end(), "month", number=int(month), year=int(year))
    return Found(match.start() + 5, "year", period=periods.year(int(year)))


def _read_east_range(match: re.Match[str]) -> Found | None:
    """Read 2025年1-6月; without a year it stays open."""
    year, first, last = match.group(1), int(match.group(2)), int(match.group(3))
    if not 1 <= first < last <= 12:
        return None
    if year is None:
        return Found(match.end(), "range", open=True, relative=True)
    whole = periods.months(int(year), first, last - first + 1, "range")
    return Found(match.end(), "range", period=whole)


def _read_east_month(match: re.Match[str]) -> Found | None:
    month, day = int(match.group(1)), match.group(2)
    if not 1 <= month <= 12:
        return None
    if day is None:
        return Found(match.end(), "month", number=month, relative=True)
    return Found(match.end(), "day", number=month, day=int(day), relative=True)


def _read_day_first(match: re.Match[str], language: str) -> Found | None:
    month, day = month_words(language)[match.group("month").lower()], int(match.group("day"))
    year = match.group("year")
    if not 1 <= day <= 31:
        return None
    if match.group("month").lower() in {"may", "march", "mar"} and match.group("month").islower():
        return None
    return Found(
        match.end() if not _ends_sentence(match) else match.end() - 1,
        "day",
        number=month,
        day=day,
        last_day=int(match.group("last") or 0),
        year=int(year) if year else None,
        relative=year is None,
    )


def _ends_sentence(match: re.Match[str]) -> bool:
    """Tell whether the match ends with the full stop after a whole month name: "13 April."."""
    return match.group().endswith(".") and match.group("month").lower() not in SHORT_MONTHS


def read_month(text: str, at: int, language: str) -> Found | None:
    """Read what begins with a month: March 12, 2025; June 2 to 5; March 2025; March quarter."""
    named = _MONTH_QUARTER.match(text, at)
    if named is not None and (not at or text[at - 1] not in "-–"):  # not in "April-June quarter"
        return _named_quarter(text, named)
    short = _MONTH_YEAR.match(text, at)
    if short is not None:
        number = MONTHS["en"][short.group("month").lower()]
        return Found(short.end(), "month", number=number, year=2000 + int(short.group("year")))
    match = _month_first(language).match(text, at)
    if match is None or not _is_month(text, match, language):
        return None
    number = month_words(language)[match.group("month").lower()]
    year = match.group("year") or match.group("only")
    if match.group("day") and 1 <= int(match.group("day")) <= 31:
        return Found(
            match.end(),
            "day",
            number=number,
            day=int(match.group("day")),
            last_day=int(match.group("last") or 0),
            year=int(year) if year else None,
            relative=year is None,
        )
    if match.group("only"):
        return Found(match.end(), "month", number=number, year=int(year))
    end = match.end("month")
    return Found(end, "month", number=number, relative=True)


def _named_quarter(text: str, named: re.Match[str]) -> Found | None:
    """Read "March quarter", "December 2024 half": the quarter or half that ends with the month."""
    month = MONTHS["en"][named.group("month").lower()]
    half = named.group("what").lower() != "quarter"
    if half and month % 6:
        return None
    grain, number = ("half", month // 6) if half else ("quarter", month // 3)
    if named.group("year"):
        return Found(named.end(), grain, number=number, year=int(named.group("year")))
    return _with_year_after(text, named.end(), grain, number)


def _is_month(text: str, match: re.Match[str], language: str) -> bool:
    """Tell a month from a word or a name: "may", "Theresa May", "march on"."""
    word = match.group("month")
    dated = bool(match.group("day") or match.group("only"))
    if language == "en" and word.islower():
        return False
    if dated:
        return True
    short = word.lower() in SHORT_MONTHS
    if short or word.lower() in AMBIGUOUS_MONTHS:
        before = text[max(0, match.start() - 10) : match.start()]
        if _MONTH_AFTER.match(text, match.end("month")) is not None:
            return True  # "Jan-Sept 2024"
        return _BEFORE_MONTH.search(before) is not None
    return True


def read_ordinal(text: str, at: int, published: date | None) -> Found | None:
    """Read third quarter of 2025, second half, first nine months of 2024."""
    match = _FIRST_MONTHS.match(text, at)
    if match is not None:
        return _read_first_months(text, match, published)
    match = _ORDINAL.match(text, at)
    if match is None:
        return None
    number, grain = ORDINALS[match.group("which").lower()], match.group("what")
    if grain == "half":
        if match.group("which").lower() in {"third", "fourth"}:
            return None
        number = min(number, 2)
    elif match.group("which").lower() in {"latter", "back"}:
        return None
    return _with_year_after(text, match.end(), grain, number)


def _read_first_months(text: str, match: re.Match[str], published: date | None) -> Found | None:
    count = NUMBERS.get(match.group("count")) or int(match.group("count"))
    after = _TRADING_YEAR.match(text, match.end())
    if after is not None:
        period = periods.months(int(after.group("year")), 1, count, "range")
        return Found(after.end(), "range", period=period)
    if published is None:
        return Found(match.end(), "range", open=True, relative=True)
    period = periods.months(published.year, 1, count, "range")
    if period.start > published or (published.month <= count and period.end > published):
        period = periods.months(published.year - 1, 1, count, "range")
    return Found(match.end(), "range", period=period, relative=True)


def _with_year_after(text: str, end: int, grain: str, number: int) -> Found:
    match = _TRADING_YEAR.match(text, end)
    if match is not None:
        return Found(match.end(), grain, number=number, year=int(match.group("year")))
    return Found(end, grain, number=number, relative=True)


def _read_years(text: str, at: int) -> Found | None:
    match = _YEARS.match(text, at)
    if match is not None:
        first, last = int(match.group("first")), int(match.group("last"))
        if last < _CODE_QUARTER_TO_YEAR:
            last += first - first % 100
        join, whole = match.group("join"), len(match.group("last")) == 4
        fits = whole or join.strip() in "-–—/"  # "2021-25", never "2021 to 25"
        if 0 < last - first <= 60 and fits and (last - first == 1 or join != " and "):
            return Found(match.end(), "range", period=periods.years(first, last))
    match = _DECADE.match(text, at)
    if match is not None:
        first = int(match.group(1)) * 10
        return Found(match.end(), "range", period=periods.years(first, first + 9))
    match = _ONE_YEAR.match(text, at)
    if match is None:
        return None
    after = _ORDINAL.match(text, match.end() + 1)
    if after is not None and text[match.end()] == " ":  # "2022 fourth quarter"
        grain, number = after.group("what"), ORDINALS[after.group("which").lower()]
        number = min(number, 2) if grain == "half" else number
        return Found(after.end(), grain, number=number, year=int(match.group()))
    return Found(match.end(), "year", period=periods.year(int(match.group())))
