"""Seeds: addresses of the desk's own people that get every campaign first, and what they show.

A seed is a subscriber who confirmed like any other. What is refused there would be refused
everywhere, so a campaign whose seed fails is paused before anybody else is sent a copy.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from lodewire.config.desk import DeskConfig
from lodewire.errors import DeliveryError
from lodewire.ledger.store import Ledger
from lodewire.model.audience import CampaignState, DeliveryState, Subscriber, SubscriberState
from lodewire.workbench.letters.campaigning import LetterBook
from lodewire.workbench.letters.sending import Clock, send_due

_FAILED = (DeliveryState.FAILED, DeliveryState.BOUNCED, DeliveryState.UNCLEAR)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedReport:
    """What was sent to seeds now, and which of their copies were put off or failed."""

    sent: Counter[DeliveryState] = field(default_factory=Counter)
    waiting: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


def make_seed(ledger: Ledger, subscriber: Subscriber, *, clock: Clock) -> bool:
    """Make a subscriber a seed; False where it was one.

    Raises DeliveryError for one who has not confirmed: nobody is written to without.
    """
    if subscriber.state is not SubscriberState.ACTIVE:
        raise DeliveryError(
            f"{subscriber.address} is {subscriber.state.value}, and nothing is sent there",
            hint="a seed confirms like every reader: open the link of the confirmation mail first",
        )
    return ledger.seeds.add(subscriber.id, at=clock())


def send_to_seeds(
    desk: DeskConfig,
    ledger: Ledger,
    book: Callable[[], LetterBook],
    clock: Clock,
    stopped: threading.Event,
) -> SeedReport:
    """Send a campaign to its seeds; where one of them fails, the campaign is paused.

    Seeds that had their copy, or failed before and were gone on without, stay as they are. Raises
    as :func:`.send_due`.
    """
    campaign = book().campaign
    seeds = tuple(sorted(ledger.seeds.active()))
    queued = DeliveryState.QUEUED
    left = ledger.campaigns.deliveries(campaign.id, queued, of=seeds)
    trying = {d.subscriber_id for d, _ in left}
    if not trying:
        return SeedReport()
    sent = send_due(desk, ledger, book, clock, stopped, only=tuple(sorted(trying)))
    told = ledger.campaigns.deliveries(campaign.id, of=trying)
    failed = [(d, address) for d, address in told if d.state in _FAILED]
    if failed:
        ledger.campaigns.move(campaign.id, CampaignState.PAUSED, at=clock())
    return SeedReport(
        sent=sent,
        waiting=tuple(f"{a}: {d.reason}" for d, a in told if d.state is queued and d.reason),
        failed=tuple(f"{a}: {d.state.value}, {d.reason}" for d, a in failed),
    )
