"""From text and metadata to a document: language, sentences and ids are set in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from lodewire.model.capture import Capture, FeedEntry
from lodewire.model.document import Document
from lodewire.model.evidence import Span
from lodewire.model.ids import CaptureId, DocumentId, SourceId
from lodewire.model.vocabulary import DocumentRole
from lodewire.text.dates import Moment
from lodewire.text.language import detect_language
from lodewire.text.sentences import split_sentences

_AHEAD = timedelta(days=2)  # the date line lies between two publishers' days; more is a mistake


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What all documents of one capture share."""

    capture_id: CaptureId
    source_id: SourceId
    url: str
    fetched_at: datetime
    entry: FeedEntry | None = None

    @classmethod
    def of(cls, capture: Capture) -> Origin:
        """Take over what a capture knows."""
        return cls(
            capture_id=capture.id,
            source_id=capture.source_id,
            url=capture.url or capture.requested_url,
            fetched_at=capture.fetched_at,
            entry=capture.entry,
        )

    @property
    def public_url(self) -> str | None:
        """The address a reader can follow; None for a file."""
        return self.url if self.url.startswith(("http://", "https://")) else None

    @property
    def host(self) -> str | None:
        """The host of that address without "www.", a publisher's name where a page states none."""
        host = urlsplit(self.public_url or "").hostname
        return host.removeprefix("www.") if host else None

    def plausible(self, moment: Moment | None) -> Moment | None:
        """Return the moment unless it lies in the future of the capture."""
        if moment is None or moment.day > (self.fetched_at + _AHEAD).date():
            return None
        return moment

    def feed_moment(self) -> Moment | None:
        """The time that the feed gives to its entry."""
        stamp = (self.entry.published or self.entry.updated) if self.entry else None
        if stamp is None:
            return None
        aware = stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)
        floating = aware.utcoffset() == timedelta(0)
        return Moment(day=stamp.date(), instant=aware.astimezone(UTC), floating=floating)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What was found out about one document, whatever its format."""

    title: str | None = None
    url: str | None = None
    published: Moment | None = None
    date_source: str | None = None
    modified: Moment | None = None
    language: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    agency: str | None = None


def make_document(
    origin: Origin,
    text: str,
    facts: Facts,
    *,
    method: str,
    role: DocumentRole = DocumentRole.ARTICLE,
    parent_id: DocumentId | None = None,
    skip: Sequence[Span] = (),
    notes: Sequence[str] = (),
) -> Document:
    """Return the document; ``skip`` are the spans whose lines are no sentences of it.

    A day after the capture is dropped and noted.
    """
    published = origin.plausible(facts.published)
    remarks = list(notes)
    if facts.published is not None and published is None:
        remarks.append(f"declared day {facts.published.day} lies after the capture and was dropped")
    language = detect_language(f"{facts.title or ''}\n{text}", facts.language)
    sentences = split_sentences(text, language)
    if skip:
        sentences = tuple(s for s in sentences if not any(s.overlaps(span) for span in skip))
    return Document(
        capture_id=origin.capture_id,
        source_id=origin.source_id,
        text=text,
        role=role,
        title=facts.title,
        url=facts.url,
        published=_day(published),
        published_at=published.instant if published else None,
        modified_at=facts.modified.instant if facts.modified else None,
        date_source=facts.date_source if published else None,
        language=language,
        publisher=facts.publisher,
        authors=facts.authors,
        agency=facts.agency,
        parent_id=parent_id,
        sentences=sentences,
        method=method,
        notes=tuple(dict.fromkeys(remarks)),
    )


def _day(moment: Moment | None) -> date | None:
    return moment.day if moment else None
