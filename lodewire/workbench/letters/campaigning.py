"""A campaign: a day's brief from the ledger, the letter of each reader, and who gets one when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import chain

from lodewire.delivery.links import Purpose, make_link
from lodewire.delivery.messages import Letter, Message, message_id_of
from lodewire.delivery.stencil import Stencil, make_stencil
from lodewire.delivery.verp import tagged
from lodewire.delivery.waves import due_at
from lodewire.errors import DeliveryError
from lodewire.ledger.store import Ledger
from lodewire.model.audience import (
    Campaign,
    CampaignState,
    Frequency,
    Preferences,
    Subscriber,
    SubscriberId,
    SubscriberState,
    campaign_id,
)
from lodewire.model.brief import Brief
from lodewire.model.vocabulary import Desk
from lodewire.publish.newsletter import (
    PREFERENCES,
    UNSUBSCRIBE,
    Rendered,
    choose_desks,
    is_empty,
    of_week,
    render_letter,
)
from lodewire.workbench.briefing.correcting import with_notices
from lodewire.workbench.letters.subscribing import Subscriptions, sender_of

_WEEK = 7
#: A letter rendered is used again for so long; then corrections made since stand in it.
FRESH = timedelta(minutes=5)


def start_campaign(
    ledger: Ledger, day: date, send_on: date | None = None, *, now: datetime
) -> Campaign | None:
    """Return the campaign of a day, made with a copy for every active subscriber if it is new.

    The brief is the latest kept of that day, and stays the same for all. ``send_on`` is the day
    itself if not told. None, and nothing begun, where nobody is due a copy. Raises DeliveryError
    where there is no brief, it tells nothing, or the campaign was begun for another ``send_on``.
    """
    kept = ledger.campaigns.get(campaign_id(day))
    if kept is None:
        campaign = plan_campaign(ledger, day, send_on or day, now=now)
        # A list of a hundred thousand is never in memory at once.
        due = _due(ledger, campaign)
        first = next(due, None)
        if first is None:
            return None
        ledger.campaigns.start(campaign, chain([first], due))
        kept = ledger.campaigns.get(campaign.id)
        assert kept is not None, "it was just made, here or by another sender"
    if send_on not in (None, kept.send_on):
        raise DeliveryError(
            f"the campaign of {day} is sent on {kept.send_on}",
            hint="leave out --on to go on with it",
        )
    return kept


def _due(ledger: Ledger, campaign: Campaign) -> Iterator[tuple[SubscriberId, datetime]]:
    for subscriber in ledger.subscribers.all(SubscriberState.ACTIVE):
        if subscriber.preferences.frequency.falls_on(campaign.send_on):
            yield subscriber.id, due_at(subscriber.preferences, campaign.send_on)


def plan_campaign(ledger: Ledger, day: date, send_on: date, *, now: datetime) -> Campaign:
    """Return the campaign that a day would have, without keeping it; raises DeliveryError."""
    brief = ledger.briefs.get(day)
    if brief is None:
        raise DeliveryError(
            f"no brief was composed for {day}",
            hint=f"run `lodewire brief {day}` and read it before it is sent",
        )
    if is_empty(brief):
        raise DeliveryError(
            f"the brief of {day} tells nothing, so nothing is sent",
            hint="lodewire search lists the documents of the day",
        )
    week = [ledger.briefs.get(day - timedelta(days=back)) for back in range(1, _WEEK)]
    return Campaign(
        day=day,
        send_on=send_on,
        briefs=(brief.id, *(b.id for b in week if b is not None)),
        state=CampaignState.SENDING,
        created_at=now,
    )


class LetterBook:
    """The letters of one campaign, each composed and encoded once for all who are told the same."""

    #: Why a copy is not sent where there is no letter.
    quiet = "nothing on the chosen desks"

    def __init__(self, subscriptions: Subscriptions, ledger: Ledger, campaign: Campaign) -> None:
        self.campaign = campaign
        self._subscriptions = subscriptions
        self._ledger = ledger
        self._sender = sender_of(subscriptions.desk)
        self._stencils: dict[tuple[frozenset[Desk], bool], Stencil | None] = {}
        self._briefs: tuple[Brief, ...] = ()
        self._read_at: datetime | None = None

    def message_id(self, subscriber: SubscriberId) -> str:
        """Return the Message-ID of a subscriber's copy."""
        return message_id_of(self.campaign.id, subscriber, self._sender.address)

    def prepare(self, subscribers: Sequence[Subscriber], *, now: datetime) -> None:
        """Read what the copies of these subscribers need, at once for all of them."""
        if self._read_at is None or now - self._read_at > FRESH:
            self._stencils.clear()
            self._briefs = tuple(self._read())
            self._read_at = now

    def copy(self, subscriber: Subscriber, *, now: datetime) -> tuple[Message, str | None] | None:
        """Return a subscriber's copy and the id of its letter.

        None where their desks have nothing to tell.
        """
        stencil = self._stencil(subscriber.preferences)
        if stencil is None:
            return None
        return self._filled(stencil, subscriber, now), None

    def message(self, subscriber: Subscriber, *, now: datetime, label: str = "") -> Message | None:
        """Return a copy to look at; ``label`` stands before its subject."""
        self.prepare([subscriber], now=now)
        rendered = self._render(*_chosen(subscriber.preferences))
        if rendered is None:
            return None
        return self._filled(self._encode(rendered, label), subscriber, now)

    def _filled(self, stencil: Stencil, subscriber: Subscriber, now: datetime) -> Message:
        token = make_link(self._subscriptions.key, Purpose.UNSUBSCRIBE, subscriber, now=now)
        page = self._subscriptions.page(Purpose.UNSUBSCRIBE, token)
        preferences = self._subscriptions.link(Purpose.PREFERENCES, subscriber, now=now)
        mailto = f"mailto:{self._sender.address}?subject=unsubscribe%20{token}"
        return stencil.fill(
            subscriber.address,
            message_id=self.message_id(subscriber.id),
            date=now,
            values={UNSUBSCRIBE: page or mailto, PREFERENCES: preferences},
            page=page,
            leave=f"unsubscribe {token}",
            bounces=self._bounces(subscriber.id),
        )

    def _bounces(self, subscriber: SubscriberId) -> str:
        if not self._subscriptions.desk.newsletter.verp:
            return self._sender.bounces
        key = self._subscriptions.key
        return tagged(self._sender.bounces, key, self.campaign.id, subscriber)

    def _stencil(self, preferences: Preferences) -> Stencil | None:
        chosen = _chosen(preferences)
        if chosen not in self._stencils:
            rendered = self._render(*chosen)
            self._stencils[chosen] = None if rendered is None else self._encode(rendered)
        return self._stencils[chosen]

    def _encode(self, rendered: Rendered, label: str = "") -> Stencil:
        return make_stencil(
            Letter(subject=label + rendered.subject, html=rendered.html, text=rendered.text),
            sender=self._sender,
            list_name="brief",
            blanks=(UNSUBSCRIBE, PREFERENCES),
        )

    def _render(self, desks: frozenset[Desk], weekly: bool) -> Rendered | None:
        per_desk = self._subscriptions.desk.brief.entries_a_desk
        whole = of_week(self._briefs, per_desk=per_desk) if weekly else self._briefs[0]
        brief = choose_desks(whole, desks)
        if is_empty(brief):
            return None
        return render_letter(brief, preferences=bool(self._subscriptions.desk.brief.base_url))

    def _read(self) -> list[Brief]:
        found = [self._ledger.briefs.by_id(id_) for id_ in self.campaign.briefs]
        if found[0] is None:
            raise DeliveryError(
                f"the brief of {self.campaign.day} is not in the ledger any more",
                hint="restore the backup that holds it, or cancel the campaign",
            )
        return [with_notices(self._ledger, b) for b in found if b is not None]


def _chosen(preferences: Preferences) -> tuple[frozenset[Desk], bool]:
    return frozenset(preferences.desks), preferences.frequency is Frequency.WEEKLY
