"""Where a page of answers ended: opaque to whoever sends it back, and never trusted."""

from __future__ import annotations

import base64
import binascii
import re
from datetime import date

from lodewire.errors import QueryError
from lodewire.model.ids import EventId

_PLACE = re.compile(r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}) (?P<id>ev_[a-z0-9]{1,64})")
_OFFSET = re.compile(r"@(?P<at>[0-9]{1,4})")
DEEPEST = 1_000
"""Documents that a search goes through: best matches come first, deeper ones cost the most."""


def event_cursor(day: date, event_id: EventId) -> str:
    """Return the cursor of what comes after an event of a day."""
    return pack(f"{day.isoformat()} {event_id}")


def place_of(cursor: str) -> tuple[date, EventId]:
    """Return day and event that a cursor names. Raises QueryError for any other text."""
    found = _PLACE.fullmatch(unpack(cursor))
    try:
        if found is not None:
            return date.fromisoformat(found["day"]), EventId(found["id"])
    except ValueError:
        pass
    raise _foreign()


def offset_cursor(offset: int) -> str:
    """Return the cursor of what comes after so many."""
    return pack(f"@{offset}")


def offset_of(cursor: str) -> int:
    """Return how many to skip. Raises QueryError for what is no such cursor, or too deep."""
    found = _OFFSET.fullmatch(unpack(cursor))
    if found is None or int(found["at"]) > DEEPEST:
        raise _foreign()
    return int(found["at"])


def pack(text: str) -> str:
    """Return a text as a cursor holds it."""
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def unpack(cursor: str) -> str:
    """Return the text of :func:`pack`. Raises QueryError for what is none."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        return base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeError, ValueError):
        raise _foreign() from None


def _foreign() -> QueryError:
    return QueryError(
        "this cursor is none of this desk's",
        hint='Send back "next" of the page before as it was given, or leave the cursor out.',
    )
