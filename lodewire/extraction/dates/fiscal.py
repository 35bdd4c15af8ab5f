"""Fiscal years and quarters: placed where the words beside say when they run, else left open."""

from __future__ import annotations

import re
from datetime import timedelta

from lodewire.extraction.dates import periods
from lodewire.extraction.dates.periods import Period
from lodewire.extraction.dates.stretches import Placed, Reader

_YEAR = r"(?:19|20)[0-9]{2}"
_NUMBER = (
    rf"['’]?(?:{_YEAR}(?:[ ]?[-–/][ ]?(?:{_YEAR}|[0-9]{{2}}))?|[0-9]{{2}}(?:[-–/][0-9]{{2}})?)"
)
_PART = r"(?:(?i:first|second|third|fourth|final)[ -](?:quarter|half)|[QH][1-4]|[1-4][QH])"
_FISCAL = re.compile(
    rf"(?:(?P<part>{_PART})[ ](?:of[ ])?(?:the[ ])?)?(?:"
    rf"FY[ -]?{_NUMBER}(?:[ -]?{_PART})?"
    rf"|(?:[Tt]he[ ])?(?:[Ff]iscal|[Ff]inancial|[Bb]usiness|[Mm]arketing)(?:[ -][Yy]ear)?[ ]"
    rf"(?:of[ ])?(?:{_YEAR}(?:[ ]?[-–/][ ]?[0-9]{{2,4}})?|['’][0-9]{{2}})(?:[ ]{_PART})?"
    rf"|{_YEAR}(?:[-–/][0-9]{{2,4}})?[ ](?:fiscal|financial|marketing|crop|business)[ ]year"
    rf"|(?:(?P<which>[Tt]his|[Ll]ast|[Nn]ext|[Tt]he current|[Tt]he|[Ii]ts|[Cc]urrent)[ ])"
    rf"(?:fiscal|financial)[ ](?:year|{_PART})"
    rf"|[Ff]iscal[ ]{_PART}|(?:[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth)[ ]fiscal[ ](?:quarter|half)"
    rf")(?![0-9]|[^\W_])"
)
_TO = re.compile(
    r"[ ]?[(\[,]?[ ]?(?:the[ ]year[ ])?(?:to|ended|ending|ends|through|year-end|Y/?E)[ ](?:on[ ])?"
    r"(?:the[ ])?"
)
_FROM = re.compile(
    r"[ ]?[(\[,]?[ ]?(?:(?:which|that)[ ])?(?:begins?|beginning|starts?|starting|began|started|"
    r"commencing)[ ]"
    r"(?:on[ ]|in[ ])?"
)
_PAIR = re.compile(r"[ ]?\(")
_CLAUSE = re.compile(
    r",?[ ](?:which|that)[ ](?:ends?|ended|ran|runs|will end|closed)[ ](?:to[ ]|on[ ]|in[ ]|"
    r"until[ ])?"
)
_MONTHS_OF_YEAR = 12


def read_fiscal(text: str, at: int, read: Reader) -> Placed | None:
    """Read a fiscal period that begins at ``at``; open unless its own words define it."""
    match = _FISCAL.match(text, at)
    if match is None:
        return None
    size = _size(match.group())
    ended = _TO.match(text, match.end())
    if ended is not None and (told := read(ended.end())) is not None:
        whole = _named(_ending(told.period, size), match.group(), told.relative)
        if whole is not None:
            return Placed(_closed(text, told.end, ended), whole, "range", told.relative)
    begun = _FROM.match(text, match.end())
    if begun is not None and (told := read(begun.end())) is not None:
        whole = _beginning(told.period, size)
        if whole is not None:
            return Placed(_closed(text, told.end, begun), whole, "range", told.relative)
    return _defined_aside(text, match, size, read)


def _defined_aside(text: str, match: re.Match[str], size: int, read: Reader) -> Placed:
    pair = _PAIR.match(text, match.end())
    if pair is not None:  # "FY2025 (April 2024-March 2025)"
        told = read(pair.end())
        if told is not None and told.period is not None and told.grain in {"range", "half"}:
            whole = _named(told.period, match.group(), told.relative)
            return Placed(_closed(text, told.end, pair), whole, "range", told.relative)
    clause = _CLAUSE.match(text, match.end())
    if clause is not None:  # "fiscal 2025, which ended on June 30": that day is a date of its own
        told = read(clause.end())
        whole = _ending(told.period, size) if told is not None else None
        whole = _named(whole, match.group(), told is not None and told.relative)
        if told is not None and whole is not None:
            return Placed(match.end(), whole, "range", told.relative)
    return Placed(match.end(), None, "year", relative=False)


def _named(whole: Period | None, words: str, relative: bool) -> Period | None:
    """Move a period whose end has no year to the year that the fiscal year's name tells."""
    years = re.search(r"((?:19|20)?[0-9]{2})(?:[ ]?[-–/][ ]?([0-9]{2,4}))?$", words)
    if whole is None or years is None or not relative:
        return whole
    last = int(years.group(2) or years.group(1)) % 100 + 2000
    start = periods.shift(whole.start, last - whole.end.year, "year")
    after = periods.shift(whole.end + timedelta(days=1), last - whole.end.year, "year")
    if start is None or after is None:
        return None
    return Period(start, after - timedelta(days=1), "range")


def _closed(text: str, end: int, opened: re.Match[str]) -> int:
    return end + 1 if "(" in opened.group() and text[end : end + 1] == ")" else end


def _size(words: str) -> int:
    low = words.lower()
    if re.search(r"quarter|q[1-4]|[1-4]q", low):
        return 3
    return 6 if re.search(r"half|h[12]|[12]h", low) else _MONTHS_OF_YEAR


def _ending(told: Period | None, size: int) -> Period | None:
    if told is None or told.grain not in {"day", "month"}:
        return None
    start = periods.shift(told.end + timedelta(days=1), -size, "month")
    return Period(start, told.end, "range") if start is not None else None


def _beginning(told: Period | None, size: int) -> Period | None:
    if told is None or told.grain not in {"day", "month"}:
        return None
    after = periods.shift(told.start, size, "month")
    return Period(told.start, after - timedelta(days=1), "range") if after is not None else None
