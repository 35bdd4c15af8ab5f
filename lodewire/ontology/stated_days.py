"""Days as far as they are known: a day, a month or a year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from lodewire.errors import OntologyError

_STATED = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class StatedDay:
    """A day as the table states it: "2023-11-06", "2021-11" or "2022".

    A month or a year counts from its first day: what changed "2021-11" had changed by the second
    of that month as far as anybody here can tell. ``str()`` gives what is known, and no more.
    """

    first: date
    text: str

    def __str__(self) -> str:
        return self.text


def read_stated_day(where: str, cell: str) -> StatedDay | None:
    """Return the day of a cell, None for an empty one; raises OntologyError for another form."""
    if not cell:
        return None
    match = _STATED.fullmatch(cell)
    try:
        if match is not None:
            year, month, day = (int(part or 1) for part in match.groups())
            return StatedDay(date(year, month, day), cell)
    except ValueError:
        pass
    raise OntologyError(
        f"{where}: {cell!r} is no day", hint="Write 2023-11-06, 2023-11 or 2023, or leave it empty"
    )


def read_span(where: str, since: str, until: str) -> tuple[StatedDay | None, StatedDay | None]:
    """Return the first day and the day after the last; refuses a span that ends as it begins."""
    start, end = read_stated_day(where, since), read_stated_day(where, until)
    if start is not None and end is not None and start.first >= end.first:
        raise OntologyError(f"{where}: {until} is not after {since}")
    return start, end


def holds_on(since: StatedDay | None, until: StatedDay | None, day: date) -> bool:
    """Tell whether a span without its last day holds ``day``; a missing bound is open."""
    return (since is None or since.first <= day) and (until is None or day < until.first)
