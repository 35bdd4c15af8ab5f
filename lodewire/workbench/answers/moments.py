"""The ledger as it is asked: in one state, now or as known at a moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from lodewire.errors import QueryError
from lodewire.ledger.store import Ledger


@contextmanager
def ledger_at(ledger: Ledger, as_of: datetime | None = None) -> Iterator[Ledger]:
    """Give a ledger in one state, whoever writes meanwhile.

    Raises QueryError for a moment without time zone.
    """
    if as_of is not None and as_of.tzinfo is None:
        raise QueryError(
            "as_of has no time zone", hint="Write it in UTC, such as 2025-03-28T12:00:00Z."
        )
    asked = ledger if as_of is None else ledger.as_of(as_of)
    with asked.snapshot():
        yield asked
