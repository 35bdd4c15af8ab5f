"""Versions of one article: a page fetched again from its address with another text.

The newer text takes the older one's place: once it is understood, what the older one told is no
longer part of any event. Nothing is lost: document, reading and statements stay, and a look into
the past finds the events as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lodewire.ledger import work
from lodewire.ledger.access import Access, chunks
from lodewire.ledger.codec import time_of
from lodewire.ledger.schema import document_captures, documents, readings, superseded, versions
from lodewire.ledger.work import Stage
from lodewire.model.ids import DocumentId
from lodewire.model.vocabulary import DocumentRole

if TYPE_CHECKING:
    from sqlalchemy import Connection

_RUN = 4  # words in a row that two texts are compared by
_ALIKE = 0.5  # share of the shorter text's runs found in the longer: an edit, not another article
_ALIKE_TITLED = 0.3  # the same under one title


def link_versions(access: Access, connection: Connection, ids: Iterable[str]) -> None:
    """Find for each new document the version it takes the place of, and the one that takes its."""
    from sqlalchemy import select

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
            _link(access, connection, id_)


def _link(access: Access, connection: Connection, document_id: str) -> None:
    from sqlalchemy import select

    new = connection.execute(select(documents).where(documents.c.id == document_id)).one()
    beside = _read_together(connection, new.id)
    others = connection.execute(
        select(documents, superseded.c.by_id, superseded.c.at)
        .outerjoin(superseded, superseded.c.document_id == documents.c.id)
        .where(
            documents.c.url == new.url,
            documents.c.source_id == new.source_id,
            documents.c.role == new.role,
            documents.c.id.not_in(beside),
            # Pages at a standing address tell another day's news each day: those are no edits.
            documents.c.published.is_not_distinct_from(new.published),
        )
        .order_by(documents.c.first_seen, documents.c.id)
    ).all()
    others = [o for o in others if _is_edit(o, new)]
    rows = [
        _row(older, new)
        for older in others
        if _order(older) < _order(new)
        and (older.at is None or (older.at, older.by_id) > _order(new))
    ]
    newer = next((o for o in others if _order(o) > _order(new)), None)
    if newer is not None:
        rows.append(_row(new, newer))
    access.put(connection, superseded, ("by_id", "at"), rows)
    if rows:
        family = family_of(connection, new.id)
        firsts = [{"document_id": id_, "first_id": family[0]} for id_ in family]
        access.put(connection, versions, ("first_id",), firsts)


def _order(row: Any) -> tuple[str, str]:
    return (row.first_seen, row.id)


def _row(older: Any, newer: Any) -> dict[str, str]:
    return {"document_id": older.id, "by_id": newer.id, "at": newer.first_seen}


def _read_together(connection: Connection, document_id: str) -> frozenset[str]:
    """Documents that one fetch gave together with this one: two articles of one page."""
    from sqlalchemy import select

    ours = select(document_captures.c.capture_id).where(
        document_captures.c.document_id == document_id
    )
    found = select(document_captures.c.document_id).where(document_captures.c.capture_id.in_(ours))
    return frozenset(connection.scalars(found))


def _is_edit(a: Any, b: Any) -> bool:
    left, right = _runs(a.text), _runs(b.text)
    if not left or not right:
        return False
    share = len(left & right) / min(len(left), len(right))
    return share >= (_ALIKE_TITLED if a.title and a.title == b.title else _ALIKE)


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = text.casefold().split()
    return frozenset(tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))


def family_of(connection: Connection, document_id: str) -> tuple[str, ...]:
    """Return all versions of a document's article, itself included, oldest first."""
    found: list[str] = [document_id]
    for column, other in (("by_id", "document_id"), ("document_id", "by_id")):
        at = 0
        reached = [document_id]
        while at < len(reached):
            for id_ in _linked(connection, column, other, reached[at]):
                if id_ not in found:
                    found.append(id_)
                    reached.append(id_)
            at += 1
    return tuple(_in_order(connection, found)) if len(found) > 1 else (document_id,)


def _linked(connection: Connection, column: str, other: str, id_: str) -> Sequence[str]:
    from sqlalchemy import select

    return connection.scalars(select(superseded.c[other]).where(superseded.c[column] == id_)).all()


def _in_order(connection: Connection, ids: Sequence[str]) -> Sequence[str]:
    from sqlalchemy import select

    return connection.scalars(
        select(documents.c.id)
        .where(documents.c.id.in_(ids))
        .order_by(documents.c.first_seen, documents.c.id)
    ).all()


def is_current(at: str | None) -> Any:
    """Return the condition that a row of ``documents`` was the newest version known ``at``."""
    from sqlalchemy import exists

    newer = exists().where(superseded.c.document_id == documents.c.id)
    if at is not None:
        newer = newer.where(superseded.c.at <= at)
    return ~newer.correlate(documents)


def recall_older(access: Access, connection: Connection, ids: Iterable[str]) -> None:
    """Have what older versions of ``ids`` tell taken out of the events, now that these are read."""
    from sqlalchemy import select

    older: set[str] = set()
    wanted = list(ids)
    while wanted:
        found: set[str] = set()
        for some in chunks(wanted):
            found.update(
                connection.scalars(
                    select(superseded.c.document_id).where(superseded.c.by_id.in_(some))
                )
            )
        wanted = sorted(found - older)
        older |= found
    for some in chunks(sorted(older)):
        rows = connection.execute(
            select(documents.c.id, documents.c.day)
            .join(readings, readings.c.document_id == documents.c.id)
            .where(documents.c.id.in_(some))
        ).all()
        due = [(row.id, f"{row.day} 0 {row.id}") for row in rows]
        work.enqueue(access, connection, Stage.RESOLVE, due)


class VersionStore:
    """Tells which documents are versions of one article, and which were replaced."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def of(self, document_id: DocumentId) -> tuple[DocumentId, ...]:
        """Return the versions of the article, oldest first; of those known, for a past moment."""
        from lodewire.ledger.past import ids_known

        with self._access.reading() as connection:
            found = family_of(connection, document_id)
            if self._access.past is not None:
                there = ids_known(connection, found, self._access.past)
                found = tuple(i for i in found if i in there)
        return tuple(DocumentId(i) for i in found)

    def withdrawn(self, ids: Iterable[DocumentId]) -> dict[DocumentId, datetime]:
        """Return those of ``ids`` whose place an understood newer version took, and when."""
        from sqlalchemy import exists, select

        understood = exists().where(readings.c.document_id == superseded.c.by_id)
        found: dict[DocumentId, datetime] = {}
        with self._access.reading() as connection:
            for id_ in dict.fromkeys(ids):
                query = select(superseded, understood.label("understood"))
                row = connection.execute(query.where(superseded.c.document_id == id_)).first()
                # A version that could not be read takes nobody's place; the one after it may.
                while row is not None and not row.understood:
                    after = query.where(superseded.c.document_id == row.by_id)
                    row = connection.execute(after).first()
                if row is not None:
                    found[id_] = time_of(row.at)
        return found
