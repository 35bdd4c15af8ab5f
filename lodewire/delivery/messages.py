"""One message for one subscriber: headers of a list, the letter in HTML and in plain text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from lodewire.model.audience import CampaignId, SubscriberId
from lodewire.model.ids import content_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is told, before it is addressed; ``html`` may be missing from a short notice."""

    subject: str
    text: str
    html: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message ready to be handed over: addresses of the envelope, and its bytes (CRLF)."""

    message_id: str
    sender: str
    recipient: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class From:
    """Who a message comes from; ``bounces`` is where failures go back to."""

    name: str
    address: str
    bounces: str


def message_id_of(campaign: CampaignId, subscriber: SubscriberId, sender: str) -> str:
    """Return the Message-ID of a copy: the same however often it is tried, and telling no ids."""
    return f"<{content_id('ms', campaign, subscriber)}@{sender.rpartition('@')[2]}>"


def build_message(
    letter: Letter,
    *,
    sender: From,
    recipient: str,
    message_id: str,
    date: datetime,
    unsubscribe: str = "",
    list_name: str = "",
) -> Message:
    """Return an RFC 5322 message, multipart/alternative where there is HTML.

    ``unsubscribe`` is the address of the page; with https it carries one-click unsubscription
    (RFC 8058), and always a mailto. Without ``list_name`` no header of a list is written.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(_flat(sender.name), addr_spec=sender.address)
    message["To"] = Address(addr_spec=recipient)
    message["Subject"] = _flat(letter.subject)
    message["Date"] = format_datetime(date)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    if list_name:
        _add_list(message, sender, unsubscribe, list_name)
    message.set_content(letter.text, cte="quoted-printable")
    if letter.html is not None:
        message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
        # Derived, so that a copy tried again is the same to the byte.
        message.set_boundary(f"=_{content_id('bd', message_id)}")
    return Message(
        message_id=message_id,
        sender=sender.bounces,
        recipient=recipient,
        body=message.as_bytes(),
    )


def _add_list(message: EmailMessage, sender: From, unsubscribe: str, name: str) -> None:
    domain = sender.address.rpartition("@")[2]
    message["List-Id"] = f"<{name}.{domain}>"
    message["Precedence"] = "bulk"
    mailto = f"<mailto:{sender.address}?subject=unsubscribe>"
    if unsubscribe.startswith("https://"):
        message["List-Unsubscribe"] = f"<{unsubscribe}>, {mailto}"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    else:
        message["List-Unsubscribe"] = mailto


def _flat(text: str) -> str:
    """Text of others on one line: a line break would begin another header."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
