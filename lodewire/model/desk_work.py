"""What an analyst keeps under their account: views of the table, notes, what they buy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from lodewire.model.account import AccountId
from lodewire.model.ids import EventId, content_id

ViewId = NewType("ViewId", str)
NoteId = NewType("NoteId", str)

MOST_VIEWS = 100
"""Views that one account keeps."""
MOST_NOTES = 2_000
"""Notes that one account keeps."""
LONGEST_NAME = 60
LONGEST_NOTE = 4_000
"""Characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableView:
    """A view of the table under a name: ``query`` is the part of its address after the ``?``."""

    account_id: AccountId
    name: str
    query: str
    saved_at: datetime

    @property
    def id(self) -> ViewId:
        """One name of an account is one view."""
        return ViewId(content_id("vw", self.account_id, self.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class EventNote:
    """What somebody wrote for themselves of an event."""

    account_id: AccountId
    event_id: EventId
    text: str
    written_at: datetime

    @property
    def id(self) -> NoteId:
        """The same words of the same event at the same time: one note, however often sent."""
        told = (self.account_id, self.event_id, self.written_at.isoformat(), self.text)
        return NoteId(content_id("nt", *told))


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """A table of what somebody buys, as it was sent: read anew each time it is used.

    ``version`` is that of its bytes, ``decimal`` what parts decimals where the reader said so,
    ``rows`` how many there are and ``mapped`` how many name a material.
    """

    account_id: AccountId
    file: str
    version: str
    decimal: str | None
    rows: int
    mapped: int
    loaded_at: datetime
    body: bytes
