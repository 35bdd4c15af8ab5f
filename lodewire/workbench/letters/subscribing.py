"""Subscribers over their life: asked, confirmed, changed, left, erased.

No answer to a stranger tells whether an address is known: :meth:`Subscriptions.ask` takes every
address alike, and what it finds is told only in a mail to that address.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from lodewire.config.desk import DeskConfig
from lodewire.delivery.addresses import check_address
from lodewire.delivery.keys import NewsletterKey, newsletter_key
from lodewire.delivery.links import Link, Purpose, make_link, read_link, used_link
from lodewire.delivery.messages import From, Letter, Message, build_message
from lodewire.delivery.waves import check_timezone
from lodewire.errors import ConfigError, DeliveryError, LinkRefused
from lodewire.ledger.codec import encode
from lodewire.ledger.store import Ledger
from lodewire.model.audience import (
    Consent,
    ConsentStep,
    Preferences,
    Subscriber,
    SubscriberState,
    SuppressionReason,
    subscriber_id,
)
from lodewire.model.ids import content_id
from lodewire.publish.frame import frame_of, path_part

#: An address is not written to again sooner, however often somebody types it into a form.
ASK_AGAIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a request came from: the form or command, and the network address, if known."""

    source: str
    network: str | None = None


class Subscriptions:
    """What can be done with the subscribers of one desk."""

    def __init__(self, desk: DeskConfig, ledger: Ledger, key: NewsletterKey) -> None:
        self.desk = desk
        self.key = key
        self._ledger = ledger
        self._store = ledger.subscribers

    def ask(
        self, address: str, preferences: Preferences, origin: Origin, *, now: datetime
    ) -> Message | None:
        """Take a request to subscribe; return the mail to send, None where one was just sent.

        Whoever is active is told so by that mail, anybody else is asked to confirm. Never tell a
        stranger which. Raises AddressRefused, or DeliveryError for an unknown time zone.
        """
        address = check_address(address)
        check_timezone(preferences.timezone)
        sender = sender_of(self.desk)
        found = self.of_address(address)
        if found is not None and now - found.asked_at < ASK_AGAIN:
            return None
        asked = self._consent(ConsentStep.ASKED, origin, now)
        if found is None:
            key = self.key.hash_address(address)
            found = Subscriber(
                address=address,
                address_key=key,
                state=SubscriberState.PENDING,
                preferences=preferences,
                created_at=now,
                asked_at=now,
            )
            self._store.add([(found, [asked])])
        elif found.state is SubscriberState.ACTIVE:
            found = replace(found, asked_at=now)
            self._store.change(found)
        else:
            state = SubscriberState.PENDING
            found = replace(found, state=state, preferences=preferences, asked_at=now)
            self._store.change(found, [asked])
        letter = self._greeting(found, now)
        stamp = content_id("ms", "ask", found.id, now.isoformat())
        return build_message(
            letter,
            sender=sender,
            recipient=found.address,
            message_id=f"<{stamp}@{sender.address.rpartition('@')[2]}>",
            date=now,
        )

    def confirm(self, token: str, origin: Origin, *, now: datetime) -> Subscriber:
        """Make a subscriber active by the link that was sent to them; raises LinkRefused.

        It works once. Who confirms after having left is no longer suppressed.
        """
        link = read_link(self.key, token, Purpose.CONFIRM, now=now)
        with self._ledger.transaction():
            found = self._store.get(link.subscriber)
            if (
                found is None
                or found.state is not SubscriberState.PENDING
                or found.serial != link.serial
            ):
                raise used_link()
            active = replace(found, state=SubscriberState.ACTIVE, serial=found.serial + 1)
            self._store.change(active, [self._consent(ConsentStep.CONFIRMED, origin, now)])
            self._store.lift(found.address_key, at=now)
        return active

    def prefer(
        self, token: str, preferences: Preferences, origin: Origin, *, now: datetime
    ) -> Subscriber:
        """Change what a subscriber receives, by a signed link; raises LinkRefused.

        Agreeing to the counting of links, or ending it, is kept as a step of consent.
        """
        link = read_link(self.key, token, Purpose.PREFERENCES, now=now)
        with self._ledger.transaction():
            found = self._holder(link)
            steps: tuple[Consent, ...] = ()
            if preferences.counting is not found.preferences.counting:
                agreed = preferences.counting
                step = ConsentStep.COUNTING if agreed else ConsentStep.COUNTING_ENDED
                steps = (self._consent(step, origin, now),)
            return self.set_preferences(found, preferences, steps)

    def holder(self, token: str, *, now: datetime) -> Subscriber:
        """Return whose preferences a link opens; raises LinkRefused."""
        return self._holder(read_link(self.key, token, Purpose.PREFERENCES, now=now))

    def _holder(self, link: Link) -> Subscriber:
        found = self._store.get(link.subscriber)
        if found is None or found.serial != link.serial:
            raise used_link()
        return found

    def set_preferences(
        self, subscriber: Subscriber, preferences: Preferences, steps: Sequence[Consent] = ()
    ) -> Subscriber:
        """Change what a subscriber receives; copies that are queued keep their hour."""
        check_timezone(preferences.timezone)
        changed = replace(subscriber, preferences=preferences)
        self._store.change(changed, steps)
        return changed

    def unsubscribe(self, token: str, origin: Origin, *, now: datetime) -> None:
        """Let nothing more be sent, by the link of a mail; repeating it changes nothing.

        Returns alike for who is subscribed, has left or was erased. Raises LinkRefused.
        """
        link = read_link(self.key, token, Purpose.UNSUBSCRIBE, now=now)
        found = self._store.get(link.subscriber)
        if found is not None:
            self.leave(found, origin, now=now)

    def leave(self, subscriber: Subscriber, origin: Origin, *, now: datetime) -> None:
        """Unsubscribe a person who asked for it, however they did."""
        with self._ledger.transaction():
            found = self._store.get(subscriber.id)
            if found is None or found.state is SubscriberState.UNSUBSCRIBED:
                return
            gone = replace(found, state=SubscriberState.UNSUBSCRIBED)
            self._store.change(gone, [self._consent(ConsentStep.WITHDRAWN, origin, now)])
            self._store.suppress(found.address_key, SuppressionReason.UNSUBSCRIBED, at=now)

    def erase(self, address: str, *, now: datetime) -> None:
        """Delete all that is kept of an address but the keyed hash that keeps mail from it.

        The same for an address that was never known: it is then suppressed too.
        """
        key = self.key.hash_address(check_address(address))
        with self._ledger.transaction():
            self._store.erase(subscriber_id(key))
            self._store.suppress(key, SuppressionReason.ERASED, at=now)

    def of_address(self, address: str) -> Subscriber | None:
        """Return the subscriber of an address; None where there is none."""
        return self._store.get(subscriber_id(self.key.hash_address(address)))

    def consents(self, subscriber: Subscriber) -> tuple[Consent, ...]:
        """Return the steps of a subscriber's consent in their order."""
        return self._store.consents(subscriber.id)

    def told_of(self, subscriber: Subscriber) -> dict[str, Any]:
        """Return all that is kept of one person, as JSON, to hand to them."""
        suppression = self._store.suppression(subscriber.address_key)
        return {
            "version": 1,
            "subscriber": {"id": subscriber.id, **encode(subscriber)},
            "preferences": preferences_json(subscriber.preferences),
            "consents": [encode(c) for c in self._store.consents(subscriber.id)],
            "suppression": None if suppression is None else encode(suppression),
            "deliveries": [encode(d) for d in self._ledger.campaigns.of_subscriber(subscriber.id)],
            "feedback": [encode(f) for f in self._ledger.letters.feedback_of(subscriber.id)],
        }

    def add_all(self, new: Sequence[tuple[Subscriber, Sequence[Consent]]]) -> tuple[int, int, int]:
        """Add imported subscribers; returns (added, there already, suppressed and left out)."""
        with self._ledger.transaction():
            barred = self._store.suppressed(s.address_key for s, _ in new)
            fit = [(s, steps) for s, steps in new if s.address_key not in barred]
            added = self._store.add(fit)
        return added, len(fit) - added, len(new) - len(fit)

    def link(self, purpose: Purpose, subscriber: Subscriber, *, now: datetime) -> str:
        """Return the address of a page of the site for one subscriber; empty without a site."""
        return self.page(purpose, make_link(self.key, purpose, subscriber, now=now), subscriber)

    def page(self, purpose: Purpose, token: str, subscriber: Subscriber) -> str:
        """Return the address of the page that a token opens, in the subscriber's language.

        Empty without a site.
        """
        base = self.desk.brief.base_url
        part = path_part(subscriber.preferences.language, self.desk.language)
        return f"{base}{part}/{purpose.value}/{token}" if base else ""

    def _greeting(self, subscriber: Subscriber, now: datetime) -> Letter:
        title = self.desk.brief.title
        frame = frame_of(subscriber.preferences.language or self.desk.language)
        asked = frame.told("asked", title=title)
        if subscriber.state is SubscriberState.ACTIVE:
            page = self.link(Purpose.PREFERENCES, subscriber, now=now)
            change = f"{frame.words['change']}: {page}\n" if page else ""
            return Letter(
                subject=frame.told("already_subject", title=title),
                text=f"{asked}\n{frame.words['already']}\n{change}",
            )
        contact = self.desk.contact or frame.words["editor"]
        page = self.link(Purpose.CONFIRM, subscriber, now=now)
        token = make_link(self.key, Purpose.CONFIRM, subscriber, now=now)
        how = "confirm_page" if page else "confirm_code"
        return Letter(
            subject=frame.told("confirm_subject", title=title),
            text=f"{asked}\n{frame.told(how, contact=contact)}\n\n{page or token}\n\n"
            f"{frame.words['confirm_else']}\n",
        )

    def _consent(self, step: ConsentStep, origin: Origin, now: datetime) -> Consent:
        network = origin.network
        return Consent(
            step=step,
            wording=self.desk.newsletter.wording,
            source=origin.source,
            at=now,
            origin_key=None if network is None else self.key.hash_origin(network),
        )


def open_subscriptions(desk: DeskConfig, ledger: Ledger, *, now: datetime) -> Subscriptions:
    """Return the subscriptions of a desk; raises ConfigError or LedgerError about its key."""
    key = newsletter_key(desk.root)
    ledger.subscribers.bind_key(key.fingerprint, at=now)
    return Subscriptions(desk, ledger, key)


def sender_of(desk: DeskConfig) -> From:
    """Return who mail comes from; raises ConfigError where the desk names no address."""
    address = desk.newsletter.sender or (desk.contact if "@" in desk.contact else "")
    if not address:
        raise ConfigError(
            "desk.toml names no address that mail comes from",
            hint='write sender = "brief@example.org" under [newsletter]',
        )
    try:
        checked = check_address(address)
        bounces = check_address(desk.newsletter.bounces or address)
    except DeliveryError as error:
        raise ConfigError(f"[newsletter]: {error.message}", hint=error.hint) from error
    return From(name=desk.brief.title, address=checked, bounces=bounces)


def preferences_json(preferences: Preferences) -> dict[str, Any]:
    """Return preferences with every value spelt out."""
    return {
        "desks": [d.value for d in preferences.desks],
        "frequency": preferences.frequency.value,
        "timezone": preferences.timezone,
        "hour": preferences.hour,
        "concerning": list(preferences.concerning),
        "alerts": preferences.alerts,
        "counting": preferences.counting,
        "language": preferences.language,
        "own": preferences.own,
    }


__all__ = ["LinkRefused", "Origin", "Subscriptions", "open_subscriptions", "sender_of"]
