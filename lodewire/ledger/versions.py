"""Versions of one article: a page fetched again from its address with another text.

The text shown last tells: once it is understood, what the others told is no longer part of any
event. Nothing is lost: documents, readings and statements stay, a look into the past finds the
events as they were, and a text that is shown again tells again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lodewire.ledger import work
from lodewire.ledger.access import Access, chunks
from lodewire.ledger.codec import time_of
from lodewire.ledger.edits import is_edit
from lodewire.ledger.lineage import Lineage, lineage_of
from lodewire.ledger.schema import (
    document_captures,
    documents,
    event_mentions,
    readings,
    showings,
    story_moves,
    version_links,
    versions,
)
from lodewire.ledger.work import Stage
from lodewire.model.ids import DocumentId
from lodewire.model.version import Shown
from lodewire.model.vocabulary import DocumentRole

if TYPE_CHECKING:
    from sqlalchemy import Connection


def link_versions(access: Access, connection: Connection, ids: Iterable[str]) -> None:
    """Find which versions of articles new documents are, and what stood from when to when."""
    from sqlalchemy import select

    linked: set[str] = set()
    for some in chunks(ids):
        # Most addresses are met once: those that are not are worth a closer look.
        again = documents.alias("again")
        met = connection.execute(
            select(documents.c.id)
            .join(again, again.c.url == documents.c.url)
            .where(
                documents.c.id.in_(some),
                documents.c.role == DocumentRole.ARTICLE.value,
                again.c.source_id == documents.c.source_id,
                again.c.role == documents.c.role,
                again.c.id != documents.c.id,
            )
            .distinct()
        )
        for id_ in met.scalars().all():
            if _link(access, connection, id_):
                linked.add(id_)
    if linked:
        _reckon(access, linked)


def _link(access: Access, connection: Connection, document_id: str) -> bool:
    from sqlalchemy import select

    names = ("id", "url", "source_id", "role", "title", "text", "published")
    columns = [documents.c[name] for name in names]
    new = connection.execute(select(*columns).where(documents.c.id == document_id)).one()
    others = connection.execute(
        select(*columns).where(
            documents.c.url == new.url,
            documents.c.source_id == new.source_id,
            documents.c.role == new.role,
            documents.c.id != new.id,
            documents.c.id.not_in(_read_together(connection, new.id)),
            # Pages at a standing address tell another day's news each day: those are no edits.
            documents.c.published.is_not_distinct_from(new.published),
        )
    ).all()
    pairs = [
        sorted((new.id, other.id))
        for other in others
        if is_edit(new.title, new.text, other.title, other.text)
    ]
    rows = [{"left_id": left, "right_id": right} for left, right in pairs]
    access.add_new(connection, version_links, rows)
    return bool(rows)


def _read_together(connection: Connection, document_id: str) -> frozenset[str]:
    """Documents that one fetch gave together with this one: two articles of one page."""
    from sqlalchemy import select

    ours = select(document_captures.c.capture_id).where(
        document_captures.c.document_id == document_id
    )
    found = select(document_captures.c.document_id).where(document_captures.c.capture_id.in_(ours))
    return frozenset(connection.scalars(found))


def show_again(
    access: Access, connection: Connection, ids: Iterable[str], *, moved: Iterable[str] = ()
) -> None:
    """Reckon anew what stood when, after documents that were there were met again.

    What each version tells is put in its place, or taken out of it, by the next resolution; so is
    what those tell that ``moved``: they were first seen earlier than was known.
    """
    place_anew(access, connection, moved)
    met: set[str] = set()
    for some in chunks(ids):
        met.update(_edited_among(connection, some))
    if met and (changed := _reckon(access, met)):
        recall(access, connection, changed)


def _edited_among(connection: Connection, some: list[str]) -> frozenset[str]:
    from sqlalchemy import select

    asked = select(versions.c.document_id).where(versions.c.document_id.in_(some))
    return frozenset(connection.scalars(asked))


def _reckon(access: Access, ids: Iterable[str]) -> frozenset[str]:
    """Write when the line of documents stood, and which version of each article is the first.

    Returns the documents whose times changed. One writer after the other: each must see what the
    one before it fetched.
    """
    from sqlalchemy import select

    with access.writing() as connection:
        line = lineage_of(connection, ids)
        before: dict[str, list[tuple[str, ...]]] = {id_: [] for id_ in line.first_seen}
        for some in chunks(sorted(before)):
            kept = select(showings).where(showings.c.document_id.in_(some))
            for row in connection.execute(kept.order_by(showings.c.document_id, showings.c.since)):
                before[row.document_id].append(tuple(row))
        now = {id_: [tuple(s) for s in line.showings(id_)] for id_ in before}
        changed = [id_ for id_ in sorted(before) if now[id_] != before[id_]]
        for some in chunks(changed):
            connection.execute(showings.delete().where(showings.c.document_id.in_(some)))
        names = [c.name for c in showings.columns]
        rows = [dict(zip(names, told, strict=True)) for id_ in changed for told in now[id_]]
        access.add_new(connection, showings, rows)
        firsts = [
            {"document_id": id_, "first_id": line.family(id_)[0]}
            for id_ in sorted(before)
            if len(line.family(id_)) > 1
        ]
        access.put(connection, versions, ("first_id",), firsts)
    return frozenset(changed)


def family_of(connection: Connection, document_id: str) -> tuple[str, ...]:
    """Return all versions of a document's article, itself included, oldest first."""
    if not _edited_among(connection, [document_id]):
        return (document_id,)
    return lineage_of(connection, [document_id]).family(document_id)


def is_current(at: str | None) -> Any:
    """Return the condition that a row of ``documents`` was the version that stood ``at``."""
    from sqlalchemy import exists, or_

    own = showings.c.document_id == documents.c.id
    if at is None:
        replaced = exists().where(own, showings.c.until.is_not(None))
        stands = exists().where(own, showings.c.until.is_(None))
    else:
        replaced = exists().where(own, ended(at))
        stands = exists().where(own, showings.c.since <= at, ~ended(at))
    return or_(~replaced.correlate(documents), stands.correlate(documents))


def ended(at: str) -> Any:
    """Return the condition that a row of ``showings`` had ended ``at``, and by what was known."""
    from sqlalchemy import and_, exists

    move = story_moves.alias("placed_later")
    unknown = exists().where(
        move.c.document_id == showings.c.by_id, move.c.at > at, move.c.story_id.is_(None)
    )
    return and_(showings.c.until.is_not(None), showings.c.until <= at, ~unknown.correlate(showings))


def recall(access: Access, connection: Connection, ids: Iterable[str]) -> None:
    """Have what all versions of ``ids`` tell placed anew: what stands among them changed."""
    met: set[str] = set()
    for some in chunks(ids):
        met.update(_edited_among(connection, some))
    if not met:
        return
    line = lineage_of(connection, met)
    place_anew(access, connection, sorted({other for id_ in met for other in line.family(id_)}))


def place_anew(access: Access, connection: Connection, ids: Iterable[str]) -> None:
    """Have what documents tell resolved again; those not understood yet will be anyway."""
    from sqlalchemy import exists, select

    for some in chunks(ids):
        rows = connection.execute(
            select(documents.c.id, documents.c.day)
            .join(readings, readings.c.document_id == documents.c.id)
            .where(
                documents.c.id.in_(some),
                exists().where(event_mentions.c.document_id == documents.c.id),
            )
        ).all()
        due = [(row.id, f"{row.day} 0 {row.id}") for row in rows]
        work.enqueue(access, connection, Stage.RESOLVE, due)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """Of some documents: since when others stand in their place, or they stand again."""

    withdrawn: Mapping[DocumentId, datetime]
    returned: Mapping[DocumentId, datetime]


class VersionStore:
    """Tells which documents are versions of one article, and which of them stood when."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def of(self, document_id: DocumentId) -> tuple[DocumentId, ...]:
        """Return the versions of the article, oldest first; of those known, for a past moment."""
        with self._access.reading() as connection:
            line = self._known_line(connection, document_id)
            family = (document_id,) if line is None else line.family(document_id)
        return tuple(DocumentId(i) for i in family)

    def shown(self, document_id: DocumentId) -> tuple[Shown, ...]:
        """Return which version stood from when to when, in order.

        A text to which the publisher went back stands there more than once. Empty for a document
        that was never edited.
        """
        with self._access.reading() as connection:
            line = self._known_line(connection, document_id)
            if line is None or len(line.family(document_id)) < 2:
                return ()
            told = [s for id_ in line.family(document_id) for s in line.showings(id_)]
        return tuple(
            Shown(
                document_id=DocumentId(s.document_id),
                since=time_of(s.since),
                until=time_of(s.until) if s.until is not None else None,
            )
            for s in sorted(told, key=lambda s: (s.since, s.document_id))
        )

    def _known_line(self, connection: Connection, document_id: str) -> Lineage | None:
        from lodewire.ledger.past import ids_known

        if not _edited_among(connection, [document_id]):
            return None
        line = lineage_of(connection, [document_id])
        past = self._access.past
        if past is None:
            return line
        there = ids_known(connection, line.first_seen, past)
        return line.among(there, past) if document_id in there else None

    def turns(self, ids: Iterable[DocumentId]) -> Turns:
        """Return which of ``ids`` others stand in the place of, and which stand again.

        A version that could not be read takes nobody's place.
        """
        withdrawn: dict[DocumentId, datetime] = {}
        returned: dict[DocumentId, datetime] = {}
        with self._access.reading() as connection:
            met: list[str] = []
            for some in chunks(ids):
                met += sorted(_edited_among(connection, some))
            line = lineage_of(connection, met)
            understood = _understood(connection, line.first_seen)
        for id_ in met:
            stood = line.among(understood | {id_}).showings(id_, family=line.family(id_))
            if stood[-1].until is not None:
                withdrawn[DocumentId(id_)] = time_of(stood[-1].until)
            elif len(stood) > 1:
                returned[DocumentId(id_)] = time_of(stood[-1].since)
        return Turns(withdrawn=withdrawn, returned=returned)


def _understood(connection: Connection, ids: Iterable[str]) -> frozenset[str]:
    from sqlalchemy import select

    found: set[str] = set()
    for some in chunks(ids):
        asked = select(readings.c.document_id).where(readings.c.document_id.in_(some))
        found.update(connection.scalars(asked))
    return frozenset(found)
