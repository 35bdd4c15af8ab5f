"""Sending a campaign: claim some copies, send each, settle them, and never send one twice.

Copies are claimed some at a time, in the transaction that settles those before; how many is what a
quarter of a second takes. Right before each is handed over, the ledger is asked once more whether
it may go, so an unsubscription, a pause or a cancellation counts from the very next copy on. A
journal beside the ledger says which of the claimed copies were begun and how they ended: of a
sender that was killed only the copy in its hand may be ``unclear``, and that one is not sent again
unasked, since of two wrongs a missing brief can be mended and a second copy cannot be taken back
(docs/decisions/0026 and 0036).
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from lodewire.config.desk import DeskConfig
from lodewire.delivery.journal import Journal, open_journal
from lodewire.delivery.messages import Message
from lodewire.delivery.messenger import Messenger
from lodewire.errors import MaybeTaken, MessengerAway, NotTaken, TryLater
from lodewire.ledger.copies import Claim, Ended, Look
from lodewire.ledger.store import Ledger
from lodewire.model.audience import (
    DeliveryState,
    Subscriber,
    SubscriberId,
    SubscriberState,
    SuppressionReason,
)
from lodewire.workbench.letters.campaigning import LetterBook
from lodewire.workbench.letters.messengers import open_messenger

#: Waits after the first, second … attempt that a server put off; greylisting passes by the third.
BACK_OFF = tuple(timedelta(minutes=m) for m in (2, 10, 30, 120, 360))
#: How long a claim may last: longer than every answer of one message may take (7 × 100 s), and
#: as long again as copies may wait in a sender's hand (HOLD).
LEASE = timedelta(minutes=15)
HOLD = timedelta(minutes=2)
#: Seconds waited for a server that is away, one after another; then the sending stops.
PAUSES = (1.0, 5.0, 20.0, 60.0)
#: Copies claimed at once, at most, and how many seconds of sending that should be.
MOST, SLICE = 100, 0.25

Clock = Callable[[], datetime]


@dataclass(slots=True, kw_only=True)
class Sender:
    """One thread's sending of one campaign.

    ``stopped`` ends it after the copy in hand; ``per_second`` 0 is without a limit; ``folder`` is
    where its journal lies while it sends. With ``only`` nobody else is sent anything.
    """

    ledger: Ledger
    book: LetterBook
    messenger: Messenger
    clock: Clock
    stopped: threading.Event
    folder: Path
    per_second: float = 0.0
    only: tuple[SubscriberId, ...] = ()
    pauses: tuple[float, ...] = PAUSES
    _ended: list[Ended] = field(default_factory=list)
    _gone: list[Subscriber] = field(default_factory=list)
    _away: int = 0

    def run(self) -> Counter[DeliveryState]:
        """Send all that is due now; returns how many ended in which state.

        Raises MessengerAway when no message can be sent; the copies in hand are queued again.
        """
        journal = open_journal(self.folder)
        told: Counter[DeliveryState] = Counter()
        try:
            self._run(journal, told)
        finally:
            if self._ended:
                journal.abandon()  # the ledger could not be told: whoever sends next reads it
            else:
                journal.close()
        return told

    def _run(self, journal: Journal, told: Counter[DeliveryState]) -> None:
        most = 1
        while claims := self._settle_and_claim(journal, most):
            began = time.monotonic()
            try:
                self._send_all(claims, journal, told)
            except BaseException:
                self._settle(journal)
                raise
            most = self._next_size(len(claims), most, time.monotonic() - began)

    def _next_size(self, sent: int, most: int, took: float) -> int:
        """As many as SLICE seconds take, growing by doubling."""
        limit = self.per_second * SLICE if self.per_second else MOST
        fit = sent / max(took, 1e-6) * SLICE
        return max(1, int(min(fit, 2 * most, limit, MOST)))

    def _settle_and_claim(self, journal: Journal, most: int) -> tuple[Claim, ...]:
        """One transaction for the end of some copies and the beginning of the next."""
        with self.ledger.transaction():
            self._write(journal.sender)
            claims: tuple[Claim, ...] = ()
            if not self.stopped.is_set():
                claims = self.ledger.copies.claim(
                    self.book.campaign.id,
                    sender=journal.sender,
                    now=self.clock(),
                    most=most,
                    only=self.only,
                )
        self._forget(journal)
        return claims

    def _settle(self, journal: Journal) -> None:
        with self.ledger.transaction():
            self._write(journal.sender)
        self._forget(journal)

    def _forget(self, journal: Journal) -> None:
        if self._ended:
            journal.settled()
        self._ended, self._gone = [], []

    def _write(self, sender: str) -> None:
        now = self.clock()
        self.ledger.copies.settle(self.book.campaign.id, self._ended, at=now, sender=sender)
        for subscriber in self._gone:
            bar(self.ledger, subscriber, now=now)

    def _send_all(
        self, claims: Sequence[Claim], journal: Journal, told: Counter[DeliveryState]
    ) -> None:
        """Send claimed copies; what cannot be sent now is queued again, unless all goes well."""
        left = list(reversed(claims))
        since = self.clock()
        try:
            self.book.prepare([c.subscriber for c in claims], now=since)
            looking = self.ledger.copies.looking(self.book.campaign.id, sender=journal.sender)
            with looking as look:
                self._send_while(look, left, since, journal, told)
        except MessengerAway as error:
            self._put_back(left, error.message)
            left.clear()
            if not error.again or self._away >= len(self.pauses):
                raise
            # Settled before the pause: nobody's copy waits in the hand of who waits.
            self._settle(journal)
            self.stopped.wait(self.pauses[self._away])
            self._away += 1
        finally:
            self._put_back(left, "")

    def _send_while(
        self,
        look: Look,
        left: list[Claim],
        since: datetime,
        journal: Journal,
        told: Counter[DeliveryState],
    ) -> None:
        while left and not self.stopped.is_set() and self.clock() - since <= HOLD:
            began = time.monotonic()
            claim = left[-1]
            why = look(claim.subscriber.id)
            if why is None:
                return
            self._end_one(claim, why, left, journal, told)
            self._away = 0
            if self.per_second:
                pause = 1 / self.per_second - (time.monotonic() - began)
                self.stopped.wait(max(0.0, pause))

    def _end_one(
        self,
        claim: Claim,
        why: str,
        left: list[Claim],
        journal: Journal,
        told: Counter[DeliveryState],
    ) -> None:
        """Send one copy, or skip it; it leaves ``left`` before anything is handed over."""
        id_ = claim.subscriber.id
        copy = None if why else self.book.copy(claim.subscriber, now=self.clock())
        left.pop()
        if copy is None:
            reason = why or self.book.quiet
            end = Ended(subscriber=id_, state=DeliveryState.SKIPPED, reason=reason)
        else:
            try:
                end = self._hand_over(claim, *copy, journal)
            except MessengerAway:
                left.append(claim)
                raise
            except BaseException:
                reason = "the sending was broken off while it was handed over"
                self._ended.append(
                    Ended(subscriber=id_, state=DeliveryState.UNCLEAR, reason=reason)
                )
                raise
        self._ended.append(end)
        told[end.state] += 1

    def _put_back(self, claims: Sequence[Claim], reason: str) -> None:
        now = self.clock()
        self._ended += [
            Ended(
                subscriber=c.subscriber.id,
                state=DeliveryState.QUEUED,
                reason=reason,
                next_at=now,
                counted=False,
            )
            for c in claims
        ]

    def _hand_over(
        self, claim: Claim, message: Message, letter: str | None, journal: Journal
    ) -> Ended:
        """Give one copy to the messenger; returns what became of it."""
        id_ = claim.subscriber.id
        journal.began(id_)
        try:
            self.messenger.deliver(message)
        except TryLater as error:
            end = self._later(claim, error.message)
        except NotTaken as error:
            state = DeliveryState.BOUNCED if error.gone else DeliveryState.FAILED
            if error.gone:
                self._gone.append(claim.subscriber)
            end = Ended(subscriber=id_, state=state, reason=error.message)
        except MaybeTaken as error:
            # It may have been read: what it told counts as told.
            end = Ended(
                subscriber=id_, state=DeliveryState.UNCLEAR, reason=error.message, letter=letter
            )
        except MessengerAway:
            # Nothing was handed over; the journal must not say that it may have been.
            journal.ended(id_, {"state": "queued", "counted": False})
            raise
        else:
            end = Ended(subscriber=id_, state=DeliveryState.SENT, letter=letter)
        journal.ended(
            id_,
            {
                "state": end.state.value,
                "reason": end.reason,
                "letter": end.letter,
                "next_at": None if end.next_at is None else end.next_at.isoformat(),
            },
        )
        return end

    def _later(self, claim: Claim, told: str) -> Ended:
        id_ = claim.subscriber.id
        if claim.attempt > len(BACK_OFF):
            words = f"given up after {claim.attempt} attempts: {told}"
            return Ended(subscriber=id_, state=DeliveryState.FAILED, reason=words)
        after = BACK_OFF[claim.attempt - 1]
        return Ended(
            subscriber=id_, state=DeliveryState.QUEUED, reason=told, next_at=self.clock() + after
        )


def bar(
    ledger: Ledger,
    subscriber: Subscriber,
    *,
    now: datetime,
    reason: SuppressionReason = SuppressionReason.BOUNCED,
) -> None:
    """No such mailbox, or a complaint: nothing more is sent there, until it is confirmed anew."""
    with ledger.transaction():
        store = ledger.subscribers
        found = store.get(subscriber.id)
        if found is not None and found.state is SubscriberState.ACTIVE:
            store.change(replace(found, state=SubscriberState.BOUNCED))
        store.suppress(subscriber.address_key, reason, at=now)


def send_due(
    desk: DeskConfig,
    ledger: Ledger,
    book: Callable[[], LetterBook],
    clock: Clock,
    stopped: threading.Event,
    *,
    only: tuple[SubscriberId, ...] = (),
) -> Counter[DeliveryState]:
    """Send all that is due over as many connections as desk.toml says; see :meth:`Sender.run`.

    With ``only`` to certain subscribers, over one connection.

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
            folder=desk.sending_path,
            per_second=choice.per_second / choice.connections,
            only=only,
        )
        try:
            return sender.run()
        except BaseException:
            stopped.set()
            raise
        finally:
            messenger.close()

    if only or choice.connections == 1:
        return run()
    told: Counter[DeliveryState] = Counter()
    with ThreadPoolExecutor(choice.connections) as pool:
        for done in [pool.submit(run) for _ in range(choice.connections)]:
            told += done.result()
    return told


def now_utc() -> datetime:
    """Return this instant."""
    return datetime.now(UTC)
