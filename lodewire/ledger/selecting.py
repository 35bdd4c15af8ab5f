"""Events by what they are: filters, a stable order, a few hundred in memory at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Any

from lodewire.ledger.access import Access, unled
from lodewire.ledger.amounts import AmountFilter, stated_bounds, word_key
from lodewire.ledger.events import EventStore
from lodewire.ledger.kin import Shared, events_sharing
from lodewire.ledger.past import member_holds, retracted
from lodewire.ledger.schema import (
    decision_documents,
    document_desks,
    documents,
    event_members,
    event_mentions,
    statements,
)
from lodewire.ledger.views import mention_statuses
from lodewire.ledger.windows import newest_first
from lodewire.model.event import Event
from lodewire.model.ids import EntityId, EventId
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import Desk, EventType, Status

if TYPE_CHECKING:
    from sqlalchemy import Connection

_FIRST, _BATCH = 25, 200  # events read at once: few at first, for whoever wants but a screenful
_SHORT = timedelta(days=31)
_MANY = 1_000  # events that may fit, from which on the newest are sought day by day


class EventOrder(StrEnum):
    """By the day first reported, the amount asked for or the documents that tell it; then by id.

    The largest amount and the most told come first.
    """

    NEWEST = "newest"
    OLDEST = "oldest"
    AMOUNT = "amount"
    TOLD = "told"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleFilter:
    """One role filled by one of ``entities``, or by exactly these words, whatever their case."""

    role: str
    entities: frozenset[EntityId] = frozenset()
    value: str = ""

    def fits(self, statement: Statement) -> bool:
        """Tell whether a statement fills the role so."""
        return statement.property == self.role and (
            statement.entity in self.entities or statement.value.casefold() == self.value.casefold()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFilters:
    """What an event must be; empty fields ask for nothing.

    ``since``/``until`` bound the day it was first reported. Of each group in ``entities`` a live
    statement must name one. ``roles`` must all be filled so.
    """

    since: date | None = None
    until: date | None = None
    desk: Desk | None = None
    type: EventType | None = None
    status: Status | None = None
    entities: tuple[frozenset[EntityId], ...] = ()
    roles: tuple[RoleFilter, ...] = ()
    amount: AmountFilter | None = None


Key = str | int | Decimal
"""What events are ordered by: a day as ISO text, a number of documents, an amount."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An event that may fit, at its place: the value it is ordered by, and its id."""

    key: Key
    id: EventId


class Selection:
    """Yields events that filters let through."""

    def __init__(self, access: Access, events: EventStore) -> None:
        self._access = access
        self._events = events

    def __call__(
        self,
        filters: EventFilters | None = None,
        *,
        order: EventOrder = EventOrder.NEWEST,
        among: frozenset[EventId] | None = None,
        after: tuple[date, EventId] | None = None,
        first: int = _FIRST,
    ) -> Iterator[Event]:
        """Yield events in a stable order; the ledger is read as one state until the end.

        ``among`` lets only these through; ``after`` those that stand behind an event of a day,
        newest first, whether it is still there or not; ``first`` is how many will be taken at
        least, where that is known. Order AMOUNT needs an amount to be asked
        for: amounts in several units have no order. Raises ValueError without one, and for
        ``after`` in another order than NEWEST.
        """
        if after is not None and order is not EventOrder.NEWEST:
            raise ValueError("only the newest can be asked for after one of them")
        wanted = filters or EventFilters()
        last = None if after is None else (after[0].isoformat(), after[1])
        found = self.at_places(wanted, order=order, among=among, after=last, first=first)
        yield from (event for _, event in found)

    def at_places(
        self,
        filters: EventFilters,
        *,
        order: EventOrder = EventOrder.NEWEST,
        among: frozenset[EventId] | None = None,
        after: tuple[Key, EventId] | None = None,
        first: int = _FIRST,
    ) -> Iterator[tuple[Placed, Event]]:
        """Yield events with their places, after a place of this order where one is named.

        The newest are found as far as they are asked for; any other order needs all places first.
        The ledger is read as one state until the end. Raises ValueError as :meth:`placed` does.
        """
        with self._access.reading() as connection:
            if order is EventOrder.NEWEST and self._are_many(connection, filters, among):
                places = self._newest(connection, filters, among, after)
            else:
                placed = self.placed(filters, order=order, among=among)
                places = iter(placed if after is None else behind(placed, order, after))
            yield from self.through(places, filters, size=first)

    def sharing(
        self, telling: frozenset[EntityId], names: Collection[EntityId], *, most: int
    ) -> tuple[Shared, ...]:
        """Return events of the latest documents that name one of ``telling``: see :mod:`.kin`."""
        return events_sharing(self._access, telling, names, most=most)

    def _are_many(
        self,
        connection: Connection,
        filters: EventFilters,
        among: frozenset[EventId] | None,
    ) -> bool:
        """Whether so many may fit that placing all of them costs more than looking day by day."""
        from sqlalchemy import func, select

        if filters.amount is not None:
            return False
        if among is not None and len(among) < _MANY:
            return False
        since, until = filters.since, filters.until
        if since is not None and until is not None and until - since <= _SHORT:
            return True
        asked = replace(filters, since=None, until=None)
        return all(
            connection.scalar(select(func.count()).select_from(found.limit(_MANY).subquery()))
            == _MANY
            for found in _subqueries(asked, self._access.past)
        )

    def _newest(
        self,
        connection: Connection,
        filters: EventFilters,
        among: frozenset[EventId] | None,
        after: tuple[Key, EventId] | None,
    ) -> Iterator[Placed]:
        until = filters.until
        if after is not None:
            last = date.fromisoformat(str(after[0]))
            until = last if until is None else min(last, until)
        past = self._access.past
        told = newest_first(
            connection,
            _subqueries(replace(filters, since=None, until=None), past, of_few=True),
            _decided(past),
            since=filters.since,
            until=until,
            at=past,
        )
        for id_, day in told:
            if id_ is None:
                # Before this day few of many fit: placing those is less work.
                rest = self.placed(replace(filters, until=date.fromisoformat(day)), among=among)
                yield from (p for p in rest if str(p.key) <= day)
                return
            behind_it = after is None or day < str(after[0]) or id_ > after[1]
            if behind_it and (among is None or id_ in among):
                yield Placed(day, id_)

    def placed(
        self,
        filters: EventFilters,
        *,
        order: EventOrder = EventOrder.NEWEST,
        among: frozenset[EventId] | None = None,
    ) -> tuple[Placed, ...]:
        """Return the places of all events that may fit, in their order, without reading them.

        What does fit is among them: :meth:`through` tells. Whoever turns pages may keep them.
        Raises ValueError for order AMOUNT without an amount.
        """
        if order is EventOrder.AMOUNT and filters.amount is None:
            raise ValueError("amounts in several units have no order")
        with self._access.reading() as connection:
            return self._placed(connection, filters, order, among)

    def through(
        self, places: Iterable[Placed], filters: EventFilters, *, size: int = _FIRST
    ) -> Iterator[tuple[Placed, Event]]:
        """Yield the events at ``places`` that fit, in order; ``size`` are read at once at first."""
        rest = iter(places)
        while some := list(islice(rest, size)):
            there = {e.id: e for e in self._events.get_all([p.id for p in some])}
            for place in some:
                event = there.get(place.id)
                if event is not None and _fits(event, filters):
                    yield place, event
            size = min(2 * size, _BATCH)

    def _placed(
        self,
        connection: Connection,
        filters: EventFilters,
        order: EventOrder,
        among: frozenset[EventId] | None,
    ) -> tuple[Placed, ...]:
        from sqlalchemy import distinct, func, select, union

        told = order is EventOrder.TOLD
        count = func.count(distinct(documents.c.id))
        query = (
            select(event_members.c.event_id, count if told else func.min(documents.c.day))
            .join(event_mentions, event_mentions.c.id == event_members.c.mention_id)
            .join(documents, documents.c.id == event_mentions.c.document_id)
            .where(member_holds(self._access.past))
            .group_by(event_members.c.event_id)
        )
        decided_now = _decided(self._access.past)
        if (found := _let_through(filters, self._access.past)) is not None:
            # What an editor changed stands in decisions, not in the rows that are asked here.
            either = union(found, decided_now).subquery()
            query = query.where(event_members.c.event_id.in_(select(either.c.event_id)))
        keys: dict[EventId, Key] = {
            EventId(id_): key
            for id_, key in connection.execute(query)
            if among is None or id_ in among
        }
        if filters.amount is not None:
            largest = _amounts(connection, filters.amount, self._access.past)
            decided = frozenset(connection.scalars(decided_now))
            for event in self._events.get_all(sorted(keys.keys() & decided)):
                _correct(largest, event, filters.amount)
            amounts = order is EventOrder.AMOUNT
            keys = {i: largest[i] if amounts else keys[i] for i in keys.keys() & largest.keys()}
        # Sorted here: engines differ in how they order text.
        ids = sorted(keys)
        ids.sort(key=keys.__getitem__, reverse=order is not EventOrder.OLDEST)
        return tuple(Placed(keys[i], i) for i in ids)


def behind(
    placed: Sequence[Placed], order: EventOrder, last: tuple[Key, EventId]
) -> tuple[Placed, ...]:
    """Return what stands behind a place in this order, whether its event is still there or not."""
    key, id_ = last
    rising = order is EventOrder.OLDEST
    return tuple(
        p
        for p in placed
        if (p.key == key and p.id > id_) or (p.key > key if rising else p.key < key)  # type: ignore[operator]
    )


def _fits(event: Event, filters: EventFilters) -> bool:
    """The whole question, once the mentions are seen together and as editors left them."""
    live = [s for s in event.statements if s.retracted_at is None]
    named = {s.entity for s in live}
    day = event.reported
    return (
        (filters.type is None or event.type is filters.type)
        and (filters.status is None or event.status is filters.status)
        and (filters.desk is None or filters.desk in event.desks)
        and (filters.since is None or (day is not None and day >= filters.since))
        and (filters.until is None or (day is not None and day <= filters.until))
        and not any(named.isdisjoint(group) for group in filters.entities)
        and all(any(role.fits(s) for s in live) for role in filters.roles)
        and (filters.amount is None or any(filters.amount.holds_for(s) for s in live))
    )


def _correct(largest: dict[EventId, Decimal], event: Event, amount: AmountFilter) -> None:
    """Put the amounts of an event that an editor decided on as they stand now."""
    largest.pop(event.id, None)
    for s in event.statements:
        if amount.holds_for(s):
            most = _largest(s.value, s.qualifier)
            largest[event.id] = max(most, largest.get(event.id, most))


def _largest(value: str, qualifier: str | None) -> Decimal:
    bounds = stated_bounds(value, qualifier) or ()
    return max(b for b in bounds if b is not None)


def _decided(at: str | None) -> Any:
    """Events told by documents on which an editor decided something."""
    told = _of_mentions(at).join(
        decision_documents, decision_documents.c.document_id == event_mentions.c.document_id
    )
    return told.distinct()


def _let_through(filters: EventFilters, at: str | None) -> Any | None:
    """A SELECT of the ids of events that may pass the filters; None where nothing is asked."""
    told: Any | None = None
    for other in _subqueries(filters, at):
        told = other if told is None else told.where(event_members.c.event_id.in_(other))
    return told


def _subqueries(filters: EventFilters, at: str | None, *, of_few: bool = False) -> list[Any]:
    """One SELECT of event ids for each filter: what it lets through is among them.

    ``of_few``: each is asked about a few events that are known (see :func:`.access.unled`).
    """
    from sqlalchemy import or_

    def col(column: Any) -> Any:
        return unled(column) if of_few else column

    found: list[Any] = []
    if filters.since is not None or filters.until is not None:
        # The day first reported is the day of one of the documents.
        days = [] if filters.since is None else [documents.c.day >= filters.since.isoformat()]
        days += [] if filters.until is None else [documents.c.day <= filters.until.isoformat()]
        told = _of_mentions(at).join(documents, documents.c.id == event_mentions.c.document_id)
        found.append(told.where(*days))
    if filters.amount is not None:
        found.append(_of_statements(at).where(filters.amount.condition()))
    if filters.type is not None:
        found.append(_of_mentions(at).where(col(event_mentions.c.type) == filters.type.value))
    if filters.status is not None:
        may = [s.value for s in mention_statuses(filters.status)]
        found.append(_of_mentions(at).where(event_mentions.c.status.in_(may)))
    if filters.desk is not None:
        told = _of_mentions(at).join(
            document_desks, document_desks.c.document_id == event_mentions.c.document_id
        )
        found.append(told.where(col(document_desks.c.desk) == filters.desk.value))
    for group in filters.entities:
        found.append(_of_statements(at).where(col(statements.c.entity).in_(sorted(group))))
    for role in filters.roles:
        named = [col(statements.c.entity).in_(sorted(role.entities))] if role.entities else []
        same = col(statements.c.word_key) == word_key(role.value)
        found.append(
            _of_statements(at).where(col(statements.c.property) == role.role, or_(same, *named))
        )
    return found


def _of_mentions(at: str | None) -> Any:
    from sqlalchemy import select

    return (
        select(event_members.c.event_id)
        .join(event_mentions, event_mentions.c.id == event_members.c.mention_id)
        .where(member_holds(at))
    )


def _of_statements(at: str | None) -> Any:
    from sqlalchemy import select

    return (
        select(event_members.c.event_id)
        .join(statements, statements.c.subject == event_members.c.mention_id)
        .where(member_holds(at), retracted(at).is_(None))
    )


def _amounts(
    connection: Connection, amount: AmountFilter, at: str | None
) -> dict[EventId, Decimal]:
    """Events that state such an amount, with the largest."""
    found: dict[EventId, Decimal] = {}
    columns = (statements.c.value, statements.c.qualifier)
    query = _of_statements(at).add_columns(*columns).where(amount.condition())
    for row in connection.execute(query.execution_options(yield_per=1000)):
        most = _largest(row.value, row.qualifier)
        found[row.event_id] = max(most, found.get(row.event_id, most))
    return found
