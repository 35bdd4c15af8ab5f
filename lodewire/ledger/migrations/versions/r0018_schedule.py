"""Each time a job of the desk's schedule was due, who ran it and what came of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_TIME = sa.String(length=32)


def upgrade() -> None:
    """Add a table; what is there stays as it is."""
    op.create_table(
        "occurrences",
        sa.Column("job", sa.String(length=16), nullable=False),
        sa.Column("due", _TIME, nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("lease_until", _TIME, nullable=True),
        sa.Column("started", _TIME, nullable=False),
        sa.Column("ended", _TIME, nullable=True),
        sa.Column("code", sa.Integer(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("tail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("job", "due"),
    )
    op.create_index("occurrences_lease", "occurrences", ["lease_until"])


def downgrade() -> None:
    """Going back is a restore of the backup made before."""
    raise NotImplementedError("restore the backup made before the upgrade")
