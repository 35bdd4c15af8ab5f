"""The tables of backfills: how far each archive is read, and what of it could not be."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, String, Table, Text

from lodewire.ledger.schema import tables

#: ``mark`` is where the next run goes on, in the place's own terms; ``done`` of ``total`` (bytes of
#: an archive, files, addresses) tells how far that is. ``fingerprint`` knows the place again.
backfills = Table(
    "backfills",
    tables,
    Column("place", Text, primary_key=True),
    Column("fingerprint", Text, nullable=False),
    Column("mark", Text, nullable=False),
    Column("done", BigInteger, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("counts", Text, nullable=False),  # pages by what became of them, as canonical JSON
    Column("started_at", String(32), nullable=False),
    Column("ended_at", String(32)),
)

backfill_notes = Table(
    "backfill_notes",
    tables,
    Column("place", Text, ForeignKey("backfills.place"), primary_key=True),
    Column("mark", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("at", String(32), nullable=False),
)
