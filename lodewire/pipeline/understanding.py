"""What a worker does with one document: sign it, understand it. Pure, so fit for any pool."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from lodewire.model.document import Document
from lodewire.model.entity import Entity
from lodewire.model.reading import Reading
from lodewire.pipeline.workers import keep_tables
from lodewire.stories.signature import DocumentSignature

if TYPE_CHECKING:
    from lodewire.extraction.finding import Finder


def sign_document(told: tuple[Document, date]) -> DocumentSignature:
    """Return the signature of a document of a day, by which its story is found."""
    from lodewire.extraction.naming.mentions import find_mentions
    from lodewire.stories.fingerprint import sign

    document, day = told
    named = find_mentions(document.text, document.sentences)
    return sign(document, day=day, mentions=named.mentions)


def understand_document(
    told: tuple[Document, float], find: Finder | None = None
) -> tuple[Reading, tuple[Entity, ...]]:
    """Return the reading of a document under a gate, and the entities it names."""
    from lodewire.extraction.reader import read_document
    from lodewire.resolve.entities import entities_of
    from lodewire.resolve.names import mentions_on

    document, gate = told
    reading = read_document(document, gate=gate, find=find)
    if reading.mentions:  # read deeply: all tables are loaded
        keep_tables()
    return reading, entities_of(mentions_on(reading.mentions, document.published))
