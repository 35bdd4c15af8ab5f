"""The desk's key for links and hashes of addresses: 32 bytes, kept beside the desk, not in it.

``keys/newsletter.key`` is made on first use and readable by its owner only. Whoever has a copy of
the ledger alone can neither make a link nor try addresses against the suppressions.
"""

from __future__ import annotations

import hmac
import os
import secrets
import stat
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lodewire.errors import ConfigError

FILE = "keys/newsletter.key"
_BYTES = 32


@dataclass(frozen=True, slots=True)
class NewsletterKey:
    """One secret, from which a key of its own is derived for each purpose."""

    secret: bytes

    def __post_init__(self) -> None:
        assert len(self.secret) == _BYTES, "a key has 32 bytes"

    @property
    def fingerprint(self) -> str:
        """What the ledger keeps, so that another key is noticed."""
        return self._mac("fingerprint", b"").hex()

    def hash_address(self, address: str) -> str:
        """Return the keyed hash of an e-mail address; its capitals do not count."""
        return self._mac("address", address.strip().casefold().encode()).hex()

    def hash_origin(self, origin: str) -> str:
        """Return the keyed hash of the network address that a consent came from."""
        return self._mac("origin", origin.strip().casefold().encode()).hex()

    def sign(self, message: bytes) -> bytes:
        """Return the 32 bytes that prove a link was made by this desk."""
        return self._mac("link", message)

    def seal(self, purpose: str, message: bytes) -> bytes:
        """Return 32 bytes that only this desk can make, for another purpose than a link."""
        return self._mac(f"seal {purpose}", message)

    def _mac(self, purpose: str, message: bytes) -> bytes:
        return hmac.digest(_own(self.secret, purpose), message, "sha256")

    def __repr__(self) -> str:
        return "NewsletterKey(…)"


@lru_cache(maxsize=32)  # several are asked for of each copy that is sent
def _own(secret: bytes, purpose: str) -> bytes:
    """The key of one purpose."""
    return hmac.digest(secret, f"lodewire {purpose}".encode(), "sha256")


def newsletter_key(desk: Path) -> NewsletterKey:
    """Return the desk's key, made on first use; raises ConfigError where it may not be used."""
    file = desk / FILE
    if not file.exists():
        _make(file)
    try:
        if os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & 0o077:
            raise ConfigError(
                f"{file}: others may read the key of the newsletter",
                hint=f"make it yours alone: chmod 600 {file}",
            )
        secret = bytes.fromhex(file.read_text("ascii").strip())
    except (OSError, ValueError) as error:
        raise ConfigError(f"{file}: cannot be read: {error}", hint=_RESTORE) from error
    if len(secret) != _BYTES:
        raise ConfigError(f"{file}: holds no key of 32 bytes", hint=_RESTORE)
    return NewsletterKey(secret)


_RESTORE = "restore it from the backup of the desk's folder"


def _make(file: Path) -> None:
    # Written whole under another name, then linked: of two first runs at once one key stays.
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(secrets.token_hex(_BYTES) + "\n")
            out.flush()
            os.fsync(out.fileno())
        with suppress(FileExistsError):
            os.link(part, file)
    except OSError as error:
        raise ConfigError(
            f"{file}: the key of the newsletter cannot be written: {error.strerror or error}",
            hint="check that the desk's folder may be written",
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
