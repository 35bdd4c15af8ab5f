"""Secrets that are handed out once and kept as a hash."""

from __future__ import annotations

import hashlib
import re
import secrets

_BYTES = 32
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def new_token() -> str:
    """Return 32 random bytes as 43 characters that can stand in an address or a cookie."""
    return secrets.token_urlsafe(_BYTES)


def hash_token(token: str) -> str:
    """Return what is kept of a token: SHA-256 in hex. It needs no salt, since none is guessed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def is_token(text: str) -> bool:
    """Tell whether a text has the form of a token."""
    return bool(_TOKEN.fullmatch(text))
