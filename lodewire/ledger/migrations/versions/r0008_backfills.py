"""How far archives are read, and what of them could not be."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_TIME = sa.String(length=32)


def upgrade() -> None:
    """Create the tables; nothing that is there changes."""
    op.create_table(
        "backfills",
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("started_at", _TIME, nullable=False),
        sa.Column("ended_at", _TIME, nullable=True),
        sa.PrimaryKeyConstraint("place"),
    )
    op.create_table(
        "backfill_notes",
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(["place"], ["backfills.place"]),
        sa.PrimaryKeyConstraint("place", "mark"),
    )


def downgrade() -> None:
    """Going back is a restore of the backup made before."""
    raise NotImplementedError("restore the backup made before the upgrade")
