"""Dates told from another date of the sentence: a year earlier, the day before, the same period.

The anchor is the nearest date before in the sentence, else the first one after. With no anchor the
date is told as open, but for "the previous month", which then counts from publication.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from lodewire.extraction.dates import periods
from lodewire.extraction.dates.periods import Period
from lodewire.extraction.dates.stretches import COUNT, number
from lodewire.model.quantity import DateMention

_U = r"day|week|month|quarter|half|year|decade|session"
# "Two days before the vote" tells of the vote, not of a date.
_NOT_OF = (
    r"(?![ ](?:the|an?|its?|he|she|they|we|his|her|their|this|that|those|to|"
    r"being|[a-z]+ing|[A-Z][a-z]+)\b)(?![ ][0-9$])"
)
_EARLIER = re.compile(
    rf"(?P<count>{COUNT})[ -](?P<unit>day|week|month|quarter|year|decade)s?[ -]"
    rf"(?P<way>earlier|previously|later|afterwards|(?:before|prior|after)(?![^\W_]){_NOT_OF})(?![^\W_])"
)
_BESIDE = re.compile(
    rf"(?:[Tt]he[ ](?P<unit>{_U})[ ](?P<way>before(?! yesterday| last)|after(?! tomorrow)|"
    rf"earlier|prior)(?![^\W_]){_NOT_OF}"
    rf"|(?:[Tt]he[ ])?(?P<side>[Pp]revious|[Pp]receding|[Pp]rior|[Ff]ollowing|[Ss]ubsequent|"
    rf"(?<=[Tt]he )[Nn]ext)[ -](?:trading[ -]|calendar[ ])?(?P<what>{_U})(?![^\W_]))(?![ ]of\b)"
)
_SAME = re.compile(
    r"(?:[Tt]he[ ])?(?:[Ss]ame|[Cc]orresponding|[Cc]omparable|[Ee]quivalent|[Ll]ike)[ ]"
    r"(?:three-month[ ]|six-month[ ]|nine-month[ ])?"
    r"(?P<what>period|month|quarter|half|week|day|time|date|stage|point|months|weeks|quarters|term)"
    r"(?:[ ]of|[ ]in|[ ]a|,)?[ ](?:the[ ])?"
    r"(?P<year>(?:19|20)[0-9]{2}|last[ ]year|(?:previous|prior|preceding)[ ]year|year[ ]"
    r"(?:earlier|before|ago)|this[ ]year|last[ ]month|(?:previous|prior)[ ]month)(?![^\W_])"
)
_YEAR_AGO = re.compile(
    r"(?:[Tt]he[ ])?(?:[Yy]ear-(?:earlier|ago)|[Pp]rior-year|[Pp]revious-year|[Pp]revious[ "
    r"]corresponding|pcp)"
    r"(?:[ ](?:period|quarter|month|half|week))?(?![^\W_])"
)
_SENTENCE_END = re.compile(r"[.!?][”\"’)]?\s+(?=[A-Z“\"‘(])|\n")
_BACK = frozenset({"earlier", "before", "previously", "prior", "previous", "preceding"})
_SIZES = {"day": 1, "session": 1, "week": 7, "month": 31, "quarter": 92, "half": 184, "year": 366}
_WEEKEND = 5
_INITIALS = frozenset("0123456789aAbcCdDeEfFhHlLnNoOpPsStTyY")  # of the four patterns


def read_anchored(text: str, at: int) -> re.Match[str] | None:
    """Return the match of words that tell a date from another one, or None."""
    if text[at] not in _INITIALS:
        return None
    for pattern in (_EARLIER, _BESIDE, _SAME, _YEAR_AGO):
        match = pattern.match(text, at)
        if match is not None:
            return match
    return None


def settle(
    text: str,
    found: Sequence[DateMention],
    waiting: Sequence[tuple[int, re.Match[str]]],
    published: date | None,
) -> list[DateMention]:
    """Return the dates, with those that wait for an anchor placed where one can be told."""
    settled = list(found)
    told_ones = {index for index, _ in waiting}
    open_ones = set(told_ones)
    for index, match in waiting:
        period = None
        near = _anchors(text, settled, index, told_ones) or _anchors(
            text, settled, index, open_ones
        )
        for anchor in near:
            period = _from_anchor(match, anchor)
            if period is not None:
                break
        if period is None and published is not None:
            period = _from_publication(match, published)
        open_ones.discard(index)
        if period is not None:
            settled[index] = replace(
                settled[index],
                start=period.start.isoformat(),
                end=period.end.isoformat(),
                grain=period.grain,
            )
    return settled


def _anchors(
    text: str, found: Sequence[DateMention], index: int, skipped: set[int]
) -> list[DateMention]:
    """Return the placed dates of the sentence: the nearest before first, then those after."""
    here = found[index]
    before: list[DateMention] = []
    for place in range(index - 1, -1, -1):
        if _SENTENCE_END.search(text, found[place].span.end, here.span.start + 1):
            break
        if place not in skipped and found[place].start is not None:
            before.append(found[place])
    after: list[DateMention] = []
    for place in range(index + 1, len(found)):
        if _SENTENCE_END.search(text, here.span.end, found[place].span.start + 1):
            break
        if place not in skipped and found[place].start is not None:
            after.append(found[place])
    return before + after


def _period_of(anchor: DateMention) -> Period:
    assert anchor.start is not None
    assert anchor.end is not None
    return Period(date.fromisoformat(anchor.start), date.fromisoformat(anchor.end), anchor.grain)


def _from_anchor(match: re.Match[str], anchor: DateMention) -> Period | None:
    whole = _period_of(anchor)
    if match.re is _SAME or match.re is _YEAR_AGO:
        return _same(match, anchor, whole)
    if match.re is _EARLIER:
        sign = -1 if match.group("way") in _BACK else 1
        unit, count = match.group("unit"), sign * number(match.group("count"))
        if unit == "year" and _is_speech_day(anchor):
            return None
        if _length(whole) > _SIZES.get(unit, 3660) + 1 and unit != "year":
            return None
        return _moved(whole, count, unit)
    return _beside(match, whole)


def _is_speech_day(anchor: DateMention) -> bool:
    """Tell a weekday, on which news is told, from the period that figures are for."""
    return anchor.grain == "day" and anchor.relative and not any(c.isdigit() for c in anchor.text)


def _length(whole: Period) -> int:
    return (whole.end - whole.start).days + 1


def _beside(match: re.Match[str], whole: Period) -> Period | None:
    """Return the day, week, month... before or after the one that holds the anchor."""
    unit = match.group("unit") or match.group("what")
    side = (match.group("way") or match.group("side")).lower()
    step = -1 if side in _BACK else 1
    if unit == "session" or (unit == "day" and "trading" in match.group()):
        return _session(whole.start, step) if _length(whole) == 1 else None
    if _length(whole) > _SIZES.get(unit, 3660):
        return None
    if unit == "day":
        return periods.of_day(whole.start + timedelta(days=step))
    if whole.grain == "range" and _length(whole) > _SIZES[unit] // 2:
        return _moved(whole, step, unit if unit != "half" else "quarter")
    return periods.holding(whole.start, unit, step)


def _session(day: date, step: int) -> Period:
    found = day + timedelta(days=step)
    while found.weekday() >= _WEEKEND:
        found += timedelta(days=step)
    return periods.of_day(found)


def _same(match: re.Match[str], anchor: DateMention, whole: Period) -> Period | None:
    told = match.groupdict().get("year")
    if told is not None and told.isdigit():
        if anchor.grain == "year" or _is_speech_day(anchor):
            return None
        return _moved(whole, int(told) - whole.start.year, "year")
    if told is not None and "month" in told:
        return _moved(whole, -1, "month") if _length(whole) < _SIZES["month"] else None
    if told == "this year" or _is_speech_day(anchor):
        return None
    return _moved(whole, -1, "year")


def _moved(whole: Period, count: int, unit: str) -> Period | None:
    """Return a period moved by whole units; one that ends with a month still does."""
    if unit in {"day", "week"}:
        start, end = (periods.shift(d, count, unit) for d in (whole.start, whole.end))
    else:
        start = periods.shift(whole.start, count, unit)
        after = whole.end + timedelta(days=1)
        if after.day == 1:
            moved = periods.shift(after, count, unit)
            end = moved - timedelta(days=1) if moved is not None else None
        else:
            end = periods.shift(whole.end, count, unit)
    if start is None or end is None or end < start:
        return None
    return Period(start, end, whole.grain)


def _from_publication(match: re.Match[str], published: date) -> Period | None:
    """Place "the previous month" and "the previous session" where no date stands beside."""
    if match.re is not _BESIDE or match.group("side") is None:
        return None
    unit = match.group("what")
    step = -1 if match.group("side").lower() in _BACK else 1
    if match.group("side").lower() in {"following", "subsequent"}:
        return None
    if unit == "session" or "trading" in match.group():
        return _session(published, step)
    if unit == "day":
        return periods.of_day(published + timedelta(days=step))
    return periods.holding(published, unit, step)
