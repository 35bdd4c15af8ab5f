"""Reading sentences through the whole reader, as a document of their own."""

from __future__ import annotations

from datetime import UTC, date, datetime

from lodewire.extraction.reader import read_document
from lodewire.model.capture import Capture
from lodewire.model.event import EventMention
from lodewire.model.ids import SourceId
from lodewire.model.reading import Reading
from lodewire.text.reader import read_capture


def read(text: str, published: date | None = None) -> Reading:
    """Read ``text`` as a plain-text file, whatever its relevance."""
    capture = Capture(
        source_id=SourceId("test"),
        requested_url="file:///test.txt",
        url="file:///test.txt",
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
        body=text.encode("utf-8"),
        media_type="text/plain",
        charset="utf-8",
    )
    document = read_capture(capture)[0]
    if published is not None:
        from dataclasses import replace

        document = replace(document, published=published)
    return read_document(document, gate=0.0)


def events(text: str, type_: str, published: date | None = None) -> list[EventMention]:
    """The events of one type that ``text`` tells."""
    return [e for e in read(text, published).events if e.type.value == type_]


def roles(event: EventMention) -> dict[str, list[str]]:
    """The arguments of an event: role to wordings, normalised values for closed lists."""
    told: dict[str, list[str]] = {}
    closed = ("stage", "cause", "action", "direction")
    for argument in event.arguments:
        value = argument.value if argument.role in closed else argument.text
        told.setdefault(argument.role, []).append(value)
    return told
