"""A document: one clean article, or a teaser on a page, with its metadata."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from lodewire.model.evidence import Span
from lodewire.model.ids import CaptureId, DocumentId, SourceId, content_id
from lodewire.model.vocabulary import DocumentRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Clean text of one article.

    ``text`` has paragraphs parted by ``\\n`` (one or more); for HTML it holds the body without the
    headline, for plain text and mail the whole as given. ``sentences`` are spans of ``text`` in
    order, without surrounding blanks. ``published`` is the day the publisher declares (in its own
    time zone), ``published_at`` the instant where one is declared, in UTC. ``language`` is an
    ISO 639-1 code or None when unsure. ``parent_id`` names the article whose page holds a teaser.
    ``date_source`` says where the day was found ("json-ld", "opengraph", "meta", "time", "feed",
    "text", "url", "file", "mail").
    """

    capture_id: CaptureId
    source_id: SourceId
    text: str
    role: DocumentRole = DocumentRole.ARTICLE
    title: str | None = None
    url: str | None = None
    published: date | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    date_source: str | None = None
    language: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    agency: str | None = None
    parent_id: DocumentId | None = None
    sentences: tuple[Span, ...] = ()
    method: str = ""
    notes: tuple[str, ...] = field(default=())
    _id: DocumentId | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for stamp in (self.published_at, self.modified_at):
            if stamp is not None and stamp.tzinfo is None:
                raise ValueError("document times must be aware")
        end = 0
        for span in self.sentences:
            if not end <= span.start < span.end <= len(self.text):
                raise ValueError(f"sentence span {tuple(span)} out of order or outside the text")
            end = span.end

    @property
    def id(self) -> DocumentId:
        """Same source, address, role, title and text: same id."""
        if self._id is None:  # asked for everywhere, and the text is long
            parts = (self.source_id, self.url, self.role.value, self.title, self.text)
            object.__setattr__(self, "_id", DocumentId(content_id("doc", *parts)))
        assert self._id is not None
        return self._id
