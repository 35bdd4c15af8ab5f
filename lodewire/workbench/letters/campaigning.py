"""A campaign: a day's brief from the ledger, the letter of each reader, and who gets one when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import chain

from lodewire.delivery.counted import make_onward
from lodewire.delivery.links import Purpose, make_link
from lodewire.delivery.messages import Letter, Message, message_id_of
from lodewire.delivery.stencil import Stencil, make_stencil
from lodewire.delivery.verp import tagged
from lodewire.delivery.waves import due_at
from lodewire.errors import DeliveryError
from lodewire.ledger.store import Ledger
from lodewire.model.audience import (
    Campaign,
    CampaignKind,
    CampaignState,
    Frequency,
    Subscriber,
    SubscriberId,
    SubscriberState,
    campaign_id,
)
from lodewire.model.brief import Brief
from lodewire.model.ids import EventId
from lodewire.model.tier import Part, Reach, Tier
from lodewire.model.vocabulary import Desk
from lodewire.publish.letter import about, told_of, with_links, within, without_repeats
from lodewire.publish.newsletter import (
    PREFERENCES,
    UNSUBSCRIBE,
    choose_desks,
    is_empty,
    of_week,
    render_letter,
)
from lodewire.publish.shown import letter_words, shown_brief
from lodewire.reference.store import store_of
from lodewire.workbench.accounts.standing import tiers_of
from lodewire.workbench.briefing.correcting import with_notices
from lodewire.workbench.letters.noticing import only_about, subject_about
from lodewire.workbench.letters.owning import OwnReader
from lodewire.workbench.letters.picturing import Illustrator
from lodewire.workbench.letters.subscribing import Subscriptions, sender_of

_WEEK = 7
#: A letter rendered is used again for so long; then corrections made since stand in it.
FRESH = timedelta(minutes=5)


#: What a reader was told so long ago may be told again.
REMEMBERED = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """All that decides what a letter tells: readers with the same profile get the same letter.

    ``told`` is what they were told before of the events of this letter, ``counted`` whether its
    links count their openings, ``own`` the events that touch what they buy where they asked for
    these alone.
    """

    desks: frozenset[Desk] = frozenset()
    weekly: bool = False
    concerning: frozenset[str] = frozenset()
    tier: Tier = Tier.FREE
    counted: bool = False
    language: str = ""
    told: frozenset[tuple[EventId, str]] = frozenset()
    own: frozenset[EventId] | None = None


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
    """The seeds at once, whatever they chose, then everybody at their hour."""
    seeds = ledger.seeds.active()
    yield from ((id_, campaign.created_at) for id_ in sorted(seeds))
    for subscriber in ledger.subscribers.all(SubscriberState.ACTIVE):
        wanted = subscriber.preferences.frequency.falls_on(campaign.send_on)
        if wanted and subscriber.id not in seeds:
            yield subscriber.id, due_at(subscriber.preferences, campaign.send_on)


def plan_campaign(ledger: Ledger, day: date, send_on: date, *, now: datetime) -> Campaign:
    """Return the campaign that a day would have, without keeping it; raises DeliveryError."""
    brief = ledger.briefs.get(day)
    if brief is None:
        raise DeliveryError(
            f"no brief was composed for {day}",
            hint=f"run `lodewire brief {day}` and read it before it is sent; a draft is published "
            f"with `lodewire brief {day} --publish`",
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
    quiet = "nothing new on the chosen desks"

    def __init__(
        self,
        subscriptions: Subscriptions,
        ledger: Ledger,
        campaign: Campaign,
    ) -> None:
        self.campaign = campaign
        self._subscriptions = subscriptions
        self._ledger = ledger
        self._sender = sender_of(subscriptions.desk)
        self._illustrator = Illustrator(
            ledger=ledger,
            figures=partial(store_of, subscriptions.desk.root),
            choice=subscriptions.desk.newsletter,
            domain=self._sender.address.rpartition("@")[2],
        )
        self._letters: dict[Profile, tuple[Stencil, str] | None] = {}
        self._profiles: dict[SubscriberId, Profile] = {}
        self._day: Brief | None = None
        self._week: Brief | None = None
        self._own: OwnReader | None = None
        self._read_at: datetime | None = None

    def message_id(self, subscriber: SubscriberId) -> str:
        """Return the Message-ID of a subscriber's copy."""
        return message_id_of(self.campaign.id, subscriber, self._sender.address)

    def prepare(self, subscribers: Sequence[Subscriber], *, now: datetime) -> None:
        """Read what the copies of these subscribers need, at once for all of them."""
        if self._read_at is None or now - self._read_at > FRESH:
            self._letters.clear()
            self._own = None
            self._read()
            self._read_at = now
        tiers = tiers_of(self._ledger, [s.address_key for s in subscribers], now=now)
        told = self._told_before(subscribers, now)
        own = self._touching(subscribers, tiers)
        self._profiles = {
            s.id: Profile(
                desks=frozenset(s.preferences.desks),
                weekly=s.preferences.frequency is Frequency.WEEKLY,
                concerning=frozenset(s.preferences.concerning),
                tier=tiers[s.address_key],
                counted=s.preferences.counting and bool(self._subscriptions.desk.brief.base_url),
                language=s.preferences.language or self._subscriptions.desk.language,
                told=told.get(s.id, frozenset()),
                own=own.get(s.address_key),
            )
            for s in subscribers
        }

    def _told_before(
        self, subscribers: Sequence[Subscriber], now: datetime
    ) -> dict[SubscriberId, frozenset[tuple[EventId, str]]]:
        """What each was told of events that this campaign tells; a correction is told anyway."""
        if self.campaign.kind is CampaignKind.CORRECTION:
            return {}
        events = self._events()
        read = self._ledger.letters.read_by((s.id for s in subscribers), since=now - REMEMBERED)
        letters = self._ledger.letters.told(id_ for ids in read.values() for id_ in ids)
        found = {}
        for subscriber, ids in read.items():
            told: dict[EventId, str] = {}
            for id_ in ids:
                told.update({e: t for e, t in letters.get(id_, {}).items() if e in events})
            found[subscriber] = frozenset(told.items())
        return found

    def _events(self) -> set[EventId]:
        briefs = [b for b in (self._day, self._week) if b is not None]
        return {e.event_id for b in briefs for s in b.sections for e in s.entries}

    def _touching(
        self, subscribers: Sequence[Subscriber], tiers: Mapping[str, Tier]
    ) -> dict[str, frozenset[EventId]]:
        """What touches those who asked for what they buy and may use the tools for it."""
        plan = self._subscriptions.desk.tiers.plan
        asking = [
            s
            for s in subscribers
            if s.preferences.own and plan.sees(tiers[s.address_key], Part.TOOLS)
        ]
        if not asking:
            return {}
        if self._own is None:
            desk, day = self._subscriptions.desk, self.campaign.day
            self._own = OwnReader(self._ledger, desk, day, self._events())
        return self._own.touching(asking)

    def copy(self, subscriber: Subscriber, *, now: datetime) -> tuple[Message, str | None] | None:
        """Return a subscriber's copy and the id of its letter; :meth:`prepare` names them before.

        None where there is nothing to tell them.
        """
        profile = self._profiles[subscriber.id]
        if profile not in self._letters:
            brief = self.brief_for(profile)
            self._letters[profile] = None
            if brief is not None:
                letter = self._ledger.letters.keep(self.campaign.id, told_of(brief))
                self._letters[profile] = self._encode(brief, profile), letter
        found = self._letters[profile]
        if found is None:
            return None
        stencil, letter = found
        return self._filled(stencil, subscriber, now), letter

    def message(self, subscriber: Subscriber, *, now: datetime, label: str = "") -> Message | None:
        """Return a copy to look at; ``label`` stands before its subject. Nothing is kept."""
        self.prepare([subscriber], now=now)
        profile = self._profiles[subscriber.id]
        brief = self.brief_for(profile)
        if brief is None:
            return None
        return self._filled(self._encode(brief, profile, label), subscriber, now)

    def brief_for(self, profile: Profile) -> Brief | None:
        """Return what readers of a profile are told; None where that is nothing."""
        brief = within(self._chosen(profile), self._limit(profile))
        brief = shown_brief(brief, self._reach(profile))
        return None if is_empty(brief) else brief

    def _chosen(self, profile: Profile) -> Brief:
        """What concerns readers of a profile, whatever their tier."""
        whole = self._week if profile.weekly else self._day
        assert whole is not None, "prepare reads them first"
        if self.campaign.kind is not CampaignKind.BRIEF:
            whole = self._day or whole
        brief = about(choose_desks(whole, profile.desks), profile.concerning, profile.own)
        brief = without_repeats(brief, dict(profile.told))
        return within(brief, self._subscriptions.desk.newsletter.most_entries)

    def _limit(self, profile: Profile) -> int:
        choice = self._subscriptions.desk.newsletter
        free = choice.free_entries and not profile.tier.covers(Tier.PRO)
        return min(choice.free_entries, choice.most_entries) if free else choice.most_entries

    def _withheld(self, profile: Profile) -> str:
        """What the letter leaves out for the reader's tier, in numbers."""
        if self.campaign.kind is CampaignKind.CORRECTION:
            return ""
        whole = self._chosen(profile)
        kept = within(whole, self._limit(profile))
        more = sum(len(s.entries) for s in whole.sections)
        more -= sum(len(s.entries) for s in kept.sections)
        return letter_words(kept, self._reach(profile), more=more, language=profile.language)

    def _filled(self, stencil: Stencil, subscriber: Subscriber, now: datetime) -> Message:
        token = make_link(self._subscriptions.key, Purpose.UNSUBSCRIBE, subscriber, now=now)
        page = self._subscriptions.page(Purpose.UNSUBSCRIBE, token, subscriber)
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

    def _onward(self, url: str) -> str:
        """The page of the site that counts an opening and leads on to the address."""
        token = make_onward(self._subscriptions.key, self.campaign.id, url)
        return url if token is None else f"{self._subscriptions.desk.brief.base_url}/onward/{token}"

    def _reach(self, profile: Profile) -> Reach:
        return Reach(tier=profile.tier, plan=self._subscriptions.desk.tiers.plan)

    def _encode(self, brief: Brief, profile: Profile, label: str = "") -> Stencil:
        base = self._subscriptions.desk.brief.base_url
        seen = self._reach(profile).sees(Part.SUPPLY)
        charts = self._illustrator.illustrate(brief) if seen else {}
        rendered = render_letter(
            with_links(brief, self._onward) if profile.counted else brief,
            counted=profile.counted,
            language=profile.language,
            preferences=bool(base),
            withheld=self._withheld(profile),
            membership=f"{base}/membership" if base else "",
            charts={event: told for event, (told, _) in charts.items()},
        )
        subject = label + subject_about(self.campaign, brief, rendered.subject, profile.language)
        return make_stencil(
            Letter(
                subject=subject,
                html=rendered.html,
                text=rendered.text,
                pictures=tuple(picture for _, picture in charts.values()),
            ),
            sender=self._sender,
            list_name="brief",
            blanks=(UNSUBSCRIBE, PREFERENCES),
        )

    def _read(self) -> None:
        found = [self._ledger.briefs.by_id(id_) for id_ in self.campaign.briefs]
        if found[0] is None:
            raise DeliveryError(
                f"the brief of {self.campaign.day} is not in the ledger any more",
                hint="restore the backup that holds it, or cancel the campaign",
            )
        if self.campaign.kind is not CampaignKind.BRIEF:
            self._day = self._week = only_about(self._ledger, self.campaign, found[0])
            return
        briefs = [with_notices(self._ledger, b) for b in found if b is not None]
        per_desk = self._subscriptions.desk.brief.entries_a_desk
        self._day, self._week = briefs[0], of_week(briefs, per_desk=per_desk)
