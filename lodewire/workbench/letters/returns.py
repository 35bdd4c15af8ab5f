"""What comes back of copies, and what follows from it.

Anybody can write a failure report. One counts only if it knows what only the copy held: the signed
tag of its envelope, or its Message-ID.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from lodewire.delivery.messages import message_id_of
from lodewire.delivery.returned import Returned
from lodewire.delivery.verp import read_tag
from lodewire.errors import DeliveryError, LinkRefused
from lodewire.ledger.store import Ledger
from lodewire.model.audience import (
    CampaignId,
    DeliveryState,
    Feedback,
    FeedbackKind,
    Subscriber,
    SuppressionReason,
)
from lodewire.workbench.letters.sending import bar
from lodewire.workbench.letters.subscribing import Origin, Subscriptions, sender_of

#: So many soft bounces of different copies in so long: the mailbox counts as gone.
SOFT_MOST, SOFT_WITHIN = 5, timedelta(days=30)


def take_returned(
    subscriptions: Subscriptions,
    ledger: Ledger,
    returned: Iterable[Returned],
    *,
    source: str,
    now: datetime,
) -> Counter[str]:
    """Act on what came back; returns how many were hard, soft, complaint, left or unknown.

    The same report again changes nothing. A hard bounce bars the address, so do SOFT_MOST soft
    ones; who complains has left.
    """
    told: Counter[str] = Counter()
    for one in returned:
        with ledger.transaction():
            told[_take(subscriptions, ledger, one, source, now)] += 1
    return told


def _take(
    subscriptions: Subscriptions, ledger: Ledger, one: Returned, source: str, now: datetime
) -> str:
    if one.token:
        try:
            origin = Origin(source="unsubscription by mail")
            subscriptions.unsubscribe(one.token, origin, now=now)
        except LinkRefused:
            return "unknown"
        return "left"
    found = _copy_of(subscriptions, ledger, one)
    if found is None or one.kind is None:
        return "unknown"
    subscriber, campaign = found
    feedback = Feedback(
        id=one.id,
        subscriber_id=subscriber.id,
        campaign_id=campaign,
        kind=one.kind,
        source=source,
        detail=one.detail,
        at=now,
    )
    if not ledger.letters.add_feedback(feedback):
        return "known"
    if one.kind is FeedbackKind.COMPLAINT:
        subscriptions.leave(subscriber, Origin(source="complaint"), now=now)
        reason = SuppressionReason.COMPLAINED
        ledger.subscribers.suppress(subscriber.address_key, reason, at=now)
    elif one.kind is FeedbackKind.HARD or _too_soft(ledger, subscriber, now):
        bar(ledger, subscriber, now=now)
        if campaign is not None:
            ledger.copies.bounced(campaign, subscriber.id, reason=one.detail, at=now)
    return one.kind.value


def _too_soft(ledger: Ledger, subscriber: Subscriber, now: datetime) -> bool:
    recent = ledger.letters.feedback_of(subscriber.id, since=now - SOFT_WITHIN)
    copies = {f.campaign_id or f.id for f in recent if f.kind is FeedbackKind.SOFT}
    return len(copies) >= SOFT_MOST


def _copy_of(
    subscriptions: Subscriptions, ledger: Ledger, one: Returned
) -> tuple[Subscriber, CampaignId | None] | None:
    tag = read_tag(one.envelope, subscriptions.key)
    if tag is not None:
        subscriber = ledger.subscribers.get(tag.subscriber)
        if subscriber is None:
            return None
        copies = [c for c in _copies(ledger, subscriber) if c.startswith(tag.campaign)]
        return subscriber, copies[0] if copies else None
    try:
        subscriber = subscriptions.of_address(one.recipient)
    except DeliveryError:
        return None
    if subscriber is None or not one.message_id:
        return None
    sender = sender_of(subscriptions.desk).address
    for campaign in _copies(ledger, subscriber):
        if message_id_of(campaign, subscriber.id, sender) == one.message_id:
            return subscriber, campaign
    return None


def _copies(ledger: Ledger, subscriber: Subscriber) -> list[CampaignId]:
    read = (DeliveryState.SENT, DeliveryState.UNCLEAR, DeliveryState.BOUNCED)
    found = ledger.campaigns.of_subscriber(subscriber.id)
    return [d.campaign_id for d in found if d.state in read]
