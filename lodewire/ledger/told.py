"""An event mention with all that the ledger knows around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from lodewire.ledger.codec import loads, time_of
from lodewire.ledger.past import last_seen, member_holds, places
from lodewire.ledger.schema import documents, event_members, event_mentions
from lodewire.model.event import EventMention
from lodewire.model.ids import DocumentId, EventId, OriginId, SourceId


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldMention:
    """A mention, when it was reported and seen, whose words it is, and its event if resolved.

    ``reported`` is the day the document was published (fetched, where none is declared);
    ``first_seen``/``last_seen`` bound the fetches of the document. ``component`` groups mentions
    that may influence each other's place.
    """

    mention: EventMention
    reported: date
    first_seen: datetime
    last_seen: datetime
    source_id: SourceId
    origin_id: OriginId
    event_id: EventId | None = None
    component: str | None = None

    @property
    def document_id(self) -> DocumentId:
        """The document that tells it."""
        return self.mention.document_id


@lru_cache(maxsize=64)
def told_query(at: str | None = None, *, placed: bool = False) -> Any:
    """Return the SELECT behind :func:`told_of`, as known ``at``; callers add their conditions.

    ``placed`` leaves out mentions without an event: asked by event, the engine then begins with
    the members of that event, not with all mentions.
    """
    from sqlalchemy import and_, select

    place = places(at)
    return (
        select(
            event_mentions.c.id,
            event_mentions.c.body,
            documents.c.day,
            documents.c.first_seen,
            last_seen(at).label("last_seen"),
            documents.c.source_id,
            place.c.origin_id,
            event_members.c.event_id,
            event_members.c.component,
        )
        .select_from(event_mentions)
        .join(documents, documents.c.id == event_mentions.c.document_id)
        .join(place, place.c.document_id == documents.c.id)
        .join(
            event_members,
            and_(event_members.c.mention_id == event_mentions.c.id, member_holds(at)),
            isouter=not placed,
        )
    )


@lru_cache(maxsize=4_000)
def _mention(body: str) -> EventMention:
    return loads(EventMention, body)


def told_of(row: Any) -> ToldMention:
    """Return the model of one row of :func:`told_query`."""
    return ToldMention(
        mention=_mention(row.body),
        reported=date.fromisoformat(row.day),
        first_seen=time_of(row.first_seen),
        last_seen=time_of(row.last_seen),
        source_id=SourceId(row.source_id),
        origin_id=OriginId(row.origin_id),
        event_id=EventId(row.event_id) if row.event_id is not None else None,
        component=row.component,
    )
