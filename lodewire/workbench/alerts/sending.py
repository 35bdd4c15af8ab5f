"""Telling channels what waits for them: claimed some at a time, each settled when it is answered.

A sender that is killed leaves the post in its hand claimed; after LEASE it is tried again under the
same id. So what is told over HTTP or mail is told at least once, and its id shows a double.
"""

from __future__ import annotations

import os
import socket
import threading
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

from lodewire.config.desk import DeskConfig
from lodewire.delivery.channels import forms
from lodewire.delivery.channels.notice import Notice, Poster
from lodewire.delivery.keys import newsletter_key
from lodewire.delivery.messages import build_message
from lodewire.delivery.messenger import Messenger
from lodewire.errors import ConfigError, DeliveryError, MessengerAway, NotTaken
from lodewire.ledger.store import Ledger
from lodewire.model.alert import ChannelKind, Endpoint, Post, PostId, PostKind, PostState
from lodewire.model.ids import content_id
from lodewire.workbench.alerts.composing import Quiet, notice_of, trial_notice
from lodewire.workbench.alerts.endpoints import secrets_of
from lodewire.workbench.alerts.owners import account_of
from lodewire.workbench.alerts.posting import PutOff, open_poster
from lodewire.workbench.letters.messengers import open_messenger
from lodewire.workbench.letters.subscribing import sender_of

#: Waits after the first, second … attempt, as Standard Webhooks proposes; then it is given up.
BACK_OFF = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 300, 600, 840))
#: How long a claim lasts: far longer than any answer is waited for, and a batch takes.
LEASE = timedelta(minutes=15)
_CLAIMED = 10
_THREADS = 4

Clock = Callable[[], datetime]


def send_posts(
    desk: DeskConfig, ledger: Ledger, clock: Clock, *, threads: int = _THREADS
) -> Counter[PostState]:
    """Tell every channel what is due; returns how many posts ended how (QUEUED: tried later)."""
    due = ledger.posts.next_due(before=clock() - LEASE)
    if due is None or due > clock():
        return Counter()
    told: Counter[PostState] = Counter()
    with ThreadPoolExecutor(threads) as pool:
        senders = [Teller(desk, ledger, clock) for _ in range(threads)]
        for done in [pool.submit(sender.run) for sender in senders]:
            told += done.result()
    return told


class Teller:
    """One thread's sending."""

    def __init__(self, desk: DeskConfig, ledger: Ledger, clock: Clock) -> None:
        self._desk = desk
        self._ledger = ledger
        self._clock = clock
        self._name = f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}:{uuid.uuid4()}"
        self._messenger: Messenger | None = None

    def run(self) -> Counter[PostState]:
        """Tell all that is due."""
        told: Counter[PostState] = Counter()
        try:
            with open_poster(self._desk) as poster:
                while posts := self._claim():
                    for post in posts:
                        told[self._tell(post, poster)] += 1
        finally:
            self.close()
        return told

    def close(self) -> None:
        """Give connections back."""
        if self._messenger is not None:
            self._messenger.close()

    def _claim(self) -> tuple[Post, ...]:
        now = self._clock()
        return self._ledger.posts.claim(
            sender=self._name, now=now, before=now - LEASE, most=_CLAIMED
        )

    def _tell(self, post: Post, poster: Poster) -> PostState:
        """Tell one post, and write down what became of it before the next."""
        endpoint = self._ledger.alerts.endpoint(post.endpoint_id)
        if endpoint is None:  # its owner took it away; the post went with it
            return PostState.SKIPPED
        if endpoint.off_at is not None and post.kind is not PostKind.NOTICE:
            return self._settle(post, PostState.SKIPPED, "the channel is switched off")
        notice = notice_of(self._ledger, self._desk, post, endpoint, now=self._clock())
        if isinstance(notice, Quiet):
            return self._settle(post, PostState.SKIPPED, notice.reason)
        try:
            if post.kind is PostKind.NOTICE:
                self._mail(notice, endpoint)
            else:
                self.deliver(notice, endpoint, poster)
        except (DeliveryError, ConfigError) as error:
            return self._failed(post, endpoint, error)
        with self._ledger.transaction():
            state = self._settle(post, PostState.SENT, "")
            now = self._clock()
            kept = self._ledger.alerts.endpoint(endpoint.id)
            if kept is not None and post.kind is not PostKind.NOTICE:
                well = replace(kept, failures=0, failing_since=None, trouble="", well_at=now)
                self._ledger.alerts.put_endpoint(well)
        return state

    def _settle(self, post: Post, state: PostState, reason: str) -> PostState:
        now = self._clock()
        self._ledger.posts.settle(post.id, state, sender=self._name, at=now, reason=reason)
        return state

    def deliver(self, notice: Notice, endpoint: Endpoint, poster: Poster) -> None:
        """Hand a notice over; raises DeliveryError or ConfigError where it was not taken."""
        address, choice = endpoint.address, self._desk.channels
        if endpoint.kind is ChannelKind.EMAIL:
            self._mail(notice, endpoint)
        elif endpoint.kind is ChannelKind.WEBHOOK:
            now = self._clock()
            secrets = secrets_of(newsletter_key(self._desk.root), endpoint, now=now)
            poster(forms.webhook(notice, address, secrets, now=now))
        elif endpoint.kind is ChannelKind.SLACK:
            poster(forms.slack(notice, address))
        elif endpoint.kind is ChannelKind.TEAMS:
            poster(forms.teams(notice, address))
        elif endpoint.kind is ChannelKind.TELEGRAM:
            token = choice.telegram_token()
            poster(forms.telegram(notice, choice.telegram_api, token, address))

    def _mail(self, notice: Notice, endpoint: Endpoint) -> None:
        account = account_of(self._ledger, endpoint.owner)
        told = endpoint.address if endpoint.kind is ChannelKind.EMAIL else ""
        recipient = account.address if account is not None else told or self._desk.contact
        if "@" not in recipient:
            raise NotTaken("nobody is named to write to", hint="contact in desk.toml")
        sender = sender_of(self._desk)
        message_id = f"<{notice.id}@{sender.address.rpartition('@')[2]}>"
        if self._messenger is None:
            self._messenger = open_messenger(self._desk)
        if self._messenger.holds(message_id):
            return  # it was handed over, and whoever did was killed before writing it down
        self._messenger.deliver(
            build_message(
                forms.mail(notice),
                sender=sender,
                recipient=recipient,
                message_id=message_id,
                date=self._clock(),
            )
        )

    # What goes wrong

    def _failed(
        self, post: Post, endpoint: Endpoint, error: DeliveryError | ConfigError
    ) -> PostState:
        now = self._clock()
        final = isinstance(error, NotTaken) or post.attempts > len(BACK_OFF)
        with self._ledger.transaction():
            if isinstance(error, MessengerAway | ConfigError):
                # No fault of this channel: nothing can be sent at all.
                until = now + BACK_OFF[0]
                self._put_off(post, until, error.message, counted=False)
                return PostState.QUEUED
            off = post.kind is not PostKind.NOTICE and self._mark_failing(endpoint, error, now)
            if final or off:
                return self._settle(post, PostState.FAILED, error.message)
            wait = BACK_OFF[post.attempts - 1]
            if isinstance(error, PutOff):
                wait = max(wait, error.wait)
            self._put_off(post, now + wait, error.message)
            self._ledger.posts.put_off_all(endpoint.id, until=now + min(wait, BACK_OFF[2]))
        return PostState.QUEUED

    def _put_off(self, post: Post, until: datetime, reason: str, *, counted: bool = True) -> None:
        self._ledger.posts.put_off(
            post.id, sender=self._name, until=until, reason=reason, counted=counted
        )

    def _mark_failing(
        self, endpoint: Endpoint, error: DeliveryError | ConfigError, now: datetime
    ) -> bool:
        """Count a failure; switch the channel off where nothing has worked for days, or it is gone.

        Its owner is told once, by mail. True where it is off.
        """
        kept = self._ledger.alerts.endpoint(endpoint.id)
        if kept is None or kept.off_at is not None:
            return True
        since = kept.failing_since or now
        failing = replace(
            kept, failures=kept.failures + 1, failing_since=since, trouble=error.message
        )
        gone = isinstance(error, NotTaken) and error.gone
        if gone or now - since >= timedelta(days=self._desk.channels.switch_off_after_days):
            failing = replace(failing, off_at=now)
            self._ledger.posts.drop_queued(kept.id, reason="the channel was switched off", at=now)
            self._ledger.posts.queue(
                Post(
                    id=PostId(content_id("po", kept.id, "off", now.isoformat())),
                    endpoint_id=kept.id,
                    kind=PostKind.NOTICE,
                    about=kept.name,
                    due_at=now,
                    next_at=now,
                )
            )
        self._ledger.alerts.put_endpoint(failing)
        return failing.off_at is not None


def send_trial(desk: DeskConfig, ledger: Ledger, endpoint: Endpoint, *, now: datetime) -> None:
    """Send a test to a channel at once; raises DeliveryError or ConfigError where it failed."""
    if endpoint.kind is ChannelKind.FEED:
        raise NotTaken("a feed is asked for, not sent", hint="open its address in a reader")
    id_ = content_id("po", endpoint.id, "test", now.isoformat())
    teller = Teller(desk, ledger, lambda: now)
    try:
        with open_poster(desk) as poster:
            teller.deliver(trial_notice(desk, endpoint, id_=id_, now=now), endpoint, poster)
    finally:
        teller.close()
