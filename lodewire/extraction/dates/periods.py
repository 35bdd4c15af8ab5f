"""Periods of the calendar: days, weeks, months, quarters, halves, years, and parts of them."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 1900, 2100
_PARTS = 3


@dataclass(frozen=True, slots=True)
class Period:
    """A period, both ends inclusive; ``grain`` as in DateMention."""

    start: date
    end: date
    grain: str


def day(year: int, month: int, number: int) -> Period | None:
    """Return one day; None when the calendar has no such day or year."""
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12:
        return None
    if not 1 <= number <= monthrange(year, month)[1]:
        return None
    found = date(year, month, number)
    return Period(found, found, "day")


def of_day(found: date) -> Period:
    """Return the period of one date."""
    return Period(found, found, "day")


def month(year: int, number: int) -> Period:
    """Return a calendar month; ``number`` may lie outside 1..12 and carries into the year."""
    return months(year, number, 1, "month")


def months(year: int, first: int, count: int, grain: str) -> Period:
    """Return ``count`` months from month ``first`` of ``year`` on."""
    start = _first_of(year, first)
    return Period(start, _first_of(year, first + count) - timedelta(days=1), grain)


def _first_of(year: int, number: int) -> date:
    carried, rest = divmod(number - 1, 12)
    return date(min(max(year + carried, 1), 9998), rest + 1, 1)


def quarter(year: int, number: int) -> Period:
    """Return a calendar quarter, 1 to 4; other numbers carry into the year."""
    return months(year, 3 * number - 2, 3, "quarter")


def half(year: int, number: int) -> Period:
    """Return the first or second half of a year."""
    return months(year, 6 * number - 5, 6, "half")


def year(number: int) -> Period:
    """Return a calendar year."""
    return Period(date(number, 1, 1), date(number, 12, 31), "year")


def years(first: int, last: int) -> Period:
    """Return several calendar years."""
    return Period(date(first, 1, 1), date(last, 12, 31), "range")


def week(around: date) -> Period:
    """Return the week, Monday to Sunday, that holds a day."""
    start = around - timedelta(days=around.weekday())
    return Period(start, start + timedelta(days=6), "week")


def holding(found: date, unit: str, step: int = 0) -> Period:
    """Return the week, month, quarter... ``step`` away from the one that holds the day."""
    if unit == "day":
        return of_day(found + timedelta(days=step))
    if unit == "week":
        return week(found + timedelta(days=7 * step))
    if unit == "weekend":
        monday = week(found + timedelta(days=7 * step)).start
        return Period(monday + timedelta(days=5), monday + timedelta(days=6), "range")
    if unit == "month":
        return month(found.year, found.month + step)
    if unit == "quarter":
        return quarter(found.year, (found.month + 2) // 3 + step)
    if unit == "half":
        return half(found.year, (1 if found.month <= 6 else 2) + step)
    if unit == "decade":
        first = found.year - found.year % 10 + 10 * step
        return years(first, first + 9)
    return year(found.year + step)


def span(first: Period, last: Period) -> Period | None:
    """Return the range from one period to another; None when it would run backwards."""
    if last.end < first.start:
        return None
    return Period(first.start, last.end, "range")


def moved_years(whole: Period, count: int) -> Period:
    """Return a period moved by years; one that ends with a month still does."""
    start = shift(whole.start, 12 * count, "month") or whole.start
    after = shift(whole.end + timedelta(days=1), 12 * count, "month")
    end = after - timedelta(days=1) if after is not None else whole.end
    return Period(start, max(start, end), whole.grain)


def part(whole: Period, which: str) -> Period:
    """Return the early, middle or late third of a period, its first or last day.

    "Early 2024" has no exact bounds: thirds of months for periods of a quarter or more, of ten
    days for a month.
    """
    if which == "end":
        return of_day(whole.end)
    if which == "start":
        return of_day(whole.start)
    place = ("early", "mid", "late").index(which)
    count = 12 * (whole.end.year - whole.start.year) + whole.end.month - whole.start.month + 1
    if count >= _PARTS:
        size = count // _PARTS
        first = whole.start.month + place * size
        last_size = count - (_PARTS - 1) * size if which == "late" else size
        found = months(whole.start.year, first, last_size, "range")
        return Period(found.start, min(found.end, whole.end), "range")
    length = (whole.end - whole.start).days + 1
    size = 10 if count == 1 and length > 27 else max(length // _PARTS, 1)  # a month's tens
    start = whole.start + timedelta(days=place * size)
    end = whole.end if which == "late" else start + timedelta(days=size - 1)
    return Period(start, end, "range")


def shift(found: date, count: int, unit: str) -> date | None:
    """Return the date ``count`` units away ("day", "week", "month", "quarter", "year", "decade").

    The day is cut to the length of the month. None outside the calendar we use.
    """
    if abs(count) > 40_000:
        return None
    if unit in {"day", "week"}:
        moved = found.toordinal() + count * (7 if unit == "week" else 1)
        lowest, highest = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()
        return date.fromordinal(moved) if lowest <= moved <= highest else None
    factor = {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    carried, rest = divmod(found.month - 1 + count * factor, 12)
    if not FIRST_YEAR <= found.year + carried <= LAST_YEAR:
        return None
    last = monthrange(found.year + carried, rest + 1)[1]
    return date(found.year + carried, rest + 1, min(found.day, last))
