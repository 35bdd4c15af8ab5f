"""Search over documents: words, phrases, what must not occur, and filters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lodewire.ledger.access import Access
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
from lodewire.ledger.versions import is_current
from lodewire.ledger.work import Stage
from lodewire.model.ids import DocumentId, EntityId, EventId, SourceId
from lodewire.model.vocabulary import Desk, EventType, Status

_SNIPPET_CHARS = 200
# A quoted phrase or a run without blanks, each perhaps after a minus.
_PART = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


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


def parse_query(query: str) -> SearchTerms:
    """Take a query apart: words, "phrases", minus before what must not occur, star at the end.

    Never fails: what holds no letter or digit is left out, an open quote ends with the query.
    """
    wanted: list[tuple[tuple[str, ...], bool]] = []
    unwanted: list[tuple[tuple[str, ...], bool]] = []
    for part in _PART.finditer(query.replace("\x00", " ")):
        minus = bool(part["minus"])
        phrase = part["phrase"]
        told = part["word"] if phrase is None else phrase
        prefix = phrase is None and told.endswith("*")
        words = tuple(_words(told))
        if words:
            (unwanted if minus else wanted).append((words, prefix))
    return SearchTerms(wanted=tuple(wanted), unwanted=tuple(unwanted))


def _words(text: str) -> list[str]:
    # A word of signs alone would match nothing and spoil the rest.
    clean = "".join(" " if unicodedata.category(c) in ("Cs", "Co", "Cn") else c for c in text)
    return [w for w in clean.split() if any(c.isalnum() for c in w)]


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
        """Return documents, best match first; without words the latest first."""
        terms = parse_query(query)
        with self._access.reading() as connection:
            found = self._query(connection, terms, filters or SearchFilters())
            rows = connection.execute(found.limit(limit).offset(offset)).all()
            return self._hits(connection, rows, terms)

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

        shown = [
            documents.c.number,
            documents.c.id,
            documents.c.title,
            documents.c.url,
            documents.c.publisher,
            documents.c.day,
        ]
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
        self, connection: Any, rows: Sequence[Any], terms: SearchTerms
    ) -> tuple[SearchHit, ...]:
        told = self._events(connection, [row.id for row in rows])
        shown = self._access.backend.snippet if terms.wanted else _as_it_is
        return tuple(
            _hit(row, shown(row.title, row.snippet or "", terms), told.get(row.id, []))
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
        told = select(statements.c.document_id).where(filters.amount.condition(connection))
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


def _hit(row: Any, snippet: str, found: Sequence[str]) -> SearchHit:
    return SearchHit(
        document_id=DocumentId(row.id),
        title=row.title,
        url=row.url,
        publisher=row.publisher,
        day=date.fromisoformat(row.day),
        snippet=_pieces(snippet),
        # Engines rank downwards; a reader expects more to be better.
        score=-float(row.rank),
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
