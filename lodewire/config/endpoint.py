"""The address of a service that a desk calls."""

from __future__ import annotations

from urllib.parse import urlsplit


def checked_endpoint(value: str) -> str:
    """Return an address without its last slash; empty stays empty.

    Raises ValueError for what is no http(s) address, or one that holds a user name, a key, ? or #.
    """
    if not value:
        return value
    try:
        parts = urlsplit(value)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname)
        _ = parts.port
    except ValueError:
        sound = False
    if not sound:
        raise ValueError("must be empty or start with https:// or http://")
    if parts.username is not None or parts.query or parts.fragment:
        raise ValueError("must hold no user name, key, ? or #: the key has a variable")
    return value.rstrip("/")
