"""Who receives the brief, with what consent, and what became of each copy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import NewType

from lodewire.model.ids import BriefId, content_id
from lodewire.model.vocabulary import Desk

SubscriberId = NewType("SubscriberId", str)
CampaignId = NewType("CampaignId", str)

#: The weekday (Monday is 0) on which weekly subscribers receive their week.
WEEKLY_ON = 4


class SubscriberState(Enum):
    """Only ``ACTIVE`` subscribers are ever sent a brief."""

    PENDING = "pending"
    ACTIVE = "active"
    UNSUBSCRIBED = "unsubscribed"
    BOUNCED = "bounced"


class Frequency(Enum):
    """On which days a subscriber is sent a brief."""

    DAILY = "daily"
    WEEKDAYS = "weekdays"
    WEEKLY = "weekly"

    def falls_on(self, day: date) -> bool:
        """Tell whether a copy is due on ``day``: weekdays are Monday to Friday."""
        if self is Frequency.WEEKLY:
            return day.weekday() == WEEKLY_ON
        return self is Frequency.DAILY or day.weekday() < 5


class ConsentStep(Enum):
    """What a person did, or what another list vouches that they did."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    IMPORTED = "imported"
    WITHDRAWN = "withdrawn"
    COUNTING = "counting"
    COUNTING_ENDED = "counting_ended"


class SuppressionReason(Enum):
    """Why nothing may be sent to an address."""

    UNSUBSCRIBED = "unsubscribed"
    ERASED = "erased"
    BOUNCED = "bounced"
    COMPLAINED = "complained"


class FeedbackKind(Enum):
    """What came back of a copy: a mailbox that is not there, one that is full, a complaint."""

    HARD = "hard"
    SOFT = "soft"
    COMPLAINT = "complaint"


class CampaignKind(Enum):
    """What a campaign tells: a day's brief, one correction, or one event at once."""

    BRIEF = "brief"
    CORRECTION = "correction"
    ALERT = "alert"


class CampaignState(Enum):
    """What senders may do with a campaign; a cancelled one never goes on."""

    SENDING = "sending"
    PAUSED = "paused"
    CANCELLED = "cancelled"


class DeliveryState(Enum):
    """What became of one copy.

    ``UNCLEAR``: its sender died, or the connection broke, when the server may already have had
    it. Such a copy is not sent again before somebody has looked.
    """

    QUEUED = "queued"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    BOUNCED = "bounced"
    SKIPPED = "skipped"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What a subscriber wants: ``desks`` empty for all; ``hour`` (0..23) in ``timezone``.

    ``concerning`` are names of materials, countries or organisations: only what names one of them
    is told; empty for all. ``alerts``: important events are told at once too. ``counting``: they
    agreed that openings of links are counted. ``language`` (a tag such as ``de``) is that of all
    in a mail but its insights; empty for the desk's. ``own``: only what touches the table of what
    their account buys, and what ``concerning`` names; all where there is no such table or their
    tier does not see it.
    """

    desks: tuple[Desk, ...] = ()
    frequency: Frequency = Frequency.DAILY
    timezone: str = "UTC"
    hour: int = 7
    concerning: tuple[str, ...] = ()
    alerts: bool = False
    counting: bool = False
    language: str = ""
    own: bool = False

    def __post_init__(self) -> None:
        assert 0 <= self.hour <= 23, "an hour of the day is 0 to 23"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """A recipient. ``serial`` grows with each confirmation: an older link then fits no more.

    ``address_key`` is the keyed hash of the address, ``asked_at`` when a confirmation was last
    asked for.
    """

    address: str
    address_key: str
    state: SubscriberState
    preferences: Preferences
    created_at: datetime
    asked_at: datetime
    serial: int = 0

    @property
    def id(self) -> SubscriberId:
        """The same address under the same key: the same subscriber."""
        return subscriber_id(self.address_key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One step of consent: under which wording, from where, when.

    ``origin_key`` is the keyed hash of the network address it came from, where that is known.
    """

    step: ConsentStep
    wording: str
    source: str
    at: datetime
    origin_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """An address, as its keyed hash alone, to which nothing is sent unless it was lifted."""

    address_key: str
    reason: SuppressionReason
    at: datetime
    lifted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """The sending of one day's brief: ``briefs`` holds the day's own first, then its week's.

    ``send_on`` is the local day on which each subscriber receives it at their hour. ``about`` is
    what a correction or an alert is of; these are sent at once.
    """

    day: date
    send_on: date
    briefs: tuple[BriefId, ...]
    state: CampaignState
    created_at: datetime
    kind: CampaignKind = CampaignKind.BRIEF
    about: str = ""

    @property
    def id(self) -> CampaignId:
        """One brief a day, one correction, one alert of an event, whoever starts it how often."""
        return campaign_id(self.day, self.kind, self.about)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One copy for one subscriber: there is one row a pair, hence one copy.

    ``due_at`` is when the subscriber wants it, ``next_at`` when it may be tried (again).
    """

    campaign_id: CampaignId
    subscriber_id: SubscriberId
    state: DeliveryState
    due_at: datetime
    next_at: datetime
    attempts: int = 0
    claimed_by: str | None = None
    claimed_at: datetime | None = None
    settled_at: datetime | None = None
    reason: str = ""
    letter_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What a mail server or provider said of a copy after taking it; ``id`` of its own words."""

    id: str
    subscriber_id: SubscriberId
    campaign_id: CampaignId | None
    kind: FeedbackKind
    source: str
    detail: str
    at: datetime


@lru_cache(maxsize=1024)  # asked several times of each copy that is sent
def subscriber_id(address_key: str) -> SubscriberId:
    """Return the id of the subscriber whose address has this keyed hash."""
    return SubscriberId(content_id("sb", address_key))


def campaign_id(day: date, kind: CampaignKind = CampaignKind.BRIEF, about: str = "") -> CampaignId:
    """Return the id of the campaign of a day's brief, of a correction, or of an alert."""
    if kind is CampaignKind.BRIEF:
        return CampaignId(content_id("cm", day.isoformat()))
    return CampaignId(content_id("cm", kind.value, about))
