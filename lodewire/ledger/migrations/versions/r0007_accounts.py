"""Accounts: people, sessions, links, passkeys, keys, memberships, what was used, what was done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ID = sa.String(length=40)
_TIME = sa.String(length=32)
_KEY = sa.String(length=64)
_WORD = sa.String(length=16)


def upgrade() -> None:
    """Create the tables; nothing that is there changes."""
    _create_people()
    _create_rights()
    _create_counts()


def _create_people() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", _ID, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("address_key", _KEY, nullable=False),
        sa.Column("role", _WORD, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("signed_in_at", _TIME, nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("address_key"),
    )
    op.create_table(
        "sessions",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("seen_at", _TIME, nullable=False),
        sa.Column("ends_at", _TIME, nullable=False),
        sa.Column("means", _WORD, nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("sessions_account", "sessions", ["account_id"])
    op.create_index("sessions_ends", "sessions", ["ends_at"])
    op.create_table(
        "sign_in_links",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("address_key", _KEY, nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("ends_at", _TIME, nullable=False),
        sa.Column("used_at", _TIME, nullable=True),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("invited_by", sa.Text(), nullable=False),
        sa.Column("tier", _WORD, nullable=True),
        sa.Column("role", _WORD, nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("sign_in_links_address", "sign_in_links", ["address_key"])
    op.create_index("sign_in_links_ends", "sign_in_links", ["ends_at"])
    op.create_table(
        "passkeys",
        sa.Column("credential", sa.String(length=1400), nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("used_at", _TIME, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
        sa.PrimaryKeyConstraint("credential"),
    )
    op.create_index("passkeys_account", "passkeys", ["account_id"])
    op.create_table(
        "challenges",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("purpose", _WORD, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("ends_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("challenges_ends", "challenges", ["ends_at"])


def _create_rights() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", _ID, nullable=False),
        sa.Column("key", _KEY, nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=True),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("used_at", _TIME, nullable=True),
        sa.Column("ends_at", _TIME, nullable=True),
        sa.Column("revoked_at", _TIME, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("api_keys_account", "api_keys", ["account_id"])
    op.create_table(
        "memberships",
        sa.Column("id", _ID, nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("tier", _WORD, nullable=False),
        sa.Column("source", _WORD, nullable=False),
        sa.Column("since", _TIME, nullable=False),
        sa.Column("until", _TIME, nullable=True),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("customer", sa.Text(), nullable=False),
        sa.Column("state", _WORD, nullable=False),
        sa.Column("told_at", _TIME, nullable=True),
        sa.Column("author", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("memberships_account", "memberships", ["account_id"])
    op.create_index("memberships_reference", "memberships", ["reference"])
    op.create_table(
        "payment_notices",
        sa.Column("id", sa.String(length=255), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _create_counts() -> None:
    op.create_table(
        "meter",
        sa.Column("owner", _ID, nullable=False),
        sa.Column("period", _WORD, nullable=False),
        sa.Column("subject", _ID, nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "period", "subject"),
    )
    op.create_table(
        "attempts",
        sa.Column("door", _WORD, nullable=False),
        sa.Column("key", _KEY, nullable=False),
        sa.Column("since", _TIME, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("door", "key", "since"),
    )
    op.create_index("attempts_since", "attempts", ["since"])
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("audit_at", "audit", ["at"])
    op.create_index("audit_subject", "audit", ["subject"])


def downgrade() -> None:
    """Going back is a restore of the backup made before."""
    raise NotImplementedError("restore the backup made before the upgrade")
