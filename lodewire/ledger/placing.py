"""Writing the places of mentions: a place that ends keeps its row, with the time it ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from lodewire.ledger import work
from lodewire.ledger.access import Access, chunks
from lodewire.ledger.codec import time_text
from lodewire.ledger.judgements import add_judgements, end_judgements
from lodewire.ledger.past import member_holds
from lodewire.ledger.schema import (
    documents,
    event_members,
    event_mentions,
    events,
    judgements,
    mention_keys,
)
from lodewire.ledger.work import Stage
from lodewire.model.ids import EventId, MentionId
from lodewire.model.statement import Judgement

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Placed(Protocol):
    """What the ledger asks of a placement (see ``lodewire.resolve.events.Placement``)."""

    @property
    def mention_id(self) -> MentionId:
        """The mention placed."""

    @property
    def event_id(self) -> EventId:
        """The event it belongs to from now on."""

    @property
    def founder(self) -> MentionId:
        """The first mention of that event."""

    @property
    def component(self) -> str:
        """The group of mentions that may influence each other."""

    @property
    def at(self) -> datetime:
        """Since when."""


class Resolved(Protocol):
    """What the ledger asks of a resolution (see ``lodewire.resolve.events.Resolution``)."""

    @property
    def placements(self) -> Sequence[Placed]:
        """New and moved mentions."""

    @property
    def judgements(self) -> Sequence[Judgement]:
        """Why."""

    @property
    def judged(self) -> Sequence[MentionId]:
        """Mentions whose live judgements by ``author`` (as ``left``) the given ones replace."""

    @property
    def author(self) -> str:
        """Who judged."""

    @property
    def at(self) -> datetime:
        """The time of moves."""


def live(what: Any, at: str | None = None) -> Any:
    """Return a SELECT of ``what`` over the places that hold now, or held ``at``."""
    from sqlalchemy import select

    return select(what).where(member_holds(at))


def withdraw(
    access: Access, connection: Connection, mention_ids: Iterable[MentionId], at: datetime
) -> None:
    """End the places of mentions, and the judgements that placed them or others by them."""
    from sqlalchemy import or_, select

    moment = time_text(at)
    for some in chunks(mention_ids):
        for id_, kept in _live_members(connection, some).items():
            _update(connection, MentionId(id_), until=max(moment, kept.since))
        rows = connection.execute(
            select(judgements).where(
                or_(judgements.c.left_id.in_(some), judgements.c.right_id.in_(some)),
                judgements.c.author.like("resolve/%"),
                judgements.c.deleted_at.is_(None),
            )
        ).all()
        end_judgements(access, connection, rows, at=moment)
        connection.execute(mention_keys.delete().where(mention_keys.c.mention_id.in_(some)))


def add_keys(
    access: Access, connection: Connection, keys: Iterable[tuple[MentionId, Sequence[str], date]]
) -> None:
    """Add the keys by which mentions find each other."""
    rows = [
        {"key": key, "day": day.isoformat(), "mention_id": mention_id}
        for mention_id, told, day in keys
        for key in dict.fromkeys(told)
    ]
    access.add_new(connection, mention_keys, rows)


def place(access: Access, connection: Connection, resolution: Resolved) -> None:
    """Write new places, end those left, and replace the judgements behind them."""
    _place(access, connection, resolution.placements)
    _retire(access, connection, resolution)
    add_judgements(access, connection, resolution.judgements, at=resolution.at)


def requeue(access: Access, connection: Connection, mention_ids: Iterable[str]) -> None:
    """Have mentions placed anew, with all that their documents tell."""
    from sqlalchemy import select

    for some in chunks(mention_ids):
        rows = connection.execute(
            select(documents.c.id, documents.c.day)
            .join(event_mentions, event_mentions.c.document_id == documents.c.id)
            .where(event_mentions.c.id.in_(some))
            .distinct()
        ).all()
        found = [(row.id, f"{row.day} 0 {row.id}") for row in rows]
        work.enqueue(access, connection, Stage.RESOLVE, found)


def _place(access: Access, connection: Connection, placements: Sequence[Placed]) -> None:
    if not placements:
        return
    founded = {p.event_id: p.founder for p in placements}
    access.add_new(connection, events, [{"id": e, "founder": f} for e, f in founded.items()])
    there = _live_members(connection, [p.mention_id for p in placements])
    fresh = []
    for p in placements:
        kept = there.get(p.mention_id)
        since = time_text(p.at)
        if kept is not None and kept.event_id == p.event_id:
            _update(connection, p.mention_id, component=p.component)
            continue
        if kept is not None:
            # A place cannot end before it began: at no moment does a mention have two.
            since = max(since, kept.since)
            _update(connection, p.mention_id, until=since)
        fresh.append(
            {
                "mention_id": p.mention_id,
                "event_id": p.event_id,
                "since": since,
                "until": None,
                "component": p.component,
            }
        )
    access.put(connection, event_members, ("until", "component"), fresh)


def _update(connection: Connection, mention_id: MentionId, **values: str) -> None:
    connection.execute(
        event_members.update()
        .where(event_members.c.mention_id == mention_id, event_members.c.until.is_(None))
        .values(**values)
    )


def _live_members(connection: Connection, ids: Iterable[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for some in chunks(ids):
        for row in connection.execute(
            live(event_members).where(event_members.c.mention_id.in_(some))
        ):
            found[row.mention_id] = row
    return found


def _retire(access: Access, connection: Connection, resolution: Resolved) -> None:
    from sqlalchemy import select

    kept = {j.id for j in resolution.judgements}
    for some in chunks(resolution.judged):
        rows = connection.execute(
            select(judgements).where(
                judgements.c.left_id.in_(some),
                judgements.c.author == resolution.author,
                judgements.c.deleted_at.is_(None),
            )
        ).all()
        gone = [row for row in rows if row.id not in kept]
        end_judgements(access, connection, gone, at=time_text(resolution.at))
