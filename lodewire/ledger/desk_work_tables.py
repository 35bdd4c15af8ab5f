"""The tables of what analysts keep under their accounts; all of it goes with the account."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from lodewire.ledger.schema import tables

_Id = String(40)
_Key = String(64)
_Time = String(32)

table_views = Table(
    "table_views",
    tables,
    Column("id", _Id, primary_key=True),
    Column("account_id", _Id, ForeignKey("accounts.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("saved_at", _Time, nullable=False),
    Index("table_views_account", "account_id", "name", unique=True),
)

event_notes = Table(
    "event_notes",
    tables,
    Column("id", _Id, primary_key=True),
    Column("account_id", _Id, ForeignKey("accounts.id"), nullable=False),
    Column("event_id", _Id, ForeignKey("events.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("written_at", _Time, nullable=False),
    Index("event_notes_account", "account_id", "event_id"),
)

#: One table of what somebody buys for each account, as it was sent.
holdings = Table(
    "holdings",
    tables,
    Column("account_id", _Id, ForeignKey("accounts.id"), primary_key=True),
    Column("file", Text, nullable=False),
    Column("version", _Key, nullable=False),
    Column("decimal", String(1)),
    Column("rows", Integer, nullable=False),
    Column("mapped", Integer, nullable=False),
    Column("loaded_at", _Time, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

#: Tables of which rows go with an account.
OF_ANALYST = (table_views, event_notes, holdings)
