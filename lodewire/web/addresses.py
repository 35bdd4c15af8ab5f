"""What readers are told of an address that they wrote, in the language of the page."""

from __future__ import annotations

from lodewire.web.languages import _

_LONGEST_SHOWN = 80


def refused_words(address: str) -> str:
    """Return why an address cannot be used: what was wrong in detail only helps who tries many."""
    shown = address.strip()[:_LONGEST_SHOWN]
    told = _("“%(address)s” is no address that mail can be sent to. Write it as name@example.org.")
    return told % {"address": shown}
