"""Keys of signatures lie together by period, and name documents by number: a third of the size."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_PERIOD = 64


def upgrade() -> None:
    """Make the table anew and carry its rows over, a day at a time."""
    op.rename_table("signature_keys", "signature_keys_before")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER INDEX signature_keys_pkey RENAME TO signature_keys_before_pkey")
    op.create_table(
        "signature_keys",
        sa.Column("period", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["number"], ["documents.number"]),
        sa.PrimaryKeyConstraint("period", "key", "day", "number"),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    days = connection.scalars(sa.text("SELECT DISTINCT day FROM signature_keys_before")).all()
    carry = sa.text(
        "INSERT INTO signature_keys (period, key, day, number) "
        "SELECT :period, k.key, :ordinal, d.number "
        "FROM signature_keys_before k JOIN documents d ON d.id = k.document_id "
        "WHERE k.day = :day"
    )
    for day in sorted(days):
        ordinal = date.fromisoformat(day).toordinal()
        told = {"period": ordinal // _PERIOD, "ordinal": ordinal, "day": day}
        connection.execute(carry, told)
    op.drop_table("signature_keys_before")


def downgrade() -> None:
    """Going back is a restore of the backup made before."""
    raise NotImplementedError("restore the backup made before the upgrade")
