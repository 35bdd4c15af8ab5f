"""Signed links: what a person may do without a password, because the mail reached them.

A link is base64url(body) "." base64url(signature), where the body is canonical JSON of purpose,
subscriber, serial and end. Nothing of it is stored: a confirmation works once because confirming
raises the subscriber's serial, which the link must name.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum

from lodewire.delivery.keys import NewsletterKey
from lodewire.errors import LinkRefused
from lodewire.model.audience import Subscriber, SubscriberId


class Purpose(Enum):
    """What a link lets its holder do."""

    CONFIRM = "confirm"
    PREFERENCES = "preferences"
    UNSUBSCRIBE = "unsubscribe"


#: How long a link works. One that unsubscribes works for ever: mail is kept for years, and whoever
#: wants to leave must get out.
LASTS: dict[Purpose, timedelta | None] = {
    Purpose.CONFIRM: timedelta(days=3),
    Purpose.PREFERENCES: timedelta(days=60),
    Purpose.UNSUBSCRIBE: None,
}
_LONGEST = 1000  # characters: more is none of ours, and not worth reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a link says; ``ends`` in seconds since 1970, None for never."""

    purpose: Purpose
    subscriber: SubscriberId
    serial: int
    ends: int | None


def make_link(
    key: NewsletterKey, purpose: Purpose, subscriber: Subscriber, *, now: datetime
) -> str:
    """Return the token of a link; the same within a second, so that a message is the same."""
    lasts = LASTS[purpose]
    ends = None if lasts is None else int((now + lasts).timestamp())
    # Canonical JSON, written out since two are made for each copy; nothing in it needs escaping.
    told = f'"n":{subscriber.serial},"p":"{purpose.value}","s":"{subscriber.id}"'
    body = f'{{"e":{"null" if ends is None else ends},{told}}}'.encode()
    return f"{_encode(body)}.{_encode(key.sign(body))}"


def read_link(key: NewsletterKey, token: str, purpose: Purpose, *, now: datetime) -> Link:
    """Return what a token says; raises LinkRefused for one that is forged, expired or another's.

    Whether a confirmation was used already only the subscriber's serial tells.
    """
    head, _, tail = token.strip().partition(".")
    if len(token) > _LONGEST:
        raise _refused()
    try:
        body, signature = _decode(head), _decode(tail)
    except (ValueError, binascii.Error):
        raise _refused() from None
    if not hmac.compare_digest(signature, key.sign(body)):
        raise _refused()
    told = json.loads(body)
    link = Link(
        purpose=Purpose(told["p"]),
        subscriber=SubscriberId(told["s"]),
        serial=told["n"],
        ends=told["e"],
    )
    if link.purpose is not purpose:
        raise _refused()
    if link.ends is not None and now >= datetime.fromtimestamp(link.ends, UTC):
        raise _refused()
    return link


def _refused() -> LinkRefused:
    # One answer for all: what exactly is wrong helps only who forges.
    return LinkRefused(
        "this link does not work, or no longer",
        hint="ask for a new one by subscribing again with the same address",
    )


def used_link() -> LinkRefused:
    """Return the refusal of a link that was used: the same words as of any other."""
    return _refused()


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def _decode(text: str) -> bytes:
    raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if _encode(raw) != text:  # padding bits that decode to the same bytes are another token
        raise ValueError("not canonical")
    return raw
