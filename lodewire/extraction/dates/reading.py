"""Finding dates in a text: where one can begin, the patterns that begin there, and ranges."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from lodewire.extraction.dates import periods
from lodewire.extraction.dates.absolute import read_digits, read_month, read_ordinal
from lodewire.extraction.dates.anchored import read_anchored, settle
from lodewire.extraction.dates.codes import read_code
from lodewire.extraction.dates.fiscal import read_fiscal
from lodewire.extraction.dates.foreign import read_foreign
from lodewire.extraction.dates.found import Found, looks_ahead, place, with_year
from lodewire.extraction.dates.parts import JUST_BEGUN, ONWARDS, part_of, unit_now
from lodewire.extraction.dates.periods import Period
from lodewire.extraction.dates.ranges import aligned
from lodewire.extraction.dates.relative import is_weekday, read_relative, read_weekday
from lodewire.extraction.dates.scan import anchors
from lodewire.extraction.dates.stretches import Placed, read_stretch
from lodewire.model.evidence import Span
from lodewire.model.quantity import DateMention

_PART = re.compile(
    r"(?:[Tt]he[ ])?(?:"
    r"(?P<loose>[Ee]arly|[Mm]id|[Ll]ate|[Ee]arlier|[Ll]ater)(?:[ -](?:to|or)[ -](?P<till>mid|"
    r"late))?"
    r"(?:[ ](?:on[ ])?(?:in[ ])?|-)"
    r"|(?P<firm>[Ee]nd|[Bb]eginning|[Ss]tart|[Mm]iddle|[Cc]lose|[Rr]est|[Rr]emainder|[Bb]alance)"
    r"(?:[ ]of[ ]|-)|(?P<bare>[Ee]nd)[ ](?=[A-Z]|20[0-9]{2}(?![0-9]))"
    r")(?P<the>the[ ]|this[ ](?=year|month|week|quarter|decade|half))?"
)
_THE_UNIT = re.compile(
    r"(?:calendar[ ]|current[ ]|trading[ ])?(?P<unit>week|month|quarter|half|year|decade)"
    r"(?![^\W_]|-|[ ]of[ ])"
)
_MARK = re.compile(
    r"(?:(?P<unit>year|month|quarter|half-year)[ -]end|end-(?P<before>year|month|quarter)|"
    r"mid-?(?P<middle>year))(?:[ ](?:of[ ])?(?P<year>(?:19|20)[0-9]{2}))?(?![^\W_])",
    re.I,
)
_SINCE = re.compile(r"[Ss]ince[ ](?:at[ ]least[ ]|about[ ]|around[ ]|as early as[ ])?(?:the[ ])?")
_OF_YEAR = re.compile(
    r"(?:,)?[ ](?:of[ ]|in[ ])?(?P<which>[Tt]his|[Ll]ast|[Nn]ext|[Tt]he)[ ](?P<what>year)(?![^\W_])"
    r"|(?:[ ](?:quarter|period|half))?[ ]of[ ](?P<year>(?:19|20)[0-9]{2})(?![0-9])"
)
_RANGE = re.compile(
    r"(?P<dash>\.?[ ]?[-–—][ ]?(?:to-)?|-to-)|[ ](?:to|until|till|through)[ ]|[ ](?P<word>and)[ ]"
)
_BETWEEN = re.compile(r"\b[Bb]etween[ ](?:the[ ])?$")
_OWNER_YEAR = re.compile(r"(?P<which>[Ll]ast|[Tt]his|[Nn]ext)[ ]year['’]s[ ]")
# Figures that can begin more than a date: "12 months to", "2024-25 financial year", "1Q FY25".
_FIGURE_PHRASE = re.compile(
    r"[0-9]{1,2}[ -](?:calendar[ ])?(?:day|week|month|quarter|year|fortnight)|[1-4][QH]|"
    r"(?:19|20)[0-9]{2}(?:[-–/][0-9]{2,4})?[ ][fmcb]"
)
# A month or weekday begins nothing but a date that names it.
_PLAIN_NAMES = frozenset(
    "Mon Tue Wed Thu Fri Sat Sun Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
)
_CODES = re.compile(r"(?:[QqH][1-4]|FY|CY)")
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
_DATE_AFTER_WEEKDAY = re.compile(r"(?<=day),?[ ](?:the[ ]|\()?(?=[A-Z0-9])")
_DAY_INITIALS = frozenset("MTWFSnltNLT")
_FROM = re.compile(r"\b[Ff]rom[ ](?:the[ ])?$")
_DEEPEST = 3
_GRAINS = frozenset({"day", "month", "quarter", "year"})


@dataclass(slots=True)
class _Pass:
    text: str
    published: date | None
    language: str
    floor: int = 0
    waiting: list[tuple[int, re.Match[str]]] = field(default_factory=list)
    depth: int = 0

    @property
    def english(self) -> bool:
        return self.language == "en"


def read_dates(text: str, published: date | None, language: str) -> tuple[DateMention, ...]:
    """Return the dates of ``text`` in order; see :func:`find_dates`."""
    work = _Pass(text, published, language)
    found: list[DateMention] = []
    for at in anchors(text, language):
        if at < work.floor:
            continue
        told = read_anchored(text, at) if work.english else None
        if told is not None:
            work.waiting.append((len(found), told))
            mention = _mention(work, at, told.end(), None, "range", relative=True)
        else:
            read = _read_at(work, at)
            if read is None:
                continue
            mention = read
        found.append(mention)
        work.floor = mention.span.end
    return tuple(settle(text, found, work.waiting, published) if work.waiting else found)


def _read_at(work: _Pass, at: int) -> DateMention | None:
    since = _SINCE.match(work.text, at) if work.english else None
    if since is not None:
        return _read_since(work, at, since.end())
    placed = _read_phrase(work, at)
    if placed is None:
        found = _read_dated(work, at)
        if found is None:
            return None
        ranged = _read_range(work, at, found)
        if ranged is not None:
            return ranged
        placed = _put(work, at, found)
    return _joined(work, at, placed)


def _put(work: _Pass, at: int, found: Found) -> Placed:
    known = found.open or found.period is not None or found.year is not None
    ahead = not known and looks_ahead(work.text, at, found.end)  # asked only where it tells
    period = place(found, work.published, ahead)
    return Placed(found.end, period, found.grain, found.relative)


def _place_at(work: _Pass, at: int) -> Placed | None:
    """Read and place any one date that begins at ``at``, with "the" before it or not."""
    if at >= len(work.text) or work.depth > _DEEPEST:
        return None
    at += 4 if work.text.startswith("the ", at) and not work.text.startswith("the year", at) else 0
    if at >= len(work.text):
        return None
    work.depth += 1
    placed = _read_phrase(work, at)
    if placed is None:
        found = _read_range_end(work, at)
        placed = _put(work, at, found) if found is not None else None
    work.depth -= 1
    return placed


def _read_range_end(work: _Pass, at: int) -> Found | None:
    if not work.text[at].isalnum():
        return None
    return _read_dated(work, at)


def _read_phrase(work: _Pass, at: int) -> Placed | None:
    """Read what is built of words around a date: parts, stretches, fiscal years, year-ends."""
    text = work.text
    if not work.english or text[at : at + 3] in _PLAIN_NAMES:
        return None
    if text[at].isdigit() and _FIGURE_PHRASE.match(text, at) is None:
        return None

    def read(inner: int) -> Placed | None:
        return _place_range(work, inner) if text[inner - 1] == "(" else _place_at(work, inner)

    stretch = read_stretch(text, at, read, work.published)
    if stretch is not None:
        return stretch
    fiscal = read_fiscal(text, at, read)
    if fiscal is not None:
        return fiscal
    part = _PART.match(text, at)
    if part is not None and (placed := _read_part(work, part)) is not None:
        return placed
    mark = _MARK.match(text, at)
    return _read_mark(work, at, mark) if mark is not None else None


def _place_range(work: _Pass, at: int) -> Placed | None:
    """Read the months between brackets: "(April 2024-March 2025)"."""
    mention = _read_at(work, at) if at < len(work.text) and not work.depth else None
    if mention is None or mention.start is None or mention.end is None:
        return None
    whole = Period(date.fromisoformat(mention.start), date.fromisoformat(mention.end), "range")
    return Placed(mention.span.end, whole, mention.grain, mention.relative)


def _read_dated(work: _Pass, at: int) -> Found | None:
    found = _read_base(work, at)
    if found is None or work.text[at] not in _DAY_INITIALS:
        return found
    dated = _DATE_AFTER_WEEKDAY.match(work.text, found.end)
    if dated is not None and dated.end() < len(work.text):
        day = _read_base(work, dated.end())
        if day is not None and day.grain == "day" and day.number:
            closed = "(" in dated.group() and work.text[day.end : day.end + 1] == ")"
            return replace(day, end=day.end + closed)  # "Friday, March 14"
    return found


def _joined(work: _Pass, at: int, first: Placed) -> DateMention:
    """Return a date, or the range that it opens: "the start of April to mid-May"."""
    alone = _mention(work, at, first.end, first.period, first.grain, first.relative)
    match = _RANGE.match(work.text, first.end)
    if match is None or first.period is None or first.grain == "duration" or work.depth:
        return alone
    before = work.text[max(0, at - 12) : at]
    if not (_BETWEEN if match.group("word") else _FROM).search(before):
        return alone
    second = _place_at(work, match.end())
    if second is None or second.period is None or second.grain == "duration":
        return alone
    words = work.text[at : second.end]
    one, two = aligned(first, second, words, work.published)
    whole = periods.span(one, two)
    if whole is None:
        return alone
    return _mention(work, at, second.end, whole, "range", first.relative or second.relative)


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
    foreign = None if work.english else read_foreign(text, at, work.language)
    if foreign is not None:
        found: Found | None = foreign
    elif char.isdigit():
        found = _read_figures(work, at)
    elif (owner := _OWNER_YEAR.match(text, at)) is not None:
        found = _read_owned(work, owner)
    else:
        found = (
            read_month(text, at, work.language)
            or (read_code(text, at) if _CODES.match(text, at) else None)
            or (read_ordinal(text, at, work.published) if work.language == "en" else None)
            or _read_weekday(work, at)
            or (read_relative(text, at, work.published) if work.language == "en" else None)
        )
        if found is None and text[at : at + 1] in "Ff" and work.language == "en":
            found = read_code(text, at)
    return None if found is None else _year_of(work, found)


def _read_weekday(work: _Pass, at: int) -> Found | None:
    if work.text[at] not in _DAY_INITIALS or not is_weekday(work.text, at):
        return None
    return read_weekday(work.text, at, work.published, looks_ahead(work.text, at, at + 9))


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
    if match.group("word") and not _BETWEEN.search(text[max(0, at - 12) : at]):
        return None
    if match.end() >= len(text):
        return None
    second = _read_base(work, match.end())
    if second is None or second.grain != first.grain or second.last_day:
        return None
    if first.year is None and second.year is not None:
        first = with_year(first, second.year - (first.number > second.number))
    ahead = looks_ahead(text, at, second.end, ranged=True)
    one, two = place(first, work.published, ahead), place(second, work.published, ahead)
    if one is not None and two is not None and two.end < one.start and second.year is None:
        two = place(with_year(second, one.start.year + 1), work.published, ahead)
    whole = periods.span(one, two) if one is not None and two is not None else None
    if whole is None and one is not None and two is not None:
        return None
    relative = first.relative or second.relative
    return _mention(work, at, second.end, whole, "range", relative)


def _read_since(work: _Pass, at: int, after: int) -> DateMention | None:
    placed = _place_at(work, after)
    if placed is None or placed.grain == "duration":
        return None
    if placed.period is None or work.published is None or work.published < placed.period.start:
        whole = None
    else:
        whole = Period(placed.period.start, work.published, "range")
    return _mention(work, at, placed.end, whole, "range", relative=True)


def _read_part(work: _Pass, part: re.Match[str]) -> Placed | None:
    """Read "early 2024", "end of March", "later this year", "the rest of the year"."""
    if part.end() >= len(work.text):
        return None
    kind = next(k for k in ("loose", "firm", "bare") if part.group(k))
    which = part.group(kind).lower()
    start = part.start(kind)
    unit = _THE_UNIT.match(work.text, part.end()) if part.group("the") else None
    if unit is not None:
        ahead = looks_ahead(work.text, start, unit.end())
        return part_of(
            work.published,
            part,
            which,
            unit.end(),
            unit_now(work.published, unit, which, ahead),
            True,
        )
    base = _read_base(work, part.end())
    if base is None or base.grain not in {"month", "quarter", "half", "year", "week"}:
        return None
    ahead = looks_ahead(work.text, start, base.end) or which in ONWARDS
    period = place(base, work.published, ahead)
    return part_of(work.published, part, which, base.end, period, base.relative)


def _read_mark(work: _Pass, at: int, match: re.Match[str]) -> Placed:
    """Read "year-end", "end-month", "mid-year 2025"."""
    unit = (match.group("unit") or match.group("before") or match.group("middle")).lower()
    unit = "half" if unit.startswith("half") else unit
    which = "mid" if match.group("middle") else "end"
    if match.group("year"):
        found = periods.part(periods.year(int(match.group("year"))), which)
        return Placed(match.end(), found, found.grain, relative=False)
    if work.published is None:
        return Placed(match.end(), None, "day", relative=True)
    whole = periods.holding(work.published, unit)
    gone = (work.published - whole.start).days
    if not looks_ahead(work.text, at, match.end()) and gone <= JUST_BEGUN[unit]:
        whole = periods.holding(work.published, unit, -1)
    found = periods.part(whole, which)
    return Placed(match.end(), found, found.grain, relative=True)
