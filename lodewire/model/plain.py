"""Words of others on a screen: what a page wrote must not steer what it is shown on."""

from __future__ import annotations

import re

_BREAKS = "\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
# Control characters, and marks that turn the direction of what follows: a name must not be shown
# reordered.
_CONTROLS = "\x00-\x1f\x7f-\x9f"
_TURNS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_BREAK = re.compile(f"[{_BREAKS}]")
_STEERS = re.compile(f"[{_BREAKS}{_CONTROLS}{_TURNS}]")
_STEERS_IN_JSON = re.compile(f"(?!\n)[{_BREAKS}{_CONTROLS}{_TURNS}]")


def plain(text: str) -> str:
    """Return ``text`` on one line, without control characters, escapes or direction marks."""
    # Nearly no text holds any of it, and every value of every page is asked.
    if _STEERS.search(text) is None:
        return text
    return _STEERS.sub("", _BREAK.sub(" ", text))


def steers(c: str) -> bool:
    """Tell whether a character steers a terminal or the direction of writing."""
    return _STEERS.fullmatch(c) is not None


def plain_json(text: str) -> str:
    """Return JSON text with what steers a terminal escaped: read back, it is the very same."""
    return _STEERS_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
