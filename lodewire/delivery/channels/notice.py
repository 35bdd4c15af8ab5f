"""What is told to a channel, before it has the form of one; and what is posted there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One happening: its sentence, where it can be read, and small print ("agreed · copper").

    ``body`` is the same as JSON, for webhooks.
    """

    text: str
    url: str = ""
    small: str = ""
    body: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A message to one channel.

    ``id`` is what a receiver tells doubles by; ``type`` names it ("alert.fired", "brief.published",
    "channel.test"); ``body`` is what a webhook is told besides the lines.
    """

    id: str
    type: str
    title: str
    at: datetime
    lines: tuple[Line, ...]
    url: str = ""
    foot: str = ""
    body: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A request to make: JSON to an address. Nothing of the address may be told in an error."""

    url: str = field(repr=False)
    content: bytes
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)


#: Posts it; returning means that it was taken. Raises TryLater, or NotTaken (``gone``: for good).
Poster = Callable[[Posting], None]
