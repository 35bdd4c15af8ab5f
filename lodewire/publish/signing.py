"""The desk's Ed25519 key: made once, kept in the desk's folder, never in the ledger.

``keys/signing.pem`` is the private key (PKCS 8, readable by its owner only); ``keys/public.jsonl``
lists every public key the desk has ever signed with, one a line, oldest first: lines are added,
never taken away.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import re
import stat
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from lodewire.errors import ConfigError, ReceiptError
from lodewire.model.canonical import canonical_json

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FOLDER = "keys"
PRIVATE = "signing.pem"
LISTED = "public.jsonl"
ALGORITHM = "Ed25519"

_FINGERPRINT = re.compile(r"(?:SHA256:)?([0-9a-fA-F]{64})")
_RAW = 32  # bytes of an Ed25519 public key
# RFC 8410: the DER of SubjectPublicKeyInfo is this, then the key.
_DER_HEAD = bytes.fromhex("302a300506032b6570032100")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    """A public key: its 32 bytes, and the time since which the desk has used it, if known."""

    raw: bytes
    since: str | None = None

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the key's DER form, hex: ``openssl pkey -pubin -outform DER | sha256sum``."""
        return hashlib.sha256(_DER_HEAD + self.raw).hexdigest()

    @property
    def text(self) -> str:
        """The 32 bytes in base64."""
        return base64.b64encode(self.raw).decode("ascii")

    @property
    def pem(self) -> str:
        """The key as ``openssl`` reads it."""
        body = base64.b64encode(_DER_HEAD + self.raw).decode("ascii")
        return f"-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----\n"

    def fits(self, signature: bytes, message: bytes) -> bool:
        """Tell whether ``signature`` over ``message`` was made with this key."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except InvalidSignature:
            return False
        return True


class SigningKey:
    """The private key of a desk."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    @property
    def public(self) -> PublicKey:
        """The key that others check with."""
        return PublicKey(raw=self._key.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """Return the 64 bytes of the signature: always the same for the same message."""
        return self._key.sign(message)


def desk_key(desk: Path, *, now: datetime) -> SigningKey:
    """Return the desk's key, made on first use; raises ConfigError where it may not be used.

    ``now`` is noted as the time since which a new key is used.
    """
    file = desk / FOLDER / PRIVATE
    if not file.exists():
        _write_key(desk, now=now, replace=False)
    return _read_key(file)


def rotate_key(desk: Path, *, now: datetime) -> SigningKey:
    """Make a new key and sign with it from now on; the old public keys stay listed."""
    _write_key(desk, now=now, replace=True)
    return _read_key(desk / FOLDER / PRIVATE)


def listed_keys(desk: Path) -> tuple[PublicKey, ...]:
    """Return every public key the desk has signed with, oldest first; empty before the first."""
    file = desk / FOLDER / LISTED
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: cannot be read: {error}", hint="restore it from a copy") from (
            error
        )
    return _parse_list(text, str(file))


def known_fingerprints(told: str) -> frozenset[str]:
    """Return the fingerprints that ``told`` names: one in hex, or a file of public keys.

    The file is a PEM public key or a desk's ``public.jsonl``. Raises ReceiptError for neither.
    """
    if match := _FINGERPRINT.fullmatch(told.strip()):
        return frozenset((match[1].lower(),))
    try:
        text = Path(told).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise ReceiptError(
            f"{told}: neither a fingerprint nor a file of public keys",
            hint="give 64 hex digits, a PEM file, or the desk's keys/public.jsonl",
        ) from error
    keys = (_parse_pem(text, told),) if "-----BEGIN" in text else _parse_list(text, told)
    return frozenset(key.fingerprint for key in keys)


def _parse_pem(text: str, where: str) -> PublicKey:
    body = re.search(r"-----BEGIN PUBLIC KEY-----(.*?)-----END PUBLIC KEY-----", text, re.DOTALL)
    der = base64.b64decode("".join(body[1].split())) if body else b""
    if not der.startswith(_DER_HEAD) or len(der) != len(_DER_HEAD) + _RAW:
        raise ReceiptError(f"{where}: is no Ed25519 public key", hint="`lodewire keys` prints one")
    return PublicKey(raw=der[len(_DER_HEAD) :])


def _parse_list(text: str, where: str) -> tuple[PublicKey, ...]:
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
            raw = base64.b64decode(told["public_key"], validate=True)
            if len(raw) != _RAW:
                raise ValueError("a public key has 32 bytes")
            found.append(PublicKey(raw=raw, since=str(told["since"])))
        except (ValueError, KeyError, TypeError) as error:
            raise ReceiptError(
                f"{where}: line {number} lists no public key ({error})",
                hint="every line is written by `lodewire keys`; restore the file from a copy",
            ) from error
    return tuple(found)


def _read_key(file: Path) -> SigningKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        if os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & 0o077:
            raise ConfigError(
                f"{file}: others may read the desk's private key",
                hint=f"make it yours alone (chmod 600 {file}); "
                "if someone read it: lodewire keys --rotate",
            )
        key = load_pem_private_key(file.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise ConfigError(
            f"{file}: cannot be read as a private key: {error}",
            hint="restore it from a copy, or make a new one: lodewire keys --rotate",
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise ConfigError(f"{file}: is no Ed25519 key", hint="lodewire keys --rotate makes one")
    return SigningKey(key)


def _write_key(desk: Path, *, now: datetime, replace: bool) -> None:
    """Put a new key in place whole; of two first runs at once, one key stays.

    The public key is listed before the private one can sign anything.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    folder = desk / FOLDER
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    part = folder / f"{PRIVATE}.{os.getpid()}.part"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        _list_key(folder / LISTED, SigningKey(key).public, now)
        if replace:
            part.replace(folder / PRIVATE)
        else:
            with contextlib.suppress(FileExistsError):
                os.link(part, folder / PRIVATE)
    except OSError as error:
        raise ConfigError(
            f"{folder}: the desk's key cannot be written: {error.strerror or error}",
            hint="check that the desk's folder may be written",
        ) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _list_key(file: Path, key: PublicKey, now: datetime) -> None:
    line = canonical_json(
        {
            "algorithm": ALGORITHM,
            "fingerprint": key.fingerprint,
            "public_key": key.text,
            "since": now.isoformat(),
        }
    )
    with file.open("a", encoding="utf-8", newline="\n") as out:
        out.write(line + "\n")
        out.flush()
        os.fsync(out.fileno())
