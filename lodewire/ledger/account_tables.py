"""The tables of accounts: who may sign in, what they may see, and what was done.

All but the audit log go when a person deletes their account. Secrets (links, sessions, keys) are
kept as SHA-256 of 32 random bytes: whoever has a copy of the ledger can use none of them.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from lodewire.ledger.schema import tables

_Id = String(40)
_Key = String(64)
_Time = String(32)
_Word = String(16)

accounts = Table(
    "accounts",
    tables,
    Column("id", _Id, primary_key=True),
    Column("address", Text, nullable=False),
    Column("address_key", _Key, nullable=False, unique=True),
    Column("role", _Word, nullable=False),
    Column("name", Text, nullable=False),
    Column("locked", Boolean, nullable=False),
    Column("created_at", _Time, nullable=False),
    Column("signed_in_at", _Time),
)

sessions = Table(
    "sessions",
    tables,
    Column("key", _Key, primary_key=True),
    Column("account_id", _Id, ForeignKey("accounts.id"), nullable=False),
    Column("created_at", _Time, nullable=False),
    Column("seen_at", _Time, nullable=False),
    Column("ends_at", _Time, nullable=False),
    Column("means", _Word, nullable=False),
    Column("agent", Text, nullable=False),
    Index("sessions_account", "account_id"),
    Index("sessions_ends", "ends_at"),
)

#: Mailed links and invitations. They name an address, not an account: there may be none yet.
sign_in_links = Table(
    "sign_in_links",
    tables,
    Column("key", _Key, primary_key=True),
    Column("address", Text, nullable=False),
    Column("address_key", _Key, nullable=False),
    Column("created_at", _Time, nullable=False),
    Column("ends_at", _Time, nullable=False),
    Column("used_at", _Time),
    Column("path", Text, nullable=False),
    Column("invited_by", Text, nullable=False),
    Column("tier", _Word),
    Column("role", _Word),
    Column("days", Integer),
    Index("sign_in_links_address", "address_key"),
    Index("sign_in_links_ends", "ends_at"),
)

passkeys = Table(
    "passkeys",
    tables,
    Column("credential", String(1400), primary_key=True),
    Column("account_id", _Id, ForeignKey("accounts.id"), nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", _Time, nullable=False),
    Column("used_at", _Time),
    Index("passkeys_account", "account_id"),
)

#: What an authenticator or an identity service was asked to answer to; taken away by the answer.
challenges = Table(
    "challenges",
    tables,
    Column("key", _Key, primary_key=True),
    Column("purpose", _Word, nullable=False),
    Column("body", Text, nullable=False),
    Column("ends_at", _Time, nullable=False),
    Index("challenges_ends", "ends_at"),
)

api_keys = Table(
    "api_keys",
    tables,
    Column("id", _Id, primary_key=True),
    Column("key", _Key, nullable=False, unique=True),
    Column("account_id", _Id, ForeignKey("accounts.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("quota", Integer),
    Column("created_at", _Time, nullable=False),
    Column("used_at", _Time),
    Column("ends_at", _Time),
    Column("revoked_at", _Time),
    Index("api_keys_account", "account_id"),
)

memberships = Table(
    "memberships",
    tables,
    Column("id", _Id, primary_key=True),
    Column("account_id", _Id, ForeignKey("accounts.id"), nullable=False),
    Column("tier", _Word, nullable=False),
    Column("source", _Word, nullable=False),
    Column("since", _Time, nullable=False),
    Column("until", _Time),
    Column("reference", Text, nullable=False),
    Column("customer", Text, nullable=False),
    Column("state", _Word, nullable=False),
    Column("told_at", _Time),
    Column("author", Text, nullable=False),
    Index("memberships_account", "account_id"),
    Index("memberships_reference", "reference"),
)

#: Messages of the payment service that were taken, so that none counts twice.
payment_notices = Table(
    "payment_notices",
    tables,
    Column("id", String(255), primary_key=True),
    Column("type", Text, nullable=False),
    Column("at", _Time, nullable=False),
    Column("outcome", Text, nullable=False),
)

#: What was used up in a period: previews a month, calls of a key a day.
meter = Table(
    "meter",
    tables,
    Column("owner", _Id, primary_key=True),
    Column("period", String(16), primary_key=True),
    Column("subject", _Id, primary_key=True),
    Column("used", Integer, nullable=False),
)

#: How often a door was tried in a window of time, by keyed hash of who tried.
attempts = Table(
    "attempts",
    tables,
    Column("door", _Word, primary_key=True),
    Column("key", _Key, primary_key=True),
    Column("since", _Time, primary_key=True),
    Column("tries", Integer, nullable=False),
    Index("attempts_since", "since"),
)

audit = Table(
    "audit",
    tables,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", _Time, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Index("audit_at", "at"),
    Index("audit_subject", "subject"),
)

#: Tables of which rows go with an account.
OF_ACCOUNT = (sessions, passkeys, api_keys, memberships)
