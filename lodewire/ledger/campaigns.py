"""Campaigns, and the copies that each began with; what becomes of these is in copies.py."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from lodewire.errors import LedgerError
from lodewire.ledger.access import Access
from lodewire.ledger.codec import time_of, time_text
from lodewire.ledger.schema import campaigns, deliveries, subscribers
from lodewire.model.audience import (
    Campaign,
    CampaignId,
    CampaignKind,
    CampaignState,
    Delivery,
    DeliveryState,
    SubscriberId,
)
from lodewire.model.ids import BriefId

if TYPE_CHECKING:
    from sqlalchemy import Connection

_ROWS = 1_000  # copies added by one statement
_MOVES = {
    CampaignState.PAUSED: (CampaignState.SENDING,),
    CampaignState.SENDING: (CampaignState.PAUSED,),
    CampaignState.CANCELLED: (CampaignState.SENDING, CampaignState.PAUSED),
}


class CampaignStore:
    """Keeps campaigns and deliveries."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def start(self, campaign: Campaign, due: Iterable[tuple[SubscriberId, datetime]]) -> bool:
        """Add a campaign with a copy queued for each subscriber; False when it was there.

        Who subscribes later is not part of it, so nobody who left and came back gets it twice.
        """
        with self._access.writing() as connection:
            if self._row(connection, campaign.id) is not None:
                return False
            row = {
                "id": campaign.id,
                "day": campaign.day.isoformat(),
                "send_on": campaign.send_on.isoformat(),
                "briefs": json.dumps(campaign.briefs),
                "state": campaign.state.value,
                "created_at": time_text(campaign.created_at),
                "kind": campaign.kind.value,
                "about": campaign.about,
            }
            connection.execute(campaigns.insert(), [row])
            left = iter(due)
            while some := list(islice(left, _ROWS)):
                queued = [_queued(campaign.id, id_, at) for id_, at in some]
                self._access.add_new(connection, deliveries, queued)
        return True

    def get(self, id_: CampaignId) -> Campaign | None:
        """Return a campaign; None where there is none."""
        with self._access.reading() as connection:
            row = self._row(connection, id_)
        return None if row is None else _campaign(row)

    def all(self) -> tuple[Campaign, ...]:
        """Return the campaigns, latest day first."""
        from sqlalchemy import select

        with self._access.reading() as connection:
            rows = connection.execute(select(campaigns).order_by(campaigns.c.day.desc())).all()
        return tuple(map(_campaign, rows))

    def move(self, id_: CampaignId, to: CampaignState, *, at: datetime) -> Campaign:
        """Pause, resume or cancel; what a cancelled campaign has not sent is skipped.

        Repeating it changes nothing. Raises LedgerError for a campaign that is not there or was
        cancelled.
        """
        with self._access.writing() as connection:
            row = self._row(connection, id_)
            if row is None:
                raise LedgerError(
                    "there is no such campaign", hint="lodewire campaign status lists them"
                )
            now = CampaignState(row.state)
            if now is not to and now not in _MOVES[to]:
                raise LedgerError(
                    f"a {now.value} campaign cannot go on",
                    hint="a cancelled campaign stays cancelled; the next day has its own",
                )
            connection.execute(
                campaigns.update().where(campaigns.c.id == id_).values(state=to.value)
            )
            if to is CampaignState.CANCELLED:
                values = _settled(DeliveryState.SKIPPED, "campaign cancelled", at)
                connection.execute(
                    deliveries.update()
                    .where(deliveries.c.campaign_id == id_, deliveries.c.state == "queued")
                    .values(**values)
                )
            return _campaign(self._row(connection, id_))

    def deliveries(
        self,
        id_: CampaignId,
        *states: DeliveryState,
        of: Collection[SubscriberId] | None = None,
    ) -> tuple[tuple[Delivery, str], ...]:
        """Return (copy, address) of a campaign, by subscriber; in certain states only, if named.

        With ``of`` only the copies of a few subscribers.
        """
        from sqlalchemy import select

        query = (
            select(deliveries, subscribers.c.address)
            .join(subscribers, subscribers.c.id == deliveries.c.subscriber_id)
            .where(deliveries.c.campaign_id == id_)
            .order_by(deliveries.c.subscriber_id)
        )
        if states:
            query = query.where(deliveries.c.state.in_([s.value for s in states]))
        if of is not None:
            query = query.where(deliveries.c.subscriber_id.in_(list(of)))
        with self._access.reading() as connection:
            return tuple((_delivery(row), row.address) for row in connection.execute(query))

    def of_subscriber(self, id_: SubscriberId) -> tuple[Delivery, ...]:
        """Return every copy meant for one subscriber, by the time it was due."""
        from sqlalchemy import select

        query = (
            select(deliveries)
            .where(deliveries.c.subscriber_id == id_)
            .order_by(deliveries.c.due_at, deliveries.c.campaign_id)
        )
        with self._access.reading() as connection:
            return tuple(map(_delivery, connection.execute(query)))

    def counts(self, id_: CampaignId) -> dict[DeliveryState, int]:
        """Return how many copies of a campaign are in each state."""
        from sqlalchemy import func, select

        query = (
            select(deliveries.c.state, func.count().label("n"))
            .where(deliveries.c.campaign_id == id_)
            .group_by(deliveries.c.state)
        )
        with self._access.reading() as connection:
            found = {DeliveryState(row.state): row.n for row in connection.execute(query)}
        return {state: found.get(state, 0) for state in DeliveryState}

    def counts_by_kind(self) -> dict[tuple[CampaignKind, DeliveryState], int]:
        """Return how many copies of each kind of campaign are in each state that occurs."""
        from sqlalchemy import func, select

        query = (
            select(campaigns.c.kind, deliveries.c.state, func.count().label("n"))
            .join(campaigns, campaigns.c.id == deliveries.c.campaign_id)
            .group_by(campaigns.c.kind, deliveries.c.state)
            .order_by(campaigns.c.kind, deliveries.c.state)
        )
        with self._access.reading() as connection:
            return {
                (CampaignKind(row.kind), DeliveryState(row.state)): row.n
                for row in connection.execute(query)
            }

    def next_due(self, id_: CampaignId) -> datetime | None:
        """Return when the next queued copy may be tried; None when nothing is queued."""
        from sqlalchemy import func, select

        query = select(func.min(deliveries.c.next_at)).where(
            deliveries.c.campaign_id == id_, deliveries.c.state == DeliveryState.QUEUED.value
        )
        with self._access.reading() as connection:
            found = connection.scalar(query)
        return None if found is None else time_of(found)

    def _row(self, connection: Connection, id_: str) -> Any:
        from sqlalchemy import select

        return connection.execute(select(campaigns).where(campaigns.c.id == id_)).first()


def _queued(id_: str, subscriber: str, at: datetime) -> dict[str, Any]:
    return {
        "campaign_id": id_,
        "subscriber_id": subscriber,
        "state": DeliveryState.QUEUED.value,
        "due_at": time_text(at),
        "next_at": time_text(at),
        "attempts": 0,
        "claimed_by": None,
        "claimed_at": None,
        "settled_at": None,
        "reason": "",
        "letter_id": None,
    }


def _settled(state: DeliveryState, reason: str, at: datetime) -> dict[str, Any]:
    return {"state": state.value, "reason": reason, "settled_at": time_text(at)}


def _campaign(row: Any) -> Campaign:
    return Campaign(
        day=date.fromisoformat(row.day),
        send_on=date.fromisoformat(row.send_on),
        briefs=tuple(BriefId(id_) for id_ in json.loads(row.briefs)),
        state=CampaignState(row.state),
        created_at=time_of(row.created_at),
        kind=CampaignKind(row.kind),
        about=row.about,
    )


def _delivery(row: Any) -> Delivery:
    return Delivery(
        campaign_id=row.campaign_id,
        subscriber_id=row.subscriber_id,
        state=DeliveryState(row.state),
        due_at=time_of(row.due_at),
        next_at=time_of(row.next_at),
        attempts=row.attempts,
        claimed_by=row.claimed_by,
        claimed_at=None if row.claimed_at is None else time_of(row.claimed_at),
        settled_at=None if row.settled_at is None else time_of(row.settled_at),
        reason=row.reason,
        letter_id=row.letter_id,
    )
