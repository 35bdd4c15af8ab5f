"""The sample newsroom: pages, feeds, mail and PDF notices of invented publishers, as data.

Written for the project about real, public happenings. ``newsroom/README.md`` says what is in it
and which pages hold deliberate mistakes; ``newsroom/manifest.csv`` lists every document.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from lodewire.errors import OntologyError
from lodewire.model.vocabulary import Desk, DocumentRole, EventType

NEWSROOM_DAY = date(2025, 3, 28)
"""The sample's today: no document is younger, and everything in them was true by then."""

NEWSROOM_NOW = datetime(2025, 3, 28, 21, 0, tzinfo=UTC)
"""The instant at which a desk that reads the sample newsroom should believe itself to be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleDocument:
    """One document of the newsroom, as its manifest describes it.

    ``file`` is relative to `newsroom_path`; a file may hold several documents (a blog page, a
    newsletter, teasers under an article). ``url`` is the address the publisher would give, or
    None. ``published`` is the day in the publisher's own time zone. ``happening`` is shared by
    documents about the same thing; ``relation`` is "original", "related" or "copy", and a copy
    names the original's file in ``copy_of``. ``types`` are the events a careful reader should
    find, background included.
    """

    file: str
    publisher: str
    url: str | None
    published: date
    language: str
    role: DocumentRole
    title: str
    happening: str
    relation: str
    copy_of: str | None
    desk: Desk
    types: tuple[EventType, ...]
    traits: tuple[str, ...]


def newsroom_path() -> Path:
    """Return the folder of the sample newsroom.

    It holds ``www`` (to be served), ``folders`` (mail and text), ``sources`` (definitions) and
    ``manifest.csv``. Raises OntologyError when the package was installed without its data.
    """
    folder = Path(__file__).parent / "newsroom"
    if not (folder / "manifest.csv").is_file():
        raise OntologyError(
            f"{folder}: the sample newsroom is not there.",
            hint="Install Lodewire again; its package data is incomplete.",
        )
    return folder


def sample_documents() -> tuple[SampleDocument, ...]:
    """Read the manifest, in its order. Raises OntologyError, naming the line that is wrong."""
    manifest = newsroom_path() / "manifest.csv"
    documents: list[SampleDocument] = []
    with manifest.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        for row in reader:
            try:
                documents.append(_document(row))
            except (KeyError, ValueError) as error:
                raise OntologyError(
                    f"{manifest}, line {reader.line_num}: {error}.",
                    hint="Correct the line, or install Lodewire again.",
                ) from error
    return tuple(documents)


def _document(row: dict[str, str]) -> SampleDocument:
    return SampleDocument(
        file=row["file"],
        publisher=row["publisher"],
        url=row["url"] or None,
        published=date.fromisoformat(row["published"]),
        language=row["language"],
        role=DocumentRole(row["role"]),
        title=row["title"],
        happening=row["happening"],
        relation=row["relation"],
        copy_of=row["copy_of"] or None,
        desk=Desk(row["desk"]),
        types=tuple(EventType(word) for word in _words(row["types"])),
        traits=_words(row["traits"]),
    )


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word for word in cell.split("|") if word)
