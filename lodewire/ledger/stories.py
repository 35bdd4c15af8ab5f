"""Stories: signatures of documents, look-up of those alike, and the place of each document.

A placement names only the document it joins and how; story and origin follow from the chain of
joins and are worked out here, so that moving one document carries along all that joined it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from lodewire.errors import LedgerError
from lodewire.ledger import work
from lodewire.ledger.access import Access, chunks
from lodewire.ledger.codec import time_text
from lodewire.ledger.documents import document_of
from lodewire.ledger.likeness import (
    MOST_CANDIDATES,
    KeptSignature,
    Near,
    Signature,
    Unkept,
    add_signatures,
    documents_alike,
    payloads_of,
    rows_alike,
)
from lodewire.ledger.past import keep_moves, known, places, raw_places
from lodewire.ledger.schema import (
    documents,
    story_members,
    story_moves,
    versions,
)
from lodewire.ledger.versions import is_current
from lodewire.ledger.work import Stage
from lodewire.model.document import Document
from lodewire.model.ids import DocumentId, OriginId, StoryId
from lodewire.model.story import Story, StoryMember

if TYPE_CHECKING:
    from sqlalchemy import Connection

_COPY = "copy"
_PLACE = ("story_id", "origin_id", "relation", "similarity", "joined")


class StoryStore:
    """Finds candidates by index and keeps each document's place."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def pending(self, limit: int = 100) -> tuple[Document, ...]:
        """Return up to ``limit`` documents without a story, in order of (day, role, id)."""
        from sqlalchemy import select

        with self._access.reading() as connection:
            ids = work.next_subjects(connection, Stage.STORY, limit)
            found: dict[str, Document] = {}
            for some in chunks(ids):
                for row in connection.execute(select(documents).where(documents.c.id.in_(some))):
                    found[row.id] = document_of(row)
        return tuple(found[i] for i in ids if i in found)

    def due(self, ids: Iterable[DocumentId]) -> frozenset[DocumentId]:
        """Return those of ``ids`` that wait for a story."""
        found: set[DocumentId] = set()
        with self._access.reading() as connection:
            for some in chunks(ids):
                waiting = work.waiting_among(connection, Stage.STORY, some)
                found.update(DocumentId(id_) for id_ in waiting)
        return frozenset(found)

    def candidates(self, signature: Signature) -> tuple[KeptSignature, ...]:
        """Return the placed documents that share a key within the window, by (day, id).

        At most :data:`.likeness.MOST_CANDIDATES`, those that share most, a key counting the less
        the more documents hold it: a phrase that a publisher prints on every page must not bring
        all its pages to each other, nor crowd out the one page that shares a rare pair of names.
        Beyond that number the order of arrival may show in which documents join; below it never
        does.
        """
        with self._access.reading() as connection:
            rows = rows_alike(self._access, connection, signature)
        return tuple(KeptSignature(payload=row.payload, member=_member_of(row)) for row in rows)

    def near(self, signature: Signature, unkept: Unkept | None = None) -> list[Near]:
        """Return the numbers of :meth:`candidates`, nearest first; the document's own may be one.

        For whoever knows most of their signatures already; :meth:`signatures` gives the others.
        ``unkept`` are those that :meth:`add_all` will write.
        """
        with self._access.reading() as connection:
            most = MOST_CANDIDATES + 1
            return documents_alike(self._access, connection, signature, most, unkept)

    def signatures(self, numbers: Sequence[int]) -> dict[int, bytes]:
        """Return signatures by the numbers of their documents, as ``dump`` gave them."""
        with self._access.reading() as connection:
            return payloads_of(connection, numbers)

    def add(
        self,
        signature: Signature,
        members: Sequence[StoryMember],
        *,
        at: datetime | None = None,
    ) -> None:
        """Keep the signature and place of a document, and the places it moved.

        ``members`` holds the document's own place first, then the new places of documents that
        now join it. Story and origin are worked out along the joins. In one transaction the
        document leaves the queue of stories and enters that of extraction. Doing it twice
        changes nothing. ``at`` is since when the places hold: when the document was first seen,
        or later where it is placed later than that.
        """
        if not members or members[0].document_id != signature.document_id:
            raise LedgerError("the first member must be the document of the signature")
        id_ = signature.document_id
        with self._access.writing() as connection:
            standing = _standing(connection, [id_, *(m.joined for m in members if m.joined)])
            if id_ not in standing:
                raise LedgerError(f"no document {id_}", hint="add it first")
            own = standing[id_]
            add_signatures(self._access, connection, [(signature, own.number)])
            moment = max(own.first_seen, time_text(at)) if at is not None else own.first_seen
            self._put(connection, members[0], moment, standing)
            for member in members[1:]:
                around = _standing(connection, [member.document_id, id_])
                self._put(connection, member, moment, around)
            work.advance(connection, Stage.STORY, Stage.EXTRACT, [id_])

    def add_all(
        self, batch: Sequence[tuple[Signature, StoryMember]], *, at: datetime | None = None
    ) -> list[int]:
        """As :meth:`add` one after the other, for documents whose places move no other.

        A member may join one before it in the batch; its story and origin must be those of that
        place. Returns the numbers of the documents.
        """
        ids = [signature.document_id for signature, _ in batch]
        with self._access.writing() as connection:
            standing = _standing(connection, ids)
            for id_ in ids:
                if id_ not in standing:
                    raise LedgerError(f"no document {id_}", hint="add it first")
            if any(row.story_id is not None for row in standing.values()):
                for signature, member in batch:  # done before: what is there is carried along
                    self.add(signature, [member], at=at)
            elif batch:
                self._add_first(connection, batch, standing, at)
        return [standing[id_].number for id_ in ids]

    def _add_first(
        self,
        connection: Connection,
        batch: Sequence[tuple[Signature, StoryMember]],
        standing: Mapping[str, Any],
        at: datetime | None,
    ) -> None:
        """Write the first places of documents, set by set."""
        numbered = [(s, standing[s.document_id].number) for s, _ in batch]
        add_signatures(self._access, connection, numbered)
        self._access.put(connection, story_members, _PLACE, [_row_of(m) for _, m in batch])
        if at is not None:
            moment = time_text(at)
            none = dict.fromkeys(_PLACE)
            later = [row.id for row in standing.values() if row.first_seen < moment]
            moves = [{"document_id": id_, **none, "at": moment} for id_ in later]
            self._access.add_new(connection, story_moves, moves)
        work.advance(connection, Stage.STORY, Stage.EXTRACT, list(standing))

    def get(self, story_id: StoryId) -> Story:
        """Return a story, members by (day, id); raises LedgerError when it is not there."""
        found = self._members("story_id", [story_id])
        if not found:
            raise LedgerError(f"no story {story_id}", hint="`lodewire show` takes an event's id")
        return Story(id=story_id, members=found)

    def member_of(self, document_id: DocumentId) -> StoryMember | None:
        """Return the place of a document; None before it is placed."""
        found = self._members("document_id", [document_id])
        return found[0] if found else None

    def members_of(self, ids: Iterable[DocumentId]) -> dict[DocumentId, StoryMember]:
        """Return the places of several documents."""
        found: dict[DocumentId, StoryMember] = {}
        for some in chunks(ids):
            for member in self._members("document_id", some):
                found[member.document_id] = member
        return found

    def copies(self, origins: Iterable[OriginId]) -> dict[OriginId, int]:
        """Return how many documents each origin has beyond the first; versions are one."""

        counts: dict[OriginId, int] = {}
        with self._access.reading() as connection:
            for some in chunks(origins):
                for query in _counted(some, self._access.past):
                    for row in connection.execute(query):
                        origin = OriginId(row.origin_id)
                        counts[origin] = counts.get(origin, -1) + row.n
        return counts

    def _members(self, column: str, values: Sequence[str]) -> tuple[StoryMember, ...]:
        from sqlalchemy import select

        place = places(self._access.past)
        with self._access.reading() as connection:
            rows = connection.execute(
                select(place)
                .join(documents, documents.c.id == place.c.document_id)
                .where(place.c[column].in_(values))
                .order_by(documents.c.day, documents.c.id)
            )
            return tuple(_member_of(row) for row in rows)

    def _put(
        self,
        connection: Connection,
        member: StoryMember,
        at: str,
        standing: Mapping[str, Any],
    ) -> None:
        """Write a place; carry its story and origin down to all that joined it.

        ``standing`` tells of the document and of the one it joins, as they are.
        """
        story, origin = member.story_id, member.origin_id
        if member.joined is not None:
            parent = standing.get(member.joined)
            if parent is None or parent.story_id is None:
                raise LedgerError(
                    f"{member.document_id} joins {member.joined}, which has no place yet"
                )
            story = parent.story_id
            origin = parent.origin_id if member.relation == _COPY else member.origin_id
        row = {**_row_of(member), "story_id": story, "origin_id": origin}
        held = standing[member.document_id]
        self._keep_before(connection, row, at, held)
        self._access.put(connection, story_members, _PLACE, [row])
        if held.story_id is not None:  # nobody joins what has no place yet
            self._spread(connection, member.document_id, story, origin, at)

    def _keep_before(self, connection: Connection, row: dict[str, Any], at: str, held: Any) -> None:
        """Keep the place that a document leaves; that it had none, where it was seen before."""
        id_ = row["document_id"]
        if held.story_id is not None:
            kept = {name: getattr(held, name) for name in _PLACE}
            if kept != {name: row[name] for name in _PLACE}:
                self._keep_moves(connection, id_, kept, at)
        elif at > held.first_seen:
            self._keep_moves(connection, id_, dict.fromkeys(_PLACE), at)

    def _keep_moves(
        self, connection: Connection, document_id: str, place: dict[str, Any], at: str
    ) -> None:
        moved = {"document_id": document_id, **place}
        keep_moves(self._access, connection, story_moves, [moved], at=at)

    def _spread(
        self, connection: Connection, document_id: DocumentId, story: str, origin: str, at: str
    ) -> None:
        waiting = [(str(document_id), story, origin)]
        while waiting:
            above, story, origin = waiting.pop()
            for row in connection.execute(_joining(), {"one": above}).all():
                below = origin if row.relation == _COPY else row.origin_id
                if (row.story_id, row.origin_id) == (story, below):
                    continue
                kept = {name: getattr(row, name) for name in _PLACE}
                self._keep_moves(connection, row.document_id, kept, at)
                connection.execute(
                    story_members.update()
                    .where(story_members.c.document_id == row.document_id)
                    .values(story_id=story, origin_id=below)
                )
                waiting.append((row.document_id, story, below))


def _counted(origins: Sequence[str], at: str | None) -> tuple[Any, Any]:
    """SELECTs of how many documents an origin has: those never edited, then edited ones, once."""
    from sqlalchemy import exists, func, select

    place = raw_places(at)
    edited = exists().where(versions.c.document_id == place.c.document_id)
    number = func.count().label("n")
    plain = (
        select(place.c.origin_id, number)
        .where(place.c.origin_id.in_(origins), ~edited)
        .group_by(place.c.origin_id)
    )
    newest = (
        select(place.c.origin_id, number)
        .join(versions, versions.c.first_id == place.c.document_id)
        .join(documents, documents.c.id == versions.c.document_id)
        .where(place.c.origin_id.in_(origins), known(at), is_current(at))
        .group_by(place.c.origin_id)
    )
    return plain, newest


def _standing(connection: Connection, ids: Iterable[str]) -> dict[str, Any]:
    """Number, first sight and place (None where it has none) of documents, by id."""
    found: dict[str, Any] = {}
    for some in chunks(ids):
        for row in connection.execute(_standings(), {"some": some}):
            found[row.id] = row
    return found


@cache
def _standings() -> Any:
    from sqlalchemy import bindparam, select

    return (
        select(
            documents.c.id,
            documents.c.number,
            documents.c.first_seen,
            *(story_members.c[name] for name in _PLACE),
        )
        .join(story_members, story_members.c.document_id == documents.c.id, isouter=True)
        .where(documents.c.id.in_(bindparam("some", expanding=True)))
    )


@cache
def _joining() -> Any:
    from sqlalchemy import bindparam, select

    return select(story_members).where(story_members.c.joined == bindparam("one"))


def _row_of(member: StoryMember) -> dict[str, Any]:
    return {
        "document_id": member.document_id,
        "story_id": member.story_id,
        "origin_id": member.origin_id,
        "relation": member.relation,
        "similarity": member.similarity,
        "joined": member.joined,
    }


def _member_of(row: Any) -> StoryMember:
    return StoryMember(
        document_id=DocumentId(row.document_id),
        story_id=StoryId(row.story_id),
        origin_id=OriginId(row.origin_id),
        relation=row.relation,
        similarity=row.similarity,
        joined=DocumentId(row.joined) if row.joined is not None else None,
    )
