"""Finding dates in a text: anchors first, then the patterns that can begin there."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from lodewire.extraction.dates import periods
from lodewire.extraction.dates.absolute import (
    month_words,
    read_code,
    read_digits,
    read_month,
    read_ordinal,
)
from lodewire.extraction.dates.found import Found, looks_ahead, place, with_year
from lodewire.extraction.dates.lexicon import WEEKDAYS
from lodewire.extraction.dates.periods import Period
from lodewire.extraction.dates.relative import read_relative, read_weekday
from lodewire.model.evidence import Span
from lodewire.model.quantity import DateMention

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_DIGITS = re.compile(r"[0-9]+")
_PART = re.compile(
    r"(?:[Tt]he[ ])?(?:"
    r"(?P<loose>[Ee]arly|[Mm]id|[Ll]ate|[Ee]arlier|[Ll]ater)(?:[ ](?:in[ ])?|-)"
    r"|(?P<firm>[Ee]nd|[Bb]eginning|[Ss]tart|[Mm]iddle|[Cc]lose|[Rr]est|[Rr]emainder|[Bb]alance)"
    r"(?:[ ]of[ ]|-)|(?P<bare>[Ee]nd)[ ](?=[A-Z])"
    r")(?P<the>the[ ])?"
)
_YEAR_END = re.compile(
    r"(?:year[ -]end|end-year)(?:[ ](?:of[ ])?(?P<year>(?:19|"
    r"20)[0-9]{2}))?(?![^\W_])",
    re.I,
)
_SINCE = re.compile(
    r"[Ss]ince[ ](?:the[ ](?:start|beginning)[ ]of[ ]|early[ ]|late[ ]|mid-|at[ "
    r"]least[ ])?"
)
_PARTS = {
    "early": "early", "mid": "mid", "middle": "mid", "late": "late", "end": "end", "close": "end",
    "beginning": "start", "start": "start",
}  # fmt: skip
_OF_YEAR = re.compile(
    r"(?:,)?[ ](?:of[ ]|in[ ])?(?P<which>[Tt]his|[Ll]ast|[Nn]ext|[Tt]he)[ ](?P<what>year)(?![^\W_])"
    r"|[ ]of[ ](?P<year>(?:19|20)[0-9]{2})(?![0-9])"
)
_RANGE = re.compile(r"(?P<dash>[ ]?[-–—][ ]?)|[ ](?:to|until|till|through)[ ]|[ ](?P<word>and)[ ]")
_BETWEEN = re.compile(r"\b[Bb]etween[ ]$")
_OWNER_YEAR = re.compile(r"(?P<which>[Ll]ast|[Tt]his|[Nn]ext)[ ]year['’]s[ ]")
_CODES = re.compile(r"(?:[QqH][1-4]|FY)")
_UNIT_AFTER_YEAR = re.compile(
    r"[ \u00a0-]?(?:tonnes?|tons?|t\b|mt\b|kt\b|oz\b|ounces|lbs?\b|pounds|kg|km|miles|met(?:er|re)s"
    r"|m\b|ft\b|feet|ha\b|hectares|MW|GW"
    r"|barrels|bpd|b/d|dollars|yuan|euros?|yen|rupees|rand|percent|per[ ]cent|workers|people|jobs|"
    r"employees|miners|homes|vehicles"
    r"|cars|units|shares|hours|days|years|points|ppm|g/t|bp|basis|million|billion|GWh|MWh|kWh|"
    r"cents)"
)
_NUMBER_BEFORE = re.compile(
    r"[\w$€£¥₹.,/\\+#@-]$|(?:Rs|RMB|Yuan|US\$|No\.|Section|Article|"
    r"Resolution|Decree|Law)[ .]?$"
)
_DATE_AFTER_WEEKDAY = re.compile(r"(?<=day),?[ ](?:the[ ])?(?=[A-Z0-9])")
_DAY_INITIALS = frozenset("MTWFSnltNLT")
_GRAINS = frozenset({"day", "month", "quarter", "year"})
_ANCHOR_WORDS = (
    "today yesterday tomorrow this last next current previous coming past within over during since "
    "early "
    "mid late end beginning start middle close rest remainder balance earlier later year-end first "
    "second third "
    "fourth final fiscal financial the"
).split()


@dataclass(slots=True)
class _Pass:
    text: str
    published: date | None
    language: str
    floor: int = 0


@cache
def _scanner(language: str) -> AhoCorasick:
    from ahocorasick_rs import AhoCorasick, MatchKind

    words = {w for w in _ANCHOR_WORDS if w != "the"} if language == "en" else set()
    words |= {w.capitalize() for w in words}
    months = set(month_words(language)) if language != "en" else set(month_words("en"))
    words |= {m.capitalize() for m in months} | (months if language != "en" else set())
    words |= {w.capitalize() for w in WEEKDAYS}
    words |= {f"Q{n}" for n in range(1, 5)} | {
        "H1",
        "H2",
        "FY",
        " ago",
        "the year",
        "year end",
        "Year-end",
    }
    return AhoCorasick(sorted(words), matchkind=MatchKind.LeftmostLongest)


def read_dates(text: str, published: date | None, language: str) -> tuple[DateMention, ...]:
    """Return the dates of ``text`` in order; see :func:`find_dates`."""
    work = _Pass(text, published, language)
    found: list[DateMention] = []
    for at in _anchors(text, language):
        if at < work.floor:
            continue
        mention = _read_at(work, at)
        if mention is not None:
            found.append(mention)
            work.floor = mention.span.end
    return tuple(found)


def _anchors(text: str, language: str) -> list[int]:
    spots = [m.start() for m in _DIGITS.finditer(text)]
    for _, start, end in _scanner(language).find_matches_as_indexes(text):
        if text[start] == " ":
            spots.append(_ago_start(text, start))
        elif (start == 0 or not text[start - 1].isalnum()) and (
            end == len(text) or not text[end].isalpha()
        ):
            spots.append(start)
    return sorted(spots)


_BEFORE_AGO = re.compile(
    r"(?:an?|a couple of|[A-Za-z]+|[0-9]{1,3})[ ](?:day|week|month|quarter|"
    r"year|decade)s?$",
    re.I,
)


def _ago_start(text: str, ago: int) -> int:
    match = _BEFORE_AGO.search(text[max(0, ago - 28) : ago])
    return ago if match is None else max(0, ago - 28) + match.start()


def _read_at(work: _Pass, at: int) -> DateMention | None:
    text = work.text
    since = _SINCE.match(text, at)
    if since is not None:
        return _read_since(work, at, since.end())
    part = _PART.match(text, at)
    if part is not None:
        mention = _read_part(work, at, part)
        if mention is not None:
            return mention
    end_of_year = _YEAR_END.match(text, at)
    if end_of_year is not None:
        return _read_year_end(work, at, end_of_year)
    found = _read_base(work, at)
    if found is None:
        return None
    dated = _DATE_AFTER_WEEKDAY.match(text, found.end) if text[at] in _DAY_INITIALS else None
    if dated is not None:
        day = _read_base(work, dated.end())
        if day is not None and day.grain == "day" and day.number:
            found = day  # "Friday, March 14"
    return _finish(work, at, found)


def _finish(work: _Pass, at: int, found: Found) -> DateMention:
    ranged = _read_range(work, at, found)
    if ranged is not None:
        return ranged
    period = place(found, work.published, looks_ahead(work.text, at))
    return _mention(work, at, found.end, period, found.grain, found.relative)


def _mention(
    work: _Pass, start: int, end: int, period: Period | None, grain: str, relative: bool
) -> DateMention:
    return DateMention(
        text=work.text[start:end],
        span=Span(start, end),
        start=period.start.isoformat() if period else None,
        end=period.end.isoformat() if period else None,
        grain=period.grain if period else grain,
        relative=relative,
    )


def _read_base(work: _Pass, at: int) -> Found | None:
    """Read a whole date or period that begins at ``at``."""
    text = work.text
    char = text[at]
    if char.isdigit():
        found = _read_figures(work, at)
    elif (owner := _OWNER_YEAR.match(text, at)) is not None:
        found = _read_owned(work, owner)
    else:
        found = (
            read_month(text, at, work.language)
            or (read_code(text, at) if _CODES.match(text, at) else None)
            or (read_ordinal(text, at, work.published) if work.language == "en" else None)
            or read_weekday(text, at, work.published, looks_ahead(text, at))
            or (read_relative(text, at, work.published) if work.language == "en" else None)
        )
        if found is None and text[at : at + 1] in "Ff" and work.language == "en":
            found = read_code(text, at)
    return None if found is None else _year_of(work, found)


def _read_figures(work: _Pass, at: int) -> Found | None:
    text = work.text
    if _NUMBER_BEFORE.search(text[max(0, at - 11) : at]) and not _follows_mark(text, at):
        return None
    found = read_digits(text, at, work.language)
    if found is None and work.language == "en":
        return read_relative(text, at, work.published)
    if found is not None and found.grain == "year" and _UNIT_AFTER_YEAR.match(text, found.end):
        return None
    return found


def _follows_mark(text: str, at: int) -> bool:
    """Tell whether only a dash between words stands before: "mid-2021", "April-2025"."""
    return text[at - 1] == "-" and at >= 2 and text[at - 2].isalpha() and not text[at - 2].isupper()


def _read_owned(work: _Pass, owner: re.Match[str]) -> Found | None:
    """Read "last year's fourth quarter"."""
    found = read_ordinal(work.text, owner.end(), work.published) or read_code(
        work.text, owner.end()
    )
    if found is None or found.number == 0:
        return None
    return _shifted(work, found, owner.group("which"))


def _shifted(work: _Pass, found: Found, which: str) -> Found:
    if work.published is None:
        return replace(found, open=True, relative=True)
    step = {"last": -1, "next": 1}.get(which.lower(), 0)
    return replace(found, year=work.published.year + step, relative=True)


def _year_of(work: _Pass, found: Found) -> Found:
    """Take up "of last year", "this year" or "of 2012" after a date without a year."""
    if found.year is not None or found.period is not None or found.number == 0:
        return found
    match = _OF_YEAR.match(work.text, found.end)
    if match is None:
        return found
    if match.group("year"):
        return replace(found, end=match.end(), year=int(match.group("year")), relative=False)
    return _shifted(work, replace(found, end=match.end()), match.group("which"))


def _read_range(work: _Pass, at: int, first: Found) -> DateMention | None:
    """Read "31 May to 3 June", "March 2024 to June 2025", "between May and July"."""
    text = work.text
    match = _RANGE.match(text, first.end)
    if match is None or first.grain not in _GRAINS or first.last_day:
        return None
    if match.group("word") and not _BETWEEN.search(text[max(0, at - 9) : at]):
        return None
    if match.end() >= len(text):
        return None
    second = _read_base(work, match.end())
    if second is None or second.grain != first.grain or second.last_day:
        return None
    if first.year is None and second.year is not None:
        first = with_year(first, second.year - (first.number > second.number))
    ahead = looks_ahead(text, at)
    one, two = place(first, work.published, ahead), place(second, work.published, ahead)
    if one is not None and two is not None and two.end < one.start and second.year is None:
        two = place(with_year(second, one.start.year + 1), work.published, ahead)
    whole = periods.span(one, two) if one is not None and two is not None else None
    if whole is None and one is not None and two is not None:
        return None
    relative = first.relative or second.relative
    return _mention(work, at, second.end, whole, "range", relative)


def _read_since(work: _Pass, at: int, after: int) -> DateMention | None:
    if after >= len(work.text):
        return None
    found = _read_base(work, after)
    if found is None or found.grain == "duration":
        return None
    period = place(found, work.published, ahead=False)
    if period is None or work.published is None or work.published < period.start:
        whole = None
    else:
        whole = Period(period.start, work.published, "range")
    return _mention(work, at, found.end, whole, "range", relative=True)


def _read_part(work: _Pass, at: int, part: re.Match[str]) -> DateMention | None:
    """Read "early 2024", "end of March", "later this year", "the rest of the year"."""
    if part.end() >= len(work.text):
        return None
    base = _read_base(work, part.end())
    if base is None and part.group("the"):
        base = _read_base(work, part.start("the"))  # "the rest of the year"
    if base is None or base.grain not in {"month", "quarter", "half", "year", "week"}:
        return None
    name = part.lastgroup if part.lastgroup != "the" else None
    kind = name or next(k for k in ("loose", "firm", "bare") if part.group(k))
    which = part.group(kind).lower()
    ahead = looks_ahead(work.text, at) or which in {"later", "rest", "remainder", "balance"}
    period = place(base, work.published, ahead)
    start = part.start(kind)
    if period is None:
        return _mention(work, start, base.end, None, "range", base.relative)
    if which in _PARTS:
        return _mention(
            work, start, base.end, periods.part(period, _PARTS[which]), "", base.relative
        )
    if work.published is None:
        return _mention(work, start, base.end, None, "range", relative=True)
    first, last = (
        (period.start, work.published) if which == "earlier" else (work.published, period.end)
    )
    if last < first:
        first, last = period.start, period.end
    return _mention(work, start, base.end, Period(first, last, "range"), "", relative=True)


def _read_year_end(work: _Pass, at: int, match: re.Match[str]) -> DateMention:
    if match.group("year"):
        period = periods.part(periods.year(int(match.group("year"))), "end")
        return _mention(work, at, match.end(), period, "day", relative=False)
    if work.published is None:
        return _mention(work, at, match.end(), None, "day", relative=True)
    period = periods.part(periods.year(work.published.year), "end")
    return _mention(work, at, match.end(), period, "day", relative=True)
