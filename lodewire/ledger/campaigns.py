"""Campaigns, and one row for each copy: claimed before it is sent, settled after."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from lodewire.errors import LedgerError
from lodewire.ledger.access import Access
from lodewire.ledger.audience import subscriber_of
from lodewire.ledger.codec import time_of, time_text
from lodewire.ledger.schema import campaigns, deliveries, subscribers, suppressions
from lodewire.model.audience import (
    Campaign,
    CampaignId,
    CampaignState,
    Delivery,
    DeliveryState,
    Subscriber,
    SubscriberId,
    SubscriberState,
)
from lodewire.model.ids import BriefId

if TYPE_CHECKING:
    from sqlalchemy import Connection

_MOVES = {
    CampaignState.PAUSED: (CampaignState.SENDING,),
    CampaignState.SENDING: (CampaignState.PAUSED,),
    CampaignState.CANCELLED: (CampaignState.SENDING, CampaignState.PAUSED),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A copy that one sender, and nobody else, may send now; ``attempt`` counts from 1."""

    subscriber: Subscriber
    attempt: int


class CampaignStore:
    """Keeps campaigns and deliveries."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def start(self, campaign: Campaign, due: Sequence[tuple[SubscriberId, datetime]]) -> bool:
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
            }
            connection.execute(campaigns.insert(), [row])
            queued = [_queued(campaign.id, id_, at) for id_, at in due]
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

    def claim(self, id_: CampaignId, *, sender: str, now: datetime) -> Claim | None:
        """Take the next copy that is due; None when none is, or the campaign does not go on.

        Whoever is no longer active or is suppressed at this moment is skipped.
        """
        with self._access.writing() as connection:
            campaign = self._row(connection, id_)
            if campaign is None or campaign.state != CampaignState.SENDING.value:
                return None
            while (row := self._next(connection, id_, now)) is not None:
                why = _unwanted(row)
                if why:
                    values = _settled(DeliveryState.SKIPPED, why, now)
                    self._set(connection, id_, row.id, values)
                    continue
                values = {
                    "state": DeliveryState.CLAIMED.value,
                    "attempts": row.attempts + 1,
                    "claimed_by": sender,
                    "claimed_at": time_text(now),
                }
                self._set(connection, id_, row.id, values)
                return Claim(subscriber=subscriber_of(row), attempt=row.attempts + 1)
        return None

    def settle(
        self,
        id_: CampaignId,
        subscriber: SubscriberId,
        state: DeliveryState,
        *,
        at: datetime,
        reason: str = "",
        sender: str | None = None,
    ) -> bool:
        """Say what became of a copy; True if there was one to say it of.

        With ``sender`` only a copy that this sender has claimed: one whose claim was ended in the
        meantime (see :meth:`orphans`) is settled still, since its sender knows best.
        """
        held = (DeliveryState.CLAIMED.value, DeliveryState.UNCLEAR.value)
        update = deliveries.update().where(
            deliveries.c.campaign_id == id_,
            deliveries.c.subscriber_id == subscriber,
            deliveries.c.state.in_(held),
        )
        if sender is not None:
            update = update.where(deliveries.c.claimed_by == sender)
        with self._access.writing() as connection:
            done = connection.execute(update.values(**_settled(state, reason, at)))
            return bool(done.rowcount)

    def put_back(
        self,
        id_: CampaignId,
        subscriber: SubscriberId,
        *,
        next_at: datetime,
        reason: str = "",
        counted: bool = True,
    ) -> None:
        """Queue a claimed or unclear copy again, to be tried at ``next_at``.

        ``counted`` false: the attempt was none of the recipient's, the server was away.
        """
        values: dict[str, Any] = {
            "state": DeliveryState.QUEUED.value,
            "next_at": time_text(next_at),
            "claimed_by": None,
            "claimed_at": None,
            "reason": reason,
        }
        if not counted:
            values["attempts"] = deliveries.c.attempts - 1
        held = (DeliveryState.CLAIMED.value, DeliveryState.UNCLEAR.value)
        with self._access.writing() as connection:
            state = self._row(connection, id_).state
            if state == CampaignState.CANCELLED.value:
                values = _settled(DeliveryState.SKIPPED, "campaign cancelled", next_at)
            connection.execute(
                deliveries.update()
                .where(
                    deliveries.c.campaign_id == id_,
                    deliveries.c.subscriber_id == subscriber,
                    deliveries.c.state.in_(held),
                )
                .values(**values)
            )

    def orphans(self, id_: CampaignId, *, before: datetime, at: datetime) -> int:
        """Mark as unclear what was claimed before a time and never settled; returns how many."""
        with self._access.writing() as connection:
            done = connection.execute(
                deliveries.update()
                .where(
                    deliveries.c.campaign_id == id_,
                    deliveries.c.state == DeliveryState.CLAIMED.value,
                    deliveries.c.claimed_at < time_text(before),
                )
                .values(**_settled(DeliveryState.UNCLEAR, "its sender stopped", at))
            )
            return int(done.rowcount)

    def deliveries(
        self, id_: CampaignId, *states: DeliveryState
    ) -> tuple[tuple[Delivery, str], ...]:
        """Return (copy, address) of a campaign, by subscriber; in certain states only, if named."""
        from sqlalchemy import select

        query = (
            select(deliveries, subscribers.c.address)
            .join(subscribers, subscribers.c.id == deliveries.c.subscriber_id)
            .where(deliveries.c.campaign_id == id_)
            .order_by(deliveries.c.subscriber_id)
        )
        if states:
            query = query.where(deliveries.c.state.in_([s.value for s in states]))
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

    def next_due(self, id_: CampaignId) -> datetime | None:
        """Return when the next queued copy may be tried; None when nothing is queued."""
        from sqlalchemy import func, select

        query = select(func.min(deliveries.c.next_at)).where(
            deliveries.c.campaign_id == id_, deliveries.c.state == DeliveryState.QUEUED.value
        )
        with self._access.reading() as connection:
            found = connection.scalar(query)
        return None if found is None else time_of(found)

    def _next(self, connection: Connection, id_: CampaignId, now: datetime) -> Any:
        from sqlalchemy import select

        live = suppressions.c.lifted_at.is_(None)
        query = (
            select(
                *subscribers.c,
                deliveries.c.attempts,
                suppressions.c.reason.label("suppressed"),
            )
            .select_from(deliveries)
            .join(subscribers, subscribers.c.id == deliveries.c.subscriber_id)
            .outerjoin(
                suppressions, (suppressions.c.address_key == subscribers.c.address_key) & live
            )
            .where(
                deliveries.c.campaign_id == id_,
                deliveries.c.state == DeliveryState.QUEUED.value,
                deliveries.c.next_at <= time_text(now),
            )
            .order_by(deliveries.c.next_at, deliveries.c.subscriber_id)
            .limit(1)
        )
        return connection.execute(query).first()

    def _set(self, connection: Connection, id_: str, subscriber: str, values: Any) -> None:
        connection.execute(
            deliveries.update()
            .where(deliveries.c.campaign_id == id_, deliveries.c.subscriber_id == subscriber)
            .values(**values)
        )

    def _row(self, connection: Connection, id_: str) -> Any:
        from sqlalchemy import select

        return connection.execute(select(campaigns).where(campaigns.c.id == id_)).first()


def _unwanted(row: Any) -> str:
    if row.suppressed is not None:
        return str(row.suppressed)
    return "" if row.state == SubscriberState.ACTIVE.value else str(row.state)


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
    )
