"""A brief as a mail message: HTML by MJML, with a plain-text twin of equal content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from types import MappingProxyType

from lodewire.errors import PublishError
from lodewire.model.brief import Brief, BriefEntry
from lodewire.model.ids import EventId
from lodewire.model.plain import plain
from lodewire.publish import words
from lodewire.publish.frame import SOURCE, Frame, frame_of
from lodewire.publish.page import environment

_NOBODY = "desk@lodewire.invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderLinks:
    """Where a subscriber leaves, and changes what they receive (empty: no such page).

    ``withheld`` tells what the letter leaves out, ``membership`` where that can be had,
    ``counted`` whether openings of its links are counted, as the reader agreed; ``language`` is
    that of all but the insights.
    """

    unsubscribe: str
    preferences: str = ""
    withheld: str = ""
    membership: str = ""
    counted: bool = False
    language: str = SOURCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Illustration:
    """A chart inside a mail: ``cid`` names its picture, ``alt`` tells it in words.

    ``caption`` is its source, vintage and method, ``wide`` its width in pixels.
    """

    cid: str
    title: str
    alt: str
    caption: str
    wide: int


_NONE: Mapping[EventId, Illustration] = MappingProxyType({})


def render_mail(brief: Brief, *, sender: str = "", recipient: str = "") -> bytes:
    """Return the brief as an .eml message (RFC 5322, multipart/alternative).

    ``sender`` is the desk's contact; without an address a reserved one stands in, so that nothing
    can be answered to a stranger.
    """
    address = sender if "@" in sender else _NOBODY
    message = EmailMessage(policy=SMTP)
    message["From"] = f"{brief.title} <{address}>"
    message["To"] = recipient or "Undisclosed recipients:;"
    message["Subject"] = subject_of(brief)
    message["Date"] = format_datetime(brief.composed_at)
    message["Message-ID"] = f"<{brief.id}@{address.rpartition('@')[2]}>"
    message.set_content(render_text(brief), cte="quoted-printable")
    message.add_alternative(render_html(brief), subtype="html", cte="quoted-printable")
    # The boundary derives from the brief, so that the same brief gives the same bytes.
    message.set_boundary(f"=_{brief.id}")
    return message.as_bytes()


def subject_of(brief: Brief, language: str = SOURCE) -> str:
    """Return the subject: the top event's sentence, cut at a word, and the day."""
    top = next((e for s in brief.sections for e in s.entries if e.event_id in brief.top[:1]), None)
    day = frame_of(language).day(brief.day)
    label = "Sample: " if brief.sample else ""
    if top is None:
        return f"{label}{brief.title}, {day}"
    sentence = " ".join(s.text for s in top.sentences).rstrip(".")
    return f"{label}{_cut(sentence, 90)} – {brief.title}, {day}"


def _cut(text: str, most: int) -> str:
    flat = " ".join(plain(text).split())
    if len(flat) <= most:
        return flat
    return flat[: most - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def render_html(
    brief: Brief,
    links: ReaderLinks | None = None,
    charts: Mapping[EventId, Illustration] = _NONE,
) -> str:
    """Return the HTML part; raises PublishError when the template does not compile.

    ``links`` stand at the foot of a mail to a subscriber; ``charts`` each at the event it is of.
    """
    from mjml import mjml2html

    frame = _frame(links)
    source = (
        environment()
        .get_template("mail.mjml.j2")
        .render(
            brief=brief,
            day=frame.day(brief.day),
            preheader=_preheader(brief) or frame.day(brief.day),
            frame=frame,
            marks=words.MARKS,
            links=links,
            charts=charts,
        )
    )
    try:
        return str(mjml2html(source))
    except (ValueError, TypeError, OSError) as error:
        raise PublishError(f"the mail template does not compile: {error}") from error


def _preheader(brief: Brief) -> str:
    told = [
        e.sentences[0].text
        for s in brief.sections
        for e in s.entries
        if e.event_id in brief.top[1:3]
    ]
    return _cut(" ".join(told), 140) if told else ""


def render_text(
    brief: Brief,
    links: ReaderLinks | None = None,
    charts: Mapping[EventId, Illustration] = _NONE,
) -> str:
    """Return the plain-text twin; it tells the charts in words."""
    told = (*_lines(brief, charts, _frame(links)), *_foot(links))
    return "\n".join(plain(line) for line in told) + "\n"


def _foot(links: ReaderLinks | None) -> Iterator[str]:
    if links is None:
        return
    if links.withheld:
        yield ""
        yield " ".join(filter(None, (links.withheld, links.membership)))
    yield ""
    yield "-- "
    told = _frame(links).words
    yield told["confirmed"]
    if links.counted:
        yield told["counted"]
    if links.preferences:
        yield f"{told['change']}: {links.preferences}"
    yield f"{told['leave']}: {links.unsubscribe}"


def _frame(links: ReaderLinks | None) -> Frame:
    return frame_of(links.language if links else SOURCE)


def _lines(brief: Brief, charts: Mapping[EventId, Illustration], frame: Frame) -> Iterator[str]:
    yield frame.today(brief.title)
    yield frame.day(brief.day)
    if brief.sample:
        yield frame.words["sample"]
    for line in words.correction_words(brief.corrections):
        yield f"! {line}"
    for section in brief.sections:
        if not section.entries:
            continue
        title = frame.desks[section.desk]
        yield ""
        yield title.upper()
        yield "=" * len(title)
        for entry in section.entries:
            yield ""
            yield from _entry(entry, frame)
            if chart := charts.get(entry.event_id):
                yield f"  [{chart.title}]"
                yield f"  {chart.alt}"
                yield f"  {chart.caption}"


def _entry(entry: BriefEntry, frame: Frame) -> Iterator[str]:
    yield "* " + " ".join(s.text for s in entry.sentences)
    for line in words.correction_words(entry.corrections):
        yield f"  ! {line}"
    if entry.before:
        yield f"  {frame.words['changed']} {entry.before}"
    yield f"  {words.reason_words(entry)}"
    notes = [*words.number_words(entry), *words.check_words(entry), *words.conflict_words(entry)]
    notes += [words.undisclosed_words(entry), *words.edit_words(entry)]
    notes += [f"{c.text} ({c.source})" for c in entry.context]
    for note in notes:
        if note:
            yield f"  - {note}"
    for source in entry.sources:
        yield f"  {source.publisher}: {source.title}"
        if source.url:
            yield f"    {source.url}"
