"""Decisions of editors, and which statements each brief prints."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of review, and fill the index of the briefs that are there."""
    op.create_index("documents_source", "documents", ["source_id", "day", "id"])
    _decisions()
    told = op.create_table(
        "brief_statements",
        sa.Column("statement_id", sa.String(length=40), nullable=False),
        sa.Column("brief_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["brief_id"], ["briefs.id"]),
        sa.PrimaryKeyConstraint("statement_id", "brief_id"),
    )
    op.create_index("brief_statements_brief", "brief_statements", ["brief_id"])
    _fill(told)


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("undoes", sa.String(length=40), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("decisions_at", "decisions", ["at", "id"])
    op.create_index("decisions_undoes", "decisions", ["undoes"])
    op.create_table(
        "decision_documents",
        sa.Column("document_id", sa.String(length=40), nullable=False),
        sa.Column("decision_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"]),
        sa.PrimaryKeyConstraint("document_id", "decision_id"),
    )
    op.create_index("decision_documents_decision", "decision_documents", ["decision_id"])


def _fill(told: sa.Table) -> None:
    connection = op.get_bind()
    # One body at a time: the briefs of years do not fit into memory together.
    ids = list(connection.execute(sa.text("SELECT id FROM briefs ORDER BY id")).scalars())
    for id_ in ids:
        body = connection.execute(
            sa.text("SELECT body FROM briefs WHERE id = :id"), {"id": id_}
        ).scalar_one()
        rows = [{"statement_id": s, "brief_id": id_} for s in sorted(set(_cited(json.loads(body))))]
        if rows:
            connection.execute(told.insert(), rows)


def _cited(brief: dict[str, Any]) -> Iterator[str]:
    """The statements of a brief as revision 0001 stored it: of segments, numbers and quotes."""
    for section in brief.get("sections", ()):
        for entry in section.get("entries", ()):
            for sentence in entry.get("sentences", ()):
                for segment in sentence.get("segments", ()):
                    yield from segment.get("statements", ())
            for part in ("numbers", "quotes"):
                yield from (note["statement_id"] for note in entry.get(part, ()))
