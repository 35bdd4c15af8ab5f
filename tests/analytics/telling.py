"""Events from a few words, as the ledger's views give them, for the tests of analytics."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from lodewire.ledger.told import ToldMention
from lodewire.ledger.views import event_view
from lodewire.model.event import Event
from lodewire.model.ids import EventId, OriginId, SourceId
from lodewire.model.vocabulary import Modality, Status
from lodewire.resolve.statements import statements_of
from tests.resolve.telling import DAY, tell


def event(
    type_: str,
    *,
    id_: str = "",
    day: date = DAY,
    status: Status = Status.AGREED,
    modality: Modality = Modality.ASSERTED,
    **roles: str,
) -> Event:
    """One event told by one document on ``day``; roles as in :func:`tests.resolve.telling.tell`."""
    name = id_ or f"{type_}_{day}"
    mention = tell(type_, document=f"doc_{name}", status=status, modality=modality, **roles)
    seen = datetime.combine(day, time(8), UTC)
    said = statements_of(mention, source_id=SourceId("wire"), origin_id=OriginId(name), seen=seen)
    told = ToldMention(
        mention=mention,
        origin_id=OriginId(name),
        source_id=SourceId("wire"),
        reported=day,
        first_seen=seen,
        last_seen=seen,
        event_id=EventId(f"ev_{name}"),
    )
    return event_view(EventId(f"ev_{name}"), [told], said, {})
