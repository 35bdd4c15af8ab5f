"""Events that may be kin of another: what the latest documents that name the same tell.

Only what they name is read. Whole events are read of the few that share most.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from lodewire.ledger.access import Access, chunks, unled
from lodewire.ledger.past import known, member_holds, retracted
from lodewire.ledger.schema import document_entities, documents, event_members, statements
from lodewire.model.ids import EntityId, EventId

if TYPE_CHECKING:
    from sqlalchemy import Connection

_MANY = 1_000  # documents that name a thing, from which on the latest are sought day by day


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """An event, the day it was first reported, and what it names of what was asked."""

    id: EventId
    day: date
    names: frozenset[EntityId]


def events_sharing(
    access: Access, telling: frozenset[EntityId], names: Collection[EntityId], *, most: int
) -> tuple[Shared, ...]:
    """Return events of the ``most`` latest documents that name one of ``telling``.

    Each with what it names of ``names`` there, the newest first. What an editor changed, and what
    other documents tell of it, stands in the event itself.
    """
    from sqlalchemy import select

    with access.reading() as connection:
        latest = _latest_naming(connection, telling, most, access.past)
        found: dict[EventId, tuple[str, set[EntityId]]] = {}
        for ids in chunks(latest):
            query = (
                select(event_members.c.event_id, statements.c.document_id, statements.c.entity)
                .join(statements, statements.c.subject == event_members.c.mention_id)
                .where(
                    member_holds(access.past),
                    retracted(access.past).is_(None),
                    statements.c.document_id.in_(ids),
                    unled(statements.c.entity).in_(sorted(names)),
                )
            )
            for id_, document, entity in connection.execute(query):
                day, named = found.setdefault(EventId(id_), (latest[document], set()))
                named.add(EntityId(entity))
                found[EventId(id_)] = (min(day, latest[document]), named)
    told = [
        Shared(id=id_, day=date.fromisoformat(day), names=frozenset(named))
        for id_, (day, named) in found.items()
    ]
    return tuple(sorted(told, key=lambda s: (-s.day.toordinal(), s.id)))


def _latest_naming(
    connection: Connection, things: Collection[EntityId], most: int, at: str | None
) -> dict[str, str]:
    """The latest documents that name one of these, with their days.

    Where many do, they are met soon on the way back through the days; few are gathered and sorted.
    """
    from sqlalchemy import exists, func, select

    wanted = sorted(things)
    naming = select(document_entities.c.document_id).where(
        document_entities.c.entity_id.in_(wanted)
    )
    count = connection.scalar(select(func.count()).select_from(naming.limit(_MANY).subquery()))
    query = select(documents.c.id, documents.c.day).where(known(at))
    if count == _MANY:
        one = document_entities.c.document_id == documents.c.id
        named = unled(document_entities.c.entity_id).in_(wanted)
        query = query.where(exists().where(one, named).correlate(documents))
    else:
        query = query.where(documents.c.id.in_(naming))
    rows = connection.execute(query.order_by(documents.c.day.desc(), documents.c.id).limit(most))
    return {row.id: row.day for row in rows}
