"""Doors that may be tried so often in a while, by whom; kept in the ledger, so for all workers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from lodewire.delivery.keys import NewsletterKey
from lodewire.errors import TooMany
from lodewire.ledger.store import Ledger


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries in a window of so many minutes."""

    most: int
    minutes: int


class Door(Enum):
    """What can be tried. ``ASK``, ``MAIL`` and ``TEST`` count every try, others those that fail."""

    ASK = "ask"  # asking for links, by network address
    MAIL = "mail"  # links mailed, by e-mail address
    LINK = "link"  # opening links, by network address
    PASSKEY = "passkey"  # passkeys, by network address
    HOLDER = "holder"  # passkeys of one account
    KEY = "key"  # API keys, by network address
    TEST = "test"  # tests of channels, by account


LIMITS = {
    Door.ASK: Limit(20, 15),
    Door.MAIL: Limit(4, 60),
    Door.LINK: Limit(10, 15),
    Door.PASSKEY: Limit(10, 15),
    Door.HOLDER: Limit(10, 15),
    Door.KEY: Limit(30, 15),
    Door.TEST: Limit(10, 15),
}


class Throttle:
    """Counts tries. Who tries is kept as a keyed hash."""

    def __init__(self, ledger: Ledger, key: NewsletterKey) -> None:
        self._counted = ledger.counted
        self._key = key

    def check(self, door: Door, who: str, *, now: datetime) -> None:
        """Raise TooMany where the door is shut for ``who``; nothing is counted."""
        limit = LIMITS[door]
        if self._counted.attempts(door.value, self._hash(who), _window(limit, now)) >= limit.most:
            raise too_many(limit)

    def hit(self, door: Door, who: str, *, now: datetime) -> None:
        """Count a try; raises TooMany for one too many."""
        limit = LIMITS[door]
        if self._counted.attempt(door.value, self._hash(who), _window(limit, now)) > limit.most:
            raise too_many(limit)

    def _hash(self, who: str) -> str:
        return self._key.hash_origin(who)


def too_many(limit: Limit) -> TooMany:
    """Return the refusal of one try too many."""
    return TooMany(
        "this was tried too often",
        hint=f"wait {limit.minutes} minutes, then try again",
        seconds=limit.minutes * 60,
    )


def _window(limit: Limit, now: datetime) -> datetime:
    seconds = limit.minutes * 60
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)
