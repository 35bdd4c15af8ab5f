"""An envelope sender for each copy (VERP), so that any bounce names the copy it is of."""

from __future__ import annotations

import base64
import hmac
import re
from dataclasses import dataclass

from lodewire.delivery.keys import NewsletterKey
from lodewire.model.audience import CampaignId, SubscriberId

_ID, _CAMPAIGN, _PROOF = 24, 8, 8
_TAG = re.compile(rf"\+([a-z2-7]{{{_ID + _CAMPAIGN + _PROOF}}})@")
_LONGEST = 64  # octets of a local part (RFC 5321, 4.5.3.1.1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """Of whose copy an address is; ``campaign`` is how the campaign's id begins."""

    subscriber: SubscriberId
    campaign: str


def tagged(address: str, key: NewsletterKey, campaign: CampaignId, subscriber: SubscriberId) -> str:
    """Return ``bounces+TAG@domain``; the address itself where a tag would make it too long."""
    local, _, domain = address.rpartition("@")
    told = subscriber.removeprefix("sb_") + campaign.removeprefix("cm_")[:_CAMPAIGN]
    made = f"{local}+{told}{_proof(key, told)}"
    return f"{made}@{domain}" if len(made) <= _LONGEST else address


def read_tag(text: str, key: NewsletterKey) -> Tagged | None:
    """Return what the first true tag in a text says; None where there is none of this desk."""
    for match in _TAG.finditer(text.lower()):
        told, proof = match[1][:-_PROOF], match[1][-_PROOF:]
        if hmac.compare_digest(_proof(key, told), proof):
            return Tagged(subscriber=SubscriberId("sb_" + told[:_ID]), campaign="cm_" + told[_ID:])
    return None


def _proof(key: NewsletterKey, told: str) -> str:
    return base64.b32encode(key.sign(b"verp" + told.encode())[:5]).decode("ascii").lower()
