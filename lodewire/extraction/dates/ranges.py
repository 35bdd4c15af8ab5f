"""Two dates as the ends of one range: the end without a year is set near the other."""

from __future__ import annotations

from datetime import date, timedelta

from lodewire.extraction.dates import periods
from lodewire.extraction.dates.periods import Period
from lodewire.extraction.dates.stretches import Placed


def aligned(
    first: Placed, second: Placed, words: str, published: date | None
) -> tuple[Period, Period]:
    """Bring the end without a year near the end that has one, or the second after the first."""
    assert first.period is not None
    assert second.period is not None
    one, two = first.period, second.period
    if first.relative and not second.relative:
        years = two.end.year - one.start.year
        one = periods.moved_years(one, years)
        if one.start > two.end:
            one = periods.moved_years(one, -1)
    elif second.relative and two.end < one.start:
        if one.grain == two.grain == "day" and not any(c.isdigit() for c in words):
            return _weekdays(one, two, published)  # "from Thursday to Monday"
        two = periods.moved_years(two, one.start.year - two.start.year)
        if two.end < one.start:
            two = periods.moved_years(two, 1)
    return one, two


def _weekdays(one: Period, two: Period, published: date | None) -> tuple[Period, Period]:
    """Set two weekdays after one another within a week, on the side of publication they were."""
    step = timedelta(days=7)
    if published is not None and one.start <= published < two.start + step:
        return periods.of_day(one.start - step), two
    while two.start < one.start:
        two = periods.of_day(two.start + step)
    return one, two
