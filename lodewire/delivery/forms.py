"""Forms that a machine cannot send at once: a signed time, a field that nobody sees, and limits.

All without cookies, scripts or third parties.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import threading
from collections import OrderedDict
from datetime import datetime, timedelta
from enum import Enum

from lodewire.delivery.keys import NewsletterKey

#: A person takes longer to fill the form in, and does not come back to it the next day.
SOONEST, LATEST = timedelta(seconds=2), timedelta(hours=12)
_TRACKED = 20_000  # origins that are counted at once


class Timing(Enum):
    """How a form's stamp looks."""

    FITS = "fits"
    EARLY = "early"
    STALE = "stale"


def stamp(key: NewsletterKey, now: datetime) -> str:
    """Return what a form carries, to tell later when it was made and that it was made here."""
    told = int(now.timestamp()).to_bytes(6, "big")
    return (
        base64.urlsafe_b64encode(told + key.sign(b"form" + told)[:16]).decode("ascii").rstrip("=")
    )


def timing_of(key: NewsletterKey, told: str, now: datetime) -> Timing:
    """Tell whether a form was filled in by then; a forged stamp is stale."""
    try:
        raw = base64.urlsafe_b64decode(told[:64] + "=" * (-len(told[:64]) % 4))
    except (ValueError, binascii.Error):
        return Timing.STALE
    made, proof = raw[:6], raw[6:]
    if not hmac.compare_digest(proof, key.sign(b"form" + made)[:16]):
        return Timing.STALE
    age = now.timestamp() - int.from_bytes(made, "big")
    if age < SOONEST.total_seconds():
        return Timing.EARLY
    return Timing.FITS if age <= LATEST.total_seconds() else Timing.STALE


class Limit:
    """At most ``most`` a key in ``within``; the key is a hash, never an address."""

    def __init__(self, most: int, within: timedelta) -> None:
        self._most = most
        self._within = within.total_seconds()
        self._seen: OrderedDict[str, list[float]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, key: str, now: datetime) -> bool:
        """Count one, if it is still allowed."""
        at = now.timestamp()
        with self._lock:
            times = [t for t in self._seen.pop(key, []) if at - t < self._within]
            allowed = len(times) < self._most
            self._seen[key] = [*times, at] if allowed else times
            while len(self._seen) > _TRACKED:
                self._seen.popitem(last=False)
        return allowed
