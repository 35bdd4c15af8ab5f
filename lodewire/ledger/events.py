"""Events: which mentions tell one happening, over time, and the views over their statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from lodewire.errors import LedgerError
from lodewire.ledger import work
from lodewire.ledger.access import Access, chunks
from lodewire.ledger.effects import effects_on
from lodewire.ledger.past import member_holds
from lodewire.ledger.placing import Resolved, add_keys, live, place, requeue, withdraw
from lodewire.ledger.schema import (
    document_desks,
    documents,
    event_members,
    event_mentions,
    events,
    judgements,
    mention_keys,
)
from lodewire.ledger.schema import statements as statements_table
from lodewire.ledger.statement_rows import statement_of, statement_query
from lodewire.ledger.statements import add_statements
from lodewire.ledger.told import ToldMention, told_of, told_query
from lodewire.ledger.versions import family_of
from lodewire.ledger.views import event_view
from lodewire.ledger.work import Stage
from lodewire.model.event import Event
from lodewire.model.ids import DocumentId, EventId, MentionId, SourceId
from lodewire.model.reading import DeskScore
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import Desk

if TYPE_CHECKING:
    from sqlalchemy import Connection


Wanted = tuple[MentionId, Sequence[str], date, int]


class MentionPlace(NamedTuple):
    """The place of a mention: its event, and the component it may influence."""

    mention_id: MentionId
    event_id: EventId
    component: str


class EventStore:
    """Hands out mentions still to be placed, keeps their places, returns events."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def pending(self, limit: int = 50) -> tuple[ToldMention, ...]:
        """Return all mentions of up to ``limit`` documents still to be resolved, in order."""
        with self._access.reading() as connection:
            ids = work.next_subjects(connection, Stage.RESOLVE, limit)
            found = self._told(connection, event_mentions.c.document_id, ids)
        return tuple(sorted(found, key=lambda t: (t.reported, t.mention.id)))

    def near(self, wanted: Iterable[Wanted]) -> tuple[MentionPlace, ...]:
        """Return the places that may bear on those of new mentions, with their whole components.

        ``wanted`` holds (mention id, keys, day, window in days) of each new mention. Mentions
        that a person judged together with a new one are found as well.
        """
        with self._access.reading() as connection:
            return self._near(connection, wanted)

    def around(self, wanted: Iterable[Wanted]) -> tuple[ToldMention, ...]:
        """Return what is told at the places that :meth:`near` finds, by day and id."""
        with self._access.reading() as connection:
            near = self._near(connection, wanted)
            found = self._told(connection, event_mentions.c.id, [n.mention_id for n in near])
        return tuple(sorted(found, key=lambda t: (t.reported, t.mention.id)))

    def _near(self, connection: Connection, wanted: Iterable[Wanted]) -> tuple[MentionPlace, ...]:
        from sqlalchemy import select

        ids: set[str] = set()
        for mention_id, keys, day, window in wanted:
            ids.update(self._sharing(connection, keys, day, window))
            ids.update(self._judged_with(connection, mention_id))
            ids.add(mention_id)
        components: set[str] = set()
        for some in chunks(sorted(ids)):
            components.update(
                connection.scalars(
                    live(event_members.c.component).where(event_members.c.mention_id.in_(some))
                )
            )
        found: list[MentionPlace] = []
        place = (event_members.c.mention_id, event_members.c.event_id, event_members.c.component)
        for some in chunks(sorted(components)):
            rows = connection.execute(
                select(*place)
                .where(event_members.c.component.in_(some), member_holds(self._access.past))
                .order_by(event_members.c.mention_id)
            )
            found += [MentionPlace(*row) for row in rows]
        return tuple(found)

    def add_resolution(
        self,
        resolution: Resolved | None,
        *,
        keys: Iterable[tuple[MentionId, Sequence[str], date]] = (),
        statements: Sequence[Statement] = (),
        documents: Iterable[DocumentId] = (),
        withdrawn: Iterable[MentionId] = (),
        at: datetime | None = None,
    ) -> None:
        """Keep what resolving a batch gave, in one transaction. Doing it twice changes nothing.

        ``keys`` holds (mention id, keys, day) of the new mentions, ``statements`` what they say,
        ``documents`` those whose mentions are all placed now. ``withdrawn`` mentions belong to no
        event from ``at`` on, since a newer version of their document tells in their place; where
        nothing else is placed ``resolution`` is None.
        """
        with self._access.writing() as connection:
            add_keys(self._access, connection, keys)
            if at is not None:
                withdraw(self._access, connection, withdrawn, at)
            if resolution is not None:
                place(self._access, connection, resolution)
            add_statements(self._access, connection, statements)
            work.finish(connection, Stage.RESOLVE, documents)

    def requeue(self, mention_ids: Iterable[MentionId]) -> None:
        """Have mentions placed anew, after an editor judged them."""
        with self._access.writing() as connection:
            requeue(self._access, connection, mention_ids)

    def get(self, event_id: EventId) -> Event:
        """Return an event; an id that a merge ended leads to the event it went into.

        Raises LedgerError when there is no such event, or an editor rejected it.
        """
        found = self.get_all([self.current(event_id)])
        if found:
            return found[0]
        if self.mentions(self.current(event_id)):
            raise LedgerError(
                f"event {event_id} was rejected by an editor",
                hint="`lodewire review log` says by whom and why; `lodewire review undo` takes "
                "it back",
            )
        raise LedgerError(f"no event {event_id}", hint="`lodewire search` finds events")

    def get_all(self, ids: Iterable[EventId]) -> tuple[Event, ...]:
        """Return the live events of ``ids``, in the order asked for, as decisions leave them.

        An event of which every mention was rejected is none.
        """
        wanted = list(dict.fromkeys(ids))
        with self._access.reading() as connection:
            told = self._told(connection, event_members.c.event_id, wanted)
            by_event: dict[EventId, list[ToldMention]] = {}
            for t in told:
                assert t.event_id is not None
                by_event.setdefault(t.event_id, []).append(t)
            said = self._statements(connection, [t.mention.id for t in told])
            desks = self._desks(connection, [t.document_id for t in told])
            told_in = {t.document_id for t in told}
            effects = effects_on(connection, told_in, self._access.moment)
        found: list[Event] = []
        for event_id in wanted:
            members = by_event.get(event_id, ())
            stated = [effects.on_statement(s) for t in members for s in said.get(t.mention.id, ())]
            if counting := effects.on_mentions(members, stated):
                found.append(event_view(event_id, counting, stated, desks))
        return tuple(found)

    def current(self, event_id: EventId) -> EventId:
        """Return the event that the founder of ``event_id`` belongs to now."""
        from sqlalchemy import select

        with self._access.reading() as connection:
            there = connection.scalar(
                live(event_members.c.event_id, self._access.past)
                .where(event_members.c.event_id == event_id)
                .limit(1)
            )
            if there is not None:
                return event_id
            founder = select(events.c.founder).where(events.c.id == event_id).scalar_subquery()
            moved = connection.scalar(
                live(event_members.c.event_id, self._access.past).where(
                    event_members.c.mention_id == founder
                )
            )
            if moved is None:
                moved = self._gone_on(connection, event_id, founder)
        return EventId(moved) if moved is not None else event_id

    def _gone_on(self, connection: Connection, event_id: EventId, founder: Any) -> str | None:
        """Where the mentions of an event are whose founder was withdrawn with an older version."""
        from sqlalchemy import func, select

        past = self._access.past
        once = event_members.alias("once")
        moved: str | None = connection.scalar(
            live(event_members.c.event_id, past)
            .join(once, once.c.mention_id == event_members.c.mention_id)
            .where(once.c.event_id == event_id)
            .group_by(event_members.c.event_id)
            .order_by(func.count().desc(), event_members.c.event_id)
            .limit(1)
        )
        if moved is not None:
            return moved
        told = connection.execute(
            select(event_mentions.c.document_id, event_mentions.c.type).where(
                event_mentions.c.id == founder
            )
        ).first()
        if told is None:
            return None
        found: str | None = connection.scalar(
            live(event_members.c.event_id, past)
            .join(event_mentions, event_mentions.c.id == event_members.c.mention_id)
            .where(
                event_mentions.c.document_id.in_(family_of(connection, told.document_id)),
                event_mentions.c.type == told.type,
            )
            .order_by(event_mentions.c.ordinal)
            .limit(1)
        )
        return found

    def of_day(self, day: date) -> tuple[Event, ...]:
        """Return the events that documents published on ``day`` tell (fetched, if undated)."""
        return self.get_all(self._events_where(documents.c.day == day.isoformat()))

    def of_days(self, first: date, last: date) -> tuple[Event, ...]:
        """Return the events that documents of the days from ``first`` to ``last`` tell, by id."""
        days = documents.c.day.between(first.isoformat(), last.isoformat())
        return self.get_all(self._events_where(days))

    def of_mentions(self, ids: Iterable[MentionId]) -> dict[MentionId, EventId]:
        """Return the live event of each mention."""
        from sqlalchemy import select

        found: dict[MentionId, EventId] = {}
        with self._access.reading() as connection:
            for some in chunks(ids):
                for row in connection.execute(
                    select(event_members.c.mention_id, event_members.c.event_id).where(
                        event_members.c.mention_id.in_(some), event_members.c.until.is_(None)
                    )
                ):
                    found[MentionId(row.mention_id)] = EventId(row.event_id)
        return found

    def first_documents(self, source_id: SourceId, count: int) -> tuple[DocumentId, ...]:
        """Return the first documents of a source that tell events, by day and id."""
        from sqlalchemy import exists, select

        telling = exists().where(event_mentions.c.document_id == documents.c.id)
        with self._access.reading() as connection:
            ids = connection.scalars(
                select(documents.c.id)
                .where(documents.c.source_id == source_id, telling)
                .order_by(documents.c.day, documents.c.id)
                .limit(count)
            ).all()
        return tuple(DocumentId(i) for i in ids)

    def for_document(self, document_id: DocumentId) -> tuple[Event, ...]:
        """Return the events that a document tells."""
        return self.get_all(self._events_where(documents.c.id == document_id))

    def ids_for_documents(self, ids: Iterable[DocumentId]) -> dict[DocumentId, list[EventId]]:
        """Return the live events of several documents, by id."""
        from sqlalchemy import select

        found: dict[DocumentId, list[EventId]] = {}
        with self._access.reading() as connection:
            for some in chunks(ids):
                for row in connection.execute(
                    select(event_mentions.c.document_id, event_members.c.event_id)
                    .join(event_members, event_members.c.mention_id == event_mentions.c.id)
                    .where(event_mentions.c.document_id.in_(some), member_holds(self._access.past))
                    .distinct()
                    .order_by(event_mentions.c.document_id, event_members.c.event_id)
                ):
                    found.setdefault(DocumentId(row.document_id), []).append(EventId(row.event_id))
        return found

    def told(self, ids: Iterable[MentionId]) -> tuple[ToldMention, ...]:
        """Return mentions by id, as read, by day and id."""
        with self._access.reading() as connection:
            found = self._told(connection, event_mentions.c.id, ids)
        return tuple(sorted(found, key=lambda t: (t.reported, t.mention.id)))

    def mentions(self, event_id: EventId) -> tuple[ToldMention, ...]:
        """Return the mentions of a live event, by day and id."""
        with self._access.reading() as connection:
            found = self._told(connection, event_members.c.event_id, [event_id])
        return tuple(sorted(found, key=lambda t: (t.reported, t.mention.id)))

    def _events_where(self, condition: Any) -> list[EventId]:
        with self._access.reading() as connection:
            ids = connection.scalars(
                live(event_members.c.event_id, self._access.past)
                .join(event_mentions, event_mentions.c.id == event_members.c.mention_id)
                .join(documents, documents.c.id == event_mentions.c.document_id)
                .where(condition)
                .distinct()
                .order_by(event_members.c.event_id)
            ).all()
        return [EventId(i) for i in ids]

    def _told(
        self, connection: Connection, column: Any, values: Iterable[str]
    ) -> list[ToldMention]:
        found: list[ToldMention] = []
        query = told_query(self._access.past, placed=column.table is event_members)
        for some in chunks(values):
            rows = connection.execute(query.where(column.in_(some)))
            found += [told_of(row) for row in rows]
        return found

    def _statements(
        self, connection: Connection, mention_ids: Iterable[str]
    ) -> dict[str, list[Statement]]:
        found: dict[str, list[Statement]] = {}
        for some in chunks(mention_ids):
            for row in connection.execute(
                statement_query(self._access.past)
                .where(statements_table.c.subject.in_(some))
                .order_by(statements_table.c.id)
            ):
                found.setdefault(row.subject, []).append(statement_of(row))
        return found

    def _desks(
        self, connection: Connection, ids: Iterable[DocumentId]
    ) -> dict[DocumentId, list[DeskScore]]:
        from sqlalchemy import select

        found: dict[DocumentId, list[DeskScore]] = {}
        for some in chunks(ids):
            for row in connection.execute(
                select(document_desks)
                .where(document_desks.c.document_id.in_(some))
                .order_by(document_desks.c.desk)
            ):
                scored = DeskScore(desk=Desk(row.desk), score=row.score)
                found.setdefault(DocumentId(row.document_id), []).append(scored)
        return found

    def _sharing(
        self, connection: Connection, keys: Sequence[str], day: date, window: int
    ) -> set[str]:
        from sqlalchemy import select

        first = (day - timedelta(days=window)).isoformat()
        last = (day + timedelta(days=window)).isoformat()
        found: set[str] = set()
        for some in chunks(keys):
            found.update(
                connection.scalars(
                    select(mention_keys.c.mention_id).where(
                        mention_keys.c.key.in_(some), mention_keys.c.day.between(first, last)
                    )
                )
            )
        return found

    def _judged_with(self, connection: Connection, mention_id: MentionId) -> set[str]:
        from sqlalchemy import or_, select

        rows = connection.execute(
            select(judgements.c.left_id, judgements.c.right_id).where(
                or_(judgements.c.left_id == mention_id, judgements.c.right_id == mention_id),
                judgements.c.deleted_at.is_(None),
            )
        )
        return {i for row in rows for i in row}
