"""Words of others on a terminal: what a page wrote must not steer the screen it is shown on."""

from __future__ import annotations

import unicodedata

# Marks that turn the direction of what follows: a name must not be shown reordered.
_TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(text: str) -> str:
    """Return ``text`` on one line, without control characters, escapes or direction marks."""
    kept = (" " if c in "\t\n\r\v\f\x85\u2028\u2029" else c for c in text)
    return "".join(c for c in kept if c not in _TURNS and unicodedata.category(c) != "Cc")
