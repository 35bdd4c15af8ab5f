"""Events newest first without placing all of them: windows of days, from the latest backwards.

Whoever reads a screenful of a desk's latest events would otherwise wait for every event that ever
was on it to be grouped and sorted. An event stands on the day of its earliest document, so the
events of a window of days are told by that window's documents and the earliest day of each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from lodewire.ledger.past import member_holds
from lodewire.ledger.schema import documents, event_members, event_mentions
from lodewire.model.ids import EventId

if TYPE_CHECKING:
    from sqlalchemy import Connection

# A window that let few events through is followed by a longer one, after many by a shorter one.
_FEW, _MANY, _STEP = 60, 300, 2
_LONGEST = 4_096  # days
# Documents looked through before it is given up, and how many more each event found allows.
_PATIENCE, _WORTH = 4_000, 60


def newest_first(
    connection: Connection,
    conditions: Sequence[Any],
    decided: Any,
    *,
    since: date | None = None,
    until: date | None = None,
    at: str | None = None,
) -> Iterator[tuple[EventId | None, str]]:
    """Yield (event, its day) by day, the latest first, then by id, as far as is asked for.

    Where few of many fit, looking day by day takes longer than placing those that do: it is given
    up then, and what is yielded last is (None, the day before those that were looked through).

    ``conditions`` are SELECTs of ``event_members.event_id``: an event must be among each of them,
    or among ``decided``. ``since`` and ``until`` bound its day; ``at`` is a past moment's text.
    """
    end = "9999-12-31" if until is None else until.isoformat()
    first = "" if since is None else since.isoformat()
    days, seen, told = 1, 0, 0
    while (last := _last_day(connection, end)) is not None and last >= first:
        start = max(_before(last, days - 1), first)
        found = _window(connection, conditions, decided, (start, last), at)
        # Sorted here: engines differ in how they order text.
        found.sort()
        found.sort(key=lambda f: f[1], reverse=True)
        yield from found
        if start <= first or start <= "0001-01-01":
            return
        seen += _documents(connection, start, last)
        told += len(found)
        if seen > _PATIENCE + _WORTH * told:
            yield None, _before(start, 1)
            return
        if len(found) < _FEW:
            days = min(days * _STEP, _LONGEST)
        elif len(found) > _MANY:
            days = max(days // _STEP, 1)
        end = _before(start, 1)


def _last_day(connection: Connection, end: str) -> str | None:
    """The latest day up to ``end`` that a document is of: days without any are passed over."""
    from sqlalchemy import func, select

    query = select(func.max(documents.c.day)).where(documents.c.day <= end)
    found: str | None = connection.scalar(query)
    return found


def _documents(connection: Connection, start: str, last: str) -> int:
    from sqlalchemy import func, select

    query = select(func.count()).select_from(documents)
    return connection.scalar(query.where(documents.c.day.between(start, last))) or 0


def _before(day: str, days: int) -> str:
    told = date.fromisoformat(day)
    return (told - timedelta(days=min(days, (told - date.min).days))).isoformat()


def _window(
    connection: Connection,
    conditions: Sequence[Any],
    decided: Any,
    between: tuple[str, str],
    at: str | None,
) -> list[tuple[EventId, str]]:
    from sqlalchemy import and_, exists, func, or_, select

    start, last = between
    near = (
        _told(event_members.c.event_id, at)
        .where(documents.c.day >= start, documents.c.day <= last)
        .distinct()
        .subquery("near")
    )
    earliest = (
        _told(func.min(documents.c.day), at)
        .where(event_members.c.event_id == near.c.event_id)
        .correlate(near)
        .scalar_subquery()
    )
    query = select(near.c.event_id, earliest.label("day"))
    if conditions:
        passed = [
            exists(c.where(event_members.c.event_id == near.c.event_id).correlate(near))
            for c in conditions
        ]
        query = query.where(or_(and_(*passed), near.c.event_id.in_(decided)))
    rows = connection.execute(query)
    return [(EventId(row.event_id), row.day) for row in rows if row.day >= start]


def _told(what: Any, at: str | None) -> Any:
    from sqlalchemy import select

    return (
        select(what)
        .select_from(event_members)
        .join(event_mentions, event_mentions.c.id == event_members.c.mention_id)
        .join(documents, documents.c.id == event_mentions.c.document_id)
        .where(member_holds(at))
    )
