"""Columns and indexes that filters of amount, role and moment ask: a million documents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from lodewire.ledger.amounts import keys_of

revision = "0014"
down_revision = "0010"
branch_labels = None
depends_on = None

_AT_ONCE = 5_000
_KEYS = ("low_key", "high_key", "word_key")


def upgrade() -> None:
    """Add the columns, work out what stands in them, and index them."""
    for name in _KEYS:
        op.add_column("statements", sa.Column(name, sa.Text(), nullable=True))
    _fill(op.get_bind())
    op.drop_index("statements_unit", "statements")
    op.create_index("statements_unit", "statements", ["unit", "low_key"])
    op.create_index("statements_role", "statements", ["property", "word_key"])
    op.create_index("documents_seen", "documents", ["first_seen", "number"])


def _fill(connection: sa.Connection) -> None:
    table = sa.table(
        "statements", *(sa.column(n) for n in ("id", "value", "unit", "qualifier", *_KEYS))
    )
    query = sa.select(table.c.id, table.c.value, table.c.unit, table.c.qualifier)
    query = query.order_by(table.c.id).limit(_AT_ONCE)
    values: dict[str, sa.BindParameter[str]] = {name: sa.bindparam(f"new_{name}") for name in _KEYS}
    update = table.update().where(table.c.id == sa.bindparam("of")).values(values)
    last = ""
    while rows := connection.execute(query.where(table.c.id > last)).all():
        told = [{"of": r.id, **keys_of(r.value, r.unit, r.qualifier)} for r in rows]
        renamed = [{(f"new_{k}" if k in _KEYS else k): v for k, v in t.items()} for t in told]
        connection.execute(update, renamed)
        last = rows[-1].id


def downgrade() -> None:
    """Going back is a restore of the backup made before."""
    raise NotImplementedError("restore the backup made before the upgrade")
