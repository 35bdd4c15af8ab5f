"""DKIM signatures (RFC 6376; Ed25519 after RFC 8463) over what mail programs rely on.

Headers are canonicalised ``relaxed``, the body ``simple``: nothing on the way to the first server
rewrites it, and it is hashed as it is.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from lodewire.delivery.messages import Message
from lodewire.delivery.messenger import Messenger
from lodewire.errors import ConfigError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

#: RFC 8058 asks that both headers of one-click unsubscription are signed.
SIGNED = (
    b"from to subject date message-id mime-version content-type list-id list-unsubscribe "
    b"list-unsubscribe-post"
).split()
_LEAST_BITS = 1024  # what receivers still verify (RFC 8301); new keys have 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Signs for ``domain`` with the key that DNS shows at ``selector._domainkey.domain``."""

    domain: str
    selector: str
    key: RSAPrivateKey | Ed25519PrivateKey

    def sign(self, message: Message) -> Message:
        """Return the message with its signature before all other headers."""
        head, _, body = message.body.partition(b"\r\n\r\n")
        found = _headers(head)
        names = [name for name in SIGNED if name in found]
        digest = hashlib.sha256(body.rstrip(b"\r\n") + b"\r\n").digest()
        algorithm = "ed25519-sha256" if _is_ed25519(self.key) else "rsa-sha256"
        told = (
            f"v=1; a={algorithm}; c=relaxed/simple; d={self.domain}; s={self.selector};\r\n"
            f" h={b':'.join(names).decode()};\r\n bh={base64.b64encode(digest).decode()};\r\n b="
        )
        lines = [name + b":" + found[name] for name in names]
        own = re.sub(rb"\s+", b" ", told.encode()).strip()
        signature = _sign(self.key, b"\r\n".join([*lines, b"dkim-signature:" + own]))
        text = base64.b64encode(signature).decode()
        folded = "\r\n ".join(text[at : at + 72] for at in range(0, len(text), 72))
        header = f"DKIM-Signature: {told}{folded}\r\n".encode("ascii")
        return replace(message, body=header + message.body)

    def dns(self) -> tuple[str, str]:
        """Return the name and the text of the TXT record that receivers look up."""
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        public = self.key.public_key()
        if _is_ed25519(self.key):
            kind, raw = "ed25519", public.public_bytes(Encoding.Raw, PublicFormat.Raw)
        else:
            kind = "rsa"
            raw = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        text = f"v=DKIM1; k={kind}; p={base64.b64encode(raw).decode()}"
        return f"{self.selector}._domainkey.{self.domain}", text


class SigningMessenger:
    """Signs each message before another messenger hands it over."""

    def __init__(self, messenger: Messenger, signer: Signer) -> None:
        self._messenger = messenger
        self._signer = signer

    def deliver(self, message: Message) -> None:
        """Sign and hand over."""
        self._messenger.deliver(self._signer.sign(message))

    def holds(self, message_id: str) -> bool | None:
        """Ask the other messenger."""
        return self._messenger.holds(message_id)

    def close(self) -> None:
        """Close the other messenger."""
        self._messenger.close()


def read_signer(file: Path, *, domain: str, selector: str) -> Signer:
    """Return a signer with the private key of a PEM file; raises ConfigError."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(file.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise ConfigError(
            f"{file}: no private key for DKIM can be read: {error}",
            hint="make one: lodewire campaign dkim --make",
        ) from error
    if isinstance(key, RSAPrivateKey) and key.key_size >= _LEAST_BITS:
        return Signer(domain=domain, selector=selector, key=key)
    if isinstance(key, Ed25519PrivateKey):
        return Signer(domain=domain, selector=selector, key=key)
    raise ConfigError(
        f"{file}: DKIM needs an RSA key of {_LEAST_BITS} bits or more, or an Ed25519 key",
        hint="make one: lodewire campaign dkim --make",
    )


def make_key(file: Path) -> None:
    """Write a new RSA key of 2048 bits, for its owner only; one that is there is never replaced."""
    import os

    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    text = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(text)
    except OSError as error:
        raise ConfigError(
            f"{file}: the key cannot be written: {error.strerror or error}",
            hint="a key that is there is kept: move it away to make another",
        ) from error


def _headers(head: bytes) -> dict[bytes, bytes]:
    """Relaxed headers by name; each stands once in a message of ours."""
    found: dict[bytes, bytes] = {}
    for line in re.split(rb"\r\n(?![ \t])", head):
        name, _, value = line.partition(b":")
        found[name.strip().lower()] = re.sub(rb"[ \t\r\n]+", b" ", value).strip()
    return found


def _is_ed25519(key: object) -> bool:
    return not hasattr(key, "key_size")


def _sign(key: RSAPrivateKey | Ed25519PrivateKey, text: bytes) -> bytes:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    if isinstance(key, RSAPrivateKey):
        return key.sign(text, padding.PKCS1v15(), hashes.SHA256())
    return key.sign(hashlib.sha256(text).digest())
