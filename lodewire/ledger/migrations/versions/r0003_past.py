"""What rows were before they changed, so that any past moment can be asked for.

A ledger of revision 0001 kept no such history: what it holds counts as having stood as it stands
now since its documents were first seen, and what was met again as met at its last time.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ID = sa.String(length=40)
_TIME = sa.String(length=32)


def upgrade() -> None:
    """Create the tables and fill them from what is there."""
    _moves()
    _sightings()
    _entity_tellings()
    _superseded()
    op.execute(
        sa.text(
            "INSERT INTO sightings (capture_id, at) "
            "SELECT id, last_seen FROM captures WHERE last_seen > first_seen"
        )
    )
    op.execute(
        sa.text(
            "INSERT INTO entity_tellings (entity_id, name, main, country, since) "
            "SELECT n.entity_id, n.name, n.main, COALESCE(e.country, ''), "
            "COALESCE((SELECT MIN(d.first_seen) FROM document_entities t "
            "JOIN documents d ON d.id = t.document_id WHERE t.entity_id = n.entity_id), '') "
            "FROM entity_names n JOIN entities e ON e.id = n.entity_id"
        )
    )


def downgrade() -> None:
    """Going back is a restore of the backup made before."""
    raise NotImplementedError("restore the backup made before the upgrade")


def _moves() -> None:
    op.create_table(
        "story_moves",
        sa.Column("document_id", _ID, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("story_id", _ID, nullable=True),
        sa.Column("origin_id", _ID, nullable=True),
        sa.Column("relation", sa.String(length=16), nullable=True),
        sa.Column("similarity", sa.Float(), nullable=True),
        sa.Column("joined", _ID, nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"]),
        sa.PrimaryKeyConstraint("document_id", "at"),
    )
    op.create_table(
        "judgement_moves",
        sa.Column("id", _ID, nullable=False),
        sa.Column("judged_at", _TIME, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("opinion", sa.String(length=16), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", "judged_at", "at"),
    )


def _sightings() -> None:
    op.create_table(
        "sightings",
        sa.Column("capture_id", _ID, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"]),
        sa.PrimaryKeyConstraint("capture_id", "at"),
    )


def _entity_tellings() -> None:
    op.create_table(
        "entity_tellings",
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.Column("country", sa.String(length=8), nullable=False),
        sa.Column("since", _TIME, nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entities.id"]),
        sa.PrimaryKeyConstraint("entity_id", "name", "main", "country"),
    )


def _superseded() -> None:
    op.create_table(
        "superseded",
        sa.Column("document_id", _ID, nullable=False),
        sa.Column("by_id", _ID, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"]),
        sa.ForeignKeyConstraint(["by_id"], ["documents.id"]),
        sa.PrimaryKeyConstraint("document_id"),
    )
    op.create_index("superseded_by", "superseded", ["by_id"], unique=False)
    op.create_table(
        "versions",
        sa.Column("document_id", _ID, nullable=False),
        sa.Column("first_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"]),
        sa.ForeignKeyConstraint(["first_id"], ["documents.id"]),
        sa.PrimaryKeyConstraint("document_id"),
    )
    op.create_index("versions_first", "versions", ["first_id"], unique=False)
