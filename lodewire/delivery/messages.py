"""What is told and to whom: letters, messages ready to be handed over, notices to one person."""

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
class Picture:
    """A PNG that the HTML shows as ``cid:…``; ``name`` is that of its file."""

    cid: str
    name: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is told, before it is addressed; ``html`` may be missing from a short notice."""

    subject: str
    text: str
    html: str | None = None
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message ready to be handed over: addresses of the envelope, and its bytes (CRLF).

    ``clean``: every line is known to end in CRLF, the last one too, and none begins with a dot.
    """

    message_id: str
    sender: str
    recipient: str
    body: bytes
    clean: bool = False


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
    letter: Letter, *, sender: From, recipient: str, message_id: str, date: datetime
) -> Message:
    """Return a notice to one person (RFC 5322): text only, with no header of a list.

    Letters of a list are made by :mod:`lodewire.delivery.stencil`.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(flat(sender.name), addr_spec=sender.address)
    message["To"] = Address(addr_spec=recipient)
    message["Subject"] = flat(letter.subject)
    message["Date"] = format_datetime(date)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, cte="quoted-printable")
    return Message(
        message_id=message_id,
        sender=sender.bounces,
        recipient=recipient,
        body=message.as_bytes(),
    )


def flat(text: str) -> str:
    """Return text of others on one line: a line break would begin another header."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
