"""Signatures of Amazon SNS, through which SES tells of bounces and complaints.

A call carries the address of the certificate it was signed with. Anybody could name their own, so
the certificate is taken from SNS's hosts alone, and the topic must be the desk's. Form: Amazon SNS
Developer Guide, "Verifying the signatures of Amazon SNS messages".
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

#: Returns a certificate (PEM) from its address; raises a LodewireError where it cannot be had.
Certificates = Callable[[str], bytes]

_HOST = re.compile(r"sns\.[a-z0-9-]{3,30}\.amazonaws\.com(\.cn)?")
_PATH = re.compile(r"/SimpleNotificationService-[A-Za-z0-9]{1,64}\.pem")
_NOTICE = ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
_ASKING = ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")


def check_sns(told: dict[str, Any], topic: str, certificates: Certificates, *, now: float) -> None:
    """Raise ValueError for a call that SNS did not sign, or of another topic than the desk's.

    ``now`` is in seconds since 1970.
    """
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    if told["TopicArn"] != topic:
        raise ValueError("of another topic")
    # SHA-1 is what SNS signs with unless a topic asks for version 2: still its own default.
    algorithm = {"1": hashes.SHA1(), "2": hashes.SHA256()}[str(told["SignatureVersion"])]  # noqa: S303
    certificate = x509.load_pem_x509_certificate(certificates(_place(told["SigningCertURL"])))
    at = datetime.fromtimestamp(now, UTC)
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        raise ValueError("its certificate has run out")
    key = certificate.public_key()
    if not isinstance(key, RSAPublicKey):
        raise ValueError("its certificate has no RSA key")
    signature = base64.b64decode(told["Signature"], validate=True)
    try:
        key.verify(signature, _signed(told), padding.PKCS1v15(), algorithm)
    except InvalidSignature:
        raise ValueError("not signed by SNS") from None


def _place(url: Any) -> str:
    """The address of a certificate, where it is SNS's own."""
    parts = urlsplit(str(url))
    ours = parts.scheme == "https" and _HOST.fullmatch(parts.netloc)
    if not ours or not _PATH.fullmatch(parts.path) or parts.query or parts.fragment:
        raise ValueError("its certificate is not SNS's")
    return f"https://{parts.netloc}{parts.path}"


def _signed(told: dict[str, Any]) -> bytes:
    names = _NOTICE if told["Type"] == "Notification" else _ASKING
    return "".join(f"{n}\n{told[n]}\n" for n in names if n in told).encode()
