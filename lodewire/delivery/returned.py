"""Mail that comes back: failure reports, complaints, and requests to leave.

Reports are read as RFC 3464 (delivery status) and RFC 5965 (complaints) write them; what servers
write in words of their own flufl.bounce knows, where it is installed.
"""

from __future__ import annotations

import mailbox
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from pathlib import Path

from lodewire.errors import DeliveryError
from lodewire.model.audience import FeedbackKind
from lodewire.model.ids import content_id

# RFC 3463: the mailbox or its domain is not there, or is closed for good.
_GONE = re.compile(r"5\.1\.(0|1|2|3|6|10)|5\.2\.1")
_LEAVE = re.compile(r"unsubscribe\s+(\S+)", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"(?im)^Message-ID:\s*(<[^>\s]+>)")
_LONGEST = 300  # characters kept of a server's words


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What one mail or call says of one copy.

    ``token`` is that of a request to leave, and then all else is empty. ``envelope`` holds the
    addresses it came back to, ``message_id`` names the copy where the report holds its headers.
    """

    id: str
    kind: FeedbackKind | None = None
    recipient: str = ""
    message_id: str = ""
    envelope: str = ""
    detail: str = ""
    token: str = ""


def read_mailbox(place: Path) -> Iterator[bytes]:
    """Yield the messages of a Maildir, an mbox or a single message; raises DeliveryError."""
    try:
        if place.is_dir():
            box: mailbox.Mailbox[mailbox.MaildirMessage] = mailbox.Maildir(place, create=False)
            for key in box.iterkeys():
                yield box.get_bytes(key)
        else:
            raw = place.read_bytes()
            if not raw.startswith(b"From "):
                yield raw
                return
            mbox = mailbox.mbox(place, create=False)
            for key in mbox.iterkeys():
                yield mbox.get_bytes(key)
    except (OSError, mailbox.Error) as error:
        raise DeliveryError(
            f"{place}: cannot be read: {error}",
            hint="give an mbox file, a Maildir folder, or one message",
        ) from error


def read_returned(raw: bytes) -> tuple[Returned, ...]:
    """Return what a mail says; nothing for one that is neither report nor request."""
    message = message_from_bytes(raw, policy=policy.default.clone(raise_on_defect=False))
    stamp = content_id("fb", raw)
    envelope = " ".join(
        str(value)
        for name in ("Delivered-To", "X-Original-To", "Envelope-To", "To")
        for value in _all(message, name)
    )
    named = _MESSAGE_ID.search(_returned_head(message))
    message_id = named[1] if named else ""
    if report := _part(message, "message/feedback-report"):
        return (_complaint(stamp, report, message_id, envelope),)
    if status := _part(message, "message/delivery-status"):
        found = tuple(_failures(stamp, status, message_id, envelope))
        if found:
            return found
    leave = _LEAVE.search(str(message.get("Subject", "")))
    if leave:
        return (Returned(id=stamp, token=leave[1]),)
    return tuple(_in_other_words(stamp, raw, message_id, envelope))


def _complaint(stamp: str, report: Message, message_id: str, envelope: str) -> Returned:
    fields = _fields(report)
    return Returned(
        id=stamp,
        kind=FeedbackKind.COMPLAINT,
        recipient=_address(fields.get("original-rcpt-to", "")),
        message_id=message_id,
        envelope=f"{envelope} {fields.get('original-mail-from', '')}",
        detail=fields.get("feedback-type", "abuse")[:_LONGEST],
    )


def _failures(stamp: str, status: Message, message_id: str, envelope: str) -> Iterator[Returned]:
    blocks = status.get_payload()
    for number, block in enumerate(blocks if isinstance(blocks, list) else []):
        fields = {k.lower(): str(v) for k, v in block.items()}
        action = fields.get("action", "").strip().lower()
        if action not in ("failed", "delayed"):
            continue
        code = re.sub(r"[^\d.]", "", fields.get("status", "").split(" ")[0])
        words = fields.get("diagnostic-code", "") or fields.get("status", "")
        gone = action == "failed" and bool(_GONE.fullmatch(code))
        yield Returned(
            id=f"{stamp}{number}"[:40],
            kind=FeedbackKind.HARD if gone else FeedbackKind.SOFT,
            recipient=_address(
                fields.get("original-recipient", "") or fields.get("final-recipient", "")
            ),
            message_id=message_id,
            envelope=envelope,
            detail=" ".join(words.split())[:_LONGEST],
        )


def _in_other_words(stamp: str, raw: bytes, message_id: str, envelope: str) -> Iterator[Returned]:
    try:
        from flufl.bounce import all_failures
    except ModuleNotFoundError:
        return
    try:
        temporary, permanent = all_failures(message_from_bytes(raw))
    except Exception:  # its detectors stumble over mail that lacks what they look at
        return
    for number, (kind, address) in enumerate(
        [
            *((FeedbackKind.HARD, a) for a in sorted(permanent)),
            *((FeedbackKind.SOFT, a) for a in sorted(temporary - permanent)),
        ]
    ):
        yield Returned(
            id=f"{stamp}{number}"[:40],
            kind=kind,
            recipient=address.decode("ascii", "replace"),
            message_id=message_id,
            envelope=envelope,
            detail="told in the server's own words",
        )


def _part(message: Message, media: str) -> Message | None:
    return next((p for p in message.walk() if p.get_content_type() == media), None)


def _fields(part: Message) -> dict[str, str]:
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else part
    text = inner.as_string() if isinstance(inner, Message) and inner is not part else str(payload)
    found = re.findall(r"(?m)^([A-Za-z-]+):[ \t]*(.*)$", text)
    return {name.lower(): value.strip() for name, value in found}


def _returned_head(message: Message) -> str:
    """The headers of the message that was returned, as text."""
    for part in message.walk():
        if part.get_content_type() in ("message/rfc822", "message/rfc822-headers"):
            payload = part.get_payload()
            inner = payload[0] if isinstance(payload, list) and payload else payload
            return inner.as_string() if isinstance(inner, Message) else str(inner)
        if part.get_content_type() == "text/rfc822-headers":
            return str(part.get_payload())
    return ""


def _all(message: EmailMessage | Message, name: str) -> list[str]:
    return [str(v) for v in message.get_all(name, [])]


def _address(told: str) -> str:
    """``rfc822; a@example.org`` and ``<a@example.org>`` → ``a@example.org``."""
    return told.rpartition(";")[2].strip().strip("<>").strip()
