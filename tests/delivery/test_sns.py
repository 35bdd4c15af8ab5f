"""Calls of Amazon SNS are believed when SNS signed them for the desk's topic, and not otherwise."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

from lodewire.collect.fetching import FetchPolicy
from lodewire.delivery.hooks import read_hook
from lodewire.errors import CollectError, DeliveryError
from lodewire.workbench.letters.certificates import CertificateShelf

from .audience import NOW

TOPIC = "arn:aws:sns:eu-west-1:123456789012:bounces"
PLACE = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-abc.pem"
BOUNCE = {
    "notificationType": "Bounce",
    "mail": {"commonHeaders": {"messageId": "<m@x>"}},
    "bounce": {
        "bounceType": "Permanent",
        "bouncedRecipients": [{"emailAddress": "a@example.org"}],
    },
}


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="module")
def certificate(key: rsa.RSAPrivateKey) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM)


def call(key: rsa.RSAPrivateKey, *, version: str = "2", **more: str) -> dict[str, str]:
    """A signed call, as the guide of SNS spells it; ``more`` is changed after signing."""
    told = {
        "Type": "Notification",
        "MessageId": "1",
        "TopicArn": TOPIC,
        "Message": json.dumps(BOUNCE),
        "Timestamp": "2025-03-28T08:00:00.000Z",
        "SignatureVersion": version,
        "SigningCertURL": PLACE,
    }
    text = "".join(
        f"{n}\n{told[n]}\n" for n in ("Message", "MessageId", "Timestamp", "TopicArn", "Type")
    )
    algorithm = hashes.SHA256() if version == "2" else hashes.SHA1()
    signature = key.sign(text.encode(), padding.PKCS1v15(), algorithm)
    return {**told, "Signature": base64.b64encode(signature).decode(), **more}


def take(
    told: dict[str, str],
    certificates: Callable[[str], bytes] | None,
    *,
    topic: str = TOPIC,
    after: timedelta = timedelta(0),
) -> list[str]:
    body, now = json.dumps(told).encode(), (NOW + after).timestamp()
    found = read_hook("ses", body, topic=topic, certificates=certificates, now=now)
    return [r.recipient for r in found]


@pytest.mark.parametrize("version", ["1", "2"])
def test_what_sns_signed_is_believed(
    key: rsa.RSAPrivateKey, certificate: bytes, version: str
) -> None:
    asked: list[str] = []

    def fetch(url: str) -> bytes:
        asked.append(url)
        return certificate

    assert take(call(key, version=version), fetch) == ["a@example.org"]
    assert asked == [PLACE]


@pytest.mark.parametrize(
    "more",
    [
        {"Message": json.dumps({**BOUNCE, "more": 1})},
        {"TopicArn": TOPIC + "2"},
        {"Subject": "added"},
        {"Signature": "AAAA"},
        {"Signature": "no base64!"},
        {"SignatureVersion": "3"},
    ],
)
def test_a_call_that_was_changed_is_refused(
    key: rsa.RSAPrivateKey, certificate: bytes, more: dict[str, str]
) -> None:
    with pytest.raises(DeliveryError):
        take(call(key, **more), lambda _: certificate)


@pytest.mark.parametrize(
    "place",
    [
        "http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-abc.pem",
        "https://sns.eu-west-1.amazonaws.com.evil.test/SimpleNotificationService-abc.pem",
        "https://evil.test/sns.eu-west-1.amazonaws.com/SimpleNotificationService-abc.pem",
        "https://a@sns.eu-west-1.amazonaws.com/SimpleNotificationService-abc.pem",
        "https://sns.eu-west-1.amazonaws.com:8443/SimpleNotificationService-abc.pem",
        "https://sns.eu-west-1.amazonaws.com/bucket/mine.pem",
        "https://s3.amazonaws.com/SimpleNotificationService-abc.pem",
    ],
)
def test_a_certificate_from_elsewhere_is_never_fetched(key: rsa.RSAPrivateKey, place: str) -> None:
    def fetch(url: str) -> bytes:
        raise AssertionError(f"asked for {url}")

    with pytest.raises(DeliveryError):
        take(call(key, SigningCertURL=place), fetch)


def test_a_call_without_signature_or_with_an_old_certificate_is_refused(
    key: rsa.RSAPrivateKey, certificate: bytes
) -> None:
    with pytest.raises(DeliveryError):
        take({k: v for k, v in call(key).items() if k != "Signature"}, lambda _: certificate)
    with pytest.raises(DeliveryError):
        take(call(key), lambda _: certificate, after=timedelta(days=2))
    with pytest.raises(DeliveryError):
        take(call(key), None)
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    with pytest.raises(DeliveryError):
        take(call(other), lambda _: certificate)


@pytest.fixture
def place(certificate: bytes) -> Iterator[tuple[str, list[str]]]:
    """A server of certificates on this machine, and what it was asked for."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            moved = self.path == "/moved"
            self.send_response(302 if moved else 200)
            if moved:
                self.send_header("location", "/a.pem")
            self.end_headers()
            self.wfile.write(b"" if moved else certificate)

        def log_message(self, *told: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def test_a_certificate_is_fetched_once_and_by_no_other_address(
    place: tuple[str, list[str]], certificate: bytes
) -> None:
    address, asked = place
    shelf = CertificateShelf("editor@example.org", FetchPolicy(robots=False, allow_private=True))
    assert shelf(f"{address}/a.pem") == shelf(f"{address}/a.pem") == certificate
    assert asked == ["/a.pem"]
    with pytest.raises(CollectError):
        shelf(f"{address}/moved")
    with pytest.raises(CollectError):
        CertificateShelf("")(f"{address}/a.pem")
    assert asked == ["/a.pem", "/moved"], "the guarded client asks nothing of this machine"
