"""Who gets every campaign first, and how often links of a campaign were opened by who agreed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_ID = sa.String(length=40)


def upgrade() -> None:
    """Add two tables; what is there stays as it is."""
    op.create_table(
        "seeds",
        sa.Column("subscriber_id", _ID, nullable=False),
        sa.Column("since", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["subscriber_id"], ["subscribers.id"]),
        sa.PrimaryKeyConstraint("subscriber_id"),
    )
    op.create_table(
        "link_opens",
        sa.Column("campaign_id", _ID, nullable=False),
        sa.Column("link_key", _ID, nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"]),
        sa.PrimaryKeyConstraint("campaign_id", "link_key"),
    )


def downgrade() -> None:
    """Going back is a restore of the backup made before."""
    raise NotImplementedError("restore the backup made before the upgrade")
