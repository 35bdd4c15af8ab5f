"""Dates that name their parts: days, months, quarters, halves, years, in figures or in words."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from lodewire.extraction.dates import periods
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
_EAST = re.compile(r"((?:19|20)[0-9]{2})年(?:([0-9]{1,2})月(?:([0-9]{1,2})日)?)?")
_EAST_MONTH = re.compile(r"([0-9]{1,2})月(?:([0-9]{1,2})日)?")
_YEARS = re.compile(
    rf"(?P<first>{_YEAR})(?P<join>\s?[-–—/]\s?| to | and | through | until )(?P<last>{_YEAR}|"
    rf"[0-9]{{2}})(?![0-9%]|[.,:/-][0-9])"
)
_ONE_YEAR = re.compile(rf"{_YEAR}(?![0-9%°$€£]|[.,:/][0-9]|-[0-9])")
_DECADE = re.compile(r"((?:19|20)[0-9])0['’]?s\b")
_QUARTER_CODE = re.compile(
    rf"(?:[Qq](?P<q>[1-4])|(?P<q2>[1-4])Q)(?:[ -]?(?:[Qq](?P<to>[1-4])))?(?:[ ]?(?:of[ ])?(?:FY[ "
    rf"]?)?['’]?(?P<year>{_YEAR}|[0-9]{{2}}(?![0-9%.,])))?(?![0-9])"
)
_HALF_CODE = re.compile(
    rf"(?:H(?P<h>[12])|(?P<h2>[12])H)(?:[ ]?(?:of[ ])?(?:FY[ ]?)?['’]?(?P<year>{_YEAR}|[0-9]{{2}}"
    rf"(?![0-9%.,])))?(?![0-9])"
)
_FISCAL = re.compile(
    rf"(?:FY[ ]?['’]?(?:{_YEAR}(?:[-–/][0-9]{{2,4}})?|[0-9]{{2}}(?:[-–/][0-9]{{2}})?)"
    rf"|(?:[Ff]iscal|[Ff]inancial)(?:[ -][Yy]ear)?[ ](?:ending[ ])?{_YEAR}(?:[-–/][0-9]{{2,4}})?)"
    rf"(?![0-9])"
)
_ORDINAL = re.compile(
    r"(?P<which>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]inal)[ -](?P<what>quarter|half)(?:[ "
    r"-]?year)?(?:['’]s)?(?![^\W_])"
)
_FIRST_MONTHS = re.compile(
    r"[Ff]irst[ ](?P<count>two|three|four|five|six|seven|eight|nine|ten|eleven|[2-9]|1[01])[ "
    r"]months"
)
_MONTH_QUARTER = re.compile(r"(?P<month>March|June|September|December)[ -][Qq]uarter(?![^\W_])")
_TRADING_YEAR = re.compile(
    rf"[ ](?:of|in|of the|in the)?[ ]?(?P<year>{_YEAR})(?![0-9%]|[.,:/-][0-9])"
)
_BEFORE_MONTH = re.compile(
    r"\b(?:in|of|since|by|until|till|through|from|to|and|last|next|this|early|late|mid|end|during|"
    r"for|before|after"
    r"|between|im|en|em|seit|bis|ab|von|le|de|di|du|mid-|end-)[ -]$",
    re.I,
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
        rf"(?P<day>[0-9]{{1,2}}){_SUFFIX}(?:[ ]?(?:-|–|to|and|bis|/)[ ]?"
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
        (_EAST, _read_east),
        (_EAST_MONTH, _read_east_month),
    ):
        match = pattern.match(text, at)
        if match is not None:
            return read(match)
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


def _read_east(match: re.Match[str]) -> Found:
    year, month, day = match.groups()
    if day is not None:
        period = periods.day(int(year), int(month), int(day))
        return Found(match.end(), "day", period=period, open=period is None)
    if month is not None and 1 <= int(month) <= 12:
        return Found(match.end(), "month", number=int(month), year=int(year))
    return Found(match.start() + 5, "year", period=periods.year(int(year)))


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
    if named is not None:
        return _with_year_after(
            text, named.end(), "quarter", MONTHS["en"][named.group("month").lower()] // 3
        )
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
        return _BEFORE_MONTH.search(before) is not None
    return True


def read_code(text: str, at: int) -> Found | None:
    """Read Q3 2025, 3Q25, H1 2025, FY25."""
    match = _QUARTER_CODE.match(text, at)
    if match is not None:
        number = int(match.group("q") or match.group("q2"))
        if match.group("to"):
            return Found(match.end(), "range", open=True, relative=True)
        return _coded(match, "quarter", number)
    match = _HALF_CODE.match(text, at)
    if match is not None:
        return _coded(match, "half", int(match.group("h") or match.group("h2")))
    match = _FISCAL.match(text, at)
    # Fiscal years begin in different months; the text rarely says which, so they stay open.
    return Found(match.end(), "year", open=True) if match is not None else None


def _coded(match: re.Match[str], grain: str, number: int) -> Found:
    written = match.group("year")
    if written is None:
        return Found(match.end(), grain, number=number, relative=True)
    if "FY" in match.group():
        return Found(match.end(), grain, open=True)
    year = int(written) if len(written) == 4 else 2000 + int(written)
    return Found(match.end(), grain, number=number, year=year)


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
        if match.group("which").lower() not in {"first", "second", "final"}:
            return None
        number = min(number, 2)
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
