"""What an account watches, when it wants to be told, where, and what became of that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import NewType

from lodewire.model.ids import content_id
from lodewire.model.tier import Tier
from lodewire.model.vocabulary import EventType, Status

WatchId = NewType("WatchId", str)
RuleId = NewType("RuleId", str)
EndpointId = NewType("EndpointId", str)
PostId = NewType("PostId", str)

#: Who owns what the desk itself watches: nobody's account.
DESK_OWNER = "desk"


class WatchKind(Enum):
    """What can be watched. ``OWN`` is the desk's own table of what it buys."""

    COMMODITY = "commodity"
    COUNTRY = "country"
    ORGANISATION = "organisation"
    SITE = "site"
    EVENT_TYPE = "event_type"
    DESK = "desk"
    SEARCH = "search"
    PRICE = "price"
    OWN = "own"


class PriceTest(Enum):
    """When a watched price is worth a word: it passes a level, or moves by a part of itself."""

    ABOVE = "above"
    BELOW = "below"
    MOVES = "moves"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """One line of a watch list; ``ref`` is the id of what is watched.

    Of a price ``test`` and ``level`` say when: a level in the series' own unit, or for MOVES a part
    of one (0.05: five per cent from one month to the next).
    """

    owner: str
    kind: WatchKind
    ref: str
    name: str
    created_at: datetime
    test: PriceTest | None = None
    level: Decimal | None = None

    def __post_init__(self) -> None:
        assert (self.kind is WatchKind.PRICE) == (self.test is not None), "a price has a test"
        assert (self.test is None) == (self.level is None), "a test has a level"

    @property
    def id(self) -> WatchId:
        """The same thing watched by the same owner: the same id."""
        test = self.test.value if self.test else None
        level = None if self.level is None else f"{self.level.normalize():f}"
        return WatchId(content_id("wa", self.owner, self.kind.value, self.ref, test, level))


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What an event must be besides; empty fields ask for nothing.

    ``amount`` is the least that some amount in ``unit`` must be.
    """

    types: tuple[EventType, ...] = ()
    statuses: tuple[Status, ...] = ()
    least_confidence: float = 0.0
    least_importance: float = 0.0
    amount: Decimal | None = None
    unit: str = ""


class Pace(Enum):
    """When what fired is told: at once, or gathered until the next hour or day (UTC)."""

    AT_ONCE = "at_once"
    HOURLY = "hourly"
    DAILY = "daily"

    def due(self, now: datetime, hour: int = 7) -> datetime:
        """Return when something that fires at ``now`` is told; a day's digest at ``hour`` UTC."""
        if self is Pace.AT_ONCE:
            return now
        start = now.replace(minute=0, second=0, microsecond=0)
        if self is Pace.HOURLY:
            return start + timedelta(hours=1)
        today = start.replace(hour=hour)
        return today if today > now else today + timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """An alert rule: ``watches`` of its owner (none: the whole list), conditions, channels, pace.

    It tells what came after ``since``. ``prices`` are the months of watched prices that were known
    by then, as (series, "YYYY-MM").
    """

    owner: str
    name: str
    created_at: datetime
    since: datetime
    watches: tuple[WatchId, ...] = ()
    conditions: Conditions = Conditions()
    channels: tuple[EndpointId, ...] = ()
    pace: Pace = Pace.AT_ONCE
    paused: bool = False
    prices: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> RuleId:
        """An owner's name for it means one rule."""
        return RuleId(content_id("al", self.owner, self.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Firing:
    """A rule met one state of a happening; ``version`` is that state. It is there once.

    ``subject`` is the id of the event, or of the price series; ``sentence`` what it told then;
    ``why`` names what was watched.
    """

    rule_id: RuleId
    subject: str
    version: str
    at: datetime
    sentence: str
    why: tuple[str, ...] = ()


class ChannelKind(Enum):
    """How somebody is told."""

    EMAIL = "email"
    WEBHOOK = "webhook"
    SLACK = "slack"
    TEAMS = "teams"
    TELEGRAM = "telegram"
    FEED = "feed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Somewhere an owner is told: an address of its kind, and how it has been doing.

    ``address`` is a URL, a chat's id, a mail address, and empty for a feed, whose token is kept as
    its hash in ``key``. ``serial`` counts the secrets it has had, ``rotated_at`` is since when
    this one holds. ``tier`` is what readers of a desk's channel see; None: what the owner sees.
    ``brief``: the daily brief goes there too. ``failing_since`` is the first failure after the
    last success, ``off_at`` when it was switched off for that, ``trouble`` the last failure.
    """

    id: EndpointId
    owner: str
    kind: ChannelKind
    name: str
    created_at: datetime
    address: str = ""
    key: str = ""
    serial: int = 1
    rotated_at: datetime | None = None
    tier: Tier | None = None
    brief: bool = False
    failures: int = 0
    failing_since: datetime | None = None
    off_at: datetime | None = None
    trouble: str = ""
    well_at: datetime | None = None


def endpoint_id(owner: str, kind: ChannelKind, name: str) -> EndpointId:
    """Return the id of a channel: an owner's name for it means one."""
    return EndpointId(content_id("ch", owner, kind.value, name))


class PostKind(Enum):
    """What is told: what a rule found, the day's brief, or that a channel was switched off."""

    ALERT = "alert"
    BRIEF = "brief"
    NOTICE = "notice"


class PostState(Enum):
    """What became of a post."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One message to one endpoint; ``about`` is the rule, or the day of the brief.

    Its id is what a receiver tells doubles by, the same however often it is tried.
    """

    id: PostId
    endpoint_id: EndpointId
    kind: PostKind
    about: str
    due_at: datetime
    next_at: datetime
    state: PostState = PostState.QUEUED
    attempts: int = 0
    settled_at: datetime | None = None
    reason: str = ""
