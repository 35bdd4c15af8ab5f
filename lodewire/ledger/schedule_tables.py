"""The table of what the desk does by itself: one row for each time a job was due."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from lodewire.ledger.schema import tables

_Time = String(32)

#: Whoever adds the row runs it. ``lease_until`` is empty once nothing more is to be done.
occurrences = Table(
    "occurrences",
    tables,
    Column("job", String(16), primary_key=True),
    Column("due", _Time, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("lease_until", _Time),
    Column("started", _Time, nullable=False),
    Column("ended", _Time),
    Column("code", Integer),
    Column("attempts", Integer, nullable=False),
    Column("tail", Text, nullable=False),
    Index("occurrences_lease", "lease_until"),
)
