"""Copies whose sender died: what its journal, the messenger or the server's log says of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from lodewire.delivery.journal import Left, left_behind
from lodewire.delivery.messenger import Messenger
from lodewire.ledger.copies import Ended
from lodewire.ledger.store import Ledger
from lodewire.model.audience import CampaignId, DeliveryState, SubscriberId
from lodewire.workbench.letters.campaigning import LetterBook
from lodewire.workbench.letters.sending import LEASE, bar


def take_up_journals(ledger: Ledger, folder: Path, *, now: datetime) -> int:
    """Settle what killed senders of this machine left, by their journals; returns how many copies.

    What a journal says was sent is sent, what was not begun is queued again, and what was begun
    and not ended becomes unclear. A journal of before the machine's last start leaves what it does
    not name alone: such a copy becomes unclear when its lease has run out.
    """
    done = 0
    with left_behind(folder) as journals, ledger.transaction():
        for left in journals:
            for campaign, subscriber in ledger.copies.held_by(left.sender):
                end = _end_of(left, subscriber, now)
                if end is None:
                    continue
                if end.state is DeliveryState.BOUNCED:
                    found = ledger.subscribers.get(subscriber)
                    if found is not None:
                        bar(ledger, found, now=now)
                done += ledger.copies.settle(campaign, [end], at=now, sender=left.sender)
    return done


def _end_of(left: Left, subscriber: SubscriberId, now: datetime) -> Ended | None:
    told = left.ended.get(subscriber)
    if told is not None:
        return _told(subscriber, told, now)
    if subscriber in left.begun:
        reason = "its sender was killed while it handed it over"
        return Ended(subscriber=subscriber, state=DeliveryState.UNCLEAR, reason=reason)
    if left.whole:
        reason = "its sender was killed before it came to it"
        return Ended(
            subscriber=subscriber,
            state=DeliveryState.QUEUED,
            reason=reason,
            next_at=now,
            counted=False,
        )
    return None


def _told(subscriber: SubscriberId, told: dict[str, Any], now: datetime) -> Ended:
    at = told.get("next_at")
    return Ended(
        subscriber=subscriber,
        state=DeliveryState(told["state"]),
        reason=told.get("reason", ""),
        letter=told.get("letter"),
        next_at=datetime.fromisoformat(at) if at else now,
        counted=told.get("counted", True),
    )


def take_up_orphans(
    ledger: Ledger,
    book: LetterBook,
    messenger: Messenger,
    *,
    now: datetime,
    lease: timedelta = LEASE,
) -> int:
    """Look after copies whose claim ran out; returns how many of the campaign stay unclear.

    Where the messenger can tell what it took (files), each becomes sent or is queued again; else
    it waits for the editor (:func:`check_log`).
    """
    id_ = book.campaign.id
    ledger.copies.orphans(id_, before=now - lease, at=now)
    left = 0
    for delivery, _ in ledger.campaigns.deliveries(id_, DeliveryState.UNCLEAR):
        held = messenger.holds(book.message_id(delivery.subscriber_id))
        if held is None:
            left += 1
        else:
            _settle_one(ledger, id_, delivery.subscriber_id, sent=held, now=now)
    return left


def check_log(
    ledger: Ledger, book: LetterBook, log: Iterable[str], *, resend: bool, now: datetime
) -> tuple[int, int]:
    """Settle unclear copies by a log of the mail server that names the messages it accepted.

    Those whose Message-ID it names are sent; with ``resend`` the others are queued again: whoever
    asks for that vouches that the log is whole. Returns (found, not found).
    """
    id_ = book.campaign.id
    unclear = {
        book.message_id(d.subscriber_id).strip("<>"): d.subscriber_id
        for d, _ in ledger.campaigns.deliveries(id_, DeliveryState.UNCLEAR)
    }
    named = {m for line in log for m in unclear if m in line} if unclear else set()
    for message_id, subscriber in unclear.items():
        if message_id in named:
            _settle_one(ledger, id_, subscriber, sent=True, now=now, reason="by log")
        elif resend:
            _settle_one(ledger, id_, subscriber, sent=False, now=now, reason="not in the log")
    return len(named), len(unclear) - len(named)


def _settle_one(
    ledger: Ledger,
    id_: CampaignId,
    subscriber: SubscriberId,
    *,
    sent: bool,
    now: datetime,
    reason: str = "",
) -> None:
    state = DeliveryState.SENT if sent else DeliveryState.QUEUED
    end = Ended(subscriber=subscriber, state=state, reason=reason, next_at=None if sent else now)
    ledger.copies.settle(id_, [end], at=now)
