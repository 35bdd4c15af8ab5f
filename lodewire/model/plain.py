"""Words of others on a screen: what a page wrote must not steer what it is shown on."""

from __future__ import annotations

import unicodedata

_BREAKS = frozenset("\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
# Marks that turn the direction of what follows: a name must not be shown reordered.
_TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(text: str) -> str:
    """Return ``text`` on one line, without control characters, escapes or direction marks."""
    return "".join(" " if c in _BREAKS else c for c in text if c in _BREAKS or not steers(c))


def steers(c: str) -> bool:
    """Tell whether a character steers a terminal or the direction of writing."""
    return c in _BREAKS or c in _TURNS or unicodedata.category(c) == "Cc"


def plain_json(text: str) -> str:
    """Return JSON text with what steers a terminal escaped: read back, it is the very same."""
    return "".join(f"\\u{ord(c):04x}" if c != "\n" and steers(c) else c for c in text)
