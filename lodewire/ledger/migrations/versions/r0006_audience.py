"""Subscribers, their consents, suppressions, campaigns, and one row for each copy."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ID = sa.String(length=40)
_TIME = sa.String(length=32)
_KEY = sa.String(length=64)
_WORD = sa.String(length=16)


def upgrade() -> None:
    """Create the tables; nothing that is there changes."""
    _create_audience()
    op.create_table(
        "campaigns",
        sa.Column("id", _ID, nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("send_on", sa.String(length=10), nullable=False),
        sa.Column("briefs", sa.Text(), nullable=False),
        sa.Column("state", _WORD, nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "deliveries",
        sa.Column("campaign_id", _ID, nullable=False),
        sa.Column("subscriber_id", _ID, nullable=False),
        sa.Column("state", _WORD, nullable=False),
        sa.Column("due_at", _TIME, nullable=False),
        sa.Column("next_at", _TIME, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.Column("claimed_at", _TIME, nullable=True),
        sa.Column("settled_at", _TIME, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"]),
        sa.ForeignKeyConstraint(["subscriber_id"], ["subscribers.id"]),
        sa.PrimaryKeyConstraint("campaign_id", "subscriber_id"),
    )
    order = ["campaign_id", "state", "next_at", "subscriber_id"]
    op.create_index("deliveries_next", "deliveries", order)
    op.create_index("deliveries_subscriber", "deliveries", ["subscriber_id"])


def _create_audience() -> None:
    op.create_table(
        "address_keys",
        sa.Column("fingerprint", _KEY, nullable=False),
        sa.Column("since", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("fingerprint"),
    )
    op.create_table(
        "subscribers",
        sa.Column("id", _ID, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("address_key", _KEY, nullable=False),
        sa.Column("state", _WORD, nullable=False),
        sa.Column("preferences", sa.Text(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("asked_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("address_key"),
    )
    op.create_index("subscribers_state", "subscribers", ["state"])
    op.create_table(
        "consents",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("subscriber_id", _ID, nullable=False),
        sa.Column("step", _WORD, nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("origin_key", _KEY, nullable=True),
        sa.ForeignKeyConstraint(["subscriber_id"], ["subscribers.id"]),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("consents_subscriber", "consents", ["subscriber_id"])
    op.create_table(
        "suppressions",
        sa.Column("address_key", _KEY, nullable=False),
        sa.Column("reason", _WORD, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("lifted_at", _TIME, nullable=True),
        sa.PrimaryKeyConstraint("address_key"),
    )


def downgrade() -> None:
    """Going back is a restore of the backup made before."""
    raise NotImplementedError("restore the backup made before the upgrade")
