"""Notes that somebody writes for themselves on an event."""

from __future__ import annotations

from datetime import datetime

from lodewire.errors import QueryError
from lodewire.ledger.store import Ledger
from lodewire.model.account import AccountId
from lodewire.model.desk_work import LONGEST_NOTE, MOST_NOTES, EventNote
from lodewire.model.ids import EventId
from lodewire.model.plain import plain


def write_note(
    ledger: Ledger, account: AccountId, event: EventId, text: str, *, now: datetime
) -> EventNote:
    """Keep a note; lines stay, what steers a screen goes. Raises QueryError for none, or too long.

    The same words on the same event are one note.
    """
    lines = [plain(line).rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    told = "\n".join(lines).strip()
    if not told or len(told) > LONGEST_NOTE:
        raise QueryError("a note needs words", hint=f"Write 1 to {LONGEST_NOTE:,} characters.")
    with ledger.transaction():
        mine = ledger.desk_work.notes_of(account)
        same = next((n for n in mine if (n.event_id, n.text) == (event, told)), None)
        if same is not None:
            return same
        if len(mine) >= MOST_NOTES:
            raise QueryError(
                f"an account keeps {MOST_NOTES:,} notes", hint="Delete those you no longer need."
            )
        note = EventNote(account_id=account, event_id=event, text=told, written_at=now)
        ledger.desk_work.add_note(note)
    return note


def delete_note(ledger: Ledger, account: AccountId, id_: str) -> EventNote:
    """Delete a note and return it. Raises QueryError where the account has none of that id."""
    found = next((n for n in ledger.desk_work.notes_of(account) if n.id == id_), None)
    if found is None:
        raise QueryError("you have no such note", hint="It may have been deleted before.")
    ledger.desk_work.drop_note(account, found.id)
    return found
