"""Plain text: kept exactly as given; title, day and authors are looked for in its first lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lodewire.errors import EmptyPage
from lodewire.model.document import Document
from lodewire.model.evidence import Span
from lodewire.text.assembly import Facts, Origin, make_document
from lodewire.text.boilerplate import boilerplate_family, boilerplate_spans, normalise
from lodewire.text.bylines import find_agency, find_authors, is_byline, is_dateline
from lodewire.text.dates import Moment, day_in_url, find_days, yearless_day

_TOP_LINES = 8
_TITLE_LENGTH = 200
_DATE_LINE = 16  # words; in longer lines only the opening is read
_OPENING = 70  # characters
_YEAR = re.compile(r"(?<![\d.,$€£])(?:19|20)\d\d(?![\d,.]\d|\d)")
_CLOSED = re.compile(r"[.。;:,](?:[\"'”’»)\]])*$")
_MARKS = "#*=_ \t"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    span: Span
    text: str


def read_plain(text: str, origin: Origin, notes: tuple[str, ...] = ()) -> tuple[Document, ...]:
    """Return the one document of a plain text.

    ``text`` is kept as it is: spans refer to it. Boilerplate lines (share bars, pleas, notices),
    date lines, bylines and repeated lines stay in the text but are left out of ``sentences``, which
    is what extraction reads. Raises EmptyPage for blanks.
    """
    if not text.strip():
        raise EmptyPage("the text is empty", hint="Nothing but blanks was found.")
    entry = origin.entry
    moment, source = find_publication(text, origin)
    authors = find_authors([line.text for line in top_lines(text)])
    facts = Facts(
        title=find_title(text) or (entry.title if entry else None),
        url=origin.public_url or (entry.link if entry else None),
        published=moment,
        date_source=source,
        language=entry.language if entry else None,
        publisher=origin.host,
        authors=authors or (entry.authors if entry else ()),
        agency=find_agency(text),
    )
    skip = furniture_spans(text)
    return (make_document(origin, text, facts, method="plain", skip=skip, notes=notes),)


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield _Line(span=Span(start, start + len(line)), text=line.strip())
        start += len(line) + 1


def top_lines(text: str) -> list[_Line]:
    """Return the first lines that are not blank."""
    found = []
    for line in _lines(text[:20_000]):
        found.append(line)
        if len(found) == _TOP_LINES:
            break
    return found


def find_title(text: str) -> str | None:
    """Return the headline of a plain text: the first line that looks like one, or None.

    Boilerplate, date lines and bylines above it are passed over; a line closed like a sentence
    ends the search, unless the text repeats it as a line of its own.
    """
    lines = top_lines(text)
    if len(lines) < 2:
        return None
    for line in lines[:5]:
        if boilerplate_family(line.text) or is_dateline(line.text) or is_byline(line.text):
            continue
        title = line.text.strip(_MARKS)
        if not title or len(title) > _TITLE_LENGTH:
            return None
        repeated = sum(1 for other in lines if other.text == line.text) > 1
        if _CLOSED.search(title) and not repeated and not title.endswith("..."):
            return None
        return title
    return None


def find_publication(text: str, origin: Origin) -> tuple[Moment | None, str | None]:
    """Return the day of publication and where it was found: text, feed, address or file name.

    Looked at are the first eight lines: date lines whole ("12th May 2023"), other lines only at
    their opening ("LONDON, May 12, 2023 (Reuters) -").
    """
    lines = top_lines(text)
    for line in lines:
        short = len(line.text.split()) <= _DATE_LINE
        zone = line.text if short else line.text[:_OPENING]
        for written in find_days(zone):
            opens = short or re.match(r".{0,40}?(?:[-–—:]|\(|/)", line.text[written.span.end :])
            moment = origin.plausible(Moment(day=written.day))
            if moment and not written.ambiguous and opens:
                return moment, "text"
    moment = origin.feed_moment()
    if moment is not None:
        return moment, "feed"
    years = frozenset(int(year) for year in _YEAR.findall(text[:20_000]))
    for line in lines:
        resolved = yearless_day(line.text[: _OPENING + 60], origin.fetched_at.date(), years)
        if resolved is not None:
            return Moment(day=resolved[0]), "text"
    day = day_in_url(origin.url)
    moment = origin.plausible(Moment(day=day)) if day else None
    return (moment, "url" if origin.public_url else "file") if moment else (None, None)


def furniture_spans(text: str) -> tuple[Span, ...]:
    """Return the spans of lines that hold no news: boilerplate, date lines, bylines, repeats."""
    spans = set(boilerplate_spans(text))
    seen: set[str] = set()
    for number, line in enumerate(_lines(text)):
        norm = normalise(line.text)
        repeated = norm in seen and len(norm) > 24
        top = number < _TOP_LINES and (is_dateline(line.text) or is_byline(line.text))
        if repeated or top:
            spans.add(line.span)
        seen.add(norm)
    return tuple(sorted(spans))
