"""Days of publication: declared stamps, days written in a text, days in an address.

ISO and RFC forms are read by the standard library; what people write ("12th May 2023",
"2. Mai 2023", "2023年5月12日") by the small table of patterns here. The day is the publisher's own,
as written: no time zone moves it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.resources import files

from lodewire.model.evidence import Span

EARLIEST = date(1990, 1, 1)  # no page of the web is older; an epoch of zero is a default, not a day


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A declared time: ``day`` as written; ``instant`` in UTC when a time zone was written.

    ``floating`` marks a stamp written in UTC, whose day may differ from the publisher's own.
    """

    day: date
    instant: datetime | None = None
    floating: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDay:
    """A day found in a text; ``ambiguous`` when day and month could be swapped."""

    span: Span
    day: date
    ambiguous: bool = False


_ISO_PREFIX = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_ZONE_GAP = re.compile(r"\s+(?=[+-]\d{2}:?\d{2}$)")
_UTC_NAMES = re.compile(r"\s*(?:UTC|GMT)$", re.IGNORECASE)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?$")


def parse_moment(value: str) -> Moment | None:
    """Read a stamp as machines declare it: ISO 8601, RFC 2822, epoch seconds, or a written day.

    Returns None when the value holds no plausible day.
    """
    text = " ".join(value.split())[:80]
    if not text:
        return None
    if _EPOCH.match(text):
        seconds = int(text[:10])
        return _moment(datetime.fromtimestamp(seconds, tz=UTC))
    for parse in (_parse_iso, _parse_rfc):
        stamp = parse(text)
        if stamp is not None:
            return _moment(stamp)
    start = _ISO_PREFIX.match(text)
    if start:
        day = _day(int(start[1]), int(start[2]), int(start[3]))
        return Moment(day=day) if day else None
    written = next(find_days(text), None)
    return Moment(day=written.day) if written and not written.ambiguous else None


def _parse_iso(text: str) -> datetime | None:
    cleaned = _UTC_NAMES.sub("+00:00", _ZONE_GAP.sub("", text))
    try:
        return datetime.fromisoformat(cleaned)
    except ValueError:
        return None


def _parse_rfc(text: str) -> datetime | None:
    if not re.match(r"(?:[A-Za-z]{3},? )?\d{1,2} [A-Za-z]{3} \d{4}", text):
        return None
    try:
        return parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return None


def _moment(stamp: datetime) -> Moment | None:
    if not EARLIEST <= stamp.date() <= date(2100, 1, 1):
        return None
    if stamp.tzinfo is None:
        return Moment(day=stamp.date())
    offset = stamp.utcoffset()
    return Moment(day=stamp.date(), instant=stamp.astimezone(UTC), floating=offset == timedelta(0))


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@cache
def _month_numbers() -> dict[str, int]:
    source = files("lodewire.text").joinpath("data/months.toml")
    tables: dict[str, list[list[str]]] = tomllib.loads(source.read_text("utf-8"))
    return {
        name: number
        for months in tables.values()
        for number, names in enumerate(months, start=1)
        for name in names
    }


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    month = "|".join(sorted(map(re.escape, _month_numbers()), key=len, reverse=True))
    flags = re.IGNORECASE
    return (
        re.compile(
            r"(?<!\d)(?P<y>(?:19|20)\d\d)\s?[年년]\s?(?P<n>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일]"
        ),
        re.compile(
            r"(?<![\d.,/-])(?P<y>(?:19|20)\d\d)(?P<s>[-/.])(?P<n>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d|[.,/-]\d)"
        ),
        re.compile(
            rf"(?<![\d.,])(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?[\s-]*(?:de\s|of\s)?"
            rf"(?P<m>{month})\b\.?,?[\s-]*(?:de\s|del\s)?(?P<y>(?:19|20)\d\d)(?!\d)",
            flags,
        ),
        re.compile(
            rf"\b(?P<m>{month})\b\.?[\s-]*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?[\s-]+(?P<y>(?:19|20)\d\d)(?!\d)",
            flags,
        ),
        re.compile(
            r"(?<![\w.,/$€£-])(?P<d>\d{1,2})\.\s?(?P<n>\d{1,2})\.\s?(?P<y>(?:19|20)\d\d)(?!\d|[.,]\d)"
        ),
        re.compile(
            r"(?<![\w.,/$€£-])(?P<a>\d{1,2})(?P<s>[/-])(?P<b>\d{1,2})(?P=s)"
            r"(?P<y>(?:19|20)\d\d)(?!\d|[.,/-]\d)"
        ),
    )


def find_days(text: str, language: str | None = None) -> Iterator[WrittenDay]:
    """Yield the full days (day, month and year) written in ``text``, in order of position.

    ``language`` decides 05/12/2023: month first in no language but English, where it stays
    ambiguous unless one of the two numbers is over twelve.
    """
    if not _YEAR.search(text):
        return
    found: list[WrittenDay] = []
    for pattern in _patterns():
        for match in pattern.finditer(text):
            written = _read(match, language)
            if written and not any(written.span.overlaps(other.span) for other in found):
                found.append(written)
    found.sort(key=lambda written: written.span)
    yield from found


def _read(match: re.Match[str], language: str | None) -> WrittenDay | None:
    groups = match.groupdict()
    year = int(groups["y"])
    span = Span(*match.span())
    if "a" in groups:
        first, second = int(groups["a"]), int(groups["b"])
        if first > 12 or (second <= 12 and language not in (None, "en")):
            day = _day(year, second, first)
        else:
            day = _day(year, first, second)
        unsure = first <= 12 and second <= 12 and first != second and language in (None, "en")
        return WrittenDay(span=span, day=day, ambiguous=unsure) if day else None
    month = int(groups["n"]) if groups.get("n") else _month_numbers()[groups["m"].lower()]
    day = _day(year, month, int(groups["d"]))
    return WrittenDay(span=span, day=day) if day else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        value = date(year, month, day)
    except ValueError:
        return None
    return value if value >= EARLIEST else None


_URL_DAY = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[/_-]?)(?P<m>\d{2}|[a-z]{3})(?P=s)(?P<d>\d{2})(?!\d)"
)


def day_in_url(url: str) -> date | None:
    """Return the day an address carries in its path (/2023/05/12/, -20230512-), or None.

    Of a file only the name counts: a folder's day says nothing of what lies in it.
    """
    path = url.split("?", 1)[0].split("#", 1)[0]
    if not path.startswith(("http://", "https://", "/")):
        path = path.rsplit("/", 1)[-1]
    for match in _URL_DAY.finditer(path):
        month = match["m"]
        number = int(month) if month.isdigit() else _month_numbers().get(month, 0)
        day = _day(int(match["y"]), number, int(match["d"]))
        if day is not None:
            return day
    return None


@cache
def _dateline() -> re.Pattern[str]:
    month = "|".join(sorted((re.escape(name) for name in _month_numbers()), key=len, reverse=True))
    return re.compile(
        rf"\b(?:(?P<m>{month})\b\.?\s(?P<d>\d{{1,2}})|(?P<d2>\d{{1,2}})\s(?P<m2>{month})\b)"
        rf"(?!\d)(?=[^\n]{{0,60}}?(?:[-–—:]|\())",
        re.IGNORECASE,
    )


def yearless_day(line: str, latest: date, years: frozenset[int]) -> tuple[date, bool] | None:
    """Resolve a dateline without a year ("PERTH, May 12 (Reuters) -").

    A page fetched within thirty days after such a day is fresh: the year is certain. Otherwise the
    latest year that the text itself names decides, and the flag tells that it was inferred; without
    one there is no answer, for a wrong year is worse than none.
    """
    match = _dateline().match(line) or _dateline().search(line[:70])
    if match is None:
        return None
    number = _month_numbers()[(match["m"] or match["m2"]).lower()]
    day = int(match["d"] or match["d2"])
    for year in (latest.year, latest.year - 1):
        found = _day(year, number, day)
        if found and -1 <= (latest - found).days <= 30:
            return found, False
    for year in sorted(years, reverse=True):
        found = _day(year, number, day)
        if found and found <= latest:
            return found, True
    return None
