"""Links that count their openings, for letters of readers who agreed to that.

A token is base64url(JSON of campaign and address) "." base64url(signature). It names no reader: all
who agreed are given the same, so nobody's openings can be told from another's. Only what this desk
signed leads anywhere.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json

from lodewire.delivery.keys import NewsletterKey
from lodewire.errors import LinkRefused
from lodewire.model.audience import CampaignId
from lodewire.model.canonical import canonical_json

_LONGEST = 4000  # characters of a token
_PURPOSE = "onward"


def make_onward(key: NewsletterKey, campaign: CampaignId, url: str) -> str | None:
    """Return the token of a counted link; None for what is no web address or too long for one."""
    if not url.startswith(("https://", "http://")):
        return None
    body = canonical_json({"c": campaign, "u": url}).encode("utf-8", "replace")
    token = f"{_encode(body)}.{_encode(key.seal(_PURPOSE, body)[:16])}"
    return token if len(token) <= _LONGEST else None


def read_onward(key: NewsletterKey, token: str) -> tuple[CampaignId, str]:
    """Return campaign and address of a token; raises LinkRefused for one this desk did not make."""
    head, _, tail = token.partition(".")
    try:
        if len(token) > _LONGEST:
            raise ValueError("too long")
        body, proof = _decode(head), _decode(tail)
    except (ValueError, binascii.Error):
        raise _refused() from None
    if not hmac.compare_digest(proof, key.seal(_PURPOSE, body)[:16]):
        raise _refused()
    told = json.loads(body)
    return CampaignId(told["c"]), str(told["u"])


def _refused() -> LinkRefused:
    return LinkRefused("this link leads nowhere", hint="open the brief on the site instead")


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def _decode(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
