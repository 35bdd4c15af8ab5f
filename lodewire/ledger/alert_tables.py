"""The tables of watch lists and alerts. All rows of an owner go when the account is deleted.

Addresses of webhooks are kept as they are, since they are needed to post there; tokens of feeds as
SHA-256. What webhooks are signed with is derived from the desk's key and not kept at all.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from lodewire.ledger.schema import tables

_Id = String(40)
_Key = String(64)
_Time = String(32)
_Word = String(16)

watches = Table(
    "watches",
    tables,
    Column("id", _Id, primary_key=True),
    Column("owner", _Id, nullable=False),
    Column("body", Text, nullable=False),
    Index("watches_owner", "owner"),
)

endpoints = Table(
    "endpoints",
    tables,
    Column("id", _Id, primary_key=True),
    Column("owner", _Id, nullable=False),
    Column("key", _Key, unique=True),
    Column("body", Text, nullable=False),
    Index("endpoints_owner", "owner"),
)

alert_rules = Table(
    "alert_rules",
    tables,
    Column("id", _Id, primary_key=True),
    Column("owner", _Id, nullable=False),
    Column("body", Text, nullable=False),
    Index("alert_rules_owner", "owner"),
)

#: One row for each state of a happening that a rule met: it can never be told as new again.
alert_firings = Table(
    "alert_firings",
    tables,
    Column("rule_id", _Id, ForeignKey("alert_rules.id"), primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("version", _Id, primary_key=True),
    Column("at", _Time, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("why", Text, nullable=False),
    Index("alert_firings_at", "rule_id", "at"),
)

alert_posts = Table(
    "alert_posts",
    tables,
    Column("id", _Id, primary_key=True),
    Column("endpoint_id", _Id, ForeignKey("endpoints.id"), nullable=False),
    Column("kind", _Word, nullable=False),
    Column("about", Text, nullable=False),
    Column("due_at", _Time, nullable=False),
    Column("next_at", _Time, nullable=False),
    Column("state", _Word, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("claimed_by", Text),
    Column("claimed_at", _Time),
    Column("settled_at", _Time),
    Column("reason", Text, nullable=False),
    Index("alert_posts_next", "state", "next_at", "id"),
    Index("alert_posts_endpoint", "endpoint_id", "due_at"),
)

#: What a post tells.
alert_parts = Table(
    "alert_parts",
    tables,
    Column("post_id", _Id, ForeignKey("alert_posts.id"), primary_key=True),
    Column("rule_id", _Id, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("version", _Id, primary_key=True),
    Index("alert_parts_rule", "rule_id", "subject"),
)

#: Up to when the changes of the ledger were held against the rules.
alert_looks = Table(
    "alert_looks",
    tables,
    Column("name", _Word, primary_key=True),
    Column("at", _Time, nullable=False),
)
