"""Periods told in short: Q3 2025, 3Q25, H1/2025, 2024Q3, 9M25, CY25, Q1-Q3 2024."""

from __future__ import annotations

import re

from lodewire.extraction.dates import periods
from lodewire.extraction.dates.found import Found

_YEAR = r"(?:19|20)[0-9]{2}"
_CODE_YEAR = (
    rf"(?:[ ]?[-/]?[ ]?(?:of[ ])?(?:FY[ ]?)?['’]?(?P<year>{_YEAR}|[0-9]{{2}}(?![0-9%.,])))?"
)
_QUARTER_CODE = re.compile(
    rf"(?:[Qq](?P<q>[1-4])|(?P<q2>[1-4])[Qq])(?:[ ]?(?:[-–]|to|and|/|through)[ "
    rf"]?(?:[Qq](?P<to>[1-4])|"
    rf"(?P<to2>[1-4])[Qq]))?{_CODE_YEAR}(?![0-9])(?![^\W_])"
)
_HALF_CODE = re.compile(rf"(?:H(?P<h>[12])|(?P<h2>[12])H){_CODE_YEAR}(?![0-9])(?![^\W_])")
_YEAR_CODE = re.compile(
    rf"(?P<year>{_YEAR})[ -/]?(?:Q(?P<q>[1-4])|H(?P<h>[12])|(?P<q2>[1-4])Q|(?P<h2>[12])H)(?![^\W_])"
)
_CALENDAR_YEAR = re.compile(rf"CY[ ]?['’]?(?P<year>{_YEAR}|[0-9]{{2}})(?![0-9]|[^\W_])")
_MONTHS_CODE = re.compile(
    r"(?P<count>[2-9]|1[01])M[ ]?['’]?(?P<year>(?:19|20)[0-9]{2}|[0-9]{2})(?![^\W_]|[.,][0-9])"
)


def read_code(text: str, at: int) -> Found | None:
    """Read Q3 2025, 3Q25, H1 2025, FY25."""
    match = _QUARTER_CODE.match(text, at)
    if match is not None:
        number = int(match.group("q") or match.group("q2"))
        if match.group("to") or match.group("to2"):
            return _code_range(match, number, int(match.group("to") or match.group("to2")))
        return _coded(match, "quarter", number)
    match = _CALENDAR_YEAR.match(text, at)
    if match is not None:
        year = int(match.group("year"))
        period = periods.year(year + 2000 if year < 100 else year)
        return Found(match.end(), "year", period=period)
    match = _HALF_CODE.match(text, at)
    if match is not None:
        return _coded(match, "half", int(match.group("h") or match.group("h2")))
    return None


def _code_range(match: re.Match[str], first: int, last: int) -> Found | None:
    """Read "Q1-Q3 2024"; without a year it stays open."""
    if last <= first:
        return None
    if match.group("year") is None or "FY" in match.group():
        if match.group("year") is None and "FY" not in match.group():  # the range is read later
            end = match.start() + 2
            return Found(end, "quarter", number=first, relative=True)
        return Found(match.end(), "range", open=True, relative=True)
    written = match.group("year")
    year = int(written) if len(written) == 4 else 2000 + int(written)
    whole = periods.months(year, 3 * first - 2, 3 * (last - first + 1), "range")
    return Found(match.end(), "range", period=whole)


def _coded(match: re.Match[str], grain: str, number: int) -> Found:
    written = match.group("year")
    if written is None:
        return Found(match.end(), grain, number=number, relative=True)
    if "FY" in match.group():
        return Found(match.end(), grain, open=True)
    year = int(written) if len(written) == 4 else 2000 + int(written)
    return Found(match.end(), grain, number=number, year=year)


def read_year_code(text: str, at: int) -> Found | None:
    """Read 2024Q3, 2025 H1, 2024-2H, 9M25."""
    match = _YEAR_CODE.match(text, at)
    if match is not None:
        return _year_code(match)
    match = _MONTHS_CODE.match(text, at)
    return _months_code(match) if match is not None else None


def _year_code(match: re.Match[str]) -> Found:
    """Read 2024Q3, 2025 H1, 2024-2H."""
    year = int(match.group("year"))
    if match.group("q") or match.group("q2"):
        number = int(match.group("q") or match.group("q2"))
        return Found(match.end(), "quarter", number=number, year=year)
    return Found(match.end(), "half", number=int(match.group("h") or match.group("h2")), year=year)


def _months_code(match: re.Match[str]) -> Found:
    """Read 9M25, the first nine months of 2025."""
    year = int(match.group("year"))
    year += 2000 if year < 100 else 0
    whole = periods.months(year, 1, int(match.group("count")), "range")
    return Found(match.end(), "range", period=whole)
