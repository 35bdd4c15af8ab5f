"""Search over documents: words, phrases, what must not occur, and filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from lodewire.ledger.access import Access, chunks
from lodewire.ledger.amounts import AmountFilter
from lodewire.ledger.backend import MARK_END, MARK_START, SearchTerms
from lodewire.ledger.past import known, member_holds
from lodewire.ledger.schema import (
    document_desks,
    document_entities,
    documents,
    event_members,
    event_mentions,
    statements,
    work,
)
from lodewire.ledger.terms import parse_query
from lodewire.ledger.versions import is_current
from lodewire.ledger.work import Stage
from lodewire.model.ids import DocumentId, EntityId, EventId, SourceId
from lodewire.model.vocabulary import Desk, EventType, Status

if TYPE_CHECKING:
    from sqlalchemy import Connection

#: Documents that hold the words of a query and are weighed against each other, at most.
RANKED = 5_000
_SPARE = 32  # ranked beyond those asked for: some may be older versions
_SNIPPET_CHARS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFilters:
    """What else a document must be; empty fields ask for nothing.

    ``entities`` must all be named, and of each group in ``groups`` one. ``event_type`` and
    ``status`` hold for one event mention; ``amount`` is stated by a live statement.
    """

    since: date | None = None
    until: date | None = None
    desk: Desk | None = None
    event_type: EventType | None = None
    status: Status | None = None
    entities: tuple[EntityId, ...] = ()
    source_id: SourceId | None = None
    language: str | None = None
    groups: tuple[tuple[EntityId, ...], ...] = ()
    amount: AmountFilter | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHits:
    """What came after a mark, oldest first.

    ``mark`` is the one to look on from; ``more`` says that not all was returned.
    """

    hits: tuple[SearchHit, ...]
    mark: int
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """A document found. ``snippet`` is cut into (text, is it what was searched) pieces."""

    document_id: DocumentId
    title: str | None
    url: str | None
    publisher: str | None
    day: date
    snippet: tuple[tuple[str, bool], ...]
    score: float
    events: tuple[EventId, ...] = ()


class Search:
    """Finds documents, each article in its newest version, and the events they tell."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def __call__(
        self,
        query: str,
        filters: SearchFilters | None = None,
        *,
        limit: int = 20,
        offset: int = 0,
    ) -> tuple[SearchHit, ...]:
        """Return documents, best match first; without words the latest first.

        Where more than :data:`RANKED` documents hold the words, the latest of these are ranked:
        to weigh all of a million against each other takes long and tells nobody anything.
        """
        terms = parse_query(query)
        wanted = filters or SearchFilters()
        with self._access.reading() as connection:
            if terms.wanted:
                ranks = self._ranks(connection, terms, wanted, offset + limit)
                best = self._ranked(connection, terms, ranks)[offset : offset + limit]
                return self._hits(connection, best, terms, ranks)
            found = self._query(connection, terms, wanted)
            rows = connection.execute(found.limit(limit).offset(offset)).all()
            return self._hits(connection, rows, terms)

    def _ranks(
        self, connection: Connection, terms: SearchTerms, filters: SearchFilters, most: int
    ) -> dict[int, float]:
        """The best documents by number, each with its rank: lower is better.

        Without filters the full-text index alone is asked, and documents are looked up only for
        the best: they lie all over the file.
        """
        from sqlalchemy import select

        condition, rank, _, index = self._access.backend.full_text(terms)
        query = select(index.c.rowid, rank.label("rank")).where(condition)
        if terms.unwanted:
            query = query.where(index.c.rowid.not_in(self._access.backend.without(terms)))
        order = (rank, index.c.rowid.desc())
        conditions = _conditions(connection, filters)
        if conditions:
            conditions += [known(self._access.past), is_current(self._access.past)]
            query = query.join(documents, documents.c.number == index.c.rowid).where(*conditions)
            ranked = connection.execute(query.order_by(*order).limit(most)).all()
            return {row.rowid: row.rank for row in ranked}
        query = query.where(*self._latest(connection, query, index))
        wide = most + _SPARE
        while True:
            ranked = connection.execute(query.order_by(*order).limit(wide)).all()
            told = self._told_of(connection, [row.rowid for row in ranked])
            kept = {row.rowid: row.rank for row in ranked if row.rowid in told}
            if len(kept) >= most or len(ranked) < wide:
                return dict(list(kept.items())[:most])
            wide *= 4

    def _latest(self, connection: Connection, query: Any, index: Any) -> list[Any]:
        """Conditions that leave the latest documents found; of those of a past moment, then's."""
        from sqlalchemy import func, select

        found: list[Any] = []
        if self._access.past is not None:
            last = select(func.max(documents.c.number)).where(
                documents.c.first_seen <= self._access.past
            )
            found.append(index.c.rowid <= (connection.scalar(last) or 0))
        oldest = connection.scalar(
            query.with_only_columns(index.c.rowid)
            .where(*found)
            .order_by(index.c.rowid.desc())
            .offset(RANKED - 1)
            .limit(1)
        )
        return found if oldest is None else [*found, index.c.rowid >= oldest]

    def _told_of(self, connection: Connection, numbers: Sequence[int]) -> frozenset[int]:
        """Those of the documents that are known, in their newest version."""
        from sqlalchemy import select

        past = self._access.past
        query = select(documents.c.number).where(known(past), is_current(past))
        found: set[int] = set()
        for some in chunks(numbers):
            found.update(connection.scalars(query.where(documents.c.number.in_(some))))
        return frozenset(found)

    def _ranked(
        self, connection: Connection, terms: SearchTerms, ranks: Mapping[int, float]
    ) -> list[Any]:
        """What is shown of documents: their texts are read for these alone."""
        from sqlalchemy import select

        # Not the rank again: FTS5 would count all that hold the words once for each document.
        condition, _, snippet, index = self._access.backend.full_text(terms)
        query = (
            select(*_shown(), snippet.label("snippet"))
            .select_from(index)
            .join(documents, documents.c.number == index.c.rowid)
            .where(condition)
        )
        rows: list[Any] = []
        for some in chunks(ranks):
            rows += connection.execute(query.where(index.c.rowid.in_(some)))
        rows.sort(key=lambda row: row.id)
        rows.sort(key=lambda row: row.day, reverse=True)
        return sorted(rows, key=lambda row: ranks[row.number])

    def new(
        self, query: str, filters: SearchFilters | None = None, *, after: int, limit: int = 20
    ) -> NewHits:
        """Return documents that came after the mark ``after``, in the order they came."""
        terms = parse_query(query)
        with self._access.reading() as connection:
            mark = max(after, self.mark())
            rows = connection.execute(
                self._query(connection, terms, filters or SearchFilters())
                .where(documents.c.number > after)
                .order_by(None)
                .order_by(documents.c.number)
                .limit(limit + 1)
            ).all()
            more = len(rows) > limit
            rows = rows[:limit]
            hits = self._hits(connection, rows, terms)
        if more:
            mark = min(mark, rows[-1].number)
        return NewHits(hits=hits, mark=mark, more=more)

    def mark(self) -> int:
        """Return the number up to which every document has been through all stages.

        One that still waits may yet get the events that a search asks for: it comes later.
        """
        from sqlalchemy import func, select

        waits = [s.value for s in (Stage.STORY, Stage.EXTRACT, Stage.RESOLVE)]
        waiting = (
            select(func.min(documents.c.number))
            .join(work, work.c.subject == documents.c.id)
            .where(work.c.stage.in_(waits))
        )
        with self._access.reading() as connection:
            first = connection.scalar(waiting)
            last = connection.scalar(select(func.max(documents.c.number)))
        return (last or 0) if first is None else first - 1

    def event_ids(self, query: str, filters: SearchFilters | None = None) -> frozenset[EventId]:
        """Return the live events that any document found tells."""
        from sqlalchemy import select

        with self._access.reading() as connection:
            found = self._query(connection, parse_query(query), filters or SearchFilters())
            ids = found.order_by(None).with_only_columns(documents.c.id)
            told = connection.scalars(
                select(event_members.c.event_id)
                .join(event_mentions, event_mentions.c.id == event_members.c.mention_id)
                .where(member_holds(self._access.past), event_mentions.c.document_id.in_(ids))
                .distinct()
            )
            return frozenset(EventId(i) for i in told)

    def _query(self, connection: Any, terms: SearchTerms, filters: SearchFilters) -> Any:
        from sqlalchemy import func, literal, select

        shown = _shown()
        if terms.wanted:
            condition, rank, snippet, index = self._access.backend.full_text(terms)
            query = (
                select(*shown, snippet.label("snippet"), rank.label("rank"))
                .select_from(index)
                .join(documents, documents.c.number == index.c.rowid)
                .where(condition)
                .order_by(rank, documents.c.day.desc(), documents.c.id)
            )
        else:
            start = func.substr(documents.c.text, 1, _SNIPPET_CHARS)
            query = select(*shown, start.label("snippet"), literal(0.0).label("rank")).order_by(
                documents.c.day.desc(), documents.c.id
            )
        if terms.unwanted:
            query = query.where(documents.c.number.not_in(self._access.backend.without(terms)))
        query = query.where(known(self._access.past), is_current(self._access.past))
        for condition in _conditions(connection, filters):
            query = query.where(condition)
        return query

    def _hits(
        self,
        connection: Any,
        rows: Sequence[Any],
        terms: SearchTerms,
        ranks: Mapping[int, float] | None = None,
    ) -> tuple[SearchHit, ...]:
        told = self._events(connection, [row.id for row in rows])
        shown = self._access.backend.snippet if terms.wanted else _as_it_is
        return tuple(
            _hit(
                row,
                shown(row.title, row.snippet or "", terms),
                told.get(row.id, []),
                row.rank if ranks is None else ranks[row.number],
            )
            for row in rows
        )

    def _events(self, connection: Any, ids: Sequence[str]) -> dict[str, list[str]]:
        from sqlalchemy import select

        found: dict[str, list[str]] = {}
        for row in connection.execute(
            select(event_mentions.c.document_id, event_members.c.event_id)
            .join(event_members, event_members.c.mention_id == event_mentions.c.id)
            .where(event_mentions.c.document_id.in_(ids), member_holds(self._access.past))
            .distinct()
            .order_by(event_members.c.event_id)
        ):
            found.setdefault(row.document_id, []).append(row.event_id)
        return found


def _shown() -> list[Any]:
    names = ("number", "id", "title", "url", "publisher", "day")
    return [documents.c[name] for name in names]


def _conditions(connection: Any, filters: SearchFilters) -> list[Any]:
    from sqlalchemy import select

    found: list[Any] = []
    if filters.since is not None:
        found.append(documents.c.day >= filters.since.isoformat())
    if filters.until is not None:
        found.append(documents.c.day <= filters.until.isoformat())
    if filters.source_id is not None:
        found.append(documents.c.source_id == filters.source_id)
    if filters.language is not None:
        found.append(documents.c.language == filters.language)
    if filters.desk is not None:
        told = select(document_desks.c.document_id).where(
            document_desks.c.desk == filters.desk.value
        )
        found.append(documents.c.id.in_(told))
    for entity in filters.entities:
        told = select(document_entities.c.document_id).where(
            document_entities.c.entity_id == entity
        )
        found.append(documents.c.id.in_(told))
    for group in filters.groups:
        told = select(document_entities.c.document_id).where(
            document_entities.c.entity_id.in_(group)
        )
        found.append(documents.c.id.in_(told))
    if filters.amount is not None:
        told = select(statements.c.document_id).where(filters.amount.condition())
        found.append(documents.c.id.in_(told))
    if filters.event_type is not None or filters.status is not None:
        told = select(event_mentions.c.document_id)
        if filters.event_type is not None:
            told = told.where(event_mentions.c.type == filters.event_type.value)
        if filters.status is not None:
            told = told.where(event_mentions.c.status == filters.status.value)
        found.append(documents.c.id.in_(told))
    return found


def _as_it_is(title: str | None, snippet: str, terms: SearchTerms) -> str:
    return snippet


def _hit(row: Any, snippet: str, found: Sequence[str], rank: float) -> SearchHit:
    return SearchHit(
        document_id=DocumentId(row.id),
        title=row.title,
        url=row.url,
        publisher=row.publisher,
        day=date.fromisoformat(row.day),
        snippet=_pieces(snippet),
        # Engines rank downwards; a reader expects more to be better.
        score=-float(rank),
        events=tuple(EventId(i) for i in found),
    )


def _pieces(snippet: str) -> tuple[tuple[str, bool], ...]:
    pieces = []
    for at, run in enumerate(snippet.split(MARK_START)):
        if at == 0:
            pieces.append((run, False))
            continue
        hit, _, rest = run.partition(MARK_END)
        pieces += [(hit, True), (rest, False)]
    return tuple((" ".join(t.split("\n")), hit) for t, hit in pieces if t)
