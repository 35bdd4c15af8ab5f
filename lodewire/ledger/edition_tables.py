"""The table of what editors did to briefs: rows are only added."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table, Text

from lodewire.ledger.schema import tables

#: No reference to what an edit is about: like a decision it is bound to words, not to ids.
brief_edits = Table(
    "brief_edits",
    tables,
    Column("id", String(40), primary_key=True),
    Column("day", String(10), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("author", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("body", Text, nullable=False),
    Index("brief_edits_day", "day", "at"),
)
