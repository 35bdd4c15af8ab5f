"""Watch lists, alert rules, channels, and what was told where."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_ID = sa.String(length=40)
_TIME = sa.String(length=32)
_WORD = sa.String(length=16)


def upgrade() -> None:
    """Create the tables; nothing that is there changes."""
    _create_owned("watches")
    _create_owned("alert_rules")
    _create_owned("endpoints", sa.Column("key", sa.String(length=64), nullable=True, unique=True))
    op.create_table(
        "alert_firings",
        sa.Column("rule_id", _ID, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("version", _ID, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["rule_id"], ["alert_rules.id"]),
        sa.PrimaryKeyConstraint("rule_id", "subject", "version"),
    )
    op.create_index("alert_firings_at", "alert_firings", ["rule_id", "at"])
    _create_posts()
    op.create_table(
        "alert_looks",
        sa.Column("name", _WORD, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def _create_owned(name: str, *more: sa.Column[str]) -> None:
    op.create_table(
        name,
        sa.Column("id", _ID, nullable=False),
        sa.Column("owner", _ID, nullable=False),
        *more,
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(f"{name}_owner", name, ["owner"])


def _create_posts() -> None:
    op.create_table(
        "alert_posts",
        sa.Column("id", _ID, nullable=False),
        sa.Column("endpoint_id", _ID, nullable=False),
        sa.Column("kind", _WORD, nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("due_at", _TIME, nullable=False),
        sa.Column("next_at", _TIME, nullable=False),
        sa.Column("state", _WORD, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.Column("claimed_at", _TIME, nullable=True),
        sa.Column("settled_at", _TIME, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["endpoint_id"], ["endpoints.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("alert_posts_next", "alert_posts", ["state", "next_at", "id"])
    op.create_index("alert_posts_endpoint", "alert_posts", ["endpoint_id", "due_at"])
    op.create_table(
        "alert_parts",
        sa.Column("post_id", _ID, nullable=False),
        sa.Column("rule_id", _ID, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("version", _ID, nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["alert_posts.id"]),
        sa.PrimaryKeyConstraint("post_id", "rule_id", "subject", "version"),
    )
    op.create_index("alert_parts_rule", "alert_parts", ["rule_id", "subject"])


def downgrade() -> None:
    """Going back is a restore of the backup made before."""
    raise NotImplementedError("restore the backup made before the upgrade")
