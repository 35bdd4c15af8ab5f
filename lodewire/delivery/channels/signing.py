"""Signed webhooks, as https://www.standardwebhooks.com writes them down.

Signed is ``<id>.<timestamp>.<body>`` with HMAC-SHA256. The header holds one signature for each
secret that is in force, so that a receiver may change its own at leisure.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from lodewire.delivery.keys import NewsletterKey
from lodewire.errors import LinkRefused

PREFIX = "whsec_"
#: A message further from the receiver's clock is none of this moment: it may be a replay.
TOLERANCE = timedelta(minutes=5)
#: How long the secret before the last one goes on signing.
OVERLAP = timedelta(days=1)


def webhook_secret(key: NewsletterKey, endpoint: str, serial: int) -> str:
    """Return the secret of an endpoint, derived from the desk's key; it is kept nowhere."""
    sealed = key.seal("webhook", f"{endpoint} {serial}".encode())
    return PREFIX + base64.b64encode(sealed).decode("ascii")


def sign(secrets: Sequence[str], id_: str, at: datetime, body: bytes) -> dict[str, str]:
    """Return the headers that prove a body; the newest secret's signature stands first."""
    stamp = str(int(at.timestamp()))
    told = b".".join((id_.encode(), stamp.encode(), body))
    marks = [
        "v1," + base64.b64encode(hmac.digest(_raw(s), told, hashlib.sha256)).decode("ascii")
        for s in secrets
    ]
    return {
        "webhook-id": id_,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(marks),
    }


def verify(secret: str, headers: Mapping[str, str], body: bytes, *, now: datetime) -> None:
    """Check what a receiver was sent; raises LinkRefused for what is forged, changed or stale.

    ``headers`` have lower-case names. For receivers in Python, and for the tests.
    """
    try:
        id_, stamp = headers["webhook-id"], headers["webhook-timestamp"]
        marks = [mark for mark in headers["webhook-signature"].split() if mark.startswith("v1,")]
        if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
            raise ValueError("no time")
    except (KeyError, ValueError) as error:
        raise LinkRefused("this is no signed message", hint="ask for it again") from error
    if abs(now.timestamp() - int(stamp)) > TOLERANCE.total_seconds():
        raise LinkRefused("the message is too old, or of the future", hint="set the clock")
    told = b".".join((id_.encode(), stamp.encode(), body))
    wanted = base64.b64encode(hmac.digest(_raw(secret), told, hashlib.sha256))
    if not any(hmac.compare_digest(wanted, mark[3:].encode("utf-8", "replace")) for mark in marks):
        raise LinkRefused("the signature is not of this secret", hint="compare the secrets")


def _raw(secret: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (ValueError, binascii.Error) as error:
        raise LinkRefused("this is no webhook secret", hint="it begins with whsec_") from error
