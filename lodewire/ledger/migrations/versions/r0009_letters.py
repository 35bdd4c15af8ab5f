"""Kinds of campaigns, what each letter told, and what came back of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ID = sa.String(length=40)
_TIME = sa.String(length=32)
_WORD = sa.String(length=16)


def upgrade() -> None:
    """Add columns and tables; what is there stays as it is."""
    kind = sa.Column("kind", _WORD, nullable=False, server_default="brief")
    op.add_column("campaigns", kind)
    op.add_column("campaigns", sa.Column("about", sa.Text(), nullable=False, server_default=""))
    op.add_column("deliveries", sa.Column("letter_id", _ID, nullable=True))
    op.create_table(
        "letters",
        sa.Column("id", _ID, nullable=False),
        sa.Column("campaign_id", _ID, nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("letters_campaign", "letters", ["campaign_id"])
    op.create_table(
        "feedback",
        sa.Column("id", _ID, nullable=False),
        sa.Column("subscriber_id", _ID, nullable=False),
        sa.Column("campaign_id", _ID, nullable=True),
        sa.Column("kind", _WORD, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(["subscriber_id"], ["subscribers.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("feedback_subscriber", "feedback", ["subscriber_id", "kind", "at"])


def downgrade() -> None:
    """Going back is a restore of the backup made before."""
    raise NotImplementedError("restore the backup made before the upgrade")
