"""Fields as feeds, pages and lists give them, brought into one shape; rubbish counts as missing."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_MAX_LINE = 2_000
_MAX_LINK = 4_096


def markup(value: object) -> str | None:
    """Return text that may hold markup, without blank ends."""
    return _LONE_SURROGATE.sub("\ufffd", value).strip() or None if isinstance(value, str) else None


def one_line(value: object, limit: int = _MAX_LINE) -> str | None:
    """Return text on one line, of at most ``limit`` characters."""
    text = markup(value[: limit * 4]) if isinstance(value, str) else None
    return " ".join(text.split())[:limit] or None if text else None


def web_link(value: object, base: str) -> str | None:
    """Return an absolute http(s) address without fragment, or None for anything else."""
    if not isinstance(value, str) or not value.strip() or len(value) > _MAX_LINK:
        return None
    try:
        absolute = urljoin(base, value.strip()).partition("#")[0]
        parts = urlsplit(absolute)
        usable = parts.scheme in {"http", "https"} and parts.hostname and not parts.username
    except ValueError:
        return None
    return absolute if usable else None


def language_code(value: object) -> str | None:
    """Return the ISO 639-1 part of a language tag ("en-GB" gives "en")."""
    if not isinstance(value, str):
        return None
    code = value.strip().replace("_", "-").split("-")[0].lower()
    return code if re.fullmatch(r"[a-z]{2}", code) else None


def iso_instant(value: object) -> datetime | None:
    """Return an ISO 8601 time in UTC; one without zone is taken as UTC."""
    if not isinstance(value, str):
        return None
    try:
        stamp = datetime.fromisoformat(value.strip())
        return (stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
