"""Sending a campaign: claim one copy, send it, settle it, and never send one twice.

A copy is claimed in a transaction of its own right before it is handed over, and settled after.
The claim is where an unsubscription, a pause or another sender counts. A sender that dies between
claim and settlement leaves a copy of which nobody knows whether the server took it: it becomes
``unclear`` and is not sent again unasked, since of two wrongs a missing brief can be mended and a
second copy cannot be taken back (docs/decisions/0026).
"""

from __future__ import annotations

import os
import socket
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from lodewire.config.desk import DeskConfig
from lodewire.delivery.messenger import FileMessenger, Messenger
from lodewire.errors import ConfigError, MaybeTaken, MessengerAway, NotTaken, TryLater
from lodewire.ledger.campaigns import Claim
from lodewire.ledger.store import Ledger
from lodewire.model.audience import (
    CampaignId,
    DeliveryState,
    Subscriber,
    SubscriberState,
    SuppressionReason,
)
from lodewire.workbench.letters.campaigning import LetterBook

#: Waits after the first, second … attempt that a server put off; greylisting passes by the third.
BACK_OFF = tuple(timedelta(minutes=m) for m in (2, 10, 30, 120, 360))
#: How long a claim may last: longer than every answer of one message may take (7 × 100 s).
LEASE = timedelta(minutes=15)
#: Seconds waited for a server that is away, one after another; then the sending stops.
PAUSES = (1.0, 5.0, 20.0, 60.0)

Clock = Callable[[], datetime]


@dataclass(slots=True, kw_only=True)
class Sender:
    """One thread's sending of one campaign.

    ``stopped`` ends it after the copy in hand; ``per_second`` 0 is without a limit.
    """

    ledger: Ledger
    book: LetterBook
    messenger: Messenger
    clock: Clock
    stopped: threading.Event
    per_second: float = 0.0
    pauses: tuple[float, ...] = PAUSES
    name: str = ""

    def run(self) -> Counter[DeliveryState]:
        """Send all that is due now; returns how many ended in which state.

        Raises MessengerAway when no message can be sent; the copy in hand is queued again.
        """
        self.name = self.name or sender_name()
        id_ = self.book.campaign.id
        told: Counter[DeliveryState] = Counter()
        away = 0
        outcome: Callable[[], None] | None = None
        while True:
            claim = self._settle_and_claim(id_, outcome)
            if claim is None:
                return told
            began = time.monotonic()
            try:
                state, outcome = self._send(claim)
                told[state] += 1
                away = 0
            except MessengerAway as error:
                outcome = None
                self._put_back(claim.subscriber, error.message, counted=False)
                if not error.again or away >= len(self.pauses):
                    raise
                self.stopped.wait(self.pauses[away])
                away += 1
            if self.per_second:
                if outcome is not None:
                    outcome()
                    outcome = None
                self.stopped.wait(max(0.0, 1 / self.per_second - (time.monotonic() - began)))

    def _settle_and_claim(
        self, id_: CampaignId, outcome: Callable[[], None] | None
    ) -> Claim | None:
        """One transaction for the end of a copy and the beginning of the next."""
        with self.ledger.transaction():
            if outcome is not None:
                outcome()
            if self.stopped.is_set():
                return None
            return self.ledger.campaigns.claim(id_, sender=self.name, now=self.clock())

    def _send(self, claim: Claim) -> tuple[DeliveryState, Callable[[], None]]:
        """Hand one copy over; returns its state, and the step that writes it down."""
        subscriber = claim.subscriber
        try:
            message = self.book.message(subscriber, now=self.clock())
        except Exception as error:  # whatever it is, nothing was handed over
            self._put_back(subscriber, str(error)[:200], counted=False)
            raise
        if message is None:
            return self._end(subscriber, DeliveryState.SKIPPED, "nothing on the chosen desks")
        try:
            self.messenger.deliver(message)
        except TryLater as error:
            return self._later(claim, error.message)
        except NotTaken as error:
            told = error.message
            if error.gone:
                return DeliveryState.BOUNCED, lambda: self._bounce(subscriber, told)
            return self._end(subscriber, DeliveryState.FAILED, told)
        except MaybeTaken as error:
            return self._end(subscriber, DeliveryState.UNCLEAR, error.message)
        return self._end(subscriber, DeliveryState.SENT, "")

    def _later(self, claim: Claim, told: str) -> tuple[DeliveryState, Callable[[], None]]:
        if claim.attempt > len(BACK_OFF):
            words = f"given up after {claim.attempt} attempts: {told}"
            return self._end(claim.subscriber, DeliveryState.FAILED, words)
        after = BACK_OFF[claim.attempt - 1]
        return DeliveryState.QUEUED, lambda: self._put_back(claim.subscriber, told, after=after)

    def _end(
        self, subscriber: Subscriber, state: DeliveryState, reason: str
    ) -> tuple[DeliveryState, Callable[[], None]]:
        return state, lambda: self._settle(subscriber, state, reason)

    def _settle(self, subscriber: Subscriber, state: DeliveryState, reason: str) -> None:
        self.ledger.campaigns.settle(
            self.book.campaign.id,
            subscriber.id,
            state,
            at=self.clock(),
            reason=reason,
            sender=self.name,
        )

    def _bounce(self, subscriber: Subscriber, reason: str) -> None:
        """No such mailbox: nothing more is sent there, until somebody confirms it anew."""
        store, now = self.ledger.subscribers, self.clock()
        self._settle(subscriber, DeliveryState.BOUNCED, reason)
        found = store.get(subscriber.id)
        if found is not None and found.state is SubscriberState.ACTIVE:
            store.change(replace(found, state=SubscriberState.BOUNCED))
        store.suppress(subscriber.address_key, SuppressionReason.BOUNCED, at=now)

    def _put_back(
        self,
        subscriber: Subscriber,
        reason: str,
        *,
        after: timedelta = timedelta(0),
        counted: bool = True,
    ) -> None:
        self.ledger.campaigns.put_back(
            self.book.campaign.id,
            subscriber.id,
            next_at=self.clock() + after,
            reason=reason,
            counted=counted,
        )


def send_due(
    desk: DeskConfig,
    ledger: Ledger,
    book: Callable[[], LetterBook],
    clock: Clock,
    stopped: threading.Event,
) -> Counter[DeliveryState]:
    """Send all that is due over as many connections as desk.toml says; see :meth:`Sender.run`.

    When one of them cannot go on, the others end after the copies in hand, and its error is
    raised.
    """
    choice = desk.newsletter

    def run() -> Counter[DeliveryState]:
        messenger = open_messenger(desk)
        sender = Sender(
            ledger=ledger,
            book=book(),
            messenger=messenger,
            clock=clock,
            stopped=stopped,
            per_second=choice.per_second / choice.connections,
        )
        try:
            return sender.run()
        except BaseException:
            stopped.set()
            raise
        finally:
            messenger.close()

    if choice.connections == 1:
        return run()
    told: Counter[DeliveryState] = Counter()
    with ThreadPoolExecutor(choice.connections) as pool:
        for done in [pool.submit(run) for _ in range(choice.connections)]:
            told += done.result()
    return told


def take_up_orphans(
    ledger: Ledger,
    book: LetterBook,
    messenger: Messenger,
    *,
    now: datetime,
    lease: timedelta = LEASE,
) -> int:
    """Look after copies whose sender died; returns how many of them stay unclear.

    Where the messenger can tell what it took (files), each becomes sent or is queued again; else
    it waits for the editor (:func:`check_log`).
    """
    id_ = book.campaign.id
    ledger.campaigns.orphans(id_, before=now - lease, at=now)
    left = 0
    for delivery, _ in ledger.campaigns.deliveries(id_, DeliveryState.UNCLEAR):
        held = messenger.holds(book.message_id(delivery.subscriber_id))
        if held is None:
            left += 1
        elif held:
            ledger.campaigns.settle(id_, delivery.subscriber_id, DeliveryState.SENT, at=now)
        else:
            ledger.campaigns.put_back(id_, delivery.subscriber_id, next_at=now)
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
            ledger.campaigns.settle(id_, subscriber, DeliveryState.SENT, at=now, reason="by log")
        elif resend:
            ledger.campaigns.put_back(id_, subscriber, next_at=now, reason="not in the log")
    return len(named), len(unclear) - len(named)


def sender_name() -> str:
    """Return a name that no other sender has: machine, process, and a part of its own."""
    return f"{socket.gethostname()}/{os.getpid()}/{uuid.uuid4().hex[:8]}"


def open_messenger(desk: DeskConfig, *, password: str | None = None) -> Messenger:
    """Return the messenger of desk.toml; the password is taken from the environment.

    Raises ConfigError where a user is named and no password is there.
    """
    choice = desk.newsletter
    if choice.messenger == "file":
        return FileMessenger(desk.newsletter_path)
    from lodewire.delivery.smtp import SmtpMessenger, SmtpServer

    found = password if password is not None else os.environ.get(choice.password_env, "")
    if choice.user and not found:
        raise ConfigError(
            f"the environment variable {choice.password_env} holds no password",
            hint=f"set {choice.password_env} to the password of {choice.user}; "
            "it is never written into desk.toml",
        )
    return SmtpMessenger(
        SmtpServer(
            host=choice.host,
            port=choice.port,
            security=choice.security,
            user=choice.user,
            password=found,
            timeout=choice.timeout_seconds,
        )
    )


def now_utc() -> datetime:
    """Return this instant."""
    return datetime.now(UTC)
