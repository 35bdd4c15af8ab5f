"""What mail providers say by webhook, brought into one form.

Postmark is believed by the secret in the path it is given; Mailgun signs each call besides, and so
does Amazon SES (through SNS) where desk.toml names its topic.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any

from lodewire.delivery.keys import NewsletterKey
from lodewire.delivery.returned import Returned
from lodewire.delivery.sns import Certificates, check_sns
from lodewire.errors import DeliveryError
from lodewire.model.audience import FeedbackKind
from lodewire.model.ids import content_id

PROVIDERS = ("postmark", "ses", "mailgun", "plain")
_FRESH = 15 * 60  # seconds a signed call may be old
_K = FeedbackKind


def hook_secret(key: NewsletterKey, provider: str) -> str:
    """Return the last part of the path that a provider is given."""
    return key.sign(b"hook" + provider.encode()).hex()[:40]


def read_hook(
    provider: str,
    body: bytes,
    *,
    signing_key: str = "",
    topic: str = "",
    certificates: Certificates | None = None,
    now: float,
) -> tuple[Returned, ...]:
    """Return what a call says; raises DeliveryError for one that cannot be read or is not signed.

    ``signing_key`` is Mailgun's; without one its calls are refused. With ``topic`` calls of SES
    must be signed by SNS for that topic; ``certificates`` fetches what they were signed with, and
    its errors are raised as they are. ``now`` is in seconds.
    """
    try:
        told = json.loads(body)
        if not isinstance(told, dict):
            raise ValueError("no object")
        if provider == "mailgun":
            _check_mailgun(told, signing_key, now)
        if provider == "ses" and topic:
            if certificates is None:
                raise ValueError("no way to its certificate")
            check_sns(told, topic, certificates, now=now)
        found = {"postmark": _postmark, "ses": _ses, "mailgun": _mailgun, "plain": _plain}
        return tuple(found[provider](told, content_id("fb", provider, body)))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DeliveryError(
            f"this is no call of {provider}: {type(error).__name__}",
            hint="see docs/guides/newsletter.md for the forms that are read",
        ) from error


def _postmark(told: dict[str, Any], id_: str) -> Iterator[Returned]:
    kinds = {"HardBounce": _K.HARD, "SpamComplaint": _K.COMPLAINT, "BadEmailAddress": _K.HARD}
    if told["RecordType"] not in ("Bounce", "SpamComplaint"):
        return
    kind = kinds.get(str(told.get("Type", told["RecordType"])), _K.SOFT)
    detail = str(told.get("Description", ""))
    yield _of(id_, kind, told["Email"], _header(told.get("Metadata", {})), detail)


def _ses(told: dict[str, Any], id_: str) -> Iterator[Returned]:
    if told.get("Type") == "SubscriptionConfirmation":
        return
    inner = json.loads(told["Message"]) if "Message" in told else told
    message_id = str(inner["mail"].get("commonHeaders", {}).get("messageId", ""))
    what = inner.get("notificationType", inner.get("eventType"))
    if what == "Bounce":
        kind = _K.HARD if inner["bounce"]["bounceType"] == "Permanent" else _K.SOFT
        people = inner["bounce"]["bouncedRecipients"]
    elif what == "Complaint":
        kind, people = _K.COMPLAINT, inner["complaint"]["complainedRecipients"]
    else:
        return
    for number, person in enumerate(people):
        detail = str(person.get("diagnosticCode", ""))
        yield _of(f"{id_}{number}"[:40], kind, person["emailAddress"], message_id, detail)


def _mailgun(told: dict[str, Any], id_: str) -> Iterator[Returned]:
    event = told["event-data"]
    if event["event"] == "complained":
        kind = _K.COMPLAINT
    elif event["event"] == "failed":
        kind = _K.HARD if event.get("severity") == "permanent" else _K.SOFT
    else:
        return
    message_id = str(event.get("message", {}).get("headers", {}).get("message-id", ""))
    detail = str(event.get("delivery-status", {}).get("message", ""))
    yield _of(id_, kind, event["recipient"], message_id, detail)


def _plain(told: dict[str, Any], id_: str) -> Iterator[Returned]:
    detail = str(told.get("detail", ""))
    yield _of(id_, _K(told["kind"]), told["address"], str(told["message_id"]), detail)


def _of(id_: str, kind: FeedbackKind, address: Any, message_id: str, detail: str) -> Returned:
    named = message_id.strip()
    return Returned(
        id=id_,
        kind=kind,
        recipient=str(address),
        message_id=f"<{named.strip('<>')}>" if named else "",
        detail=" ".join(detail.split())[:300],
    )


def _header(metadata: Any) -> str:
    return str(metadata.get("message-id", "")) if isinstance(metadata, dict) else ""


def _check_mailgun(told: dict[str, Any], signing_key: str, now: float) -> None:
    signature = told["signature"]
    text = f"{signature['timestamp']}{signature['token']}"
    mac = hmac.new(signing_key.encode(), text.encode(), hashlib.sha256).hexdigest()
    fresh = abs(now - float(signature["timestamp"])) <= _FRESH
    if not (signing_key and fresh and hmac.compare_digest(mac, str(signature["signature"]))):
        raise ValueError("not signed")
