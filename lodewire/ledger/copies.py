"""Copies of a campaign: claimed by one sender, looked at before each is sent, settled after."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lodewire.ledger.access import Access, chunks
from lodewire.ledger.audience import subscriber_of
from lodewire.ledger.codec import time_text
from lodewire.ledger.schema import campaigns, deliveries, subscribers, suppressions
from lodewire.model.audience import (
    CampaignId,
    CampaignState,
    DeliveryState,
    Subscriber,
    SubscriberId,
    SubscriberState,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

_HELD = (DeliveryState.CLAIMED.value, DeliveryState.UNCLEAR.value)
Look = Callable[[SubscriberId], str | None]
_LOOK = """SELECT c.state AS campaign, s.state AS subscriber,
    (SELECT p.reason FROM suppressions p
     WHERE p.address_key = s.address_key AND p.lifted_at IS NULL) AS suppressed
  FROM deliveries d
  JOIN campaigns c ON c.id = d.campaign_id
  JOIN subscribers s ON s.id = d.subscriber_id
  WHERE d.campaign_id = :campaign AND d.subscriber_id = :id
    AND d.state = 'claimed' AND d.claimed_by = :sender"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A copy that one sender, and nobody else, may send now; ``attempt`` counts from 1."""

    subscriber: Subscriber
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What became of a copy. ``QUEUED`` is for later, at ``next_at``.

    ``counted`` false: the attempt was none of the recipient's. ``letter`` is what was told.
    """

    subscriber: SubscriberId
    state: DeliveryState
    reason: str = ""
    next_at: datetime | None = None
    counted: bool = True
    letter: str | None = None


class CopyStore:
    """Keeps what becomes of copies."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def claim(
        self,
        id_: CampaignId,
        *,
        sender: str,
        now: datetime,
        most: int = 1,
        only: Sequence[SubscriberId] = (),
    ) -> tuple[Claim, ...]:
        """Take up to ``most`` copies that are due; none when the campaign does not go on.

        Whoever is no longer active or is suppressed at this moment is skipped. With ``only`` those
        of certain subscribers alone.
        """
        found: list[Claim] = []
        with self._access.writing() as connection:
            campaign = _campaign_row(connection, id_)
            if campaign is None or campaign.state != CampaignState.SENDING.value:
                return ()
            while len(found) < most:
                rows = self._next(connection, id_, now, most - len(found), only)
                if not rows:
                    break
                wanted = [(row, _unwanted(row)) for row in rows]
                skipped = [
                    Ended(subscriber=row.id, state=DeliveryState.SKIPPED, reason=why)
                    for row, why in wanted
                    if why
                ]
                self._settle(connection, id_, skipped, ("queued",), at=now)
                fit = [row for row, why in wanted if not why]
                self._mark(connection, id_, fit, sender, now)
                found += [Claim(subscriber=subscriber_of(r), attempt=r.attempts + 1) for r in fit]
        return tuple(found)

    @contextmanager
    def looking(self, id_: CampaignId, *, sender: str) -> Iterator[Look]:
        """Yield a last look at a claimed copy, to be taken right before it is sent.

        It returns "" where the copy may be sent, why not where its reader wants none any more, and
        None where the campaign does not go on or the copy is this sender's no more.
        """
        with self._access.glancing(_LOOK) as glance:

            def look(subscriber: SubscriberId) -> str | None:
                row = glance({"campaign": id_, "id": subscriber, "sender": sender})
                if row is None or row[0] != CampaignState.SENDING.value:
                    return None
                if row[2] is not None:
                    return str(row[2])
                return "" if row[1] == SubscriberState.ACTIVE.value else str(row[1])

            yield look

    def settle(
        self,
        id_: CampaignId,
        ended: Sequence[Ended],
        *,
        at: datetime,
        sender: str | None = None,
    ) -> int:
        """Say what became of copies; returns of how many there was one to say it of.

        With ``sender`` only copies that this sender has claimed: one whose claim was ended in the
        meantime (see :meth:`orphans`) is settled still, since its sender knows best. In a
        cancelled campaign nothing is queued again.
        """
        with self._access.writing() as connection:
            return self._settle(connection, id_, ended, _HELD, at=at, sender=sender)

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
                .values(
                    state=DeliveryState.UNCLEAR.value,
                    reason="its sender stopped",
                    settled_at=time_text(at),
                )
            )
            return int(done.rowcount)

    def bounced(
        self, id_: CampaignId, subscriber: SubscriberId, *, reason: str, at: datetime
    ) -> None:
        """Say of a copy that was taken that it came back."""
        took = (DeliveryState.SENT.value, DeliveryState.UNCLEAR.value)
        with self._access.writing() as connection:
            connection.execute(
                deliveries.update()
                .where(
                    deliveries.c.campaign_id == id_,
                    deliveries.c.subscriber_id == subscriber,
                    deliveries.c.state.in_(took),
                )
                .values(state=DeliveryState.BOUNCED.value, reason=reason, settled_at=time_text(at))
            )

    def held_by(self, sender: str) -> tuple[tuple[CampaignId, SubscriberId], ...]:
        """Return the copies that a sender has claimed and that were never settled."""
        from sqlalchemy import select

        query = select(deliveries.c.campaign_id, deliveries.c.subscriber_id).where(
            deliveries.c.claimed_by == sender, deliveries.c.state.in_(_HELD)
        )
        with self._access.reading() as connection:
            return tuple((row[0], row[1]) for row in connection.execute(query))

    def _next(
        self,
        connection: Connection,
        id_: CampaignId,
        now: datetime,
        most: int,
        only: Sequence[SubscriberId],
    ) -> Any:
        from sqlalchemy import select

        live = suppressions.c.lifted_at.is_(None)
        query = (
            select(*subscribers.c, deliveries.c.attempts, suppressions.c.reason.label("suppressed"))
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
            .limit(most)
        )
        if only:
            query = query.where(deliveries.c.subscriber_id.in_(only))
        return connection.execute(query).all()

    def _mark(
        self, connection: Connection, id_: str, rows: Sequence[Any], sender: str, now: datetime
    ) -> None:
        values = {
            "state": DeliveryState.CLAIMED.value,
            "attempts": deliveries.c.attempts + 1,
            "claimed_by": sender,
            "claimed_at": time_text(now),
        }
        for some in chunks(row.id for row in rows):
            connection.execute(
                deliveries.update()
                .where(deliveries.c.campaign_id == id_, deliveries.c.subscriber_id.in_(some))
                .values(**values)
            )

    def _settle(
        self,
        connection: Connection,
        id_: CampaignId,
        ended: Sequence[Ended],
        states: Sequence[str],
        *,
        at: datetime,
        sender: str | None = None,
    ) -> int:
        """Copies that ended alike are settled by one statement."""
        alike: dict[tuple[Any, ...], list[str]] = {}
        for end in ended:
            key = (end.state, end.reason, end.next_at, end.counted, end.letter)
            alike.setdefault(key, []).append(end.subscriber)
        row = _campaign_row(connection, id_) if alike else None
        cancelled = row is not None and row.state == CampaignState.CANCELLED.value
        done = 0
        for key, ids in alike.items():
            values = _values(*key, at=at, cancelled=cancelled)
            for some in chunks(ids):
                update = deliveries.update().where(
                    deliveries.c.campaign_id == id_,
                    deliveries.c.subscriber_id.in_(some),
                    deliveries.c.state.in_(states),
                )
                if sender is not None:
                    update = update.where(deliveries.c.claimed_by == sender)
                done += connection.execute(update.values(**values)).rowcount
        return done


def _values(
    state: DeliveryState,
    reason: str,
    next_at: datetime | None,
    counted: bool,
    letter: str | None,
    *,
    at: datetime,
    cancelled: bool,
) -> dict[str, Any]:
    if state is DeliveryState.QUEUED and cancelled:
        state, reason = DeliveryState.SKIPPED, "campaign cancelled"
    if state is not DeliveryState.QUEUED:
        told = {"state": state.value, "reason": reason, "settled_at": time_text(at)}
        return told if letter is None else {**told, "letter_id": letter}
    values: dict[str, Any] = {
        "state": state.value,
        "next_at": time_text(next_at or at),
        "claimed_by": None,
        "claimed_at": None,
        "reason": reason,
    }
    return values if counted else {**values, "attempts": deliveries.c.attempts - 1}


def _unwanted(row: Any) -> str:
    if row.suppressed is not None:
        return str(row.suppressed)
    return "" if row.state == SubscriberState.ACTIVE.value else str(row.state)


def _campaign_row(connection: Connection, id_: str) -> Any:
    from sqlalchemy import select

    return connection.execute(select(campaigns).where(campaigns.c.id == id_)).first()
