"""Short references: the beginning of an id, as long as it names one thing only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lodewire.errors import LedgerError
from lodewire.ledger.schema import decisions, event_mentions, events, statements

if TYPE_CHECKING:
    from sqlalchemy import Connection

#: Characters of an id shown after its prefix: with a million things two share them once in a
#: million times, and then the reference is refused, not guessed.
SHOWN = 8
_FEWEST = 4
_TABLES = {"ev": events, "evm": event_mentions, "st": statements, "dc": decisions}
# Ids are base32 in lower case: nothing sorts after a run of z, in any collation.
_LAST = "z" * 24


def short(id_: str) -> str:
    """Return the reference of an id: "ev_k3jd9q2x"."""
    prefix, _, digest = id_.partition("_")
    return f"{prefix}_{digest[:SHOWN]}"


def find_reference(connection: Connection, reference: str) -> str:
    """Return the whole id that a reference (or a whole id) begins.

    Raises LedgerError when nothing in the ledger begins so, or more than one thing does.
    """
    from sqlalchemy import select

    told = reference.strip().lower()
    prefix, _, digest = told.partition("_")
    if prefix not in _TABLES or not digest.isalnum() or len(digest) < _FEWEST:
        raise LedgerError(
            f"{reference!r} is no reference",
            hint="`lodewire review list` and `lodewire review show` print them: ev_… is an event, "
            "evm_… one document's telling of it, st_… a statement, dc_… a decision",
        )
    id_ = _TABLES[prefix].c.id
    query = select(id_).where(id_.between(told, told + _LAST)).order_by(id_).limit(3)
    found = connection.scalars(query).all()
    if len(found) == 1 or (found and found[0] == told):
        return str(found[0])
    if not found:
        raise LedgerError(
            f"nothing in this ledger begins with {reference}",
            hint="`lodewire search` finds events, `lodewire review list` those that are unsure",
        )
    raise LedgerError(
        f"{reference} names more than one: {', '.join(found)}", hint="write more of the id"
    )
