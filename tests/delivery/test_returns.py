"""Signatures that verify, bounces that are believed, and those that are not."""

from __future__ import annotations

import hashlib
import hmac
import json
import mailbox
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import dkim
import pytest

from lodewire.delivery.dkim import SigningMessenger, make_key, read_signer
from lodewire.delivery.hooks import read_hook
from lodewire.delivery.links import Purpose, make_link
from lodewire.delivery.messages import Message
from lodewire.delivery.returned import read_mailbox, read_returned
from lodewire.delivery.verp import read_tag, tagged
from lodewire.errors import ConfigError, DeliveryError
from lodewire.ledger.store import Ledger
from lodewire.model.audience import DeliveryState, FeedbackKind, SubscriberState
from lodewire.workbench.letters.campaigning import start_campaign
from lodewire.workbench.letters.returns import SOFT_MOST, take_returned
from lodewire.workbench.letters.subscribing import Subscriptions

from .audience import DAY, NOW, add_active, make_desk, opened, sender_of_campaign
from .test_sending import Told

READER = "a@example.org"


@pytest.fixture
def sent(tmp_path: Path) -> tuple[Subscriptions, Ledger, Message]:
    """A desk that has sent one copy, tagged."""
    folder = make_desk(tmp_path / "desk")
    with (folder / "desk.toml").open("a", encoding="utf-8") as file:
        file.write('verp = true\nbounces = "bounces@example.org"\n')
    _, ledger, subscriptions = opened(folder)
    add_active(subscriptions, [READER, "b@example.org"])
    campaign = start_campaign(ledger, DAY, DAY, now=NOW)
    assert campaign is not None
    messenger = Told()
    sender_of_campaign(subscriptions, ledger, campaign, messenger).run()
    (message,) = (m for m in messenger.taken if m.recipient == READER)
    return subscriptions, ledger, message


def report(
    message: Message, *, status: str, to: str, action: str = "failed", head: bool = True
) -> bytes:
    """A delivery status notification as Postfix writes it (RFC 3464)."""
    original = message.body.partition(b"\r\n\r\n")[0].decode("ascii") if head else ""
    return (
        f"From: MAILER-DAEMON@mx.example.net\r\nTo: {to}\r\nSubject: Undelivered\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status;"
        ' boundary="B"\r\n\r\n--B\r\n\r\nIt failed.\r\n--B\r\n'
        "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.net\r\n\r\n"
        f"Final-Recipient: rfc822; {READER}\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: smtp; 550 {status} said the server\r\n\r\n--B\r\n"
        f"Content-Type: text/rfc822-headers\r\n\r\n{original}\r\n\r\n--B--\r\n"
    ).encode()


def test_a_hard_bounce_bars_the_address_whether_it_is_known_by_tag_or_by_message_id(
    sent: tuple[Subscriptions, Ledger, Message],
) -> None:
    subscriptions, ledger, message = sent
    for raw in (
        report(message, status="5.1.1", to=message.sender, head=False),
        report(message, status="5.1.1", to="bounces@example.org"),
    ):
        assert take_returned(subscriptions, ledger, read_returned(raw), source="mail", now=NOW) == {
            "hard": 1
        }
        assert take_returned(subscriptions, ledger, read_returned(raw), source="mail", now=NOW) == {
            "known": 1
        }
    who = subscriptions.of_address(READER)
    assert who is not None
    assert who.state is SubscriberState.BOUNCED
    assert ledger.subscribers.suppressed([who.address_key]) == {who.address_key}
    (copy,) = ledger.campaigns.of_subscriber(who.id)
    assert (copy.state, "said the server" in copy.reason) == (DeliveryState.BOUNCED, True)
    assert ledger.letters.feedback_counts()[FeedbackKind.HARD] == 2


def test_a_report_that_anybody_could_write_is_not_believed(
    sent: tuple[Subscriptions, Ledger, Message],
) -> None:
    subscriptions, ledger, message = sent
    other = subscriptions.of_address("b@example.org")
    assert other is not None
    forged = tagged("bounces@example.org", subscriptions.key, "cm_" + "a" * 24, other.id)
    forged = forged.replace("+", "+", 1)[:-20] + "aaaaaaaa@example.org"
    for raw in (
        report(message, status="5.1.1", to="bounces@example.org", head=False),
        report(message, status="5.1.1", to=forged, head=False),
        b"Subject: hello\r\n\r\nnothing\r\n",
        b"\xff\xfe broken \r\n\r\n\x00",
        b"Subject: unsubscribe " + b"x" * 40 + b"\r\n\r\n",
    ):
        told = take_returned(subscriptions, ledger, read_returned(raw), source="mail", now=NOW)
        assert set(told) <= {"unknown"}
    assert all(s.state is SubscriberState.ACTIVE for s in ledger.subscribers.all())


def test_soft_bounces_bar_only_when_they_go_on(sent: tuple[Subscriptions, Ledger, Message]) -> None:
    subscriptions, ledger, message = sent
    who = subscriptions.of_address(READER)
    assert who is not None
    for n in range(SOFT_MOST):
        assert subscriptions.of_address(READER).state is SubscriberState.ACTIVE  # type: ignore[union-attr]
        raw = report(message, status="4.2.2", to="x@example.org").replace(b"It failed", b"%d" % n)
        to = tagged(
            "bounces@example.org", subscriptions.key, f"cm_{n:024}".replace("0", "a"), who.id
        )
        raw = raw.replace(b"x@example.org", to.encode())
        told = take_returned(subscriptions, ledger, read_returned(raw), source="mail", now=NOW)
        assert told == {"soft": 1}
    assert subscriptions.of_address(READER).state is SubscriberState.BOUNCED  # type: ignore[union-attr]
    delayed = read_returned(report(message, status="5.1.1", to="b@example.org", action="delayed"))
    assert [r.kind for r in delayed] == [FeedbackKind.SOFT], "a delay is not the end"


def test_a_complaint_and_a_mail_to_leave_are_heeded(
    sent: tuple[Subscriptions, Ledger, Message], tmp_path: Path
) -> None:
    """A complaint as RFC 5965 writes it; a request that the mailto of a copy makes; in one mbox."""
    subscriptions, ledger, message = sent
    head = message.body.partition(b"\r\n\r\n")[0].decode("ascii")
    complaint = (
        "From: fbl@isp.example\r\nTo: bounces@example.org\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="B"\r\n\r\n'
        "--B\r\n\r\nspam\r\n--B\r\nContent-Type: message/feedback-report\r\n\r\n"
        f"Feedback-Type: abuse\r\nVersion: 1\r\nOriginal-Rcpt-To: {READER}\r\n\r\n--B\r\n"
        f"Content-Type: message/rfc822\r\n\r\n{head}\r\n\r\nbody\r\n--B--\r\n"
    ).encode()
    other = subscriptions.of_address("b@example.org")
    assert other is not None
    token = make_link(subscriptions.key, Purpose.UNSUBSCRIBE, other, now=NOW)
    leave = EmailMessage()
    leave["Subject"] = f"unsubscribe {token}"
    box = mailbox.mbox(tmp_path / "box")
    box.add(complaint)
    box.add(leave)
    box.close()
    found = [r for raw in read_mailbox(tmp_path / "box") for r in read_returned(raw)]
    told = take_returned(subscriptions, ledger, found, source="mail", now=NOW)
    assert told == {"complaint": 1, "left": 1}
    assert {s.state for s in ledger.subscribers.all()} == {SubscriberState.UNSUBSCRIBED}
    who = subscriptions.of_address(READER)
    assert who is not None
    assert ledger.subscribers.consents(who.id)[-1].source == "complaint"
    with pytest.raises(DeliveryError, match="cannot be read"):
        list(read_mailbox(tmp_path / "nowhere"))


def test_what_providers_call_is_one_form() -> None:
    postmark = {"RecordType": "Bounce", "Type": "HardBounce", "Email": READER, "Description": "no"}
    mail = {"commonHeaders": {"messageId": "<m@x>"}}
    bounce = {"bounceType": "Transient", "bouncedRecipients": [{"emailAddress": READER}]}
    ses = {"notificationType": "Bounce", "mail": mail, "bounce": bounce}
    sns = {"Type": "Notification", "Message": json.dumps(ses)}
    stamp, token = str(int(NOW.timestamp())), "t"
    proof = hmac.new(b"key", f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    event = {
        "event": "complained",
        "recipient": READER,
        "message": {"headers": {"message-id": "m@x"}},
    }
    mailgun = {
        "signature": {"timestamp": stamp, "token": token, "signature": proof},
        "event-data": event,
    }
    plain = {"kind": "soft", "address": READER, "message_id": "<m@x>"}
    at = NOW.timestamp()

    def read(provider: str, told: object, key: str = "key", now: float = at) -> list[object]:
        found = read_hook(provider, json.dumps(told).encode(), signing_key=key, now=now)
        return [(r.kind.value, r.recipient, r.message_id) for r in found if r.kind]

    assert read("postmark", postmark) == [("hard", READER, "")]
    assert read("ses", sns) == read("ses", ses) == [("soft", READER, "<m@x>")]
    assert read("mailgun", mailgun) == [("complaint", READER, "<m@x>")]
    assert read("plain", plain) == [("soft", READER, "<m@x>")]
    for key, now in (("other", at), ("", at), ("key", at + timedelta(hours=1).total_seconds())):
        with pytest.raises(DeliveryError, match="no call of mailgun"):
            read("mailgun", mailgun, key, now)
    for body in (b"", b"[]", b'{"RecordType": 1}', b"\xff"):
        with pytest.raises(DeliveryError):
            read_hook("ses", body, now=at)


@pytest.mark.parametrize("kind", ["rsa", "ed25519"])
def test_a_signature_verifies_and_a_changed_word_does_not(
    sent: tuple[Subscriptions, Ledger, Message], tmp_path: Path, kind: str
) -> None:
    """Against dkimpy, with the key as DNS shows it."""
    file = tmp_path / "dkim.pem"
    if kind == "rsa":
        make_key(file)
        with pytest.raises(ConfigError):
            make_key(file)
    else:
        from cryptography.hazmat.primitives import serialization as s
        from cryptography.hazmat.primitives.asymmetric import ed25519

        key = ed25519.Ed25519PrivateKey.generate()
        pem = (s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption())
        file.write_bytes(key.private_bytes(*pem))
    signer = read_signer(file, domain="example.org", selector="brief")
    messenger = Told()
    SigningMessenger(messenger, signer).deliver(sent[2])
    (signed,) = messenger.taken
    name, text = signer.dns()
    assert name == "brief._domainkey.example.org"

    def dns(asked: bytes, timeout: int = 5) -> bytes:
        assert asked.decode().rstrip(".") == name
        return text.encode()

    assert dkim.verify(signed.body, dnsfunc=dns)
    assert not dkim.verify(signed.body.replace(b"Copper", b"Silver"), dnsfunc=dns)
    assert not dkim.verify(signed.body.replace(b"/unsubscribe/", b"/unsubscribe-/", 1), dnsfunc=dns)


def test_a_tag_names_its_copy_and_no_other(sent: tuple[Subscriptions, Ledger, Message]) -> None:
    subscriptions, ledger, message = sent
    found = read_tag(f"Delivered-To: {message.sender.upper()}", subscriptions.key)
    assert found is not None
    assert ledger.subscribers.get(found.subscriber).address == READER  # type: ignore[union-attr]
    assert read_tag(message.sender.replace("bounces+", "bounces+a"), subscriptions.key) is None
    long = f"{'b' * 40}@example.org"
    assert tagged(long, subscriptions.key, "cm_" + "a" * 24, found.subscriber) == long  # type: ignore[arg-type]
