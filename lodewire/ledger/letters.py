"""What each distinct letter told, to whom it went, and what came back of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from lodewire.ledger.access import Access, chunks
from lodewire.ledger.codec import canonical, time_of, time_text
from lodewire.ledger.letter_tables import feedback, letters
from lodewire.ledger.schema import consents, deliveries
from lodewire.model.audience import (
    CampaignId,
    ConsentStep,
    DeliveryState,
    Feedback,
    FeedbackKind,
    SubscriberId,
)
from lodewire.model.ids import EventId, content_id

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

#: States in which a reader has, or may have, read the copy.
_READ = (DeliveryState.SENT.value, DeliveryState.UNCLEAR.value)


class LetterStore:
    """Keeps letters and feedback."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def keep(self, campaign: CampaignId, told: Mapping[EventId, str]) -> str:
        """Keep what a letter tells, event by event; returns its id, the same for the same."""
        text = canonical(dict(told))
        id_ = content_id("lt", campaign, text)
        with self._access.writing() as connection:
            row = {"id": id_, "campaign_id": campaign, "told": text}
            self._access.add_new(connection, letters, [row])
        return id_

    def read_by(
        self, ids: Iterable[SubscriberId], *, since: datetime
    ) -> dict[SubscriberId, tuple[str, ...]]:
        """Return the letters that went to subscribers since a time, earliest first."""
        from sqlalchemy import select

        found: dict[SubscriberId, list[str]] = {}
        query = (
            select(deliveries.c.subscriber_id, deliveries.c.letter_id)
            .where(
                deliveries.c.letter_id.is_not(None),
                deliveries.c.state.in_(_READ),
                deliveries.c.settled_at >= time_text(since),
            )
            .order_by(deliveries.c.settled_at)
        )
        with self._access.reading() as connection:
            for some in chunks(ids):
                rows = connection.execute(query.where(deliveries.c.subscriber_id.in_(some)))
                for row in rows:
                    found.setdefault(row.subscriber_id, []).append(row.letter_id)
        return {id_: tuple(there) for id_, there in found.items()}

    def told(self, ids: Iterable[str]) -> dict[str, dict[EventId, str]]:
        """Return what letters told."""
        from sqlalchemy import select

        found: dict[str, dict[EventId, str]] = {}
        with self._access.reading() as connection:
            for some in chunks(ids):
                rows = connection.execute(select(letters).where(letters.c.id.in_(some)))
                found.update({row.id: json.loads(row.told) for row in rows})
        return found

    def of_campaigns(self, ids: Iterable[CampaignId]) -> dict[str, dict[EventId, str]]:
        """Return every letter of some campaigns with what it told."""
        from sqlalchemy import select

        query = select(letters).where(letters.c.campaign_id.in_(list(ids)))
        with self._access.reading() as connection:
            return {row.id: json.loads(row.told) for row in connection.execute(query)}

    def readers_of(self, ids: Iterable[str]) -> tuple[SubscriberId, ...]:
        """Return who was, or may have been, sent one of the letters, by id."""
        from sqlalchemy import select

        found: set[SubscriberId] = set()
        with self._access.reading() as connection:
            for some in chunks(ids):
                query = select(deliveries.c.subscriber_id).where(
                    deliveries.c.letter_id.in_(some), deliveries.c.state.in_(_READ)
                )
                found.update(SubscriberId(id_) for id_ in connection.scalars(query))
        return tuple(sorted(found))

    def add_feedback(self, told: Feedback) -> bool:
        """Keep a bounce or complaint; False where the same was kept before."""
        row = {
            "id": told.id,
            "subscriber_id": told.subscriber_id,
            "campaign_id": told.campaign_id,
            "kind": told.kind.value,
            "source": told.source,
            "detail": told.detail,
            "at": time_text(told.at),
        }
        with self._access.writing() as connection:
            return bool(self._access.add_counted(connection, feedback, [row]))

    def feedback_of(
        self, id_: SubscriberId, *, since: datetime | None = None
    ) -> tuple[Feedback, ...]:
        """Return what came back of a subscriber's copies, earliest first."""
        from sqlalchemy import select

        query = select(feedback).where(feedback.c.subscriber_id == id_)
        if since is not None:
            query = query.where(feedback.c.at >= time_text(since))
        with self._access.reading() as connection:
            rows = connection.execute(query.order_by(feedback.c.at, feedback.c.id)).all()
        return tuple(
            Feedback(
                id=row.id,
                subscriber_id=row.subscriber_id,
                campaign_id=row.campaign_id,
                kind=FeedbackKind(row.kind),
                source=row.source,
                detail=row.detail,
                at=time_of(row.at),
            )
            for row in rows
        )

    def left_after(self, campaign: CampaignId) -> int:
        """Return how many readers left after their copy of a campaign and before the next one."""
        from sqlalchemy import distinct, func, select

        mine, later = deliveries, deliveries.alias()
        next_one = select(later.c.campaign_id).where(
            later.c.subscriber_id == mine.c.subscriber_id,
            later.c.settled_at > mine.c.settled_at,
            later.c.settled_at <= consents.c.at,
            later.c.state.in_(_READ),
        )
        query = (
            select(func.count(distinct(consents.c.subscriber_id)))
            .join(mine, mine.c.subscriber_id == consents.c.subscriber_id)
            .where(
                mine.c.campaign_id == campaign,
                mine.c.state.in_(_READ),
                mine.c.settled_at <= consents.c.at,
                consents.c.step == ConsentStep.WITHDRAWN.value,
                ~next_one.exists(),
            )
        )
        with self._access.reading() as connection:
            return int(connection.scalar(query) or 0)

    def feedback_counts(self, campaign: CampaignId | None = None) -> dict[FeedbackKind, int]:
        """Return how much of each kind came back, of a campaign or of all."""
        from sqlalchemy import func, select

        query = select(feedback.c.kind, func.count().label("n")).group_by(feedback.c.kind)
        if campaign is not None:
            fits: ColumnElement[bool] = feedback.c.campaign_id == campaign
            query = query.where(fits)
        with self._access.reading() as connection:
            found = {FeedbackKind(row.kind): row.n for row in connection.execute(query)}
        return {kind: found.get(kind, 0) for kind in FeedbackKind}
